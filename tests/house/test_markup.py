"""Every page and the stylesheet pass the Nu checker of HTML and html-validate."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import lacking

PATIENCE = 3600 if os.environ.get("HOUSE") else 290
"""Seconds that a checker may take; a house that was given to us may be a large one."""


@pytest.fixture(scope="module")
def checker(node_modules: Path) -> list[str]:
    """The words that run the Nu checker."""
    java = shutil.which("java") or lacking("Java")
    return [java, "-Xss4m", "-jar", str(node_modules / "vnu-jar/build/dist/vnu.jar"), "--format", "gnu"]


def complaints(words: list[str]) -> list[str]:
    """What the checker says, line by line."""
    run = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return run.stderr.splitlines()


@pytest.mark.slow
@pytest.mark.timeout(PATIENCE + 10)  # every page of the site, in one run of the checker
def test_the_nu_checker_finds_no_error_in_any_page(checker: list[str], output: Path) -> None:
    assert complaints([*checker, "--errors-only", "--skip-non-html", str(output)])[:20] == []


@pytest.mark.slow
@pytest.mark.timeout(PATIENCE + 10)  # every page of the site, in one run of the checker
def test_the_nu_checker_finds_no_error_in_the_stylesheet(checker: list[str], output: Path) -> None:
    sheets = [str(path) for path in (output / "assets").glob("*.css")]
    assert sheets
    assert [said for said in complaints([*checker, "--css", *sheets]) if ": error" in said][:20] == []


@pytest.mark.slow
@pytest.mark.timeout(PATIENCE + 10)  # every page of the site, in one run of the checker
def test_html_validate_finds_nothing(node_modules: Path, output: Path, tmp_path: Path) -> None:
    settings, report = tmp_path / "settings.json", tmp_path / "report.json"
    settings.write_text(json.dumps({"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}))
    run = subprocess.run(
        [
            *("node", node_modules / "html-validate/bin/html-validate.mjs"),
            *("--config", settings, "--formatter", f"json={report}", f"{output}/**/*.html"),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert report.exists(), run.stderr
    said = [
        f"{Path(file['filePath']).relative_to(output)}:{one['line']}: {one['ruleId']}: {one['message']}"
        for file in json.loads(report.read_text("utf-8"))
        for one in file["messages"]
    ]
    assert said[:20] == []
