"""Decides which inspections, as the record and the articles tell of them, are one and the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from site_builder.edtf import Date
from site_builder.model import Article, Framework, Grade, Inspection, Metadata, Outcome, Register, Role

# Reports appear five to eighteen weeks after inspectors leave; letters about visits sooner.
REPORT_FOLLOWS_WITHIN = timedelta(days=150)
# A newspaper writes on the day of the report or in the weeks after it; a council's notice may be a few days early.
NEWS_FOLLOWS_WITHIN = timedelta(days=75)
NEWS_COMES_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells of one inspection."""

    article: Article
    number: int
    """The inspection's place among the article's, from 0."""
    inspection: Inspection


@dataclass(slots=True)
class Cluster:
    """One inspection while its accounts are being collected; `gather` turns it into an `InspectionEntry`."""

    authority: str
    key: str | None = None
    """The record's key, where the record has the inspection."""
    outcome: Outcome | None = None
    told: list[Told] = field(default_factory=list)

    @property
    def framework(self) -> Framework | None:
        """The kind of inspection, as the record or the first article that says it has it."""
        if self.outcome:
            return self.outcome.framework
        return next((each.inspection.framework for each in self.told if each.inspection.framework), None)

    @property
    def ordinal(self) -> int | None:
        """6 for "the sixth monitoring visit", where an article says so."""
        return next((each.inspection.ordinal for each in self.told if each.inspection.ordinal), None)

    @property
    def started(self) -> Date | None:
        """First day on site, as exactly as anyone says."""
        return (self.outcome and self.outcome.started) or most_exact(each.inspection.started for each in self.told)

    @property
    def ended(self) -> Date | None:
        """Last day on site, as exactly as anyone says; not one before the first day, which another account may have."""
        if self.outcome and self.outcome.ended:
            return self.outcome.ended
        first = self.started and self.started.earliest
        told = (each.inspection.ended for each in self.told)
        return most_exact(each for each in told if each and not (first and each.latest and each.latest < first))

    @property
    def published(self) -> Date | None:
        """The day of the report, as exactly as anyone says."""
        own = self.outcome and self.outcome.published
        return own or most_exact(each.inspection.report_published for each in self.told)

    @property
    def when(self) -> Date | None:
        """The day by which it is known: its first, else its last, else its report's."""
        return self.started or self.ended or self.published

    @property
    def grades(self) -> dict[str, Grade]:
        """Grades by area: the record's, else the first article's."""
        if self.outcome and self.outcome.grades:
            return dict(self.outcome.grades)
        return {each.area: each.grade for told in reversed(self.told) for each in told.inspection.judgements}


def most_exact(dates: Iterable[Date | None]) -> Date | None:
    """The date that leaves least open; the first of several."""
    return max((each for each in dates if each), key=_exactness, default=None)


def keys(outcomes: Iterable[Outcome]) -> dict[str, Outcome]:
    """The record's inspections by their keys, such as `tameside-sif-2016-09`: authority, kind and month.

    `outcomes` stand oldest first. No article changes a key: it names the inspection in front matter and its page.
    """
    clusters = [Cluster(outcome.authority, outcome=outcome) for outcome in outcomes]
    return {name: each.outcome for name, each in zip(_names(clusters, ()), clusters, strict=True) if each.outcome}


def ids(clusters: Sequence[Cluster]) -> list[str]:
    """A name for each inspection, which its page has as address: its key in the record, else one of that form.

    `clusters` stand oldest first, so that a new inspection renames none.
    """
    taken = {each.key for each in clusters if each.key}
    others = iter(_names([each for each in clusters if not each.key], taken))
    return [each.key or next(others) for each in clusters]


def _names(clusters: Sequence[Cluster], taken: Collection[str]) -> list[str]:
    """The day is added where two of a kind fell into one month, then a number."""
    month = [_name(each, 7) for each in clusters]
    many, used = Counter((*month, *taken)), Counter(taken)
    names = []
    for short, each in zip(month, clusters, strict=True):
        name = _name(each, 10) if many[short] > 1 else short
        used[name] += 1
        names.append(name if used[name] == 1 else f"{name}-{used[name]}")
    return names


def _name(cluster: Cluster, length: int) -> str:
    dated = str(cluster.when).rstrip("~")[:length].lower() if cluster.when else "undated"
    return f"{cluster.authority}-{cluster.framework or 'inspection'}-{dated}"


def matched(metadata: Metadata, register: Register) -> Metadata:
    """`metadata` with the record's key at each of its inspections that the record has; what it says stays.

    An inspection has no key where no outcome agrees in authority, kind and dates, or more than one does.
    """
    inspected = dict.fromkeys(inspection.authority for inspection in metadata.inspections)
    known = [outcome for slug in inspected for outcome in register.outcomes_of.get(slug, ())]
    found = {
        told.number: cluster.key for cluster in collect(known, [Article("", metadata, "")]) for told in cluster.told
    }
    marked = (replace(each, record=found[number]) for number, each in enumerate(metadata.inspections))
    return replace(metadata, inspections=tuple(marked))


def collect(outcomes: Sequence[Outcome], articles: Sequence[Article]) -> list[Cluster]:
    """Every inspection once, with all that is told of it.

    `outcomes` and `articles` are in a fixed order; the result depends on nothing else. An account joins the inspection
    that its `record` names; else one with which authority, framework and dates agree, if no second would do as well.
    """
    clusters: dict[str, list[Cluster]] = {}
    for key, outcome in keys(outcomes).items():
        clusters.setdefault(outcome.authority, []).append(Cluster(outcome.authority, key, outcome))
    told = [
        Told(article, number, inspection)
        for article in articles
        for number, inspection in enumerate(article.metadata.inspections)
    ]
    for each in sorted(told, key=_most_telling_first):
        known = clusters.setdefault(each.inspection.authority, [])
        if same := _recorded(each, known) or _the_same(each, known):
            same.told.append(each)
        else:
            known.append(Cluster(each.inspection.authority, told=[each]))
    return [cluster for known in clusters.values() for cluster in known]


def _recorded(told: Told, known: Sequence[Cluster]) -> Cluster | None:
    key = told.inspection.record
    return next((each for each in known if key and each.key == key), None)


def _most_telling_first(told: Told) -> tuple[bool, bool, int, str, int]:
    """Subjects before recaps, known kinds and exact dates before vague ones: the vague then have something to join."""
    inspection = told.inspection
    exact = most_exact((inspection.started, inspection.ended, inspection.report_published))
    return (
        inspection.role is not Role.SUBJECT,
        inspection.framework is None,
        -_exactness(exact) if exact else 0,
        told.article.slug,
        told.number,
    )


def _the_same(told: Told, known: Sequence[Cluster]) -> Cluster | None:
    fitting = [each for each in known if _fits(told, each)]
    if len(fitting) > 1 and told.inspection.judgements:
        fitting = [each for each in fitting if each.grades] or fitting
    if len(fitting) > 1:
        fitting = [each for each in fitting if _agreed(told.inspection, each)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(told: Told, known: Cluster) -> bool:
    mine = told.inspection
    if mine.framework and known.framework and mine.framework is not known.framework:
        return False
    if mine.ordinal and known.ordinal and mine.ordinal != known.ordinal:
        return False
    if any(each.article is told.article for each in known.told):
        return False  # an article tells of each of its inspections once
    if mine.framework is None and mine.judgements and not _agreed(mine, known):
        return False
    if not (mine.started or mine.ended or mine.report_published):
        return _undated_fits(told, known)
    return _dates_agree(mine, known)


def _agreed(mine: Inspection, known: Cluster) -> bool:
    """No grade contradicts, and where both give grades one at least is the same."""
    theirs = known.grades
    shared = [each for each in mine.judgements if each.area in theirs]
    if mine.judgements and not shared:
        return False
    return all(theirs[each.area] is each.grade for each in shared)


def _undated_fits(told: Told, known: Cluster) -> bool:
    """Without dates of its own an account joins what was published shortly before the article, or its like."""
    mine, written = told.inspection, told.article.metadata.published
    if mine.role is Role.SUBJECT and written and written.month and known.published and known.published.day:
        earliest, latest, day = written.earliest, written.latest, known.published.earliest
        if earliest and latest and day and (mine.framework or mine.judgements):
            return earliest - NEWS_FOLLOWS_WITHIN <= day <= latest + NEWS_COMES_BEFORE
    undated = not (known.started or known.ended or known.published)
    return undated and mine.role is Role.PREVIOUS and mine.framework is known.framework and _agreed(mine, known)


def _dates_agree(mine: Inspection, known: Cluster) -> bool:
    site, their_site = _stretch(mine.started, mine.ended), _stretch(known.started, known.ended)
    report, their_report = _stretch(mine.report_published), _stretch(known.published)
    if site and their_site:
        return _overlap(site, their_site)
    if report and their_report:
        return _overlap(report, their_report)
    if site and their_report:
        return _follows(site, their_report)
    if report and their_site:
        return _follows(their_site, report)
    return _yearless_agree(mine, known)


def _yearless_agree(mine: Inspection, known: Cluster) -> bool:
    """`XXXX-09-26` agrees with a record of 26 September of any year, if it is the only one."""
    pairs = ((mine.started, known.started), (mine.ended, known.ended), (mine.report_published, known.published))
    both = [(one, other) for one, other in pairs if one and other]
    return bool(both) and all(one.agrees_with(other) for one, other in both)


Stretch = tuple[date, date]


def _stretch(first: Date | None, last: Date | None = None) -> Stretch | None:
    """The days that a date or two can mean, or None where no year is known."""
    start, end = first or last, last or first
    if start and end and start.earliest and end.latest:
        return start.earliest, max(start.earliest, end.latest)
    return None


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _follows(site: Stretch, report: Stretch) -> bool:
    return site[0] <= report[1] and report[0] <= site[1] + REPORT_FOLLOWS_WITHIN


def _exactness(date: Date) -> int:
    return 4 * (date.year is not None) + 2 * (date.month is not None) + (date.day is not None)
