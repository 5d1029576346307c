"""Counts of outcome areas by grade: “seven were found to be good, two were adequate”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.extraction.claims import Claim
from site_builder.extraction.shapes import Item, Shape
from site_builder.model import Area, Grade
from site_builder.text.document import Document, Span

_ASIDE = r"(?:\([^)]{1,14}\)|c[^GRcnbV.]{1,30}c|k[^.k]{1,30}k)?"
_COUNT = re.compile(
    rf"(?P<n>[U#])(?:ud?(?:[U#]x?[wMxH]?|[wM]|p))?x?w?{_ASIDE}(?:T[^GRcnb.]{{1,12}}(?=b))?[bVtahdxTO]{{0,6}}(?P<g>[GR])"
)
"""“Seven were found to be good”, “two of them require improvement”, “two of the five, A and B, were good”."""
_COUNT_BEHIND = re.compile(r"(?P<g>[GR])(?:i|f(?=[U#][uw]))(?P<n>[U#])(?:ud?[U#]?)?w?+(?![kc(]d?[Ao])")
"""“Good in three of the five areas and outstanding in one”."""
_OUT_OF = re.compile(r"X(?=d?[U#])")
_OF_SO_MANY = re.compile(r"ud?(?P<n>[U#])")
_TOTAL = re.compile(r"(?P<n>[U#])x?w")
_LOOK_BACK = 3
_OF_ONE_HALF = 10
"""More outcome areas than SLAC had in either half: the count is of both."""
_HALVES = {
    Area.SAFEGUARDING: Area.SAFEGUARDING,
    Area.HELP_AND_PROTECTION: Area.SAFEGUARDING,
    Area.LOOKED_AFTER_CHILDREN: Area.LOOKED_AFTER_CHILDREN,
    Area.CHILDREN_LOOKED_AFTER: Area.LOOKED_AFTER_CHILDREN,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally, with the half of a SLAC that it belongs to if it is one."""

    counts: tuple[tuple[Grade, int], ...]
    half: Area | None
    """Safeguarding or looked-after children, whichever was spoken of last."""
    place: int
    span: Span


def counted(
    document: Document, told: Sequence[Shape], claims: Sequence[Claim], cardinals: Mapping[str, int]
) -> tuple[Counted, ...]:
    """Every count of areas by grade, in reading order; counts of councils, schools or homes are none."""
    found: list[Counted] = []
    for place, each in enumerate(told):
        letters = _OUT_OF.sub("u", each.letters)
        every = _EVERY.search(letters) or _IN_EVERY.search(letters)
        matches = [*_COUNT.finditer(letters), *_COUNT_BEHIND.finditer(letters)]
        named = {area for claim in claims if claim.place == place for area in claim.areas} - {Area.OVERALL}
        if every and not matches and len(named) < 2:  # “in all three areas: A, B and C” names them itself
            counted_all = _all_of(document, each, every, cardinals)
            if counted_all:
                found.append(Counted((counted_all,), half_before(told, place), place, each.sentence.span))
        if not matches and found and _THE_LAST_ONE.match(each.letters):
            found[-1] = _completed(found[-1], document, told, place, cardinals)
        if not matches or re.search("[CZnX]|L.*L", letters[: matches[-1].end()]):
            continue
        graded = {area for claim in claims if claim.place == place for area in claim.areas}
        around = "".join(other.letters for other in told[max(0, place - 1) : place + 1])
        if not re.search("[eM]|[U#du]x{0,2}w", around) and len(graded) < 2 and "tally" not in each.sentence.folds:
            continue
        counts: dict[Grade, int] = {}
        for match in matches:
            number = _number(document, each.items[match.start("n")], cardinals)
            grade = Grade(str(each.items[match.start("g")].value))
            if number and grade not in counts:
                counts[grade] = number
        singles = {claim.grade for claim in claims if claim.place == place and claim.areas != (Area.OVERALL,)}
        total = _total(document, told[max(0, place - 1) : place + 1], cardinals)
        if total == sum(counts.values()) + len(singles - set(counts)):
            counts |= dict.fromkeys(singles - set(counts), 1)
        left = total - sum(counts.values())
        others = {Grade(str(item.value)) for item in each.items if item.letter in "GR"} - set(counts)
        if len(others) == 1 and (left == 1 or (left > 1 and "rest" in each.sentence.folds)):
            counts[others.pop()] = left
        before = found[-1] if found and found[-1].place == place - 1 else None
        if before and _THE_OTHERS.match(each.letters) and set(counts).isdisjoint(dict(before.counts)):
            counts |= dict(before.counts)  # “Five of the nine are good. The other four are adequate.”
            found.pop()
        if sum(counts.values()) > 1:
            ordered = tuple((grade, counts[grade]) for grade in Grade if grade in counts)
            of_both = sum(counts.values()) > _OF_ONE_HALF
            half = half_before([each], 0) if of_both else half_before(told, place)
            found.append(Counted(ordered, half, place, each.sentence.span))
    return tuple(found)


_THE_LAST_ONE = re.compile("d[xU](?:cA)?[^GRcn.]{0,8}c?[bk][dxVt]{0,4}[GR][^GR]*$")
"""“The fifth, being healthy, was adequate”, “the other was adequate”."""


def _completed(
    before: Counted, document: Document, told: Sequence[Shape], place: int, cardinals: Mapping[str, int]
) -> Counted:
    """“The borough was good at four of the five. The fifth was adequate.”: the count with the one that was left."""
    left = _total(document, told[before.place : place], cardinals) - sum(number for _, number in before.counts)
    grade = next(Grade(str(item.value)) for item in told[place].items if item.letter in "GR")
    if before.place != place - 1 or left != 1 or grade in dict(before.counts):
        return before
    counts = dict(before.counts) | {grade: 1}
    return replace(before, counts=tuple((each, counts[each]) for each in Grade if each in counts))


_THE_OTHERS = re.compile("dx?U(?![xw]*O)")
_EVERY = re.compile(r"e[xO]?(?:hb|b)+V?[tb]{0,2}(?P<g>[GR])")
"""“All five areas inspected are rated ‘good’”."""
_IN_EVERY = re.compile(r"(?P<g>[GR])o?c?&?[if]e")
"""“Good in all four areas”."""


def _all_of(
    document: Document, told: Shape, every: re.Match[str], cardinals: Mapping[str, int]
) -> tuple[Grade, int] | None:
    at = next(n for n in range(every.start(), every.end()) if told.letters[n] == "e")
    words = document.words(told.items[at].span).lower().split()
    number = next((cardinals[word] for word in words if word in cardinals), 0)
    return (Grade(str(told.items[every.start("g")].value)), number) if number > 1 else None


def half_before(told: Sequence[Shape], place: int) -> Area | None:
    """The half of a SLAC spoken of last, at `place` or a little before; None where both stand in one sentence."""
    for each in reversed(told[max(0, place - _LOOK_BACK) : place + 1]):
        halves = {_HALVES[item.value] for item in each.items if isinstance(item.value, Area) and item.value in _HALVES}
        if halves:
            return halves.pop() if len(halves) == 1 else None
    return None


def _number(document: Document, item: Item, cardinals: Mapping[str, int]) -> int:
    word = document.words(item.span).lower()
    return int(word) if word.isdecimal() and len(word) < 3 else cardinals.get(word, 0)


def _total(document: Document, told: Sequence[Shape], cardinals: Mapping[str, int]) -> int:
    numbers = [
        _number(document, each.items[match.start("n")], cardinals)
        for each in told
        for match in (*_TOTAL.finditer(each.letters), *_OF_SO_MANY.finditer(_OUT_OF.sub("u", each.letters)))
    ]
    return max(numbers, default=0)
