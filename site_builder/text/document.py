"""The text layer: a document whose blocks, sentences and tokens are spans into the words as they came."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

_BREAK = re.compile("\n")

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


# An article is made of thousands of these two: named tuples, as they take half the time of a dataclass to make.


class Span(NamedTuple):
    """A stretch of the text layer, from `start` up to and without `end`."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """True where `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True where the two share a character."""
        return self.start < other.end and other.start < self.end

    def to(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Token(NamedTuple):
    """A word, a number, a possessive ending or one mark of punctuation."""

    span: Span
    text: str
    """As written, but with straight quotes, plain dashes and no soft hyphens."""
    fold: str
    """`text` in lower case, for looking words up."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, list item or table cell."""

    span: Span
    tokens: tuple[Token, ...]
    block: int
    """The place of its block in `Document.blocks`."""
    folds: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Its words in lower case, which most tables are asked with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "folds", tuple([token.fold for token in self.tokens]))


class BlockKind(StrEnum):
    """What a block of lines is to the article."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"
    TITLE = "title"
    DATELINE = "dateline"
    """Says when the article was published; not part of its body."""
    FURNITURE = "furniture"
    """Navigation, teasers, captions that repeat themselves: not part of the article."""


BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.CELL})
"""The kinds of block that reach the Markdown body."""

ARTICLE = BODY | {BlockKind.TITLE}
"""The kinds of block that facts are read from."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or a part of one, with its sentences."""

    span: Span
    kind: BlockKind
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it came, and where its parts are."""

    text: str
    """The text layer: the raw text after changes that keep every character's place."""
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...] = field(init=False, repr=False, compare=False)
    """The sentences of the article itself: title and body, in reading order."""
    _breaks: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_article = (sentence for block in self.blocks if block.kind in ARTICLE for sentence in block.sentences)
        object.__setattr__(self, "sentences", tuple(of_article))
        object.__setattr__(self, "_breaks", tuple(found.end() for found in _BREAK.finditer(self.text)))

    def words(self, span: Span) -> str:
        """The words that `span` covers, verbatim."""
        return self.text[span.start : span.end]

    def line(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1."""
        return bisect_right(self._breaks, offset) + 1


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """These words name `value`; whether the text claims anything of it is not decided."""

    value: T_co
    span: Span


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """The text claims `value`."""

    value: T_co
    evidence: tuple[Span, ...]
    """The words that say so."""
    rule: str
    """The name of the rule that read them."""
