from __future__ import annotations

import re

import pytest
from articles import ARTICLES
from house.building import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import as_written, frontmatter
from site_builder.model import Article, Problems

WRITTEN = {place.stem: place.read_text("utf-8") for place in sorted((PROJECT / "content/articles").glob("*.md"))}

PIECES = (
    *(" ", "  ", "\n", "\n\n", "- ", "-", ": ", ":", ",", ", ", " #", "#", '"', "'", "''", "\\", ">-", ">", "|", "|-"),
    *(
        "[",
        "]",
        "[]",
        "{",
        "}",
        "{}",
        "&a",
        "*a",
        "!t",
        "?",
        "%",
        "@",
        "~",
        "null",
        "Null",
        "''",
        '""',
        "<<",
        "---",
        "...",
    ),
    *("title: x\n", "themes: [health]\n", "  - ", "    ", "\t", "\r", "\ufeff", "\xa0", "\x85", "\u2028", "é", "“"),
    *("1", "0", "x", "rights: full\n", "themes: health\n", "raw: [a]\n", "quotes: {text: a}\n", "source: {}\n"),
)


def strictly(slug: str, text: str) -> Article | None:
    """What the file says by the rules of YAML; a byte order mark, which no file of ours has, takes that way."""
    try:
        return frontmatter.parse(slug, "\ufeff" + text)
    except Problems:
        return None


def test_the_articles_here_are_read_without_yaml() -> None:
    for slug, text in WRITTEN.items():
        article = as_written.article(slug, text)
        assert article is not None
        assert article == strictly(slug, text)


@given(ARTICLES)
@settings(deadline=None, max_examples=60)
def test_an_article_of_any_shape_is_read_right_or_left(article: Article) -> None:
    assert as_written.article(article.slug, frontmatter.dump(article)) in (article, None)


@st.composite
def altered(draw: st.DrawFn) -> str:
    """A file in which something was deleted, put in, moved or written twice, by a slip or by an editor."""
    text = draw(st.sampled_from(list(WRITTEN.values())))
    end = text.index("\n---\n") + 5
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, end))
        if draw(st.booleans()):  # where something begins or ends, more depends on a slip
            place = draw(st.sampled_from([found.start() for found in re.finditer(r"\b|$", text[:end], re.MULTILINE)]))
        reach = draw(st.sampled_from([0, 0, 1, 2, 4, 60]))
        other = draw(st.integers(0, end))
        put = draw(st.sampled_from(["", *PIECES]) | st.just(text[other : other + reach]))
        text = text[:place] + put + text[place + reach :]
    return text


@given(altered())
@settings(deadline=None, max_examples=300)
def test_an_altered_file_is_read_right_or_left(text: str) -> None:
    quickly = as_written.article("a", text)
    assert quickly is None or quickly == strictly("a", text)


@pytest.mark.parametrize(
    "header",
    [
        "title: null\n",
        'title: ""\n',
        "themes: [null]\n",
        "source: {name: null}\n",
        "source: {name: a, name: b}\n",
        "title: a\ntitle: b\n",
        "titel: a\n",
        "title: a: b\n",
        "title: a #b\n",
        "title: a\n  b\n",
        "title: >-\nraw: a\n",
        "title: >-\n      a\n",
        "title: a \n",
        "themes: health\n",
        "themes: [unheard-of]\n",
        "inspector_quotes: a\n",
        "published: 2018-13-01\n",
        "quotes:\n  - text: a\n",
        "quotes:\n- text: a\n  speaker: b\n",
        "inspections:\n  - authority: a\n    role: subject\n    ordinal: 0\n",
        "inspections:\n  - authority: a\n    role: subject\n    evidence: {a: b}\n",
        "# a note\ntitle: a\n",
    ],
)
def test_what_is_not_quite_as_we_write_it_is_left(header: str) -> None:
    assert as_written.article("a", f"---\n{header}---\n\nBody\n") is None
