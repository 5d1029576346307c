"""An article's Markdown as safe HTML, with the words that prove its facts marked in the text."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

import nh3
from markdown_it.token import Token
from markupsafe import Markup

from site_builder.model import Quote
from site_builder.site.markdown import MARKDOWN

WORD = re.compile(r"\w+")
TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "figure", "figcaption", "cite", "em",
    "strong", "a", "br", "hr", "code", "pre", "mark", "span", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "class", "aria-label", "rel"}, "mark": {"id"}, "span": {"id"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
END = sys.maxsize
"""A place after all others."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words to be found in the text and the anchor they get."""

    anchor: str
    words: tuple[str, ...]
    """Verbatim, one string a stretch."""
    shown: bool
    """True where the words are marked for the eye and numbered; else they only get the anchor."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list or the like."""

    html: Markup
    anchors: tuple[str, ...]
    """The shown stretches that begin here, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Prose:
    """An article's text, ready for its page."""

    blocks: tuple[Block, ...]
    found: frozenset[str]
    """The anchors that stand in the text; a stretch that was not found has none."""
    numbers: Mapping[str, int]
    """The shown stretches counted from 1 in the order of the text; those not found come last."""


_Span = tuple[int, int, Stretch, bool, bool]
"""Start and end in a piece of text, what it belongs to, whether that begins here, whether it ends here."""


@dataclass(slots=True)
class _Piece:
    """One text token of the Markdown, and what is to be opened and closed in it."""

    token: Token
    block: int
    first: int
    """The number of its first word, among all words of the text."""
    spans: list[_Span] = field(default_factory=list)
    _places: list[tuple[int, int]] = field(default_factory=list)

    def start_of(self, word: int) -> int:
        """Where the word with this number begins, an opening quotation mark taken in."""
        start, _ = self._place(word)
        while start and self.token.content[start - 1] in "“‘\"'(":
            start -= 1
        return start

    def end_of(self, word: int) -> int:
        """Where the word with this number ends, closing quotation marks and full stops taken in."""
        _, end = self._place(word)
        while end < len(self.token.content) and self.token.content[end] in "”’\"').,;:!?%":
            end += 1
        return end

    def _place(self, word: int) -> tuple[int, int]:
        if not self._places:
            self._places = [found.span() for found in WORD.finditer(self.token.content)]
        return self._places[word - self.first]


def prose(markdown: str, stretches: Sequence[Stretch], quotes: Sequence[tuple[str, Quote]]) -> Prose:
    """The text with every stretch of words that is found in it marked.

    `quotes` are anchors with what was said: a paragraph that is speech alone becomes a quotation with its speaker.
    Words are compared without the spaces and marks between them, so a stretch may run over a line's end, emphasis,
    a link or into the next paragraph. Nothing of the text is lost or moved.
    """
    tokens = MARKDOWN.parse(markdown)
    groups = list(_top_level(tokens))
    words = _Words(groups)
    spoken = [Stretch(anchor, _paragraphs(quote.text), shown=False) for anchor, quote in quotes]
    places = {stretch.anchor: words.find(stretch.words) for stretch in (*stretches, *spoken)}
    found = frozenset(anchor for anchor, ranges in places.items() if ranges)
    shown = [stretch.anchor for stretch in stretches if stretch.shown]
    shown.sort(key=lambda anchor: places[anchor][0][1] if places[anchor] else END)
    numbers = {anchor: number for number, anchor in enumerate(shown, start=1)}
    begun: dict[int, list[str]] = defaultdict(list)
    for anchor in shown:
        if places[anchor]:
            begun[words.block_of(places[anchor][0][0])].append(anchor)
    for stretch in (*stretches, *spoken):
        for number, (first, last) in enumerate(places[stretch.anchor]):
            words.lay(stretch, first, last, leads=number == 0)
    for piece in words.pieces:
        if piece.spans:
            piece.token.content = _marked(piece, numbers)
            piece.token.type = "html_inline"
    said: dict[int, Quote] = {}
    for anchor, quote in quotes:
        said |= dict.fromkeys(words.blocks_wholly_in(places[anchor]), quote)
    return Prose(tuple(_blocks(groups, said, begun)), found, numbers)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"\n\s*\n", text) if part.strip())


def _top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for head, cell, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if head.type == "th_open" and not cell.content:
            head.tag = end.tag = "td"  # an empty cell heads nothing
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag == "h1" else token.tag  # the page's own h1 is the title
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


class _Words:
    """The words of a text in order, and the pieces of text they stand in."""

    def __init__(self, groups: Sequence[Sequence[Token]]) -> None:
        self.pieces: list[_Piece] = []
        self._first_of_block: list[int] = []
        listed: list[str] = []
        for block, group in enumerate(groups):
            self._first_of_block.append(len(listed))
            for token in group:
                if token.children:
                    token.children = list(_whole_texts(token.children))
                    for child in token.children:
                        if child.type == "text":
                            self.pieces.append(_Piece(child, block, len(listed)))
                            listed += WORD.findall(child.content)
        self._first_of_block.append(len(listed))
        self._first_of_piece = [piece.first for piece in self.pieces]
        self._stream = " " + " ".join(listed) + " "

    def find(self, stretches: Sequence[str]) -> list[tuple[int, int]]:
        """For each stretch that is found, its first and last word; each is looked for after the one before it."""
        ranges: list[tuple[int, int]] = []
        after = 0
        for stretch in stretches:
            wanted = WORD.findall(stretch)
            if not wanted:
                continue
            needle = " " + " ".join(wanted) + " "
            at = self._stream.find(needle, after)
            if at < 0:
                at = self._stream.find(needle)
            if at >= 0:
                first = self._stream.count(" ", 0, at)
                ranges.append((first, first + len(wanted) - 1))
                after = at
        return ranges

    def lay(self, stretch: Stretch, first: int, last: int, *, leads: bool) -> None:
        """Lays words over the pieces from `first` to `last`; those that lead carry the anchor and the number."""
        from_piece, to_piece = self._piece_of(first), self._piece_of(last)
        for number in range(from_piece, to_piece + 1):
            piece = self.pieces[number]
            begins, ends = number == from_piece, number == to_piece
            left = piece.start_of(first) if begins else 0
            right = piece.end_of(last) if ends else len(piece.token.content)
            if left < right:
                piece.spans.append((left, right, stretch, leads and begins, leads and ends))

    def block_of(self, word: int) -> int:
        """The block in which a word stands."""
        return self.pieces[self._piece_of(word)].block

    def blocks_wholly_in(self, ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The blocks with words that hold none outside of `ranges`."""
        for first, last in _joined(ranges):
            for block in range(self.block_of(first), self.block_of(last) + 1):
                if first <= self._first_of_block[block] < self._first_of_block[block + 1] <= last + 1:
                    yield block

    def _piece_of(self, word: int) -> int:
        return bisect_right(self._first_of_piece, word) - 1


def _joined(ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same words in ranges that neither overlap nor touch."""
    held: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if held and first <= held[-1][1] + 1:
            held[-1] = (held[-1][0], max(last, held[-1][1]))
        else:
            held.append((first, last))
    return iter(held)


def _whole_texts(children: Sequence[Token]) -> Iterator[Token]:
    """The tokens with text running on over soft line ends, so that a mark does too; links out say `noopener`."""
    running: Token | None = None
    for child in children:
        if child.type == "softbreak":
            child.type, child.tag, child.content = "text", "", "\n"
        if child.type != "text":
            running = None
            if child.type == "link_open" and str(child.attrGet("href")).startswith(("http:", "https:", "//")):
                child.attrSet("rel", "noopener")
        elif running:
            running.content += child.content
            continue
        else:
            running = child
        yield child


def _marked(piece: _Piece, numbers: dict[str, int]) -> str:
    """The piece as HTML. Stretches that overlap are nested; one that must close early is opened again."""
    text = piece.token.content
    opening: dict[int, list[_Span]] = defaultdict(list)
    for span in sorted(piece.spans, key=lambda span: -span[1]):
        opening[span[0]].append(span)
    edges = sorted({0, len(text), *opening, *(span[1] for span in piece.spans)})
    html: list[str] = []
    stack: list[_Span] = []
    for start, end in pairwise(edges):
        for span in opening.get(start, ()):
            html.append(_open(span[2], span[3]))
            stack.append(span)
        html.append(escape(text[start:end], quote=False))
        reopened = []
        ending = sum([span[1] == end for span in stack])
        while ending:
            span = stack.pop()
            html.append("</mark>" if span[2].shown else "</span>")
            if span[1] > end:
                reopened.append(span)
                continue
            ending -= 1
            if span[4] and span[2].shown:
                number = numbers[span[2].anchor]
                html.append(f'<a class="ref" href="#n{number}" aria-label="Fact {number}">{number}</a>')
        for span in reversed(reopened):
            html.append(_open(span[2], begins=False))
            stack.append(span)
    return "".join(html)


def _open(stretch: Stretch, begins: bool) -> str:
    tag = "mark" if stretch.shown else "span"
    return f'<{tag} id="{stretch.anchor}">' if begins else f"<{tag}>"


def _blocks(groups: Sequence[Sequence[Token]], said: dict[int, Quote], begun: dict[int, list[str]]) -> Iterator[Block]:
    number = 0
    while number < len(groups):
        last = number
        quote = said.get(number) if groups[number][0].type == "paragraph_open" else None
        while quote and said.get(last + 1) is quote and groups[last + 1][0].type == "paragraph_open":
            last += 1
        own = range(number, last + 1)
        html = "".join(_safe(groups[each]) for each in own)
        if quote:
            html = f"<figure><blockquote>{html}</blockquote><figcaption>{_speaker(quote)}</figcaption></figure>"
        if html.strip():
            anchors = tuple(anchor for each in own for anchor in begun.get(each, ()))
            yield Block(Markup(html), anchors)
        number = last + 1


def _speaker(quote: Quote) -> str:
    rest = ", ".join(escape(part) for part in (quote.role, quote.organisation) if part)
    return f"<cite>{escape(quote.speaker)}</cite>" + (f", {rest}" if rest else "")


def _safe(tokens: Sequence[Token]) -> str:
    """A block as HTML that can do no harm."""
    if tokens[0].type == "paragraph_open":
        only, *others = tokens[1].children or [tokens[1]]
        html = only.content if only.type == "html_inline" else escape(only.content, quote=False)
        if only.type in ("text", "html_inline") and not others and html.isprintable():
            return f"<p>{html}</p>"  # as the cleaner would leave it: there is no markup but our own
    html = MARKDOWN.renderer.render(list(tokens), MARKDOWN.options, {})
    return CLEANER.clean(html).strip()
