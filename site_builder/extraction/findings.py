"""Sentences that report what inspectors found, and which way each points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from site_builder.extraction.speech import Speech, Voice
from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import FindingWords
from site_builder.lexicon.phrases import Phrases
from site_builder.model import Finding, Inspection, Polarity, Theme
from site_builder.text.document import BlockKind, Document, Fact, Mention, Sentence, Token


class _Told(StrEnum):
    """What the narrator was telling in the sentence before."""

    FINDINGS = "findings"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words before a list."""

    polarity: Polarity | None
    finding: bool
    """True where they say that inspectors found what follows."""


_WEAKNESS_WEIGHS = 1.25  # readers remember the bad news of a mixed sentence
_BEFORE, _AFTER = 5, 6  # tokens over which a reverser reaches


def read_findings(
    document: Document,
    speech: Speech,
    inspections: tuple[Fact[Inspection], ...],  # noqa: ARG001 - recaps of earlier inspections are told by their words
    themes: tuple[Mention[Theme], ...],
    lexicon: Lexicon,
) -> tuple[Fact[Finding], ...]:
    """The findings of the text about the subject inspections, in reading order."""
    found = []
    number = 0
    for sentence, polarity, rule in _claims(document, speech, lexicon):
        while number < len(themes) and themes[number].span.end <= sentence.span.start:
            number += 1
        named = set()
        for mention in themes[number:]:
            if mention.span.start >= sentence.span.end:
                break
            named.add(mention.value)
        finding = Finding(document.words(sentence.span), polarity, tuple(theme for theme in Theme if theme in named))
        found.append(Fact(finding, (sentence.span,), rule))
    return tuple(found)


def _claims(document: Document, speech: Speech, lexicon: Lexicon) -> Iterator[tuple[Sentence, Polarity, str]]:
    words = lexicon.findings
    told, lead = _Told.OTHER, None
    for place, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            told, lead = _Told.OTHER, _lead(block.sentences[-1:], words)
            continue
        if block.kind is BlockKind.ITEM:
            if lead and lead.finding:
                claim = _item(block.sentences, lead, speech, lexicon)
                if claim:
                    yield claim
            continue
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        lead = None
        for sentence in block.sentences:
            if _is_lead(document, place, sentence):
                lead = _lead([sentence], words)
                if lead and lead.finding:
                    continue
            polarity, rule, told = _read(sentence, speech, told, lexicon)
            if polarity:
                yield sentence, polarity, rule


def _is_lead(document: Document, place: int, sentence: Sentence) -> bool:
    following = document.blocks[place + 1] if place + 1 < len(document.blocks) else None
    return (
        following is not None
        and following.kind is BlockKind.ITEM
        and sentence.span.end == document.blocks[place].span.end
    )


def _lead(sentences: Sequence[Sentence], words: FindingWords) -> _Lead | None:
    for sentence in sentences:
        folds = [token.fold for token in sentence.tokens]
        good = sum(fold in words.good_lead for fold in folds)
        bad = sum(fold in words.bad_lead for fold in folds)
        if _any(words.no_lead, folds):
            return _Lead(None, False)
        polarity = None if good == bad else Polarity.STRENGTH if good > bad else Polarity.WEAKNESS
        if any(fold in words.wanted for fold in folds):  # “Among the improvements that it calls for are:”
            polarity = Polarity.WEAKNESS
        return _Lead(polarity, polarity is not None or any(fold in words.told_lead for fold in folds))
    return None


def _item(
    sentences: Sequence[Sentence], lead: _Lead, speech: Speech, lexicon: Lexicon
) -> tuple[Sentence, Polarity, str] | None:
    if not sentences or speech.voice(sentences[0].span) in (Voice.PERSON, Voice.OTHER):
        return None
    sentence = sentences[0]
    if _only_names_areas(sentence, lexicon):
        return None
    own = _polarity(sentence.tokens, lexicon)
    return sentence, lead.polarity or own or Polarity.STRENGTH, "list"


def _only_names_areas(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True where an item is the name of an area, with its grade or without: “Adoption performance – Good”."""
    folds = [token.fold for token in sentence.tokens]
    ends = any(
        after == len(folds) and first and folds[first - 1] in ("-", ":")
        for first, after, _ in lexicon.grades.find(folds)
    )
    if ends:  # a row of a table
        return True
    held = [fold in lexicon.speech.small or not fold[0].isalnum() for fold in folds]
    named = False
    for table in (lexicon.grades, lexicon.areas):
        for first, after, _ in table.find(folds):
            held[first:after] = [True] * (after - first)
            named = True
    return named and sum(held) >= len(held) - 3


def _read(sentence: Sentence, speech: Speech, told: _Told, lexicon: Lexicon) -> tuple[Polarity | None, str, _Told]:
    """Which way a sentence points, by which rule, and what the narrator is telling now."""
    words = lexicon.findings
    tokens = sentence.tokens
    folds = [token.fold for token in tokens]
    voice = _voice(sentence, speech)
    if voice in (Voice.PERSON, Voice.OTHER):
        return None, "", _Told.OTHER
    polarity = _polarity(tokens, lexicon)
    if voice is Voice.INSPECTORS:
        if _any(words.process, folds) and not polarity:
            return None, "", told
        return polarity or Polarity.STRENGTH, "report_quoted", _Told.FINDINGS
    teller = speech.teller(sentence.span)
    if teller in (Voice.PERSON, Voice.OTHER):
        return None, "", _Told.OTHER
    process, response = _any(words.process, folds), _any(words.response, folds)
    recap = any(fold.isdigit() and len(fold) == 4 for fold in folds[:4]) and "since" not in folds[:2]
    if recap and teller is not Voice.INSPECTORS:
        return None, "", _Told.OTHER
    if teller is Voice.INSPECTORS or any(fold in lexicon.speech.inspectors for fold in folds[:3]):
        finds = any(fold in words.praise or fold in lexicon.speech.verbs for fold in folds)
        if polarity and (finds or not process):
            return polarity, "inspectors_say", _Told.FINDINGS
        return None, "", _Told.FINDINGS
    topic = any(fold in words.topics for fold in folds)
    first_person = any(fold in words.first_person for fold in folds)
    if response or first_person or not topic or (process and told is not _Told.FINDINGS):
        return None, "", _Told.OTHER if response else told
    if polarity and (told is _Told.FINDINGS or any(fold in words.praise for fold in folds)):
        return polarity, "goes_on", _Told.FINDINGS
    return None, "", told


def _voice(sentence: Sentence, speech: Speech) -> Voice:
    """Whose words most of a sentence is."""
    return speech.voice_of_most(sentence.span)


def _any(table: Phrases[None], folds: Sequence[str]) -> bool:
    return next(table.find(folds), None) is not None


def _polarity(tokens: Sequence[Token], lexicon: Lexicon) -> Polarity | None:
    """Which way the words of a sentence point, each turned round by the words beside it.

    A grade and the name of an area point nowhere: “judged good for help and protection” only tells of a grade.
    """
    words = lexicon.findings
    folds = [token.fold for token in tokens]
    weights = _weights(folds, words)
    silent = _silent(folds, lexicon)
    good = bad = 0.0
    used = [False] * len(folds)
    for first, after, polarity in words.polarity.find(folds):
        used[first:after] = [True] * (after - first)
        if all(silent[first:after]):
            continue
        if polarity is Polarity.WEAKNESS:
            if _turned(folds, first, after, used, words):
                good += weights[first]
            else:
                bad += _WEAKNESS_WEIGHS * weights[first]
        elif _denied(folds, first, used, words):
            bad += _WEAKNESS_WEIGHS * weights[first]
        else:
            good += weights[first]
    for first, _, _ in words.hazards.find(folds):
        before = range(max(0, first - 2 * _BEFORE), first)
        denial = next((n for n in before if folds[n] in words.denials or folds[n] == "no"), None)
        if denial is not None:
            used[denial] = True
            good += 1.5 * weights[first]
        elif any(fold in words.exposed for fold in folds[max(0, first - 2) : first]):
            bad += weights[first]
    for place, fold in enumerate(folds):  # “leaders do not check”: what is denied and not known is mostly bad
        if fold in words.denials and not used[place] and folds[place + 1 : place + 2] != ["only"]:
            bad += 0.75 * weights[place]
    if good == bad:
        return None if not good else Polarity.WEAKNESS
    return Polarity.STRENGTH if good > bad else Polarity.WEAKNESS


def _weights(folds: Sequence[str], words: FindingWords) -> list[float]:
    """How much each word counts: more after “but”, less in an aside, up to its comma."""
    weights, main, now = [], 1.0, 1.0
    for fold in folds:
        if fold in words.contrasts:
            main = now = 1.3
        elif fold in words.asides:
            now = 0.6
        elif fold in (",", ";", ":", "-"):
            now = main
        weights.append(now)
    return weights


def _silent(folds: Sequence[str], lexicon: Lexicon) -> list[bool]:
    """True for the words of grades and areas, but not for a grade before its noun: “good direct work”."""
    silent = [False] * len(folds)
    for first, after, _ in lexicon.grades.find(folds):
        following = folds[after] if after < len(folds) else ""
        if not following.isalpha() or following in lexicon.speech.small or following in lexicon.speech.prepositions:
            silent[first:after] = [True] * (after - first)
    for first, after, _ in lexicon.areas.find(folds):
        if after - first > 1:
            silent[first:after] = [True] * (after - first)
    return silent


def _turned(folds: Sequence[str], first: int, after: int, used: list[bool], words: FindingWords) -> bool:
    """True where the words beside a weakness say that it is not there, or no longer."""
    for place in range(first - 1, max(0, first - _BEFORE) - 1, -1):
        if folds[place] in words.contrasts:
            break
        if folds[place] in words.reversers and not used[place]:
            if any(
                fold in ("not", "neither", "nor", "never", "too", "yet") for fold in folds[max(0, place - 2) : place]
            ):
                return False
            used[place] = True
            return True
    for place in range(after, min(after + _AFTER, len(folds))):
        if folds[place] in words.contrasts or folds[place] in (",", ";"):
            return False
        if folds[place] in words.after_reversers:
            return not any(fold in words.negators for fold in folds[after:place])
    return False


def _denied(folds: Sequence[str], first: int, used: list[bool], words: FindingWords) -> bool:
    """True where the words before a strength deny it: “not always recorded well”."""
    for place in range(first - 1, max(0, first - 4) - 1, -1):
        if folds[place] in words.contrasts or folds[place] in (",", ";"):
            return False
        if folds[place] in words.negators and folds[place + 1 : place + 2] != ["only"] and not used[place]:
            used[place] = True
            return True
    return False
