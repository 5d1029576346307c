"""Netlify's own parsers read what we wrote for it."""

from __future__ import annotations

import json
import shlex
import subprocess
import tomllib
from pathlib import Path
from string import Template
from typing import Any

import pytest
from house.building import PROJECT, command, lay


@pytest.fixture(scope="module")
def read(house: Path, node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Netlify makes of `_headers`, `_redirects` and netlify.toml."""
    # Node finds packages beside the script, so the script stands where the packages are.
    stand = tmp_path_factory.mktemp("netlify")
    (stand / "netlify.mjs").write_text((PROJECT / "tests/house/netlify.mjs").read_text("utf-8"), "utf-8")
    (stand / "node_modules").symlink_to(node_modules)
    project = stand / "project"
    project.mkdir()
    (project / "output").symlink_to(house / "output")
    (project / "netlify.toml").write_bytes((PROJECT / "netlify.toml").read_bytes())
    run = subprocess.run(
        ["node", stand / "netlify.mjs", project], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_no_parser_finds_an_error(read: dict[str, Any]) -> None:
    assert read["errors"] == []


def test_every_page_goes_out_under_our_content_security_policy(read: dict[str, Any]) -> None:
    everywhere = next(rule["values"] for rule in read["headers"] if rule["for"] == "/*")
    assert "default-src 'none'" in everywhere["Content-Security-Policy"]


def test_each_context_builds_into_the_folder_that_is_published(read: dict[str, Any], tmp_path: Path) -> None:
    for context, settings in read["contexts"].items():
        assert Path(settings["publish"]).name == "output"
        program, words = settings["command"].split(" -m site_builder ")
        assert program == "python"
        address, preview = "https://published.example.org", "https://preview.example.org"
        folder = lay(tmp_path / context)
        given = {"URL": address, "DEPLOY_PRIME_URL": preview}
        built = command(folder, *(Template(word).substitute(given) for word in shlex.split(words)))
        assert built.returncode == 0, built.stderr
        home = (folder / "output/index.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{address}/">' in home
        own = preview if context == "deploy-preview" else address
        assert f'<meta property="og:url" content="{own}/">' in home
        assert ('<meta name="robots" content="noindex">' in home) == (context == "deploy-preview")


def test_netlify_has_the_python_that_the_project_asks_for(read: dict[str, Any]) -> None:
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert asked == ">=" + read["contexts"]["production"]["environment"]["PYTHON_VERSION"]
