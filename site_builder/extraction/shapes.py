"""Writes a sentence as one letter a word or phrase, by the part it plays, so that rules about grades stay short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.extraction.dates import Days
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import AnnualGrade, Part, RankedGrade, Told
from site_builder.model import Area, Grade
from site_builder.text.document import Document, Mention, Sentence, Span, Token

LETTERS: Mapping[Part, str] = {
    Part.JUDGED: "V",
    Part.CALLED: "V",
    Part.AWARDED: "g",
    Part.KEPT: "g",
    Part.RATING: "N",
    Part.OUTCOME: "Q",
    Part.RATINGS: "M",
    Part.BE: "b",
    Part.REMAIN: "b",
    Part.HAVE: "h",
    Part.MOVED: "m",
    Part.FROM: "F",
    Part.TO: "t",
    Part.AS: "a",
    Part.IN: "i",
    Part.FOR: "f",
    Part.OF: "u",
    Part.AND: "&",
    Part.OR: "r",
    Part.THAT: "T",
    Part.DETERMINER: "d",
    Part.ADVERB: "",
    Part.OVERALL: "o",
    Part.RELATIVE: "q",
    Part.PRONOUN: "p",
    Part.OFSTED: "O",
    Part.COUNCIL: "S",
    Part.COUNCILS: "C",
    Part.ELSEWHERE: "Z",
    Part.DENIED: "n",
    Part.LOST: "X",
    Part.HOPED: "H",
    Part.AFTER: "j",
    Part.RESPECTIVELY: "Y",
    Part.CONTRAST: "B",
    Part.ALL_AREAS: "e",
    Part.ALL_BUT_ONE: "l",
    Part.AREA_WORD: "w",
    Part.NUMBER: "U",
    Part.BOARD: "K",
    Part.DURATION: "~",
    Part.PERFORM: "y",
    Part.SAME: "=",
    Part.SO_TOO: "+",
    Part.NO_GRADE: "x",
}
"""The letter of each part; an adverb has none, for it changes nothing."""

GRADES = "GREW"
"""Letters of grades: an adjective, "requires improvement", an annual rating's adjective, its adverb."""

_MARKS = {",": "c", ":": "k", ";": "s", ".": ".", "!": ".", "?": ".", "…": ".", "(": "(", ")": ")", "|": "k", "=": "k"}
QUOTES = frozenset("\"'")


class Item(NamedTuple):
    """A word or phrase of a sentence."""

    letter: str
    span: Span
    value: Told | Days | str | None
    """The grade, area, part or days it names, or the slug of an authority."""
    marked: bool
    """True where it stands in quotation marks or begins with a capital."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence as its items, and as the string of their letters: place `n` of one is place `n` of the other."""

    sentence: Sentence
    items: tuple[Item, ...]
    letters: str

    def span(self, first: int, after: int) -> Span:
        """The words from item `first` up to and without item `after`."""
        return self.items[first].span.to(self.items[after - 1].span)


def shapes(
    document: Document, places: Sequence[Mention[str]], dates: Sequence[Mention[Days]], lexicon: Lexicon
) -> tuple[Shape, ...]:
    """The shape of each sentence of the article, in reading order.

    Letters: those of `LETTERS`; `A` an area; `P` a grade by its rank; `L` an authority by name; `D` a date; marks
    `, : ; .` as `c k s .`; `#` a number; `x` any other word. Quotation marks and possessive endings have none.
    """
    named: list[Mention[str] | Mention[Days]] = sorted([*places, *dates], key=lambda mention: mention.span)
    place, made = 0, []
    for sentence in (piece for whole in document.sentences for piece in _pieces(whole)):
        while place < len(named) and named[place].span.start < sentence.span.start:
            place += 1
        inside = []
        while place < len(named) and named[place].span.start < sentence.span.end:
            inside.append(named[place])
            place += 1
        made.append(_shape(sentence, inside, lexicon))
    return tuple(made)


_LONGEST = 300
"""How many words a sentence of a person has at most; a longer one is read in pieces, so that work stays linear."""


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    tokens = sentence.tokens
    if len(tokens) <= _LONGEST:
        yield sentence
        return
    for start in range(0, len(tokens), _LONGEST):
        part = tokens[start : start + _LONGEST]
        yield Sentence(part[0].span.to(part[-1].span), part, sentence.block)


def _shape(sentence: Sentence, named: Sequence[Mention[str] | Mention[Days]], lexicon: Lexicon) -> Shape:
    tokens = sentence.tokens
    owners: dict[int, Mention[str] | Mention[Days]] = {}
    at = 0
    for mention in named:
        while at < len(tokens) and tokens[at].span.start < mention.span.start:
            at += 1
        inside = at
        while inside < len(tokens) and tokens[inside].span.start < mention.span.end:
            owners[inside] = mention
            inside += 1
    words = sentence.folds
    if owners:
        words = tuple(["\0" if place in owners else word for place, word in enumerate(words)])
    told = {first: (after, value) for first, after, value in lexicon.telling.find(words)}
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        after = place + 1
        if place in owners:
            mention = owners[place]
            after = next((n for n in range(place, len(tokens)) if owners.get(n) is not mention), len(tokens))
            letter, value = ("D" if isinstance(mention.value, Days) else "L"), mention.value
            items.append(Item(letter, tokens[place].span.to(tokens[after - 1].span), value, False))
        elif place in told:
            after, part = told[place]
            if letter := _letter(part):
                several = after > place + 1
                span = Span(tokens[place].span.start, tokens[after - 1].span.end) if several else tokens[place].span
                items.append(Item(letter, span, part, _is_marked(tokens, place, after)))
        elif letter := _plain_letter(tokens, place):
            items.append(Item._make((letter, tokens[place].span, None, False)))
        place = after
    return Shape(sentence, tuple(items), "".join([item.letter for item in items]))


def _letter(value: Told) -> str:
    if isinstance(value, Part):
        return LETTERS[value]
    if isinstance(value, Area):
        return "o" if value is Area.OVERALL else "A"
    if isinstance(value, RankedGrade):
        return "P"
    if isinstance(value, AnnualGrade):
        return "W" if value.adverb else "E"
    return "R" if value is Grade.REQUIRES_IMPROVEMENT else "G"


def _is_marked(tokens: Sequence[Token], first: int, after: int) -> bool:
    return (
        tokens[first].text[0].isupper()
        or (first > 0 and tokens[first - 1].text in QUOTES)
        or (after < len(tokens) and tokens[after].text in QUOTES)
    )


def _plain_letter(tokens: Sequence[Token], place: int) -> str:
    text = tokens[place].text
    if text[0].isalpha():
        return "x"
    if text in QUOTES or text in ("'s", "'S"):
        return ""
    if text == "-":
        before = place > 0 and tokens[place - 1].span.end == tokens[place].span.start
        behind = place + 1 < len(tokens) and tokens[place + 1].span.start == tokens[place].span.end
        return "" if before and behind else "k"
    if text in _MARKS:
        return _MARKS[text]
    return "#" if text[0].isdecimal() else "x"
