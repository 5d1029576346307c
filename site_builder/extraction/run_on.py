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
_MASTHEAD = 20
"""So many words and marks the site's menu and name may have above the headline."""
_NAME = 5
"""So many words the name of a paper may have."""
_BYLINE = 10
"""So many words and marks a byline may have."""
_SIGNS = frozenset({"by", "reporter", "author", "words"})
_OFFICES = frozenset(
    {"local", "democracy", "reporter", "correspondent", "editor", "and", "education", "politics", "chief", "senior"}
)
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
    opening = (tokens[place].span.start for place in _opening(tokens[:_MASTHEAD], lexicon))
    seams = (*(start for start in opening if first.span.start < start < seams[0]), *seams)
    return [*_split(document, first, seams), *((block.span, block.kind) for block in document.blocks[1:])]


def _opening(tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """The places of the words that begin the site's name and the headline: “Home News Marsham Star Ofsted visits …”."""
    folds = [token.fold for token in tokens]
    seams: list[int] = []
    place = entries = 0
    while place < len(tokens):
        entry = lexicon.furniture.whole.at(folds, place)
        paper = None if seams or entry else _paper(tokens, place, lexicon)
        if paper:
            seams = [place, paper]
            place = paper
        elif entry and entry[0] < len(tokens) and tokens[entry[0]].text[0].isupper():
            entries += entry[0] - place  # “Latest news” counts as two
            place = entry[0]
        else:
            break
    return sorted({*seams, place}) if seams or entries > 1 else []


def _paper(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> int | None:
    """The place after a paper's name at `place`: “Marsham Evening Star”."""
    after = None
    for last in range(place, min(place + _NAME, len(tokens) - 1)):
        if not tokens[last].text[0].isupper():
            break
        if last > place and tokens[last].text in lexicon.sources.papers:
            after = last + 1
    return after


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
    after = _behind_times(tokens, after, days)
    after = _behind_category(tokens, after, lexicon)
    said = {token.fold for token in tokens[first:at]}
    if said and said.isdisjoint(_SAYS_PUBLISHED) and any(word.isalpha() for word in said):
        return ()
    first = _before_byline(tokens, first)
    if first not in _HEADLINE or after >= len(tokens) or not tokens[after].text[0].isupper():
        return ()
    last = tokens[first - 1]
    if (
        last.text in ".,;"
        or last.fold in lexicon.furniture.leads_on
        or any(token.text == "." for token in tokens[:first])
    ):
        return ()
    behind = _behind_caption(tokens, after)
    caption = (tokens[behind].span.start,) if behind > after else ()
    return tokens[first].span.start, tokens[after].span.start, *caption


def _before_byline(tokens: Sequence[Token], first: int) -> int:
    """Where the byline before a day begins, else `first`: “By Ada Quill”, “Reporter: Ada Quill”."""
    for place in range(first - 2, max(0, first - _BYLINE), -1):
        token = tokens[place]
        if token.fold in _SIGNS and token.text[0].isupper() and tokens[place + 1].text != ",":
            return place
        if not (token.text[0].isupper() or token.fold in _OFFICES or token.text in ":-'"):
            break
    return first


def _behind_times(tokens: Sequence[Token], place: int, days: Sequence[Mention[Days]]) -> int:
    """Where “, 16:04 GMT Updated 21st Feb 2023, 16:05 GMT” ends that begins behind a day."""
    while place < len(tokens) - 1:
        day = next((day for day in days if day.span.start == tokens[place].span.start), None)
        if day:
            place = next((n for n in range(place, len(tokens)) if tokens[n].span.start >= day.span.end), len(tokens))
        elif tokens[place].fold in _TIME or tokens[place].text[0].isdigit():
            place += 1
        else:
            break
    return min(place, len(tokens) - 1)


_TIME = frozenset({",", ":", "|", "gmt", "bst", "am", "pm", "updated", "last"})


def _behind_caption(tokens: Sequence[Token], place: int) -> int:
    """Where a caption given twice ends, else `place`: “Marsham Town Hall Marsham Town Hall Services …”."""
    for count in range(2, _CATEGORY):
        once = [token.text for token in tokens[place : place + count]]
        if once == [token.text for token in tokens[place + count : place + 2 * count]]:
            return place + 2 * count
    return place


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
