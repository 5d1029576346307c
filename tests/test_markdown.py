from __future__ import annotations

from house.building import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.site import markdown

STRICT, QUICK = markdown.strict(), markdown.quick()
MARKS = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "  \n",
            "\\\n",
            "\n    ",
            "\t",
            " ",
            "\xa0",
            "\r",
            "\0",
            "\\",
            "`",
            "```\n",
            "~~~\n",
            "*",
            "**",
            "_",
        ),
        *(
            "[a](b)",
            "[a]: b",
            "[a]",
            "![a](b)",
            "<https://a.example>",
            "<b>",
            "&amp;",
            "& ",
            "&#0;",
            "!",
            "#",
            "# ",
            "###\n",
        ),
        *(
            "> ",
            "- ",
            "* ",
            "+ ",
            "-",
            "---",
            "===\n",
            "***\n",
            "|",
            "|-|-|\n",
            "1. ",
            "1) ",
            "1",
            ":",
            "“",
            "’",
            "(",
            '"',
            "'",
        ),
        *("word", "Word", "é", "x", "two words"),
    ]
)
TEXTS = st.lists(MARKS, max_size=14).map("".join) | st.text(max_size=60)


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_short_cuts_lead_to_the_same_tokens(text: str) -> None:
    assert QUICK.parse(text) == STRICT.parse(text)


def test_the_articles_here_have_the_same_tokens() -> None:
    for place in (PROJECT / "content/articles").glob("*.md"):
        assert QUICK.parse(place.read_text("utf-8")) == STRICT.parse(place.read_text("utf-8"))


@given(TEXTS)
@settings(deadline=None, max_examples=400)
def test_passages_are_what_the_parser_reads(text: str) -> None:
    read = []
    before = None
    for token in STRICT.parse(text):
        if token.type in ("inline", "fence", "code_block"):
            parts = [token] if token.children is None else token.children
            words = "".join(" " if each.type in ("softbreak", "hardbreak") else each.content for each in parts)
            read.append((words, before.type == "paragraph_open" and before.level == 0 if before else False))
        before = token
    assert list(markdown.passages(text)) == read
