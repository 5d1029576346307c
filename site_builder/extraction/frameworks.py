"""Which kind of inspection a text tells of: its names vote, the calendar and the scale of grades veto."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from site_builder.edtf import Date
from site_builder.extraction.claims import Claim
from site_builder.extraction.dates import Days
from site_builder.extraction.mentions import named_in
from site_builder.extraction.occasions import Reading, role_at
from site_builder.extraction.shapes import Shape
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Framework, FrameworkFacts, Grade, Role
from site_builder.text.document import BlockKind, Document, Mention

VISITS = frozenset({Framework.FOCUSED_VISIT, Framework.MONITORING_VISIT})
UNGRADED = VISITS | {Framework.JTAI, Framework.AREA_SEND, Framework.CONTACT_REFERRAL_ASSESSMENT}
"""Kinds that give no grade."""

_WHOLE = (Framework.JAR, Framework.APA, Framework.SLAC, Framework.CHILD_PROTECTION, Framework.SIF, Framework.ILACS)
"""Inspections of all of a council's children's services, which articles name only as "an inspection"."""
_RIVALS = (*_WHOLE, Framework.CONTACT_REFERRAL_ASSESSMENT, Framework.ANNUAL_RATING)
HALVES = {Area.SAFEGUARDING, Area.LOOKED_AFTER_CHILDREN}
"""What only SLAC judged side by side."""
_SERVICES = {Area.FOSTERING: Framework.FOSTERING, Area.ADOPTION: Framework.ADOPTION}
_AREA_OF = {kind: area for area, kind in _SERVICES.items()}
_TITLE_VOTE, _LEAD_VOTE, _VOTE = 4, 3, 1
_OPENING = 3
"""How many sentences, headline included, open an article: a visit named there before any grade is its subject."""
_BESIDE = 10
_HEAD = 2
"""How many sentences say of which service an inspection was, where it was of one alone."""
_LEAD = 5
"""How many sentences make the lead."""
_OUTVOTES_GRADES = 6
"""Votes that a kind without grades needs where the text gives fresh grades."""
_TO_PUBLICATION = timedelta(days=120)
"""How long after the last inspection of a kind its report may come out."""


def named(told: Sequence[Shape], lexicon: Lexicon) -> tuple[tuple[int, Mention[Framework]], ...]:
    """Every name of a kind of inspection, with the place of its sentence."""
    return tuple(
        (place, mention) for place, each in enumerate(told) for mention in named_in(each.sentence, lexicon.frameworks)
    )


def clues_in(told: Sequence[Shape], lexicon: Lexicon) -> Counter[Framework]:
    """How often the text has words that speak for a kind of inspection without naming it."""
    return Counter(mention.value for each in told for mention in named_in(each.sentence, lexicon.clues))


def of_subject(
    document: Document,
    told: Sequence[Shape],
    readings: Sequence[Reading],
    names: Sequence[tuple[int, Mention[Framework]]],
    clues: Counter[Framework],
    claims: Sequence[Claim],
    when: Date | None,
    on_site: bool,
    not_before: int | None,
    counted: bool,
    tallied: bool,
    lexicon: Lexicon,
) -> Framework | None:
    """The kind of the inspection that the article is about; None where the text does not settle it.

    `when` is the day of the inspection (`on_site`) or of its report, `not_before` the newest year that the text names;
    `counted` where it numbers its visits, `tallied` where it counts areas by their grades.
    """
    grace = timedelta() if on_site else _TO_PUBLICATION
    votes: Counter[Framework] = Counter()
    for place, mention in names:
        if not _recalled(told[place], readings[place], mention, when):
            votes[mention.value] += _weight(document, told, place)
    graded = [claim for claim in claims if not claim.earlier and not recalled(claim, readings)]
    fresh = [claim for claim in graded if role_at(readings[claim.place], claim.at) is Role.SUBJECT or claim.explicit]
    facts = {each.id: each for each in lexicon.register.frameworks}
    halves = {area for claim in graded for area in claim.areas}
    slac = facts[Framework.SLAC]
    service = _service_of_title(document, told) or _service_named(votes) or _service_graded(graded)
    of_it = service is not None and bool(graded) and graded[0].areas == (_AREA_OF[service],)
    if not of_it and halves >= HALVES and _scale_allows(slac, graded) and (not when or _begun(slac, when, grace)):
        return Framework.SLAC
    opened = any(place < _OPENING for place, _ in names)
    if when and not opened and _opens_unannounced(told, when, lexicon):
        return Framework.CONTACT_REFERRAL_ASSESSMENT
    year = when.year if when else not_before
    if year and year < _FIRST_RATINGS and Framework.ANNUAL_RATING in votes:
        votes[Framework.APA] += votes.pop(Framework.ANNUAL_RATING, 0)  # the yearly assessment of that time
    if service and when and when.latest and when.latest < _BEFORE_SIF:
        return service
    if not votes.keys() - {Framework.RESIDENTIAL} and _of_a_home(told):
        return Framework.RESIDENTIAL
    for framework, count in votes.most_common():
        if framework in _SERVICES.values() or (when and not _begun(facts.get(framework), when, grace)):
            continue
        if framework in UNGRADED:
            first = min(place for place, mention in names if mention.value is framework)
            leads = first < _OPENING and all(first < claim.place for claim in fresh)
            before = all(first <= claim.place for claim in graded)
            if count >= _OUTVOTES_GRADES or leads or (not fresh and (before or count > _LEAD_VOTE)):
                return framework
        elif _scale_allows(facts.get(framework), graded) or (
            count >= _LEAD_VOTE and any(_scale_allows(facts.get(framework), [claim]) for claim in graded)
        ):
            return framework
    named_at_all = {mention.value for _, mention in names}
    return _by_calendar(told, clues, graded, when, grace, not_before, counted, tallied, named_at_all, facts)


_BEFORE_SIF = date(2013, 11, 1)


def _opens_unannounced(told: Sequence[Shape], when: Date, lexicon: Lexicon) -> bool:
    """True where an article of a day on which only the yearly check came unannounced opens with that word."""
    if was_in_use(Framework.CHILD_PROTECTION, when, lexicon) or not was_in_use(
        Framework.CONTACT_REFERRAL_ASSESSMENT, when, lexicon
    ):
        return False
    opening = (mention.value for each in told[:_OPENING] for mention in named_in(each.sentence, lexicon.clues))
    return Framework.CHILD_PROTECTION in opening


_FIRST_RATINGS = 2009


def _service_named(votes: Counter[Framework]) -> Framework | None:
    """The one service whose inspection the lead names, where it names no inspection of them all."""
    named = [kind for kind in _SERVICES.values() if votes[kind] >= _LEAD_VOTE]
    return named[0] if len(named) == 1 and not any(votes[kind] for kind in _RIVALS) else None


def _service_graded(graded: Sequence[Claim]) -> Framework | None:
    """The one service to which the opening gives the first grade of the text."""
    first = graded[0] if graded and graded[0].place < _OPENING else None
    return _SERVICES.get(first.areas[0]) if first and len(first.areas) == 1 else None


def _service_of_title(document: Document, told: Sequence[Shape]) -> Framework | None:
    """“Adoption team is a shining example”: the one service that the headline names, once inspected by itself."""
    named = {
        item.value
        for each in told[:_HEAD]
        if document.blocks[each.sentence.block].kind is BlockKind.TITLE
        for item in each.items
        if isinstance(item.value, Area)
    }
    return _SERVICES.get(next(iter(named))) if len(named) == 1 else None


def _recalled(told: Shape, reading: Reading, mention: Mention[Framework], when: Date | None) -> bool:
    """True where a kind of inspection is named as an earlier one: by the words around it or by an older year."""
    if role_at(reading, mention.span) is Role.PREVIOUS:
        return True
    if mention.value in UNGRADED:
        return False
    years = [
        item.value.last.year
        for item in told.items
        if isinstance(item.value, Days) and item.value.last.year and reading.distance(mention.span, item.span) < _BESIDE
    ]
    return bool(years and when and when.year and max(years) < when.year)


def recalled(claim: Claim, readings: Sequence[Reading]) -> bool:
    """True where words say that a grade was given before; "up from inadequate to good" says it of the first alone."""
    return claim.rule != "moved_to" and role_at(readings[claim.place], claim.at) is Role.PREVIOUS


def _weight(document: Document, told: Sequence[Shape], place: int) -> int:
    if document.blocks[told[place].sentence.block].kind is BlockKind.TITLE:
        return _TITLE_VOTE
    return _LEAD_VOTE if place < _LEAD else _VOTE


def _of_a_home(told: Sequence[Shape]) -> bool:
    """True where the lead is about a children's home, and what follows about “the home”."""
    sentences = [f"{' '.join(each.sentence.folds)} " for each in told]
    lead = any(name in each for each in sentences[:_LEAD] for name in _HOMES)
    return lead and sum(each.count("the home ") for each in sentences) >= _SAID_AGAIN


_HOMES = ("children 's home ", "childrens home ", "care home ", "residential home ", "secure home ")
"""As words are parted; not “homes”, of which a council has several."""
_SAID_AGAIN = 2


def _by_calendar(
    told: Sequence[Shape],
    clues: Counter[Framework],
    graded: Sequence[Claim],
    when: Date | None,
    grace: timedelta,
    not_before: int | None,
    counted: bool,
    tallied: bool,
    named_at_all: set[Framework],
    facts: dict[Framework, FrameworkFacts],
) -> Framework | None:
    """The one kind that date, grades and areas leave possible, with clues to choose between two."""
    areas = {area for claim in graded for area in claim.areas}
    service = areas - {Area.OVERALL, Area.OTHER}
    headed = {item.value for each in told[:_HEAD] for item in each.items if isinstance(item.value, Area)}
    if len(service) == 1 and service <= headed & set(_SERVICES) and Area.OVERALL not in graded[0].areas:
        return _SERVICES[service.pop()]
    if graded and all(claim.areas == (Area.FOSTERING,) for claim in graded):  # no inspection grades it beside the rest
        return Framework.FOSTERING
    if any(claim.rule == "performs" for claim in graded):
        return Framework.ANNUAL_RATING
    possible = [framework for framework in _WHOLE if _scale_allows(facts.get(framework), graded)]
    if when:
        possible = [framework for framework in possible if _begun(facts.get(framework), when, grace)]
    if not_before:
        possible = [framework for framework in possible if _still_in(facts.get(framework), not_before)]
    if Framework.FOCUSED_VISIT in named_at_all:  # these came with ILACS, so an inspection after one is ILACS
        possible = [framework for framework in possible if framework is Framework.ILACS]
    if not graded and not tallied:
        if clues[Framework.CONTACT_REFERRAL_ASSESSMENT] and clues[Framework.CHILD_PROTECTION]:
            return Framework.CONTACT_REFERRAL_ASSESSMENT
        about = when or (Date(not_before) if not_before else None)
        if about and _begun(facts.get(Framework.JTAI), about, grace) and clues[Framework.JTAI]:
            return Framework.JTAI
        with_health = clues[Framework.AREA_SEND] and clues[Framework.SLAC]  # Ofsted and the Care Quality Commission
        if about and _begun(facts.get(Framework.AREA_SEND), about, grace) and with_health:
            return Framework.AREA_SEND
        # since 2018 inspectors who come and give no grade are on a focused visit
        visited = when and when.year and when.month and not grace and possible == [Framework.ILACS]
        monitored = counted or clues[Framework.MONITORING_VISIT] or Framework.MONITORING_VISIT in named_at_all
        return (Framework.MONITORING_VISIT if monitored else Framework.FOCUSED_VISIT) if visited else None
    if not grace and set(possible) == {Framework.JAR, Framework.APA}:
        return Framework.JAR  # nobody came for the yearly assessment
    if when and graded and Area.ADOPTION in graded[0].areas and not {Framework.SIF, Framework.ILACS} & set(possible):
        return Framework.ADOPTION  # before the single inspection, adoption had inspections of its own
    if areas & {Area.LSCB, Area.ADOPTION}:
        possible = [framework for framework in possible if framework is Framework.SIF] or possible
    if (
        Framework.SLAC in possible
        and {Area.SAFEGUARDING} <= areas
        and areas & {Area.LOOKED_AFTER_CHILDREN, Area.CHILDREN_LOOKED_AFTER}
    ):
        return Framework.SLAC
    if len(possible) == 1:
        return possible[0]
    hinted = [framework for framework in possible if clues[framework]]
    if len(hinted) == 1:
        return hinted[0]
    spoken_of = [framework for framework in possible if framework in named_at_all]
    if len(spoken_of) == 1:
        return spoken_of[0]
    if Framework.CHILD_PROTECTION in possible and areas - {Area.LEADERSHIP, Area.OTHER} == {Area.HELP_AND_PROTECTION}:
        return Framework.CHILD_PROTECTION
    return None if grace else _the_newer(possible, when)


def was_in_use(framework: Framework, when: Date, lexicon: Lexicon) -> bool:
    """True where an inspection of the kind can have happened at `when`."""
    facts = next((each for each in lexicon.register.frameworks if each.id is framework), None)
    return facts is None or _begun(facts, when, timedelta())


def by_date(when: Date | None, graded: bool, lexicon: Lexicon) -> Framework | None:
    """The only kind of inspection that can have happened at `when`; None where there were several."""
    if when is None or when.year is None or not graded:
        return None
    facts = {each.id: each for each in lexicon.register.frameworks}
    possible = [framework for framework in _RIVALS if _begun(facts.get(framework), when, timedelta())]
    return _the_newer(possible, when) or (possible[0] if len(possible) == 1 else None)


def _the_newer(possible: Sequence[Framework], when: Date | None) -> Framework | None:
    """ILACS for a time after January 2018: only seven second inspections were still made as before, till July."""
    begun = when.latest if when else None
    both = set(possible) == {Framework.SIF, Framework.ILACS}
    return Framework.ILACS if both and begun and begun > _LAST_OF_SIF else None


_LAST_OF_SIF = date(2018, 1, 31)


def _begun(facts: FrameworkFacts | None, when: Date, grace: timedelta) -> bool:
    """True where an inspection of the kind can have been at `when`, or its report within `grace`."""
    earliest, latest = when.earliest, when.latest
    if facts is None or earliest is None or latest is None:
        return True
    begins = facts.begins.earliest if facts.begins else None
    ends = facts.ends.latest if facts.ends else None
    return (begins is None or latest >= begins) and (ends is None or earliest <= ends + grace)


def _still_in(facts: FrameworkFacts | None, year: int) -> bool:
    ends = facts.ends.latest if facts and facts.ends else None
    return ends is None or date(year, 1, 1) <= ends + _TO_PUBLICATION


def _scale_allows(facts: FrameworkFacts | None, claims: Iterable[Claim]) -> bool:
    """False where the kind never used one of the grades given ("adequate" ended in 2013)."""
    if facts is None:
        return True
    return all(claim.grade in facts.grades for claim in claims if claim.grade is not Grade.ADEQUATE or not claim.annual)


def areas_of(framework: Framework | None, areas: Sequence[Area]) -> tuple[Area, ...]:
    """`areas` as the framework names them: what SLAC calls looked after children SIF calls children looked after."""
    names = _RENAMED.get(framework, {}) if framework else {}
    return tuple(dict.fromkeys(names.get(area, area) for area in areas))


_SINGLE = {
    Area.LOOKED_AFTER_CHILDREN: Area.CHILDREN_LOOKED_AFTER,
    Area.SAFEGUARDING: Area.HELP_AND_PROTECTION,
}
_STAYING_SAFE = {Area.HELP_AND_PROTECTION: Area.SAFEGUARDING}
"""Under the outcomes of Every Child Matters."""
_BEFORE_SLAC = {Area.CHILDREN_LOOKED_AFTER: Area.LOOKED_AFTER_CHILDREN}
_RENAMED: dict[Framework | None, dict[Area, Area]] = {
    Framework.JAR: _STAYING_SAFE | _BEFORE_SLAC,
    Framework.APA: _STAYING_SAFE | _BEFORE_SLAC,
    Framework.SLAC: {
        Area.CHILDREN_LOOKED_AFTER: Area.LOOKED_AFTER_CHILDREN,
        Area.HELP_AND_PROTECTION: Area.SAFEGUARDING,
    },
    Framework.SIF: _SINGLE,
    Framework.ILACS: _SINGLE,
    Framework.FOSTERING: {Area.FOSTERING: Area.OVERALL},
    Framework.ADOPTION: {Area.ADOPTION: Area.OVERALL} | _STAYING_SAFE,
}
