"""The articles as lists show them and by year, and the page of each with its proofs in the margin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from site_builder.model import Area, Grade, Inspection, Judgement, Tally
from site_builder.site import urls
from site_builder.site.entries import ArticleEntry, FindingEntry, InspectionEntry, ListedArticle, QuoteEntry, Site
from site_builder.site.gather import newest_first
from site_builder.site.letters import Pile, piled, topmost
from site_builder.site.pages.page import Crumb, Page, shortened, year_of
from site_builder.site.prose import Block, Prose, Stretch, prose
from site_builder.site.wording import by_grade, byline, counted, in_mid_sentence, inspection_name

MOST_OF_A_YEAR = 100
"""Articles on one page of a year; more stand on further pages, so that none is heavy."""
NEWEST_ARTICLES = 30
"""On the page that leads to all articles by year."""
MOST_ARTICLES = 40
"""On the page of an authority or of an inspection; all are found in the search."""


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


def article_order(entry: ArticleEntry | ListedArticle) -> tuple[int, str]:
    """Newest first; those without a date last."""
    return (newest_first(entry.published), entry.slug)


@dataclass(frozen=True, slots=True)
class ArticlesShare:
    """What the pages that lead to all articles need to know of some of them."""

    by_year: Mapping[str, int]
    newest: Pile[ListedArticle]


def articles_share(articles: Sequence[ListedArticle]) -> ArticlesShare:
    """What the front pages need to know of these articles."""
    by_year = Counter(year_of(each.published) for each in articles)
    return ArticlesShare(by_year, piled(articles, article_order, NEWEST_ARTICLES))


@dataclass(frozen=True, slots=True)
class ArticlesHeld:
    """What these pages say of all."""

    number: int
    by_year: Mapping[str, int]
    newest: tuple[ListedArticle, ...]


def joined(shares: Sequence[ArticlesShare]) -> ArticlesHeld:
    """What several shares hold together: the years newest first, then what has no year."""
    by_year: Counter[str] = Counter()
    for share in shares:
        by_year.update(share.by_year)
    years = sorted(by_year.items(), key=lambda year: (year[0].isdecimal(), year[0]), reverse=True)
    return ArticlesHeld(by_year.total(), dict(years), topmost([share.newest for share in shares], NEWEST_ARTICLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesIndex(Page):
    """The newest articles, and the way to all by year."""

    template: ClassVar[str] = "pages/articles.html"
    section: ClassVar[str] = urls.ARTICLES
    number: int
    years: tuple[tuple[str, int], ...]
    """Newest first, each with how many articles are of it."""
    newest: tuple[ListedArticle, ...]


def articles_index(held: ArticlesHeld) -> ArticlesIndex:
    """The page that leads to all articles, from what is held of them."""
    return ArticlesIndex(
        url=urls.ARTICLES,
        heading="Articles",
        title="Articles by year",
        description="Articles about inspections of councils’ children’s services, by year of publication.",
        number=held.number,
        years=tuple(held.by_year.items()),
        newest=held.newest,
    )


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


def each_article(site: Site) -> Iterator[ArticlePage]:
    """The articles that are about the council first, each with its neighbours in time."""
    found: dict[str, list[FindingEntry]] = defaultdict(list)
    for finding in site.findings:
        found[finding.article].append(finding)
    said: dict[str, list[QuoteEntry]] = defaultdict(list)
    for quote in site.quotes:
        said[quote.article].append(quote)
    for entry, older, newer in _in_time(site):
        yield _article(site, entry, found[entry.slug], said[entry.slug], older, newer)


def one_article(site: Site, slug: str) -> Iterator[ArticlePage]:
    """The page of one of the council's articles; none where the article is about another council first."""
    for entry, older, newer in _in_time(site):
        if entry.slug == slug:
            findings = [each for each in site.findings if each.article == slug]
            yield _article(site, entry, findings, [each for each in site.quotes if each.article == slug], older, newer)


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
        description=shortened(entry.article.metadata.summary or opening or entry.title),
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


@dataclass(frozen=True, slots=True)
class JudgedFact:
    """A grade in an article, the areas that got it, and what the record says of them."""

    grade: Grade
    areas: tuple[Area, ...]
    published: Grade | None
    """The record's grade; None where it has none."""


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article's text with the notes beside it."""

    html: Markup
    notes: tuple[Note, ...]


def _beside(blocks: Iterable[Block], notes: Iterable[Note]) -> Iterator[Paragraph]:
    """Gives each block the notes whose words begin in it."""
    by_anchor = {note.anchor: note for note in notes}
    for block in blocks:
        yield Paragraph(block.html, tuple(by_anchor[anchor] for anchor in block.anchors))
