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

_VISIT = re.compile(r"visit|inspection|monitoring|check(?:-?up)?s?$|ups?$", re.IGNORECASE)
_VISITS = frozenset({"visit", "visits", "inspection", "inspections"})
_DIGITS = re.compile(r"(\d\d?)(?:st|nd|rd|th)")
_BEFORE_NOUN, _AFTER_NOUN = 4, 12
_OF_A_ROW = 12
_AND_LAST = (("and", "last"), ("and", "final"), ("and", "latest"))
"""“The sixth and last of the visits”."""
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
        if lexicon.ordinals.keys().isdisjoint(each.sentence.folds) and _VISITS.isdisjoint(each.sentence.folds):
            continue
        for at, fold in enumerate(each.sentence.folds):
            digits = _DIGITS.fullmatch(fold) if fold[0].isdecimal() else None
            number = int(digits[1]) if digits else lexicon.ordinals.get(fold, 0)
            if not number:
                number = _number_behind(reading, at, lexicon) if fold == "visit" else 0
                if number:
                    found.append(Numbered(number, place, tokens[at].span, hoped=False))
                continue
            skipped = 2 * (each.sentence.folds[at + 1 : at + 3] in _AND_LAST)
            behind = [other.fold for other in tokens[at + skipped + 1 : at + skipped + 1 + _BEFORE_NOUN]]
            before = [other.fold for other in tokens[max(0, at - _AFTER_NOUN) : at]]
            of_a_row = behind[:1] in (["of"], ["in"])
            if of_a_row:  # “the second in what will be a long run of visits”
                behind = [other.fold for other in tokens[at + skipped + 1 : at + skipped + 1 + _OF_A_ROW]]
            direct = any(_VISIT.match(word) for word in behind) and not (_NOT_OF_A_VISIT & set(behind[:1]))
            looks_back = (
                any(_VISIT.match(word) for word in before)
                and bool({"was", "is", "the", "'s"} & set(before[-2:]))
                and behind[:1] in (["since"], ["of"], ["to"], ["such"], ["."], [","], ["so"], ["in"])
            )
            comes_again = behind[:1] == ["time"] and _tells_of_a_return(each)
            follows_on = (
                before[-1:] == ["the"]
                and behind[:1] in ([","], ["was"], ["in"], ["on"])
                and bool(found)
                and place - found[-1].place <= 1
                and number != found[-1].number
            )
            points_back = (  # “A monitoring visit looked at care leavers. It was the second since …”
                before[-3:-2] in (["it"], ["this"], ["that"])
                and before[-1:] == ["the"]
                and behind[:1] in (["since"], ["of"], ["such"], ["so"])
                and place > 0
                and any(_VISIT.match(word) for word in told[place - 1].sentence.folds)
            )
            if direct or looks_back or comes_again or follows_on or points_back:
                hoped = any(
                    act.value is Act.OTHER
                    and reading.distance(act.span, tokens[at].span) < 10
                    and not (of_a_row and act.span.start > tokens[at].span.start)
                    for act in reading.acts
                )
                found.append(Numbered(number, place, tokens[at].span, hoped))
    return tuple(found)


def _tells_of_a_return(told: Shape) -> bool:
    """“It was the third time that inspectors had been back”; “rated good for the second time” tells of none."""
    folds = set(told.sentence.folds)
    return (
        bool(folds & _CAME)
        and re.search("[Op]", told.letters) is not None
        and re.search("[GREWVN]", told.letters.split("j")[0]) is None
    )


_CAME = frozenset({"back", "returned", "return", "came", "come", "visited", "called", "been"})
_CALLED = re.compile("number|no")


def _number_behind(reading: Reading, at: int, lexicon: Lexicon) -> int:
    """The number of “monitoring visit 4:” and “visit number three”, where the noun is the word at `at`; else 0."""
    tokens = reading.sentence.tokens
    if at + 1 >= len(tokens):
        return 0
    said = _CALLED.fullmatch(tokens[at + 1].fold) is not None
    place = at + 1 + said + (said and tokens[at + 2 : at + 3] != () and tokens[at + 2].text == ".")
    token = tokens[place] if place < len(tokens) else None
    if token is None or any(date.holds(token.span) for date in reading.dates):
        return 0
    ends = place + 1 == len(tokens) or not tokens[place + 1].text[0].isalnum()
    if token.fold.isdecimal() and len(token.fold) < 3 and (said or ends):
        return int(token.fold)
    return lexicon.cardinals.get(token.fold, 0) if said else 0
