"""The site as values: articles, inspections, grades and authorities, each with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import (
    Area,
    Article,
    Authority,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Outcome,
    Polarity,
    Quote,
    Region,
    Register,
    Rights,
    Role,
    Tally,
    Theme,
)
from site_builder.site import dates, urls
from site_builder.site.publication import Publication


class SaidBy(StrEnum):
    """Who says a grade."""

    RECORD = "record"
    ARTICLES = "articles"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Proof:
    """Words of an article that prove one or several facts, and the anchor they have on its page."""

    anchor: str
    words: tuple[str, ...]
    """Verbatim, one string a stretch of the text."""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article with what the site adds to it."""

    article: Article
    """Without what the site may not show of it."""
    rights: Rights
    """How much of its text that leaves."""
    title: str
    title_is_ours: bool
    """True where the article has no headline and the title is made from its facts."""
    authority: Authority | None
    """The one it is about; the first of several."""
    authorities: tuple[Authority, ...]
    inspections: tuple[str, ...]
    """For each of the article's inspections, in order, the id of its `InspectionEntry`."""
    proofs: Mapping[tuple[str, ...], Proof]
    """By the evidence of a fact; facts with the same words share a proof."""
    published: Date | None

    @property
    def slug(self) -> str:
        """The file's name and the page's place."""
        return self.article.slug

    @property
    def url(self) -> str:
        """The article's page."""
        return urls.article(self.article.slug)

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids of the inspections that the article is about."""
        pairs = zip(self.article.metadata.inspections, self.inspections, strict=True)
        return tuple(dict.fromkeys(id for inspection, id in pairs if inspection.role is Role.SUBJECT))

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The grades of the inspections that the article is about, best grade first."""
        subjects = [each for each in self.article.metadata.inspections if each.role is Role.SUBJECT]
        return tuple(judgement for each in subjects for judgement in each.judgements)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as lists show it."""

    url: str
    title: str
    place: str
    """The authority it is about; the first of several, or nothing."""
    byline: str
    about: tuple[tuple[str, str], ...]
    """Name and dates of each inspection that it is about; none where its title says them already."""
    summary: str | None
    badges: tuple[tuple[Grade, tuple[Area, ...]], ...]
    """Its grades of these inspections, areas with the same grade together."""
    published: Date | None
    slug: str


@dataclass(frozen=True, slots=True)
class Witness:
    """An article as the pages of inspections name it."""

    slug: str
    called: str
    """What a link to it says among others."""
    published: Date | None
    report_url: str | None
    """Ofsted's report or letter, where it links to that."""
    proofs: Mapping[tuple[str, ...], Proof]

    def proof_url(self, evidence: tuple[str, ...]) -> str:
        """Where the words of a fact are marked."""
        proof = self.proofs.get(evidence)
        return urls.article(self.slug, proof.anchor if proof else "")


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's account of an inspection."""

    article: Witness
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class Claim:
    """A grade as one article states it."""

    article: Witness
    grade: Grade
    role: Role
    evidence: tuple[str, ...]

    @property
    def url(self) -> str:
        """The marked words."""
        return self.article.proof_url(self.evidence)


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """The grade of one area in one inspection, and who says so."""

    authority: Authority
    inspection: str
    """The id of the inspection."""
    area: Area
    grade: Grade
    """The record's where there is one, else the first article's."""
    framework: Framework | None
    when: Date | None
    """The first day on site, or the next best date."""
    dates: str
    """The days on site in words, or when the report came out."""
    in_record: bool
    report_url: str | None
    """Ofsted's report of the inspection."""
    claims: tuple[Claim, ...]

    @property
    def said_by(self) -> SaidBy:
        """The record, articles, or both."""
        if not self.in_record:
            return SaidBy.ARTICLES
        return SaidBy.BOTH if self.claims else SaidBy.RECORD

    @property
    def disputed(self) -> tuple[Claim, ...]:
        """The articles that give another grade."""
        return tuple(claim for claim in self.claims if claim.grade is not self.grade)

    @property
    def url(self) -> str:
        """The inspection's page, at the grade's row."""
        return f"{urls.inspection(self.inspection)}#{self.area}"


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """A sentence that reports what inspectors found, with its place."""

    article: str
    """The slug of the article."""
    finding: Finding
    anchor: str
    inspection: str | None
    """The id of the inspection that the article is about, where it is about one."""
    authority: Authority | None
    when: Date | None

    @property
    def url(self) -> str:
        """The sentence in its article."""
        return urls.article(self.article, self.anchor)


def of_polarity(findings: Iterable[FindingEntry], polarity: Polarity) -> tuple[FindingEntry, ...]:
    """The strengths or the weaknesses among these findings."""
    return tuple(each for each in findings if each.finding.polarity is polarity)


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """What a named person said, with its place."""

    article: str
    """The slug of the article."""
    quote: Quote
    anchor: str
    inspection: str | None
    authority: Authority | None
    when: Date | None

    @property
    def url(self) -> str:
        """The words in their article."""
        return urls.article(self.article, self.anchor)


@dataclass(frozen=True, slots=True)
class InspectionEntry:
    """One inspection or visit, with all that the record and the articles say of it."""

    id: str
    authority: Authority
    framework: Framework | None
    started: Date | None
    ended: Date | None
    published: Date | None
    kind: str | None
    """`standard`, `short`, `first` or `re-inspection`, as published."""
    ordinal: int | None
    theme: str | None
    """A visit's theme in Ofsted's words."""
    focus: tuple[Theme, ...]
    outcome: Outcome | None
    report_url: str | None
    """Ofsted's report or letter, as the record or else an article links to it."""
    tellings: tuple[Telling, ...]
    grades: tuple[GradeEntry, ...]
    """In the order of areas."""
    tallies: tuple[tuple[Witness, Tally], ...]
    findings: tuple[FindingEntry, ...]
    quotes: tuple[QuoteEntry, ...]

    @property
    def url(self) -> str:
        """The inspection's page."""
        return urls.inspection(self.id)

    @property
    def when(self) -> Date | None:
        """The first day on site, or the next best date."""
        return self.started or self.ended or self.published

    @property
    def dates(self) -> str:
        """The days on site in words, else the day of the report."""
        on_site = dates.span_in_words(self.started, self.ended)
        if on_site:
            return on_site
        return f"report of {dates.in_words(self.published)}" if self.published else "date not stated"

    @property
    def only_recalled(self) -> bool:
        """True where nothing but recaps in later articles tells of it."""
        return self.outcome is None and all(each.inspection.role is Role.PREVIOUS for each in self.tellings)


@dataclass(frozen=True, slots=True)
class Change:
    """Two grades of one area, one after the other, on different levels."""

    authority: Authority
    area: Area
    before: GradeEntry
    after: GradeEntry
    up: bool


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One authority with everything about it; lists are newest first."""

    authority: Authority
    inspections: tuple[InspectionEntry, ...]
    articles: tuple[ArticleEntry, ...]
    articles_held: int
    """How many articles are about it."""
    latest: Mapping[Area, GradeEntry]
    """In the order of areas; an area without a grade is absent."""
    by_area: Mapping[Area, tuple[GradeEntry, ...]]
    """Every grade of an area by inspections of the whole service, oldest first."""
    findings: tuple[FindingEntry, ...]
    quotes: tuple[QuoteEntry, ...]

    @property
    def slug(self) -> str:
        """The authority's short name."""
        return self.authority.slug

    @property
    def url(self) -> str:
        """The authority's page."""
        return urls.authority(self.authority.slug)

    @property
    def current(self) -> bool:
        """False for the abolished."""
        return self.authority.abolished is None

    @property
    def latest_graded(self) -> InspectionEntry | None:
        """The newest inspection that gave a grade."""
        return next((each for each in self.inspections if each.grades), None)


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme with what is held about it, newest first."""

    theme: Theme
    articles: tuple[ArticleEntry, ...]
    findings: tuple[FindingEntry, ...]
    inspections: tuple[InspectionEntry, ...]
    """Visits that looked at it."""

    @property
    def url(self) -> str:
        """The theme's page."""
        return urls.theme(self.theme)


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """One region with its authorities by name."""

    region: Region
    authorities: tuple[AuthorityEntry, ...]

    @property
    def url(self) -> str:
        """The region's page."""
        return urls.region(self.region)


@dataclass(frozen=True, slots=True)
class Site:
    """What pages, search, feeds and data are made from: the whole, or the part that is about one council."""

    publication: Publication
    labels: Labels
    register: Register
    articles: tuple[ArticleEntry, ...]
    """Newest first; those whose date is not known last."""
    authorities: tuple[AuthorityEntry, ...]
    """By name, the abolished among them."""
    inspections: tuple[InspectionEntry, ...]
    """Newest first."""
    findings: tuple[FindingEntry, ...]
    """By article, in the order of articles."""
    quotes: tuple[QuoteEntry, ...]
    """By article, in the order of articles."""
    themes: tuple[ThemeEntry, ...]
    regions: tuple[RegionEntry, ...]
    changes: tuple[Change, ...]
    """Newest first, current authorities only."""
    latest: Mapping[tuple[Grade, Area], tuple[GradeEntry, ...]]
    """The latest grade we hold of each area of each current authority, by authority."""
    earlier: Mapping[tuple[Grade, Area], tuple[GradeEntry, ...]]
    """Every other grade, newest first; those of abolished authorities and of single services (fostering) are here."""
    record_as_of: Date | None
    """The day up to which the record goes."""
    authority: Mapping[str, AuthorityEntry] = field(repr=False)
    inspection: Mapping[str, InspectionEntry] = field(repr=False)
    article: Mapping[str, ArticleEntry] = field(repr=False)

    def count(self, grade: Grade, area: Area) -> int:
        """How many current authorities' latest held grade of `area` is `grade`."""
        return len(self.latest.get((grade, area), ()))

    @property
    def own_articles(self) -> tuple[ArticleEntry, ...]:
        """Of the part about one council, the articles that are about it first, or about none; newest first."""
        own = self.authorities[0].authority if self.authorities else None
        return tuple(each for each in self.articles if each.authority is own)

    @property
    def current(self) -> tuple[AuthorityEntry, ...]:
        """The authorities that there are today."""
        return tuple(each for each in self.authorities if each.current)
