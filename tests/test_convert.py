from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from projects import ARTICLE, small_project

from site_builder import files, frontmatter
from site_builder.commands import convert
from site_builder.edtf import Date
from site_builder.model import Article, Metadata, Problems, Rights, Theme


class Told(list[str]):
    """What a command said, line by line."""

    def about(self, words: str) -> list[str]:
        return [line for line in self if words in line]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project."""
    return small_project(tmp_path)


@pytest.fixture
def converted(project: Path) -> Callable[..., Told]:
    def run(*paths: str, pasted: bytes | None = None, dry_run: bool = False) -> Told:
        told = Told()
        convert.run(project, paths, pasted, dry_run, told.append)
        return told

    return run


def the_article(project: Path) -> Path:
    (path,) = files.article_paths(project)
    return path


def state(project: Path) -> dict[str, bytes]:
    return {p.relative_to(project).as_posix(): p.read_bytes() for p in project.rglob("*") if p.is_file()}


def test_a_raw_article_becomes_a_file_to_edit(project: Path, converted: Callable[..., Told]) -> None:
    told = converted()
    path = the_article(project)
    article = frontmatter.parse(path.name, path.read_text())
    assert article.metadata.raw == "praise.txt"
    assert "Inspectors said that social workers" in article.body
    assert path.read_text() == frontmatter.dump(article)
    assert told[0] == f"content/articles/{path.name}: new, from seeds/praise.txt"


def test_converting_again_changes_nothing(project: Path, converted: Callable[..., Told]) -> None:
    converted()
    before = state(project)
    assert converted() == ["raw articles: 1 as before"]
    assert state(project) == before


def test_a_dry_run_writes_nothing(project: Path, converted: Callable[..., Told]) -> None:
    before = state(project)
    assert converted(dry_run=True).about("new, from seeds/praise.txt")
    assert state(project) == before


def test_what_people_edited_stays_and_the_rest_follows_the_raw_article(
    project: Path, converted: Callable[..., Told]
) -> None:
    converted()
    path = the_article(project)
    edited = path.read_text().replace("---\n", "---\n# Checked with the press office.\ntitle: Our own title\n", 1)
    edited = "\n".join(line for line in edited.split("\n") if not line.startswith("title: Praise"))
    path.write_text(edited)
    (project / "seeds/praise.txt").write_text(ARTICLE + "\nA new paragraph about Tameside.\n")
    told = converted()
    article = frontmatter.parse(path.name, path.read_text())
    assert article.metadata.title == "Our own title"
    assert "A new paragraph" in article.body
    assert "# Checked with the press office." in path.read_text()
    assert told.about("updated body")


def test_what_a_build_converts_is_what_is_new_or_changed(project: Path) -> None:
    told = Told()
    convert.run_new(project, told.append)
    assert told.about("raw articles: 1 new")
    convert.run_new(project, told.append)
    assert len(told) == 2
    (project / "seeds/praise.txt").write_text(ARTICLE + "\nMore.\n")
    convert.run_new(project, told.append)
    assert told[-1] == "raw articles: 1 updated"


def test_a_renamed_article_keeps_its_name(project: Path, converted: Callable[..., Told]) -> None:
    converted()
    the_article(project).rename(project / "content/articles/our-name.md")
    (project / "seeds/praise.txt").write_text(ARTICLE + "\nMore.\n")
    assert converted().about("content/articles/our-name.md: updated")
    assert the_article(project).name == "our-name.md"
    assert [path.name for path in sorted((project / "content/machine").iterdir())] == ["our-name.md", "seeds.csv"]


def test_a_deleted_article_stays_deleted(project: Path, converted: Callable[..., Told]) -> None:
    converted()
    the_article(project).unlink()
    assert converted().about("was deleted by hand")
    assert not files.article_paths(project)


def test_what_the_machine_last_said_can_be_lost(project: Path, converted: Callable[..., Told]) -> None:
    converted()
    path = the_article(project)
    before = path.read_text()
    shutil.rmtree(project / "content/machine")
    assert converted()[-1] == "raw articles: 1 as before"
    assert path.read_text() == before


def test_a_broken_file_is_named_and_the_others_are_converted(project: Path, converted: Callable[..., Told]) -> None:
    converted()
    the_article(project).write_text("---\nthemes: [sea]\n---\n")
    (project / "seeds/empty.txt").write_text("")
    with pytest.raises(Problems) as caught:
        converted()
    assert {(problem.where.partition("/")[0], problem.code) for problem in caught.value.problems} == {
        ("content", "theme"),
        ("seeds", "empty"),
    }
    (project / "seeds/empty.txt").unlink()
    the_article(project).unlink()
    (project / "seeds/other.txt").write_text("Ofsted went to Stockport.\n")
    assert converted(str(project / "seeds/other.txt")).about("new")


def test_a_text_from_elsewhere_is_kept_in_seeds(project: Path, converted: Callable[..., Told], tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere" / "leaflet.txt"
    outside.parent.mkdir()
    outside.write_text("Ofsted went to Stockport council.\n")
    converted(str(outside))
    assert (project / "seeds/leaflet.txt").read_bytes() == outside.read_bytes()
    outside.write_text("Another text.\n")
    with pytest.raises(Problems, match=r"error\[name\]: seeds/leaflet.txt is another text already"):
        converted(str(outside))


def test_a_pasted_text_is_kept_under_its_articles_name(project: Path, converted: Callable[..., Told]) -> None:
    converted(pasted=b"News from Stockport\n\nOfsted went to Stockport council.\n")
    path = the_article(project)
    assert (project / "seeds" / f"{path.stem}.txt").is_file()


BASE = Article("a", Metadata(title="A", published=Date(2018), themes=(Theme.HEALTH,)), "Body")


def test_three_ways_of_merging_a_key() -> None:
    fresh = Article("a", Metadata(title="B", published=Date(2019), themes=(Theme.FINANCE,), authority="x"), "New")
    ours = replace(BASE, metadata=replace(BASE.metadata, published=Date(2017), themes=()))
    merge = convert.merged(BASE, ours, fresh)
    assert merge.article == Article("a", Metadata(title="B", published=Date(2017), authority="x"), "New")
    assert merge.updated == ("title", "authority", "body")
    assert merge.kept == ("published", "themes")


def test_rights_stay_as_people_set_them_and_nothing_is_said_of_it() -> None:
    ours = replace(BASE, metadata=replace(BASE.metadata, rights=Rights.FULL))
    assert convert.merged(BASE, ours, BASE) == convert.Merge(ours, (), ())
