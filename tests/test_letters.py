from __future__ import annotations

from dataclasses import dataclass

from articles import ARTICLES
from hypothesis import given, settings

from site_builder.model import Article, Theme
from site_builder.site.letters import opened, sealed


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
