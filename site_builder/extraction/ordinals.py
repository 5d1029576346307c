"""Which of a row of visits an article tells of: “the sixth monitoring visit”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_builder.extraction.occasions import Reading
from site_builder.extraction.shapes import Shape
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import Act
from site_builder.text.document import Span

_VISIT = re.compile(r"visit|inspection|monitoring|check-?up|ups?$", re.IGNORECASE)
_DIGITS = re.compile(r"(\d\d?)(?:st|nd|rd|th)")
_BEFORE_NOUN, _AFTER_NOUN = 4, 12
_OF_A_ROW = 12
_NOT_OF_A_VISIT = frozenset({"time", "year", "years", "week", "day", "days", "months", "person", "council"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """A visit by its number."""

    number: int
    place: int
    span: Span
    hoped: bool
    """True for a visit still to come ("the seventh visit is expected")."""


def earlier_visits(found: Sequence[Numbered]) -> dict[int, int]:
    """The sentences that number a visit before the last one numbered, with its number."""
    most = max((each.number for each in found if not each.hoped), default=0)
    return {each.place: each.number for each in found if each.number < most}


def numbered(
    told: Sequence[Shape],
    readings: Sequence[Reading],
    lexicon: Lexicon,
) -> tuple[Numbered, ...]:
    """Every visit that the text numbers, in reading order."""
    found = []
    for place, (each, reading) in enumerate(zip(told, readings, strict=True)):
        tokens = each.sentence.tokens
        for at, token in enumerate(tokens):
            digits = _DIGITS.fullmatch(token.fold) if token.fold[0].isdecimal() else None
            number = int(digits[1]) if digits else lexicon.ordinals.get(token.fold, 0)
            if not number:
                continue
            behind = [other.fold for other in tokens[at + 1 : at + 1 + _BEFORE_NOUN]]
            before = [other.fold for other in tokens[max(0, at - _AFTER_NOUN) : at]]
            of_a_row = behind[:1] in (["of"], ["in"])
            if of_a_row:  # “the second in what will be a long run of visits”
                behind = [other.fold for other in tokens[at + 1 : at + 1 + _OF_A_ROW]]
            direct = any(_VISIT.match(word) for word in behind) and not (_NOT_OF_A_VISIT & set(behind[:1]))
            looks_back = (
                any(_VISIT.match(word) for word in before)
                and bool({"was", "is", "the", "'s"} & set(before[-2:]))
                and behind[:1] in (["since"], ["of"], ["to"], ["such"], ["."], [","], ["so"], ["in"])
            )
            if direct or looks_back:
                hoped = any(
                    act.value is Act.OTHER
                    and reading.distance(act.span, token.span) < 10
                    and not (of_a_row and act.span.start > token.span.start)
                    for act in reading.acts
                )
                found.append(Numbered(number, place, token.span, hoped))
    return tuple(found)
