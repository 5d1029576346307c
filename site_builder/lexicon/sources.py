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
    common: frozenset[str]
    """Those of them that name other things too."""
    trades: Phrases[bool]
    """Subjects of the trade's own papers, folded."""
    periodicals: frozenset[str]
    """Last words of the names of papers, the trade's too, folded."""
    organisations: frozenset[str]
    around: Phrases[tuple[tuple[SourceKind, int], ...]]
    """Phrase of the page around an article → the kinds it hints at, with its weight."""
    manner: Phrases[tuple[tuple[SourceKind, int], ...]]
    """The same for phrases of the article itself."""
    movements: frozenset[str]
    """Words in the names of parties, unions and partnerships, folded."""
    labels: frozenset[str]
    """First words of labels, folded."""
    endings: frozenset[str]
    """Small words behind the name of a site, folded."""
    owned: frozenset[str]
    """What a council calls its own, folded."""
    newsrooms: Phrases[bool]
    """Behind a council's name, what makes news for it, folded."""
    offices: Phrases[bool]
    """Offices of a council, folded."""
    outsiders: dict[str, SourceKind]
    """Word of a columnist's byline → the kind of source that it makes."""
    rivals: frozenset[str]


_STRONG, _WEAK = 3, 1


def source_words(text: str) -> SourceWords:
    """The tables that `sources.yaml` makes."""
    data = plain_yaml.load(text)

    def hints(**weights: int) -> Phrases[tuple[tuple[SourceKind, int], ...]]:
        kinds: dict[str, list[tuple[SourceKind, int]]] = {}
        for strength, weight in weights.items():
            for kind, listed in data[strength].items():
                for phrase in listed:
                    kinds.setdefault(phrase.lower(), []).append((SourceKind(kind), weight))
        return phrases((phrase, tuple(found)) for phrase, found in kinds.items())

    return SourceWords(
        publishers=phrases((name, SourceKind(kind)) for kind, names in data["publishers"].items() for name in names),
        papers=frozenset(data["papers"]),
        common=frozenset(data["common"]),
        trades=phrases((subject, True) for subject in data["trades"]),
        periodicals=frozenset(data["periodicals"]),
        organisations=frozenset(data["organisations"]),
        around=hints(strong=_STRONG, weak=_WEAK),
        manner=hints(manner=_STRONG),
        movements=frozenset(data["movements"]),
        labels=frozenset(data["labels"]),
        endings=frozenset(data["endings"]),
        owned=frozenset(data["owned"]),
        newsrooms=phrases((office, True) for office in data["newsrooms"]),
        offices=phrases((office, True) for office in data["offices"]),
        outsiders={word: SourceKind(kind) for kind, words in data["outsiders"].items() for word in words},
        rivals=frozenset(data["rivals"]),
    )
