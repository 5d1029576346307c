"""Who is talking: direct speech of named people, words quoted from the report, whose voice each stretch of text is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from site_builder.extraction.attribution import INSPECTORS, OTHER, Cue, Narration, Speaker
from site_builder.extraction.people import OURS, Named
from site_builder.extraction.quotation import SPOKEN, Stretch, inside, stretches, unmarked
from site_builder.extraction.roles import council_named
from site_builder.extraction.voices import Speech, Voice
from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import SpeechWords
from site_builder.model import OMISSION, Quote
from site_builder.text.document import BlockKind, Document, Fact, Mention, Span


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Whom a text means without naming it."""

    publisher: str | None
    """Who says “our”."""
    council: str | None
    """The council it is about, as it names it."""
    place: str | None
    """The council's place, where the text does not name the council itself."""


@dataclass(slots=True)
class _Entry:
    """Stretches under one attribution; grows while it is read."""

    speaker: Speaker
    rule: str
    stretches: list[Stretch] = field(default_factory=list)


# “two of the main areas – “being healthy” and “staying safe” – were good”.
_QUOTED = r"""[“"‘'][^“”"\n]{3,80}[”"’'](?:,| and)?\s*"""
_AREAS_LISTED = re.compile(rf"\b(?:areas?|categor(?:y|ies)|outcomes?|headings?)\s*[–—:-]\s*(?:{_QUOTED})*[“\"‘']?$")
_LEADING_DOTS = re.compile(r"^[.…\s]+")
_BETWEEN = " ,.;–—-"
_PUNCTUATION = " .,;:!?…()“”\"'‘’"
_LONGEST_TERM = 30  # words; a longer run is no grade or name
_SOON = 2  # paragraphs after which somebody may speak on without a cue
_SENTENCE = 3
_TOLD_AFTER = 80  # characters behind quoted words in which it is told who saw what they say
_NEXT = 24  # characters that hold the next word
_FEWEST = 5  # words that make direct speech of a person


def read_speech(
    document: Document, lexicon: Lexicon, publisher: str | None = None, places: Sequence[Mention[str]] = ()
) -> Speech:
    """The quotes of `document` and whose voice each stretch of it is; “our chair” speaks for its `publisher`.

    `places` are the mentions of the authorities that it is about.
    """
    found = stretches(document, lexicon.speech)
    bare = unmarked(document, found, lexicon.speech)
    narration = Narration(document, lexicon, _together(found, bare))
    entries = _entries(narration)
    if bare:  # “The report says: Children wait”: without marks only a person's words are speech
        kept = [entry.stretches[0] for entry in entries if entry.stretches[0].bare and entry.speaker.person]
        narration = Narration(document, lexicon, _together(found, kept))
        entries = _entries(narration)
    bodies = _Bodies(publisher, *_council(narration, publisher, places, lexicon))
    quotes, spoken, voices = [], [], []
    for entry in entries:
        parts = tuple(part for stretch in entry.stretches for part in stretch.parts)
        voice = entry.speaker.voice
        if voice is Voice.INSPECTORS and _says_nothing(document, entry, lexicon):
            continue
        voices += [(stretch.outer, voice) for stretch in entry.stretches]
        if voice is Voice.INSPECTORS:
            spoken.append(Fact(_LEADING_DOTS.sub("", _words(document, entry, OMISSION)), parts, entry.rule))
        elif entry.speaker.person and _is_speech(document, parts):
            quote = _quote(_words(document, entry), entry.speaker.person, bodies, lexicon)
            quotes.append(Fact(quote, parts, entry.rule))
        if voice is Voice.PERSON:
            spoken += _report_in_speech(document, entry, lexicon)
    return Speech(
        quotes=tuple(quotes),
        inspector_quotes=tuple(spoken),
        voices=tuple(sorted(voices)),
        tellers=tuple(_tellers(narration)),
        people=tuple(named.reach for line in narration.lines for named in line.named),
    )


def _council(
    narration: Narration, publisher: str | None, places: Sequence[Mention[str]], lexicon: Lexicon
) -> tuple[str | None, str | None]:
    """The council that a text is about, as it names it, and else its place."""
    subjects = {mention.value for mention in places}

    def own(name: Sequence[str]) -> bool:
        found = lexicon.places.names.find(name)
        meant = {slug for _, _, each in found for slug in (*each.strong, *each.weak)}
        return not (subjects and meant) or not meant.isdisjoint(subjects)

    text = narration.document.text
    council = council_named([line.tokens for line in narration.lines], text, lexicon.people, own)
    if not council and publisher and publisher.endswith("Council"):
        council = publisher  # a council's page may not name it again
    names = (narration.document.words(mention.span) for mention in places) if len(subjects) == 1 else iter(())
    place = next((name for name in names if not name.isupper()), None)
    return council, place or _kind_of_council(narration)


def _kind_of_council(narration: Narration) -> str | None:
    """“the borough council”, where a text about one place names it only in capitals."""
    for line in narration.lines:
        folds = [token.fold for token in line.tokens]
        for place, fold in enumerate(folds[:-1]):
            if fold == "the" and folds[place + 1 : place + 3] in _KINDS:
                return " ".join(folds[place : place + 3])
    return None


_KINDS = [[kind, "council"] for kind in ("borough", "city", "county", "metropolitan", "district")]


def _together(found: Sequence[Stretch], bare: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """All stretches in reading order, without those of `found` that lie in one of `bare`."""
    starts = [stretch.outer.start for stretch in bare]
    kept = list(bare)
    for stretch in found:
        place = bisect_right(starts, stretch.outer.start) - 1
        if place < 0 or not bare[place].outer.holds(stretch.outer):
            kept.append(stretch)
    return tuple(sorted(kept, key=lambda stretch: stretch.outer))


def _entries(narration: Narration) -> list[_Entry]:
    """Every stretch under its attribution, in reading order."""
    entries: list[_Entry] = []
    consumed = -1  # where the cue behind the stretch before ends
    last_person: Speaker | None = None
    heard = -1  # the block of that person's last words
    for number, stretch in enumerate(narration.found):
        behind = narration.behind(number)
        goes_on = bool(number) and _goes_on(narration.document, narration.found[number - 1], stretch, consumed)
        consumed = behind.end if behind else stretch.outer.end
        cue = behind if goes_on else narration.cue(number, behind)
        if goes_on and (cue is None or cue.speaker.same_as(entries[-1].speaker)):
            entries[-1].stretches.append(stretch)
        else:
            near = last_person if stretch.first - heard <= _SOON else None
            cue = cue or _without_cue(narration, number, entries[-1:], near)
            entries.append(_Entry(cue.speaker, cue.rule, [stretch]))
        if entries[-1].speaker.person:
            last_person, heard = entries[-1].speaker, stretch.last
    return entries


def _tellers(narration: Narration) -> Iterator[tuple[Span, Voice]]:
    for line in narration.lines:
        speaker = narration.teller(line)
        if speaker:  # who works for Ofsted tells what it found
            ofsted = speaker.person and "ofsted" in f"{speaker.person.role} {speaker.person.organisation}".lower()
            yield line.span, Voice.INSPECTORS if ofsted else speaker.voice


def _goes_on(document: Document, before: Stretch, stretch: Stretch, consumed: int) -> bool:
    """True where nothing but the cue behind the stretch before stands between it and this one."""
    after = max(consumed, before.outer.end)
    ended = bool(before.parts) and document.text[before.parts[-1].end - 1] in ".,!?…"
    if stretch.first == before.last:  # after a cue; “clear plans”, “strong leaders” are two
        gap = document.text[after : stretch.outer.start]
        return not gap.strip(_BETWEEN) and (consumed > before.outer.end or (ended and not gap.strip()))
    if stretch.outer.start != document.blocks[stretch.first].span.start:
        return False
    if any(block.kind in SPOKEN for block in document.blocks[before.last + 1 : stretch.first]):
        return False
    rest = document.text[after : document.blocks[before.last].span.end].strip(_BETWEEN)
    return (ended or consumed > before.outer.end) and not rest


def _without_cue(narration: Narration, number: int, last: Sequence[_Entry], last_person: Speaker | None) -> Cue:
    """Whose a stretch is that no words point to: by its sentence, by the one before, by its “we”; else the report's."""
    document, stretch = narration.document, narration.found[number]
    line, tokens = narration.lead(number)
    if line and last and narration.found[number - 1].outer.end > line.span.start:
        return Cue(last[0].speaker, "same_sentence")
    first_person = _speaks_of_itself(document, stretch, narration.words.first_person)
    previous = narration.previous(stretch)
    if previous and not tokens and (first_person or _whole(document, stretch)):
        speaker = narration.teller(previous)
        if speaker is None and previous.named:
            speaker = narration.person(previous.named[0], previous)
        elif speaker is None:  # “She paid tribute to those who stayed.”
            speaker = narration.pronoun_at_head(previous)
        if speaker and (speaker.voice is not Voice.INSPECTORS or not first_person):
            return Cue(speaker, "sentence_before")
    if first_person:
        return Cue(last_person if last_person and not tokens else OTHER, "first_person")
    return Cue(INSPECTORS, "no_cue")


def _whole(document: Document, stretch: Stretch) -> bool:
    words = document.words(stretch.parts[0]) if stretch.parts else ""
    return words[:1].isupper() and words.count(" ") >= _FEWEST - 1


def _speaks_of_itself(document: Document, stretch: Stretch, first_person: frozenset[str]) -> bool:
    return any(word in first_person for part in stretch.parts for word in folded(document.words(part)))


def _words(document: Document, entry: _Entry, seam: str = " ") -> str:
    """The words of an entry: a blank line between paragraphs, `seam` where the narrator interrupts one."""
    pieces: list[str] = []
    block = -1
    for stretch in entry.stretches:
        for number, part in enumerate(stretch.parts):
            if pieces:
                pieces.append(seam if not number and stretch.first == block else "\n\n")
            pieces.append(document.words(part))
        block = stretch.last
    return "".join(pieces)


def _quote(words: str, person: Named, bodies: _Bodies, lexicon: Lexicon) -> Quote:
    return Quote(words, person.name, person.role, _organisation(person, bodies, lexicon))


def _organisation(person: Named, bodies: _Bodies, lexicon: Lexicon) -> str | None:
    """The body that a person speaks for; “the council” is the article's."""
    named, role, council = person.organisation, (person.role or "").lower(), bodies.council
    if named == OURS:
        return bodies.publisher
    if named and named.lower() in lexicon.speech.the_council:
        return council or f"the {named.lower()}"
    if named:
        return f"the {named}" if named[:1].islower() else named
    if "chief inspector" in role:
        return "Ofsted"
    held = set(role.replace("’s", "").replace("'s", "").replace(",", "").split())
    heads = "head" in held and not held.isdisjoint(_DEPARTMENTS)
    own = (heads or not held.isdisjoint(lexicon.speech.council_roles)) and held.isdisjoint(lexicon.speech.rival_roles)
    return (council or bodies.place) if own else None


_DEPARTMENTS = frozenset({"children", "services", "service", "social", "safeguarding", "families", "family"})


def _is_speech(document: Document, parts: Sequence[Span]) -> bool:
    """True for words that are no mere fragment: five, or a short sentence (“We are sorry.”)."""
    words = [document.words(part) for part in parts]
    length = sum(each.count(" ") + 1 for each in words)
    return length >= _FEWEST or (length >= _SENTENCE and words[0][0].isupper() and words[-1][-1] in ".!?")


def _says_nothing(document: Document, entry: _Entry, lexicon: Lexicon) -> bool:
    """True where an entry only quotes grades, names of areas or terms: no words of the report."""
    parts = [part for stretch in entry.stretches for part in stretch.parts]
    cued = entry.rule not in ("no_cue", "same_sentence")
    return not parts or (len(parts) == 1 and _is_term(document, parts[0], lexicon, cued=cued))


def _is_term(document: Document, part: Span, lexicon: Lexicon, *, cued: bool) -> bool:
    words = document.words(part).split()
    folds = folded(document.words(part))
    if not folds or len(folds) > _LONGEST_TERM:
        return not folds
    named = [False] * len(folds)
    for table in (lexicon.grades, lexicon.areas, lexicon.findings.names):
        for first, after, _ in table.find(folds):
            named[first:after] = [True] * (after - first)
    small = lexicon.speech.small
    if all(held or fold in small for held, fold in zip(named, folds, strict=True)):
        return True
    main = [word for word in words if word.lower() not in small]
    if len(folds) <= 6 and len(main) > 1 and all(word[:1].isupper() or word[:1].isdigit() for word in main):
        return True  # ‘Children in Care’, “Signs of Safety”
    whole = any((first, after) == (0, len(folds)) for first, after, _ in lexicon.themes.find(folds))
    if whole and not any(lexicon.findings.polarity.find(folds)) and " ".join(folds) not in lexicon.theme_hints:
        return True  # the “front door”
    before = document.text[max(0, part.start - 300) : part.start]
    if any(block.kind is BlockKind.TITLE and words == document.words(block.span).split() for block in document.blocks):
        return True
    if _AREAS_LISTED.search(before):
        return True
    following = folded(document.text[part.end : part.end + _NEXT])[:1]
    if following and following[0] in lexicon.speech.named_things:  # “In its ‘What needs to improve’ section”
        return True
    behind = folded(document.text[part.end : part.end + _TOLD_AFTER].partition(". ")[0])
    told = cued or not lexicon.speech.reporting.isdisjoint(behind)  # “The council’s “strong grip” was highlighted”
    naming = lexicon.speech.called if told else lexicon.speech.called | lexicon.speech.naming
    return any(f"{phrase} " in before[-len(phrase) - 3 :].lower() for phrase in naming)


def _report_in_speech(document: Document, entry: _Entry, lexicon: Lexicon) -> Iterator[Fact[str]]:
    """Words of the report that a speaker quotes: “they now do so ‘at a faster pace’”."""
    for stretch in entry.stretches:
        for span in inside(document, stretch):
            if not _is_term(document, span, lexicon, cued=False) and _reported(document, span, lexicon.speech):
                yield Fact(_LEADING_DOTS.sub("", document.words(span)), (span,), "report_in_speech")


def _reported(document: Document, span: Span, words: SpeechWords) -> bool:
    """True where the sentence around quoted words names the inspectors and what they said."""
    text = document.text
    start = max(0, span.start - 400)
    left = max(text.rfind(". ", start, span.start), text.rfind("\n", start, span.start), 0)
    right = text.find(". ", span.end, span.end + 200)
    around = set(folded(text[left : span.start] + " " + text[span.end : max(right, span.end)]))
    return bool(around & words.reported_by) and bool(around & (words.verbs | words.reporting | words.reported))


def folded(text: str) -> list[str]:
    """The words of `text` in lower case, without their punctuation and possessive endings."""
    plain = text.lower().replace("’", "'").replace("'s ", " ")
    return [word for word in (each.strip(_PUNCTUATION) for each in plain.split()) if word]
