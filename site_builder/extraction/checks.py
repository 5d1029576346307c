"""What a grade must pass before it is written: the scale of its kind, and one grade an area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.extraction.claims import Claim
from site_builder.extraction.events import (
    Graded,
    Text,
)
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Framework
from site_builder.text.document import Span


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A fact that the text seems to state and that failed a check."""

    value: str
    evidence: tuple[Span, ...]
    rule: str
    reason: str


def one_an_area(graded: Iterable[Graded]) -> tuple[tuple[Graded, ...], list[KeptOut]]:
    """One grade for an area: the plainest words win, then those that come first."""
    best: dict[Area, Graded] = {}
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


def all_of_child_protection(
    framework: Framework | None, areas: tuple[Area, ...], claim: Claim, text: Text
) -> tuple[Area, ...]:
    """“Child protection has been graded adequate”: of an inspection of just that it is the overall grade."""
    if framework is not Framework.CHILD_PROTECTION or areas != (Area.HELP_AND_PROTECTION,):
        return areas
    words = text.document.words(text.told[claim.place].sentence.span).lower()
    return (Area.OVERALL,) if "child protection" in words or "arrangements" in words else areas


def off_the_scale(claim: Claim, framework: Framework | None, lexicon: Lexicon) -> str:
    """Why the framework cannot have given such a grade; empty where it can."""
    facts = next((each for each in lexicon.register.frameworks if each.id is framework), None)
    if claim.annual and framework is not Framework.ANNUAL_RATING:
        return "a word that only the annual ratings used as a grade"
    if facts and facts.grades and claim.grade not in facts.grades:
        return f"{framework} does not use the grade {claim.grade}"
    return ""


def shown(claim: Claim) -> str:
    """A claim as the explanation prints it."""
    return f"{', '.join(claim.areas)}: {claim.grade}"
