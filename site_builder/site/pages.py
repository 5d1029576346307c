"""One dataclass for each kind of page: it knows its URL, its template and what stands on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Generic, TypeVar

from markupsafe import Markup

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import Area, FrameworkFacts, Grade, Inspection, Judgement, Polarity, Role, Tally
from site_builder.site import urls
from site_builder.site.data import Download
from site_builder.site.entries import (
    ArticleEntry,
    AuthorityEntry,
    Change,
    FindingEntry,
    GradeEntry,
    InspectionEntry,
    QuoteEntry,
    RegionEntry,
    Site,
    ThemeEntry,
)
from site_builder.site.prose import Block, Prose, Stretch, prose
from site_builder.site.wording import (
    authority_lead,
    counted,
    coverage,
    held_since,
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
NEWEST_ARTICLES = 30
"""On the page that leads to all articles by year."""
LATEST_CHANGED = 8
"""Inspections that changed grades, on the front page."""
MOST_FINDINGS = 15
MOST_OF_A_THEME = 50
"""Findings of one kind, and articles, on a theme's page; the data files have all."""
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


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map of England, one tile an authority, row by row from the north-west."""

    tiles: tuple[Tile, ...]
    by_level: tuple[tuple[int, tuple[Tile, ...]], ...]
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
    articles: tuple[ArticleEntry, ...]
    changed: tuple[Changed, ...]
    counts: tuple[CountRow, ...]
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
    entry: AuthorityEntry
    lead: str
    other_names: tuple[str, ...]
    latest: tuple[LatestRow, ...]
    ledger: Ledger
    lines: tuple[StepLine, ...]
    strengths: tuple[FindingEntry, ...]
    weaknesses: tuple[FindingEntry, ...]
    quotes: tuple[QuoteEntry, ...]
    articles: tuple[ArticleEntry, ...]
    areas: tuple[Area, ...]
    neighbours: tuple[Abreast, ...]
    """The authority itself, then its statistical neighbours, nearest first."""
    compared: str
    """The page that compares it with the nearest of them."""
    last_inspected: str
    missing: tuple[str, ...]
    """What is not known here, a sentence each."""
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
    years: tuple[Group[ArticleEntry], ...]
    newest: tuple[ArticleEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesOfYear(Page):
    """The articles of one year."""

    template: ClassVar[str] = "pages/articles-year.html"
    section: ClassVar[str] = urls.ARTICLES
    articles: tuple[ArticleEntry, ...]
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
    about: tuple[ArticleEntry, ...]
    recalled: tuple[ArticleEntry, ...]
    strengths: tuple[FindingEntry, ...]
    weaknesses: tuple[FindingEntry, ...]
    earlier: InspectionEntry | None
    later: InspectionEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesIndex(Page):
    """All themes."""

    template: ClassVar[str] = "pages/themes.html"
    section: ClassVar[str] = urls.THEMES


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePage(Page):
    """One theme over all councils."""

    template: ClassVar[str] = "pages/theme.html"
    section: ClassVar[str] = urls.THEMES
    entry: ThemeEntry
    articles: tuple[ArticleEntry, ...]
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
    years: tuple[tuple[int, int], ...]
    """Each year, newest first, with how many articles are of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """Downloads."""

    template: ClassVar[str] = "pages/data.html"
    section: ClassVar[str] = urls.DATA
    downloads: tuple[Download, ...]


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


def pages(site: Site, downloads: tuple[Download, ...]) -> Iterator[Page]:
    """Every page of the site."""
    england = tile_map(site)
    yield _home(site, england)
    yield _authorities(site)
    yield from (_authority(site, entry, england) for entry in site.authorities)
    yield _judgements(site)
    yield from (_grade(site, grade) for grade in site.labels.grades)
    yield _moves(site)
    yield _no_grade(site)
    yield from _articles(site)
    yield from _each_article(site)
    yield from _inspections(site)
    yield from _each_inspection(site)
    yield _themes()
    yield from (_theme(site, entry) for entry in site.themes)
    yield _regions(site)
    yield from (_region(entry) for entry in site.regions)
    yield _compare(site)
    yield from _plain_pages(site, downloads)


def _home(site: Site, england: TileMap) -> Home:
    return Home(
        url=urls.HOME,
        heading="How well do councils look after children?",
        title="How well do councils look after children?",
        description=f"What inspectors found in the children’s services of {len(site.current)} English councils, "
        "with the words that prove each grade.",
        feeds=True,
        coverage=coverage(site),
        articles=site.articles[:LATEST_ARTICLES],
        changed=_changed(site, site.changes)[:LATEST_CHANGED],
        counts=_counts(site, CURRENT_AREAS),
        map=england,
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
        for year in _grouped(site.changes, lambda change: _year_of(change.after.when))
    )


def _year_of(when: Date | None) -> str:
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
    by_level = {level: tuple(tile for tile in tiles if tile.level == level) for level in range(5)}
    return TileMap(
        tiles=tuple(tiles),
        by_level=tuple((level, held) for level, held in by_level.items() if held),
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


def _authority(site: Site, entry: AuthorityEntry, england: TileMap) -> AuthorityPage:
    authority = entry.authority
    lead = authority_lead(entry, site.labels)
    alike = tuple(site.authority[slug] for slug in authority.neighbours)
    return AuthorityPage(
        url=entry.url,
        heading=authority.name,
        title=f"{authority.name}: Ofsted inspections of children’s services",
        description=_shortened(f"{authority.name}. {lead}"),
        crumbs=(Crumb("Authorities", urls.AUTHORITIES), Crumb(authority.region, urls.region(authority.region))),
        feeds=True,
        entry=entry,
        lead=lead,
        other_names=_other_names(entry),
        latest=_latest(entry, site.labels),
        ledger=ledger(entry, site),
        lines=tuple(_lines(entry, site)),
        strengths=entry.polar(Polarity.STRENGTH)[:MOST_FINDINGS],
        weaknesses=entry.polar(Polarity.WEAKNESS)[:MOST_FINDINGS],
        quotes=entry.quotes[:MOST_QUOTES],
        articles=entry.articles[:MOST_ARTICLES],
        areas=CURRENT_AREAS,
        neighbours=_abreast((entry, *alike) if alike else ()),
        compared=urls.compare([entry.slug, *(each.slug for each in alike)][:MOST_COMPARED]),
        last_inspected=last_inspected(entry, site.record_as_of),
        missing=tuple(missing(entry, CURRENT_AREAS, site.labels)),
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
    return _year_of(entry.when)


def _articles(site: Site) -> Iterator[Page]:
    years = _grouped(site.articles, lambda entry: _year_of(entry.published))
    yield ArticlesIndex(
        url=urls.ARTICLES,
        heading="Articles",
        title="Articles by year",
        description="Articles about inspections of councils’ children’s services, by year of publication.",
        years=years,
        newest=site.articles[:NEWEST_ARTICLES],
    )
    for group, earlier, later in _with_neighbours(years):
        yield ArticlesOfYear(
            url=urls.articles_of(group.name),
            heading=f"Articles of {group.name}" if group.name.isdecimal() else "Articles without a date",
            title=f"Articles, {group.name.lower()}",
            description=f"{counted(len(group.members), 'article')} about inspections of councils’ children’s services, "
            f"{group.name.lower()}.",
            crumbs=(Crumb("Articles", urls.ARTICLES),),
            articles=group.members,
            earlier=earlier,
            later=later,
        )


def _with_neighbours(years: Sequence[Group[T]]) -> Iterator[tuple[Group[T], str | None, str | None]]:
    """Each group with the names of the one before it in time and the one after it; groups stand newest first."""
    names = [None, *(group.name for group in years), None]
    return zip(years, names[2:], names, strict=False)


def _each_article(site: Site) -> Iterator[ArticlePage]:
    beside: dict[str, tuple[ArticleEntry | None, ArticleEntry | None]] = {}
    for authority in site.authorities:
        own = [entry for entry in authority.articles if entry.authority is authority.authority]
        for newer, entry, older in zip([None, *own], own, [*own[1:], None], strict=False):
            beside[entry.slug] = (older, newer)
    found: dict[str, list[FindingEntry]] = defaultdict(list)
    for finding in site.findings:
        found[finding.article.slug].append(finding)
    said: dict[str, list[QuoteEntry]] = defaultdict(list)
    for quote in site.quotes:
        said[quote.article.slug].append(quote)
    for entry in site.articles:
        yield _article(site, entry, found[entry.slug], said[entry.slug], *beside.get(entry.slug, (None, None)))


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
    for authority in site.authorities:
        own = authority.inspections
        for newer, entry, older in zip([None, *own], own, [*own[1:], None], strict=False):
            yield _inspection(site, entry, older, newer)


def _inspection(
    site: Site, entry: InspectionEntry, earlier: InspectionEntry | None, later: InspectionEntry | None
) -> InspectionPage:
    title = inspection_title(entry, site.labels)
    graded = listed(f"{site.labels.areas[g.area].name}: {site.labels.grades[g.grade].name}" for g in entry.grades)
    about = dict.fromkeys(each.article.slug for each in entry.tellings if each.inspection.role is Role.SUBJECT)
    recalled = dict.fromkeys(each.article.slug for each in entry.tellings if each.article.slug not in about)
    return InspectionPage(
        url=entry.url,
        heading=title,
        title=title,
        description=_shortened(
            f"{inspection_name(entry, site.labels)}, {entry.dates}. {graded or 'No grade given'}. "
            f"{counted(len(about), 'article') if about else 'No article yet'}."
        ),
        crumbs=(
            Crumb("Authorities", urls.AUTHORITIES),
            Crumb(entry.authority.name, urls.authority(entry.authority.slug)),
        ),
        entry=entry,
        name=inspection_name(entry, site.labels),
        about=tuple(site.article[slug] for slug in about),
        recalled=tuple(site.article[slug] for slug in recalled),
        strengths=_of_polarity(entry.findings, Polarity.STRENGTH),
        weaknesses=_of_polarity(entry.findings, Polarity.WEAKNESS),
        earlier=earlier,
        later=later,
    )


def _of_polarity(findings: Iterable[FindingEntry], polarity: Polarity) -> tuple[FindingEntry, ...]:
    return tuple(each for each in findings if each.finding.polarity is polarity)


def _themes() -> ThemesIndex:
    return ThemesIndex(
        url=urls.THEMES,
        heading="Themes",
        title="Themes of inspections",
        description="What inspectors found on early help, the front door, children in care, care leavers and more.",
    )


def _theme(site: Site, entry: ThemeEntry) -> ThemePage:
    label = site.labels.themes[entry.theme]
    return ThemePage(
        url=entry.url,
        heading=label.name,
        title=f"{label.name}: what inspectors found",
        description=f"{label.name} in inspections of children’s services: "
        f"{counted(len(entry.findings), 'finding')} in {counted(len(entry.articles), 'article')}, by year.",
        crumbs=(Crumb("Themes", urls.THEMES),),
        feeds=True,
        entry=entry,
        articles=entry.articles[:MOST_OF_A_THEME],
        inspections=entry.inspections[:MOST_OF_A_THEME],
        strengths=_grouped(_of_polarity(entry.findings, Polarity.STRENGTH)[:MOST_OF_A_THEME], _finding_year),
        weaknesses=_grouped(_of_polarity(entry.findings, Polarity.WEAKNESS)[:MOST_OF_A_THEME], _finding_year),
    )


def _finding_year(entry: FindingEntry) -> str:
    return _year_of(entry.when)


def _regions(site: Site) -> RegionsIndex:
    return RegionsIndex(
        url=urls.REGIONS,
        heading="Regions",
        title="Councils by region",
        description=f"The {len(site.current)} English councils with children’s services in nine regions, side by side.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES),),
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


def _plain_pages(site: Site, downloads: tuple[Download, ...]) -> Iterator[Page]:
    yield _search(site)
    yield DataPage(
        url=urls.DATA,
        heading="Data",
        title="Data to download",
        description="Every judgement, inspection and article of this site as files, with their licence.",
        downloads=downloads,
    )
    yield AboutPage(
        url=urls.ABOUT,
        heading=f"About {site.publication.name}",
        title="About",
        description="How articles are read, what is missing, what the grades mean and how to report a mistake.",
        coverage=coverage(site),
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


def _search(site: Site) -> SearchPage:
    names = [each.authority.name for each in site.current]
    years = Counter(each.published.year for each in site.articles if each.published and each.published.year)
    return SearchPage(
        url=urls.SEARCH,
        heading="Search",
        title="Search",
        description="Find a council, a topic or a word in the articles and the record.",
        letters=tuple((letter, tuple(under)) for letter, under in groupby(names, key=lambda name: name[0])),
        years=tuple(sorted(years.items(), reverse=True)),
    )


def _shortened(text: str) -> str:
    """The text cut at a word's end to what search engines show."""
    text = " ".join(text.split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
