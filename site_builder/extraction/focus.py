"""What a focused or monitoring visit looked at, in the terms of the themes."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.extraction.mentions import named_in
from site_builder.extraction.occasions import Reading, role_at
from site_builder.extraction.shapes import Shape
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import Act
from site_builder.model import Role, Theme
from site_builder.text.document import BlockKind, Document, Mention, Span

_SERVICES = (
    Theme.EARLY_HELP,
    Theme.FRONT_DOOR,
    Theme.CHILD_PROTECTION,
    Theme.NEGLECT,
    Theme.DOMESTIC_ABUSE,
    Theme.EXPLOITATION,
    Theme.MISSING_CHILDREN,
    Theme.CHILDREN_IN_CARE,
    Theme.PLACEMENTS,
    Theme.RESIDENTIAL_CARE,
    Theme.FOSTERING,
    Theme.ADOPTION,
    Theme.PERMANENCE,
    Theme.KINSHIP_CARE,
    Theme.CARE_LEAVERS,
    Theme.UNACCOMPANIED_CHILDREN,
    Theme.DISABLED_CHILDREN,
    Theme.YOUTH_JUSTICE,
)
"""What a visit is about: a service or a group of children, not the quality that is looked for everywhere."""
_LEAD, _FEW = 4, 2
"""The sentences that open an article, and how many topics one of them may name to be of the visit's own."""
_LIST = 8
"""How many items of a list are read."""
_STOPS = frozenset({"including", ";", "-", "but", "found", "said", "where", "."})


def focus(
    document: Document,
    told: Sequence[Shape],
    readings: Sequence[Reading],
    themes: Sequence[Mention[Theme]],
    mine: Sequence[int],
    lexicon: Lexicon,
) -> tuple[Theme, ...]:
    """The themes named in the first clause among the sentences `mine` that says what inspectors looked at."""
    for place in mine:
        for act in readings[place].acts:
            if act.value is not Act.FOCUS or role_at(readings[place], act.span) is Role.PREVIOUS:
                continue
            spans = [*_clauses_behind(told, place, act.span), *_list_below(document, told, place)]
            named = [*themes, *_topics(told, place, lexicon)]
            found = {mention.value for mention in named if any(span.holds(mention.span) for span in spans)}
            looked_at = tuple(theme for theme in _SERVICES if theme in found)
            if looked_at:
                return looked_at
    return _beside_the_visit(told, readings, mine, lexicon)


def _beside_the_visit(
    told: Sequence[Shape], readings: Sequence[Reading], mine: Sequence[int], lexicon: Lexicon
) -> tuple[Theme, ...]:
    """“Praised for its help for care leavers, following a focused visit”: what the sentence that names it is about."""
    for place in mine[:_LEAD]:
        if named_in(readings[place].sentence, lexicon.frameworks):
            found = {mention.value for mention in named_in(told[place].sentence, lexicon.topics)}
            services = tuple(theme for theme in _SERVICES if theme in found)
            if services:
                return services if len(found) <= _FEW else ()
    return ()


def focus_of_earlier(told: Sequence[Shape], spans: Sequence[Span], lexicon: Lexicon) -> tuple[Theme, ...]:
    """“On the first visit, in October, it was care leavers.”: what the sentence that recalls a visit is about."""
    for each in told:
        if spans and each.sentence.span.holds(spans[0]):
            found = {mention.value for mention in named_in(each.sentence, lexicon.topics)}
            return tuple(theme for theme in _SERVICES if theme in found) if len(found) == 1 else ()
    return ()


def _topics(told: Sequence[Shape], place: int, lexicon: Lexicon) -> list[Mention[Theme]]:
    """The topics named in a sentence and in the list that may follow it."""
    near = told[place : place + 1 + _LIST]
    return [mention for each in near for mention in named_in(each.sentence, lexicon.topics)]


def _clauses_behind(told: Sequence[Shape], place: int, act: Span) -> list[Span]:
    """From the verb to where the clause ends, and on from “…, and at”, “…, and how well”, after what is put in."""
    each = told[place]
    tokens = [token for token in each.sentence.tokens if token.span.start >= act.end]
    folds = [token.fold for token in tokens]
    starts: list[int] = [act.end]
    ends: list[int] = []
    for at, token in enumerate(tokens):
        stops = token.fold in _STOPS and token.span.start > act.end
        if len(ends) < len(starts) and stops and not (token.text == "-" and _joins(each, token.span)):
            ends.append(token.span.start)
        elif len(ends) == len(starts) and folds[at : at + 2] == [",", "and"] and _GOES_ON & set(folds[at + 2 : at + 3]):
            starts.append(token.span.start)
    return [Span(start, max(start, end)) for start, end in zip(starts, [*ends, each.sentence.span.end], strict=False)]


_GOES_ON = frozenset({"at", "how", "on", "whether", "what"})


def _joins(told: Shape, hyphen: Span) -> bool:
    return any(token.span.end == hyphen.start for token in told.sentence.tokens)


def _list_below(document: Document, told: Sequence[Shape], place: int) -> list[Span]:
    """The items of a list that the sentence leads into."""
    if not told[place].letters.endswith("k"):
        return []
    items = []
    for each in told[place + 1 : place + 1 + _LIST]:
        if document.blocks[each.sentence.block].kind is not BlockKind.ITEM:
            break
        items.append(each.sentence.span)
    return items
