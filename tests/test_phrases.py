"""Phrases: one walk over the words, longest first."""

from __future__ import annotations

from site_builder.lexicon.phrases import phrases, split

TABLE = phrases([("care", 1), ("care leavers", 2), ("children in care", 3), ("the council's care", 4)])


def _found(text: str) -> list[tuple[int, int, int]]:
    return list(TABLE.find(split(text)))


def test_the_longest_phrase_wins() -> None:
    assert _found("care leavers in care") == [(0, 2, 2), (3, 4, 1)]


def test_of_phrases_that_overlap_the_first_wins() -> None:
    assert _found("children in care leavers") == [(0, 3, 3)]


def test_a_phrase_that_breaks_off_gives_way_to_a_shorter_one() -> None:
    assert _found("children in need of care") == [(4, 5, 1)]
    assert _found("children in") == []


def test_a_possessive_ending_is_a_word_of_its_own() -> None:
    assert split("the council’s care") == ("the", "council", "'s", "care")
    assert _found("so the council’s care") == [(1, 5, 4)]


def test_the_first_entry_of_a_phrase_counts() -> None:
    assert list(phrases([("good", 1), ("good", 2)]).find(["good"])) == [(0, 1, 1)]
