"""How much a reader has to fetch; the bars are in kilobytes after gzip -6."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

CONTENT = ("articles/*/index.html", "authorities/*/index.html", "inspections/*/index.html")


def zipped(path: Path) -> float:
    """Kilobytes of a file as it goes over the wire."""
    return len(gzip.compress(path.read_bytes(), 6)) / 1000


def test_no_page_of_content_weighs_more_than_14_kilobytes(output: Path) -> None:
    heavy = {str(path): zipped(path) for glob in CONTENT for path in output.glob(glob) if zipped(path) > 14}
    assert heavy == {}


def test_no_page_weighs_more_than_40_kilobytes(output: Path) -> None:
    assert {str(path): zipped(path) for path in output.rglob("*.html") if zipped(path) > 40} == {}


def test_the_stylesheet_weighs_at_most_8_kilobytes(output: Path) -> None:
    assert sum(zipped(path) for path in (output / "assets").glob("*.css")) <= 8


def test_the_scripts_of_a_page_of_content_weigh_at_most_3_kilobytes(output: Path) -> None:
    for glob in CONTENT:
        page = next(output.glob(glob)).read_text("utf-8")
        assert sum(zipped(output / script) for script in re.findall(r'<script[^>]* src="/([^"]+)"', page)) <= 3


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/authorities/tameside/"])
def test_the_fonts_of_a_page_weigh_at_most_80_kilobytes(path: str, page: Page, output: Path) -> None:
    page.goto(path, wait_until="networkidle")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(fetched => new URL(fetched.name).pathname)")
    fonts = [output / name.lstrip("/") for name in fetched if name.endswith(".woff2")]
    assert fonts
    assert sum(font.stat().st_size for font in fonts) <= 80_000
