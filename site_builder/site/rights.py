"""Leaves out of an article what the site may not show, before anything is made of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, islice, zip_longest

from site_builder.model import Article, Finding, Inspection, Judgement, Metadata, Quote, Rights, Tally
from site_builder.site.markdown import passages
from site_builder.site.prose import WORD
from site_builder.text.document import Span
from site_builder.text.reading import sentence_spans

OPENING = 60
"""Words of the first paragraph that an excerpt shows, about."""
LONGEST_PIECE = 40
"""Words; a sentence beyond it, which a scraper mostly made of several, is shown in parts."""
SHARE = 0.5
"""Findings and quotations join an excerpt while it stays within this part of the article's words."""

_MARK = re.compile(r"[\\`*_\[<&]")
"""What Markdown takes for a mark wherever it stands."""
_LEADING_MARK = re.compile(r"^(\d*)([!-)+-/:;=>?@\]^{-~])")
"""What may be a mark at the beginning of a block, alone or after a number."""


@lru_cache(maxsize=256)  # in a preview, those of one council are asked for again and again
def shown(article: Article, rights: Rights) -> Article:
    """The article with nothing in it that `rights` keeps off the site; pages, feeds, search and data see no other."""
    if rights is Rights.FULL:
        return article
    if rights is Rights.LINK_ONLY:
        return replace(article, metadata=_without_words(article.metadata), body="")
    return _excerpt(article)


def _without_words(metadata: Metadata) -> Metadata:
    """The facts alone."""
    inspections = tuple(
        replace(
            each,
            evidence=(),
            judgements=tuple(replace(judgement, evidence=()) for judgement in each.judgements),
            tallies=tuple(replace(tally, evidence=()) for tally in each.tallies),
        )
        for each in metadata.inspections
    )
    return replace(metadata, summary=None, inspections=inspections, findings=(), quotes=(), inspector_quotes=())


# An excerpt: the first paragraph, the summary, the sentences that prove facts; then findings and openings of quotations
# while there is room. What finds none is left out of the facts too, so that it appears nowhere.


def _excerpt(article: Article) -> Article:
    text = _Text(article.body)
    metadata = article.metadata
    kept = set(text.opening())
    for sentence in _pieces(metadata.summary or ""):
        kept |= text.find(sentence)
    for evidence in (words for each in metadata.inspections for words in _evidence(each)):
        kept |= text.find(evidence)
    room = SHARE * text.length(range(len(text.pieces))) - text.length(kept)
    wanted: list[Finding | Quote | None] = []
    for finding, quote in zip_longest(metadata.findings, map(_opening, metadata.quotes)):
        wanted += [finding, quote]
    shown: list[Finding | Quote] = []
    for each in wanted:
        if each is None:
            continue
        more = text.find(each.text) - kept
        if not more or text.length(more) <= room:
            kept |= more
            room -= text.length(more)
            shown.append(each)
    findings = tuple(each for each in shown if isinstance(each, Finding))
    quotes = tuple(each for each in shown if isinstance(each, Quote))
    facts = replace(metadata, findings=findings, quotes=quotes, inspector_quotes=())
    return replace(article, metadata=facts, body=text.markdown(kept))


def _evidence(inspection: Inspection) -> Iterator[str]:
    yield from inspection.evidence
    facts: list[Judgement | Tally] = [*inspection.judgements, *inspection.tallies]
    for fact in facts:
        yield from fact.evidence


def _opening(quote: Quote) -> Quote:
    pieces = (piece for paragraph in quote.text.split("\n\n") for piece in _pieces(paragraph))
    first_two = list(islice(pieces, 2))
    return replace(quote, text=f"{first_two[0]} …") if len(first_two) > 1 else quote


def _pieces(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph, long ones in parts."""
    for span in sentence_spans(paragraph, Span(0, len(paragraph))):
        words = paragraph[span.start : span.end].split()
        for start in range(0, len(words), LONGEST_PIECE):
            yield " ".join(words[start : start + LONGEST_PIECE])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of a long one."""

    text: str
    block: int
    leads: bool
    """True in the first block that is a paragraph of the text itself, not a heading or a list."""


class _Text:
    """A Markdown text in pieces, and its words, each known to belong to one."""

    def __init__(self, markdown: str) -> None:
        self.pieces = tuple(_read(markdown))
        words = [WORD.findall(piece.text) for piece in self.pieces]
        self._lengths = [len(each) for each in words]
        self._owners = [number for number, each in enumerate(words) if each]
        streams = [" ".join(each) for each in words if each]
        self._stream = f" {' '.join(streams)} "
        self._starts = [0, *accumulate(len(each) + 1 for each in streams)]

    def opening(self) -> Iterator[int]:
        """The pieces of the first paragraph, as many as fit."""
        room = OPENING
        for number, piece in enumerate(self.pieces):
            if piece.leads:
                yield number
                room -= self._lengths[number]
                if room <= 0:
                    return

    def find(self, words: str) -> set[int]:
        """The pieces over which `words` runs; none where they are not in the text."""
        wanted = " ".join(WORD.findall(words))
        at = self._stream.find(f" {wanted} ") if wanted else -1
        if at < 0:
            return set()
        first, last = (self._owners[bisect_right(self._starts, place) - 1] for place in (at, at + len(wanted)))
        return set(range(first, last + 1))

    def length(self, numbers: Iterable[int]) -> int:
        """Words in the pieces with these numbers."""
        return sum(self._lengths[number] for number in numbers)

    def markdown(self, kept: set[int]) -> str:
        """The pieces with the numbers in `kept`; three dots where others were."""
        text = ""
        before = _Piece("", -1, leads=False)
        for number in sorted(kept):
            piece = self.pieces[number]
            left_out = number > 0 and number - 1 not in kept
            text += " …" if left_out else ""
            words = _MARK.sub(r"\\\g<0>", piece.text)
            text += f" {words}" if piece.block == before.block else "\n\n" + _LEADING_MARK.sub(r"\1\\\2", words, 1)
            before = piece
        cut_short = text and len(self.pieces) - 1 not in kept
        return text.strip() + (" …" if cut_short else "")


def _read(markdown: str) -> Iterator[_Piece]:
    led = False
    for number, (text, by_itself) in enumerate(passages(markdown)):
        leads = by_itself and not led
        led = led or by_itself
        for piece in _pieces(text):
            yield _Piece(piece, number, leads)
