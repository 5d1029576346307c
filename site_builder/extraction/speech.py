"""Who is talking: direct speech of named people, words quoted from the report, whose voice each stretch of text is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from site_builder.extraction.people import Named, council_named, people
from site_builder.extraction.quotation import SPOKEN, Stretch, inside, stretches, unmarked
from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import SpeechWords
from site_builder.model import OMISSION, Quote
from site_builder.text.document import Document, Fact, Span, Token


class Voice(StrEnum):
    """Who says the words of a stretch of text."""

    ARTICLE = "article"
    INSPECTORS = "inspectors"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything a text quotes."""

    quotes: tuple[Fact[Quote], ...]
    inspector_quotes: tuple[Fact[str], ...]
    voices: tuple[tuple[Span, Voice], ...]
    """The stretches that are not the article's own voice, in reading order, none overlapping."""

    tellers: tuple[tuple[Span, Voice], ...]
    """The narrator's sentences that say who tells what they report (“Ofsted has warned”), with the teller."""

    people: tuple[Span, ...]
    """The names of people, each with its titles and role."""

    def in_person(self, span: Span) -> bool:
        """True where `span` lies in somebody's name, title or role: “director of education”."""
        place = bisect_right(self.people, span.start, key=lambda name: name.start) - 1
        return place >= 0 and self.people[place].holds(span)

    def teller(self, span: Span) -> Voice | None:
        """Who tells what the sentence `span` reports; None where it does not say."""
        place = bisect_right(self.tellers, span.start, key=lambda told: told[0].start) - 1
        if place >= 0 and self.tellers[place][0].start == span.start:
            return self.tellers[place][1]
        return None

    def voice_of_most(self, span: Span) -> Voice:
        """Who says more than half of `span`; the article itself where nobody does."""
        said = self._said(span)
        voice, length = said.most_common(1)[0] if said else (Voice.ARTICLE, 0)
        return voice if length * 2 > span.end - span.start else Voice.ARTICLE

    def length(self, span: Span, voice: Voice) -> int:
        """How many characters of `span` are the words of `voice`."""
        return self._said(span)[voice]

    def _said(self, span: Span) -> Counter[Voice]:
        place = bisect_right(self.voices, span.start, key=lambda spoken: spoken[0].end)
        said: Counter[Voice] = Counter()
        while place < len(self.voices) and self.voices[place][0].start < span.end:
            stretch, voice = self.voices[place]
            said[voice] += min(stretch.end, span.end) - max(stretch.start, span.start)
            place += 1
        return said

    def voice(self, span: Span) -> Voice:
        """Who says the words at the start of `span`."""
        place = bisect_right(self.voices, span.start, key=lambda spoken: spoken[0].start) - 1
        if place >= 0 and span.start < self.voices[place][0].end:
            return self.voices[place][1]
        return Voice.ARTICLE


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence as the narrator tells it: its tokens without the quoted ones."""

    span: Span
    block: int
    tokens: tuple[Token, ...]
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Whom a cue points to."""

    voice: Voice
    person: Named | None = None
    joint: bool = False


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that say whose a stretch is."""

    speaker: _Speaker
    rule: str
    end: int = 0
    """Where the cue ends, if it stands behind the stretch."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Stretches under one attribution."""

    speaker: _Speaker
    stretches: tuple[Stretch, ...]
    rule: str


_INSPECTORS = _Speaker(Voice.INSPECTORS)
_OTHER = _Speaker(Voice.OTHER)
_BE = frozenset({"was", "were", "is", "are", "been", "being"})
# “two of the main areas – “being healthy” and “staying safe” – were good”.
_QUOTED = r"""[“"‘'][^“”"\n]{3,80}[”"’'](?:,| and)?\s*"""
_AREAS_LISTED = re.compile(rf"\b(?:areas?|categor(?:y|ies)|outcomes?|headings?)\s*[–—:-]\s*(?:{_QUOTED})*[“\"‘']?$")
_LEADING_DOTS = re.compile(r"^[.…\s]+")
_FEWEST = 5  # words that make direct speech of a person
_NAMING = ("so-called", "known as", "entitled", "titled", "council’s", "council's", "our", "our own")
_NEAR = 60  # tokens over which “it” and “they” are followed back


def read_speech(document: Document, lexicon: Lexicon) -> Speech:
    """The quotes of `document` and whose voice each stretch of it is."""
    found = stretches(document, lexicon.speech)
    bare = unmarked(document, found, lexicon.speech)
    reader = _Reader(document, lexicon, _together(found, bare))
    entries = reader.entries()
    if bare:  # “The report says: Children wait”: without marks only a person's words are speech
        kept = [entry.stretches[0] for entry in entries if entry.stretches[0].bare and entry.speaker.person]
        reader = _Reader(document, lexicon, _together(found, kept))
        entries = reader.entries()
    quotes, spoken, voices = [], [], []
    for entry in entries:
        parts = tuple(part for stretch in entry.stretches for part in stretch.parts)
        if entry.speaker.voice is Voice.INSPECTORS and reader.empty(entry):
            continue
        voices += [(stretch.outer, entry.speaker.voice) for stretch in entry.stretches]
        if entry.speaker.voice is Voice.INSPECTORS:
            told = OMISSION.join(reader.words((stretch,)) for stretch in entry.stretches)
            spoken.append(Fact(_LEADING_DOTS.sub("", told), parts, entry.rule))
        elif entry.speaker.person and sum(document.words(part).count(" ") + 1 for part in parts) >= _FEWEST:
            quotes.append(Fact(reader.quote(entry), parts, entry.rule))
        if entry.speaker.voice is Voice.PERSON:
            for stretch in entry.stretches:
                spoken += [
                    Fact(_LEADING_DOTS.sub("", document.words(span)), (span,), "report_in_speech")
                    for span in reader.report_inside(stretch)
                ]
    return Speech(tuple(quotes), tuple(spoken), tuple(sorted(voices)), reader.tellers(), reader.people())


def _together(found: Sequence[Stretch], bare: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """All stretches in reading order, without those of `found` that lie in one of `bare`."""
    starts = [stretch.outer.start for stretch in bare]
    kept = list(bare)
    for stretch in found:
        place = bisect_right(starts, stretch.outer.start) - 1
        if place < 0 or not bare[place].outer.holds(stretch.outer):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda stretch: stretch.outer))


class _Reader:
    """Reads one document; holds its narration so that each question about it is a look-up."""

    def __init__(self, document: Document, lexicon: Lexicon, found: tuple[Stretch, ...]) -> None:
        self.document = document
        self.lexicon = lexicon
        self.words_of = lexicon.speech
        self.found = found
        self.lines = _narration(document, lexicon, found)
        self.starts = [line.span.start for line in self.lines]
        self.first_line: dict[int, int] = {}
        for number, line in enumerate(self.lines):
            self.first_line.setdefault(line.block, number)
        told = [line.tokens for line in self.lines]
        self.council = council_named(told, document.text)
        self.full: dict[str, list[Named]] = {}
        for line in self.lines:
            for named in line.named:
                if named.full:
                    self.full.setdefault(named.surname, []).append(named)

    def entries(self) -> tuple[_Entry, ...]:
        """Every stretch under its attribution, in reading order."""
        entries: list[_Entry] = []
        consumed = -1  # where the cue behind the stretch before ends
        for number, stretch in enumerate(self.found):
            before = self.found[number - 1] if number else None
            after_cue = self._after(number)
            goes_on = before is not None and self._goes_on(before, stretch, consumed)
            consumed = after_cue.end if after_cue else stretch.outer.end
            cue = after_cue if goes_on else self._cue(number, after_cue)
            if goes_on and (cue is None or _same(cue.speaker, entries[-1].speaker)):
                entries[-1] = replace(entries[-1], stretches=(*entries[-1].stretches, stretch))
            elif cue:
                entries.append(_Entry(cue.speaker, (stretch,), cue.rule))
            else:
                fallback = self._fallback(number, entries)
                entries.append(_Entry(fallback.speaker, (stretch,), fallback.rule))
        return tuple(entries)

    def tellers(self) -> tuple[tuple[Span, Voice], ...]:
        """The sentences that say who tells what they report."""
        told = ((line.span, self._teller(line)) for line in self.lines)
        return tuple((span, speaker.voice) for span, speaker in told if speaker)

    def people(self) -> tuple[Span, ...]:
        """The names of people, each with its titles and role."""
        return tuple(named.reach for line in self.lines for named in line.named)

    # Cues.

    def _cue(self, number: int, after: _Cue | None) -> _Cue | None:
        stretch = self.found[number]
        line, tokens = self._lead(number)
        before = self._before(line, tokens) if line else None
        last = tokens[-1].text if tokens else ""
        closed = self.document.words(stretch.parts[-1])[-1:] if stretch.parts else ""
        if before and (last == ":" or not after or closed not in ",?!–—-"):
            return before
        return after or before

    def _lead(self, number: int) -> tuple[_Line | None, tuple[Token, ...]]:
        """The sentence that leads into a stretch, and its words up to the opening mark.

        It is in the paragraph before where that ends in a colon or a dash: “Jane Field, director, said:”.
        """
        stretch = self.found[number]
        start = stretch.outer.start
        floor = self.found[number - 1].outer.end if number else 0
        at = bisect_right(self.starts, start) - 1
        if at >= 0 and self.lines[at].block == stretch.first:
            line = self.lines[at]
            tokens = tuple(t for t in line.tokens if floor <= t.span.start < start)
            if tokens:
                return line, tokens
        if at >= 0 and start == self.document.blocks[stretch.first].span.start:
            previous = self._line_before(stretch.first)
            if previous and previous.tokens and previous.tokens[-1].text in (":", "-"):
                return previous, tuple(t for t in previous.tokens if t.span.start >= floor)
        return None, ()

    def _line_before(self, block: int) -> _Line | None:
        """The last sentence of the body before a block."""
        number = bisect_left(self.starts, self.document.blocks[block].span.start) - 1
        return self.lines[number] if number >= 0 else None

    def _before(self, line: _Line, tokens: Sequence[Token]) -> _Cue | None:
        words = self.words_of
        verb = next((n for n in range(len(tokens) - 1, -1, -1) if self._is_verb(tokens, n)), None)
        if verb is None:
            if tokens[-1].text == ":" and (named := self._last_named(line, tokens)):
                return _Cue(self._person(named, line), "named_before_colon")
            if self._according(tokens) is not None:
                return self._of_object(line, tokens, self._according(tokens) or 0, "according_to")
            if tokens[-1].text == ":" and any(token.fold in words.inspectors for token in tokens):
                return _Cue(_INSPECTORS, "report_before_colon")
            return None
        return self._teller_of(line, tokens, verb)

    def _teller_of(self, line: _Line, tokens: Sequence[Token], verb: int) -> _Cue | None:
        """Who does what a verb of telling says."""
        words = self.words_of
        bridge = verb - 1
        while bridge > 0 and (tokens[bridge].fold.endswith("ly") or tokens[bridge].fold in ("also", "then", "again")):
            bridge -= 1
        if verb and tokens[bridge].fold in _BE and tokens[verb].fold not in words.felt:
            # “were said to be”, “was described by inspectors as”.
            agent = next((n for n in range(verb, len(tokens)) if tokens[n].fold == "by"), None)
            if agent is not None and (cue := self._of_object(line, tokens, agent + 1, "said_by")):
                return cue
            return _Cue(_INSPECTORS, "was_said")
        speaker = self._subject(line, tokens, verb)
        if speaker is None:
            return None
        # What the council found and what parents told inspectors is what the report says.
        to_inspectors = any(token.fold in words.inspectors for token in tokens[verb + 1 : verb + 3])
        if speaker is _OTHER and (tokens[verb].fold in ("found", "finds", "find") or to_inspectors):
            speaker = _INSPECTORS
        return _Cue(speaker, "said_before")

    def _is_verb(self, tokens: Sequence[Token], place: int) -> bool:
        fold = tokens[place].fold
        words = self.words_of
        if fold not in words.verbs and fold not in words.reporting:
            return False
        # “a key report”, “the reported rise”, “their concerns”: nouns.
        before = tokens[place - 1].fold if place else ""
        return before not in ("the", "a", "an", "its", "their", "this", "of", "'s", "no", "for", "any", "some", "in")

    def _according(self, tokens: Sequence[Token]) -> int | None:
        for place in range(len(tokens) - 1):
            if tokens[place].fold == "according" and tokens[place + 1].fold == "to":
                return place + 2
        return None

    def _of_object(self, line: _Line, tokens: Sequence[Token], place: int, rule: str) -> _Cue | None:
        """The one a preposition leads to: “according to Jane Field”, “described by inspectors as”."""
        for token in tokens[place : place + 12]:
            named = _holding(line.named, token.span.start)
            if named:
                return _Cue(self._person(named, line), rule)
            if token.fold in self.words_of.inspectors:
                return _Cue(_INSPECTORS, rule)
            if token.fold in self.words_of.others:
                return _Cue(_OTHER, rule)
        return None

    def _subject(self, line: _Line, tokens: Sequence[Token], verb: int) -> _Speaker | None:
        """Who does what the verb tells, walking back from it over adverbs and asides."""
        words = self.words_of
        place = verb - 1
        while place >= 0:
            token = tokens[place]
            named = _holding(line.named, token.span.start)
            if named:
                first = place
                while first > 0 and tokens[first - 1].span.start >= named.reach.start:
                    first -= 1
                if first and tokens[first - 1].fold in words.prepositions:
                    place = first - 1
                    continue
                return self._person(named, line)
            after = tokens[place + 1].fold if place + 1 < len(tokens) else ""
            if token.text == ",":
                opening = next((n for n in range(place - 1, max(place - 30, -1), -1) if tokens[n].text == ","), -1)
                aside = tokens[opening + 1].fold in words.asides if opening + 1 < place else False
                if aside and opening >= 0:
                    place = opening - 1
                    continue
            elif token.fold in words.pronouns:
                return self._pronoun(token.span.start)
            elif token.fold in ("i", "we"):
                return _OTHER
            elif token.fold in ("it", "they", "this"):
                if token.fold != "this" or place == verb - 1:
                    return self._group(token)
            elif token.fold in words.inspectors and after != "'s" and not _governed(tokens, place, words):
                return _INSPECTORS
            elif token.fold in words.others and after not in ("'s", "'") and not _governed(tokens, place, words):
                return self._apposed(line, tokens, place) or _OTHER
            place -= 1
        return None

    def _apposed(self, line: _Line, tokens: Sequence[Token], place: int) -> _Speaker | None:
        """The person of whom a noun only tells more: “Ann Field, a parent and foster carer, said”."""
        words = self.words_of
        while place > 0 and tokens[place].text != ",":
            if tokens[place].fold in words.clauses or tokens[place].fold in words.verbs:
                return None
            place -= 1
        named = _holding(line.named, tokens[place - 1].span.start) if place > 0 else None
        return self._person(named, line) if named else None

    def _group(self, token: Token) -> _Speaker:
        """Who “it” or “they” are: the last body named before, by default the report or its writers."""
        at = bisect_right(self.starts, token.span.start) - 1
        seen = 0
        for number in range(at, max(at - 6, -1), -1):
            for earlier in reversed(self.lines[number].tokens):
                if earlier.span.start >= token.span.start:
                    continue
                seen += 1
                if earlier.fold in self.words_of.inspectors or seen > _NEAR:
                    return _INSPECTORS
                if earlier.fold in (
                    "statement",
                    "union",
                    "unions",
                    "association",
                    "spokesman",
                    "spokeswoman",
                    "spokesperson",
                ):
                    return _OTHER
        return _INSPECTORS

    def _after(self, number: int) -> _Cue | None:
        """The cue behind a stretch: “…,” said Jane Field, leader of the council."""
        stretch = self.found[number]
        limit = self.found[number + 1].outer.start if number + 1 < len(self.found) else len(self.document.text)
        end = stretch.outer.end
        at = bisect_right(self.starts, end) - 1
        lines = [line for line in self.lines[max(at, 0) : at + 2] if line.block == stretch.last]
        for line in lines:
            tokens = tuple(token for token in line.tokens if end <= token.span.start < limit)
            if not tokens:
                continue
            if (
                line.span.start >= end
                and line.tokens[0].text == line.tokens[0].text.capitalize()
                and (self.document.words(stretch.parts[-1])[-1:] not in ",?!" if stretch.parts else True)
            ):
                return None  # a new sentence begins
            return self._behind(line, tokens)
        return self._signed(stretch) if stretch.outer.end == self.document.blocks[stretch.last].span.end else None

    def _signed(self, stretch: Stretch) -> _Cue | None:
        """The paragraph behind a whole one of speech, where it only names the speaker: “– Jane Field, director”."""
        if stretch.outer.start != self.document.blocks[stretch.first].span.start:
            return None
        line = self.lines[bisect_left(self.starts, stretch.outer.end) :][:1]
        if not line or not line[0].named or line[0].block > stretch.last + 2:
            return None
        tokens, named = line[0].tokens, line[0].named[0]
        begins = next((n for n, token in enumerate(tokens) if token.span.start >= named.reach.start), 0)
        alone = tokens[-1].span.end - named.reach.end < 3 and tokens[-1].text not in (":", ".")
        if begins > 1 or not alone or not named.role:
            return None
        return _Cue(self._person(named, line[0]), "signed", tokens[-1].span.end)

    def _behind(self, line: _Line, tokens: Sequence[Token]) -> _Cue | None:
        words = self.words_of
        place = 0
        while place < len(tokens) and tokens[place].text in (",", "-", ".", ";"):
            place += 1
        if place >= len(tokens):
            return None
        end = tokens[-1].span.end
        first = tokens[place].fold
        if first in words.verbs or (first == "according" and place + 1 < len(tokens)):
            cue = self._of_object(line, tokens, place + 1, "said_after")
            if cue is None:
                for token in tokens[place + 1 : place + 4]:
                    if token.fold in words.pronouns:
                        return _Cue(self._pronoun(token.span.start), "said_after", end)
            return replace(cue, end=end) if cue else None
        for verb in range(place + 1, min(place + 40, len(tokens))):
            if tokens[verb].fold in words.verbs and self._is_verb(tokens, verb):
                subject = self._first_subject(line, tokens, place, verb)
                return _Cue(subject, "said_after", end) if subject else None
        return None

    def _first_subject(self, line: _Line, tokens: Sequence[Token], place: int, verb: int) -> _Speaker | None:
        """The subject that a sentence behind a stretch begins with, if the verb follows it at once."""
        words = self.words_of
        speaker: _Speaker | None = None
        while place < verb:
            token = tokens[place]
            named = _holding(line.named, token.span.start)
            if named and speaker is None:
                speaker = self._person(named, line)
                while place < verb and tokens[place].span.start < named.reach.end:
                    place += 1
                continue
            if speaker is None:
                if token.fold in words.pronouns:
                    speaker = self._pronoun(token.span.start)
                elif token.fold in ("it", "they"):
                    speaker = self._group(token)
                elif token.fold in words.inspectors:
                    speaker = _INSPECTORS
                elif token.fold in words.others:
                    speaker = _OTHER
                elif (
                    token.fold not in ("the", "a", "an", "'s", "its", "their")
                    and not token.text[0].isupper()
                    and place > 4
                ):
                    return None
            elif speaker is not None and token.fold not in words.bridges and token.text not in (",",):
                if speaker.person is None and (token.fold in words.inspectors or token.fold in words.others):
                    speaker = _INSPECTORS if token.fold in words.inspectors else _OTHER
                elif not (
                    token.fold in ("'s", "for", "of", "the") if speaker.person is None else token.fold[-2:] == "ly"
                ):
                    return None
            place += 1
        return speaker

    def _last_named(self, line: _Line, tokens: Sequence[Token]) -> Named | None:
        return next((named for named in reversed(line.named) if tokens[0].span.start <= named.span.start), None)

    # Who is meant.

    def _person(self, named: Named, line: _Line) -> _Speaker:
        known = self._known(named)
        role = (known.role or "").lower()
        if ("inspector" in role and "chief inspector" not in role) or role in self.words_of.inspectors:
            return _INSPECTORS
        if named.full and not known.role and named.title == "inspector":
            return _INSPECTORS
        place = line.named.index(named)
        joined = False
        if place:
            between = [
                t.fold for t in line.tokens if line.named[place - 1].reach.end <= t.span.start < named.reach.start
            ]
            joined = "and" in between and len(between) <= 3
        return _Speaker(Voice.PERSON, replace(known, role=None) if joined else known, joined)

    def _known(self, named: Named) -> Named:
        """The person with full name, role and body as the text gives them anywhere."""
        same = self.full.get(named.surname, [])
        if named.full:
            same = [other for other in same if other.name == named.name]
        else:
            titled = [other for other in same if _rank(other.title) == _rank(named.title)] if named.title else []
            ahead = [other for other in (titled or same) if other.span.start <= named.span.start]
            chosen = (ahead or titled or same)[-1:] if ahead else (titled or same)[:1]
            same = [other for other in same if chosen and other.name == chosen[0].name]
        whole = next((other for other in same if other.full), named)
        role = named.role or next((other.role for other in same if other.role), None)
        if role == "Councillor":
            role = next((other.role for other in same if other.role and other.role != "Councillor"), role)
        organisation = named.organisation or next((other.organisation for other in same if other.organisation), None)
        return replace(whole, role=role, organisation=organisation)

    def _pronoun(self, start: int) -> _Speaker:
        """Whom “she” means: the first person of the nearest sentence before that names one."""
        number = bisect_right(self.starts, start) - 1
        for place in range(number, max(number - 8, -1), -1):
            earlier = [named for named in self.lines[place].named if named.reach.end <= start]
            if place == number:
                earlier = earlier[-1:]
            subjects = [named for named in earlier if not self._is_object(self.lines[place], named)]
            if subjects or earlier:
                return self._person((subjects or earlier)[0], self.lines[place])
        return _OTHER

    def _is_object(self, line: _Line, named: Named) -> bool:
        before = bisect_left(line.tokens, named.reach.start, key=lambda token: token.span.start) - 1
        while before >= 0 and line.tokens[before].fold in ("the", "a", "its", "council", "'s"):
            before -= 1
        return before >= 0 and line.tokens[before].fold in (
            "to",
            "for",
            "by",
            "with",
            "under",
            "from",
            "which",
            "than",
            "of",
        )

    # Continuations and stretches without a cue of their own.

    def _goes_on(self, before: Stretch, stretch: Stretch, consumed: int) -> bool:
        """True where nothing but the cue behind the stretch before stands between it and this one."""
        text = self.document.text
        gap_from = max(consumed, before.outer.end)
        if stretch.first == before.last:
            return not text[gap_from : stretch.outer.start].strip(" ,.;–—-")
        if stretch.outer.start != self.document.blocks[stretch.first].span.start:
            return False
        between = [block for block in self.document.blocks[before.last + 1 : stretch.first] if block.kind in SPOKEN]
        rest = text[gap_from : self.document.blocks[before.last].span.end].strip(" ,.;–—-")
        ended = bool(before.parts) and self.document.words(before.parts[-1])[-1:] in ".,!?…"
        return (ended or consumed > before.outer.end) and not between and not rest

    def _fallback(self, number: int, entries: Sequence[_Entry]) -> _Cue:
        stretch = self.found[number]
        line, tokens = self._lead(number)
        if line and entries and number and self.found[number - 1].outer.end > line.span.start:
            return _Cue(entries[-1].speaker, "same_sentence")
        whole = self._whole(stretch)
        first_person = self._first_person(stretch)
        if not tokens and (whole or first_person):
            previous = self._previous(stretch)
            if previous:
                speaker = self._teller(previous)
                if speaker is None and previous.named:
                    speaker = self._person(previous.named[0], previous)
                if speaker and (speaker.voice is not Voice.INSPECTORS or not first_person):
                    return _Cue(speaker, "sentence_before")
        if first_person:
            person = next((e.speaker for e in reversed(entries) if e.speaker.voice is Voice.PERSON), None)
            return _Cue(person or _OTHER, "first_person")
        return _Cue(_INSPECTORS, "no_cue")

    def _previous(self, stretch: Stretch) -> _Line | None:
        """The narrator's sentence before a stretch that begins one, in its paragraph or the one before."""
        number = bisect_left(self.starts, stretch.outer.start) - 1
        while number >= 0 and not self.lines[number].tokens:
            number -= 1
        return self.lines[number] if number >= 0 else None

    def _teller(self, line: _Line) -> _Speaker | None:
        """Who tells a sentence of the narrator's; inspectors, where they are one of several."""
        according = self._according(line.tokens)
        cues = [self._of_object(line, line.tokens, according, "according_to")] if according else []
        for verb in range(len(line.tokens)):
            if self._is_verb(line.tokens, verb):
                cues.append(self._teller_of(line, line.tokens, verb))
        speakers = [cue.speaker for cue in cues if cue]
        if speakers and speakers[0].voice is Voice.OTHER:
            return next((speaker for speaker in speakers if speaker.voice is Voice.INSPECTORS), speakers[0])
        return speakers[0] if speakers else None

    def _whole(self, stretch: Stretch) -> bool:
        words = self.document.words(stretch.parts[0]) if stretch.parts else ""
        return words[:1].isupper() and words.count(" ") >= _FEWEST - 1

    def _first_person(self, stretch: Stretch) -> bool:
        firsts = self.words_of.first_person
        return any(
            word.strip(".,;:!?").replace("’", "'").lower() in firsts
            for part in stretch.parts
            for word in self.document.words(part).split()
        )

    # What is written.

    def words(self, stretches: Iterable[Stretch]) -> str:
        """The words of what one attribution covers: a blank line between paragraphs, a space inside one."""
        text = ""
        last: Stretch | None = None
        for stretch in stretches:
            joined = "\n\n".join(self.document.words(part) for part in stretch.parts)
            text += (" " if last and last.last == stretch.first else "\n\n" if last else "") + joined
            last = stretch
        return text

    def quote(self, entry: _Entry) -> Quote:
        """An entry of a named person."""
        person = entry.speaker.person
        assert person is not None
        return Quote(self.words(entry.stretches), person.name, person.role, self._organisation(person))

    def _organisation(self, person: Named) -> str | None:
        named = person.organisation
        role = (person.role or "").lower()
        if named and named.lower() in ("council", "borough", "city", "county", "local authority", "authority", "town"):
            return self.council or f"the {named}"
        if named and named[:1].islower():
            return f"the {named}"
        if named:
            return named
        if "chief inspector" in role:
            return "Ofsted"
        if role and any(
            word in self.words_of.council_roles for word in role.replace("’s", "").replace("'s", "").split()
        ):
            return self.council
        return None

    def empty(self, entry: _Entry) -> bool:
        """True where an entry only quotes grades, names of areas or terms: no words of the report."""
        if len(entry.stretches) > 1 or len(entry.stretches[0].parts) != 1:
            return not any(stretch.parts for stretch in entry.stretches)
        stretch = entry.stretches[0]
        return self._is_term(stretch.parts[0])

    def _is_term(self, part: Span) -> bool:
        words = self.document.words(part).strip(" .,;:")
        tokens = [word.strip(".,;:!?()").lower().replace("’", "'") for word in words.split()]
        if not tokens:
            return True
        covered = [False] * len(tokens)
        for table in (self.lexicon.grades, self.lexicon.areas):
            for first, after, _ in table.find(tokens):
                covered[first:after] = [True] * (after - first)
        small = self.words_of.small
        if all(held or token in small for held, token in zip(covered, tokens, strict=True)):
            return True
        main = [word for word in words.split() if word.lower() not in small]
        if len(tokens) <= 6 and len(main) > 1 and all(word[:1].isupper() or word[:1].isdigit() for word in main):
            return True  # ‘Children in Care’, “Signs of Safety”
        if any((0, len(tokens)) == (first, after) for first, after, _ in self.lexicon.themes.find(tokens)):
            return True  # the “front door”
        if _AREAS_LISTED.search(self.document.text[max(0, part.start - 300) : part.start]):
            return True
        before = self.document.text[max(0, part.start - 24) : part.start].lower()
        return any(f"{phrase} " in before[-len(phrase) - 3 :] for phrase in _NAMING)

    def report_inside(self, stretch: Stretch) -> list[Span]:
        """Words of the report that a speaker quotes: “they now do so ‘at a faster pace’”."""
        found = []
        for span in inside(self.document, stretch):
            if self._is_term(span):
                continue
            if self._reports(span):
                found.append(span)
        return found

    def _reports(self, span: Span) -> bool:
        """True where the sentence around quoted words names the inspectors and what they said."""
        text = self.document.text
        left = max(
            text.rfind(". ", max(0, span.start - 400), span.start),
            text.rfind("\n", max(0, span.start - 400), span.start),
        )
        stop = text.find(". ", span.end, span.end + 200)
        around = text[max(left, 0) : span.start] + " " + text[span.end : stop if stop > 0 else span.end]
        words = {word.strip(".,;:!?“”\"'‘’()").lower().replace("’", "'") for word in around.replace("’s", "").split()}
        words_of = self.words_of
        named = bool(words & (words_of.inspectors | {"them", "they", "inspectors'"}))
        return named and bool(words & (words_of.verbs | words_of.reporting | {"words", "see", "say", "tell"}))


def _governed(tokens: Sequence[Token], place: int, words: SpeechWords) -> bool:
    """True where a preposition stands before a noun: “by the council”."""
    while place and tokens[place - 1].fold in ("the", "its", "a", "their"):
        place -= 1
    return place > 0 and tokens[place - 1].fold in words.prepositions


def _same(one: _Speaker, other: _Speaker) -> bool:
    if one.voice is not other.voice:
        return False
    return one.person is None or other.person is None or one.person.name == other.person.name


def _rank(title: str) -> str:
    return {"coun": "cllr", "councillor": "cllr", "councillr": "cllr", "ms": "mrs", "miss": "mrs"}.get(title, title)


def _holding(named: Sequence[Named], place: int) -> Named | None:
    """The person whose name, title or role holds a place."""
    return next((one for one in named if one.reach.start <= place < one.reach.end), None)


def _narration(document: Document, lexicon: Lexicon, found: Sequence[Stretch]) -> tuple[_Line, ...]:
    spans: list[tuple[Span, int]] = []
    told: list[tuple[Token, ...]] = []
    number = 0
    for block in document.blocks:
        if block.kind not in SPOKEN:
            continue
        for sentence in block.sentences:
            tokens = []
            for token in sentence.tokens:
                while number < len(found) and found[number].outer.end <= token.span.start:
                    number += 1
                if number == len(found) or token.span.start < found[number].outer.start:
                    tokens.append(token)
            spans.append((sentence.span, sentence.block))
            told.append(tuple(tokens))
    named = people(told, document.text, lexicon.people, lexicon.speech)
    return tuple(
        _Line(span, block, tokens, persons) for (span, block), tokens, persons in zip(spans, told, named, strict=True)
    )
