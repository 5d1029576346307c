"""Inspections and visits by year, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from site_builder.model import Polarity, Role
from site_builder.site import urls
from site_builder.site.entries import FindingEntry, InspectionEntry, ListedArticle, QuoteEntry, Site, of_polarity
from site_builder.site.pages.articles import MOST_ARTICLES, listed_article
from site_builder.site.pages.page import Crumb, Group, Page, grouped, shortened, year_of
from site_builder.site.wording import counted, in_mid_sentence, inspection_name, inspection_title, listed

MOST_OF_AN_INSPECTION = 30
"""Strengths, weaknesses and quotations on an inspection's page; its articles have the others."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionsIndex(Page):
    """How many inspections and visits each year had."""

    template: ClassVar[str] = "pages/inspections.html"
    section: ClassVar[str] = urls.INSPECTIONS
    number: int
    years: tuple[Group[InspectionEntry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionsOfYear(Page):
    """The inspections and visits of one year."""

    template: ClassVar[str] = "pages/inspections-year.html"
    section: ClassVar[str] = urls.INSPECTIONS
    graded: tuple[InspectionEntry, ...]
    visits: tuple[InspectionEntry, ...]
    earlier: str | None
    later: str | None


def inspections_by_year(site: Site) -> Iterator[Page]:
    """The list of years, then each year with its inspections; `site` holds them all."""
    years = grouped(site.inspections, inspection_year)
    yield InspectionsIndex(
        url=urls.INSPECTIONS,
        heading="Inspections and visits",
        title="Inspections and visits by year",
        description="Every inspection and visit that the record or an article tells of, newest first.",
        number=len(site.inspections),
        years=years,
    )
    for group, earlier, later in _with_neighbours(years):
        yield InspectionsOfYear(
            url=urls.inspections_of(group.name),
            heading=f"Inspections and visits of {group.name}"
            if group.name.isdecimal()
            else "Inspections without a year",
            title=f"Inspections and visits, {group.name.lower()}",
            description=f"{counted(len(group.members), 'inspection or visit', 'inspections and visits')} of councils’ "
            f"children’s services, {group.name.lower()}.",
            crumbs=(Crumb("Inspections and visits", urls.INSPECTIONS),),
            graded=tuple(each for each in group.members if each.grades),
            visits=tuple(each for each in group.members if not each.grades),
            earlier=earlier,
            later=later,
        )


def inspection_year(entry: InspectionEntry) -> str:
    """The year as a heading has it."""
    return year_of(entry.when)


def _with_neighbours(years: Sequence[Group[T]]) -> Iterator[tuple[Group[T], str | None, str | None]]:
    """Each group with the names of the one before it in time and the one after it; groups stand newest first."""
    names = [None, *(group.name for group in years), None]
    return zip(years, names[2:], names, strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPage(Page):
    """One inspection: what the record says and what articles say."""

    template: ClassVar[str] = "pages/inspection.html"
    section: ClassVar[str] = urls.INSPECTIONS
    entry: InspectionEntry
    name: str
    """What it is called, where that says more than the heading."""
    about: tuple[ListedArticle, ...]
    recalled: tuple[ListedArticle, ...]
    quotes: tuple[QuoteEntry, ...]
    strengths: tuple[FindingEntry, ...]
    weaknesses: tuple[FindingEntry, ...]
    earlier: InspectionEntry | None
    later: InspectionEntry | None


def each_inspection(site: Site) -> Iterator[InspectionPage]:
    """The page of each inspection of the authorities of `site`, with its neighbours in time."""
    for entry, earlier, later in _each_in_time(site):
        yield _inspection(site, entry, earlier, later)


def inspections_told_in(site: Site, slug: str) -> Iterator[InspectionPage]:
    """The pages of those inspections that this article tells of."""
    for inspection, earlier, later in _each_in_time(site):
        if any(telling.article.slug == slug for telling in inspection.tellings):
            yield _inspection(site, inspection, earlier, later)


def _each_in_time(site: Site) -> Iterator[tuple[InspectionEntry, InspectionEntry | None, InspectionEntry | None]]:
    """Each inspection with the one before it and the one after it."""
    for authority in site.authorities:
        own = authority.inspections
        yield from zip(own, [*own[1:], None], [None, *own], strict=False)


def _inspection(
    site: Site, entry: InspectionEntry, earlier: InspectionEntry | None, later: InspectionEntry | None
) -> InspectionPage:
    title, name = inspection_title(entry, site.labels), inspection_name(entry, site.labels)
    graded = listed(f"{site.labels.areas[g.area].name}: {site.labels.grades[g.grade].name}" for g in entry.grades)
    about = dict.fromkeys(each.article.slug for each in entry.tellings if each.inspection.role is Role.SUBJECT)
    recalled = dict.fromkeys(each.article.slug for each in entry.tellings if each.article.slug not in about)
    return InspectionPage(
        url=entry.url,
        heading=title,
        title=title,
        description=shortened(
            f"{name}, {entry.dates}. {graded or 'No grade given'}. "
            f"{counted(len(about), 'article') if about else 'No article yet'}."
        ),
        crumbs=(
            Crumb("Authorities", urls.AUTHORITIES),
            Crumb(entry.authority.name, urls.authority(entry.authority.slug)),
        ),
        entry=entry,
        name="" if in_mid_sentence(name) in title else name,
        about=tuple(listed_article(site, site.article[slug]) for slug in list(about)[:MOST_ARTICLES]),
        recalled=tuple(listed_article(site, site.article[slug]) for slug in list(recalled)[:MOST_ARTICLES]),
        strengths=of_polarity(entry.findings, Polarity.STRENGTH)[:MOST_OF_AN_INSPECTION],
        weaknesses=of_polarity(entry.findings, Polarity.WEAKNESS)[:MOST_OF_AN_INSPECTION],
        quotes=entry.quotes[:MOST_OF_AN_INSPECTION],
        earlier=earlier,
        later=later,
    )
