"""Which inspections a text tells of, and which dates, grades and counts belong to each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from site_builder.edtf import Date
from site_builder.extraction import frameworks, standing
from site_builder.extraction.checks import KeptOut, all_of_child_protection, off_the_scale, one_an_area, shown
from site_builder.extraction.claims import Claim
from site_builder.extraction.dates import Days, settled
from site_builder.extraction.events import (
    Dates,
    Event,
    Graded,
    Text,
    dated_on,
    is_before,
    merged,
    with_its_kind,
)
from site_builder.extraction.focus import focus, focus_of_earlier
from site_builder.extraction.judgements import claims
from site_builder.extraction.mentions import named_in
from site_builder.extraction.occasions import Occasion, Reading, occasions, role_at
from site_builder.extraction.ordinals import Numbered, earlier_visits, numbered
from site_builder.extraction.recalls import (
    as_before,
    dates_of,
    dates_of_it,
    is_earlier,
    kept_since,
    long_ago,
    outdated_claims,
    recalled_by,
    twice,
    visited_before,
    with_the_same,
)
from site_builder.extraction.shapes import Shape, shapes
from site_builder.extraction.tallies import Counted, counted, half_before
from site_builder.extraction.timing import ANNUAL, judged_on, rated_year, subject_dates
from site_builder.extraction.voices import Speech
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import Act
from site_builder.model import Area, Framework, Inspection, Judgement, Role, Tally, Theme
from site_builder.text.document import Document, Fact, Mention, Sentence, Span


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
    readings = [Reading(each, lexicon) for each in told]
    read = claims(document, told, speech)
    kept = [claim for claim in read if not claim.kept_out or _of_them_all(claim, told, authorities, lexicon)]
    names = frameworks.named(told, lexicon)
    clues = frameworks.clues_in(told, lexicon)
    owners = _owners(told, authorities)
    happened = occasions(told, readings)
    newest = max((int(day.year) for each in happened if (day := each.days.last).year), default=None)
    ordinals = numbered(told, readings, lexicon)
    visits = {each.place: each.number for each in ordinals if not each.hoped}
    text = Text(document, told, readings, _by_sentence(names), earlier_visits(ordinals), visits, published, lexicon)
    tallies = counted(document, told, kept, lexicon.cardinals)
    old = {each.place for each in happened if each.role is Role.PREVIOUS}

    found: list[Event] = []
    counting = set(kept)
    out = [KeptOut(shown(claim), (claim.span,), claim.rule, claim.kept_out) for claim in read if claim not in counting]
    for slug in authorities:
        mine = [claim for claim in kept if slug in _claimed(claim, told, owners, authorities)]
        its_names = [(place, mention) for place, mention in names if slug in owners[place]] or names
        its_ordinals = [each for each in ordinals if slug in owners[each.place]]
        when = [each for each in happened if slug in _happened_to(each, told, owners, authorities, lexicon)]
        dated = subject_dates(when, text)
        on_site = dated.started or dated.ended
        judged = judged_on(when)
        known = next(
            (each for each in (on_site, dated.report) if each and each.year), published or (None if on_site else judged)
        )
        fresh = [
            claim
            for claim in mine
            if kept_since(claim, dates_of(claim, text), text)
            or not (
                long_ago(dates_of(claim, text), known, on_site=bool(known) and known == on_site)
                or dates_of_it(claim, when, text)
            )
        ]
        framework = frameworks.of_subject(
            document,
            told,
            readings,
            its_names,
            clues,
            fresh,
            known,
            known is not None and known == on_site,
            newest,
            any(not each.hoped for each in its_ordinals),
            any(each.place not in old for each in tallies),
            lexicon,
        )
        events, dropped = _events(slug, framework, dated, known, mine, when, its_ordinals, text)
        found += events
        out += dropped
    subjects = _of_one_kind([event for event in found if event.role is Role.SUBJECT])
    earlier = [
        replace(event, focus=focus_of_earlier(told, event.spans, lexicon))
        if event.framework in frameworks.VISITS
        else event
        for event in found
        if event.role is Role.PREVIOUS
    ]
    whole = [
        _with_focus(event, document, told, readings, themes, owners, lexicon)
        if event.framework in frameworks.VISITS
        else event
        for event in subjects
    ]
    recalled = {
        each.place
        for each in happened
        if (each.role is Role.PREVIOUS or _is_old(each, whole))
        and not any(aside.holds(each.span) for aside in readings[each.place].asides)
    }
    counts = [each for each in tallies if each.place not in recalled]
    whole = [_with_tallies(event, counts, owners) for event in whole]
    earlier = [_with_recalled(event, [each for each in tallies if each.place in recalled], text) for event in earlier]
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


def _of_one_kind(subjects: Sequence[Event]) -> list[Event]:
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
    return any(lexicon.cardinals.get(word) == len(authorities) for word in told[claim.place].sentence.folds)


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
    if behind and _named_later(claim, told[claim.place]):
        return ()
    if claim.together or not behind:
        return owners[claim.place] if claim.together or len(owners[claim.place]) == 1 else ()
    return owners[claim.place] if len(owners[claim.place]) == 1 else ()


def _last_named(told: Shape, date: Span) -> str:
    """“Oldham was inspected in January and Bury in February”: the name before a date, where each has its own."""
    turns = "".join([item.letter for item in told.items if item.letter in "LD"])
    if not _IN_TURNS.fullmatch(turns):
        return ""
    return next(
        (str(item.value) for item in reversed(told.items) if item.letter == "L" and item.span.end <= date.start), ""
    )


_IN_TURNS = re.compile("(?:LD){2,}")


def _of_one_report(told: Shape) -> bool:
    """“Ofsted’s letter, dated 26 July”: of the council last named, where a text tells of several."""
    folds = set(told.sentence.folds)
    return "letter" in folds or (bool(folds & _ONE_REPORT) and not folds & _REPORTS)


_ONE_REPORT, _REPORTS = frozenset({"report", "its"}), frozenset({"letters", "reports", "all", "both"})


def _named_later(claim: Claim, told: Shape) -> bool:
    """“East London borough scoops top marks while Redcar slips”: the name stands in another clause behind the grade."""
    first = next(n for n, item in enumerate(told.items) if item.letter == "L")
    at = next((n for n, item in enumerate(told.items) if item.span == claim.at), first)
    return at < first and re.search("[Bsj&]", told.letters[at:first]) is not None


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
    in_turn = _last_named(told[occasion.place], occasion.span)
    if len(authorities) > 1 and in_turn in authorities:
        return (in_turn,)
    if len(authorities) > 1 and "L" not in letters:
        several = "C" in letters or any(named_in(told[occasion.place].sentence, lexicon.together))
        of_all = occasion.act is Act.PUBLISHED and not _of_one_report(told[occasion.place])
        if of_all or several:
            return authorities
    return owners[occasion.place]


def _events(
    slug: str,
    framework: Framework | None,
    dates: Dates,
    day: Date | None,
    mine: Sequence[Claim],
    when: Sequence[Occasion],
    ordinals: Sequence[Numbered],
    text: Text,
) -> tuple[list[Event], list[KeptOut]]:
    """The subject inspection of one authority and the earlier ones that the text recalls."""
    if framework in ANNUAL and (dates.ended is None or dates.ended.month):
        dates = rated_year(when, Dates(report=dates.report, spans=dates.spans), text)
        day = dates.ended or day
    outdated = outdated_claims(mine, day, text)
    graded: list[Graded] = []
    earlier: list[Event] = []
    out: list[KeptOut] = []
    told_before: tuple[Claim, list[Days]] | None = None
    for claim in mine:
        near = dates_of(claim, text) or dates_of_it(claim, when, text)
        if not near and told_before and with_the_same(told_before[0], claim, text):
            near = told_before[1]
        since = [days for days in kept_since(claim, near, text) if framework not in frameworks.UNGRADED and day]
        since = [days for days in since if day and is_before(days.last, day)]
        if since:
            earlier += recalled_by(slug, claim, since, framework, day, text)
        if not since and (claim in outdated or is_earlier(claim, near, framework, dates, day, text)):
            earlier += recalled_by(slug, claim, near, framework, day, text)
            told_before = (claim, list(near))
            earlier += as_before(slug, claim, frameworks.areas_of(None, claim.areas), None, text)
        elif reason := off_the_scale(claim, framework, text.lexicon):
            out.append(KeptOut(shown(claim), (claim.span,), claim.rule, reason))
        else:
            sure = 2 * claim.explicit + (role_at(text.readings[claim.place], claim.at) is Role.SUBJECT)
            half = half_before(text.told, claim.place)
            areas = all_of_child_protection(framework, frameworks.areas_of(framework, claim.areas), claim, text)
            if framework is Framework.SLAC and areas == (Area.OVERALL,):
                areas = (half,) if half and claim.explicit else ()
            earlier += as_before(slug, claim, areas, framework, text)
            graded += [Graded(area, claim.grade, claim.span, claim.rule, sure) for area in areas]
    chosen, lost = one_an_area(graded)
    out += lost
    number = (
        max((each.number for each in ordinals if not each.hoped), default=None)
        if framework in frameworks.VISITS
        else None
    )
    spans = tuple(each.span for each in ordinals if each.number == number)[:1]
    earlier += twice(slug, framework, chosen, dates, text)
    subject = Event(slug, Role.SUBJECT, framework, dates, number, chosen, spans=spans)
    earlier += visited_before(slug, when, day, framework, text)
    recalled = merged(earlier[:_MOST_EARLIER])
    return [_grounded(subject, text), *(with_its_kind(event, text.lexicon) for event in recalled)], out


_MOST_EARLIER = 60
"""No article recalls more; a longer list is no article."""


def _grounded(event: Event, text: Text) -> Event:
    """The event with words that tell of it, so that no inspection stands without evidence."""
    if event.spans or event.dates.spans or event.grades:
        return event
    named = [mention.span for found in text.names.values() for mention in found]
    first = named or [item.span for each in text.told for item in each.items if item.letter == "O"]
    return replace(event, spans=tuple(first[:1] or [each.sentence.span for each in text.told[:1]]))


def _with_focus(
    event: Event,
    document: Document,
    told: Sequence[Shape],
    readings: Sequence[Reading],
    themes: Sequence[Mention[Theme]],
    owners: Sequence[tuple[str, ...]],
    lexicon: Lexicon,
) -> Event:
    mine = [place for place in range(len(told)) if event.authority in owners[place]]
    return replace(event, focus=focus(document, told, readings, themes, mine, lexicon))


def _is_old(occasion: Occasion, subjects: Sequence[Event]) -> bool:
    """True for a date before the inspections that the article is about."""
    begun = [event.dates.started for event in subjects if event.dates.started]
    return bool(begun) and all(is_before(occasion.days.last, day) for day in begun)


def _with_tallies(event: Event, tallies: Sequence[Counted], owners: Sequence[tuple[str, ...]]) -> Event:
    return replace(event, tallies=tuple(each for each in tallies if event.authority in owners[each.place]))


def _with_recalled(event: Event, tallies: Sequence[Counted], text: Text) -> Event:
    """“In 2015 the council required improvement in four of five areas”: an earlier inspection with its count."""
    sentences = [(each, text.told[each.place].sentence.span) for each in tallies]
    mine = tuple(each for each, sentence in sentences if any(sentence.holds(span) for span in event.spans))
    if not mine or any(
        each.area is Area.OVERALL for each in event.grades
    ):  # “all four were inadequate” is read as that
        return event
    kind = event.framework or frameworks.by_date(dated_on(event), True, text.lexicon)
    return replace(event, tallies=mine, framework=kind)


_SENTENCES = 3
"""How many sentences show that an article tells of an inspection."""


def _fact(document: Document, event: Event, sentences: Sequence[Sentence]) -> Fact[Inspection]:
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
