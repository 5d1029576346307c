"""What an article reports on, in the terms of the closed list of themes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from site_builder.extraction.mentions import named
from site_builder.extraction.voices import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Finding, Inspection, Role, Theme
from site_builder.text.document import Block, BlockKind, Document, Fact, Mention, Sentence, Span

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
_VERB = "send"
"""“SEND” is a theme; the verb is none: “The council must send ministers its plan”."""
_SHORT = 8  # words that say no more than a grade
_SEVERAL = 4  # areas that make a sentence a list of them
_SHOWN = 3  # what hints at a theme, and its names, must come to where none stands in a heading or a finding
_NAMED = 2  # what a name comes to; a hint comes to one


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[Theme], ...]:
    """Every phrase that names a theme, in reading order."""
    return tuple(each for each in named(document, lexicon.themes) if document.words(each.span) != _VERB)


def reported(
    document: Document,
    mentions: tuple[Mention[Theme], ...],
    inspections: tuple[Fact[Inspection], ...],
    findings: tuple[Fact[Finding], ...],
    speech: Speech,
    lexicon: Lexicon,
) -> tuple[Theme, ...]:
    """The themes that the article reports on, in the order of `Theme`.

    An area with a grade of its own is one, and what a visit looked at. Else one name in a headline is enough, or one
    name or hint in a finding or a sub-heading; elsewhere it takes two names, a name and a hint, or three hints. A name
    that stands in a list of what was judged is no more than a hint. What stands in somebody's role (“director of
    education”) is nothing.

    Of the weights tried on five sets of cases, each left out in turn, these few did as well as any learned from them.
    """
    found = [span for fact in findings for span in fact.evidence]
    heads = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    told = sorted(found + [block.span for block in heads if not _heads_other(block, lexicon)])
    titles = [block.span for block in document.blocks if block.kind is BlockKind.TITLE]
    lists = [sentence.span for sentence in document.sentences if _lists_areas(document, sentence, lexicon)]
    plans = [mention.span for mention in mentions if mention.value is Theme.IMPROVEMENT_PLAN]
    planned = [one.span for one in _around(document, plans) if lexicon.findings.planned.find(one.folds)]
    names = sorted(_names_of_areas(document, lexicon))
    subjects = [fact.value for fact in inspections if fact.value.role is Role.SUBJECT]
    graded = {judgement.area for one in subjects for judgement in one.judgements}
    sure = {theme for area, theme in _OF_AREA.items() if area in graded} | {
        theme for one in subjects for theme in one.focus
    }
    shown: Counter[Theme] = Counter()
    apart = [sentence.span for sentence in document.sentences if _labelled_other(sentence, lexicon)]
    for mention in mentions:
        if speech.in_person(mention.span) or _inside(mention.span, apart):
            continue
        phrase = document.words(mention.span).lower().replace("’", "'")
        area = _inside(mention.span, names)
        hint = phrase in lexicon.theme_hints or area or _inside(mention.span, lists)
        if (_inside(mention.span, told) and not area) or (_inside(mention.span, titles) and not hint):
            sure.add(mention.value)
        elif mention.value is Theme.IMPROVEMENT_PLAN and not hint and _inside(mention.span, planned):
            sure.add(mention.value)  # “An action plan is already in place”: it need not be told twice
        else:
            shown[mention.value] += 1 if hint else _NAMED
    return tuple(theme for theme in Theme if theme in sure or shown[theme] >= _SHOWN)


def _heads_other(block: Block, lexicon: Lexicon) -> bool:
    """True for “Financial implications” and the other parts of a paper that tell of no finding."""
    return any(lexicon.findings.other_heads.find(sentence.folds) for sentence in block.sentences)


def _labelled_other(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True for “Financial: the cost can be met from within budgets.”, in a paper."""
    head = lexicon.findings.other_heads.at(sentence.folds, 0)
    return head is not None and sentence.folds[head[0] : head[0] + 1] == (":",)


def _around(document: Document, spans: Sequence[Span]) -> Iterator[Sentence]:
    """The sentence of each of `spans`, in reading order."""
    for span in spans:
        yield document.sentences[bisect_right(document.sentences, span.start, key=lambda one: one.span.start) - 1]


def _names_of_areas(document: Document, lexicon: Lexicon) -> Iterator[Span]:
    """Where one of the five aims is named in full: “protecting children from harm or neglect”."""
    for sentence in document.sentences:
        for first, after, _ in lexicon.findings.names.find(sentence.folds):
            if not lexicon.areas.find(sentence.folds[first:after]) and "permanence" not in sentence.folds[first:after]:
                yield sentence.tokens[first].span.to(sentence.tokens[after - 1].span)


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
