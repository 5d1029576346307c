"""Reads a raw text into a document: lines become blocks, blocks sentences, sentences tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from site_builder.text.document import Block, BlockKind, Document, Sentence, Span, Token

# Every change keeps its length, so that a place in the text layer is a place in the raw text.
_FOLDED_TEXT = str.maketrans(
    dict.fromkeys("\t\r\x0b\x0c\x00\xa0\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u200e\u200f\u202f\u3000\ufeff", " ")
)
_FOLDED_TOKEN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "–": "-", "—": "-", "−": "-"}
)

_TOKEN = re.compile(
    r"""
      \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b      # 26, 06.04.16, 1,204, 29th
    | (?<=\w)['’](?:s|S)\b                    # the council’s
    | \w+(?:['’](?!(?:s|S)\b)\w+)*            # word, don’t, O’Brien
    | [^\w\s]
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"\s*(?:[•●▪◦·*‣]|[-–](?=\s)|\d{1,2}[.)](?=\s))\s*")
_END = re.compile(
    r"""
      [.!?…]+["”’')\]]*(?=\s|$)                       # “… services.” Then
    | (?<=[a-z)])[.!?]+["”’']+(?=["“‘]?[A-Z])         # achievable.”Cllr
    | (?<=[a-z]{2})[.!?](?=["“‘]?[A-Z][a-z])          # a lost space: safe.The
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(
    r"\b(?:Cllr|Cllrs|Coun|Councillr|Mr|Mrs|Ms|Dr|St|Sir|Rev|Prof|Hon|Rt|Jr|Sr|No|no|Nos|vs|etc|e\.g|i\.e|approx|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)
_OPENS = re.compile(r"""\s*["“‘'(\[]*\s*[A-Z0-9£•]""")


def read(text: str) -> Document:
    """The document that `text` is; nothing is dropped and every place in it is a place in `text`."""
    layer = text.translate(_FOLDED_TEXT)
    blocks: list[Block] = []
    for span in _lines(layer):
        item = _ITEM.match(layer, span.start, span.end)
        inner = Span(item.end(), span.end) if item and item.end() < span.end else span
        kind = BlockKind.ITEM if item else BlockKind.PARAGRAPH
        blocks.append(Block(inner, kind, tuple(sentences(layer, inner, len(blocks)))))
    return Document(layer, tuple(blocks))


def cut(document: Document, parts: Sequence[tuple[Span, BlockKind]]) -> Document:
    """`document` with `parts` as its blocks; a block whose span stays keeps its sentences."""
    known = {block.span: block for block in document.blocks}
    blocks: list[Block] = []
    for place, (span, kind) in enumerate(parts):
        old = known.get(span)
        read_already = old.sentences if old else sentences(document.text, span, place)
        blocks.append(Block(span, kind, tuple(replace(sentence, block=place) for sentence in read_already)))
    return Document(document.text, tuple(blocks))


def sentences(layer: str, span: Span, block: int) -> Iterator[Sentence]:
    """The sentences of one block: `span` of the text layer, which has place `block` in its document."""
    start = span.start
    for end in _ends(layer, span):
        trimmed = _trimmed(layer, start, end)
        if trimmed:
            yield Sentence(trimmed, tuple(_tokens(layer, trimmed)), block)
        start = end


def _lines(layer: str) -> Iterator[Span]:
    start = 0
    for line in layer.split("\n"):
        trimmed = _trimmed(layer, start, start + len(line))
        if trimmed:
            yield trimmed
        start += len(line) + 1


def _trimmed(layer: str, start: int, end: int) -> Span | None:
    words = layer[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if right > left else None


def _ends(layer: str, span: Span) -> Iterator[int]:
    for found in _END.finditer(layer, span.start, span.end):
        before = layer[max(span.start, found.end() - 12) : found.end()]
        if layer[found.start()] == "." and _ABBREVIATION.search(before):
            continue
        if _OPENS.match(layer, found.end(), span.end):
            yield found.end()
    yield span.end


def _tokens(layer: str, span: Span) -> Iterator[Token]:
    for found in _TOKEN.finditer(layer, span.start, span.end):
        text = found.group().translate(_FOLDED_TOKEN)
        yield Token(Span(found.start(), found.end()), text, text.lower())
