"""Which inspections a text tells of, and which dates, grades and counts belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from site_builder.edtf import Date
from site_builder.extraction import frameworks, standing
from site_builder.extraction.claims import Claim
from site_builder.extraction.dates import Days, settled
from site_builder.extraction.focus import focus
from site_builder.extraction.judgements import claims
from site_builder.extraction.mentions import named_in
from site_builder.extraction.occasions import Occasion, Reading, act_on, occasions, role_at, when_behind
from site_builder.extraction.ordinals import Numbered, earlier_visits, numbered
from site_builder.extraction.shapes import Shape, shapes
from site_builder.extraction.tallies import Counted, counted, half_before
from site_builder.extraction.voices import Speech
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import Act, Hint
from site_builder.model import Area, Framework, Grade, Inspection, Judgement, Role, Tally, Theme
from site_builder.text.document import Document, Fact, Mention, Sentence, Span


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A fact that the text seems to state and that failed a check."""

    value: str
    evidence: tuple[Span, ...]
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inspections:
    """The inspections of a text and what was kept out of them."""

    facts: tuple[Fact[Inspection], ...]
    """Subjects first, then earlier ones, the newest first."""
    judgements: tuple[Fact[Judgement], ...]
    """Each judgement of `facts` with the rule that read it."""
    kept_out: tuple[KeptOut, ...]


def read_inspections(
    document: Document,
    published: Date | None,
    authorities: tuple[str, ...],
    places: tuple[Mention[str], ...],
    dates: tuple[Mention[Days], ...],
    themes: tuple[Mention[Theme], ...],
    speech: Speech,
    lexicon: Lexicon,
) -> Inspections:
    """The inspections of `authorities` that the text tells of, subjects first, and what failed a check."""
    if not authorities:
        return Inspections((), (), ())
    told = shapes(document, places, settled(document, dates, published), lexicon)
    readings = [Reading(each.sentence, lexicon) for each in told]
    read = claims(document, told, speech)
    kept = [claim for claim in read if not claim.kept_out or _of_them_all(claim, told, authorities, lexicon)]
    names = frameworks.named(told, lexicon)
    clues = frameworks.clues_in(told, lexicon)
    owners = _owners(told, authorities)
    happened = occasions(told, readings)
    newest = max((int(day.year) for each in happened if (day := each.days.last).year), default=None)
    ordinals = numbered(told, readings, lexicon)
    text = _Text(document, told, readings, _by_sentence(names), earlier_visits(ordinals), published, lexicon)
    tallies = counted(document, told, kept, lexicon.cardinals)

    found: list[_Event] = []
    counting = set(kept)
    out = [KeptOut(_shown(claim), (claim.span,), claim.rule, claim.kept_out) for claim in read if claim not in counting]
    for slug in authorities:
        mine = [claim for claim in kept if slug in _claimed(claim, told, owners, authorities)]
        when = [each for each in happened if slug in _happened_to(each, told, owners, authorities, lexicon)]
        dated = _subject_dates(when, text)
        on_site = dated.started or dated.ended
        judged = _judged_on(when)
        known = next(
            (each for each in (on_site, dated.report) if each and each.year), published or (None if on_site else judged)
        )
        fresh = [
            claim
            for claim in mine
            if not _long_ago(_dates_of(claim, text), known) and not _dates_of_it(claim, when, text)
        ]
        framework = frameworks.of_subject(
            document,
            told,
            readings,
            names,
            clues,
            fresh,
            known,
            known is not None and known == on_site,
            newest,
            lexicon,
        )
        events, dropped = _events(slug, framework, dated, known, mine, when, ordinals, text)
        found += events
        out += dropped
    subjects = _of_one_kind([event for event in found if event.role is Role.SUBJECT])
    earlier = [event for event in found if event.role is Role.PREVIOUS]
    whole = [
        _with_focus(event, document, told, readings, themes, owners, lexicon)
        if event.framework in frameworks.VISITS
        else event
        for event in subjects
    ]
    whole = [_with_tallies(event, tallies, owners) for event in whole]
    made = [
        fact
        for event in [*whole, *earlier]
        if (fact := _fact(document, event, [each.sentence for each in told])).evidence
    ]
    judgements = tuple(
        Fact(Judgement(each.area, each.grade, (document.words(each.span),)), (each.span,), each.rule)
        for event in [*whole, *earlier]
        for each in event.grades
    )
    return Inspections(tuple(made), judgements, tuple(dict.fromkeys(out)))


def _of_one_kind(subjects: Sequence[_Event]) -> list[_Event]:
    """A round-up is of one kind of inspection: what settles it for one council settles it for all."""
    kinds = {event.framework for event in subjects if event.framework}
    return [
        replace(event, framework=event.framework or next(iter(kinds))) if len(kinds) == 1 else event
        for event in subjects
    ]


def _by_sentence(names: Sequence[tuple[int, Mention[Framework]]]) -> dict[int, list[Mention[Framework]]]:
    found: dict[int, list[Mention[Framework]]] = {}
    for place, mention in names:
        found.setdefault(place, []).append(mention)
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """What every step reads of one article."""

    document: Document
    told: Sequence[Shape]
    readings: Sequence[Reading]
    names: Mapping[int, Sequence[Mention[Framework]]]
    """The names of kinds of inspection in each sentence that has some."""
    earlier_visits: Mapping[int, int]
    """The sentences that number a visit before the one the article is about, with its number."""
    published: Date | None
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class _Graded:
    """One grade of one area, with the words that state it."""

    area: Area
    grade: Grade
    span: Span
    rule: str
    sure: int
    """Higher where the words are plainer; decides between two grades of one area."""


@dataclass(frozen=True, slots=True)
class _Dates:
    """The dates of one inspection with the words that name them."""

    started: Date | None = None
    ended: Date | None = None
    report: Date | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Event:
    """An inspection in the making."""

    authority: str
    role: Role
    framework: Framework | None = None
    dates: _Dates = _Dates()
    ordinal: int | None = None
    grades: tuple[_Graded, ...] = ()
    tallies: tuple[Counted, ...] = ()
    focus: tuple[Theme, ...] = ()
    spans: tuple[Span, ...] = ()


# Whose grade and whose date: the authority.


def _owners(told: Sequence[Shape], authorities: tuple[str, ...]) -> list[tuple[str, ...]]:
    """For each sentence the authorities it is about: those it names, else those of the sentence before."""
    if len(authorities) == 1:
        return [authorities] * len(told)
    owners: list[tuple[str, ...]] = []
    for each in told:
        named = [str(item.value) for item in each.items if item.letter == "L" and item.value in authorities]
        owners.append(tuple(dict.fromkeys(named)) or (owners[-1] if owners else authorities))
    return owners


def _of_them_all(claim: Claim, told: Sequence[Shape], authorities: tuple[str, ...], lexicon: Lexicon) -> bool:
    """“Three councils’ children’s services are ‘good’”, in an article about three councils."""
    if claim.kept_out != standing.AT_LARGE or len(authorities) < 2:
        return False
    words = [token.fold for token in told[claim.place].sentence.tokens]
    return any(lexicon.cardinals.get(word) == len(authorities) for word in words)


def _claimed(
    claim: Claim, told: Sequence[Shape], owners: Sequence[tuple[str, ...]], authorities: tuple[str, ...]
) -> tuple[str, ...]:
    """The authorities that got the grade; none where the claim is of another."""
    if claim.kept_out:
        return authorities
    if claim.authorities:
        return tuple(slug for slug in claim.authorities if slug in authorities)
    if len(authorities) == 1:
        before = [item for item in told[claim.place].items if item.letter == "L" and item.span.end <= claim.at.start]
        named = {item.value for item in before}
        return authorities if not named or named & set(authorities) else ()  # “Its neighbour was rated good”
    behind = [str(item.value) for item in told[claim.place].items if item.letter == "L"]
    if claim.together or not behind:
        return owners[claim.place] if claim.together or len(owners[claim.place]) == 1 else ()
    return owners[claim.place] if len(owners[claim.place]) == 1 else ()


_ALL_OF_THEM = re.compile("[CUp]|^d[bhg]")


def _judged_on(when: Sequence[Occasion]) -> Date | None:
    """The newest day on which a grade was given: the subject's, where no other date of it is known."""
    days = [
        each.days.last
        for each in when
        if each.act is Act.JUDGED and each.role is not Role.PREVIOUS and each.days.last.year
    ]
    return max(days, key=lambda day: day.latest or date.min, default=None)


def _happened_to(
    occasion: Occasion,
    told: Sequence[Shape],
    owners: Sequence[tuple[str, ...]],
    authorities: tuple[str, ...],
    lexicon: Lexicon,
) -> tuple[str, ...]:
    """The authorities to which something happened on a date."""
    letters = told[occasion.place].letters
    elsewhere = [
        item.value for item in told[occasion.place].items if item.letter == "L" and item.span.end <= occasion.span.start
    ]
    if elsewhere and not set(elsewhere) & set(authorities):  # “Its neighbour was inspected in 2024”
        return ()
    if len(authorities) > 1 and "L" not in letters:
        several = "C" in letters or any(named_in(told[occasion.place].sentence, lexicon.together))
        if occasion.act is Act.PUBLISHED or several:
            return authorities
    return owners[occasion.place]


# Dates.

_LONG_BEFORE = timedelta(days=500)
"""An article this long after a date is not about the inspection of that date."""


def _subject_dates(when: Sequence[Occasion], text: _Text) -> _Dates:
    """The days of the inspection that the article is about, and of its report."""
    newest = max(
        (
            each.days.last.year
            for each in when
            if each.days.last.year and each.act in (Act.INSPECTED, Act.FULL) and each.role is not Role.PREVIOUS
        ),
        default=0,
    )
    visits = [each for each in when if each.act in (Act.INSPECTED, Act.FULL) and _may_be_subject(each, text, newest)]
    reports = [
        each
        for each in when
        if each.act is Act.PUBLISHED
        and each.days.first.month
        and _may_be_subject(each, text, newest)
        and (each.days.first != text.published or re.search("[OVN]", text.told[each.place].letters))
    ]
    best = _plainest(visits)
    report = min(reports, key=lambda each: (-_detail(each.days.first), each.place), default=None)
    dates = _on_site(best, visits) if best else _Dates()
    if report and report.days.first.year and dates.started and dates.started.year is None:
        dates = _last_before(dates, report.days.first)
    if report and (best is None or not _before(report.days.last, best.days.first)):
        day = _next_after(report.days.first, dates.ended)
        dates = replace(dates, report=day, spans=(*dates.spans, report.span))
    return dates


def _last_before(dates: _Dates, report: Date) -> _Dates:
    """An inspection's days without their year are the last such days before its report."""
    started, ended = dates.started, dates.ended
    if started is None or ended is None or report.year is None:
        return dates
    year = report.year - _before(report, ended.with_year(report.year))
    return replace(dates, started=started.with_year(year), ended=ended.with_year(year))


def _next_after(day: Date, on_site: Date | None) -> Date:
    """A report's day without its year is the next such day after the inspection."""
    if day.year or not (on_site and on_site.year and on_site.latest):
        return day
    same = day.with_year(on_site.year)
    return same if same.latest and same.latest >= on_site.latest else day.with_year(on_site.year + 1)


def _plainest(visits: Sequence[Occasion]) -> Occasion | None:
    """The first that the words tie to the subject, else the first; as exact as the text says it elsewhere."""
    first = min(visits, key=lambda each: (each.role is not Role.SUBJECT, each.days.first.month is None), default=None)
    if first is None:
        return None
    same = [each for each in visits if each.days.first.agrees_with(first.days.first)]
    return max(same, key=lambda each: _detail(each.days.first))


def _on_site(best: Occasion, visits: Sequence[Occasion]) -> _Dates:
    """First and last day; “in July and again in September” is both months."""
    first, last = best.days.first, best.days.last
    spans: tuple[Span, ...] = (best.span,)
    again = [
        each
        for each in visits
        if each.place == best.place and each.span.start > best.span.start and _detail(each.days.first) == _detail(first)
    ]
    if again and again[0].span.start - best.span.end < 24 and again[0].days.last.year == first.year:
        last, spans = again[0].days.last, (best.span, again[0].span)
    if first.month is None:
        return _Dates(ended=last, spans=spans)
    return _Dates(first, None if best.only_starts else last, spans=spans)


def _may_be_subject(occasion: Occasion, text: _Text, newest: int) -> bool:
    if occasion.role is Role.PREVIOUS or occasion.place in text.earlier_visits:
        return False
    earliest, latest = occasion.days.first.earliest, occasion.days.last.earliest
    published = text.published.latest if text.published else None
    if earliest and latest and published:
        return published - _LONG_BEFORE <= earliest and latest <= published and occasion.days.first.month is not None
    if earliest and newest and occasion.days.first.year:
        return occasion.days.first.year >= newest and (
            occasion.days.first.month is not None or occasion.role is Role.SUBJECT
        )
    return True


def _detail(day: Date) -> int:
    return (day.year is not None) + 2 * (day.month is not None) + 4 * (day.day is not None)


def _before(one: Date, other: Date) -> bool:
    """True where `one` is certainly before `other`."""
    return bool(one.latest and other.earliest and one.latest < other.earliest)


# Events.

_OF_ONE_SERVICE = frozenset({Framework.ANNUAL_RATING, Framework.FOSTERING, Framework.ADOPTION})
"""Kinds whose earlier grade, where a text recalls one, was of the same kind."""


def _events(
    slug: str,
    framework: Framework | None,
    dates: _Dates,
    day: Date | None,
    mine: Sequence[Claim],
    when: Sequence[Occasion],
    ordinals: Sequence[Numbered],
    text: _Text,
) -> tuple[list[_Event], list[KeptOut]]:
    """The subject inspection of one authority and the earlier ones that the text recalls."""
    if framework in _ANNUAL and dates.ended is None:
        dates = _rated_year(when, dates, text.published)
        day = dates.ended or day
    outdated = _outdated(mine, day, text)
    graded: list[_Graded] = []
    earlier: list[_Event] = []
    out: list[KeptOut] = []
    for claim in mine:
        near = _dates_of(claim, text) or _dates_of_it(claim, when, text)
        if claim in outdated or _is_earlier(claim, near, framework, dates, day, text):
            earlier += _recalled(slug, claim, near, framework, day, text)
        elif reason := _off_the_scale(claim, framework, text.lexicon):
            out.append(KeptOut(_shown(claim), (claim.span,), claim.rule, reason))
        else:
            sure = 2 * claim.explicit + (role_at(text.readings[claim.place], claim.at) is Role.SUBJECT)
            half = half_before(text.told, claim.place)
            areas = _all_of_child_protection(framework, frameworks.areas_of(framework, claim.areas), claim, text)
            if framework is Framework.SLAC and areas == (Area.OVERALL,):
                areas = (half,) if half and claim.explicit else ()
            earlier += _as_before(slug, claim, areas, framework, text)
            graded += [_Graded(area, claim.grade, claim.span, claim.rule, sure) for area in areas]
    chosen, lost = _one_an_area(graded)
    out += lost
    number = (
        max((each.number for each in ordinals if not each.hoped), default=None)
        if framework in frameworks.VISITS
        else None
    )
    spans = tuple(each.span for each in ordinals if each.number == number)[:1]
    earlier += _twice(slug, framework, chosen, dates, text)
    subject = _Event(slug, Role.SUBJECT, framework, dates, number, chosen, spans=spans)
    earlier += _visited_before(slug, when, day, framework, text)
    recalled = _merged(earlier[:_MOST_EARLIER])
    return [_grounded(subject, text), *(_placed(event, text.lexicon) for event in recalled)], out


_MOST_EARLIER = 60
"""No article recalls more; a longer list is no article."""


def _outdated(mine: Sequence[Claim], day: Date | None, text: _Text) -> set[Claim]:
    """“In September 2015 Ofsted rated them inadequate. … They rated the services as requiring improvement.”

    Where nothing dates the subject, a dated grade gives way to another of the same area that has no date.
    """
    if text.published or (day and not any(_dates_of(claim, text) for claim in mine)):
        return set()
    fresh = {
        area: claim.grade
        for claim in mine
        if not _dates_of(claim, text) and role_at(text.readings[claim.place], claim.at) is not Role.PREVIOUS
        for area in claim.areas
    }
    return {
        claim
        for claim in mine
        if _dates_of(claim, text) and any(fresh.get(area, claim.grade) is not claim.grade for area in claim.areas)
    }


def _dates_of_it(claim: Claim, when: Sequence[Occasion], text: _Text) -> list[Days]:
    """“The last full inspection was in 2016. It found that everything required improvement.”: the date of "it"."""
    each = text.told[claim.place]
    before = text.told[claim.place - 1] if claim.place else None
    if before is None or each.sentence.tokens[0].fold != "it" or "D" in each.letters:
        return []
    if not _ABOUT_AN_INSPECTION.match(before.letters):
        return []
    return [other.days for other in when if other.place == claim.place - 1 and other.role is Role.PREVIOUS][:1]


_ABOUT_AN_INSPECTION = re.compile("[djx]{0,4}O[^.V]{0,12}b[^.V]{0,4}D")
"""“The last full inspection was in 2016”: the next sentence may go on about it."""


def _dates_of(claim: Claim, text: _Text) -> list[Days]:
    """The dates that stand with the grade: after it, else before it, none beyond another grade."""
    each, reading = text.told[claim.place], text.readings[claim.place]
    if claim.year:
        return [Days(Date(claim.year), Date(claim.year))]
    at = next((n for n, item in enumerate(each.items) if item.span == claim.at), None)
    if at is None:
        return []
    if _AS_IN.match(each.letters, at + 1):
        return []
    behind: list[Days] = []
    last = at
    for n in range(at + 1, len(each.items)):
        item = each.items[n]
        beyond = reading.distance(claim.at, item.span) > _DATE_BEHIND + 6 * len(behind)
        if beyond or item.letter in "GREW" or text.document.words(item.span) == "since":
            break
        if behind and n - last > _PAIR_OF_DATES + 1:
            break
        if isinstance(item.value, Days) and act_on(reading, item.span) is not Act.OTHER:
            behind.append(item.value)
            last = n
    if behind:
        return behind
    before: list[Days] = []
    nearest, past_a_grade = at, False
    for n in range(at - 1, -1, -1):
        item = each.items[n]
        if before and nearest - n > _PAIR_OF_DATES:
            break
        past_a_grade = past_a_grade or item.letter in "GREW"
        own_grade = any(other.letter in "GREW" for other in each.items[max(0, n - 2) : n])  # “inadequate in 2013 and …”
        opens = _OPENS.fullmatch(each.letters[:n])  # “In 2011 A was judged adequate and B good”
        reach = _DATE_BEFORE * (2 if opens else 1) + 6 * when_behind(each, item.span)
        if own_grade or not isinstance(item.value, Days) or reading.distance(item.span, claim.at) > reach:
            if past_a_grade and isinstance(item.value, Days):
                break
            continue
        if opens or when_behind(each, item.span) or (act_on(reading, item.span) in _HAPPENED and not past_a_grade):
            before.append(item.value)
            nearest = n
    return before[::-1]


_HAPPENED = frozenset({Act.INSPECTED, Act.JUDGED, Act.FULL})
_DATE_BEFORE, _DATE_BEHIND = 20, 14
_PAIR_OF_DATES = 3
"""“In April 2012 and May 2013”: dates this near to each other go together."""
_OPENS = re.compile("(?:.*[.sk])?[&icxj]{0,2}")
"""What stands before a date at the head of a clause: “In 2014 they were ‘good’”."""


def _is_earlier(
    claim: Claim, near: Sequence[Days], framework: Framework | None, dates: _Dates, day: Date | None, text: _Text
) -> bool:
    """True where the grade is that of an inspection before the one that the article is about."""
    if claim.earlier or framework in frameworks.UNGRADED:
        return True
    own = dates.started or dates.ended
    for days in near:
        if own and (days.first.agrees_with(own) or days.last.agrees_with(own)) and days.last.year == own.year:
            return False
        if days.last.month is None and days.last.year and own and own.year and days.last.year < own.year:
            return True
        gap = _A_WHILE if own and own.year else _YEAR_OR_SO
        if days.last.year and _months_between(days.last, own or day) > gap and days.first != dates.report:
            return True
        if own and own.year is None and days.last.year and days.first != dates.report:
            return True
    return frameworks.recalled(claim, text.readings)


_A_WHILE = 2
"""Months before the days on site that make a grade's date an earlier inspection's."""
_YEAR_OR_SO = 9
"""Months before the subject that make a date an earlier inspection's."""


def _long_ago(near: Sequence[Days], day: Date | None) -> bool:
    return any(_months_between(days.last, day) > _YEAR_OR_SO for days in near)


def _months_between(one: Date, other: Date | None) -> int:
    if one.latest is None or other is None or other.earliest is None:
        return 0
    return (other.earliest - one.latest).days // 30


_OF_ONE_SERVICE = frozenset({Framework.FOSTERING, Framework.ADOPTION})
"""Kinds whose earlier grade, where a text recalls one, was of the same kind."""


def _recalled(
    slug: str, claim: Claim, near: Sequence[Days], framework: Framework | None, day: Date | None, text: _Text
) -> list[_Event]:
    """The earlier inspections whose grade a claim recalls: one for each date beside it, or one without a date."""
    made = []
    annual = claim.rule == "performs" or any(
        mention.value is Framework.ANNUAL_RATING for mention in text.names.get(claim.place, ())
    )
    if claim.annual and not annual and framework is not Framework.ANNUAL_RATING:
        return []  # “an excellent report”
    if claim.rule == "moved_from" and "D" in text.told[claim.place].letters:
        return []  # “upgraded from inadequate to good in 2022”: recalled for where it led, not for itself
    each = text.told[claim.place]
    match = _JUDGED_AFTER.search(each.letters)
    judged, came = (each.items[match.start()].value, each.items[match.end() - 1].value) if match else (None, None)
    if isinstance(judged, Days) and isinstance(came, Days) and judged in near and _before(came.last, judged.last):
        dates = replace(_when(came), report=judged.first)
        kind = _named_near(claim.place, claim.at, came.last, text)
        graded = tuple(
            _Graded(area, claim.grade, claim.span, claim.rule, 0) for area in frameworks.areas_of(kind, claim.areas)
        )
        return [_Event(slug, Role.PREVIOUS, kind, dates, None, graded, spans=(claim.span,))]
    older: list[Days | None] = [each for each in near if not day or not day.year or _before(each.first, day)]
    for days in older or [None]:
        when = days.last if days else None
        kind = _named_near(claim.place, claim.at, when, text) or frameworks.by_date(when, True, text.lexicon)
        if kind is None and claim.areas == (Area.FOSTERING,):  # no inspection of a council grades it beside the rest
            kind = Framework.FOSTERING
        elif (kind is None and framework is Framework.ANNUAL_RATING) or claim.annual:
            kind = Framework.ANNUAL_RATING
        elif kind is None and framework in _OF_ONE_SERVICE:
            kind = framework
        areas = frameworks.areas_of(kind, claim.areas)
        dates = _when(days) if days else _Dates()
        if days and _only_published(claim, days, text):
            dates = _Dates(report=days.first)
        graded = tuple(_Graded(area, claim.grade, claim.span, claim.rule, 0) for area in areas)
        made.append(_Event(slug, Role.PREVIOUS, kind, dates, None, graded, spans=(claim.span,)))
    return made


_JUDGED_AFTER = re.compile("D[^D.]{0,4}O[^D.]{0,3}D")
"""“Rated inadequate in January 2017 after an inspection in October 2016”: one inspection and its report."""


def _only_published(claim: Claim, days: Days, text: _Text) -> bool:
    """“The review published in May 2007 judged”: a date of the report alone."""
    each = text.told[claim.place]
    spans = [item.span for item in each.items if item.value == days]
    return bool(spans) and act_on(text.readings[claim.place], spans[0]) is Act.PUBLISHED


def _when(days: Days) -> _Dates:
    if days.first.month is None:
        return _Dates(ended=days.last)
    return _Dates(started=days.first, ended=days.last)


def _named_near(place: int, span: Span, when: Date | None, text: _Text, *, visits: bool = False) -> Framework | None:
    """The kind of an earlier inspection that its own sentence names."""
    reading = text.readings[place]
    near = [
        (reading.distance(mention.span, span), mention.value)
        for mention in text.names.get(place, ())
        if (
            mention.value not in frameworks.UNGRADED
            or (visits and reading.distance(mention.span, span) <= _RIGHT_BESIDE)
        )
        and (when is None or frameworks.was_in_use(mention.value, when, text.lexicon))
    ]
    return min(near)[1] if near and min(near)[0] <= _BESIDE else None


_RIGHT_BESIDE = 4
"""“A focused visit in May 2019”, not “the visit since it was judged inadequate in May 2019”."""
_BESIDE = 12


_UNANNOUNCED = frozenset({Framework.CONTACT_REFERRAL_ASSESSMENT})


def _says_unannounced(place: int, text: _Text) -> bool:
    """“The previous unannounced inspection”, in an article about one."""
    clues = named_in(text.told[place].sentence, text.lexicon.clues)
    return any(clue.value is Framework.CHILD_PROTECTION for clue in clues)


def _named_behind(occasion: Occasion, text: _Text) -> Framework | None:
    """“In October 2019, when a focused visit looked at the front door”."""
    behind = [mention for mention in text.names.get(occasion.place, ()) if mention.span.start > occasion.span.end]
    near = behind and text.readings[occasion.place].distance(occasion.span, behind[0].span) <= _BESIDE + 6
    return behind[0].value if near else None


def _only_unannounced(day: Date, text: _Text) -> bool:
    """True where of the unannounced kinds just the yearly one can have been on `day`."""
    yearly = frameworks.was_in_use(Framework.CONTACT_REFERRAL_ASSESSMENT, day, text.lexicon)
    return yearly and not frameworks.was_in_use(Framework.CHILD_PROTECTION, day, text.lexicon)


def _visited_before(
    slug: str,
    when: Sequence[Occasion],
    day: Date | None,
    framework: Framework | None,
    text: _Text,
) -> list[_Event]:
    """Earlier inspections that the text dates without a grade: “since it was last inspected in March 2012”."""
    made: list[_Event] = []
    told_at = -1
    for occasion in when:
        number = text.earlier_visits.get(occasion.place)
        full = any(act.value is Act.FULL for act in text.readings[occasion.place].acts)
        if day and day.year and not _before(occasion.days.first, day):
            continue
        old = bool(day and occasion.days.last.year) and (
            _months_between(occasion.days.last, day) > _YEAR_OR_SO or (full and framework in frameworks.VISITS)
        )
        follows = occasion.act is Act.PUBLISHED and occasion.place == told_at
        if occasion.role is not Role.PREVIOUS and number is None and not old and not follows:
            continue
        told_at = occasion.place
        if occasion.only_starts:
            continue
        if occasion.act in _HAPPENED:
            day_of = occasion.days.last
            named = _named_near(occasion.place, occasion.span, day_of, text, visits=True)
            if named is None and when_behind(text.told[occasion.place], occasion.span):
                named = _named_behind(occasion, text)
            if named is None and _says_unannounced(occasion.place, text) and _only_unannounced(day_of, text):
                named = Framework.CONTACT_REFERRAL_ASSESSMENT
            same_kind = number or (framework in _UNANNOUNCED and _says_unannounced(occasion.place, text))
            kind = framework if same_kind else named
            kind = kind or frameworks.by_date(day_of, full, text.lexicon)
            made.append(_Event(slug, Role.PREVIOUS, kind, _when(occasion.days), number, spans=(occasion.span,)))
        elif occasion.act is Act.PUBLISHED and made:
            last = made[-1]
            if last.dates.report is None and not _before(occasion.days.last, last.dates.ended or occasion.days.last):
                made[-1] = replace(last, dates=replace(last.dates, report=occasion.days.first))
    return made + _named_before(slug, day, text)


def _named_before(slug: str, day: Date | None, text: _Text) -> list[_Event]:
    """“Problems which a joint area review pointed out in 2008”: a kind of inspection with an older date beside it."""
    made = []
    graded = [
        (place, mention)
        for place, found in text.names.items()
        for mention in found
        if mention.value not in frameworks.UNGRADED
    ]
    for place, mention in graded:
        for item in text.told[place].items:
            if not isinstance(item.value, Days) or not day or not _before(item.value.last, day):
                continue
            near = text.readings[place].distance(mention.span, item.span) <= _BESIDE
            if (
                near
                and _months_between(item.value.last, day) > _YEAR_OR_SO - 4
                and frameworks.was_in_use(mention.value, item.value.last, text.lexicon)
                and act_on(text.readings[place], item.span) is not Act.OTHER
            ):
                out = act_on(text.readings[place], item.span) is Act.PUBLISHED
                dates = _Dates(report=item.value.first) if out else _when(item.value)
                made.append(_Event(slug, Role.PREVIOUS, mention.value, dates, spans=(mention.span,)))
    return made


_AS_IN = re.compile(r"\)?c?apb[ij]D")


def _as_before(
    slug: str, claim: Claim, areas: Sequence[Area], framework: Framework | None, text: _Text
) -> list[_Event]:
    """“Grade 2 (adequate), as it was in 2007”: the earlier inspection had the same grade."""
    each = text.told[claim.place]
    at = next((n for n, item in enumerate(each.items) if item.span == claim.at), len(each.items))
    found = _AS_IN.match(each.letters, at + 1)
    if not found:
        return []
    days = each.items[found.end() - 1].value
    graded = tuple(_Graded(area, claim.grade, claim.span, claim.rule, 0) for area in areas)
    dates = _when(days) if isinstance(days, Days) else _Dates()
    return [_Event(slug, Role.PREVIOUS, framework, dates, None, graded, spans=(claim.span,))]


def _twice(
    slug: str, framework: Framework | None, chosen: Sequence[_Graded], dates: _Dates, text: _Text
) -> list[_Event]:
    """“Outstanding for the second inspection running”: the one before had the same grade."""
    overall = next((each for each in chosen if each.area is Area.OVERALL), None)
    said = [
        hint.span
        for each, reading in zip(text.told, text.readings, strict=True)
        if re.search("[NV]", each.letters) and re.search("[LS]", each.letters)
        for hint in reading.hints
        if hint.value is Hint.TWICE
    ]
    if overall is None or not said:
        return []
    annual = framework is Framework.ANNUAL_RATING
    before = Date(dates.ended.year - 1) if annual and dates.ended and dates.ended.year else None
    kind = framework if annual else None
    return [_Event(slug, Role.PREVIOUS, kind, _Dates(ended=before), None, (overall,), spans=(said[0],))]


def _merged(events: Sequence[_Event]) -> list[_Event]:
    """One event for each earlier inspection: same date, or without a date and of the same grade."""
    dated = [event for event in events if _dated(event)]
    kept: list[_Event] = []
    for event in sorted(dated, key=lambda event: -_detail(_dated(event) or Date(None))):
        same = next((n for n, other in enumerate(kept) if _same(event, other)), None)
        if same is None:
            kept.append(event)
        else:
            kept[same] = _joined(kept[same], event)
    kept.sort(key=lambda event: str(_dated(event)), reverse=True)
    for event in events:
        if _dated(event):
            continue
        fits = [n for n, other in enumerate(kept) if other.ordinal is None and not _contradict(event, other)]
        graded = [n for n in fits if kept[n].grades] or fits
        if graded:
            kept[graded[0]] = _joined(kept[graded[0]], event)
        elif not any(not _dated(other) and not _contradict(event, other) for other in kept):
            kept.append(event)
    return sorted(kept, key=lambda event: str(_dated(event) or ""), reverse=True)


def _dated(event: _Event) -> Date | None:
    return event.dates.ended or event.dates.report


_BEFORE_SIF = date(2014, 1, 1)


def _placed(event: _Event, lexicon: Lexicon) -> _Event:
    """An earlier inspection with the kind that its date and its areas leave possible."""
    if event.framework or not event.grades:
        return event
    when = _dated(event)
    if event.framework is None and {each.area for each in event.grades} == {Area.HELP_AND_PROTECTION}:
        whole = when and frameworks.was_in_use(Framework.CHILD_PROTECTION, when, lexicon)
        if whole and when and when.latest and when.latest < _BEFORE_SIF:
            graded = tuple(replace(each, area=Area.OVERALL) for each in event.grades)
            return replace(event, framework=Framework.CHILD_PROTECTION, grades=graded)
    halves = {each.area for each in event.grades} & frameworks.HALVES
    if halves and when and frameworks.was_in_use(Framework.SLAC, when, lexicon):
        return replace(event, framework=Framework.SLAC)
    return replace(event, framework=frameworks.by_date(when, True, lexicon))


def _same(one: _Event, other: _Event) -> bool:
    mine, theirs = _dated(one), _dated(other)
    return (
        bool(mine and theirs and mine.agrees_with(theirs))
        and not _contradict(one, other)
        and one.ordinal == other.ordinal
    )


def _contradict(one: _Event, other: _Event) -> bool:
    if (one.grades and other.framework in frameworks.UNGRADED) or (
        other.grades and one.framework in frameworks.UNGRADED
    ):
        return True
    theirs = {each.area: each.grade for each in other.grades}
    return any(theirs.get(each.area, each.grade) is not each.grade for each in one.grades) or bool(
        one.framework and other.framework and one.framework is not other.framework
    )


def _joined(one: _Event, other: _Event) -> _Event:
    have = {each.area for each in one.grades}
    dates = replace(one.dates, report=one.dates.report or other.dates.report)
    return replace(
        one,
        framework=one.framework or other.framework,
        dates=dates,
        grades=(*one.grades, *(each for each in other.grades if each.area not in have)),
        spans=(*one.spans, *other.spans),
    )


# Checks.


def _one_an_area(graded: Iterable[_Graded]) -> tuple[tuple[_Graded, ...], list[KeptOut]]:
    """One grade for an area: the plainest words win, then those that come first."""
    best: dict[Area, _Graded] = {}
    out = []
    for each in graded:
        held = best.get(each.area)
        if held is None or (each.grade is not held.grade and each.sure > held.sure):
            best[each.area] = each
        lost = held if best[each.area] is each else each
        if lost and lost.grade is not best[each.area].grade:
            reason = f"another grade for {each.area} is better founded"
            out.append(KeptOut(f"{lost.area}: {lost.grade}", (lost.span,), lost.rule, reason))
    order = list(Area)
    return tuple(sorted(best.values(), key=lambda each: order.index(each.area))), out


def _all_of_child_protection(
    framework: Framework | None, areas: tuple[Area, ...], claim: Claim, text: _Text
) -> tuple[Area, ...]:
    """“Child protection has been graded adequate”: of an inspection of just that it is the overall grade."""
    if framework is not Framework.CHILD_PROTECTION or areas != (Area.HELP_AND_PROTECTION,):
        return areas
    words = text.document.words(text.told[claim.place].sentence.span).lower()
    return (Area.OVERALL,) if "child protection" in words or "arrangements" in words else areas


def _off_the_scale(claim: Claim, framework: Framework | None, lexicon: Lexicon) -> str:
    """Why the framework cannot have given such a grade; empty where it can."""
    facts = next((each for each in lexicon.register.frameworks if each.id is framework), None)
    if claim.annual and framework is not Framework.ANNUAL_RATING:
        return "a word that only the annual ratings used as a grade"
    if facts and facts.grades and claim.grade not in facts.grades:
        return f"{framework} does not use the grade {claim.grade}"
    return ""


_ANNUAL = frozenset({Framework.ANNUAL_RATING, Framework.APA})
_PUBLISHED_IN = (11, 12)
"""The months in which the annual letters came out, at the end of their year."""


def _rated_year(when: Sequence[Occasion], dates: _Dates, published: Date | None) -> _Dates:
    """An annual rating has its year as its end: a year that the text names, else that of a paper of late autumn."""
    years = [
        each for each in when if each.days.last.year and each.days.last.month is None and each.role is not Role.PREVIOUS
    ]
    if years:
        return replace(dates, ended=years[0].days.last, spans=(years[0].span,))
    if published and published.year and published.month in _PUBLISHED_IN:
        return replace(dates, ended=Date(published.year))
    return dates


def _grounded(event: _Event, text: _Text) -> _Event:
    """The event with words that tell of it, so that no inspection stands without evidence."""
    if event.spans or event.dates.spans or event.grades:
        return event
    named = [mention.span for found in text.names.values() for mention in found]
    first = named or [item.span for each in text.told for item in each.items if item.letter == "O"]
    return replace(event, spans=tuple(first[:1] or [each.sentence.span for each in text.told[:1]]))


# Making the fact.


def _with_focus(
    event: _Event,
    document: Document,
    told: Sequence[Shape],
    readings: Sequence[Reading],
    themes: Sequence[Mention[Theme]],
    owners: Sequence[tuple[str, ...]],
    lexicon: Lexicon,
) -> _Event:
    mine = [place for place in range(len(told)) if event.authority in owners[place]]
    return replace(event, focus=focus(document, told, readings, themes, mine, lexicon))


def _with_tallies(event: _Event, tallies: Sequence[Counted], owners: Sequence[tuple[str, ...]]) -> _Event:
    return replace(event, tallies=tuple(each for each in tallies if event.authority in owners[each.place]))


_SENTENCES = 3
"""How many sentences show that an article tells of an inspection."""


def _fact(document: Document, event: _Event, sentences: Sequence[Sentence]) -> Fact[Inspection]:
    told = {
        sentence.span
        for span in (*event.spans, *event.dates.spans)
        for sentence in sentences
        if sentence.span.holds(span)
    }
    spans = tuple(sorted(told or {each.span for each in event.grades[:1]}))
    slac = event.framework is Framework.SLAC
    return Fact(
        Inspection(
            authority=event.authority,
            role=event.role,
            framework=event.framework,
            started=event.dates.started,
            ended=event.dates.ended,
            report_published=event.dates.report,
            ordinal=event.ordinal,
            focus=event.focus,
            judgements=tuple(Judgement(each.area, each.grade, (document.words(each.span),)) for each in event.grades),
            tallies=tuple(
                Tally((each.half if slac and each.half else Area.OVERALL), each.counts, (document.words(each.span),))
                for each in event.tallies
            ),
            evidence=tuple(document.words(span) for span in spans[:_SENTENCES]),
        ),
        spans,
        "subject_inspection" if event.role is Role.SUBJECT else "earlier_inspection",
    )


def _shown(claim: Claim) -> str:
    return f"{', '.join(claim.areas)}: {claim.grade}"
