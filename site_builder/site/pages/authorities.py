"""All authorities from A to Z, and the page of each: latest grades, ledger, step lines, articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import Area, Authority, Polarity
from site_builder.site import urls
from site_builder.site.entries import (
    AuthorityEntry,
    FindingEntry,
    GradeEntry,
    InspectionEntry,
    ListedArticle,
    QuoteEntry,
    Site,
    of_polarity,
)
from site_builder.site.pages.articles import MOST_ARTICLES
from site_builder.site.pages.compare import Abreast, abreast
from site_builder.site.pages.judgements import CURRENT_AREAS
from site_builder.site.pages.page import Crumb, Group, Page, grouped, shortened
from site_builder.site.pages.tiles import TileMap
from site_builder.site.wording import authority_lead, held_since, last_inspected, missing

MOST_FINDINGS = 15
MOST_QUOTES = 8
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoritiesIndex(Page):
    """All authorities from A to Z."""

    template: ClassVar[str] = "pages/authorities.html"
    section: ClassVar[str] = urls.AUTHORITIES
    letters: tuple[Group[AuthorityEntry], ...]
    abolished: tuple[AuthorityEntry, ...]


def authorities_index(site: Site) -> AuthoritiesIndex:
    """The list of all authorities; `site` holds every authority's latest grades."""
    return AuthoritiesIndex(
        url=urls.AUTHORITIES,
        heading="Authorities",
        title="Authorities from A to Z",
        description=f"All {len(site.current)} English councils with children’s services: latest grades, every "
        "inspection on record, articles.",
        letters=grouped(site.current, lambda entry: entry.authority.name[0]),
        abolished=tuple(entry for entry in site.authorities if not entry.current),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityPage(Page):
    """One authority."""

    template: ClassVar[str] = "pages/authority.html"
    section: ClassVar[str] = urls.AUTHORITIES
    own: AuthorityFacts
    areas: tuple[Area, ...]
    neighbours: tuple[Abreast, ...]
    """The authority itself, then its statistical neighbours, nearest first."""
    compared: str
    """The page that compares it with the nearest of them."""
    map: TileMap
    predecessors: tuple[AuthorityEntry, ...]
    successors: tuple[AuthorityEntry, ...]


def authority_page(own: AuthorityFacts, site: Site, england: TileMap) -> AuthorityPage:
    """An authority beside the others; `site` holds every authority's latest grades."""
    authority = own.authority
    entry = site.authority[authority.slug]
    alike = tuple(site.authority[slug] for slug in authority.neighbours)
    return AuthorityPage(
        url=entry.url,
        heading=authority.name,
        title=f"{authority.name}: Ofsted inspections of children’s services",
        description=own.description,
        crumbs=(Crumb("Authorities", urls.AUTHORITIES), Crumb(authority.region, urls.region(authority.region))),
        feeds=True,
        own=own,
        areas=CURRENT_AREAS,
        neighbours=abreast((entry, *alike) if alike else ()),
        compared=urls.compare([entry.slug, *(each.slug for each in alike)][:MOST_COMPARED]),
        map=england,
        predecessors=tuple(site.authority[slug] for slug in authority.predecessors if slug in site.authority),
        successors=tuple(site.authority[slug] for slug in authority.successors if slug in site.authority),
    )


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """What an authority's page says of the authority itself, before it is put beside others."""

    authority: Authority
    current: bool
    description: str
    lead: str
    other_names: tuple[str, ...]
    latest: tuple[LatestRow, ...]
    inspections: tuple[InspectionEntry, ...]
    """Newest first, each with the first finding alone."""
    ledger: Ledger
    now: Mapping[Area, str]
    """For each area, the inspection that gave the latest grade."""
    lines: tuple[StepLine, ...]
    strengths: tuple[FindingEntry, ...]
    weaknesses: tuple[FindingEntry, ...]
    findings_held: int
    quotes: tuple[QuoteEntry, ...]
    articles: tuple[ListedArticle, ...]
    articles_held: int
    last_inspected: str
    missing: tuple[str, ...]
    """What is not known here, a sentence each."""


def authority_facts(site: Site, entry: AuthorityEntry, articles: Sequence[ListedArticle]) -> AuthorityFacts:
    """What its page says of an authority alone; `articles` are those about it, newest first."""
    lead = authority_lead(entry, site.labels)
    return AuthorityFacts(
        authority=entry.authority,
        current=entry.current,
        description=shortened(f"{entry.authority.name}. {lead}"),
        lead=lead,
        other_names=_other_names(entry),
        latest=_latest(entry, site.labels),
        inspections=tuple(replace(each, findings=each.findings[:1], quotes=()) for each in entry.inspections),
        ledger=ledger(entry, site),
        now={area: grade.inspection for area, grade in entry.latest.items()},
        lines=tuple(_lines(entry, site)),
        strengths=of_polarity(entry.findings, Polarity.STRENGTH)[:MOST_FINDINGS],
        weaknesses=of_polarity(entry.findings, Polarity.WEAKNESS)[:MOST_FINDINGS],
        findings_held=len(entry.findings),
        quotes=entry.quotes[:MOST_QUOTES],
        articles=tuple(articles[:MOST_ARTICLES]),
        articles_held=entry.articles_held,
        last_inspected=last_inspected(entry, site.record_as_of),
        missing=tuple(missing(entry, CURRENT_AREAS, site.labels)),
    )


def _other_names(entry: AuthorityEntry) -> tuple[str, ...]:
    """The official name and short forms (BCP, Hull); not the many ways to write "council"."""
    authority = entry.authority
    plain = authority.name.replace(" and ", " & ")
    names = [authority.official_name]
    names += [
        alias
        for alias in authority.aliases
        if not any(word in alias for word in ("Council", "Borough", "City of", "LB ", "MBC", "County", "Trust", "&"))
    ]
    return tuple(dict.fromkeys(name for name in names if name not in (authority.name, plain)))


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The latest grade of one area, or None."""

    area: Area
    grade: GradeEntry | None
    notes: tuple[str, ...] = ()
    """Since when it is held, and why it is older than others, a sentence each."""


def _latest(entry: AuthorityEntry, labels: Labels) -> tuple[LatestRow, ...]:
    """Today's areas whether held or not, then those that only earlier inspections judged."""
    areas = dict.fromkeys([*CURRENT_AREAS, *entry.latest]) if entry.current else entry.latest
    return tuple(LatestRow(area, entry.latest.get(area), tuple(_latest_notes(entry, area, labels))) for area in areas)


def _latest_notes(entry: AuthorityEntry, area: Area, labels: Labels) -> Iterator[str]:
    """What the grade was before, and why it is older than its neighbours: one grade covered two areas, and the like."""
    grade, graded = entry.latest.get(area), entry.latest_graded
    if not grade:
        return
    yield from held_since(entry.by_area[area], labels)
    if not graded or grade.inspection == graded.id:
        return
    in_care = entry.latest.get(Area.CHILDREN_LOOKED_AFTER)
    if area is Area.CARE_LEAVERS and in_care and in_care.inspection == graded.id:
        yield "The latest inspection gave one grade for children in care and care leavers together."
    elif area is Area.OVERALL and graded.when and str(graded.when) >= "2026-04":
        yield "Ofsted gives no overall grade since April 2026."
    elif area not in CURRENT_AREAS:
        yield "Not judged in later inspections."


@dataclass(frozen=True, slots=True)
class Ledger:
    """Areas down, graded inspections across, newest first."""

    columns: tuple[InspectionEntry, ...]
    rows: tuple[tuple[Area, tuple[GradeEntry | None, ...]], ...]
    visits: tuple[tuple[InspectionEntry, ...], ...]
    """Under each column, the visits without a grade between it and the next newer inspection."""


def ledger(entry: AuthorityEntry, site: Site) -> Ledger:
    """The matrix of an authority's grades."""
    columns = tuple(each for each in entry.inspections if each.grades)
    cells = {(grade.inspection, grade.area): grade for column in columns for grade in column.grades}
    areas = [area for area in site.labels.areas if any((column.id, area) in cells for column in columns)]
    visits: list[list[InspectionEntry]] = [[] for _ in columns]
    pending: list[InspectionEntry] = []
    position = 0
    for each in entry.inspections:
        if each.grades:
            visits[position] += pending
            pending = []
            position += 1
        elif each.when:
            pending.append(each)
    return Ledger(
        columns=columns,
        rows=tuple((area, tuple(cells.get((column.id, area)) for column in columns)) for area in areas),
        visits=tuple(map(tuple, visits)),
    )


FIRST_YEAR = 2009
"""Where the step lines begin: the first inspections of the record."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """The grades of one area over the years, drawn as steps; the ledger holds the same."""

    area: Area
    path: str
    """For an SVG path; one unit is a tenth of a year across and a seventh of a level down."""
    dots: tuple[tuple[float, float, int], ...]
    """x, y and level of each grade."""


def _lines(entry: AuthorityEntry, site: Site) -> Iterator[StepLine]:
    """A line for each area graded at least twice; it ends where the record or the judging of that area does."""
    end = _across(site.record_as_of) if site.record_as_of else 0.0
    for area, grades in entry.by_area.items():
        dots = [
            (_across(grade.when), _down(level := site.labels.levels[grade.grade]), level)
            for grade in grades
            if grade.when and grade.when.year and grade.when.year >= FIRST_YEAR
        ]
        if len(dots) > 1:
            first, *rest = dots
            steps = "".join(f"H{x:g}V{y:g}" for x, y, _ in rest)
            until = max(end, dots[-1][0]) if area in CURRENT_AREAS else dots[-1][0]
            yield StepLine(area, f"M{first[0]:g} {first[1]:g}{steps}H{until:g}", tuple(dots))


def _across(when: Date) -> float:
    """Tenths of a year since the lines begin; a date without its month stands in the middle of its year."""
    return round(((when.year or FIRST_YEAR) - FIRST_YEAR) * 10 + ((when.month or 6.5) - 1) / 1.2, 1)


def _down(level: int) -> int:
    return 4 + 7 * (4 - level)
