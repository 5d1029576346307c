"""Groups, joins, sorts and counts everything once; the result is the site as a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from site_builder import merging
from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.merging import Cluster
from site_builder.model import (
    Area,
    Article,
    Authority,
    Framework,
    Grade,
    Metadata,
    Problem,
    Problems,
    Region,
    Register,
    Rights,
    Role,
    Theme,
)
from site_builder.site import dates, urls
from site_builder.site.entries import (
    ArticleEntry,
    AuthorityEntry,
    Change,
    Claim,
    FindingEntry,
    GradeEntry,
    InspectionEntry,
    Proof,
    QuoteEntry,
    RegionEntry,
    Site,
    Telling,
    ThemeEntry,
    Witness,
)
from site_builder.site.ground import Ground
from site_builder.site.rights import shown
from site_builder.site.wording import called, title_from_facts

WHOLE_SERVICE = frozenset(
    {
        Framework.JAR,
        Framework.APA,
        Framework.ANNUAL_RATING,
        Framework.SLAC,
        Framework.CHILD_PROTECTION,
        Framework.TARGETED_LAC,
        Framework.SIF,
        Framework.ILACS,
        None,
    }
)
"""Kinds that judge the council's services as such; "overall" in a fostering inspection is of the fostering alone."""


def gather(articles: Iterable[Article], ground: Ground, council: str | None = None) -> Site:
    """The site that these articles and the record make, or the part of it that is about one `council`.

    Of a part, articles that do not name the council only help to tell which inspection is which. "" is the part of the
    articles that are about none. Raises Problems where an article names an authority that the register does not have.
    """
    register, labels, publication = ground.register, ground.labels, ground.publication
    given = sorted(articles, key=lambda article: article.slug)
    _must_be_known(given, register)
    rights = {each.slug: publication.rights_of(each.metadata) for each in given if _is_of(each.metadata, council)}
    given = [shown(each, rights[each.slug]) if each.slug in rights else each for each in given]
    articles = [each for each in given if each.slug in rights]
    named = {inspection.authority for article in articles for inspection in article.metadata.inspections}
    outcomes = (
        register.outcomes
        if council is None
        else [each for slug in sorted({council, *named}) for each in register.outcomes_of.get(slug, ())]
    )
    clusters = sorted(merging.collect(outcomes, given), key=_cluster_order)
    ids = merging.ids(clusters[::-1])[::-1]
    article_entries = _article_entries(articles, rights, clusters, ids, register, labels)
    when = {id: cluster.when for id, cluster in zip(ids, clusters, strict=True)}
    findings = {slug: _findings(entry, when) for slug, entry in article_entries.items()}
    quotes = {slug: _quotes(entry, when) for slug, entry in article_entries.items()}
    witnesses = {slug: _witness(entry, labels) for slug, entry in article_entries.items()}
    inspections = tuple(
        _inspection_entry(id, cluster, witnesses, findings, quotes, register, labels)
        for id, cluster in zip(ids, clusters, strict=True)
        if council in (None, cluster.authority) or any(each.article.slug in rights for each in cluster.told)
    )
    ordered = tuple(sorted(article_entries.values(), key=_article_order))
    about = [each for each in register.authorities if council is None or each.slug == council]
    authorities = _authorities(about, inspections, ordered, findings, quotes, labels)
    latest, earlier = _judgements(authorities)
    return Site(
        publication=publication,
        labels=labels,
        register=register,
        articles=ordered,
        authorities=authorities,
        inspections=inspections,
        findings=tuple(each for entry in ordered for each in findings[entry.slug]),
        quotes=tuple(each for entry in ordered for each in quotes[entry.slug]),
        themes=_themes(ordered, inspections, findings, labels),
        regions=_regions(authorities),
        changes=_changes(authorities, labels),
        latest=latest,
        earlier=earlier,
        record_as_of=ground.record_as_of,
        authority={each.slug: each for each in authorities},
        inspection={each.id: each for each in inspections},
        article={each.slug: each for each in ordered},
    )


def _is_of(metadata: Metadata, council: str | None) -> bool:
    """True for an article that stands in the part about the council. One that is about none may still name some."""
    if council == "":
        return not metadata.authority and not metadata.authorities
    return council is None or council in metadata.named


def in_outline(entry: AuthorityEntry, labels: Labels) -> AuthorityEntry:
    """The authority with its inspections and grades alone, as the pages that need no article show it."""
    inspections = tuple(map(in_brief, entry.inspections))
    by_area = _by_area(inspections, labels)
    latest = {area: grades[-1] for area, grades in by_area.items()}
    return replace(entry, inspections=inspections, articles=(), latest=latest, by_area=by_area, findings=(), quotes=())


def latest_alone(entry: AuthorityEntry) -> AuthorityEntry:
    """The authority with its latest grades, to stand beside another."""
    latest = {area: replace(grade, claims=()) for area, grade in entry.latest.items()}
    return replace(
        entry, inspections=(), articles=(), articles_held=0, latest=latest, by_area={}, findings=(), quotes=()
    )


def nation(authorities: Iterable[AuthorityEntry], ground: Ground) -> Site:
    """The site of these authorities without articles."""
    ordered = tuple(sorted(authorities, key=lambda entry: entry.authority.name))
    inspections = tuple(sorted((each for entry in ordered for each in entry.inspections), key=_listed_order))
    latest, earlier = _judgements(ordered)
    return Site(
        publication=ground.publication,
        labels=ground.labels,
        record_as_of=ground.record_as_of,
        register=ground.register,
        articles=(),
        authorities=ordered,
        inspections=inspections,
        findings=(),
        quotes=(),
        themes=(),
        regions=_regions(ordered),
        changes=_changes(ordered, ground.labels),
        latest=latest,
        earlier=earlier,
        authority={each.slug: each for each in ordered},
        inspection={each.id: each for each in inspections},
        article={},
    )


def _listed_order(entry: InspectionEntry) -> tuple[int, str, str, str]:
    return (newest_first(entry.when), entry.authority.slug, entry.framework or "", str(entry.ordinal or ""))


def _must_be_known(articles: Sequence[Article], register: Register) -> None:
    problems = []
    for article in articles:
        problems += [
            Problem(
                where=f"content/articles/{article.slug}.md",
                line=0,
                column=0,
                code="authority",
                message=f'"{slug}" is not in content/register/authorities.csv; write the short name that stands there',
            )
            for slug in sorted(article.metadata.named - register.by_slug.keys())
        ]
    if problems:
        raise Problems(problems)


# Inspections


def _cluster_order(cluster: Cluster) -> tuple[int, str, str, str]:
    """Newest first, then by authority."""
    return (newest_first(cluster.when), cluster.authority, cluster.framework or "", str(cluster.ordinal or ""))


def newest_first(when: Date | None) -> int:
    """The key that puts the newest first and what has no year last."""
    return -(when.latest or date.min).toordinal() if when else 0


def _inspection_entry(
    id: str,
    cluster: Cluster,
    witnesses: Mapping[str, Witness],
    findings: Mapping[str, tuple[FindingEntry, ...]],
    quotes: Mapping[str, tuple[QuoteEntry, ...]],
    register: Register,
    labels: Labels,
) -> InspectionEntry:
    told = (each for each in cluster.told if each.article.slug in witnesses)
    tellings = tuple(Telling(witnesses[each.article.slug], each.inspection) for each in told)
    outcome = cluster.outcome
    authority = register.by_slug[cluster.authority]
    on_site = dates.span_in_words(cluster.started, cluster.ended)
    said = on_site or (f"report of {dates.in_words(cluster.published)}" if cluster.published else "date not stated")
    recorded = dict(outcome.grades) if outcome else {}
    linked = (each.article.report_url for each in tellings if each.inspection.role is Role.SUBJECT)
    report_url = (outcome and outcome.report_url) or next(filter(None, linked), None)
    claims: dict[Area, list[Claim]] = defaultdict(list)
    for telling in tellings:
        for judgement in telling.inspection.judgements:
            claims[judgement.area].append(
                Claim(telling.article, judgement.grade, telling.inspection.role, judgement.evidence)
            )
    grades = tuple(
        GradeEntry(
            authority=authority,
            inspection=id,
            area=area,
            grade=recorded.get(area) or claims[area][0].grade,
            framework=cluster.framework,
            when=cluster.when,
            dates=said,
            in_record=area in recorded,
            report_url=report_url,
            claims=tuple(claims[area]) if area in claims else (),
        )
        for area in labels.areas
        if area in recorded or area in claims
    )
    slugs = list(dict.fromkeys(each.article.slug for each in tellings))
    return InspectionEntry(
        id=id,
        authority=authority,
        framework=cluster.framework,
        started=cluster.started,
        ended=cluster.ended,
        published=cluster.published,
        kind=outcome.kind if outcome else None,
        ordinal=cluster.ordinal,
        theme=outcome.theme if outcome else None,
        focus=tuple(dict.fromkeys(theme for each in tellings for theme in each.inspection.focus)),
        outcome=outcome,
        report_url=report_url,
        tellings=tellings,
        grades=grades,
        tallies=tuple((each.article, tally) for each in tellings for tally in each.inspection.tallies),
        findings=tuple(each for slug in slugs for each in findings[slug] if each.inspection == id),
        quotes=tuple(each for slug in slugs for each in quotes[slug] if each.inspection == id),
    )


# Articles


def _article_order(entry: ArticleEntry) -> tuple[int, str]:
    return (newest_first(entry.published), entry.slug)


def _article_entries(
    articles: Sequence[Article],
    rights: Mapping[str, Rights],
    clusters: Sequence[Cluster],
    ids: Sequence[str],
    register: Register,
    labels: Labels,
) -> dict[str, ArticleEntry]:
    told = {
        (each.article.slug, each.number): (id, cluster)
        for id, cluster in zip(ids, clusters, strict=True)
        for each in cluster.told
    }
    entries = {}
    for article in articles:
        metadata = article.metadata
        own = [told[article.slug, number] for number in range(len(metadata.inspections))]
        slugs = dict.fromkeys([metadata.authority, *metadata.authorities])
        authorities = tuple(register.by_slug[slug] for slug in slugs if slug)
        entries[article.slug] = ArticleEntry(
            article=article,
            rights=rights[article.slug],
            title=metadata.title or made_title(article, authorities, own[0][1] if own else None, labels),
            title_is_ours=metadata.title is None,
            authority=authorities[0] if authorities else None,
            authorities=authorities,
            inspections=tuple(id for id, _ in own),
            proofs=proofs(article),
            published=metadata.published,
        )
    return entries


def _witness(entry: ArticleEntry, labels: Labels) -> Witness:
    metadata = entry.article.metadata
    return Witness(entry.slug, called(entry, labels), entry.published, metadata.report_url, entry.proofs)


def proofs(article: Article) -> dict[tuple[str, ...], Proof]:
    """The words of every inspection, judgement and tally of the article, each with an anchor.

    An anchor is named by the first fact that its words prove, `e-leadership-inadequate`, so that links to it last when
    more is read from the article.
    """
    named: dict[tuple[str, ...], str] = {}
    for inspection in article.metadata.inspections:
        facts = [(inspection.evidence, f"e-{inspection.framework or 'inspection'}")]
        facts += [(each.evidence, f"e-{each.area}-{each.grade}") for each in inspection.judgements]
        facts += [(each.evidence, f"e-{each.area}-tally") for each in inspection.tallies]
        for words, name in facts:
            if words:
                named.setdefault(words, name)
    anchors = urls.anchors(named.values())
    return {words: Proof(anchor, words) for words, anchor in zip(named, anchors, strict=True)}


def made_title(article: Article, authorities: Sequence[Authority], about: Cluster | None, labels: Labels) -> str:
    """A title from the article's facts: `Tameside: single inspection, autumn 2016`."""
    place = " and ".join(each.name for each in authorities[:2]) or "Children’s services"
    if about is None:
        return place + (
            f": article of {dates.in_words(article.metadata.published)}" if article.metadata.published else ""
        )
    return title_from_facts(place, about.framework, about.started, about.ended, about.published, labels)


def _subject(entry: ArticleEntry, when: Mapping[str, Date | None]) -> tuple[str | None, Date | None]:
    """The inspection that the article is about and its date; None where it is about several or none."""
    if len(entry.subjects) != 1:
        return None, entry.published
    return entry.subjects[0], when[entry.subjects[0]] or entry.published


def _findings(entry: ArticleEntry, dated: Mapping[str, Date | None]) -> tuple[FindingEntry, ...]:
    inspection, when = _subject(entry, dated)
    held = entry.article.metadata.findings
    return tuple(
        FindingEntry(entry.slug, finding, anchor, inspection, entry.authority, when)
        for anchor, finding in zip(urls.anchors_of_words("f", (each.text for each in held)), held, strict=True)
    )


def _quotes(entry: ArticleEntry, dated: Mapping[str, Date | None]) -> tuple[QuoteEntry, ...]:
    """What people said bears the article's date or none; they may have spoken long after the inspection."""
    inspection, _ = _subject(entry, dated)
    held = entry.article.metadata.quotes
    return tuple(
        QuoteEntry(entry.slug, quote, anchor, inspection, entry.authority, entry.published)
        for anchor, quote in zip(urls.anchors_of_words("q", (each.text for each in held)), held, strict=True)
    )


# Groups


def _authorities(
    about: Iterable[Authority],
    inspections: Sequence[InspectionEntry],
    articles: Sequence[ArticleEntry],
    findings: Mapping[str, tuple[FindingEntry, ...]],
    quotes: Mapping[str, tuple[QuoteEntry, ...]],
    labels: Labels,
) -> tuple[AuthorityEntry, ...]:
    inspected: dict[str, list[InspectionEntry]] = defaultdict(list)
    for inspection in inspections:
        inspected[inspection.authority.slug].append(inspection)
    written: dict[str, list[ArticleEntry]] = defaultdict(list)
    for article in articles:
        for authority in article.authorities:
            written[authority.slug].append(article)
    entries = []
    for authority in sorted(about, key=lambda authority: authority.name):
        own = tuple(inspected[authority.slug])
        held = [each for each in written[authority.slug] if each.authority is authority]
        by_area = _by_area(own, labels)
        entries.append(
            AuthorityEntry(
                authority=authority,
                inspections=own,
                articles=tuple(written[authority.slug]),
                articles_held=len(written[authority.slug]),
                latest={area: grades[-1] for area, grades in by_area.items()},
                by_area=by_area,
                findings=_newest(each for article in held for each in findings[article.slug]),
                quotes=tuple(each for article in held for each in quotes[article.slug]),
            )
        )
    return tuple(entries)


def finding_order(entry: FindingEntry) -> tuple[int, str]:
    """Newest first, those of one article together."""
    return (newest_first(entry.when), entry.article)


def inspection_order(entry: InspectionEntry) -> tuple[int, str]:
    """Newest first, then by name."""
    return (newest_first(entry.when), entry.id)


def in_brief(entry: InspectionEntry) -> InspectionEntry:
    """The inspection without what articles say of it, as lists and counts need it."""
    grades = tuple(replace(grade, claims=()) for grade in entry.grades)
    return replace(entry, tellings=(), grades=grades, tallies=(), findings=(), quotes=())


def _newest(findings: Iterable[FindingEntry]) -> tuple[FindingEntry, ...]:
    return tuple(sorted(findings, key=finding_order))


def _by_area(inspections: Sequence[InspectionEntry], labels: Labels) -> dict[Area, tuple[GradeEntry, ...]]:
    """Oldest first; a grade whose year is not known comes before all others and so is never the latest of several."""
    grades: dict[Area, list[GradeEntry]] = {area: [] for area in labels.areas}
    for inspection in inspections:
        if inspection.framework in WHOLE_SERVICE:
            for grade in inspection.grades:
                grades[grade.area].append(grade)
    return {area: tuple(reversed(held)) for area, held in grades.items() if held}


def _judgements(
    authorities: Sequence[AuthorityEntry],
) -> tuple[dict[tuple[Grade, Area], tuple[GradeEntry, ...]], dict[tuple[Grade, Area], tuple[GradeEntry, ...]]]:
    latest: dict[tuple[Grade, Area], list[GradeEntry]] = defaultdict(list)
    earlier: dict[tuple[Grade, Area], list[GradeEntry]] = defaultdict(list)
    for entry in authorities:
        for inspection in entry.inspections:
            for grade in inspection.grades:
                newest = entry.current and grade is entry.latest.get(grade.area)
                (latest if newest else earlier)[grade.grade, grade.area].append(grade)
    for held in earlier.values():
        held.sort(key=lambda each: (newest_first(each.when), each.authority.name))
    return {key: tuple(held) for key, held in latest.items()}, {key: tuple(held) for key, held in earlier.items()}


def _changes(authorities: Sequence[AuthorityEntry], labels: Labels) -> tuple[Change, ...]:
    changes = [
        Change(entry.authority, area, before, after, labels.levels[after.grade] > labels.levels[before.grade])
        for entry in authorities
        if entry.current
        for area, grades in entry.by_area.items()
        for before, after in pairwise(grades)
        if labels.levels[before.grade] != labels.levels[after.grade] and before.when and before.when.year
    ]
    return tuple(sorted(changes, key=lambda each: (newest_first(each.after.when), each.authority.name)))


def _themes(
    articles: Sequence[ArticleEntry],
    inspections: Sequence[InspectionEntry],
    findings: Mapping[str, tuple[FindingEntry, ...]],
    labels: Labels,
) -> tuple[ThemeEntry, ...]:
    about: dict[Theme, list[ArticleEntry]] = defaultdict(list)
    found: dict[Theme, list[FindingEntry]] = defaultdict(list)
    looked: dict[Theme, list[InspectionEntry]] = defaultdict(list)
    for article in articles:
        for theme in dict.fromkeys(article.article.metadata.themes):
            about[theme].append(article)
        for finding in findings[article.slug]:
            for theme in dict.fromkeys(finding.finding.themes):
                found[theme].append(finding)
    for inspection in inspections:
        for theme in inspection.focus:
            looked[theme].append(inspection)
    return tuple(
        ThemeEntry(theme, tuple(about[theme]), _newest(found[theme]), tuple(looked[theme])) for theme in labels.themes
    )


def _regions(authorities: Sequence[AuthorityEntry]) -> tuple[RegionEntry, ...]:
    within: dict[Region, list[AuthorityEntry]] = {region: [] for region in Region}
    for entry in authorities:
        within[entry.authority.region].append(entry)
    return tuple(RegionEntry(region, tuple(entries)) for region, entries in within.items())
