"""A grade as a text gives it, before it is known of which inspection."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.extraction.shapes import Item
from site_builder.lexicon.parts import AnnualGrade, RankedGrade
from site_builder.model import Area, Grade
from site_builder.text.document import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """The text gives a grade. Of which inspection it was is for `inspections` to find out."""

    areas: tuple[Area, ...]
    """Overall where the text names the service as a whole."""
    grade: Grade
    annual: bool
    """True for a word that only the annual ratings used as a grade ("excellent", "performs well")."""
    authorities: tuple[str, ...]
    """The authorities that the claim names as its subject; empty where it names none."""
    together: bool
    """True for "both" and "they": all the authorities named just before."""
    place: int
    """The place of its sentence among the shapes."""
    at: Span
    """The words of the grade."""
    span: Span
    """The words that state it."""
    earlier: bool
    """True where the words themselves say that this is the grade before ("from inadequate to good")."""
    explicit: bool
    """True where the text says "overall"."""
    rule: str
    year: int | None = None
    """The year at the head of its column, where it is a cell of a table."""
    kept_out: str = ""
    """Why the claim does not count; empty where it does."""


def grade_of(item: Item) -> tuple[Grade, bool]:
    """The grade that an item names; True with it where the word is one of the annual ratings' own."""
    if isinstance(item.value, AnnualGrade):
        return item.value.grade, True
    if isinstance(item.value, RankedGrade):
        return item.value.grade, False
    return Grade(str(item.value)), False
