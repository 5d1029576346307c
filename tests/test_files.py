from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import files
from site_builder.model import Article, Metadata, Problems


def test_a_raw_article_is_read_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / ("n" * 251 + ".txt")
    path.parent.mkdir()
    for data, text in ((b"\xef\xbb\xbfA caf\xc3\xa9\r\n", "A café\r\n"), (b"It\x92s a caf\xe9", "It’s a café")):
        path.write_bytes(data)
        raw = files.read_raw(tmp_path, path)
        assert (raw.article.text, raw.data) == (text, data)
        assert ("Windows-1252" in raw.note) == (b"\x92" in data)


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b" \n", "empty"), (b"a\n\0", "not-text")])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    with pytest.raises(Problems, match=rf"^x\.txt(:2)?: error\[{code}\]"):
        files.read_raw(tmp_path, tmp_path / "x.txt")


def test_links_that_lead_out_of_the_project_are_refused(tmp_path: Path) -> None:
    project, secret = tmp_path / "project", tmp_path / "secret.md"
    secret.write_text("---\n---\n")
    folder = project / "content/articles"
    folder.mkdir(parents=True)
    (folder / "out.md").symlink_to(secret)
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "dangling.md").symlink_to("nowhere.md")
    with pytest.raises(Problems) as caught:
        files.read_articles(project)
    assert [(p.where.rpartition("/")[2], p.code) for p in caught.value.problems] == [
        ("dangling.md", "disk"),
        ("loop.md", "disk"),
        ("out.md", "link"),
    ]


def test_articles_are_read_in_the_order_of_their_names_and_all_problems_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    for name in ("b", "a"):
        (folder / f"{name}.md").write_text("---\ntitle: A\n---\n\nText\n")
    (folder / ".hidden.md").write_text("nothing")
    assert files.read_articles(tmp_path) == tuple(Article(s, Metadata(title="A"), "Text") for s in "ab")
    (folder / "c.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (folder / "d.md").write_text("---\nthemes: [x]\n---\n")
    (folder / "2018").mkdir()
    (folder / "Capital.MD").write_text("---\n---\n")
    (folder / "e.md~").write_text("an editor's copy")
    with pytest.raises(Problems) as caught:
        files.read_articles(tmp_path)
    assert [(p.where, p.line, p.code) for p in caught.value.problems] == [
        ("content/articles/2018", 0, "folder"),
        ("content/articles/Capital.MD", 0, "slug"),
        ("content/articles/c.md", 2, "encoding"),
        ("content/articles/d.md", 2, "theme"),
    ]


def test_a_site_depends_on_every_module_however_deep_it_lies(tmp_path: Path) -> None:
    modules = set(files.PACKAGE.rglob("*.py"))
    assert files.PACKAGE / "site/pages/authorities.py" in modules
    assert modules <= set(files.ground_paths(tmp_path))
