"""What an article reports on, in the terms of the closed list of themes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from site_builder.extraction.mentions import named
from site_builder.extraction.voices import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Finding, Inspection, Role, Theme
from site_builder.text.document import BlockKind, Document, Fact, Mention, Sentence, Span

_OF_AREA = {
    Area.SAFEGUARDING: Theme.CHILD_PROTECTION,
    Area.HELP_AND_PROTECTION: Theme.CHILD_PROTECTION,
    Area.LOOKED_AFTER_CHILDREN: Theme.CHILDREN_IN_CARE,
    Area.CHILDREN_LOOKED_AFTER: Theme.CHILDREN_IN_CARE,
    Area.CARE_LEAVERS: Theme.CARE_LEAVERS,
    Area.ADOPTION: Theme.ADOPTION,
    Area.FOSTERING: Theme.FOSTERING,
    Area.LEADERSHIP: Theme.LEADERSHIP,
}
"""What an article reports on that gives a grade for an area."""
_SHORT = 8  # words that say no more than a grade
_SEVERAL = 4  # areas that make a sentence a list of them
_HINTS = 3  # hints that show a theme where none stands in a headline or a finding


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[Theme], ...]:
    """Every phrase that names a theme, in reading order."""
    return named(document, lexicon.themes)


def reported(
    document: Document,
    mentions: tuple[Mention[Theme], ...],
    inspections: tuple[Fact[Inspection], ...],
    findings: tuple[Fact[Finding], ...],
    speech: Speech,
    lexicon: Lexicon,
) -> tuple[Theme, ...]:
    """The themes that the article reports on, in the order of `Theme`.

    An area with a grade of its own is one. Else one name of a theme is enough; so is one hint in a headline or a
    finding, or several elsewhere. A name that stands in a list of what was judged is no more than a hint. What stands
    in somebody's role (“director of education”) is nothing.
    """
    found = sorted(span for fact in findings for span in fact.evidence)
    told = found + [block.span for block in document.blocks if block.kind in (BlockKind.TITLE, BlockKind.HEADING)]
    told.sort()
    lists = [sentence.span for sentence in document.sentences if _lists_areas(document, sentence, lexicon)]
    subjects = (fact.value for fact in inspections if fact.value.role is Role.SUBJECT)
    graded = {judgement.area for one in subjects for judgement in one.judgements}
    sure = {theme for area, theme in _OF_AREA.items() if area in graded}
    hints: Counter[Theme] = Counter()
    for mention in mentions:
        if speech.in_person(mention.span):
            continue
        phrase = document.words(mention.span).lower().replace("’", "'")
        hint = phrase in lexicon.theme_hints or _inside(mention.span, lists)
        if _inside(mention.span, told) or not hint:
            sure.add(mention.value)
        else:
            hints[mention.value] += 1
    return tuple(theme for theme in Theme if theme in sure or hints[theme] >= _HINTS)


def _lists_areas(document: Document, sentence: Sentence, lexicon: Lexicon) -> bool:
    """True for a row of a table, an item without a sentence, and a sentence that names several areas of judgement."""
    folds = sentence.folds
    row = document.blocks[sentence.block].kind in (BlockKind.ITEM, BlockKind.CELL) or folds[-1].isalnum()
    short = len(folds) <= _SHORT and bool(lexicon.grades.find(folds))  # “Adoption – good.”
    return row or short or len({area for _, _, area in lexicon.areas.find(folds)}) >= _SEVERAL


def _inside(span: Span, spans: Sequence[Span]) -> bool:
    """True where one of `spans`, which are in reading order, holds `span`."""
    place = bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return place >= 0 and spans[place].holds(span)
