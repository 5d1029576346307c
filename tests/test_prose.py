import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Quote
from site_builder.site.prose import Stretch, prose


def marked(markdown, *words, shown=True):
    """The page's HTML with the stretch `words` marked as `e1`."""
    return "".join(block.html for block in prose(markdown, [Stretch("e1", words, shown)], []).blocks)


def plain(html):
    return re.sub(r"<a class=\"ref\".*?</a>|<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("text", "words", "inner"),
    [
        ("Leaders were rated “good”.", "rated “good”.", "rated “good”."),
        ("Leaders were\nrated good.", "were rated good", "were\nrated good."),
        ("Leaders were rated *good* today.", "rated good", None),
        ("A [good](https://x.example) result.", "A good result", None),
        ("Goodness. It is good.", "good", "good."),
        ("The **council\\'s** services", "council's services", None),
    ],
)
def test_the_words_are_marked_where_they_stand(text, words, inner):
    html = marked(text, words)
    assert 'id="e1"' in html
    assert html.count('id="e1"') == 1
    assert html.count("<mark") == html.count("</mark>")
    if inner:
        assert f'<mark id="e1">{inner}</mark>' in html


def test_a_stretch_may_run_into_the_next_paragraph():
    html = marked("Rated as follows:\n\n- leadership: good\n- adoption: good", "leadership: good adoption: good")
    assert html.count("<mark") == 2
    assert html.index('id="e1"') < html.index("leadership")


def test_words_that_are_not_there_leave_the_text_alone():
    told = prose("Leaders were rated good.", [Stretch("e1", ("outstanding",), True)], [])
    assert told.blocks[0].html == "<p>Leaders were rated good.</p>"
    assert not told.found


def test_overlapping_stretches_nest_and_lose_nothing():
    text = "The council was rated good overall and inadequate for leadership."
    stretches = [
        Stretch("e1", ("was rated good overall",), True),
        Stretch("e2", ("good overall and inadequate",), True),
        Stretch("f1", (text,), False),
    ]
    told = prose(text, stretches, [])
    html = told.blocks[0].html
    assert plain(html) == text
    assert told.found == {"e1", "e2", "f1"}
    assert told.blocks[0].anchors == ("e1", "e2")
    assert [html.count(f'id="{anchor}"') for anchor in ("e1", "e2", "f1")] == [1, 1, 1]
    assert html.count("<mark") == html.count("</mark>")


def test_a_paragraph_that_is_speech_alone_becomes_a_quotation():
    quote = Quote("We are glad.\n\nWe go on.", "Ada Smith", "Leader", "Somewhere Council")
    told = prose("Before.\n\n“We are glad.\n\n“We go on.”\n\nAfter “We are glad” again.", [], [("q1", quote)])
    assert len(told.blocks) == 3
    assert "<figcaption><cite>Ada Smith</cite>, Leader, Somewhere Council</figcaption>" in told.blocks[1].html
    assert told.blocks[1].html.count("<p>") == 2


def test_speech_with_its_he_said_stays_a_paragraph():
    told = prose("“We are glad,” she said.", [], [("q1", Quote("We are glad,", "Ada Smith"))])
    assert told.blocks[0].html.startswith('<p><span id="q1">“We are glad,”</span> she said.</p>')


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,alert)",
        "![x](https://evil.example/x.png)",
        '<a href="x" onclick="alert(1)">x</a>',
        "[x](vbscript:x)",
        "<iframe src=//evil.example></iframe>",
    ],
)
def test_no_script_handler_picture_or_frame_gets_through(attack):
    html = marked(attack, "x")
    assert not re.search(r"<(script|img|iframe)|<[^>]*(onclick|javascript:|vbscript:|data:)", html)


def test_words_that_are_wholly_emphasised_get_no_spaces_about_them():
    assert marked("**Rated** good", "nothing") == "<p><strong>Rated</strong> good</p>"


def test_an_authors_heading_stands_below_the_pages_own():
    assert marked("# Big", "nothing") == "<h2>Big</h2>"


@given(st.text(alphabet="abc “”.*_[]()<>\n#-", max_size=80), st.text(alphabet="abc .\n“", max_size=20))
def test_marking_never_changes_what_is_read(text, words):
    assert plain(marked(text, words)) == plain(marked(text))


def test_an_empty_cell_heads_nothing():
    html = marked("|  | 2019 | 2024 |\n| --- | --- | --- |\n| Adoption | Good | Good |", "Adoption")
    assert html.count("<th>") == 2
    assert "<th></th>" not in html
