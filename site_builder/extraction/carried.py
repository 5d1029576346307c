"""Grades that a text gives by pointing back: “the same for leadership”, “care leavers: ditto”, “so is adoption”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from site_builder.extraction.areas import areas_among
from site_builder.extraction.claims import Claim
from site_builder.extraction.shapes import GRADES, Item, Shape
from site_builder.lexicon.parts import Part
from site_builder.model import Area, Grade

_LIST = "[dxuSLOTMNfi#j]{0,6}[Ao](?:[fuSx]{0,2}[c&]{1,2}[fuit]?[dxuSO]{0,5}[Ao])*"
"""“Leadership, the adoption service and, for the first time, support for care leavers.”"""
_POINTS_BACK = re.compile(
    f"[&cB]{{0,2}}(?:[OpdSLx]{{0,3}}[jgV]?\\+{_LIST}"  # so are A and B; the same goes for A; they said the same of A
    f"|=[NQM][bgVm]{{0,3}}[fuit]{_LIST}"  # the same grade for A
    "|(?:[Tpd]b|p(?=d))d?x?[NM][fu][^.V]{0,60}[Ao]"  # that is the grade for A, for B and for C
    f"|{_LIST}h?bj?(?=[.cs]|$)"  # A is good and B is too
    f"|{_LIST}(?:k|[hb]{{0,2}}[gV]?)[=+][NQ]?(?=[.cs&]|$))"  # A: ditto; A got the same; A likewise
)
_AND_SO_IS_ANOTHER = re.compile("\\+S?f?S?i?(?P<other>L)S?(?:[c&]{1,2}L)*(?=[.cs]|$)")
"""“Oldham was rated good, as was Bury”."""
_CLAUSE = re.compile("[&csB]{1,2}|(?=\\+)")


def carried_over(place: int, told: Shape, before: Claim) -> Iterator[Claim]:
    """A sentence without a grade of its own that gives the one of the sentence before to other areas."""
    found = _POINTS_BACK.match(told.letters)
    if found and not before.kept_out:
        yield from _given(told, 0, found.end(), (), replace(before, place=place))


def carried_on(told: Shape, read: Sequence[Claim]) -> Iterator[Claim]:
    """“A was judged good by Ofsted and so have services for B”: the grade given last in the same sentence."""
    last = [claim for claim in read if not claim.kept_out]
    at = next((n for n, item in enumerate(told.items) if last and item.span == last[-1].at), None)
    if at is None or re.search(f"[{GRADES}]", told.letters[at + 1 :]):
        return
    known = {area for claim in read for area in claim.areas}
    others = _AND_SO_IS_ANOTHER.search(told.letters, at + 1)
    if others:
        named = tuple(str(item.value) for item in told.items[others.start() : others.end()] if item.letter == "L")
        span = told.items[others.start("other")].span
        yield replace(last[-1], authorities=named, at=span, span=told.sentence.span, rule="carried")
        return
    for clause in _CLAUSE.finditer(told.letters, at + 1):
        found = _POINTS_BACK.match(told.letters, clause.start())
        if found:
            yield from _given(told, clause.start(), found.end(), known, last[-1])
            return


def _given(told: Shape, start: int, end: int, known: set[Area] | tuple[()], claim: Claim) -> Iterator[Claim]:
    whole = (Area.OVERALL,) if "o" in told.letters[start:end] else ()
    areas = tuple(area for area in (*whole, *areas_among(told.items[start:end])) if area not in known)
    if areas:
        yield replace(claim, areas=areas, at=told.items[start].span, span=told.sentence.span, rule="carried")


_RATING_WAS = re.compile("N[^.skV]{0,10}bd?$")
"""“The previous grade, from 2014, was the same”."""


def with_the_same_grade(told: Shape, last: Claim | None) -> Shape | None:
    """“Inspectors gave the same grade to adoption”, with the grade in its place that was given before."""
    for at, item in enumerate(told.items):
        behind = told.letters[at + 1 : at + 3]
        alone = _RATING_WAS.search(told.letters, 0, at) is not None
        if item.value is not Part.SAME or not (alone or re.match("[NQ](?!a)", behind)):
            continue
        before = [other for other in told.items[:at] if other.letter in "GR"]
        grade = before[-1].value if before else (last.grade if last else None)
        if isinstance(grade, Grade):
            letter = "R" if grade is Grade.REQUIRES_IMPROVEMENT else "G"
            named = item.span if alone else item.span.to(told.items[at + 1].span)
            items = (*told.items[:at], Item(letter, named, grade, True), *told.items[at + (1 if alone else 2) :])
            return Shape(told.sentence, items, "".join([each.letter for each in items]))
    return None
