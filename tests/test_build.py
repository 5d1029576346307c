from __future__ import annotations

from pathlib import Path

import pytest
from projects import PROJECT, small_project

from site_builder import files
from site_builder.commands import build
from site_builder.model import Problems


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that can be built."""
    if not (PROJECT / "node_modules/lunr").is_dir():
        pytest.skip("npm's packages are not installed (make install)")
    (tmp_path / "node_modules").symlink_to(PROJECT / "node_modules")
    return small_project(tmp_path)


def quiet(_: str) -> None:
    pass


def held(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_a_build_converts_and_publishes_and_a_second_gives_the_same_bytes(project: Path) -> None:
    told: list[str] = []
    build.run(project, told.append)
    first = held(project / "output")
    assert any("new, from seeds/praise.txt" in line for line in told)
    (article,) = files.article_paths(project)
    assert f"/articles/{article.stem}/".encode() in b"".join(first.values())
    build.run(project, quiet)
    assert held(project / "output") == first


def test_a_broken_article_leaves_the_old_site_and_all_problems_are_told(project: Path) -> None:
    build.run(project, quiet)
    before = held(project / "output")
    (article,) = files.article_paths(project)
    article.write_text("---\nthemes: [sea]\npublished: today\n---\n")
    (project / "seeds/empty.txt").write_text("")
    with pytest.raises(Problems) as caught:
        build.run(project, quiet)
    assert [problem.code for problem in caught.value.problems] == ["theme", "date", "empty"]
    assert held(project / "output") == before


def test_an_authority_that_is_not_in_the_register_is_named_with_its_line(project: Path) -> None:
    (project / "content/articles").mkdir()
    (project / "content/articles/a.md").write_text("---\ntitle: A\nauthorities: [tamside]\n---\n")
    with pytest.raises(Problems, match=r'a\.md:3:15: error\[authority\]: "tamside" .* did you mean "tameside"'):
        build.run(project, quiet)


def test_a_broken_template_is_named_with_its_line(project: Path) -> None:
    home = project / "templates/pages/home.html"
    for broken in ("{% extends 'base.html' %}\n{% block main %}\n{{ nothing.at_all }}{% endblock %}", "\n\n{% if %}"):
        home.write_text(broken)
        with pytest.raises(Problems, match=r"^templates/pages/home\.html:3: error\[template\]"):
            build.pages(project, quiet)


def test_a_missing_package_is_named(project: Path) -> None:
    (project / "node_modules").unlink()
    with pytest.raises(Problems, match=r"node_modules/lunr/lunr\.min\.js: error\[missing-file\].*make install"):
        build.pages(project, quiet)


def test_a_preview_has_its_own_address(project: Path) -> None:
    pages = build.pages(project, quiet, "https://preview.example/")
    assert b"https://preview.example/" in pages["sitemap.xml"]


def test_settings_are_checked(project: Path) -> None:
    settings = project / "pyproject.toml"
    settings.write_text('[tool.site_builder]\nname = 3\nurl = "x"\n')
    with pytest.raises(Problems) as caught:
        build.pages(project, quiet)
    assert [problem.code for problem in caught.value.problems] == ["setting"] * 3


def test_rights_are_checked(project: Path) -> None:
    settings = project / "pyproject.toml"
    table = '[tool.site_builder]\nname = "A"\nbase_url = "https://a.example"\n[tool.site_builder.rights]\n'
    settings.write_text(f'{table}blog = "full"\ncouncil = "whole"\nother = ["full"]\n')
    with pytest.raises(Problems) as caught:
        build.pages(project, quiet)
    assert [problem.message for problem in caught.value.problems] == [
        '"blog" is not a kind of source of [tool.site_builder.rights]; '
        "there are council, charity, newspaper, trade-press, ofsted, government, other",
        '"council" in [tool.site_builder.rights] must be one of full, excerpt, link-only',
        '"other" in [tool.site_builder.rights] must be one of full, excerpt, link-only',
    ]
