"""What the site calls grades, areas, frameworks and themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from site_builder import plain_yaml
from site_builder.model import Area, Framework, Grade, SourceKind, Theme

Term = TypeVar("Term", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Label:
    """How one term of a closed vocabulary is shown."""

    name: str
    short: str
    """For a narrow column; the name where that is short already."""
    means: str = ""
    """One sentence for readers who do not know the field."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A label for every term; a mapping's order is the order in which its terms are shown."""

    grades: Mapping[Grade, Label]
    levels: Mapping[Grade, int]
    """4 for the best grade to 1 for the worst; adequate and requires improvement are both 2."""
    areas: Mapping[Area, Label]
    frameworks: Mapping[Framework, Label]
    themes: Mapping[Theme, Label]
    source_kinds: Mapping[SourceKind, Label]
    authority_types: Mapping[str, str]
    fields: Mapping[str, str]
    """Fields of the front matter that are measured, in plain words."""
    also: Mapping[StrEnum, tuple[str, ...]]
    """What readers call a theme or a grade beside its name."""
    synonyms: Mapping[str, tuple[str, ...]]
    """What else words of a query may be called in an article."""


def read_labels(text: str, synonyms: str) -> Labels:
    """The labels that `labels.yaml` holds, with the readers' words of `synonyms.yaml`.

    Raises ValueError where a term has no label, or a label or a reader's word no term.
    """
    entries = plain_yaml.load(text)
    called = plain_yaml.load(synonyms)
    return Labels(
        grades=_labels(Grade, entries["grades"]),
        levels={grade: int(entries["grades"][grade]["level"]) for grade in Grade},
        areas=_labels(Area, entries["areas"]),
        frameworks=_labels(Framework, entries["frameworks"]),
        themes=_labels(Theme, entries["themes"]),
        source_kinds=_labels(SourceKind, entries["source_kinds"]),
        authority_types=dict(entries["authority_types"]),
        fields=dict(entries["fields"]),
        also={
            kind(term): tuple(names)
            for kind, group in ((Theme, "themes"), (Grade, "grades"))
            for term, names in called[group].items()
        },
        synonyms={word: tuple(others) for word, others in called["words"].items()},
    )


def _labels(terms: type[Term], entries: plain_yaml.Plain) -> dict[Term, Label]:
    _hold_equal(terms, entries)
    return {terms(key): _label(entry) for key, entry in entries.items()}


def _label(entry: plain_yaml.Plain) -> Label:
    if isinstance(entry, str):
        return Label(name=entry, short=entry)
    return Label(name=entry["name"], short=entry["short"], means=entry["means"])


def _hold_equal(terms: type[StrEnum], keys: Iterable[str]) -> None:
    if odd := sorted({term.value for term in terms} ^ set(keys)):
        raise ValueError(f"labels.yaml and {terms.__name__} differ in: {', '.join(odd)}")
