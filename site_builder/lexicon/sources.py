"""Who publishes articles, and the words by which each kind of page gives itself away."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder import plain_yaml
from site_builder.lexicon.phrases import Phrases, phrases
from site_builder.model import SourceKind


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The lists of `sources.yaml`; names keep their case, all else is folded."""

    publishers: Phrases[SourceKind]
    papers: frozenset[str]
    organisations: frozenset[str]
    hints: Phrases[tuple[tuple[SourceKind, int], ...]]
    """Phrase → the kinds of page it hints at, with its weight."""


_STRONG, _WEAK = 3, 1


def source_words(text: str) -> SourceWords:
    """The tables that `sources.yaml` makes."""
    data = plain_yaml.load(text)
    hints: dict[str, list[tuple[SourceKind, int]]] = {}
    for strength, weight in (("strong", _STRONG), ("weak", _WEAK)):
        for kind, listed in data[strength].items():
            for phrase in listed:
                hints.setdefault(phrase.lower(), []).append((SourceKind(kind), weight))
    return SourceWords(
        publishers=phrases((name, SourceKind(kind)) for kind, names in data["publishers"].items() for name in names),
        papers=frozenset(data["papers"]),
        organisations=frozenset(data["organisations"]),
        hints=phrases((phrase, tuple(kinds)) for phrase, kinds in hints.items()),
    )
