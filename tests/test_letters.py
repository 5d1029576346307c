from __future__ import annotations

from dataclasses import dataclass

import pytest
from articles import ARTICLES
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model import Article, Theme
from site_builder.site import letters
from site_builder.site.letters import opened, piled, sealed, topmost


@dataclass(frozen=True, slots=True)
class One:
    """A value with one field, which itself is a tuple."""

    held: tuple[str, ...]


@given(ARTICLES)
@settings(deadline=None, max_examples=30)
def test_what_is_sealed_is_opened_again(article: Article) -> None:
    assert opened(sealed(article)) == article


def test_values_of_every_kind_keep_their_kind() -> None:
    value = [One(("a",)), Theme.HEALTH, {"a": (1, 2.5, None)}, b"x", Theme, {1}]
    again = opened(sealed(value))
    assert again == value
    assert again[1] is Theme.HEALTH


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=2)), max_size=30), max_size=6), st.integers(0, 40)
)
def test_the_uppermost_of_piles_are_the_first_of_all_that_they_hold(
    lists: list[list[tuple[int, str]]], most: int
) -> None:
    piles = [piled(held, lambda thing: thing[:1], most) for held in lists]
    together = [thing for held in lists for thing in held]
    assert list(topmost(piles, most)) == sorted(together, key=lambda thing: thing[:1])[:most]


def test_of_a_pile_whose_things_come_late_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    early, late = (piled(things, lambda thing: (thing,), 40) for things in (range(40), range(40, 80)))
    read: list[bytes] = []

    def watched(part: bytes) -> object:
        read.append(part)
        return opened(part)

    monkeypatch.setattr(letters, "opened", watched)
    assert topmost([early, late], 7) == (0, 1, 2, 3, 4, 5, 6)
    assert read == list(early.parts[:2])
