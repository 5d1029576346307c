"""Whom the words around a quotation point to: verbs of telling, their subjects, names, pronouns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder.extraction.people import Named, people
from site_builder.extraction.quotation import SPOKEN, Stretch
from site_builder.extraction.voices import Voice
from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import SpeechWords
from site_builder.text.document import Document, Span, Token


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the narrator tells it: its tokens without the quoted ones."""

    span: Span
    block: int
    tokens: tuple[Token, ...]
    named: tuple[Named, ...]

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that begin from `start` up to `end`."""
        first = bisect_left(self.tokens, start, key=_start)
        return self.tokens[first : bisect_left(self.tokens, end, lo=first, key=_start)]

    def holding(self, place: int) -> Named | None:
        """The person whose name, title or role holds a place."""
        number = bisect_right(self.named, place, key=_reach_start) - 1
        return self.named[number] if number >= 0 and place < self.named[number].reach.end else None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom a cue points to."""

    voice: Voice
    person: Named | None = None

    def same_as(self, other: Speaker) -> bool:
        """True where nothing shows that the two are different."""
        if self.voice is not other.voice:
            return False
        return self.person is None or other.person is None or self.person.name == other.person.name


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say whose a stretch is."""

    speaker: Speaker
    rule: str
    end: int = 0
    """Where the cue ends, if it stands behind the stretch."""


INSPECTORS = Speaker(Voice.INSPECTORS)
OTHER = Speaker(Voice.OTHER)

_DOT = 3  # characters that may follow a name that signs
_AHEAD = 5  # words that may stand before the subject of a sentence
_NEAR = 60  # tokens over which a subject is looked for, and “it” and “they” followed back
_WITNESS = 5  # words before a verb of telling in which those stand who tell
_TEAM = frozenset({"team", "inspectors", "inspector", "report", "letter", "verdict", "panel"})
_ASIDE = 5  # words of such an aside
_EMBEDDED = 8  # words before a verb of telling in which a clause opens that only tells of it
_AGENT = 20  # tokens after “was described” in which its “by” stands
_BACK = 8  # sentences over which “she” is followed back


class Narration:
    """What the narrator of a document says between quotations, and whom that points to."""

    def __init__(self, document: Document, lexicon: Lexicon, found: Sequence[Stretch]) -> None:
        self.document = document
        self.words = lexicon.speech
        self.found = found
        self.lines = tuple(_lines(document, lexicon, found))
        self.starts = [line.span.start for line in self.lines]
        self.told = tuple(line for line in self.lines if line.tokens)
        self.known = _known(self.lines)

    def cue(self, number: int, after: Cue | None) -> Cue | None:
        """Whose stretch `number` is by the words before it and by `after`, the cue behind it."""
        stretch = self.found[number]
        line, tokens = self.lead(number)
        before = self._before(line, tokens) if line and tokens else None
        last = tokens[-1].text if tokens else ""
        closed = self.document.words(stretch.parts[-1])[-1:] if stretch.parts else ""
        if before and (last == ":" or not after or closed not in ",?!–—-"):
            return before
        return after or before

    def lead(self, number: int) -> tuple[Line | None, tuple[Token, ...]]:
        """The sentence that leads into a stretch, and its words up to the opening mark.

        It is in the paragraph before where that ends in a colon or a dash: “Jane Field, director, said:”.
        """
        stretch = self.found[number]
        start = stretch.outer.start
        floor = self.found[number - 1].outer.end if number else 0
        at = bisect_right(self.starts, start) - 1
        if at >= 0 and self.lines[at].block == stretch.first:
            line = self.lines[at]
            tokens = line.between(floor, start)
            if tokens:
                return line, tokens
        if at >= 0 and start == self.document.blocks[stretch.first].span.start:
            previous = self._line_before(stretch.first)
            if previous and previous.tokens and previous.tokens[-1].text in (":", "-"):
                return previous, previous.between(floor, start)
        return None, ()

    def _line_before(self, block: int) -> Line | None:
        """The last sentence of the body before a block."""
        number = bisect_left(self.starts, self.document.blocks[block].span.start) - 1
        return self.lines[number] if number >= 0 else None

    def _before(self, line: Line, tokens: Sequence[Token]) -> Cue | None:
        words = self.words
        verb = next((n for n in range(len(tokens) - 1, -1, -1) if self._is_verb(tokens, n)), None)
        if verb is None:
            if tokens[-1].text == ":" and (named := self._last_named(line, tokens)):
                return Cue(self.person(named, line), "named_before_colon")
            if (source := self._according(tokens)) is not None:
                return self._of_object(line, tokens, source, "according_to")
            if tokens[-1].text == ":" and tokens[0].fold in words.pronouns:  # “She blamed the pandemic: “We …””
                return Cue(self._pronoun(tokens[0].span.start), "pronoun_before_colon")
            if tokens[-1].text == ":" and any(token.fold in words.inspectors for token in tokens):
                return Cue(INSPECTORS, "report_before_colon")
            return self._of_subject(line, tokens)
        asks = tokens[verb].fold in ("asked", "told") and verb and tokens[verb - 1].fold in ("i", "we")
        if asks and tokens[-1].text == ":" and (named := self._last_named(line, tokens)):
            return Cue(self.person(named, line), "named_before_colon")  # “I asked Ann Field, and she sent this:”
        return self._teller_of(line, tokens, verb)

    def _of_subject(self, line: Line, tokens: Sequence[Token]) -> Cue | None:
        """The person whom a sentence without a verb of telling begins with: “Cllr Ann Field was “delighted””."""
        named = line.named[0] if line.named else None
        if named is None or tokens[0].span.start != line.tokens[0].span.start:
            return None
        ahead = bisect_left(tokens, named.reach.start, key=_start)
        behind = bisect_left(tokens, named.reach.end, key=_start)
        owned = behind < len(tokens) and tokens[behind].fold in ("'s", "'")
        if owned or any(token.fold in self.words.inspectors or token.text == "," for token in tokens[:ahead]):
            return None
        return Cue(self.person(named, line), "subject") if ahead <= _AHEAD else None

    def _teller_of(self, line: Line, tokens: Sequence[Token], verb: int) -> Cue | None:
        """Who does what a verb of telling says."""
        words = self.words
        bridge = verb - 1
        while bridge > 0 and (tokens[bridge].fold.endswith("ly") or tokens[bridge].fold in words.between):
            bridge -= 1
        if verb and tokens[bridge].fold in words.be and tokens[verb].fold not in words.felt:
            # “were said to be”, “was described by inspectors as”.
            agent = next((n for n in range(verb, min(verb + _AGENT, len(tokens))) if tokens[n].fold == "by"), None)
            if agent is not None and (cue := self._of_object(line, tokens, agent + 1, "said_by")):
                return cue
            return Cue(INSPECTORS, "was_said")
        if tokens[verb].fold == "told" and verb and tokens[bridge].fold in words.be:
            agent = next((n for n in range(verb, min(verb + 3, len(tokens))) if tokens[n].fold == "by"), None)
            cue = self._of_object(line, tokens, agent + 1, "said_by") if agent else None
            if cue and cue.speaker is INSPECTORS:  # “The trust has been told by Ofsted that …”
                return cue
        speaker = self._inverted(line, tokens, verb) or self._subject(line, tokens, verb)
        # What the council found and what parents told inspectors is what the report says.
        to_inspectors = any(token.fold in words.inspectors for token in tokens[verb + 1 : verb + 3])
        if speaker is None:  # “Care leavers told inspectors that …”
            return Cue(INSPECTORS, "told_inspectors") if to_inspectors and tokens[verb].fold == "told" else None
        if speaker is OTHER and tokens[verb].fold == "told" and verb and tokens[bridge].fold in words.be:
            return None  # “the council was not told”
        to_inspectors |= (
            tokens[verb].fold == "told" and tokens[verb + 1].fold == "them" if verb + 1 < len(tokens) else False
        )
        witnessed = tokens[verb].fold in words.reporting and any(
            token.fold in words.witnesses for token in tokens[max(0, verb - _WITNESS) : verb]
        )  # “Staff described ‘a culture of fear’.”
        if speaker is OTHER and (tokens[verb].fold in ("found", "finds", "find") or to_inspectors or witnessed):
            speaker = INSPECTORS
        return Cue(speaker, "said_before")

    def _inverted(self, line: Line, tokens: Sequence[Token], verb: int) -> Speaker | None:
        """Who tells in an aside: “Schools had complained, said the union, and had no answer”."""
        if not verb or tokens[verb - 1].text != "," or tokens[verb].fold not in ("said", "says"):
            return None
        ends = next((n for n in range(verb + 2, min(verb + _ASIDE, len(tokens))) if tokens[n].text in (",", ".")), 0)
        if any(token.fold in self.words.be for token in tokens[verb:ends]):  # “…, said the visits were “hard”, but …”
            return None
        cue = self._of_object(line, tokens[:ends], verb + 1, "said_after")
        capital = any(token.text.isupper() for token in tokens[verb + 1 : ends])
        return cue.speaker if cue else OTHER if capital else None

    def _is_aside(self, folds: Sequence[str], verb: int) -> bool:
        """True for a telling that is only told of: “adults of whom the police had warned”, “what workers asked for”."""
        near = folds[max(0, verb - _EMBEDDED) : verb]
        opens = next((n for n in range(len(near) - 1, -1, -1) if near[n] in self.words.embeds), None)
        return opens is not None and "," not in near[opens:] and not self.words.others.isdisjoint(near[opens:])

    def _is_verb(self, tokens: Sequence[Token], place: int) -> bool:
        fold = tokens[place].fold
        words = self.words
        if fold not in words.verbs and fold not in words.reporting:
            return False
        following = tokens[place + 1].fold if place + 1 < len(tokens) else ""
        if (fold in words.with_on and following != "on") or (fold in words.without_to and following == "to"):
            return False  # “went home”, “continues to be high”
        before = tokens[place - 1].fold if place else ""
        if fold.endswith("ing") and before in words.no_subject:  # “sign off plans without saying why”
            return False
        if fold in words.plurals and before in words.holding:  # “keep notes by hand”
            return False
        # “a key report”, “the reported rise”, “their concerns”: nouns.
        return before not in ("the", "a", "an", "its", "their", "this", "of", "'s", "no", "for", "any", "some", "in")

    def _according(self, tokens: Sequence[Token]) -> int | None:
        for place in range(len(tokens) - 1):
            if tokens[place].fold == "according" and tokens[place + 1].fold == "to":
                return place + 2
        return None

    def _in_report(self, tokens: Sequence[Token]) -> bool:
        """True for “among the failings listed in the report”."""
        return any(
            tokens[place].fold in self.words.papers
            and tokens[place - 2].fold == "in"
            and tokens[place - 3].fold in self.words.reporting
            for place in range(3, len(tokens))
        )

    def _of_object(self, line: Line, tokens: Sequence[Token], place: int, rule: str) -> Cue | None:
        """The one a preposition leads to: “according to Jane Field”, “described by inspectors as”."""
        for token in tokens[place : place + 12]:
            named = line.holding(token.span.start)
            if named:
                return Cue(self.person(named, line), rule)
            if token.fold in self.words.inspectors:
                return Cue(INSPECTORS, rule)
            if token.fold in self.words.others:
                return Cue(OTHER, rule)
        return None

    def _subject(self, line: Line, tokens: Sequence[Token], verb: int) -> Speaker | None:
        """Who does what the verb tells, walking back from it over adverbs and asides."""
        words = self.words
        place, furthest = verb - 1, max(0, verb - _NEAR)
        while place >= furthest:
            token = tokens[place]
            named = line.holding(token.span.start)
            if named:
                first = place
                while first > 0 and tokens[first - 1].span.start >= named.reach.start:
                    first -= 1
                if _governed(tokens, first, words):  # “the letter to the council's director, Ann Field, says”
                    place = first - 1
                    continue
                return self.person(named, line)
            after = tokens[place + 1].fold if place + 1 < len(tokens) else ""
            if token.text == ",":
                opening = next((n for n in range(place - 1, max(place - 30, -1), -1) if tokens[n].text == ","), -1)
                aside = tokens[opening + 1].fold in words.asides if opening + 1 < place else False
                if aside and opening >= 0:
                    place = opening - 1
                    continue
                told = line.holding(tokens[opening - 1].span.start) if opening > 0 else None
                if told and any(token.fold == "who" for token in tokens[opening:place]):
                    place = opening - 1  # “Jo Reed, a doctor who speaks for the group, said”
                    continue
            elif token.fold in words.pronouns:
                return self._pronoun(token.span.start)
            elif token.fold in ("i", "we"):
                return OTHER
            elif token.fold in ("it", "they", "this"):
                if token.fold != "this" or place == verb - 1:
                    return self._group(token)
            elif token.fold in words.inspectors and after == "'s" and tokens[place + 2].fold in _TEAM:
                return INSPECTORS  # “Ofsted's team of seven concluded”
            elif token.fold in words.inspectors and after != "'s" and not _governed(tokens, place, words):
                return INSPECTORS
            elif token.fold in words.others and (owner := self._owner(line, tokens, place)):
                return owner  # “Ann Field's statement says”
            elif token.fold in words.others and after not in ("'s", "'") and not _governed(tokens, place, words):
                return self._apposed(line, tokens, place) or OTHER
            place -= 1
        return None

    def _owner(self, line: Line, tokens: Sequence[Token], place: int) -> Speaker | None:
        """The person whose a statement is."""
        owned = place > 1 and tokens[place].fold == "statement" and tokens[place - 1].fold == "'s"
        named = line.holding(tokens[place - 2].span.start) if owned else None
        return self.person(named, line) if named else None

    def _apposed(self, line: Line, tokens: Sequence[Token], place: int) -> Speaker | None:
        """The person of whom a noun only tells more: “Ann Field, a parent and foster carer, said”."""
        words = self.words
        while place > 0 and tokens[place].text != ",":
            if tokens[place].fold in words.clauses or tokens[place].fold in words.verbs:
                return None
            place -= 1
        named = line.holding(tokens[place - 1].span.start) if place > 0 else None
        return self.person(named, line) if named else None

    def _group(self, token: Token) -> Speaker:
        """Who “it” or “they” are: the last body named before, by default the report or its writers."""
        number = bisect_right(self.starts, token.span.start) - 1
        seen = 0
        while number >= 0 and seen < _NEAR:
            tokens = self.lines[number].between(0, token.span.start)
            for earlier in reversed(tokens[-_NEAR:]):
                if earlier.fold in self.words.inspectors:
                    return INSPECTORS
                if earlier.fold in self.words.spokespeople:
                    return OTHER
            seen += len(tokens) + 1
            number -= 1
        return INSPECTORS

    def behind(self, number: int) -> Cue | None:
        """The cue behind a stretch: “…,” said Jane Field, leader of the council."""
        stretch = self.found[number]
        limit = self.found[number + 1].outer.start if number + 1 < len(self.found) else len(self.document.text)
        end = stretch.outer.end
        at = bisect_right(self.starts, end) - 1
        lines = [line for line in self.lines[max(at, 0) : at + 2] if line.block == stretch.last]
        for line in lines:
            tokens = line.between(end, limit)
            if not tokens:
                continue
            if (
                line.span.start >= end
                and line.tokens[0].fold != "that"  # “That was the verdict of …”
                and line.tokens[0].text == line.tokens[0].text.capitalize()
                and (self.document.words(stretch.parts[-1])[-1:] not in ",?!" if stretch.parts else True)
            ):
                return None  # a new sentence begins
            return self._behind(line, tokens)
        return self._signed(stretch) if stretch.outer.end == self.document.blocks[stretch.last].span.end else None

    def _signed(self, stretch: Stretch) -> Cue | None:
        """The paragraph behind a whole one of speech, where it only names the speaker: “– Jane Field, director”."""
        if stretch.outer.start != self.document.blocks[stretch.first].span.start:
            return None
        number = bisect_left(self.starts, stretch.outer.end)
        line = self.lines[number : number + 1]
        if not line or not line[0].named or line[0].block > stretch.last + 2:
            return None
        tokens, named = line[0].tokens, line[0].named[0]
        begins = bisect_left(tokens, named.reach.start, key=_start)
        alone = tokens[-1].span.end - named.reach.end < _DOT and tokens[-1].text not in (":", ".")
        if begins > 1 or not alone or not named.role:
            return None
        return Cue(self.person(named, line[0]), "signed", tokens[-1].span.end)

    def _behind(self, line: Line, tokens: Sequence[Token]) -> Cue | None:
        words = self.words
        place = 0
        while place < len(tokens) and tokens[place].text in (",", "-", ".", ";"):
            place += 1
        if place >= len(tokens):
            return None
        end = tokens[-1].span.end
        named = line.holding(tokens[place].span.start)
        if named and place and tokens[place - 1].text == "-" and end - named.reach.end < _DOT:
            return Cue(self.person(named, line), "signed", end)  # “We are glad.” – Ann Field, leader
        first = tokens[place].fold
        if first in words.verbs or (first == "according" and place + 1 < len(tokens)):
            cue = self._of_object(line, tokens, place + 1, "said_after")
            if cue is None:
                for token in tokens[place + 1 : place + 4]:
                    if token.fold in words.pronouns:
                        return Cue(self._pronoun(token.span.start), "said_after", end)
            return replace(cue, end=end) if cue else None
        verdict = next(
            (n for n in range(place, min(place + _AHEAD, len(tokens))) if tokens[n].fold in words.verdicts), None
        )
        if verdict and tokens[verdict + 1 : verdict + 2] and tokens[verdict + 1].fold in ("of", "from"):
            cue = self._of_object(line, tokens, verdict + 2, "verdict_of")
            return replace(cue, end=end) if cue else None
        for verb in range(place + 1, min(place + 40, len(tokens))):
            if tokens[verb].fold in words.verbs and self._is_verb(tokens, verb):
                subject = self._first_subject(line, tokens, place, verb)
                return Cue(subject, "said_after", end) if subject else None
        return None

    def _first_subject(self, line: Line, tokens: Sequence[Token], place: int, verb: int) -> Speaker | None:
        """The subject that a sentence behind a stretch begins with, if the verb follows it at once."""
        words = self.words
        speaker: Speaker | None = None
        while place < verb:
            token = tokens[place]
            named = line.holding(token.span.start)
            if named and speaker is None:
                speaker = self.person(named, line)
                while place < verb and tokens[place].span.start < named.reach.end:
                    place += 1
                continue
            if speaker is None:
                if token.fold in words.pronouns:
                    speaker = self._pronoun(token.span.start)
                elif token.fold in ("it", "they"):
                    speaker = self._group(token)
                elif token.fold in words.inspectors:
                    speaker = INSPECTORS
                elif token.fold in words.others:
                    speaker = OTHER
                elif (
                    token.fold not in ("the", "a", "an", "'s", "its", "their")
                    and not token.text[0].isupper()
                    and place > 4
                ):
                    return None
            elif speaker is not None and token.fold not in words.bridges and token.text not in (",",):
                if speaker.person is None and (token.fold in words.inspectors or token.fold in words.others):
                    speaker = INSPECTORS if token.fold in words.inspectors else OTHER
                elif not (
                    token.fold in ("'s", "for", "of", "the") if speaker.person is None else token.fold[-2:] == "ly"
                ):
                    return None
            place += 1
        return speaker

    def _last_named(self, line: Line, tokens: Sequence[Token]) -> Named | None:
        return next((named for named in reversed(line.named) if tokens[0].span.start <= named.span.start), None)

    def person(self, named: Named, line: Line) -> Speaker:
        """The speaker that a name means; a named inspector speaks for the report."""
        known = self._known(named)
        role = (known.role or "").lower()
        if ("inspector" in role and "chief inspector" not in role) or role in self.words.inspectors:
            return INSPECTORS
        place = bisect_left(line.named, named.reach.start, key=_reach_start)
        if place:  # “Ann Field, chief nurse Jo Reed and Bob Hill said”: no role is the speaker's alone
            between = line.between(line.named[place - 1].reach.end, named.reach.start)
            if len(between) <= 3 and any(token.fold == "and" for token in between):
                known = replace(known, role=None)
        return Speaker(Voice.PERSON, known)

    def _known(self, named: Named) -> Named:
        """The person with full name, role and body, as the text gives them anywhere."""
        same = self.known.get(named.surname, ())
        if named.full:
            same = tuple(other for other in same if other.name == named.name)
        elif named.title:
            same = tuple(other for other in same if self._rank(other) == self._rank(named)) or same
        ahead = [other for other in same if other.span.start <= named.span.start]
        whole = ahead[-1] if ahead else same[0] if same else named
        role = whole.role if named.role in (None, "Councillor") and whole.role else named.role
        return replace(whole, role=role, organisation=named.organisation or whole.organisation)

    def _rank(self, named: Named) -> str:
        """One word for the titles that may stand for each other."""
        return "councillor" if named.title in self.words.councillors else named.title

    def _pronoun(self, start: int) -> Speaker:
        """Whom “she” means: the last person of her sentence, else the first of the nearest sentence before."""
        number = bisect_right(self.starts, start) - 1
        for place in range(number, max(number - _BACK, -1), -1):
            line = self.lines[place]
            ahead = bisect_right(line.named, start, key=lambda named: named.reach.end)
            earlier = line.named[max(0, ahead - 1) : ahead] if place == number else line.named[: min(ahead, _BACK)]
            subjects = [named for named in earlier if not self._is_object(line, named)]
            if earlier:
                return self.person((subjects or earlier)[0], line)
        return OTHER

    def pronoun_at_head(self, line: Line) -> Speaker | None:
        """Whom the “she” means with which a sentence begins; None where it begins otherwise."""
        first = line.tokens[0] if line.tokens else None
        return self._pronoun(first.span.start) if first and first.fold in self.words.pronouns else None

    def _is_object(self, line: Line, named: Named) -> bool:
        before = bisect_left(line.tokens, named.reach.start, key=_start)
        return _governed(line.tokens, before, self.words)

    def previous(self, stretch: Stretch) -> Line | None:
        """The narrator's sentence before a stretch that begins one, in its paragraph or the one before."""
        number = bisect_left(self.told, stretch.outer.start, key=lambda line: line.span.start) - 1
        return self.told[number] if number >= 0 else None

    def teller(self, line: Line) -> Speaker | None:
        """Who tells a sentence of the narrator's; inspectors, where they are one of several."""
        folds = [token.fold for token in line.tokens]
        according = self._according(line.tokens) if "according" in folds else None
        cues = [self._of_object(line, line.tokens, according, "according_to")] if according else []
        if not self.words.papers.isdisjoint(folds) and self._in_report(line.tokens):
            cues.append(Cue(INSPECTORS, "in_report"))
        for verb, fold in enumerate(folds):
            if (fold in self.words.verbs or fold in self.words.reporting) and self._is_verb(line.tokens, verb):
                cue = self._teller_of(line, line.tokens, verb)
                # “Leaders recognise what has to be done”: only who speaks is a teller.
                tells = fold in self.words.verbs and fold not in self.words.deeds and not self._is_aside(folds, verb)
                if cue and (cue.speaker is not OTHER or tells):
                    cues.append(cue)
        speakers = [cue.speaker for cue in cues if cue]
        if speakers and speakers[0].voice is Voice.OTHER:
            return next((speaker for speaker in speakers if speaker.voice is Voice.INSPECTORS), speakers[0])
        return speakers[0] if speakers else None


def _governed(tokens: Sequence[Token], place: int, words: SpeechWords) -> bool:
    """True where a preposition stands before a noun: “by the council”."""
    council = tokens[place].fold in words.the_council if place < len(tokens) else False
    while place and (tokens[place - 1].fold in words.determiners or (council and tokens[place - 1].text[0].isupper())):
        place -= 1
    return place > 0 and tokens[place - 1].fold in words.prepositions


def _start(token: Token) -> int:
    return token.span.start


def _reach_start(named: Named) -> int:
    return named.reach.start


def _known(lines: Sequence[Line]) -> dict[str, tuple[Named, ...]]:
    """The people of a text by surname, each once, where first named, with the first role and body given anywhere."""
    people_of: dict[str, dict[str, Named]] = {}
    for line in lines:
        for named in line.named:
            if named.full:
                same = people_of.setdefault(named.surname, {})
                same[named.name] = _merged(same.get(named.name, named), named)
    for line in lines:  # “Cllr Field, who is leader” where only one Field is named in full
        for named in line.named:
            same = people_of.get(named.surname, {})
            if not named.full and len(same) == 1:
                ((name, one),) = same.items()
                same[name] = _merged(one, named)
    return {surname: tuple(same.values()) for surname, same in people_of.items()}


def _merged(first: Named, other: Named) -> Named:
    """`first`, with what `other` tells and it does not."""
    better = first.role is None or (first.role == "Councillor" and other.role is not None)
    role = other.role if better else first.role
    return replace(first, role=role, organisation=first.organisation or other.organisation)


def _lines(document: Document, lexicon: Lexicon, found: Sequence[Stretch]) -> Iterator[Line]:
    spans: list[tuple[Span, int]] = []
    told: list[tuple[Token, ...]] = []
    number = 0
    for block in document.blocks:
        if block.kind not in SPOKEN:
            continue
        for sentence in block.sentences:
            spans.append((sentence.span, sentence.block))
            while number < len(found) and found[number].outer.end <= sentence.span.start:
                number += 1
            if number == len(found) or sentence.span.end <= found[number].outer.start:
                told.append(sentence.tokens)  # nobody speaks in it
                continue
            tokens = []
            for token in sentence.tokens:
                while number < len(found) and found[number].outer.end <= token.span.start:
                    number += 1
                if number == len(found) or token.span.start < found[number].outer.start:
                    tokens.append(token)
            told.append(tuple(tokens))
    persons = people(told, document.text, lexicon.people, lexicon.speech)
    for (span, place), own, named in zip(spans, told, persons, strict=True):
        yield Line(span, place, own, named)
