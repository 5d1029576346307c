"""A table of phrases and the walk that finds them: one pass over the words, longest first, no regular expression."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_WORD = re.compile(r"(?<=\w)['’]s\b|\w+(?:['’](?!s\b)\w+)*|[^\w\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T_co]):
    """Phrases by their first word; each is a run of words and the value it names."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], T_co], ...]]
    """First word → the phrases that begin with it, longest first."""
    _by_length: dict[str, tuple[tuple[int, dict[tuple[str, ...], T_co]], ...]] = field(init=False, repr=False)
    """First word → the same phrases by how many words they have, so that a look takes a step for each length."""

    def __post_init__(self) -> None:
        lengths = {
            first: tuple(
                (length, {phrase: value for phrase, value in listed if len(phrase) == length})
                for length in sorted({len(phrase) for phrase, _ in listed}, reverse=True)
            )
            for first, listed in self.by_first.items()
        }
        object.__setattr__(self, "_by_length", lengths)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, T_co]]:
        """Every phrase in `words`, from left to right: place of its first word, place after its last, its value.

        Where phrases overlap the one that begins first wins, and of those the longest.
        """
        by_first, free = self.by_first, 0
        for place, word in enumerate(words):
            if word in by_first and place >= free:
                found = self.at(words, place)
                if found:
                    free = found[0]
                    yield place, *found

    def at(self, words: Sequence[str], place: int) -> tuple[int, T_co] | None:
        """The longest phrase that begins at `place`: the place after its last word, and its value."""
        for length, listed in self._by_length.get(words[place], ()):
            phrase = tuple(words[place : place + length])
            if phrase in listed:
                return place + length, listed[phrase]
        return None


def phrases(entries: Iterable[tuple[str, T]]) -> Phrases[T]:
    """The table of `entries`, each a phrase as one would write it and its value; the first entry of a phrase wins.

    Phrases are matched as they are written: fold their case here to find folded words.
    """
    table: dict[str, dict[tuple[str, ...], T]] = defaultdict(dict)
    for phrase, value in entries:
        words = split(phrase)
        table[words[0]].setdefault(words, value)
    return Phrases(
        {first: tuple(sorted(found.items(), key=lambda entry: -len(entry[0]))) for first, found in table.items()}
    )


def split(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, cut as the reader of texts cuts them: a possessive ending is a word of its own."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(phrase))
