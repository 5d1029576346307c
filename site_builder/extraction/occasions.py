"""What happened on the dates of a text, and whether a clause tells of the subject inspection or of an earlier one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from site_builder.extraction.dates import Days
from site_builder.extraction.mentions import named_in
from site_builder.extraction.shapes import GRADES, Shape
from site_builder.lexicon import Lexicon
from site_builder.lexicon.parts import Act, Hint
from site_builder.model import Role
from site_builder.text.document import Mention, Span

_COMMA, _OPENER, _BREAK = 3, 4, 8
"""How many words of distance a comma, the opening of a clause and a stronger break count for."""
_MARKS = {
    ",": _COMMA,
    ";": _BREAK,
    ":": 2,
    "(": _COMMA,
    ")": _COMMA,
    "but": _BREAK,
    "while": _BREAK,
    ".": _BREAK,
} | dict.fromkeys(("when", "which", "who", "where"), _OPENER)
_GRADED_THEN = 4
"""A date is rather of the visit than of the grade."""
_BEHIND = 3
"""A date belongs to the verb before it rather than to the one behind."""
_NEAR = 4
_HINT_REACH, _ACT_REACH = 16, 26
_WEEK_BEGINNING = frozenset({"beginning", "commencing", "starting"})
_TEAM = frozenset({"team", "visitors", "hmi"})
_COMERS = _TEAM | {"who", "we", "us", "you"}
_BY_INSPECTORS = {Act.CAME: Act.INSPECTED, Act.REPORTED: Act.JUDGED, Act.TOLD: Act.JUDGED}
"""What words tell of where inspectors are the ones who do it."""
_OPENS_ASIDE = frozenset({"where", "which", "who", "whose"})
_SINCE = frozenset({"since", "by"})
_LATER = frozenset({"after", "before"})
"""Before a date these tell of a stretch of time, not of what happened then."""


class Reading:
    """One sentence with the hints and acts in it, each looked up once and only when asked for."""

    def __init__(self, told: Shape, lexicon: Lexicon) -> None:
        self.sentence = told.sentence
        self.told = told
        self.dates = [item.span for item in told.items if isinstance(item.value, Days)]
        self.lexicon = lexicon

    @cached_property
    def hints(self) -> tuple[Mention[Hint], ...]:
        """Words that say which inspection is told of."""
        return named_in(self.sentence, self.lexicon.hints)

    @cached_property
    def acts(self) -> tuple[Mention[Act], ...]:
        """Words that say what happened."""
        found = named_in(self.sentence, self.lexicon.acts)
        if not any(mention.value in _BY_INSPECTORS for mention in found):
            return found
        return tuple(
            Mention(_BY_INSPECTORS.get(mention.value, mention.value), mention.span)
            for mention in found
            if mention.value not in _BY_INSPECTORS
            or (self._by_inspectors(mention.span) if mention.value is Act.CAME else self._is_said(mention))
        )

    def _by_inspectors(self, act: Span) -> bool:
        """True where inspectors, or "they" and "it", stand before the words `act`, or nobody else does."""
        before = [item for item in self.told.items if item.span.end <= act.start]
        named = any(item.letter in "Op" for item in self.told.items)
        team = any(token.fold in _COMERS for token in self.sentence.tokens)
        return named or team or not any(item.letter in "xS" for item in before)

    def _is_said(self, act: Mention[Act]) -> bool:
        """True where inspectors, or "they" and "it", stand right before the verb, or the council that they tell."""
        before = "".join([item.letter for item in self.told.items if item.span.end <= act.span.start])
        return re.search("[SL]h?$" if act.value is Act.TOLD else "[Op]h?$", before) is not None

    @cached_property
    def asides(self) -> tuple[Span, ...]:
        """“Oldham, where inspectors last called in 2012, …”: clauses between two commas."""
        words = self.sentence.folds
        commas = [place for place, word in enumerate(words) if word == ","]
        spans = [
            Span(self._starts[first], self._starts[last])
            for first, last in pairwise(commas)
            if words[first + 1] in _OPENS_ASIDE
        ]
        return tuple(spans)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.span.start for token in self.sentence.tokens]

    @cached_property
    def _steps(self) -> list[int]:
        """For each token how far into the sentence it is, breaks counted as distance."""
        steps, total = [], 0
        for token in self.sentence.tokens:
            total += 1 + _MARKS.get(token.fold, 0)
            if token.text == "-" and self._spaced(token.span):
                total += _BREAK
            steps.append(total)
        return steps

    def _spaced(self, span: Span) -> bool:
        place = bisect_right(self._starts, span.start) - 1
        tokens = self.sentence.tokens
        return 0 < place < len(tokens) - 1 and tokens[place - 1].span.end < span.start

    def distance(self, one: Span, other: Span) -> int:
        """How many words lie between, with breaks counted for more."""
        early, late = (one, other) if one.start <= other.start else (other, one)
        first = self._steps[max(0, bisect_right(self._starts, max(early.start, early.end - 1)) - 1)]
        last = self._steps[max(0, bisect_right(self._starts, late.start) - 1)]
        return max(0, last - first)

    def word_before(self, span: Span) -> str:
        """The word that stands before `span`, folded."""
        place = bisect_right(self._starts, span.start) - 2
        return self.sentence.tokens[place].fold if place >= 0 else ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened on a date."""

    days: Days
    act: Act
    role: Role | None
    """None where the words leave open which inspection it was."""
    place: int
    """Of its sentence among the shapes."""
    span: Span
    """The words of the date."""
    only_starts: bool = False
    """True for "a fortnight from 18 July": the last day is not said."""
    only_ends: bool = False
    """True for "concluded on 15 March": the first day is not said."""


def role_at(reading: Reading, span: Span, governed: Sequence[Span] = ()) -> Role | None:
    """Of which inspection the words at `span` tell; None where nothing near them says so.

    “The fifth visit since it was rated in June 2018 took place in January”: what follows "since" ends with the first
    of the words `governed`, other dates where `span` is one.
    """
    best, role = _HINT_REACH + 1, None
    for hint in reading.hints:
        if hint.value in (Hint.TWICE, Hint.NEITHER):
            continue
        if hint.value is Hint.PREVIOUS_BEHIND and (
            hint.span.start > span.start or any(hint.span.end <= other.start < span.start for other in governed)
        ):
            continue
        distance = reading.distance(hint.span, span)
        if hint.value is Hint.PREVIOUS_NEAR and distance > _NEAR:
            continue
        if any(aside.holds(hint.span) and not aside.holds(span) for aside in reading.asides):
            continue
        if distance < best:
            best, role = distance, (Role.SUBJECT if hint.value is Hint.SUBJECT else Role.PREVIOUS)
    return None if role is Role.PREVIOUS and _of_the_other_grade(reading, span) else role


_OTHER_VERB = re.compile("c[hb]")


def _of_the_other_grade(reading: Reading, at: Span) -> bool:
    """“Rated good, having previously been rated adequate”, “previously adequate, it was judged good”.

    True where each word of an earlier inspection belongs to another grade: one nearer to it, on its other side, or one
    before a comma with a verb behind it.
    """
    told = reading.told
    grades = [(n, item.span) for n, item in enumerate(told.items) if item.letter in GRADES and item.span != at]
    own = next((n for n, item in enumerate(told.items) if item.span == at), None)
    hints = [hint.span for hint in reading.hints if hint.value in _EARLIER_HINTS]
    if own is None or not grades or not hints:
        return False
    for hint in hints:
        if hint.start > at.start:
            other = any(
                span.start > hint.start and reading.distance(hint, span) < reading.distance(at, hint)
                for _, span in grades
            )
        else:
            other = any(
                hint.start < span.start < at.start and _OTHER_VERB.search(told.letters, n, own) for n, span in grades
            )
        if not other:
            return False
    return True


_EARLIER_HINTS = (Hint.PREVIOUS, Hint.PREVIOUS_BEHIND, Hint.PREVIOUS_NEAR)


def occasions(told: Sequence[Shape], readings: Sequence[Reading]) -> tuple[Occasion, ...]:
    """What happened on each date of the article, in reading order; dates of nothing told of are left out."""
    found = []
    for place, (each, reading) in enumerate(zip(told, readings, strict=True)):
        for item in each.items:
            if not isinstance(item.value, Days):
                continue
            before = reading.word_before(item.span) if item.value.first == item.value.last else ""
            if before in _LATER or (before in _SINCE and not when_behind(each, item.span)):
                continue
            act = act_on(reading, item.span)
            if act is None and place and _answers(each, told[place - 1]) and readings[place - 1].acts:
                act = readings[place - 1].acts[-1].value
            by_them = "O" in each.letters or not _TEAM.isdisjoint(each.sentence.folds)
            if act is None and item.value.first != item.value.last and item.value.first.day and by_them:
                act = Act.INSPECTED  # inspectors and the first and last of some days
            starts = item.value.first == item.value.last and (
                reading.word_before(item.span) == "from" or (act is Act.STARTED and item.value.first.day is not None)
            )
            starts = starts or reading.word_before(item.span) in _WEEK_BEGINNING
            starts = starts or (
                item.value.first == item.value.last and item.value.first.day is not None and _stayed(reading, item.span)
            )
            ends = act is Act.ENDED and item.value.first == item.value.last
            act = Act.INSPECTED if act in (Act.STARTED, Act.ENDED) else act
            if act is Act.INSPECTED and _of_others(each, item.span):
                continue
            if act and (act is Act.INSPECTED or not starts):
                role = role_at(reading, item.span, reading.dates)
                if role is Role.SUBJECT and _of_the_one_before(each, reading, item.span):
                    role = Role.PREVIOUS
                found.append(Occasion(item.value, act, role, place, item.span, starts, ends))
    return tuple(found)


def _stayed(reading: Reading, date: Span) -> bool:
    """“Arrived at its assessment service on 3 August and stayed for two days”."""
    arrived = any(act.value is Act.STARTED and act.span.end <= date.start for act in reading.acts)
    return arrived and any(token.fold in _STAYED for token in reading.sentence.tokens if date.end <= token.span.start)


_STAYED = frozenset({"stayed", "staying", "stay", "remained"})


def _of_others(told: Shape, date: Span) -> bool:
    """“A peer review took place in May”, “the school was inspected in June”: without a word of Ofsted."""
    before = "".join([item.letter for item in told.items if item.span.end <= date.start])
    return "Z" in before and _OFSTED.isdisjoint(told.sentence.folds)


_OFSTED = frozenset({"ofsted", "inspectors", "watchdog", "inspectorate", "inspectorates"})


def _answers(told: Shape, before: Shape) -> bool:
    """True for “When was the report published? On 24 May 2016.”: what happened on the date is said by the question."""
    return before.sentence.tokens[-1].text == "?" and _ANSWER.fullmatch(told.letters) is not None


_ANSWER = re.compile("[fi]?D[.]?")


def _of_the_one_before(told: Shape, reading: Reading, span: Span) -> bool:
    """True for “what was found at the previous inspection in September 2009 has been put right”."""
    hints = [h.span for h in reading.hints if h.value is Hint.PREVIOUS and h.span.end <= span.start]
    if not hints:
        return False
    between = [item.letter for item in told.items if hints[-1].start <= item.span.start < span.start]
    return bool(between) and not set(between) & _CLAUSE


_CLAUSE = frozenset("bhVmgTjqpBsk")
"""Letters that begin another clause, so that a date behind them is not of the noun before."""


def when_behind(told: Shape, span: Span) -> bool:
    """True for “November 2009, when inspectors arrived”: what follows happened on that date."""
    behind = [token.fold for token in told.sentence.tokens if token.span.start >= span.end][:2]
    return behind == [",", "when"]


def act_on(reading: Reading, span: Span) -> Act | None:
    """What happened on the date at `span`; None where nothing near it says."""
    best, act = _ACT_REACH + 1, None
    closed = _ends_its_clause(reading, span)
    for mention in reading.acts:
        if mention.span.start > span.start and _has_its_own_date(reading, mention.span, span):
            continue  # “was carried out from 10 to 21 January and its findings were published on 21 February”
        distance = reading.distance(mention.span, span) + (_BEHIND if mention.span.start > span.start else 0)
        distance += _CLOSED if closed and mention.span.start > span.start else 0
        distance += _GRADED_THEN if mention.value is Act.JUDGED else 0
        if distance < best:
            best, act = distance, mention.value
    if act is None:  # “was done by Ofsted and two other inspectorates, with the help of many, from 10 to 21 January”
        before = [mention for mention in reading.acts if mention.span.end <= span.start]
        if before and before[-1].value is Act.INSPECTED and reading.distance(before[-1].span, span) < 2 * _ACT_REACH:
            act = Act.INSPECTED
    return Act.INSPECTED if act is Act.FOCUS else act


_CLOSED = 8
_SEAMS = frozenset({"and", "but", ",", ";"})


def _ends_its_clause(reading: Reading, span: Span) -> bool:
    """True for “was inspected in January and its report came out this week”: the date closes what stands before it."""
    behind = next((token.fold for token in reading.sentence.tokens if token.span.start >= span.end), "")
    if behind not in _SEAMS:
        return False
    acts = [act.span for act in reading.acts if act.span.end <= span.start and act.value is not Act.OTHER]
    if not acts:
        return False
    between = [token.fold for token in reading.sentence.tokens if acts[-1].end <= token.span.start < span.start]
    return _SEAMS.isdisjoint(between)


def _has_its_own_date(reading: Reading, act: Span, span: Span) -> bool:
    """True where the verb behind a date stands nearer to the next date."""
    behind = next((date for date in reading.dates if date.start >= act.end), None)
    return behind is not None and reading.distance(act, behind) < reading.distance(span, act)
