"""Body: the Markdown that an article's text becomes."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder.text.body import markdown
from site_builder.text.document import BlockKind, Span
from site_builder.text.reading import cut, read

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def _shown(body: str) -> str:
    """The words a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", MARKDOWN.render(body))).split())


@pytest.mark.parametrize(
    "words",
    [
        "* not emphasis * and *not this*",
        "_nor_ this, but snake_case_words",
        "# 1 in the county",
        "> quoted by mail",
        "- it is no list",
        "2016. A year of change",
        "3) is a number",
        "A & B; AT&amp;T and &copy;",
        "<b>bold</b> and 3 < 4",
        "[a link](http://example.org) and ![picture](x)",
        r"C:\* and a back\slash",
        "`code`",
        "---",
        "===",
        "~~~",
        "| a | b |",
        "+ plus",
    ],
)
def test_marks_of_markdown_are_shown_as_they_are(words: str) -> None:
    assert _shown(_body(words)) == words


def _body(words: str) -> str:
    return markdown(cut(read(words), [(Span(0, len(words)), BlockKind.PARAGRAPH)]))


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=80))
def test_a_paragraph_shows_its_own_words(words: str) -> None:
    assume(words.strip())
    words = words.strip()
    assert "".join(_shown(_body(words)).split()) == "".join(words.split())


def test_furniture_stays_out_and_kinds_become_markdown() -> None:
    document = read("Title\nNav\nFirst.\nNext steps\n• One\n• Two\n1. Eins\n2. Zwei\nLast.")
    kinds = [BlockKind.TITLE, BlockKind.FURNITURE, BlockKind.PARAGRAPH, BlockKind.HEADING]
    kinds += [BlockKind.ITEM] * 4 + [BlockKind.PARAGRAPH]
    document = cut(document, [(block.span, kind) for block, kind in zip(document.blocks, kinds, strict=True)])
    assert markdown(document) == "First.\n\n## Next steps\n\n- One\n- Two\n\n1. Eins\n2. Zwei\n\nLast.\n"


def test_a_lost_space_and_a_reopened_quotation_begin_paragraphs() -> None:
    text = "It is “realistic and achievable.”Cllr Ada Quill said: “I am glad. “I thank them.”"
    assert markdown(read(text)).split("\n\n") == [
        "It is “realistic and achievable.”",
        "Cllr Ada Quill said: “I am glad. ".strip(),
        "“I thank them.”\n",
    ]


def test_a_text_in_one_paragraph_breaks_where_a_voice_begins() -> None:
    plain = " ".join(f"Team {number} is well led and its plans are clear." for number in range(30))
    body = markdown(read(f"{plain} Ada Quill said: “We are glad.” {plain}"))
    assert body.split("\n\n") == [plain, "Ada Quill said: “We are glad.”", plain + "\n"]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Area\n2019\n2024\nAdoption\nGood\nGood\nLeadership\nN/A\nGood", 3),
        ("2019\n2024\nAdoption\nGood\nGood\nLeadership\nN/A\nGood", 2),
        ("Area   2019   2024\nAdoption   Good   Good\nLeadership   N/A   Good", 1),
    ],
)
def test_cells_become_a_table(text: str, heads: int) -> None:
    document = read(text)
    kinds = [BlockKind.PARAGRAPH] * heads + [BlockKind.CELL] * (len(document.blocks) - heads)
    document = cut(document, [(block.span, kind) for block, kind in zip(document.blocks, kinds, strict=True)])
    head = "Area" if "Area" in text else ""
    rows = ["| --- | --- | --- |", "| Adoption | Good | Good |", "| Leadership | N/A | Good |"]
    assert markdown(document) == "\n".join([f"| {head} | 2019 | 2024 |", *rows]) + "\n"


def test_a_list_of_areas_is_no_table_and_a_grade_above_bullets_heads_them() -> None:
    document = read("Adoption\nLeadership\nFostering\nEducation\nGood\n• Health")
    kinds = [BlockKind.CELL] * 5 + [BlockKind.ITEM]
    document = cut(document, [(block.span, kind) for block, kind in zip(document.blocks, kinds, strict=True)])
    assert markdown(document) == "- Adoption\n- Leadership\n- Fostering\n- Education\n\n## Good\n\n- Health\n"


def test_a_bullet_among_cells_is_a_cell() -> None:
    document = read("Help\nGood\n- Adoption\nGood\nLeadership\nInadequate")
    kinds = [BlockKind.ITEM if place == 2 else BlockKind.CELL for place in range(6)]
    document = cut(document, [(block.span, kind) for block, kind in zip(document.blocks, kinds, strict=True)])
    assert markdown(document) == "- Help: Good\n- Adoption: Good\n- Leadership: Inadequate\n"
