"""Reads a raw text into a document: lines become blocks, blocks sentences, sentences tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from site_builder.text.document import Block, BlockKind, Document, Sentence, Span, Token

# Every change keeps its length, so that a place in the text layer is a place in the raw text.
_SPACES = "\t\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff" + "".join(map(chr, [*range(9), *range(14, 32), 127]))
_FOLDED_TEXT = dict.fromkeys(_SPACES + _UNSEEN, " ") | dict.fromkeys("\r\x85\u2028\u2029", "\n")
_UNFOLDED = re.compile(f"[{re.escape(''.join(_FOLDED_TEXT))}]")
_FOLDED_TOKEN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "`": "'", "´": "'", "–": "-", "—": "-", "−": "-"}
    | {"\x92": "'", "\ufffd": "'", "\xad": ""}
)

_TOKEN = re.compile(
    r"""
      \d+(?:[.,:]\d+){0,4}(?:st|nd|rd|th)?\b  # 26, 06.04.16, 1,204, 29th
    | (?<=\w)['’\x92\ufffd](?:s|S)\b          # the council’s, also where a wrong decoding lost the mark
    | \w+(?:['’\x92\ufffd](?!(?:s|S)\b)\w+)*  # word, don’t, O’Brien
    | [^\w\s]
    """,
    re.VERBOSE,
)
_HYPHENATED = re.compile(_TOKEN.pattern.replace(r"\w+", "\\w[\\w\xad]*"), re.VERBOSE)
"""The same with soft hyphens inside words."""
_ITEM = re.compile(r"\s*(?:[•●▪◦·*‣✗✘✖✓✔➢➤►▶■□◆→⇒❖⁃»]|[-–](?=\s)|\d{1,2}[.)](?=\s))\s*")
_TYPED_ITEM = re.compile(r"(?<!\S)(?:>|o|\+|~) +(?=[A-Z0-9“‘\"'])(?![^\n]* > )")
"""“> managers know their staff”, “o Staying safe”: bullets typed as letters, where several lines have them."""
_LETTERED = re.compile(r"\(?[a-z]\)\s")
"""“b) oversight of plans”: the letter stays, as a paragraph may name it."""
_NUMBERED = re.compile(r"\d{1,2}\.\d{1,2}\.?\s+(?=[A-Z“\"])")
"""“2.3  Inspectors found …”: the paragraph's number is no part of its sentence."""
_BULLET = re.compile("[•●▪◦‣]")
_INNER_ITEM = re.compile(r"(?<=\S)\s+(?=[•●▪◦‣✗✘✖✓✔➢➤►▶■◆→⇒❖]\s)")
_STOP = re.compile(r"""[.!?…]++(["”’')\]]*+)""")
_CAPITAL = re.compile(r"""["“‘]?[A-Z]""")
_CAPITALISED = re.compile(r"""["“‘]?[A-Z][a-z]""")
_QUOTE_ENDS = frozenset("\"”’'")
_OPENS = re.compile(r"""\s*["“‘'(\[]*\s*[A-Z0-9£•]""")

# Words whose full stop ends no sentence, and what has to follow for that.
_TITLES = (
    "Cllr|Cllrs|Coun|Clr|Councillr|Mr|Mrs|Ms|Dr|Sir|Rev|Revd|Prof|Hon|Rt|Supt|Insp|Sgt|Capt|Col|Gen|Ald|Messrs"
    r"|vs|approx|e\.g|i\.e|cf|Co"
)
_BEFORE_NUMBER = "No|Nos|no|nos|p|pp|para|paras|Fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_BEFORE_NAME = "St|Ste|Ft|Mt|[A-Z]"
_ABBREVIATION = re.compile(
    rf"(?<![\w’'])(?:(?P<title>{_TITLES})|(?P<numbered>{_BEFORE_NUMBER})|(?P<name>{_BEFORE_NAME}))\.$"
)
_AFTER = {
    "title": re.compile(r"\s*\S"),
    "numbered": re.compile(r"\s*\d"),
    "name": re.compile(r"\s*(?!(?:He|She|The|It|They|We|In|This|That|But|And|A|An|Its|Their|Ofsted|Inspectors)\b)\S"),
}
_BEFORE = 12
"""So many characters hold the longest word with a full stop of its own."""

_WRAPPED_WORDS = 8
"""A line of so many words that breaks off goes on in a next line that begins in lower case."""


def read(text: str) -> Document:
    """The document that `text` is; nothing is dropped and every place in it is a place in `text`."""
    layer = _UNFOLDED.sub(lambda found: _FOLDED_TEXT[found.group()], text.replace("\r\n", " \n"))
    blocks: list[Block] = []
    typed = sum(_TYPED_ITEM.match(line.lstrip()) is not None for line in layer.split("\n")) > 1
    for span in _joined(layer, _lines(layer)):
        item = _ITEM.match(layer, span.start, span.end) or (typed and _TYPED_ITEM.match(layer, span.start, span.end))
        inner = Span(item.end(), span.end) if item and item.end() < span.end else span
        kind = BlockKind.ITEM if item or _LETTERED.match(layer, span.start) else BlockKind.PARAGRAPH
        blocks.append(Block(inner, kind, tuple(sentences(layer, inner, len(blocks)))))
    return Document(layer, tuple(blocks))


def cut(document: Document, parts: Sequence[tuple[Span, BlockKind]]) -> Document:
    """`document` with `parts` as its blocks; a block whose span stays keeps its sentences."""
    known = {block.span: block for block in document.blocks}
    blocks: list[Block] = []
    for place, (span, kind) in enumerate(parts):
        old = known.get(span)
        read_already = old.sentences if old else sentences(document.text, span, place)
        placed = (Sentence(each.span, each.tokens, place) for each in read_already)
        blocks.append(Block(span, kind, tuple(placed)))
    return Document(document.text, tuple(blocks))


def sentences(layer: str, span: Span, block: int) -> Iterator[Sentence]:
    """The sentences of one block: `span` of the text layer, which has place `block` in its document."""
    number = _NUMBERED.match(layer, span.start, span.end)
    told = Span(number.end(), span.end) if number else span
    for words in sentence_spans(layer, told):
        yield Sentence(words, tuple(_tokens(layer, words)), block)


def sentence_spans(layer: str, span: Span) -> Iterator[Span]:
    """Where the sentences in `span` begin and end."""
    start = span.start
    for end in _ends(layer, span):
        trimmed = _trimmed(layer, start, end)
        if trimmed:
            yield trimmed
        start = end


def _lines(layer: str) -> Iterator[Span]:
    """The lines with words in them; one in which bullets stand falls into its items."""
    start = 0
    itemised = _BULLET.search(layer) is not None
    for line in layer.split("\n"):
        end = start + len(line)
        for seam in _INNER_ITEM.finditer(layer, start, end) if itemised else ():
            trimmed = _trimmed(layer, start, seam.start())
            if trimmed:
                yield trimmed
            start = seam.end()
        trimmed = _trimmed(layer, start, end)
        if trimmed:
            yield trimmed
        start = end + 1


def _joined(layer: str, lines: Iterable[Span]) -> Iterator[Span]:
    """The lines, those put together that a page or a scraper broke in the middle of a sentence."""
    whole: Span | None = None
    for line in lines:
        if whole and _goes_on(layer, line, whole) and _breaks_off(layer, whole):
            whole = whole.to(line)
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _goes_on(layer: str, line: Span, above: Span) -> bool:
    """True where `line` can be the rest of a sentence begun `above`: not “by Ada Quill on 4 May” below a headline."""
    if not layer[line.start].islower() or _LETTERED.match(layer, line.start):
        return False
    wrapped = layer.count("\n", above.end, line.start) == 1
    long = len(layer[line.start : line.end].split()) >= _WRAPPED_WORDS
    return layer[line.end - 1] in ".!?…”\"’'" or (wrapped and long)


def _breaks_off(layer: str, line: Span) -> bool:
    """True where a line has the length of a sentence's beginning and no end."""
    last = layer[max(line.start, line.end - 300) : line.end]
    return last[-1] not in '.!?…:;"”|' and len(last.split()) >= _WRAPPED_WORDS and not _ITEM.match(layer, line.start)


def _trimmed(layer: str, start: int, end: int) -> Span | None:
    words = layer[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip())
    return Span(start + left, start + right) if right > left else None


def _ends(layer: str, span: Span) -> Iterator[int]:
    for found in _STOP.finditer(layer, span.start, span.end):
        end = found.end()
        if end < span.end and not layer[end].isspace():
            ends = _lost_space(layer, found.start(), end, found.group(1))
        else:
            ends = layer[found.start()] != "." or not _is_abbreviation(layer, span, found.start() + 1)
        if ends and _OPENS.match(layer, end, span.end):
            yield end
    yield span.end


def _lost_space(layer: str, start: int, end: int, closing: str) -> bool:
    """True where a sentence ends and the next follows without a space: “achievable.”Cllr”, “safe.The”."""
    before = layer[max(0, start - 2) : start]
    if closing and _QUOTE_ENDS.issuperset(closing):
        return (before[-1:].islower() or before.endswith(")")) and bool(_CAPITAL.match(layer, end))
    return not closing and len(before) == 2 and before.islower() and bool(_CAPITALISED.match(layer, end))


def _is_abbreviation(layer: str, span: Span, end: int) -> bool:
    """True where the full stop before `end` belongs to its word: “Cllr. Quill”, “No. 10”, “J. Quill”."""
    found = _ABBREVIATION.search(layer[max(span.start, end - _BEFORE) : end])
    return bool(found and _AFTER[str(found.lastgroup)].match(layer, end, span.end))


def _tokens(layer: str, span: Span) -> Iterator[Token]:
    pattern = _TOKEN if layer.find("\xad", span.start, span.end) < 0 else _HYPHENATED
    for found in pattern.finditer(layer, span.start, span.end):
        text = found.group()
        if text == "`" or not text.isascii():
            text = text.translate(_FOLDED_TOKEN) or text
        yield Token(Span(found.start(), found.end()), text, text.lower())
