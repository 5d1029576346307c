"""Words and names as data: the tables that extraction reads with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from site_builder import plain_yaml
from site_builder.lexicon.cues import FindingWords, PeopleWords, SpeechWords, read_findings, read_words
from site_builder.lexicon.furniture import FurnitureWords, furniture_words
from site_builder.lexicon.names import Places, places
from site_builder.lexicon.parts import Act, Hint, Told, telling
from site_builder.lexicon.phrases import Phrases, phrases
from site_builder.lexicon.sources import SourceWords, source_words
from site_builder.model import Area, Framework, Grade, Register, Theme

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every table, built once and passed as a value. Phrases of words are folded; names keep their case."""

    register: Register
    grades: Phrases[Grade]
    areas: Phrases[Area]
    frameworks: Phrases[Framework]
    themes: Phrases[Theme]
    """Names of themes, and the hints at them."""
    theme_hints: frozenset[str]
    """Those that only hint at a theme."""
    places: Places
    furniture: FurnitureWords
    speech: SpeechWords
    people: PeopleWords
    findings: FindingWords
    sources: SourceWords
    telling: Phrases[Told]
    """Grades, areas and the words around them, for reading a sentence in one walk."""
    hints: Phrases[Hint]
    """Words that say whether the inspection told of is the article's subject or an earlier one."""
    clues: Phrases[Framework]
    """Words that speak for a kind of inspection without naming it."""
    ordinals: Mapping[str, int]
    cardinals: Mapping[str, int]
    topics: Phrases[Theme]
    """What a visit looks at, in words too plain to show a theme elsewhere."""
    together: Phrases[str]
    """Words that speak of several inspections or councils at once."""
    acts: Phrases[Act]
    """What happened on a date: inspectors came, or a report came out."""


def build(texts: Mapping[str, str], register: Register) -> Lexicon:
    """The lexicon that the YAML files of this folder hold (file name → text), with the names of `register`.

    Raises KeyError or ValueError where a file is not of the form that its head describes.
    """
    return Lexicon(
        register=register,
        grades=phrases(_vocabulary(texts["grades.yaml"], Grade)),
        areas=phrases(_vocabulary(texts["areas.yaml"], Area)),
        frameworks=phrases(_vocabulary(texts["frameworks.yaml"], Framework)),
        themes=phrases(
            entry for name in ("themes.yaml", "theme_hints.yaml") for entry in _vocabulary(texts[name], Theme)
        ),
        theme_hints=frozenset(phrase for phrase, _ in _vocabulary(texts["theme_hints.yaml"], Theme)),
        places=places(texts["places.yaml"], register),
        furniture=furniture_words(texts["furniture.yaml"]),
        speech=read_words(texts["speech.yaml"], SpeechWords),
        findings=read_findings(texts["findings.yaml"]),
        people=read_words(
            texts["people.yaml"], PeopleWords, places=frozenset(authority.name for authority in register.authorities)
        ),
        sources=source_words(texts["sources.yaml"]),
        telling=telling(texts),
        hints=phrases(_vocabulary(texts["hints.yaml"], Hint)),
        clues=phrases(_vocabulary(texts["clues.yaml"], Framework)),
        ordinals=_numbers(texts["numbers.yaml"], "ordinal"),
        cardinals=_numbers(texts["numbers.yaml"], "cardinal"),
        topics=phrases(_vocabulary(texts["topics.yaml"], Theme)),
        together=phrases(
            (phrase, kind) for kind, listed in plain_yaml.load(texts["together.yaml"]).items() for phrase in listed
        ),
        acts=phrases(_vocabulary(texts["acts.yaml"], Act)),
    )


def _numbers(text: str, manner: str) -> dict[str, int]:
    return {word: int(number) for number, words in plain_yaml.load(text)[manner].items() for word in words}


def _vocabulary(text: str, kind: type[E]) -> Iterator[tuple[str, E]]:
    """Entries of a file that lists the phrases of each term of a closed vocabulary."""
    for term, listed in plain_yaml.load(text).items():
        for phrase in listed:
            yield phrase.lower(), kind(term)
