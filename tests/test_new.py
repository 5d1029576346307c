from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder import frontmatter
from site_builder.commands import new
from site_builder.edtf import Date
from site_builder.model import Problems


def test_a_new_article_holds_what_was_said(tmp_path: Path) -> None:
    path = new.run(tmp_path, " News: from Bath ", "Bath Courier", "2018-05")
    assert path.name == "news-from-bath.md"
    metadata = frontmatter.parse(path.name, path.read_text()).metadata
    assert (metadata.title, metadata.published) == ("News: from Bath", Date(2018, 5))
    assert metadata.source
    assert metadata.source.name == "Bath Courier"


def test_a_second_article_of_the_same_title_gets_its_own_file(tmp_path: Path) -> None:
    names = [new.run(tmp_path, "News", None, None).name for _ in range(2)]
    assert names == ["news.md", "news-2.md"]


@pytest.mark.parametrize("source", [None, "tact"])
def test_every_commented_key_can_be_used_as_it_stands(tmp_path: Path, source: str | None) -> None:
    text = new.run(tmp_path, "News", source, None).read_text()
    filled = re.sub("^# ?", "", text, flags=re.MULTILINE).replace("https://…", "https://example.org/")
    keys = frontmatter.as_plain(frontmatter.parse("news.md", filled).metadata)
    assert [key for key in frontmatter.KEYS if key not in keys] == ["raw"]


@pytest.mark.parametrize(("title", "date", "code"), [(" ", None, "title"), ("News", "14/05/2018", "date")])
def test_what_cannot_be_written_is_refused(tmp_path: Path, title: str, date: str | None, code: str) -> None:
    with pytest.raises(Problems, match=rf"error\[{code}\]"):
        new.run(tmp_path, title, None, date)
    assert not list(tmp_path.iterdir())
