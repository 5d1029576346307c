"""The earlier inspections that a text recalls, with their dates and grades."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from site_builder.edtf import Date
from site_builder.extraction import frameworks
from site_builder.extraction.areas import ASIDE
from site_builder.extraction.claims import Claim
from site_builder.extraction.dates import Days
from site_builder.extraction.events import (
    Dates,
    Event,
    Graded,
    Text,
    is_before,
    months_between,
)
from site_builder.extraction.mentions import named_in
from site_builder.extraction.occasions import Occasion, Reading, act_on, role_at, when_behind
from site_builder.extraction.shapes import Shape
from site_builder.extraction.timing import ANNUAL
from site_builder.lexicon.parts import Act, Hint, Part
from site_builder.model import Area, Framework, Role
from site_builder.text.document import Span


def outdated_claims(mine: Sequence[Claim], day: Date | None, text: Text) -> set[Claim]:
    """“In September 2015 Ofsted rated them inadequate. … They rated the services as requiring improvement.”

    Where nothing dates the subject, a dated grade gives way to another of the same area that has no date.
    """
    if text.published or (day and not any(dates_of(claim, text) for claim in mine)):
        return set()
    fresh = {
        area: claim.grade
        for claim in mine
        if not dates_of(claim, text) and role_at(text.readings[claim.place], claim.at) is not Role.PREVIOUS
        for area in claim.areas
    }
    return {
        claim
        for claim in mine
        if dates_of(claim, text) and any(fresh.get(area, claim.grade) is not claim.grade for area in claim.areas)
    }


def dates_of_it(claim: Claim, when: Sequence[Occasion], text: Text) -> list[Days]:
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


def dates_of(claim: Claim, text: Text) -> list[Days]:
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
    reach = 2 if _WHICH_IT_HAD.match(each.letters, at + 1) else 1
    for n in range(at + 1, len(each.items)):
        item = each.items[n]
        beyond = reading.distance(claim.at, item.span) > _DATE_BEHIND * reach + 6 * len(behind)
        since = text.document.words(item.span) == "since" and not _since_then(each, at, n)
        if beyond or item.letter in "GREWs" or since:
            break
        if behind and n - last > _PAIR_OF_DATES + 1:
            break
        if _NEW_CLAUSE.match(each.letters, n):  # “after it was rated good, inspectors who visited in March found”
            break
        if isinstance(item.value, Days) and act_on(reading, item.span) is not Act.OTHER:
            behind.append(item.value)
            last = n
    if behind:
        return behind
    before: list[Days] = []
    nearest, past_a_grade = at, False
    aside = ASIDE.search(each.letters, 0, at)  # “Services, rated good in 2016, are now inadequate”
    for n in range(at - 1, -1, -1):
        item = each.items[n]
        if before and nearest - n > _PAIR_OF_DATES:
            break
        past_a_grade = past_a_grade or item.letter in "GREW"
        if not isinstance(item.value, Days) or (aside and n >= aside.start()):
            continue
        own_grade = any(other.letter in "GREW" for other in each.items[max(0, n - 2) : n])  # “inadequate in 2013 and …”
        opens = _opens(each, n, at)
        reach = _DATE_BEFORE * (2 if opens else 1) + 6 * when_behind(each, item.span)
        if own_grade or reading.distance(item.span, claim.at) > reach:
            if past_a_grade:
                break
            continue
        if opens or when_behind(each, item.span) or (act_on(reading, item.span) in _HAPPENED and not past_a_grade):
            before.append(item.value)
            nearest = n
    return before[::-1]


_WHICH_IT_HAD = re.compile("N[qT]")
"""“The ‘good’ rating which its services have had since 2019”."""


def _since_then(told: Shape, at: int, since: int) -> bool:
    """“Has been inadequate since 2013”, “which it has had since its 2019 inspection”: the grade was given then."""
    stands = since == at + 1 and re.search("hbV?d?$", told.letters[:at]) and told.letters[since + 1 : since + 2] == "D"
    return bool(stands) or re.match("d?D[OxN]", told.letters[since + 1 :]) is not None


_NEW_CLAUSE = re.compile("cO|T|c&[xd]{0,3}[ij]d?x{0,3}uD[xphbm]|c&[xd]{0,3}[ij]d?x{0,3}D[xphbm]")
_HAPPENED = frozenset({Act.INSPECTED, Act.JUDGED, Act.FULL})
_DATE_BEFORE, _DATE_BEHIND = 20, 14
_PAIR_OF_DATES = 3
"""“In April 2012 and May 2013”: dates this near to each other go together."""


def _opens(told: Shape, n: int, at: int) -> bool:
    """True where the date at item `n` opens a clause with the grade at `at`, or names the report that gave it."""
    before, behind = told.letters[:n], told.letters[n + 1 : n + 2]
    if _OPENS.fullmatch(before) or (_OF_A_REPORT.fullmatch(before) and behind and behind in "NO"):
        return True
    if behind == "T" and re.search("V[ij]?x?$", before):  # “Which was told in 2011 that its safeguarding was adequate”
        return True
    if re.search("N[ij]?$", before) and behind == "b":  # “The verdict in 2015 was”
        return True
    return behind == "c" and _FRONTED.fullmatch(before) is not None and "B" not in told.letters[n:at]


_OF_A_REPORT = re.compile("(?:.*[.sk])?d?")
"""“The 2015 report gave it”."""
_FRONTED = re.compile("(?:.*[.sk])?[^VbhmgFtGRE.sk]{0,14}")
"""“At the last inspection, in 2011, A was judged adequate and B good”."""
_OPENS = re.compile("(?:.*[.sk])?[&icxj]{0,2}")
"""What stands before a date at the head of a clause: “In 2014 they were ‘good’”."""


def is_earlier(
    claim: Claim, near: Sequence[Days], framework: Framework | None, dates: Dates, day: Date | None, text: Text
) -> bool:
    """True where the grade is that of an inspection before the one that the article is about."""
    if claim.earlier or framework in frameworks.UNGRADED:
        return True
    if _just_said_before(claim, text) or _of_a_rating(claim, framework, text) or _of_more(claim, framework):
        return True
    if claim.rule == "in_turn" and claim.year and day and day.year and claim.year < day.year:
        return True
    own = dates.started or dates.ended
    for days in near:
        if own and (days.first.agrees_with(own) or days.last.agrees_with(own)) and days.last.year == own.year:
            # “a year ago” names the year, and may be before the day of the inspection in it
            return days.last.month is None and _date_recalls(claim, days, text)
        if days.last.month is None and days.last.year and own and own.year and days.last.year < own.year:
            return True
        gap = _A_WHILE if own and own.year else _YEAR_OR_SO
        if days.last.year and months_between(days.last, own or day) > gap and days.first != dates.report:
            return True
        if own and own.year is None and days.last.year and days.first != dates.report:
            return True
    return frameworks.recalled(claim, text.readings)


def _of_more(claim: Claim, framework: Framework | None) -> bool:
    """“Its looked-after children services were judged good, in another inspection”, in an article about fostering."""
    return framework in _OF_ONE_SERVICE and not _LOOKED_AFTER.isdisjoint(claim.areas)


_LOOKED_AFTER = frozenset({Area.LOOKED_AFTER_CHILDREN, Area.CHILDREN_LOOKED_AFTER})


def _of_a_rating(claim: Claim, framework: Framework | None, text: Text) -> bool:
    """“Was given the lowest score, ‘poor’, in December’s annual ratings”, in an article about an inspection."""
    if framework is None or framework in ANNUAL:
        return False
    reading = text.readings[claim.place]
    return any(
        mention.value in ANNUAL and reading.distance(mention.span, claim.at) <= _BESIDE
        for mention in text.names.get(claim.place, ())
    )


def kept_since(claim: Claim, near: Sequence[Days], text: Text) -> list[Days]:
    """“Has kept the good rating that it was given in 2017”: the dates of the inspection before, which gave the same."""
    each = text.told[claim.place]
    at = next((n for n, item in enumerate(each.items) if item.span == claim.at), None)
    if at is None or not any(item.value in _KEEPS for item in each.items[max(0, at - _VERB_BEFORE) : at]):
        return []
    dated = re.match("[^D.]*D", each.letters[at + 1 :])
    return list(near) if dated and re.search("[cpVgba]", dated.group()) else []


_KEEPS = (Part.KEPT, Part.REMAIN)
_VERB_BEFORE = 4


def _date_recalls(claim: Claim, days: Days, text: Text) -> bool:
    reading = text.readings[claim.place]
    spans = [item.span for item in text.told[claim.place].items if item.value == days]
    return bool(spans) and role_at(reading, spans[0]) is Role.PREVIOUS


def _just_said_before(claim: Claim, text: Text) -> bool:
    """“In April, four years after it was rated inadequate”: the words right before the grade outweigh the date."""
    if claim.rule == "moved_to":
        return False
    reading = text.readings[claim.place]
    behind = [hint.span for hint in reading.hints if hint.value is Hint.PREVIOUS_BEHIND]
    behind = [span for span in behind if span.end <= claim.at.start]
    if not behind or reading.distance(behind[-1], claim.at) > _RIGHT_BESIDE:
        return False
    return not any(behind[-1].end <= date.start < claim.at.start for date in reading.dates)


_A_WHILE = 2
"""Months before the days on site that make a grade's date an earlier inspection's."""
_YEAR_OR_SO = 9
"""Months before the subject that make a date an earlier inspection's."""


def with_the_same(before: Claim, claim: Claim, text: Text) -> bool:
    """“In 2014 it was good overall, with an outstanding judgement for adoption”: one clause, one inspection."""
    if claim.place != before.place or not before.at.end <= claim.at.start or claim.earlier:
        return False
    items = text.told[claim.place].items
    between = "".join([item.letter for item in items if before.at.end <= item.span.start < claim.at.start])
    return _ONE_CLAUSE.fullmatch(between) is not None and claim.areas != before.areas


_ONE_CLAUSE = re.compile("o?(?:N?[fui]d?[xS]{0,2}A)?[c&]{0,2}j?[dxSA&]{0,6}")


def long_ago(near: Sequence[Days], day: Date | None, *, on_site: bool) -> bool:
    """True where one of the dates is too far before `day` to be of the same inspection."""
    gap = _A_WHILE if on_site else _YEAR_OR_SO
    return any(months_between(days.last, day) > gap for days in near)


_OF_ONE_SERVICE = frozenset({Framework.FOSTERING, Framework.ADOPTION, Framework.RESIDENTIAL})
"""Kinds whose earlier grade, where a text recalls one, was of the same kind."""


def recalled_by(
    slug: str, claim: Claim, near: Sequence[Days], framework: Framework | None, day: Date | None, text: Text
) -> list[Event]:
    """The earlier inspections whose grade a claim recalls: one for each date beside it, or one without a date."""
    made = []
    annual = claim.rule == "performs" or any(
        mention.value is Framework.ANNUAL_RATING for mention in text.names.get(claim.place, ())
    )
    if claim.annual and not annual and framework is not Framework.ANNUAL_RATING:
        return []  # “an excellent report”
    if claim.rule in _LEFT and "D" in text.told[claim.place].letters and not _dated_itself(claim, text):
        return []  # “upgraded from inadequate to good in 2022”: recalled for where it led, not for itself
    each = text.told[claim.place]
    match = _JUDGED_AFTER.search(each.letters)
    judged, came = (each.items[match.start()].value, each.items[match.end() - 1].value) if match else (None, None)
    if isinstance(judged, Days) and isinstance(came, Days) and judged in near and is_before(came.last, judged.last):
        dates = replace(_when(came), report=judged.first)
        kind = _named_near(claim.place, claim.at, came.last, text)
        graded = tuple(
            Graded(area, claim.grade, claim.span, claim.rule, 0) for area in frameworks.areas_of(kind, claim.areas)
        )
        return [Event(slug, Role.PREVIOUS, kind, dates, None, graded, spans=(claim.span,))]
    older: list[Days | None] = [
        days
        for days in near
        if not day
        or not day.year
        or _of_more(claim, framework)
        or is_before(days.first, day)
        or (days.last.month is None and _date_recalls(claim, days, text))
    ]
    older = older or [*_years_after(claim, day, text)]
    for days in older or [None]:
        when = days.last if days else None
        kind = _named_near(claim.place, claim.at, when, text) or frameworks.by_date(when, True, text.lexicon)
        if kind is None and when and _of_protection_alone(claim, when, text):
            kind = Framework.CHILD_PROTECTION
        elif kind is None and claim.areas == (Area.FOSTERING,):  # no inspection of a council grades it beside the rest
            kind = Framework.FOSTERING
        elif (
            kind is None and claim.areas == (Area.ADOPTION,) and when and when.latest and when.latest < _ADOPTION_ALONE
        ):
            kind = Framework.ADOPTION
        elif (kind is None and framework is Framework.ANNUAL_RATING) or claim.annual:
            kind = Framework.ANNUAL_RATING
        elif kind is None and framework in _OF_ONE_SERVICE and not set(claim.areas) & _OF_CHILDREN:
            kind = framework
        of_safeguarding = when is not None and _of_safeguarding(claim, when, text)
        kind = Framework.SLAC if of_safeguarding else kind
        areas = (Area.SAFEGUARDING,) if of_safeguarding else frameworks.areas_of(kind, claim.areas)
        if kind is Framework.SLAC and areas == (Area.OVERALL,):  # “was adequate on both counts”
            areas = (Area.SAFEGUARDING, Area.LOOKED_AFTER_CHILDREN)
        dates = _when(days) if days else Dates()
        if days and kind is Framework.ANNUAL_RATING and days.last.year:
            dates = Dates(ended=Date(days.last.year))
        if days and _only_published(claim, days, text):
            dates = Dates(report=days.first)
        graded = tuple(Graded(area, claim.grade, claim.span, claim.rule, 0) for area in areas)
        made.append(Event(slug, Role.PREVIOUS, kind, dates, None, graded, spans=(claim.span,)))
    return made


def _of_protection_alone(claim: Claim, when: Date, text: Text) -> bool:
    """“Judged inadequate in 2013, when inspectors looked at child protection”."""
    named = [item for item in text.told[claim.place].items if item.value is Area.HELP_AND_PROTECTION]
    behind = [item for item in named if item.span.start > claim.at.end]
    return (
        bool(behind)
        and claim.areas == (Area.OVERALL,)
        and frameworks.was_in_use(Framework.CHILD_PROTECTION, when, text.lexicon)
        and text.readings[claim.place].distance(claim.at, behind[0].span) <= _LOOKED_AT
    )


def _of_safeguarding(claim: Claim, when: Date, text: Text) -> bool:
    """“The inspection of safeguarding in 2011 concluded that it was adequate”: one of the two halves of SLAC."""
    reading = text.readings[claim.place]
    before = [token.fold for token in reading.sentence.tokens if token.span.start < claim.at.start]
    return (
        claim.areas == (Area.OVERALL,)
        and any(one == "inspection" and other in _THIS_HALF for one, other in zip(before, before[2:], strict=False))
        and not _OTHER_HALF & set(before)
        and frameworks.was_in_use(Framework.SLAC, when, text.lexicon)
    )


_THIS_HALF, _OTHER_HALF = frozenset({"safeguarding"}), frozenset({"looked", "looked-after", "care"})
_LOOKED_AT = 20
_OF_CHILDREN = {Area.SAFEGUARDING, Area.HELP_AND_PROTECTION, Area.LOOKED_AFTER_CHILDREN, Area.CHILDREN_LOOKED_AFTER}
_LEFT = frozenset({"moved_from", "lost"})


_ADOPTION_ALONE = date(2013, 11, 1)
"""Before this day adoption was inspected by itself; then it became an area of a whole inspection."""


def _dated_itself(claim: Claim, text: Text) -> bool:
    """“From inadequate in 2018 to good”, “lost the outstanding rating it was given in 2018”."""
    each = text.told[claim.place]
    at = next((n for n, item in enumerate(each.items) if item.span == claim.at), 0)
    if re.match("N?[iju]x?D[^GR]*$", each.letters[at + 1 :]):  # “up from inadequate in 2018”
        return True
    return re.match("N?(?:[ij]x?Dc?t|[xpdq]{0,3}[bh]{0,2}[gV][^.c]{0,6}D)", each.letters[at + 1 : at + 16]) is not None


_JUDGED_AFTER = re.compile("D[^D.]{0,4}O[^D.]{0,3}D")
"""“Rated inadequate in January 2017 after an inspection in October 2016”: one inspection and its report."""


def _years_after(claim: Claim, day: Date | None, text: Text) -> list[Days]:
    """“Just four years after the department was rated ‘Good’”, counted back from the subject's year.

    So is “three years earlier it had been inadequate”.
    """
    tokens = [token for token in text.told[claim.place].sentence.tokens if token.span.end <= claim.at.start]
    words = [token.fold for token in tokens]
    for n, word in enumerate(words[:-2]):
        years = text.lexicon.cardinals.get(word, 0)
        if years and day and day.year and words[n + 1] in ("year", "years") and words[n + 2] in _FROM_THE_SUBJECT:
            return [Days(Date(day.year - years), Date(day.year - years))]
    return []


_FROM_THE_SUBJECT = frozenset({"after", "earlier", "before", "previously"})


def _only_published(claim: Claim, days: Days, text: Text) -> bool:
    """“The review published in May 2007 judged”: a date of the report alone; a year is as good as the inspection's."""
    if days.last.month is None:
        return False
    each = text.told[claim.place]
    spans = [item.span for item in each.items if item.value == days]
    return bool(spans) and act_on(text.readings[claim.place], spans[0]) is Act.PUBLISHED


def _when(days: Days) -> Dates:
    if days.first.month is None:
        return Dates(ended=days.last)
    return Dates(started=days.first, ended=days.last)


def _named_near(place: int, span: Span, when: Date | None, text: Text, *, visits: bool = False) -> Framework | None:
    """The kind of an earlier inspection that its own sentence names."""
    reading = text.readings[place]
    near = [
        (reading.distance(mention.span, span), mention.value)
        for mention in text.names.get(place, ())
        if (
            mention.value not in frameworks.UNGRADED
            or (visits and reading.distance(mention.span, span) <= _RIGHT_BESIDE and not _is_since(reading, span))
        )
        and (when is None or frameworks.was_in_use(mention.value, when, text.lexicon))
    ]
    reach = _BESIDE if len(near) > 1 else 2 * _BESIDE
    return min(near)[1] if near and min(near)[0] <= reach else None


def _is_since(reading: Reading, span: Span) -> bool:
    """“The third monitoring visit since November 2016”: the date is not the visit's."""
    return reading.word_before(span) == "since"


_RIGHT_BESIDE = 4
"""“A focused visit in May 2019”, not “the visit since it was judged inadequate in May 2019”."""
_BESIDE = 12
_UNANNOUNCED = frozenset({Framework.CONTACT_REFERRAL_ASSESSMENT})


def _says_unannounced(place: int, text: Text) -> bool:
    """“The previous unannounced inspection”, in an article about one."""
    clues = named_in(text.told[place].sentence, text.lexicon.clues)
    return any(clue.value is Framework.CHILD_PROTECTION for clue in clues)


def _named_behind(occasion: Occasion, text: Text) -> Framework | None:
    """“In October 2019, when a focused visit looked at the front door”."""
    behind = [mention for mention in text.names.get(occasion.place, ()) if mention.span.start > occasion.span.end]
    near = behind and text.readings[occasion.place].distance(occasion.span, behind[0].span) <= _BESIDE + 6
    return behind[0].value if near else None


def _visit_at(occasion: Occasion, framework: Framework | None, text: Text) -> Framework | None:
    """“In May last year, after a focused visit”, in an article about an inspection with grades."""
    if framework in frameworks.UNGRADED:
        return None
    for mention in text.names.get(occasion.place, ()):
        behind = mention.span.start > occasion.span.end
        distance = text.readings[occasion.place].distance(mention.span, occasion.span)
        near = distance <= (_BEHIND_ITS_DATE if behind else _RIGHT_BESIDE) or occasion.place in text.visits
        if mention.value in _COME_BETWEEN and near:
            return mention.value
    return None


_COME_BETWEEN = frameworks.VISITS | {Framework.CONTACT_REFERRAL_ASSESSMENT}
"""Kinds that come between two inspections with grades."""


def _number_of(occasion: Occasion, framework: Framework | None, text: Text) -> int | None:
    """The number of an earlier visit; in an article about an inspection with grades all visits are earlier."""
    if framework in frameworks.VISITS:
        return text.earlier_visits.get(occasion.place)
    visit = _visit_at(occasion, framework, text)
    return text.visits.get(occasion.place) if visit in frameworks.VISITS else None


def _gives_a_grade(occasion: Occasion, text: Text) -> bool:
    """True for “rated good in 2019”: of another kind than those that give none."""
    return re.search("[GR]", text.told[occasion.place].letters) is not None


def _of_a_visit(occasion: Occasion, text: Text) -> bool:
    """“Since the previous visit, in December”, in an article about a visit: of the same kind."""
    before = [
        token.fold for token in text.told[occasion.place].sentence.tokens if token.span.end <= occasion.span.start
    ]
    return any(one in _EARLIER and other in _VISIT for one, other in pairwise(before[-_RIGHT_BESIDE - 2 :]))


_EARLIER = frozenset({"previous", "last", "earlier", "first", "second", "third", "preceding", "prior"})
_VISIT = frozenset({"visit", "visits"})


_BEHIND_ITS_DATE = 8


def _of_this_kind(told: Shape) -> bool:
    """“When Ofsted last made a visit of this sort”: of the kind that the article is about."""
    folds = told.sentence.folds
    return any(one in ("this", "its", "that", "same") and other in _KINDS for one, other in pairwise(folds))


_KINDS = frozenset({"sort", "kind", "type"})


def _only_unannounced(day: Date, text: Text) -> bool:
    """True where of the unannounced kinds just the yearly one can have been on `day`."""
    yearly = frameworks.was_in_use(Framework.CONTACT_REFERRAL_ASSESSMENT, day, text.lexicon)
    return yearly and not frameworks.was_in_use(Framework.CHILD_PROTECTION, day, text.lexicon)


def visited_before(
    slug: str,
    when: Sequence[Occasion],
    day: Date | None,
    framework: Framework | None,
    text: Text,
) -> list[Event]:
    """Earlier inspections that the text dates without a grade: “since it was last inspected in March 2012”."""
    made: list[Event] = []
    told_at = -1
    for occasion in when:
        number = _number_of(occasion, framework, text)
        full = any(act.value is Act.FULL for act in text.readings[occasion.place].acts)
        yearly = framework is Framework.ANNUAL_RATING and _says_unannounced(occasion.place, text)
        between = _visit_at(occasion, framework, text)
        if day and day.year and not yearly and not is_before(occasion.days.first, day):
            continue
        old = bool(day and occasion.days.last.year) and (
            months_between(occasion.days.last, day) > _YEAR_OR_SO or (full and framework in frameworks.VISITS)
        )
        follows = occasion.act is Act.PUBLISHED and occasion.place == told_at
        if occasion.role is not Role.PREVIOUS and number is None and not (old or follows or yearly or between):
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
            named = named or between
            same_kind = (
                (number and framework in frameworks.VISITS)
                or (framework in frameworks.VISITS and named is None and _of_a_visit(occasion, text))
                or (framework in _UNANNOUNCED and _says_unannounced(occasion.place, text))
                or (framework is Framework.AREA_SEND and named is None and not _gives_a_grade(occasion, text))
                or (
                    named is None
                    and _of_this_kind(text.told[occasion.place])
                    and not when_behind(text.told[occasion.place], occasion.span)
                )
            )
            kind = framework if same_kind else named
            kind = kind or frameworks.by_date(day_of, full, text.lexicon)
            made.append(Event(slug, Role.PREVIOUS, kind, _when(occasion.days), number, spans=(occasion.span,)))
        elif occasion.act is Act.PUBLISHED and made:
            last = made[-1]
            if last.dates.report is None and not is_before(occasion.days.last, last.dates.ended or occasion.days.last):
                made[-1] = replace(last, dates=replace(last.dates, report=occasion.days.first))
    return made + _named_before(slug, day, text)


def _named_before(slug: str, day: Date | None, text: Text) -> list[Event]:
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
            if not isinstance(item.value, Days) or not day or not is_before(item.value.last, day):
                continue
            if text.readings[place].word_before(item.span) in _SINCE:  # “Since January 2018 Ofsted has used …”
                continue
            near = text.readings[place].distance(mention.span, item.span) <= _BESIDE
            if (
                near
                and months_between(item.value.last, day) > _YEAR_OR_SO - 4
                and frameworks.was_in_use(mention.value, item.value.last, text.lexicon)
                and act_on(text.readings[place], item.span) is not Act.OTHER
            ):
                out = act_on(text.readings[place], item.span) is Act.PUBLISHED
                dates = Dates(report=item.value.first) if out else _when(item.value)
                made.append(Event(slug, Role.PREVIOUS, mention.value, dates, spans=(mention.span,)))
    return made


_SINCE = frozenset({"since", "from", "until", "till"})
_IT_HAD = "(?:a(?:ph?b)?|(?:dN[qT]?|q)(?:d?S|p)h?[hbg])[ij]D"
_AS_IN = re.compile(rf"\)?c?{_IT_HAD}")
_ALSO_IN = re.compile(rf"\)?(?:[ij]x?D)?c?{_IT_HAD}")


def as_before(slug: str, claim: Claim, areas: Sequence[Area], framework: Framework | None, text: Text) -> list[Event]:
    """“Grade 2 (adequate), as it was in 2007”: the earlier inspection had the same grade."""
    each = text.told[claim.place]
    at = next((n for n, item in enumerate(each.items) if item.span == claim.at), len(each.items))
    found = _ALSO_IN.match(each.letters, at + 1)
    if not found:
        return []
    days = each.items[found.end() - 1].value
    if not isinstance(days, Days):
        return []
    graded = tuple(Graded(area, claim.grade, claim.span, claim.rule, 0) for area in areas)
    same = framework is not None and frameworks.was_in_use(framework, days.last, text.lexicon)
    kind = framework if same else frameworks.by_date(days.last, True, text.lexicon)
    return [Event(slug, Role.PREVIOUS, kind, _when(days), None, graded, spans=(claim.span,))]


def twice(slug: str, framework: Framework | None, chosen: Sequence[Graded], dates: Dates, text: Text) -> list[Event]:
    """“Outstanding for the second inspection running”: the one before had the same grade."""
    overall = next((each for each in chosen if each.area is Area.OVERALL), None)
    said = [
        (each, hint.span)
        for each, reading in zip(text.told, text.readings, strict=True)
        for hint in reading.hints
        if hint.value is Hint.TWICE
    ]
    if overall is None or not said:
        return []
    day = dates.started or dates.ended or dates.report or text.published
    for each, span in said:
        days = _dated_behind(each, span)
        if days and months_between(days.last, day) > _YEAR_OR_SO:  # “the same as in 2016”
            kind = frameworks.by_date(days.last, True, text.lexicon)
            return [Event(slug, Role.PREVIOUS, kind, _when(days), None, (overall,), spans=(span,))]
    running = [span for each, span in said if _of_a_grade(each)]
    if not running:
        return []
    annual = framework in ANNUAL
    before = Date(dates.ended.year - 1) if annual and dates.ended and dates.ended.year else None
    kind = framework if annual else None
    return [Event(slug, Role.PREVIOUS, kind, Dates(ended=before), None, (overall,), spans=(running[0],))]


def _of_a_grade(told: Shape) -> bool:
    return re.search("[NVy]", told.letters) is not None and re.search("[LS]", told.letters) is not None


def _dated_behind(told: Shape, span: Span) -> Days | None:
    """The first date behind `span` in its sentence."""
    return next(
        (item.value for item in told.items if isinstance(item.value, Days) and item.span.start >= span.end), None
    )
