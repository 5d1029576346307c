"""Reading: lines become blocks, blocks sentences, sentences tokens, and every place stays a place in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import plain_yaml
from site_builder.text.document import BlockKind, Span
from site_builder.text.reading import read

ROOT = Path(__file__).parent.parent
CASES = plain_yaml.load((ROOT / "tests/cases/sentences.yaml").read_text("utf-8"))


@pytest.mark.parametrize("sentences", CASES, ids=lambda sentences: sentences[0][:40])
def test_sentences(sentences: list[str]) -> None:
    """A case is the sentences of one paragraph; a lost space between two is written as a leading `+`."""
    text = sentences[0]
    for sentence in sentences[1:]:
        text += sentence[1:] if sentence.startswith("+") else f" {sentence}"
    document = read(text)
    assert [document.words(s.span) for s in document.sentences] == [
        sentence.removeprefix("+") for sentence in sentences
    ]


def _blocks(text: str) -> list[str]:
    document = read(text)
    return [document.words(block.span) for block in document.blocks]


def test_a_line_broken_in_mid_sentence_goes_on() -> None:
    text = "Inspectors said that the plans of most children in care are\nnow clear.\nThat is new."
    assert _blocks(text) == [text[: text.index("\nThat")], "That is new."]


@pytest.mark.parametrize(
    "text",
    [
        "They looked at:\nthe front door\nthe work of leaders",
        "bristol visit\nlowercase caption",
        "• the quality of the plans that social workers write for children\n• the front door",
    ],
)
def test_lines_of_a_list_stay_apart(text: str) -> None:
    assert len(_blocks(text)) == len(text.splitlines())


def test_bullets_within_a_line_are_items() -> None:
    document = read("They found: • Plans are clear. • Children are heard.")
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
    assert _blocks("They found: • Plans are clear. • Children are heard.")[1:] == [
        "Plans are clear.",
        "Children are heard.",
    ]


def test_tokens_fold_quotes_and_dashes_and_keep_their_place() -> None:
    document = read("The council’s “good” – plan, 06.04.16 and 1,204 or 29th")
    tokens = document.sentences[0].tokens
    folded = ["the", "council", "'s", '"', "good", '"', "-", "plan", ",", "06.04.16", "and", "1,204", "or", "29th"]
    assert [token.fold for token in tokens] == folded
    assert document.words(tokens[2].span) == "’s"


def test_lines_are_counted_from_one() -> None:
    document = read("One.\n\nTwo.")
    assert [document.line(block.span.start) for block in document.blocks] == [1, 3]


def test_line_ends_of_other_systems_read_the_same() -> None:
    text = "Inspectors said that the plans of most children in care are\nnow clear.\n\nThat is new."
    for end in ("\r\n", "\r"):
        other = read(text.replace("\n", end))
        assert [[token.text for token in s.tokens] for s in other.sentences] == [
            [token.text for token in s.tokens] for s in read(text).sentences
        ]


@given(st.text())
def test_every_part_lies_inside_the_whole(text: str) -> None:
    document = read(text)
    assert len(document.text) == len(text)
    place = 0
    for number, block in enumerate(document.blocks):
        assert block.sentences
        for sentence in block.sentences:
            assert sentence.block == number
            assert place <= sentence.span.start < sentence.span.end
            assert block.span.holds(sentence.span)
            for token in sentence.tokens:
                assert sentence.span.holds(token.span)
                words = document.words(token.span)
                assert len(token.text) == len(words.replace("\xad", "") or words)
            place = sentence.span.end
    kept = sum(block.span.end - block.span.start for block in document.blocks)
    assert kept <= len(text)


@given(st.text(alphabet="ab. \n•”A", max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    document = read(text)
    tokens = [token.span for block in document.blocks for sentence in block.sentences for token in sentence.tokens]
    covered = {place for span in tokens for place in range(span.start, span.end)}
    assert {place for place, letter in enumerate(text) if letter.isalpha()} <= covered


def test_spans_compare_as_stretches() -> None:
    assert Span(2, 5).holds(Span(3, 5))
    assert not Span(2, 5).meets(Span(5, 6))
    assert Span(2, 5).to(Span(8, 9)) == Span(2, 9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the coun\xadcil’s out\xadstanding work", ["the", "council", "'s", "outstanding", "work"]),
        ("the council\ufffds work", ["the", "council", "'s", "work"]),
        ("the council\x92s work doesn\x92t stop", ["the", "council", "'s", "work", "doesn't", "stop"]),
        ("a \xad b", ["a", "\xad", "b"]),
    ],
)
def test_words_are_read_past_soft_hyphens_and_lost_apostrophes(text: str, words: list[str]) -> None:
    document = read(text)
    assert [token.text for sentence in document.sentences for token in sentence.tokens] == words
    assert document.text == text


def test_a_paragraphs_number_is_no_part_of_its_sentence() -> None:
    document = read("2.3   Inspectors came. It was 2.4 miles.")
    assert [document.words(each.span) for each in document.sentences] == ["Inspectors came.", "It was 2.4 miles."]
    assert document.words(document.blocks[0].span) == document.text
