"""The words of web pages around an article."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder import plain_yaml
from site_builder.lexicon.phrases import Phrases, phrases


@dataclass(frozen=True, slots=True)
class FurnitureWords:
    """The lists of `furniture.yaml`, each as its comment there says; folded."""

    whole: Phrases[str]
    begins: Phrases[str]
    holds: Phrases[str]
    subject: frozenset[str]
    sections: Phrases[str]
    tails: Phrases[str]
    endings: Phrases[str]
    categories: tuple[str, ...]
    """As they are written, the longest first."""
    dateline: frozenset[str]
    dateline_openings: frozenset[str]
    closings: Phrases[str]
    salutations: frozenset[str]
    headline: frozenset[str]
    bodies: frozenset[str]
    subjects: frozenset[str]
    leads_on: frozenset[str]
    openers: frozenset[str]
    """As they are written."""
    verbs: frozenset[str]
    offices: Phrases[str]
    calls: frozenset[str]
    leads: frozenset[str]
    box_words: frozenset[str]


def furniture_words(text: str) -> FurnitureWords:
    """The tables that `furniture.yaml` makes."""
    data = plain_yaml.load(text)

    def table(name: str) -> Phrases[str]:
        return phrases((phrase.lower(), phrase) for phrase in data[name])

    return FurnitureWords(
        whole=table("whole"),
        begins=table("begins"),
        holds=table("holds"),
        subject=frozenset(data["subject"]),
        sections=table("sections"),
        tails=table("tails"),
        endings=table("endings"),
        categories=tuple(sorted(data["categories"], key=len, reverse=True)),
        dateline=frozenset(data["dateline"]),
        dateline_openings=frozenset(data["dateline_openings"]),
        closings=table("closings"),
        salutations=frozenset(data["salutations"]),
        headline=frozenset(data["headline"]),
        bodies=frozenset(data["bodies"]),
        subjects=frozenset(data["subjects"]),
        leads_on=frozenset(data["leads_on"]),
        openers=frozenset(data["openers"]),
        verbs=frozenset(data["verbs"]),
        offices=table("offices"),
        calls=frozenset(data["calls"]),
        leads=frozenset(data["leads"]),
        box_words=frozenset(data["box_words"]),
    )
