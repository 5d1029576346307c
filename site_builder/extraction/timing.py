"""When the inspection that an article is about was, and when its report came out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from site_builder.edtf import Date
from site_builder.extraction.events import (
    Dates,
    Text,
    detail,
    is_before,
)
from site_builder.extraction.occasions import Occasion
from site_builder.lexicon.parts import Act, Hint
from site_builder.model import Framework, Role
from site_builder.text.document import Span


def judged_on(when: Sequence[Occasion]) -> Date | None:
    """The newest day on which a grade was given: the subject's, where no other date of it is known."""
    days = [
        each.days.last
        for each in when
        if each.act is Act.JUDGED and each.role is not Role.PREVIOUS and each.days.last.year
    ]
    return max(days, key=lambda day: day.latest or date.min, default=None)


_LONG_BEFORE = timedelta(days=500)
"""An article this long after a date is not about the inspection of that date."""


def _of_the_report(occasion: Occasion, text: Text) -> bool:
    """True where the sentence names the report, its verdict or its writers: not “figures released in February”."""
    told = text.told[occasion.place]
    if re.search("[OVNGREWy]", told.letters) or not _FINDINGS.isdisjoint(told.sentence.folds):
        return True
    labelled = len(told.letters) <= _LABELLED
    return (labelled or "p" in told.letters) and occasion.days.first != text.published


_LABELLED = 5
"""The length of “Published: 11 March 2022.”"""
_FINDINGS = frozenset({"findings", "results", "outcome", "verdict", "conclusions", "assessment"})


def subject_dates(when: Sequence[Occasion], text: Text) -> Dates:
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
    visits = visits or [each for each in when if _just_before(each, text)]
    reports = [
        each
        for each in when
        if each.act is Act.PUBLISHED
        and each.days.first.month
        and _may_be_subject(each, text, newest)
        and _of_the_report(each, text)
    ]
    best = _plainest([each for each in visits if each.days.first != text.published])  # nobody reports on the day
    report = min(reports, key=lambda each: (-detail(each.days.first), each.place), default=None)
    dates = _on_site(best, visits, text) if best else Dates()
    if best and best.only_starts and dates.ended is None:
        dates = replace(dates, ended=_after_the_stay(best, text))
    if report and report.days.first.year and dates.started and dates.started.year is None:
        dates = _last_before(dates, report.days.first)
    if report and (best is None or not is_before(report.days.last, best.days.first)):
        day = _next_after(report.days.first, dates.ended)
        dates = replace(dates, report=day, spans=(*dates.spans, report.span))
    return dates


_JUST_BEFORE = timedelta(days=130)
"""How long before an article its inspection was, at most, where words speak for an earlier one."""


def _just_before(occasion: Occasion, text: Text) -> bool:
    """“The visit since last year’s rating took place on 24 May”: too near to the article to be an earlier one."""
    published = text.published.latest if text.published and text.published.month else None
    day = occasion.days.last
    if occasion.act is not Act.INSPECTED or not published or not day.month or not day.earliest:
        return False
    hints = text.readings[occasion.place].hints
    named = [hint.span for hint in hints if hint.value is Hint.PREVIOUS]
    dated = text.readings[occasion.place].dates
    return timedelta() <= published - day.earliest <= _JUST_BEFORE and all(
        any(date.start < span.end and span.start < date.end for date in dated) for span in named
    )


def _after_the_stay(best: Occasion, text: Text) -> Date | None:
    """“For a fortnight from 14 November”: the month in which the last working day of the stay fell.

    A stay of some days within one week has its last day.
    """
    begun = best.days.first.earliest
    tokens = [token.fold for token in text.told[best.place].sentence.tokens]
    if begun is None or best.days.first.day is None or best.days.first.year is None:
        return None
    for place, word in enumerate(tokens):
        before = tokens[place - 2] if tokens[place - 1] == "-" and place > 1 else tokens[place - 1 if place else 0]
        number = 1 if before in _ONE else text.lexicon.cardinals.get(before, 0)
        behind = tokens[place + 1 : place + 3]
        if _NOT_A_STAY & set(behind):
            continue
        if _FORTNIGHT.fullmatch(word):
            last = begun + timedelta(days=11)
        elif number and _WEEKS.fullmatch(word):
            last = begun + timedelta(days=7 * number - 3)
        elif number > 1 and _DAYS.fullmatch(word):
            last = begun + timedelta(days=number - 1)
            if begun.weekday() + number <= _WORKING_DAYS:
                return Date(last.year, last.month, last.day)
        else:
            continue
        return Date(last.year, last.month)
    return None


_WORKING_DAYS = 5
_FORTNIGHT, _WEEKS, _DAYS = re.compile("fortnight"), re.compile("weeks?"), re.compile("days?")
_ONE = frozenset({"a", "the", "full"})
_NOT_A_STAY = frozenset({"notice", "ago", "later", "earlier", "before", "after"})
"""Behind a number of weeks: “two weeks’ notice”, “two weeks later”."""


def _last_before(dates: Dates, report: Date) -> Dates:
    """An inspection's days without their year are the last such days before its report."""
    started, ended = dates.started, dates.ended
    if started is None or ended is None or report.year is None:
        return dates
    year = report.year - is_before(report, ended.with_year(report.year))
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
    return max(same, key=lambda each: detail(each.days.first))


def _on_site(best: Occasion, visits: Sequence[Occasion], text: Text) -> Dates:
    """First and last day; “in July and again in September” is both months."""
    first, last = best.days.first, best.days.last
    spans: tuple[Span, ...] = (best.span,)
    again = [
        each
        for each in visits
        if each.place == best.place and each.span.start > best.span.start and detail(each.days.first) == detail(first)
    ]
    if detail(first) == detail(last) == _A_DAY and first == last and _NEXT_DAY.search(_words_behind(best, text)):
        following = first.earliest and first.earliest + timedelta(days=1)
        last = Date(following.year, following.month, following.day) if following else last
    if (
        again
        and again[0].span.start - best.span.end < (48 if again[0].only_ends else 24)
        and again[0].days.last.year == first.year
    ):
        last, spans = again[0].days.last, (best.span, again[0].span)
    if first.month is None or best.only_ends:
        return Dates(ended=last, spans=spans)
    return Dates(first, None if best.only_starts and len(spans) == 1 and last == first else last, spans=spans)


_A_DAY = 7
"""The detail of a whole date."""
_NEXT_DAY = re.compile(
    r"^[^.]{0,60}\b(?:(?:the\s+)?(?:next|following)\s+(?:day|morning|afternoon|evening)|the\s+day\s+after)\b"
)
"""“Came on May 10 and were there again the next day”."""


def _words_behind(occasion: Occasion, text: Text) -> str:
    sentence = text.told[occasion.place].sentence.span
    return text.document.words(Span(occasion.span.end, max(occasion.span.end, sentence.end))).lower()


def _may_be_subject(occasion: Occasion, text: Text, newest: int) -> bool:
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


ANNUAL = frozenset({Framework.ANNUAL_RATING, Framework.APA})
_PUBLISHED_IN = (11, 12)
"""The months in which the annual letters came out, at the end of their year."""


def _compared_with(occasion: Occasion, text: Text) -> bool:
    """“The same rating as in 2009”."""
    hints = text.readings[occasion.place].hints
    return any(hint.value is Hint.TWICE and hint.span.end <= occasion.span.start for hint in hints)


def rated_year(when: Sequence[Occasion], dates: Dates, text: Text) -> Dates:
    """An annual rating has its year as its end: a year that the text names, else that of a paper of late autumn."""
    years = [
        each
        for each in when
        if each.days.last.year
        and each.days.last.month is None
        and each.role is not Role.PREVIOUS
        and not _compared_with(each, text)
    ]
    if years:
        return replace(dates, ended=years[0].days.last, spans=(years[0].span,))
    published = text.published
    if published and published.year and published.month in _PUBLISHED_IN:
        return replace(dates, ended=Date(published.year))
    return dates
