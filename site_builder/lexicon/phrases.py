"""A table of phrases and the walk that finds them: one pass over the words, longest first, no regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_WORD = re.compile(r"(?<=\w)['’]s\b|\w+(?:['’](?!s\b)\w+)*|[^\w\s]", re.IGNORECASE)


@dataclass(slots=True)
class _Branch(Generic[T]):
    """The phrases that begin with the same words."""

    value: tuple[T, ...] = ()
    """What these words name if they are a phrase themselves; else empty."""
    longer: dict[str, _Branch[T]] = field(default_factory=dict)
    """The others by their next word."""


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T_co]):
    """Phrases, each a run of words and the value it names; no two are of the same words."""

    entries: tuple[tuple[tuple[str, ...], T_co], ...]
    _tree: dict[str, _Branch[T_co]] = field(init=False, repr=False, compare=False)
    """The phrases by their first words, so that a walk takes one step a word however many there are."""

    def __post_init__(self) -> None:
        root: _Branch[T_co] = _Branch()
        for words, value in self.entries:
            branch = root
            for word in words:
                branch = branch.longer.setdefault(word, _Branch())
            branch.value = (value,)
        object.__setattr__(self, "_tree", root.longer)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, T_co]]:
        """Every phrase in `words`, from left to right: place of its first word, place after its last, its value.

        Where phrases overlap the one that begins first wins, and of those the longest.
        """
        firsts, free = self._tree, 0
        found: list[tuple[int, int, T_co]] = []
        if firsts.keys().isdisjoint(words):  # most sentences, of most tables
            return found
        for place in [place for place, word in enumerate(words) if word in firsts]:
            if place >= free:
                phrase = self.at(words, place)
                if phrase:
                    free, value = phrase
                    found.append((place, free, value))
        return found

    def at(self, words: Sequence[str], place: int) -> tuple[int, T_co] | None:
        """The longest phrase that begins at `place`: the place after its last word, and its value."""
        found, after = None, place
        branch = self._tree.get(words[place])
        while branch:
            after += 1
            if branch.value:
                found = after, branch.value[0]
            branch = branch.longer.get(words[after]) if after < len(words) else None
        return found


def phrases(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """The table of `entries`, each a phrase as one would write it and its value; the first entry of a phrase wins.

    Phrases are matched as they are written: fold their case here to find folded words.
    """
    table: dict[tuple[str, ...], T] = {}
    for phrase, value in entries:
        table.setdefault(split(phrase), value)
    return Phrases(tuple(table.items()))


def split(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, cut as the reader of texts cuts them: a possessive ending is a word of its own."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(phrase))
