"""Pairs quotation marks: the stretches of an article that stand between them, or that have lost them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from site_builder.lexicon.cues import SpeechWords
from site_builder.text.document import Block, BlockKind, Document, Span

_MARK = re.compile(r"``|''|[“”„\"‘’‚'`´]")
_SINGLE = frozenset("‘’‚'`´")
_LEFT = frozenset(" \n([{-–—:/“”„\"‘’'`")
_RIGHT = frozenset(" \n.,;:!?…)]}-–—/“”„\"‘’'`´")
_SENTENCE_END = re.compile(r"[.!?…][)\]]*\s*$")
# “Cllr Nick Jones, Leader of the group, said:” and “Yvette Stanley said –” at the end of a paragraph.
_LEADS_IN = re.compile(r"[:–—]\s*$")
# “She said: We are sorry …”: a colon inside a paragraph whose opening mark is lost.
_INNER_LEAD = re.compile(r":\s+(?=[A-Z])")

# “said:”, “told the Echo:”, “said today –”; few paragraphs have one of the marks.
_LEAD_MARK = re.compile("[:–—]")
_LEAD = re.compile(r"\b(\w+)(?: \w+){0,4} ?(?::|[–—](?=\s*$))", re.MULTILINE)

SPOKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL})
"""The kinds of block whose marks are read: a headline's are none."""

_DEEP = 3  # marks of one kind inside each other
_FAR = 6  # paragraphs that a speech may run on without a mark before its closing one


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between an opening mark and its closing one, over as many paragraphs as they run."""

    outer: Span
    """From the first mark to the last, marks included."""
    parts: tuple[Span, ...]
    """The words without their marks, one span a paragraph."""
    first: int
    """The place of the block in which it begins."""
    last: int
    """The place of the block in which it ends."""
    bare: bool = False
    """True where it has no mark at all, only a “said:” before it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    single: bool
    opens: bool
    closes: bool
    weak: bool
    """May be the apostrophe of a plural: “the councils’ services”."""


@dataclass(slots=True)
class _Open:
    """A stretch while it is read."""

    start: int
    first: int
    single: bool
    closed: bool = False
    end: int = 0
    last: int = 0
    parts: list[Span] = field(default_factory=list)

    def add(self, part: Span, end: int, place: int) -> None:
        """One more paragraph of it, in the block at `place`, which takes it to `end`."""
        if part.end > part.start:
            self.parts.append(part)
        self.end, self.last = end, place

    def stretch(self) -> Stretch:
        """The whole of it."""
        return Stretch(Span(self.start, self.end), tuple(self.parts), self.first, self.last)


def stretches(document: Document, words: SpeechWords) -> tuple[Stretch, ...]:
    """The quoted stretches of the body in reading order, none inside another."""
    text = document.text
    places = [place for place, block in enumerate(document.blocks) if block.kind in SPOKEN]
    marks = {place: _marks(text, document.blocks[place].span) for place in places}
    found: list[Stretch] = []
    running: _Open | None = None
    for order, place in enumerate(places):
        block = document.blocks[place]
        at = 0
        if running:
            start = _goes_on(document.blocks, places, order, marks, running.single)
            at = 0 if start is None else _read_on(text, block, place, running, marks[place], start)
            if start is not None and not running.closed:
                continue
            found.append(running.stretch())
        here, running = _in_block(text, block, place, marks[place], at)
        found += here
        orphan = _orphan(marks[place], found, block.span)
        if orphan:
            _recover(text, document.blocks, places, order, marks, found, orphan, words.first_person)
    if running:
        found.append(running.stretch())
    return tuple(sorted(found, key=lambda stretch: stretch.outer))


def unmarked(document: Document, found: Sequence[Stretch], words: SpeechWords) -> tuple[Stretch, ...]:
    """What may be speech whose marks are lost: after “Jane Field, director, said:” in its paragraph or the next.

    It may hold whole stretches of `found` (words that the speaker quotes), but none begins or ends with it.
    """
    return tuple(_unmarked(document, found, words.verbs))


def _unmarked(document: Document, found: Sequence[Stretch], verbs: frozenset[str]) -> Iterator[Stretch]:
    text = document.text
    starts = [stretch.outer.start for stretch in found]
    paragraphs = [place for place, block in enumerate(document.blocks) if block.kind is BlockKind.PARAGRAPH]
    taken = -1
    for order, place in enumerate(paragraphs):
        span = document.blocks[place].span
        if not _LEAD_MARK.search(text, span.start, span.end):
            continue
        leads = (one.end() for one in _LEAD.finditer(text, span.start, span.end) if one.group(1).lower() in verbs)
        lead = next(leads, span.end if text[span.end - 1] == ":" else None)
        if lead is None or order <= taken:
            continue
        rest = _trim(text, lead, span.end)
        if rest.end > rest.start:
            if text[rest.start].isupper() and _free(rest, starts, found):
                yield Stretch(rest, (rest,), place, place, bare=True)
        elif order + 1 < len(paragraphs) and _free(document.blocks[paragraphs[order + 1]].span, starts, found):
            taken = order + 1
            following = document.blocks[paragraphs[taken]].span
            yield Stretch(following, (following,), paragraphs[taken], paragraphs[taken], bare=True)


def _free(span: Span, starts: Sequence[int], found: Sequence[Stretch]) -> bool:
    """True where every stretch that shares a character with `span` lies well inside it."""
    place = bisect_left(starts, span.end) - 1
    while place >= 0 and found[place].outer.end > span.start:
        if not span.start + 1 < starts[place] <= found[place].outer.end < span.end:
            return False
        place -= 1
    return True


def inside(document: Document, stretch: Stretch) -> Iterator[Span]:
    """The words that a stretch quotes in its turn: ‘at a faster pace’ in what a director says."""
    single = document.text[stretch.outer.start] not in _SINGLE
    for part in stretch.parts:
        opened: _Mark | None = None
        for mark in _settled(_raw_marks(document.text, part)):
            if mark.single is not single:
                continue
            if opened is None and mark.opens:
                opened = mark
            elif opened is not None and mark.closes:
                yield Span(opened.end, mark.start)
                opened = None


def _marks(text: str, span: Span) -> list[_Mark]:
    return _settled(_raw_marks(text, span))


def _raw_marks(text: str, span: Span) -> list[_Mark]:
    marks = []
    for found in _MARK.finditer(text, span.start, span.end):
        start, end = found.span()
        left = text[start - 1] if start > span.start else " "
        right = text[end] if end < span.end else " "
        shape = found.group()
        single = len(shape) == 1 and shape in _SINGLE
        opens = left in _LEFT and right not in " \n"
        closes = left not in " \n" and right in _RIGHT
        if opens and closes:  # beside another mark or a dash: the shape decides
            opens = shape not in "”’´" and not (shape in "\"'" and left in ".,!?…")
            closes = not opens
        elif not opens and not closes:
            if single:
                if left not in ".,!?…:":  # an apostrophe
                    continue
                opens, closes = left == ":", left != ":"
            elif shape == '"':
                # “safe."Cllr Field said:"We” lost its spaces, ` " ` gained some.
                opens, closes = left in ":( \n", left in ".,!?…"
            else:
                opens, closes = shape in "“„``", shape in "”''"
        if opens or closes:
            weak = single and closes and left == "s" and right == " " and end < span.end
            marks.append(_Mark(start, end, single, opens, closes, weak))
    return marks


def _settled(marks: list[_Mark]) -> list[_Mark]:
    """`marks` without the apostrophes of plurals: those that a better closing mark follows."""
    kept: list[_Mark] = []
    strong_closer_next = False
    for mark in reversed(marks):
        if mark.single and mark.weak and strong_closer_next:
            continue
        if mark.single:
            strong_closer_next = mark.closes and not mark.weak
        kept.append(mark)
    return kept[::-1]


def _in_block(
    text: str, block: Block, place: int, marks: Sequence[_Mark], at: int
) -> tuple[list[Stretch], _Open | None]:
    """The stretches that begin in a block, from its mark number `at`; the last one apart where it stays open."""
    found: list[Stretch] = []
    while at < len(marks):
        mark = marks[at]
        at += 1
        if not mark.opens:
            continue
        begun = _Open(mark.start, place, mark.single)
        after = _read_on(text, block, place, begun, marks, mark.end, at)
        if begun.closed:
            found.append(begun.stretch())
            at = after
        elif not mark.single or _may_stay_open(text, block.span, mark):
            return found, begun
    return found, None


def _may_stay_open(text: str, span: Span, mark: _Mark) -> bool:
    """A single mark without its fellow opens speech only where speech begins: a paragraph, or after a colon."""
    before = text[max(span.start, mark.start - 3) : mark.start].rstrip()
    return mark.start == span.start or before.endswith((":", ","))


def _read_on(
    text: str, block: Block, place: int, speech: _Open, marks: Sequence[_Mark], start: int, at: int | None = None
) -> int:
    """Adds to `speech` its words in a block from `start` on, and says at which mark to go on after it."""
    depth = 0
    first = at if at is not None else bisect_left(marks, start, key=lambda mark: mark.start)
    for number in range(first, len(marks)):
        mark = marks[number]
        if mark.single is not speech.single:
            continue
        if mark.opens:
            # “… right direction. “Of course …”: paragraphs that were run together.
            if _SENTENCE_END.search(text, max(start, mark.start - 4), mark.start):
                speech.add(_trim(text, start, mark.start), mark.start, place)
                start, depth = mark.end, 0
            elif depth < _DEEP:
                depth += 1
            elif speech.single:  # no speech, a row of apostrophes
                return len(marks)
        elif depth:
            depth -= 1
        else:
            speech.add(_trim(text, start, mark.start), mark.end, place)
            speech.closed = True
            return number + 1
    speech.add(_trim(text, start, block.span.end), block.span.end, place)
    return len(marks)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _goes_on(
    blocks: Sequence[Block], places: Sequence[int], order: int, marks: dict[int, list[_Mark]], single: bool
) -> int | None:
    """Where the words of an unclosed speech begin in the next paragraph; None where the speech is over.

    It goes on where the paragraph opens with a mark, or where a closing mark comes before any opening one.
    """
    span = blocks[places[order]].span
    first = next((mark for mark in marks[places[order]] if mark.single is single), None)
    if first and first.opens and first.start == span.start:
        return first.end
    for place in places[order : order + _FAR]:
        if any(blocks[between].kind is BlockKind.HEADING for between in range(places[order], place)):
            return None
        mark = next((mark for mark in marks[place] if mark.single is single), None)
        if mark:
            return span.start if mark.closes else None
    return None


def _words(text: str, span: Span) -> set[str]:
    return {word.strip(".,;:!?–").replace("’", "'").lower() for word in text[span.start : span.end].split()}


def _orphan(marks: Sequence[_Mark], found: Sequence[Stretch], span: Span) -> _Mark | None:
    """The first closing double mark of a block that no stretch has: its opening mark is lost."""
    number = len(found)
    while number and found[number - 1].outer.end > span.start:
        number -= 1
    for mark in marks:
        while number < len(found) and found[number].outer.end < mark.end:
            number += 1
        held = number < len(found) and found[number].outer.start < mark.end
        if mark.closes and not mark.single and not held:
            return mark
    return None


def _recover(
    text: str,
    blocks: Sequence[Block],
    places: Sequence[int],
    order: int,
    marks: dict[int, list[_Mark]],
    found: list[Stretch],
    closing: _Mark,
    first_person: frozenset[str],
) -> None:
    """Adds the speech that `closing` ends, back to the “said:” before it, or else while it speaks of “us”."""
    span = blocks[places[order]].span
    lead = next(iter(_INNER_LEAD.finditer(text, span.start, closing.start)), None)
    if lead:
        start, first = lead.end(), order
    else:
        start, first = span.start, order
        for back in range(order, max(order - _FAR, 0), -1):
            before = blocks[places[back - 1]]
            if _LEADS_IN.search(text, max(before.span.start, before.span.end - 3), before.span.end):
                start, first = blocks[places[back]].span.start, back
                break
            if any(not mark.single for mark in marks[places[back - 1]]):
                break
            if first == back and first_person & _words(text, before.span):
                start, first = before.span.start, back - 1
    number = len(found)
    while number and found[number - 1].outer.end > start:
        number -= 1
        if found[number].outer.start < closing.end and text[found[number].outer.start] not in _SINGLE:
            return
    ends = [blocks[place].span.end for place in places[first:order]] + [closing.start]
    starts = [start] + [blocks[place].span.start for place in places[first + 1 : order + 1]]
    parts = tuple(_trim(text, begin, end) for begin, end in zip(starts, ends, strict=True))
    while number < len(found) and found[number].outer.start < closing.end:
        del found[number]  # what the speaker quotes
    found.insert(number, Stretch(Span(start, closing.end), parts, places[first], places[order]))
