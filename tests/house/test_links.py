"""Every link inside the site leads somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

BASE = "https://site.invalid"


class Leads(HTMLParser):
    """What one page points at, and what can be pointed at in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.twice: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                if value in self.anchors:
                    self.twice.append(value)
                self.anchors.add(value)
            if name in ("href", "src", "action") and value is not None:
                rel = dict(attrs).get("rel") or ""
                # The canonical address is the published site's, which is not this one.
                if not (tag == "link" and rel == "canonical"):
                    self.targets.append(value)


@pytest.fixture(scope="module")
def pages(output: Path) -> dict[str, Leads]:
    """Every page of the site by its URL path."""
    found = {}
    for path in sorted(output.rglob("*.html")):
        url = "/" + str(path.relative_to(output)).removesuffix("index.html")
        found[url] = Leads(path.read_text("utf-8"))
    return found


def test_every_internal_link_and_anchor_leads_somewhere(output: Path, pages: dict[str, Leads]) -> None:
    lost = []
    for url, page in pages.items():
        for target in page.targets:
            whole = urlsplit(urljoin(BASE + url, target))
            if f"{whole.scheme}://{whole.netloc}" != BASE:
                continue
            place = unquote(whole.path)
            if place in pages:
                if whole.fragment and unquote(whole.fragment) not in pages[place].anchors:
                    lost.append(f"{url} → {target}: no such anchor")
            elif not (output / place.lstrip("/")).is_file():
                lost.append(f"{url} → {target}: no such page")
    assert lost == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, Leads]) -> None:
    assert {url: page.twice for url, page in pages.items() if page.twice} == {}


def test_every_page_can_be_reached_from_home_by_links_alone(pages: dict[str, Leads]) -> None:
    reached, ahead = set(), ["/"]
    while ahead:
        url = ahead.pop()
        if url in reached:
            continue
        reached.add(url)
        for target in pages[url].targets:
            whole = urlsplit(urljoin(BASE + url, target))
            if f"{whole.scheme}://{whole.netloc}" == BASE and unquote(whole.path) in pages:
                ahead.append(unquote(whole.path))
    assert set(pages) - reached == {"/404.html"}


def test_the_stylesheet_asks_only_for_files_that_are_there(output: Path) -> None:
    sheets = list((output / "assets").glob("*.css"))
    assert sheets
    for sheet in sheets:
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text("utf-8")):
            if not target.startswith("data:"):
                assert (output / urljoin(f"/assets/{sheet.name}", target).lstrip("/")).is_file(), target
