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
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from site_builder.model import Quote

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
WORD = re.compile(r"\w+")
TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "figure", "figcaption", "cite", "em",
    "strong", "a", "br", "hr", "code", "pre", "mark", "span", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "class", "aria-label", "rel"}, "mark": {"id"}, "span": {"id"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
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


@dataclass(slots=True)
class _Piece:
    """One text token of the Markdown, and what is to be opened and closed in it."""

    token: Token
    block: int
    spans: list[tuple[int, int, Stretch, bool, bool]] = field(default_factory=list)
    """Start, end, stretch, whether it begins here, whether it ends here."""


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
    covered: dict[int, str] = {}
    for stretch in (*stretches, *spoken):
        ranges = places[stretch.anchor]
        for number, (first, last) in enumerate(ranges):
            words.lay(stretch, first, last, leads=number == 0)
        if not stretch.shown:
            covered |= dict.fromkeys(words.blocks_wholly_in(ranges), stretch.anchor)
    for piece in words.pieces:
        if piece.spans:
            piece.token.content = "".join(_marked(piece, numbers))
            piece.token.type = "html_inline"
    speakers = dict(quotes)
    said = {block: speakers[anchor] for block, anchor in covered.items() if anchor in speakers}
    return Prose(tuple(_blocks(groups, said, begun)), found, numbers)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"\n\s*\n", text) if part.strip())


def _top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag == "h1" else token.tag  # the page's own h1 is the title
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


class _Words:
    """The words of a text in order, each with its place, and the pieces of text they stand in."""

    def __init__(self, groups: Sequence[Sequence[Token]]) -> None:
        self.pieces: list[_Piece] = []
        self._places: list[tuple[int, int, int]] = []  # piece, start, end of each word
        self._first_of_block: list[int] = []
        listed: list[str] = []
        for block, group in enumerate(groups):
            self._first_of_block.append(len(listed))
            for token in group:
                token.children = list(_whole_texts(token.children or ()))
                for child in token.children:
                    if child.type == "text":
                        self.pieces.append(_Piece(child, block))
                        for word in WORD.finditer(child.content):
                            listed.append(word[0])
                            self._places.append((len(self.pieces) - 1, word.start(), word.end()))
        self._stream = " " + " ".join(listed) + " "
        self._starts = [0]
        for each in listed:
            self._starts.append(self._starts[-1] + len(each) + 1)

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
                first = bisect_right(self._starts, at) - 1
                ranges.append((first, first + len(wanted) - 1))
                after = at
        return ranges

    def lay(self, stretch: Stretch, first: int, last: int, *, leads: bool) -> None:
        """Lays words over the pieces from `first` to `last`; those that lead carry the anchor and the number."""
        from_piece, start, _ = self._places[first]
        to_piece, _, end = self._places[last]
        for number in range(from_piece, to_piece + 1):
            piece = self.pieces[number]
            text = piece.token.content
            left = _back_over_marks(text, start) if number == from_piece else 0
            right = _on_over_marks(text, end) if number == to_piece else len(text)
            if left < right:
                piece.spans.append((left, right, stretch, leads and number == from_piece, leads and number == to_piece))

    def block_of(self, word: int) -> int:
        """The block in which a word stands."""
        return self.pieces[self._places[word][0]].block

    def blocks_wholly_in(self, ranges: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The blocks that hold no word outside of `ranges`."""
        inside = {word for first, last in ranges for word in range(first, last + 1)}
        for block in sorted({self.block_of(word) for word in inside}):
            own = range(self._first_of_block[block], self._end_of(block))
            if all(word in inside for word in own):
                yield block

    def _end_of(self, block: int) -> int:
        return self._first_of_block[block + 1] if block + 1 < len(self._first_of_block) else len(self._places)


def _whole_texts(children: Sequence[Token]) -> Iterator[Token]:
    """The tokens with text running on over soft line ends, so that a mark does too; links out say `noopener`."""
    last: Token | None = None
    for child in children:
        if child.type == "link_open" and str(child.attrGet("href")).startswith(("http:", "https:", "//")):
            child.attrSet("rel", "noopener")
        if child.type not in ("text", "softbreak"):
            last = None
        elif last is None:
            last = Token("text", "", 0, content=child.content or "\n")
            yield last
            continue
        else:
            last.content += child.content or "\n"
            continue
        yield child


def _back_over_marks(text: str, start: int) -> int:
    """Takes in an opening quotation mark."""
    while start and text[start - 1] in "“‘\"'(":
        start -= 1
    return start


def _on_over_marks(text: str, end: int) -> int:
    """Takes in closing quotation marks and full stops."""
    while end < len(text) and text[end] in "”’\"').,;:!?%":
        end += 1
    return end


def _marked(piece: _Piece, numbers: dict[str, int]) -> Iterator[str]:
    """The piece as HTML. Stretches that overlap are nested; one that must close early is opened again."""
    text = piece.token.content
    opening: dict[int, list[tuple[int, int, Stretch, bool, bool]]] = defaultdict(list)
    for span in piece.spans:
        opening[span[0]].append(span)
    edges = sorted({0, len(text), *(edge for span in piece.spans for edge in span[:2])})
    stack: list[tuple[int, int, Stretch, bool, bool]] = []
    for start, end in pairwise(edges):
        for span in sorted(opening[start], key=lambda span: -span[1]):
            yield _open(span[2], span[3])
            stack.append(span)
        yield escape(text[start:end], quote=False)
        reopened = []
        while any(span[1] == end for span in stack):
            span = stack.pop()
            yield _close(span[2])
            if span[1] == end:
                if span[4] and span[2].shown:
                    number = numbers[span[2].anchor]
                    yield f'<a class="ref" href="#n{number}" aria-label="Fact {number}">{number}</a>'
            else:
                reopened.append(span)
        for span in reversed(reopened):
            yield _open(span[2], begins=False)
            stack.append(span)


def _open(stretch: Stretch, begins: bool) -> str:
    tag = "mark" if stretch.shown else "span"
    return f'<{tag} id="{stretch.anchor}">' if begins else f"<{tag}>"


def _close(stretch: Stretch) -> str:
    return "</mark>" if stretch.shown else "</span>"


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
    html = MARKDOWN.renderer.render(list(tokens), MARKDOWN.options, {})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()
