"""Where headline, day and article fall apart in a text that was scraped into one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.extraction.dates import Days
from site_builder.lexicon import Lexicon
from site_builder.text.document import Block, BlockKind, Document, Mention, Span, Token

_LONG = 100
"""A first block of so many words and marks can hold more than a paragraph."""
_HEADLINE = range(3, 26)
"""So many words and marks a headline has."""
_CATEGORY = 8
"""So many words and marks the category behind a day may have."""
_BEFORE_DAY = frozenset({":", "|", "-", ",", "("})
_SAYS_PUBLISHED = frozenset({"published", "posted", "date", "dated", "created", "released", "issued", "updated"})


def parted(document: Document, days: Sequence[Mention[Days]], lexicon: Lexicon) -> list[tuple[Span, BlockKind]] | None:
    """The blocks of `document`, its first one in headline, day and article; None where it shows no seam.

    “Ofsted visits Oldham 7 April 2017 Inspectors came …” and “Ofsted visits Oldham's services The council has …”.
    """
    first = document.blocks[0] if document.blocks else None
    tokens = [token for sentence in first.sentences for token in sentence.tokens] if first else []
    if not first or len(tokens) < _LONG:
        return None
    seams = _around_day(tokens, days, lexicon) or _before_sentence(first, lexicon)
    if not seams:
        return None
    menu = lexicon.furniture.whole.at([token.fold for token in tokens[:_CATEGORY]], 0)
    if menu and menu[0] > 1 and tokens[menu[0]].text[0].isupper() and tokens[menu[0]].span.start < seams[0]:
        seams = (tokens[menu[0]].span.start, *seams)  # “Latest news Ofsted visits Oldham 7 April 2017”
    return [*_split(document, first, seams), *((block.span, block.kind) for block in document.blocks[1:])]


def _split(document: Document, block: Block, seams: Sequence[int]) -> Iterator[tuple[Span, BlockKind]]:
    for start, end in zip([block.span.start, *seams], [*seams, block.span.end], strict=True):
        words = document.text[start:end]
        left = len(words) - len(words.lstrip())
        yield Span(start + left, start + len(words.rstrip())), block.kind


def _around_day(tokens: Sequence[Token], days: Sequence[Mention[Days]], lexicon: Lexicon) -> tuple[int, ...]:
    """On either side of the first full day, where it stands between headline and article and in no sentence."""
    day = next((day for day in days if day.value.first.day and day.value.first.year), None)
    if not day or day.value.first != day.value.last:
        return ()
    at = next((place for place, token in enumerate(tokens) if token.span.end > day.span.start), len(tokens))
    after = next((place for place, token in enumerate(tokens) if token.span.start >= day.span.end), len(tokens))
    first = at
    while first and (tokens[first - 1].fold in lexicon.furniture.dateline or tokens[first - 1].text in _BEFORE_DAY):
        first -= 1
    after = _behind_category(tokens, after, lexicon)
    said = {token.fold for token in tokens[first:at]}
    if said and said.isdisjoint(_SAYS_PUBLISHED) and any(word.isalpha() for word in said):
        return ()
    if first not in _HEADLINE or after >= len(tokens) or not tokens[after].text[0].isupper():
        return ()
    last = tokens[first - 1]
    if (
        last.text in ".,;"
        or last.fold in lexicon.furniture.leads_on
        or any(token.text == "." for token in tokens[:first])
    ):
        return ()
    return tokens[first].span.start, tokens[after].span.start


def _behind_category(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> int:
    """Where the article begins after a day: at `place`, or behind “in Children's services” to what has a verb."""
    if tokens[place : place + 1] and tokens[place].fold == "in":
        for here in range(place + 2, min(place + _CATEGORY, len(tokens) - 1)):
            if tokens[here].text[0].isupper() and tokens[here + 1].text in lexicon.furniture.verbs:
                return here
    return place


def _before_sentence(block: Block, lexicon: Lexicon) -> tuple[int, ...]:
    """Before a word that can only begin a sentence, where the words before it have no verb of their own."""
    verbs = lexicon.furniture.verbs
    tokens = block.sentences[0].tokens
    words = [token.text for token in tokens]
    for place in range(1, min(len(tokens) - 1, _HEADLINE.stop)):
        if words[place - 1] in verbs:
            return ()
        if place not in _HEADLINE or not words[place - 1].islower() or words[place - 1] in lexicon.furniture.leads_on:
            continue
        opens = words[place] in lexicon.furniture.openers and words[place + 1].islower()
        name = lexicon.places.names.at(words, place)
        if opens or (name and words[name[0] : name[0] + 1] and words[name[0]] in verbs):
            return (tokens[place].span.start,)
    return ()
