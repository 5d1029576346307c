"""What the grades mean and who holds them: counts, each grade, what rose and fell, and what has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from site_builder.model import Area, FrameworkFacts, Grade
from site_builder.site import urls
from site_builder.site.entries import Change, GradeEntry, InspectionEntry, Site
from site_builder.site.pages.inspections import inspection_year
from site_builder.site.pages.page import Crumb, Group, Page, grouped, shortened, year_of

CURRENT_AREAS = (
    Area.LEADERSHIP,
    Area.HELP_AND_PROTECTION,
    Area.CHILDREN_LOOKED_AFTER,
    Area.CARE_LEAVERS,
    Area.OVERALL,
)
"""The areas that inspections judge today, and overall, which they judged until April 2026."""


def judgement_pages(site: Site) -> Iterator[Page]:
    """The scale, each grade, what rose and fell, and what has no grade; `site` holds the inspections."""
    yield _judgements(site)
    yield from (_grade(site, grade) for grade in site.labels.grades)
    yield _moves(site)
    yield _no_grade(site)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementsIndex(Page):
    """The scale, explained, and how many authorities stand where."""

    template: ClassVar[str] = "pages/judgements.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    counts: tuple[CountRow, ...]
    former: tuple[CountRow, ...]
    """Areas that are not judged any more."""
    moves: tuple[MovesOfYear, ...]
    """Newest first."""
    totals: Mapping[Grade, int]
    """How many judgements have each grade."""
    ungraded: int
    """How many visits and inspections gave none."""


def _judgements(site: Site) -> JudgementsIndex:
    totals = Counter(grade.grade for inspection in site.inspections for grade in inspection.grades)
    return JudgementsIndex(
        url=urls.JUDGEMENTS,
        heading="Judgements",
        title="Judgements: what the grades mean and who holds them",
        description="The four levels that inspectors use, the words for them since 2009, and how many councils "
        "hold each grade in each area.",
        counts=count_rows(site, CURRENT_AREAS),
        former=count_rows(site, (area for area in site.labels.areas if area not in CURRENT_AREAS)),
        moves=_moves_by_year(site),
        totals=totals,
        ungraded=sum(1 for each in site.inspections if not each.grades),
    )


@dataclass(frozen=True, slots=True)
class CountRow:
    """One area's counts, best grade first."""

    area: Area
    counts: tuple[Count, ...]
    total: int

    def count(self, grade: Grade) -> Count | None:
        """The count of one grade, or None where nobody holds it."""
        return next((each for each in self.counts if each.grade == grade), None)


@dataclass(frozen=True, slots=True)
class Count:
    """How many current authorities hold a grade."""

    grade: Grade
    number: int
    share: int
    """Of the authorities with a grade in this area, in per cent."""


def count_rows(site: Site, areas: Iterable[Area]) -> tuple[CountRow, ...]:
    """How many current authorities hold each grade in these areas; an area without grades is left out."""
    rows = []
    for area in areas:
        total = sum(site.count(grade, area) for grade in Grade)
        counts = tuple(
            Count(grade, number, round(100 * number / total))
            for grade in site.labels.grades
            if (number := site.count(grade, area))
        )
        if total:
            rows.append(CountRow(area, counts, total))
    return tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePage(Page):
    """One grade and who holds it."""

    template: ClassVar[str] = "pages/grade.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    grade: Grade
    frameworks: tuple[FrameworkFacts, ...]
    areas: tuple[AreaGrades, ...]


@dataclass(frozen=True, slots=True)
class AreaGrades:
    """One grade's holders in one area."""

    area: Area
    latest: tuple[GradeEntry, ...]
    earlier: tuple[GradeEntry, ...]


def _grade(site: Site, grade: Grade) -> GradePage:
    label = site.labels.grades[grade]
    areas = tuple(
        AreaGrades(area, site.latest.get((grade, area), ()), site.earlier.get((grade, area), ()))
        for area in dict.fromkeys([*CURRENT_AREAS, *site.labels.areas])
        if (grade, area) in site.latest or (grade, area) in site.earlier
    )
    return GradePage(
        url=urls.grade(grade),
        heading=label.name,
        title=f"{label.name}: councils with this grade, by area",
        description=shortened(f"{label.means} Councils that hold it, area by area, and those that once did."),
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        feeds=True,
        grade=grade,
        frameworks=tuple(facts for facts in site.register.frameworks if grade in facts.grades),
        areas=areas,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPage(Page):
    """Every grade that rose or fell a level or more, by year."""

    template: ClassVar[str] = "pages/moves.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    years: tuple[MovesOfYear, ...]


def _moves(site: Site) -> MovesPage:
    return MovesPage(
        url=urls.MOVES,
        heading="Up and down",
        title="Grades that rose or fell, by year",
        description="Every council’s grade that rose or fell a level or more since the inspection before, by year.",
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        years=_moves_by_year(site),
    )


@dataclass(frozen=True, slots=True)
class MovesOfYear:
    """The grades that rose and fell in one year."""

    name: str
    up: Moved
    down: Moved


@dataclass(frozen=True, slots=True)
class Moved:
    """The grades that went one way in a year, inspection by inspection."""

    members: tuple[Changed, ...]

    @property
    def grades(self) -> int:
        """How many grades."""
        return sum(len(each.changes) for each in self.members)

    @property
    def councils(self) -> int:
        """Of how many authorities."""
        return len({each.inspection.authority.slug for each in self.members})


def _moves_by_year(site: Site) -> tuple[MovesOfYear, ...]:
    return tuple(
        MovesOfYear(
            year.name,
            Moved(changed(site, (each for each in year.members if each.up))),
            Moved(changed(site, (each for each in year.members if not each.up))),
        )
        for year in grouped(site.changes, lambda change: year_of(change.after.when))
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """The grades that one inspection changed."""

    inspection: InspectionEntry
    changes: tuple[Change, ...]


def changed(site: Site, changes: Iterable[Change]) -> tuple[Changed, ...]:
    """The changes, those by one inspection together."""
    groups = grouped(changes, lambda change: change.after.inspection)
    return tuple(Changed(site.inspection[group.name], group.members) for group in groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGradePage(Page):
    """Visits and inspections that gave no grade."""

    template: ClassVar[str] = "pages/no-grade.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    years: tuple[Group[InspectionEntry], ...]
    total: int


def _no_grade(site: Site) -> NoGradePage:
    without = [entry for entry in site.inspections if not entry.grades]
    return NoGradePage(
        url=urls.NO_GRADE,
        heading="No grade given",
        title="Visits and inspections that gave no grade",
        description="Focused visits, monitoring visits and other inspections of children’s services without a grade.",
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        years=grouped(without, inspection_year),
        total=len(without),
    )
