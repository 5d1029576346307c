"""What an article reports on, in the terms of the closed list of themes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from site_builder.extraction.mentions import named
from site_builder.extraction.voices import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Finding, Theme
from site_builder.text.document import BlockKind, Document, Fact, Mention, Span

# One name of a theme is enough anywhere; a hint only in a headline or a finding, else two of them.
_HEARD, _SAID, _HINT, _ENOUGH = 1.0, 0.5, 0.5, 0.5


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[Theme], ...]:
    """Every phrase that names a theme, in reading order."""
    return named(document, lexicon.themes)


def reported(
    document: Document,
    mentions: tuple[Mention[Theme], ...],
    findings: tuple[Fact[Finding], ...],
    speech: Speech,
    lexicon: Lexicon,
) -> tuple[Theme, ...]:
    """The themes that the article reports on, in the order of `Theme`.

    Each phrase counts by where it stands, and once again at half for each time it comes back; a hint counts half.
    """
    weights: dict[Theme, float] = defaultdict(float)
    seen: Counter[tuple[Theme, str]] = Counter()
    found = sorted(span for fact in findings for span in fact.evidence)
    titles = [block.span for block in document.blocks if block.kind in (BlockKind.TITLE, BlockKind.HEADING)]
    for mention in mentions:
        if speech.in_person(mention.span):
            continue
        phrase = document.words(mention.span).lower().replace("’", "'")
        weight = _weight(mention.span, found, titles) * (_HINT if phrase in lexicon.theme_hints else 1)
        weights[mention.value] += weight / (1 + seen[mention.value, phrase])
        seen[mention.value, phrase] += 1
    return tuple(theme for theme in Theme if weights[theme] >= _ENOUGH)


def _weight(span: Span, found: Sequence[Span], titles: Sequence[Span]) -> float:
    if any(title.holds(span) for title in titles):
        return _HEARD
    place = bisect_right(found, span.start, key=lambda one: one.start) - 1
    return _HEARD if place >= 0 and found[place].holds(span) else _SAID
