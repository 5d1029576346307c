"""The parts that words play where a text tells of an inspection and its grades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from site_builder import plain_yaml
from site_builder.lexicon.phrases import Phrases, phrases
from site_builder.model import Area, Grade


class Part(StrEnum):
    """What a word does in such a sentence; `parts.yaml` says of each what it means."""

    JUDGED = "judged"
    CALLED = "called"
    AWARDED = "awarded"
    KEPT = "kept"
    RATING = "rating"
    OUTCOME = "outcome"
    RATINGS = "ratings"
    BE = "be"
    REMAIN = "remain"
    HAVE = "have"
    MOVED = "moved"
    FROM = "from"
    TO = "to"
    AS = "as"
    IN = "in"
    FOR = "for"
    OF = "of"
    AND = "and"
    OR = "or"
    THAT = "that"
    DETERMINER = "determiner"
    ADVERB = "adverb"
    OVERALL = "overall"
    RELATIVE = "relative"
    PRONOUN = "pronoun"
    OFSTED = "ofsted"
    COUNCIL = "council"
    COUNCILS = "councils"
    ELSEWHERE = "elsewhere"
    DENIED = "denied"
    LOST = "lost"
    HOPED = "hoped"
    AFTER = "after"
    RESPECTIVELY = "respectively"
    CONTRAST = "contrast"
    ALL_AREAS = "all_areas"
    ALL_BUT_ONE = "all_but_one"
    AREA_WORD = "area_word"
    NUMBER = "number"
    BOARD = "board"
    DURATION = "duration"
    PERFORM = "perform"
    SAME = "same"
    SO_TOO = "so_too"
    NO_GRADE = "no_grade"


class Act(StrEnum):
    """What a date is the date of."""

    INSPECTED = "inspected"
    CAME = "came"
    """Words that tell of an inspection only where inspectors are the ones who came."""
    TOLD = "told"
    """As `REPORTED`, but only where it is the council that is told."""
    REPORTED = "reported"
    """Words that tell of a judgement only where inspectors are the ones who say so."""
    STARTED = "started"
    """Inspectors came, and how long they stayed is not said with it."""
    ENDED = "ended"
    """Inspectors left."""
    JUDGED = "judged"
    """A grade was given: at an inspection or when its report came out."""
    PUBLISHED = "published"
    FULL = "full"
    """Words of a whole inspection with grades, as opposed to a visit."""
    FOCUS = "focus"
    """Words before what a visit looked at."""
    OTHER = "other"
    """Things that also happen on dates: meetings, plans, appointments."""


class Hint(StrEnum):
    """Words that say which inspection a clause tells of."""

    PREVIOUS = "previous"
    PREVIOUS_BEHIND = "previous_behind"
    """As `PREVIOUS`, but of what follows them only: “the third visit since it was rated”."""
    PREVIOUS_NEAR = "previous_near"
    """As `PREVIOUS`, but only right beside: “had been good”, not “had been waiting”."""
    NEITHER = "neither"
    """Words with such a hint in them that say nothing of it: “they came back in June”."""
    SUBJECT = "subject"
    TWICE = "twice"
    """The same grade as the time before."""


@dataclass(frozen=True, slots=True)
class AnnualGrade:
    """A grade in the words of the annual ratings of 2009 to 2011."""

    grade: Grade
    adverb: bool
    """True for "well", which is a grade only after "performs"; False for "excellent"."""


@dataclass(frozen=True, slots=True)
class RankedGrade:
    """A grade by its rank: "the highest rating"."""

    grade: Grade


Told = Grade | Area | AnnualGrade | RankedGrade | Part
"""What a word or phrase is to a sentence about a grade."""


def telling(texts: Mapping[str, str]) -> Phrases[Told]:
    """The table of all of them, so that one walk reads a sentence; raises KeyError or ValueError on a wrong file."""
    return phrases(_entries(texts))


def _entries(texts: Mapping[str, str]) -> Iterator[tuple[str, Told]]:
    for grade, words in plain_yaml.load(texts["grades.yaml"]).items():
        yield from ((word.lower(), Grade(grade)) for word in words)
    for area, words in plain_yaml.load(texts["areas.yaml"]).items():
        yield from ((word.lower(), Area(area)) for word in words)
    for manner, grades in plain_yaml.load(texts["annual.yaml"]).items():
        for grade, words in grades.items():
            yield from ((word.lower(), AnnualGrade(Grade(grade), manner == "performs")) for word in words)
    for grade, words in plain_yaml.load(texts["superlatives.yaml"]).items():
        yield from ((word.lower(), RankedGrade(Grade(grade))) for word in words)
    for part, words in plain_yaml.load(texts["parts.yaml"]).items():
        yield from ((word.lower(), Part(part)) for word in words)
