"""Inspections in the making: what belongs together, and when two mentions are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from site_builder.edtf import Date
from site_builder.extraction import frameworks
from site_builder.extraction.occasions import Reading
from site_builder.extraction.shapes import Shape
from site_builder.extraction.tallies import Counted
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Framework, Grade, Role, Theme
from site_builder.text.document import Document, Mention, Span


@dataclass(frozen=True, slots=True)
class Text:
    """What every step reads of one article."""

    document: Document
    told: Sequence[Shape]
    readings: Sequence[Reading]
    names: Mapping[int, Sequence[Mention[Framework]]]
    """The names of kinds of inspection in each sentence that has some."""
    earlier_visits: Mapping[int, int]
    """The sentences that number a visit before the one the article is about, with its number."""
    visits: Mapping[int, int]
    """The sentences that number a visit at all, with its number."""
    published: Date | None
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Graded:
    """One grade of one area, with the words that state it."""

    area: Area
    grade: Grade
    span: Span
    rule: str
    sure: int
    """Higher where the words are plainer; decides between two grades of one area."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one inspection with the words that name them."""

    started: Date | None = None
    ended: Date | None = None
    report: Date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An inspection in the making."""

    authority: str
    role: Role
    framework: Framework | None = None
    dates: Dates = Dates()
    ordinal: int | None = None
    grades: tuple[Graded, ...] = ()
    tallies: tuple[Counted, ...] = ()
    focus: tuple[Theme, ...] = ()
    spans: tuple[Span, ...] = ()


def detail(day: Date) -> int:
    """How exact a date is: more for a day than for a month, more for a month than for a year."""
    return (day.year is not None) + 2 * (day.month is not None) + 4 * (day.day is not None)


def is_before(one: Date, other: Date) -> bool:
    """True where `one` is certainly before `other`."""
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def months_between(one: Date, other: Date | None) -> int:
    """Months from the end of `one` to the start of `other`; 0 where a year is not known."""
    if one.latest is None or other is None or other.earliest is None:
        return 0
    return (other.earliest - one.latest).days // 30


def merged(events: Sequence[Event]) -> list[Event]:
    """One event for each earlier inspection: same date, or without a date and of the same grade."""
    dated = [event for event in events if dated_on(event)]
    kept: list[Event] = []
    for event in sorted(dated, key=lambda event: (event.dates.report is None, -detail(dated_on(event) or Date(None)))):
        same = next((n for n, other in enumerate(kept) if _same(event, other)), None)
        if same is None:
            kept.append(event)
        else:
            kept[same] = _joined(kept[same], event)
    kept.sort(key=lambda event: str(dated_on(event)), reverse=True)
    for event in events:
        if dated_on(event):
            continue
        fits = [n for n, other in enumerate(kept) if other.ordinal is None and not _contradict(event, other)]
        graded = [n for n in fits if kept[n].grades] or fits
        if graded:
            kept[graded[0]] = _joined(kept[graded[0]], event)
        elif not any(not dated_on(other) and not _contradict(event, other) for other in kept):
            kept.append(event)
    return sorted(kept, key=lambda event: str(dated_on(event) or ""), reverse=True)


def dated_on(event: Event) -> Date | None:
    """The date that tells an earlier inspection from another: its last day, else its report's."""
    return event.dates.ended or event.dates.report


_BEFORE_SIF = date(2014, 1, 1)


def with_its_kind(event: Event, lexicon: Lexicon) -> Event:
    """An earlier inspection with the kind that its date and its areas leave possible."""
    if event.framework is Framework.ANNUAL_RATING and event.dates.started and event.dates.started.year:
        return replace(event, dates=replace(event.dates, started=None, ended=Date(event.dates.started.year)))
    if event.framework not in (None, Framework.CHILD_PROTECTION) or not event.grades:
        return event
    when = dated_on(event)
    if {each.area for each in event.grades} == {Area.HELP_AND_PROTECTION}:
        whole = when and frameworks.was_in_use(Framework.CHILD_PROTECTION, when, lexicon)
        if whole and when and when.latest and when.latest < _BEFORE_SIF:
            graded = tuple(replace(each, area=Area.OVERALL) for each in event.grades)
            return replace(event, framework=Framework.CHILD_PROTECTION, grades=graded)
    if event.framework:
        return event
    areas = {each.area for each in event.grades}
    halves = areas & frameworks.HALVES
    both = Area.SAFEGUARDING in areas and areas & {Area.LOOKED_AFTER_CHILDREN, Area.CHILDREN_LOOKED_AFTER}
    adequate = any(each.grade is Grade.ADEQUATE for each in event.grades)
    in_use = halves and when and frameworks.was_in_use(Framework.SLAC, when, lexicon)
    if in_use or (both and adequate and when is None):  # only it had this grade and these two areas
        graded = tuple(
            replace(each, area=frameworks.areas_of(Framework.SLAC, (each.area,))[0]) for each in event.grades
        )
        return replace(event, framework=Framework.SLAC, grades=graded)
    return replace(event, framework=frameworks.by_date(when, True, lexicon))


def _same(one: Event, other: Event) -> bool:
    mine, theirs = dated_on(one), dated_on(other)
    reported = other.dates.report  # “rated inadequate in January 2017 after an inspection in October 2016”
    return (
        bool(mine and ((theirs and mine.agrees_with(theirs)) or (reported and mine.agrees_with(reported))))
        and not _contradict(one, other)
        and one.ordinal == other.ordinal
    )


def _contradict(one: Event, other: Event) -> bool:
    if (one.grades and other.framework in frameworks.UNGRADED) or (
        other.grades and one.framework in frameworks.UNGRADED
    ):
        return True
    theirs = {each.area: each.grade for each in other.grades}
    return any(theirs.get(each.area, each.grade) is not each.grade for each in one.grades) or bool(
        one.framework and other.framework and one.framework is not other.framework
    )


def _joined(one: Event, other: Event) -> Event:
    have = {each.area for each in one.grades}
    dates = replace(one.dates, report=one.dates.report or other.dates.report)
    return replace(
        one,
        framework=one.framework or other.framework,
        dates=dates,
        grades=(*one.grades, *(each for each in other.grades if each.area not in have)),
        spans=(*one.spans, *other.spans),
    )
