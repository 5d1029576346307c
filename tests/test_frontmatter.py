from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from articles import ARTICLES
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import frontmatter
from site_builder.edtf import Date
from site_builder.model import Article, Metadata, Problems


def where(article: Article) -> str:
    return f"content/articles/{article.slug}.md"


@given(ARTICLES)
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_back_and_other_yaml_readers_see_the_same_words(article: Article) -> None:
    text = frontmatter.dump(article)
    assert frontmatter.parse(where(article), text) == article
    header = re.split("^---\n", text, flags=re.MULTILINE)[1]
    assert (yaml.safe_load(header) or {}) == frontmatter.as_plain(article.metadata)


def problems_of(text: str) -> list[str]:
    with pytest.raises(Problems) as caught:
        frontmatter.parse("content/articles/a.md", text)
    return [str(problem) for problem in caught.value.problems]


def test_all_problems_are_named_with_their_places() -> None:
    text = """---
titel: A title
published: 2018-13-01
themes: early-help
inspections:
  - authority: Tameside
    judgements:
      - {area: overal, grade: god}
---

Body
"""
    assert problems_of(text) == [
        'content/articles/a.md:2:1: error[key]: "titel" is not a key of the front matter; did you mean "title"?\n'
        "    titel: A title\n    ^",
        'content/articles/a.md:3:12: error[date]: "2018-13-01" is not a date; its month must be 01 to 12\n'
        "    published: 2018-13-01\n               ^",
        "content/articles/a.md:4:9: error[list]: themes is a list: write [one, another], or each on a line after a"
        " hyphen\n    themes: early-help\n            ^",
        'content/articles/a.md:6:5: error[missing]: an inspection needs "role"\n      - authority: Tameside\n        ^',
        'content/articles/a.md:6:16: error[authority]: "Tameside" is not an authority; write its short name in lower'
        " case with hyphens, such as st-helens\n      - authority: Tameside\n                   ^",
        'content/articles/a.md:8:16: error[area]: "overal" is not an area; did you mean "overall"?\n'
        "          - {area: overal, grade: god}\n                   ^",
        'content/articles/a.md:8:31: error[grade]: "god" is not a grade; did you mean "good"?\n'
        "          - {area: overal, grade: god}\n                                  ^",
    ]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "1:1", "front-matter"),
        ("Just a text\n", "1:1", "front-matter"),
        ("---\ntitle: never closed\n", "1:1", "front-matter"),
        ("---\ntitle: &a x\n---\n", "2:8", "anchor"),
        ("---\ntitle: *a\n---\n", "2:8", "anchor"),
        ("---\ntitle: !!str x\n---\n", "2:8", "tag"),
        ("---\n<<: x\n---\n", "2:1", "merge"),
        ("---\ntitle: a\nraw: b\ntitle: c\n---\n", "4:1", "duplicate"),
        ("---\ntitle: " + "[" * 5000 + "\n---\n", "2:57", "nesting"),
        ("---\ntitle: a\n# " + "x" * 70_000 + "\n---\n", "1:1", "size"),
        ("---\ntitle: a: b\n---\n", "2:9", "yaml"),
        ("---\ntitle: 'a\n---\n", "2:8", "yaml"),
        ("---\ntitle: a\x07\n---\n", "2:9", "character"),
        ("---\n- a\n---\n", "2:1", "mapping"),
        ("---\ntitle: [a]\n---\n", "2:8", "text"),
        ("---\nreport_url: javascript:alert(1)\n---\n", "2:13", "url"),
        ("---\nsource: {kind: blog}\n---\n", "2:16", "kind-of-source"),
        ("---\ninspections: [{authority: a, role: subject, ordinal: six}]\n---\n", "2:54", "number"),
        ("---\nquotes: [{text: Hello}]\n---\n", "2:10", "missing"),
        ("\ufeff---\r\ntitle: a\r\nthemes: [x]\r\n---\r\n", "3:10", "theme"),
    ],
)
def test_what_is_not_read(text: str, place: str, code: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(f"content/articles/a.md:{place}: error[{code}]: ")


def test_a_duplicate_names_both_lines() -> None:
    (problem,) = problems_of("---\ntitle: a\nraw: b\ntitle: c\n---\n")
    assert "first in line 2" in problem


def test_nothing_written_means_absent() -> None:
    text = "---\ntitle:\npublished: null\nauthority: ''\nthemes: []\nsource: {name: ~}\nquotes:\n  -\n---\n"
    assert frontmatter.parse("a.md", text).metadata == Metadata()
    assert frontmatter.parse("a.md", "---\ntitle: 'null'\n---\n").metadata == Metadata(title="null")


def test_marks_and_line_ends_of_other_systems_are_read() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        text = "\ufeff" + "---\ntitle: A\n---\n\nOne\n\nTwo\n".replace("\n", line_end)
        assert frontmatter.parse("a.md", text) == Article("a", Metadata(title="A"), "One\n\nTwo")


def test_an_article_that_is_too_large_is_refused_at_once() -> None:
    (problem,) = problems_of("---\n---\n" + "x" * 2_100_000)
    assert "error[size]" in problem


@given(ARTICLES, ARTICLES, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(deadline=None, max_examples=20)
def test_a_changed_file_says_the_new_and_an_unchanged_one_stays(old: Article, new: Article, line_end: str) -> None:
    text = "\ufeff" + frontmatter.dump(replace(old, body="A body")).replace("\n", line_end)
    new = replace(new, body=new.body.replace("\r", "-"))
    changed = frontmatter.change(where(old), text, new)
    assert frontmatter.parse(where(new), changed) == new
    assert changed.startswith("\ufeff---" + line_end)
    assert frontmatter.change(where(new), changed, new) == changed


EDITED = """--- \r
# Checked by hand.\r
authority: 'tameside'   # not Stockport\r
title: An old title\r
\r
# Ask the press office for the date.\r
source: {name: The Town Paper, kind: newspaper}\r
inspector_quotes: [robust,\r
  'swift']\r
---\r
\r
Body\r
"""


def test_only_the_lines_of_what_changes_change() -> None:
    article = frontmatter.parse("a.md", EDITED)
    metadata = replace(article.metadata, title="A new title", published=Date(2018, 5, 14))
    changed = frontmatter.change("a.md", EDITED, replace(article, metadata=metadata))
    assert changed == EDITED.replace("An old title", "A new title").replace(
        "title: A new title\r\n", 'title: A new title\r\npublished: "2018-05-14"\r\n'
    )
    without = frontmatter.change("a.md", EDITED, replace(article, metadata=replace(article.metadata, source=None)))
    assert without == EDITED.replace("source: {name: The Town Paper, kind: newspaper}\r\n", "")


def test_keys_in_braces_are_written_anew_when_one_changes() -> None:
    text = "---\n{title: One, authority: tameside}\n---\n"
    changed = frontmatter.change("a.md", text, Article("a", Metadata(title="Two", authority="tameside"), ""))
    assert changed == "---\ntitle: Two\nauthority: tameside\n---\n"
