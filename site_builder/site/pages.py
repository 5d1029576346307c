"""One dataclass for each kind of page: it knows its URL, its template and what stands on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar, Generic, TypeVar

from markupsafe import Markup

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import (
    Area,
    Authority,
    FrameworkFacts,
    Grade,
    Inspection,
    Judgement,
    Polarity,
    Region,
    Role,
    Tally,
    Theme,
)
from site_builder.site import urls
from site_builder.site.data import Download
from site_builder.site.entries import (
    ArticleEntry,
    AuthorityEntry,
    Change,
    FindingEntry,
    GradeEntry,
    InspectionEntry,
    ListedArticle,
    QuoteEntry,
    RegionEntry,
    Site,
)
from site_builder.site.gather import finding_order, in_brief, inspection_order, newest_first
from site_builder.site.letters import Pile, piled, topmost
from site_builder.site.prose import Block, Prose, Stretch, prose
from site_builder.site.wording import (
    authority_lead,
    by_grade,
    byline,
    counted,
    coverage,
    held_since,
    in_mid_sentence,
    inspection_name,
    inspection_title,
    last_inspected,
    listed,
    missing,
)

CURRENT_AREAS = (
    Area.LEADERSHIP,
    Area.HELP_AND_PROTECTION,
    Area.CHILDREN_LOOKED_AFTER,
    Area.CARE_LEAVERS,
    Area.OVERALL,
)
"""The areas that inspections judge today, and overall, which they judged until April 2026."""
MAP_AREA = Area.LEADERSHIP
LATEST_ARTICLES = 10
MOST_OF_A_YEAR = 100
"""Articles on one page of a year; more stand on further pages, so that none is heavy."""
NEWEST_ARTICLES = 30
"""On the page that leads to all articles by year."""
LATEST_CHANGED = 8
"""Inspections that changed grades, on the front page."""
MOST_FINDINGS = 15
MOST_OF_A_THEME = 50
"""Findings of one kind, and articles, on a theme's page; the data files have all."""
MOST_OF_AN_INSPECTION = 30
"""Strengths, weaknesses and quotations on an inspection's page; its articles have the others."""
MOST_QUOTES = 8
MOST_ARTICLES = 40
"""On an authority's page; the others stand on the pages of its inspections and in the search."""
DESCRIPTION_LENGTH = 158

MOST_COMPARED = 4

T = TypeVar("T")
Abreast = tuple[AuthorityEntry, tuple[GradeEntry | None, ...]]
"""An authority and its latest grades of the areas that are judged today, to stand beside others."""


# What stands on pages.


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the top to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Things under one heading: a year, a letter."""

    name: str
    members: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many current authorities hold a grade."""

    grade: Grade
    number: int
    share: int
    """Of the authorities with a grade in this area, in per cent."""


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
class Changed:
    """The grades that one inspection changed."""

    inspection: InspectionEntry
    changes: tuple[Change, ...]


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


@dataclass(frozen=True, slots=True)
class MovesOfYear:
    """The grades that rose and fell in one year."""

    name: str
    up: Moved
    down: Moved


@dataclass(frozen=True, slots=True)
class Tile:
    """One authority on the map."""

    entry: AuthorityEntry
    x: float
    y: int
    grade: GradeEntry | None
    level: int
    """4 for outstanding to 1 for inadequate, 0 where no grade is known."""

    @property
    def path(self) -> str:
        """Its outline, for an SVG path."""
        return f"M{int(self.x * 22) + 1} {self.y * 22 + 1}h19v19h-19z"


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map of England, one tile an authority, row by row from the north-west."""

    tiles: tuple[Tile, ...]
    by_slug: Mapping[str, Tile]
    by_level: tuple[tuple[int, str], ...]
    """The outlines of all tiles of a level."""
    width: float
    height: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Areas down, graded inspections across, newest first."""

    columns: tuple[InspectionEntry, ...]
    rows: tuple[tuple[Area, tuple[GradeEntry | None, ...]], ...]
    visits: tuple[tuple[InspectionEntry, ...], ...]
    """Under each column, the visits without a grade between it and the next newer inspection."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """The grades of one area over the years, drawn as steps; the ledger holds the same."""

    area: Area
    path: str
    """For an SVG path; one unit is a tenth of a year across and a seventh of a level down."""
    dots: tuple[tuple[float, float, int], ...]
    """x, y and level of each grade."""


@dataclass(frozen=True, slots=True)
class LatestRow:
    """The latest grade of one area, or None."""

    area: Area
    grade: GradeEntry | None
    notes: tuple[str, ...] = ()
    """Since when it is held, and why it is older than others, a sentence each."""


@dataclass(frozen=True, slots=True)
class JudgedFact:
    """A grade in an article, the areas that got it, and what the record says of them."""

    grade: Grade
    areas: tuple[Area, ...]
    published: Grade | None
    """The record's grade; None where it has none."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside the words that prove it."""

    number: int
    anchor: str
    words: tuple[str, ...]
    inspection: InspectionEntry
    told: Inspection
    dated: bool
    """True where the words tell of the inspection itself: its dates and kind."""
    judged: tuple[JudgedFact, ...]
    tallies: tuple[Tally, ...]
    placed: bool
    """False where the words were not found in the text; the note then stands at the top."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article's text with the notes beside it."""

    html: Markup
    notes: tuple[Note, ...]


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


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """What some articles and inspections hold of one theme: so many of the newest as its page shows."""

    articles_held: int
    findings_held: int
    articles: Pile[ListedArticle]
    strengths: Pile[FindingEntry]
    weaknesses: Pile[FindingEntry]
    inspections: Pile[InspectionEntry]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How much there is of one theme."""

    theme: Theme
    articles_held: int
    findings_held: int


@dataclass(frozen=True, slots=True)
class ArticlesShare:
    """What the pages that lead to all articles need to know of some of them."""

    by_year: Mapping[str, int]
    newest: Pile[ListedArticle]


@dataclass(frozen=True, slots=True)
class ArticlesHeld:
    """What these pages say of all."""

    number: int
    by_year: Mapping[str, int]
    newest: tuple[ListedArticle, ...]


@dataclass(frozen=True, slots=True)
class AreaGrades:
    """One grade's holders in one area."""

    area: Area
    latest: tuple[GradeEntry, ...]
    earlier: tuple[GradeEntry, ...]


# Pages.


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    template: ClassVar[str]
    section: ClassVar[str] = ""
    """The URL of the part of the site it belongs to, for the main navigation."""
    url: str
    heading: str
    """The page's h1."""
    title: str
    """For the browser's tab and search engines; the site's name is added."""
    description: str
    crumbs: tuple[Crumb, ...] = ()
    """The pages above it, from the top; the page itself is not among them."""
    feeds: bool = False
    """True where an Atom and a JSON feed stand beside it."""
    indexed: bool = True
    """False where search engines shall not list it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Page):
    """The front page."""

    template: ClassVar[str] = "pages/home.html"
    coverage: str
    articles: tuple[ListedArticle, ...]
    changed: tuple[Changed, ...]
    counts: tuple[CountRow, ...]
    current: tuple[AuthorityEntry, ...]
    map: TileMap
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoritiesIndex(Page):
    """All authorities from A to Z."""

    template: ClassVar[str] = "pages/authorities.html"
    section: ClassVar[str] = urls.AUTHORITIES
    letters: tuple[Group[AuthorityEntry], ...]
    abolished: tuple[AuthorityEntry, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePage(Page):
    """One grade and who holds it."""

    template: ClassVar[str] = "pages/grade.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    grade: Grade
    frameworks: tuple[FrameworkFacts, ...]
    areas: tuple[AreaGrades, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPage(Page):
    """Every grade that rose or fell a level or more, by year."""

    template: ClassVar[str] = "pages/moves.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    years: tuple[MovesOfYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGradePage(Page):
    """Visits and inspections that gave no grade."""

    template: ClassVar[str] = "pages/no-grade.html"
    section: ClassVar[str] = urls.JUDGEMENTS
    years: tuple[Group[InspectionEntry], ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesIndex(Page):
    """The newest articles, and the way to all by year."""

    template: ClassVar[str] = "pages/articles.html"
    section: ClassVar[str] = urls.ARTICLES
    number: int
    years: tuple[tuple[str, int], ...]
    """Newest first, each with how many articles are of it."""
    newest: tuple[ListedArticle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesOfYear(Page):
    """The articles of one year, or so many of them as one page holds."""

    template: ClassVar[str] = "pages/articles-year.html"
    section: ClassVar[str] = urls.ARTICLES
    number: int
    """Of the year's articles."""
    articles: tuple[ListedArticle, ...]
    parts: tuple[tuple[str, str], ...]
    """The pages of the year, where there are several: which articles stand there, and the URL."""
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(Page):
    """One article with its facts beside it."""

    template: ClassVar[str] = "pages/article.html"
    section: ClassVar[str] = urls.ARTICLES
    entry: ArticleEntry
    told: tuple[tuple[Inspection, InspectionEntry], ...]
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]
    unplaced_findings: tuple[FindingEntry, ...]
    unplaced_quotes: tuple[QuoteEntry, ...]
    earlier: ArticleEntry | None
    later: ArticleEntry | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesIndex(Page):
    """All themes."""

    template: ClassVar[str] = "pages/themes.html"
    section: ClassVar[str] = urls.THEMES
    counts: tuple[ThemeCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage(Page):
    """One theme over all councils."""

    template: ClassVar[str] = "pages/theme.html"
    section: ClassVar[str] = urls.THEMES
    articles_held: int
    findings_held: int
    articles: tuple[ListedArticle, ...]
    inspections: tuple[InspectionEntry, ...]
    strengths: tuple[Group[FindingEntry], ...]
    weaknesses: tuple[Group[FindingEntry], ...]

    @property
    def shown(self) -> int:
        """How many of the theme's findings stand here."""
        return sum(len(group.members) for group in (*self.strengths, *self.weaknesses))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsIndex(Page):
    """The nine regions."""

    template: ClassVar[str] = "pages/regions.html"
    section: ClassVar[str] = urls.AUTHORITIES
    councils: int
    counts: tuple[tuple[Region, int], ...]
    """Each region with how many councils it has today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(Page):
    """One region's authorities side by side."""

    template: ClassVar[str] = "pages/region.html"
    section: ClassVar[str] = urls.AUTHORITIES
    entry: RegionEntry
    areas: tuple[Area, ...]
    rows: tuple[Abreast, ...]
    abolished: tuple[AuthorityEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """Chosen authorities side by side; without a script, all of them."""

    template: ClassVar[str] = "pages/compare.html"
    section: ClassVar[str] = urls.AUTHORITIES
    areas: tuple[Area, ...]
    rows: tuple[Abreast, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search page; without a script it is a way to everything by letter, grade, theme and year."""

    template: ClassVar[str] = "pages/search.html"
    section: ClassVar[str] = urls.SEARCH
    letters: tuple[tuple[str, tuple[str, ...]], ...]
    """Each first letter with the names of the authorities under it."""
    years: tuple[tuple[str, int], ...]
    """Each year, newest first, with how many articles are of it."""
    articles: int
    inspections: int
    councils: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """Downloads."""

    template: ClassVar[str] = "pages/data.html"
    section: ClassVar[str] = urls.DATA
    downloads: tuple[Download, ...]
    newest: Date | None
    """Of the articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """How the site is made, what is missing, and how to have a mistake mended."""

    template: ClassVar[str] = "pages/about.html"
    section: ClassVar[str] = urls.ABOUT
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """The accessibility statement."""

    template: ClassVar[str] = "pages/accessibility.html"
    section: ClassVar[str] = urls.ABOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Page):
    """What a wrong address shows."""

    template: ClassVar[str] = "pages/404.html"


def council_pages(site: Site) -> Iterator[Page]:
    """The pages of one council's articles and inspections; `site` is the part about it."""
    yield from _each_article(site)
    yield from _each_inspection(site)


def article_pages(site: Site, slug: str) -> Iterator[Page]:
    """The page of one of the council's articles, and those of its inspections."""
    for entry, older, newer in _in_time(site):
        if entry.slug == slug:
            findings = [each for each in site.findings if each.article == slug]
            yield _article(site, entry, findings, [each for each in site.quotes if each.article == slug], older, newer)
    for inspection, earlier, later in _each_in_time(site):
        if any(telling.article.slug == slug for telling in inspection.tellings):
            yield _inspection(site, inspection, earlier, later)


def standing_pages(site: Site) -> Iterator[Page]:
    """The pages that need no article: who stands where, and every inspection by year."""
    yield _authorities(site)
    yield _judgements(site)
    yield from (_grade(site, grade) for grade in site.labels.grades)
    yield _moves(site)
    yield _no_grade(site)
    yield from _inspections(site)
    yield _regions(site)
    yield from (_region(entry) for entry in site.regions)
    yield _compare(site)


def front_pages(site: Site, articles: Sequence[ArticlesShare], themes: Iterable[ThemeCount]) -> Iterator[Page]:
    """The pages that lead to all others; `site` holds the inspections, the other two how many articles there are."""
    held = _joined(articles)
    newest = next((each.published for each in held.newest if each.published), None)
    yield _home(site, held, newest)
    yield _articles(held)
    yield _themes(themes)
    yield _search(site, held)
    yield from _plain_pages(site, held, newest)


def _joined(shares: Sequence[ArticlesShare]) -> ArticlesHeld:
    by_year: Counter[str] = Counter()
    for share in shares:
        by_year.update(share.by_year)
    years = sorted(by_year.items(), key=lambda year: (year[0].isdecimal(), year[0]), reverse=True)
    return ArticlesHeld(by_year.total(), dict(years), topmost([share.newest for share in shares], NEWEST_ARTICLES))


def article_order(entry: ArticleEntry | ListedArticle) -> tuple[int, str]:
    """Newest first; those without a date last."""
    return (newest_first(entry.published), entry.slug)


def articles_share(articles: Sequence[ListedArticle]) -> ArticlesShare:
    """What the front pages need to know of these articles."""
    by_year = Counter(year_of(each.published) for each in articles)
    return ArticlesShare(by_year, piled(articles, article_order, NEWEST_ARTICLES))


def listed_article(site: Site, entry: ArticleEntry) -> ListedArticle:
    """The article as lists show it."""
    about = [] if entry.title_is_ours else [site.inspection[id] for id in entry.subjects]
    return ListedArticle(
        url=entry.url,
        title=entry.title,
        place=entry.authority.name if entry.authority else "",
        byline=byline(entry, site.labels),
        about=tuple((in_mid_sentence(inspection_name(each, site.labels)), each.dates) for each in about),
        summary=entry.article.metadata.summary,
        badges=tuple((grade, tuple(areas)) for grade, areas in by_grade(entry.judgements)),
        published=entry.published,
        slug=entry.slug,
    )


def _home(site: Site, held: ArticlesHeld, newest: Date | None) -> Home:
    return Home(
        url=urls.HOME,
        heading="How well do councils look after children?",
        title="How well do councils look after children?",
        description=f"What inspectors found in the children’s services of {len(site.current)} English councils, "
        "with the words that prove each grade.",
        feeds=True,
        coverage=coverage(site, held.number, newest),
        articles=held.newest[:LATEST_ARTICLES],
        changed=_changed(site, site.changes)[:LATEST_CHANGED],
        counts=_counts(site, CURRENT_AREAS),
        current=site.current,
        map=tile_map(site),
        letters=_letters(site),
    )


def _changed(site: Site, changes: Iterable[Change]) -> tuple[Changed, ...]:
    """The changes, those by one inspection together."""
    groups = _grouped(changes, lambda change: change.after.inspection)
    return tuple(Changed(site.inspection[group.name], group.members) for group in groups)


def _moves_by_year(site: Site) -> tuple[MovesOfYear, ...]:
    return tuple(
        MovesOfYear(
            year.name,
            Moved(_changed(site, (each for each in year.members if each.up))),
            Moved(_changed(site, (each for each in year.members if not each.up))),
        )
        for year in _grouped(site.changes, lambda change: year_of(change.after.when))
    )


def year_of(when: Date | None) -> str:
    """The year as a heading has it, also where there is none."""
    return str(when.year) if when and when.year else "Year not stated"


def _letters(site: Site) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.authority.name[0] for entry in site.current))


def _counts(site: Site, areas: Iterable[Area]) -> tuple[CountRow, ...]:
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


def tile_map(site: Site) -> TileMap:
    """The map, its tiles in the order in which one reads: row by row."""
    tiles = []
    for entry in site.current:
        grade = entry.latest.get(MAP_AREA)
        if entry.authority.tile:
            x, y = entry.authority.tile
            tiles.append(Tile(entry, x, y, grade, site.labels.levels[grade.grade] if grade else 0))
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    by_level = {level: "".join(tile.path for tile in tiles if tile.level == level) for level in range(5)}
    return TileMap(
        tiles=tuple(tiles),
        by_slug={tile.entry.slug: tile for tile in tiles},
        by_level=tuple((level, path) for level, path in by_level.items() if path),
        width=max(tile.x for tile in tiles) + 1,
        height=max(tile.y for tile in tiles) + 1,
    )


def _authorities(site: Site) -> AuthoritiesIndex:
    return AuthoritiesIndex(
        url=urls.AUTHORITIES,
        heading="Authorities",
        title="Authorities from A to Z",
        description=f"All {len(site.current)} English councils with children’s services: latest grades, every "
        "inspection on record, articles.",
        letters=_grouped(site.current, lambda entry: entry.authority.name[0]),
        abolished=tuple(entry for entry in site.authorities if not entry.current),
    )


def _grouped(members: Iterable[T], name: Callable[[T], str]) -> tuple[Group[T], ...]:
    groups: dict[str, list[T]] = {}
    for member in members:
        groups.setdefault(name(member), []).append(member)
    return tuple(Group(key, tuple(held)) for key, held in groups.items())


def authority_facts(site: Site, entry: AuthorityEntry, articles: Sequence[ListedArticle]) -> AuthorityFacts:
    """What its page says of an authority alone; `articles` are those about it, newest first."""
    lead = authority_lead(entry, site.labels)
    return AuthorityFacts(
        authority=entry.authority,
        current=entry.current,
        description=_shortened(f"{entry.authority.name}. {lead}"),
        lead=lead,
        other_names=_other_names(entry),
        latest=_latest(entry, site.labels),
        inspections=tuple(replace(each, findings=each.findings[:1], quotes=()) for each in entry.inspections),
        ledger=ledger(entry, site),
        now={area: grade.inspection for area, grade in entry.latest.items()},
        lines=tuple(_lines(entry, site)),
        strengths=entry.polar(Polarity.STRENGTH)[:MOST_FINDINGS],
        weaknesses=entry.polar(Polarity.WEAKNESS)[:MOST_FINDINGS],
        findings_held=len(entry.findings),
        quotes=entry.quotes[:MOST_QUOTES],
        articles=tuple(articles[:MOST_ARTICLES]),
        articles_held=entry.articles_held,
        last_inspected=last_inspected(entry, site.record_as_of),
        missing=tuple(missing(entry, CURRENT_AREAS, site.labels)),
    )


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
        neighbours=_abreast((entry, *alike) if alike else ()),
        compared=urls.compare([entry.slug, *(each.slug for each in alike)][:MOST_COMPARED]),
        map=england,
        predecessors=tuple(site.authority[slug] for slug in authority.predecessors if slug in site.authority),
        successors=tuple(site.authority[slug] for slug in authority.successors if slug in site.authority),
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


def _abreast(entries: Iterable[AuthorityEntry]) -> tuple[Abreast, ...]:
    return tuple((each, tuple(each.latest.get(area) for area in CURRENT_AREAS)) for each in entries)


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


def _judgements(site: Site) -> JudgementsIndex:
    totals = Counter(grade.grade for inspection in site.inspections for grade in inspection.grades)
    return JudgementsIndex(
        url=urls.JUDGEMENTS,
        heading="Judgements",
        title="Judgements: what the grades mean and who holds them",
        description="The four levels that inspectors use, the words for them since 2009, and how many councils "
        "hold each grade in each area.",
        counts=_counts(site, CURRENT_AREAS),
        former=_counts(site, (area for area in site.labels.areas if area not in CURRENT_AREAS)),
        moves=_moves_by_year(site),
        totals=totals,
        ungraded=sum(1 for each in site.inspections if not each.grades),
    )


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
        description=_shortened(f"{label.means} Councils that hold it, area by area, and those that once did."),
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        feeds=True,
        grade=grade,
        frameworks=tuple(facts for facts in site.register.frameworks if grade in facts.grades),
        areas=areas,
    )


def _moves(site: Site) -> MovesPage:
    return MovesPage(
        url=urls.MOVES,
        heading="Up and down",
        title="Grades that rose or fell, by year",
        description="Every council’s grade that rose or fell a level or more since the inspection before, by year.",
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        years=_moves_by_year(site),
    )


def _no_grade(site: Site) -> NoGradePage:
    without = [entry for entry in site.inspections if not entry.grades]
    return NoGradePage(
        url=urls.NO_GRADE,
        heading="No grade given",
        title="Visits and inspections that gave no grade",
        description="Focused visits, monitoring visits and other inspections of children’s services without a grade.",
        crumbs=(Crumb("Judgements", urls.JUDGEMENTS),),
        years=_grouped(without, _inspection_year),
        total=len(without),
    )


def _inspection_year(entry: InspectionEntry) -> str:
    return year_of(entry.when)


def _articles(held: ArticlesHeld) -> ArticlesIndex:
    return ArticlesIndex(
        url=urls.ARTICLES,
        heading="Articles",
        title="Articles by year",
        description="Articles about inspections of councils’ children’s services, by year of publication.",
        number=held.number,
        years=tuple(held.by_year.items()),
        newest=held.newest,
    )


def articles_of_year(name: str, articles: Iterable[ListedArticle], years: Iterable[str]) -> Iterator[ArticlesOfYear]:
    """The pages of the articles of one year, or of those without a date; `years` are all that there are pages of."""
    ordered = sorted(articles, key=article_order)
    order = sorted(years, key=lambda year: (year.isdecimal(), year))
    at = order.index(name)
    starts = range(0, len(ordered), MOST_OF_A_YEAR)
    parts = [
        (f"{start + 1:,} to {min(start + MOST_OF_A_YEAR, len(ordered)):,}", urls.articles_of(name, part))
        for part, start in enumerate(starts, start=1)
    ]
    dated = name.isdecimal()
    for part, start in enumerate(starts, start=1):
        more = f", part {part}" if part > 1 else ""
        yield ArticlesOfYear(
            url=urls.articles_of(name, part),
            heading=(f"Articles of {name}" if dated else "Articles without a date") + more,
            title=f"Articles, {name.lower()}{more}",
            description=f"{counted(len(ordered), 'article')} about inspections of councils’ children’s services, "
            f"{name.lower()}{more}.",
            crumbs=(Crumb("Articles", urls.ARTICLES),),
            number=len(ordered),
            articles=tuple(ordered[start : start + MOST_OF_A_YEAR]),
            parts=tuple(parts) if len(parts) > 1 else (),
            earlier=order[at - 1] if at else None,
            later=order[at + 1] if at + 1 < len(order) else None,
        )


def _with_neighbours(years: Sequence[Group[T]]) -> Iterator[tuple[Group[T], str | None, str | None]]:
    """Each group with the names of the one before it in time and the one after it; groups stand newest first."""
    names = [None, *(group.name for group in years), None]
    return zip(years, names[2:], names, strict=False)


def _each_article(site: Site) -> Iterator[ArticlePage]:
    """The articles that are about the council first, each with its neighbours in time."""
    found: dict[str, list[FindingEntry]] = defaultdict(list)
    for finding in site.findings:
        found[finding.article].append(finding)
    said: dict[str, list[QuoteEntry]] = defaultdict(list)
    for quote in site.quotes:
        said[quote.article].append(quote)
    for entry, older, newer in _in_time(site):
        yield _article(site, entry, found[entry.slug], said[entry.slug], older, newer)


def _in_time(site: Site) -> Iterator[tuple[ArticleEntry, ArticleEntry | None, ArticleEntry | None]]:
    """Each of the council's own articles with the one before it and the one after it."""
    own = site.own_articles
    beside = own if own and own[0].authority else ()  # without a council there is nothing to go along
    for at, entry in enumerate(own):
        older = beside[at + 1] if at + 1 < len(beside) else None
        newer = beside[at - 1] if beside and at else None
        yield entry, older, newer


def _article(
    site: Site,
    entry: ArticleEntry,
    findings: Sequence[FindingEntry],
    quotes: Sequence[QuoteEntry],
    earlier: ArticleEntry | None,
    later: ArticleEntry | None,
) -> ArticlePage:
    told = tuple(
        (inspection, site.inspection[id])
        for inspection, id in zip(entry.article.metadata.inspections, entry.inspections, strict=True)
    )
    stretches = [Stretch(proof.anchor, proof.words, shown=True) for proof in entry.proofs.values()]
    stretches += [Stretch(each.anchor, (each.finding.text,), shown=False) for each in findings]
    text = prose(entry.article.body, stretches, [(each.anchor, each.quote) for each in quotes])
    notes = _notes(entry, told, text)
    crumbs: tuple[Crumb, ...] = (Crumb("Articles", urls.ARTICLES),)
    if entry.authority:
        crumbs = (
            Crumb("Authorities", urls.AUTHORITIES),
            Crumb(entry.authority.name, urls.authority(entry.authority.slug)),
        )
    opening = text.blocks[0].html.striptags() if text.blocks else ""
    return ArticlePage(
        url=entry.url,
        heading=entry.title,
        title=entry.title,
        description=_shortened(entry.article.metadata.summary or opening or entry.title),
        crumbs=crumbs,
        entry=entry,
        told=told,
        paragraphs=tuple(_beside(text.blocks, notes)),
        notes=notes,
        unplaced_findings=tuple(each for each in findings if each.anchor not in text.found),
        unplaced_quotes=tuple(each for each in quotes if each.anchor not in text.found),
        earlier=earlier,
        later=later,
    )


def _notes(entry: ArticleEntry, told: Sequence[tuple[Inspection, InspectionEntry]], text: Prose) -> tuple[Note, ...]:
    notes = []
    for proof in sorted(entry.proofs.values(), key=lambda proof: text.numbers[proof.anchor]):
        inspection, held = next(
            (inspection, held) for inspection, held in told if proof.words in _evidence_of(inspection)
        )
        notes.append(
            Note(
                number=text.numbers[proof.anchor],
                anchor=proof.anchor,
                words=proof.words,
                inspection=held,
                told=inspection,
                dated=inspection.evidence == proof.words,
                judged=_judged([each for each in inspection.judgements if each.evidence == proof.words], held),
                tallies=tuple(tally for tally in inspection.tallies if tally.evidence == proof.words),
                placed=proof.anchor in text.found,
            )
        )
    return tuple(notes)


def _judged(judgements: Iterable[Judgement], held: InspectionEntry) -> tuple[JudgedFact, ...]:
    """One fact for the areas that share grade and verdict."""
    recorded = {grade.area: grade.grade for grade in held.grades if grade.in_record}
    together: dict[tuple[Grade, Grade | None], list[Area]] = {}
    for judgement in judgements:
        together.setdefault((judgement.grade, recorded.get(judgement.area)), []).append(judgement.area)
    return tuple(JudgedFact(grade, tuple(areas), published) for (grade, published), areas in together.items())


def _evidence_of(inspection: Inspection) -> list[tuple[str, ...]]:
    facts: list[Judgement | Tally] = [*inspection.judgements, *inspection.tallies]
    return [inspection.evidence, *(fact.evidence for fact in facts)]


def _beside(blocks: Iterable[Block], notes: Iterable[Note]) -> Iterator[Paragraph]:
    """Gives each block the notes whose words begin in it."""
    by_anchor = {note.anchor: note for note in notes}
    for block in blocks:
        yield Paragraph(block.html, tuple(by_anchor[anchor] for anchor in block.anchors))


def _inspections(site: Site) -> Iterator[Page]:
    years = _grouped(site.inspections, _inspection_year)
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


def _each_inspection(site: Site) -> Iterator[InspectionPage]:
    for entry, earlier, later in _each_in_time(site):
        yield _inspection(site, entry, earlier, later)


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
        description=_shortened(
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
        strengths=_of_polarity(entry.findings, Polarity.STRENGTH)[:MOST_OF_AN_INSPECTION],
        weaknesses=_of_polarity(entry.findings, Polarity.WEAKNESS)[:MOST_OF_AN_INSPECTION],
        quotes=entry.quotes[:MOST_OF_AN_INSPECTION],
        earlier=earlier,
        later=later,
    )


def _of_polarity(findings: Iterable[FindingEntry], polarity: Polarity) -> tuple[FindingEntry, ...]:
    return tuple(each for each in findings if each.finding.polarity is polarity)


def _themes(counts: Iterable[ThemeCount]) -> ThemesIndex:
    return ThemesIndex(
        url=urls.THEMES,
        heading="Themes",
        title="Themes of inspections",
        description="What inspectors found on early help, the front door, children in care, care leavers and more.",
        counts=tuple(counts),
    )


def theme_shares(site: Site, articles: Mapping[str, ListedArticle]) -> dict[Theme, ThemeShare]:
    """What one council's part of the site holds of each theme; `articles` are its own, by slug."""
    shares = {}
    own = {entry.slug for entry in site.own_articles}
    inspected = {each.id for authority in site.authorities for each in authority.inspections}
    for entry in site.themes:
        about = [each for each in entry.articles if each.slug in own]
        found = [each for each in entry.findings if each.article in own]
        looked = [each for each in entry.inspections if each.id in inspected]
        if about or found or looked:
            shares[entry.theme] = ThemeShare(
                articles_held=len(about),
                findings_held=len(found),
                articles=piled((articles[each.slug] for each in about), article_order, MOST_OF_A_THEME),
                strengths=piled(_of_polarity(found, Polarity.STRENGTH), finding_order, MOST_OF_A_THEME),
                weaknesses=piled(_of_polarity(found, Polarity.WEAKNESS), finding_order, MOST_OF_A_THEME),
                inspections=piled(map(in_brief, looked), inspection_order, MOST_OF_A_THEME),
            )
    return shares


def theme_page(theme: Theme, shares: Sequence[ThemeShare], labels: Labels) -> ThemePage:
    """One theme over all councils, from what is held of it in each."""
    label = labels.themes[theme]
    articles_held = sum(each.articles_held for each in shares)
    findings_held = sum(each.findings_held for each in shares)
    return ThemePage(
        url=urls.theme(theme),
        heading=label.name,
        title=f"{label.name}: what inspectors found",
        description=f"{label.name} in inspections of children’s services: "
        f"{counted(findings_held, 'finding')} in {counted(articles_held, 'article')}, by year.",
        crumbs=(Crumb("Themes", urls.THEMES),),
        feeds=True,
        articles_held=articles_held,
        findings_held=findings_held,
        articles=topmost([each.articles for each in shares], MOST_OF_A_THEME),
        inspections=topmost([each.inspections for each in shares], MOST_OF_A_THEME),
        strengths=_grouped(topmost([each.strengths for each in shares], MOST_OF_A_THEME), _finding_year),
        weaknesses=_grouped(topmost([each.weaknesses for each in shares], MOST_OF_A_THEME), _finding_year),
    )


def _finding_year(entry: FindingEntry) -> str:
    return year_of(entry.when)


def _regions(site: Site) -> RegionsIndex:
    return RegionsIndex(
        url=urls.REGIONS,
        heading="Regions",
        title="Councils by region",
        description=f"The {len(site.current)} English councils with children’s services in nine regions, side by side.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES),),
        councils=len(site.current),
        counts=tuple((entry.region, sum(each.current for each in entry.authorities)) for entry in site.regions),
    )


def _region(entry: RegionEntry) -> RegionPage:
    current = [each for each in entry.authorities if each.current]
    return RegionPage(
        url=entry.url,
        heading=entry.region,
        title=f"{entry.region}: councils’ children’s services side by side",
        description=f"The latest grades of {counted(len(current), 'council')} in the region {entry.region}, by area.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES), Crumb("Regions", urls.REGIONS)),
        entry=entry,
        areas=CURRENT_AREAS,
        rows=_abreast(current),
        abolished=tuple(each for each in entry.authorities if not each.current),
    )


def _compare(site: Site) -> ComparePage:
    return ComparePage(
        url=urls.COMPARE,
        heading="Compare councils",
        title="Compare councils’ children’s services",
        description="The latest grades of up to four councils side by side, area by area, with their dates.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES),),
        areas=CURRENT_AREAS,
        rows=_abreast(site.current),
    )


def _plain_pages(site: Site, held: ArticlesHeld, newest: Date | None) -> Iterator[Page]:
    yield AboutPage(
        url=urls.ABOUT,
        heading=f"About {site.publication.name}",
        title="About",
        description="How articles are read, what is missing, what the grades mean and how to report a mistake.",
        coverage=coverage(site, held.number, newest),
    )
    yield AccessibilityPage(
        url=urls.ACCESSIBILITY,
        heading="Accessibility",
        title="Accessibility statement",
        description="What this site does so that everyone can use it, and how to tell us where it fails.",
        crumbs=(Crumb("About", urls.ABOUT),),
    )
    yield NotFound(
        url=urls.NOT_FOUND,
        heading="Page not found",
        title="Page not found",
        description="There is no page at this address.",
        indexed=False,
    )


def data_page(downloads: tuple[Download, ...], newest: Date | None) -> DataPage:
    """What there is to download; `newest` is the day of the newest article."""
    return DataPage(
        url=urls.DATA,
        heading="Data",
        title="Data to download",
        description="Every judgement, inspection and article of this site as files, with their licence.",
        downloads=downloads,
        newest=newest,
    )


def _search(site: Site, held: ArticlesHeld) -> SearchPage:
    names = [each.authority.name for each in site.current]
    return SearchPage(
        url=urls.SEARCH,
        heading="Search",
        title="Search",
        description="Find a council, a topic or a word in the articles and the record.",
        letters=tuple((letter, tuple(under)) for letter, under in groupby(names, key=lambda name: name[0])),
        years=tuple((year, number) for year, number in held.by_year.items() if year.isdecimal()),
        articles=held.number,
        inspections=len(site.inspections),
        councils=len(site.current),
    )


def _shortened(text: str) -> str:
    """The text cut at a word's end to what search engines show."""
    text = " ".join(text.split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
