"""Sentences that report what inspectors found, and which way each points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from site_builder.extraction.polarity import Balance, balance, grades, is_number
from site_builder.extraction.voices import Speech, Voice
from site_builder.lexicon import Lexicon
from site_builder.lexicon.cues import FindingWords
from site_builder.model import Finding, Grade, Inspection, Polarity, Role, Theme
from site_builder.text.document import BlockKind, Document, Fact, Mention, Sentence, Span


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
    other: bool
    """True where they say that it is something else."""


_SUBJECT = 8  # words in which the subject of a sentence stands
_HEAD = 5  # words at the head of a sentence
_PRAISE = frozenset({Grade.OUTSTANDING, Grade.GOOD})
_FEWEST = 4  # words and marks of a sentence that finds something
_YEAR = re.compile(r"20[0-3]\d")
_LETTER = 15  # blocks in which a letter greets and signs
_SIGNATURE = 4  # words
_NUMBER = re.compile(r"\d{1,2}[.)]\s*$")
_MARKER = 8  # characters before an item hold its bullet or number
_LISTED = 12  # items of a list that are looked at
_CLAUSE = 4  # words
_LABEL = 10  # words before a colon that may head a paragraph
_MORE_THAN_A_GRADE = 1.2  # what a sentence with a grade must say besides
_YEARS = 14  # words at the head of a sentence about a visit that may hold its year
_SEVERAL = ("several", "some")
_COUNTING = 18  # words of a sentence that may only count
_QUOTED = 20  # letters of the report in a sentence that make it a finding


_RESULTS = frozenset({"result", "results"})  # of an exam, where a sentence begins with a theme
_EXAMS = frozenset({"at", "gcse", "exam", "exams", "test", "a-level", "stage", "school", "schools", "pupils"})
_UNTOLD = frozenset({"goes_on", "of_the_service", "goes_on_plainly"})
"""Rules that need no words of who found what a sentence says."""


def read_findings(
    document: Document,
    speech: Speech,
    inspections: tuple[Fact[Inspection], ...],
    themes: tuple[Mention[Theme], ...],
    elsewhere: frozenset[Span],
    lexicon: Lexicon,
) -> tuple[Fact[Finding], ...]:
    """The findings of the text about the subject inspections, in reading order.

    `elsewhere` are the sentences about other councils.
    """
    found = []
    number = 0
    newest = _newest(document, inspections)
    for sentence, polarity, rule in _claims(
        document, speech, newest, _named_first(document, themes), elsewhere, lexicon
    ):
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


def _named_first(document: Document, themes: Sequence[Mention[Theme]]) -> frozenset[Span]:
    """The sentences that begin with what a theme is called: “Matching is careful.”"""
    starts = [mention.span.start for mention in themes]
    heads = ((each.span, each.tokens[min(_SUBJECT, len(each.tokens)) - 1].span) for each in document.sentences)
    return frozenset(span for span, head in heads if bisect_left(starts, span.start) < bisect_left(starts, head.end))


def _claims(
    document: Document,
    speech: Speech,
    newest: int,
    named_first: frozenset[Span],
    elsewhere: frozenset[Span],
    lexicon: Lexicon,
) -> Iterator[tuple[Sentence, Polarity, str]]:
    words = lexicon.findings
    usual = _Told.FINDINGS if _is_letter(document, lexicon) else _Told.OTHER
    told, lead, away = usual, None, False
    last: Sentence | None = None  # of the narrator's, not taken for a finding
    part: _Lead | None = None  # what the heading above says of the paragraphs below it
    for place, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            lead = _lead(block.sentences[-1:], words)
            headed = lead and lead.finding and any(not words.finding.isdisjoint(each.folds) for each in block.sentences)
            told = _Told.FINDINGS if headed else usual
            part = None if any(_only_grades(each.folds, lexicon) for each in block.sentences) else lead
            away = bool(words.other_heads.find([fold for each in block.sentences for fold in each.folds]))
            lead = None if away else lead
        elif block.kind is BlockKind.ITEM and lead and lead.finding and not _is_numbered_prose(document, place, lead):
            yield from _item(block.sentences, lead, speech, lexicon, _beside(document, place, lexicon))
            told = _Told.FINDINGS
        elif block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.ITEM and not (lead and lead.other)):
            label = before = None
            lead = lead if block.kind is BlockKind.ITEM else None
            for number, sentence in enumerate(block.sentences):
                label = _label(sentence, speech, lexicon) or label
                if _is_lead(document, place, sentence):
                    lead = _lead([sentence], words)
                    if polarity := _before_lead(sentence, speech, lexicon):
                        yield sentence, polarity, "before_list"
                    continue
                if label:
                    yield from _item([sentence], label, speech, lexicon)
                    continue
                if part and part.polarity and (polarity := _in_part(sentence, part, speech, lexicon)):
                    told = _Told.FINDINGS
                    yield sentence, polarity, "under_heading"
                    continue
                if len(sentence.folds) > _HEAD:
                    part = None  # the part tells of something else now
                if sentence.span in elsewhere or _is_headed_otherwise(sentence.folds, words):
                    told = _Told.OTHER
                    continue
                if last and _points_back(sentence.folds, lexicon):
                    told = _Told.FINDINGS
                    if polarity := balance(last.folds, lexicon).polarity:
                        yield last, polarity, "points_back"
                    last = None
                    continue
                above = block.sentences[number - 1] if number else sentence
                graded = grades(above.folds, lexicon) or lexicon.areas.find(sentence.folds)
                if before and not graded and _goes_the_same_way(sentence, speech):
                    yield sentence, before, "so_was"
                    continue
                named = sentence.span in named_first
                polarity, rule, told = _read(sentence, speech, told, newest, lexicon, named=named)
                silent = speech.voice(sentence.span) is Voice.ARTICLE and speech.teller(sentence.span) is None
                last = sentence if silent and not polarity and not grades(sentence.folds, lexicon) else None
                if polarity and not (away and rule in _UNTOLD):
                    # A sentence that neither praises nor blames goes on as the one before it in its paragraph.
                    if before and rule == "report_quoted" and not balance(sentence.folds, lexicon).polarity:
                        polarity = before
                    if rule == "goes_on_plainly":
                        polarity = before or _polarity_of(block.sentences[number + 1 : number + 2], lexicon) or polarity
                    if rule == "goes_on_plainly" and sentence.folds[0] in words.turns:  # “But records let it down.”
                        polarity = Polarity.STRENGTH if before is Polarity.WEAKNESS else Polarity.WEAKNESS
                    before = polarity
                    away = away and rule in _UNTOLD  # inspectors have the word again
                    yield sentence, polarity, rule


def _points_back(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """“That is the blunt message from Ofsted”, “That's what inspectors found”: what was said before was found."""
    verb = folds[1:2] if folds[0] in ("that", "this", "such") else ()
    if verb not in (("is",), ("was",), ("'s",)) or len(folds) < _CLAUSE:
        return False
    verdict = not lexicon.findings.verdicts.isdisjoint(folds[2 : 2 + _HEAD]) or folds[2] in ("what", "how")
    return verdict and not lexicon.speech.inspectors.isdisjoint(folds[2 : 2 + _SUBJECT])


def _is_numbered_prose(document: Document, place: int, lead: _Lead) -> bool:
    """True for a numbered paragraph of a paper below “Findings”: several sentences, or what leads into a list."""
    block = document.blocks[place]
    numbered = _NUMBER.search(document.text[max(0, block.span.start - _MARKER) : block.span.start])
    prose = len(block.sentences) > 1 or _is_lead(document, place, block.sentences[-1])
    return lead.polarity is None and prose and numbered is not None


def _beside(document: Document, place: int, lexicon: Lexicon) -> Polarity:
    """Which way the item before points that praises or blames, else the next one; lists begin with what is good."""
    for way in (range(place - 1, place - _LISTED, -1), range(place + 1, place + _LISTED)):
        for other in way:
            if not 0 <= other < len(document.blocks) or document.blocks[other].kind is not BlockKind.ITEM:
                break
            if polarity := balance(document.blocks[other].sentences[0].folds, lexicon).polarity:
                return polarity
    return Polarity.STRENGTH


def _polarity_of(following: Sequence[Sentence], lexicon: Lexicon) -> Polarity | None:
    """Which way the sentence that follows points, if one does, unless it turns away: “But plans are late.”"""
    if not following or following[0].folds[0] in lexicon.findings.turns:
        return None
    return balance(following[0].folds, lexicon).polarity


def _is_headed_otherwise(folds: tuple[str, ...], words: FindingWords) -> bool:
    """“Legal: the council's duties arise under the Children Act.”, in a paper."""
    head = words.other_heads.at(folds, 0)
    return head is not None and folds[head[0] : head[0] + 1] == (":",)


def _is_letter(document: Document, lexicon: Lexicon) -> bool:
    """True where inspectors wrote the whole text: a letter with its greeting that one of them signs."""
    spans = [block.span for block in document.blocks]
    greets = any(document.words(span).startswith("Dear ") for span in spans[:_LETTER])
    closing = [document.words(span).lower().split() for span in spans[-_LETTER:]]
    signs = {word.strip(",.") for words in closing if len(words) <= _SIGNATURE for word in words}
    return greets and bool(signs & lexicon.findings.signs)


def _label(sentence: Sentence, speech: Speech, lexicon: Lexicon) -> _Lead | None:
    """The words before a colon that say which way a paragraph points: “What they liked: …”."""
    words = lexicon.findings
    folds = sentence.folds
    if ":" not in folds[1 : min(_LABEL + 1, len(folds) - 1)] or _responds(folds, words) or grades(folds, lexicon):
        return None
    colon = folds.index(":")
    if not words.telling.isdisjoint(folds[:colon]) or speech.teller(sentence.span) in (Voice.PERSON, Voice.OTHER):
        return None
    lead = _lead([Sentence(sentence.span, sentence.tokens[:colon], sentence.block)], words)
    return lead if lead and lead.polarity and lead.finding else None


def _is_lead(document: Document, place: int, sentence: Sentence) -> bool:
    following = document.blocks[place + 1] if place + 1 < len(document.blocks) else None
    return (
        following is not None
        and following.kind is BlockKind.ITEM
        and sentence.span.end == document.blocks[place].span.end
        and sentence.tokens[-1].text in (":", "-", "?")
    )


def _only_grades(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True for a heading that is a grade: “Good”, “Grade: Good”."""
    found = lexicon.grades.find(folds)
    return bool(found) and (":" in folds or sum(after - first for first, after, _ in found) == len(folds))


def _in_part(sentence: Sentence, part: _Lead, speech: Speech, lexicon: Lexicon) -> Polarity | None:
    """Which way a sentence points below a heading that says so: “What needs to improve”, above whole paragraphs."""
    words, folds = lexicon.findings, sentence.folds
    if speech.voice(sentence.span) in (Voice.PERSON, Voice.OTHER) or speech.teller(sentence.span) is Voice.PERSON:
        return None
    ours = not lexicon.speech.first_person.isdisjoint(_outside_brackets(folds))
    if ours or _responds(folds, words) or _process(folds, words) or grades(folds, lexicon):
        return None
    if _is_motion(folds, words):
        return None
    own = balance(folds, lexicon).polarity
    none = own is Polarity.STRENGTH and not lexicon.findings.quantifiers.isdisjoint(folds[:_HEAD])
    polarity = part.polarity if part.polarity is Polarity.WEAKNESS and not none else own or part.polarity
    return polarity if own or len(folds) > _HEAD else None


def _before_lead(sentence: Sentence, speech: Speech, lexicon: Lexicon) -> Polarity | None:
    """Which way the clause points that stands before a lead: “They said children flourish, and singled out: …”."""
    folds = sentence.folds
    seam = next((n for n in range(len(folds) - 2, _HEAD, -1) if folds[n] == "," and folds[n + 1] == "and"), 0)
    told = seam and speech.teller(sentence.span) is Voice.INSPECTORS and not _process(folds[:seam], lexicon.findings)
    return balance(folds[:seam], lexicon).polarity if told else None


def _lead(sentences: Sequence[Sentence], words: FindingWords) -> _Lead | None:
    for sentence in sentences:
        folds = sentence.folds
        worse = words.bad_lead.find(folds)
        better = [lead for lead in words.good_lead.find(folds) if not any(_holds(each, lead) for each in worse)]
        good, bad, leads = len(better), len(worse), better + worse
        named = any(after - first > 1 for first, after, _ in leads)
        if words.no_lead.find(folds) and not named:  # “meets the requirements in the following areas”
            return _Lead(None, finding=False, other=True)
        polarity = None if good == bad else Polarity.STRENGTH if good > bad else Polarity.WEAKNESS
        if not words.wanted.isdisjoint(folds):  # “Among the improvements that it calls for are:”
            polarity = Polarity.WEAKNESS
        finding = polarity is not None or not words.told_lead.isdisjoint(folds)
        return _Lead(polarity, finding, other=not finding and bool(words.response.find(folds)))
    return None


def _holds(longer: tuple[int, int, None], other: tuple[int, int, None]) -> bool:
    """True where a phrase has the other in it: “not so good” has “good”."""
    return longer[0] <= other[0] and other[1] <= longer[1] and longer[1] - longer[0] > other[1] - other[0]


def _item(
    sentences: Sequence[Sentence],
    lead: _Lead,
    speech: Speech,
    lexicon: Lexicon,
    beside: Polarity = Polarity.STRENGTH,
) -> Iterator[tuple[Sentence, Polarity, str]]:
    """The findings of a list's item: what its lead says they are, what they say themselves, or as those beside it."""
    for number, sentence in enumerate(sentences):
        folds = sentence.folds
        if speech.voice(sentence.span) in (Voice.PERSON, Voice.OTHER) or _is_motion(folds, lexicon.findings):
            continue
        if _is_elliptic(folds, lexicon):
            continue
        if _counts_only(folds, lexicon) or (number and folds[-1] == ":"):  # “Eight points are made. The main ones are:”
            continue
        wanting = lead.polarity is Polarity.WEAKNESS and not grades(sentence.folds, lexicon)
        if not wanting and _only_names_areas(sentence, lexicon):
            continue
        own = balance(sentence.folds, lexicon).polarity
        polarity = lead.polarity or own or (None if number else beside)
        if polarity:
            yield sentence, polarity, "list"


def _is_motion(folds: tuple[str, ...], words: FindingWords) -> bool:
    """“To note the letter”, “That Panel note the report”, “Members are asked to …”: what a meeting is asked to do."""
    if folds[0] == "that":
        return not words.motions.isdisjoint(folds[1:_HEAD]) and not words.meetings.isdisjoint(folds[1:_HEAD])
    return folds[0] == "to" and folds[1:2] != () and folds[1] in words.motions


def _only_names_areas(sentence: Sentence, lexicon: Lexicon) -> bool:
    """True where an item is the name of an area, with its grade or without: “Adoption performance – Good”."""
    folds = sentence.folds
    ends = any(
        after == len(folds) and first and folds[first - 1] in ("-", ":")
        for first, after, _ in lexicon.grades.find(folds)
    )
    if ends:  # a row of a table
        return True
    held = [fold in lexicon.speech.small or not fold[0].isalnum() for fold in folds]
    graded = grades(folds, lexicon)
    named = [(first, after) for first, after, _ in lexicon.areas.find(folds)]
    for first, after in graded + named:
        held[first:after] = [True] * (after - first)
    return bool(graded or named) and sum(held) >= len(held) - 3


def _read(
    sentence: Sentence, speech: Speech, told: _Told, newest: int, lexicon: Lexicon, *, named: bool
) -> tuple[Polarity | None, str, _Told]:
    """Which way a sentence points, by which rule, and what the narrator is telling now."""
    words = lexicon.findings
    folds = sentence.folds
    voice, teller = speech.voice_of_most(sentence.span), speech.teller(sentence.span)
    if voice in (Voice.PERSON, Voice.OTHER) or (voice is Voice.ARTICLE and teller is Voice.PERSON):
        return None, "", _Told.OTHER
    if len(folds) < _FEWEST or (
        folds[-1] == ":" and len(folds) < _LABEL
    ):  # “They didn't.”, “Here's how it breaks down:”
        return None, "", told
    if _is_elliptic(folds, lexicon):
        return None, "", told
    weighed = balance(folds, lexicon)
    polarity, process = weighed.polarity or _credited(folds, lexicon), _process(folds, words)
    recalled = _recalls(folds, newest, words)
    if voice is Voice.INSPECTORS and not (recalled and words.recap.find(folds[:_SUBJECT])):
        if process and not polarity:
            return None, "", told
        return polarity or Polarity.STRENGTH, "report_quoted", _Told.FINDINGS
    if recalled:
        return None, "", _Told.OTHER
    if speech.length(sentence.span, Voice.INSPECTORS) >= _QUOTED and (polarity or teller is Voice.INSPECTORS):
        return polarity or Polarity.STRENGTH, "report_quoted", _Told.FINDINGS
    witness = told is _Told.FINDINGS and words.witnesses & set(folds[:_SUBJECT])  # “Staff said they were no longer …”
    if teller is Voice.OTHER and not witness:
        return None, "", _Told.OTHER
    if _tells_no_more_than_grades(folds, weighed, lexicon) or words.elsewhere.find(folds[:_SUBJECT]):
        return None, "", _Told.FINDINGS if teller else told
    if _counts_only(folds, lexicon) or _is_motion(folds, words):
        return None, "", _Told.FINDINGS
    wants = _wants(folds, words, lexicon.speech.inspectors | words.pointing)
    finds = wants or not (words.praise.isdisjoint(folds) and words.telling.isdisjoint(folds))
    heads = pairwise(folds[:4])  # “The letter's recommendations have been added to our plan”
    first = any(fold in lexicon.speech.inspectors and after != "'s" for fold, after in heads)
    if teller is Voice.INSPECTORS or (first and finds):
        said = polarity if finds or not process or _met_somebody(folds, lexicon) else None
        if wants:  # “It also asks for two things to be better”
            said = Polarity.WEAKNESS
        if not said and not process and (first or folds[0] == "it") and not words.introduces.isdisjoint(folds[:_HEAD]):
            of_service = _is_of_the_service(folds[_HEAD - 2 :], lexicon, named=named)
            # “Inspectors noted that checks are made within the week.”
            said = Polarity.STRENGTH if of_service and not _names_somebody(sentence, speech) else None
        if (
            not said
            and not process
            and not first
            and teller
            and (told is _Told.FINDINGS or not words.saying.isdisjoint(folds))
        ):
            # “Birth parents, they say, are treated with dignity.”
            plain = folds[-1] != ":" and folds[0] not in words.pointing and not _names_somebody(sentence, speech)
            of_service = plain and _is_of_the_service(folds, lexicon, named=named, told=True)
            said = Polarity.STRENGTH if of_service else None
        return said, "inspectors_say" if teller else "inspectors_first", _Told.FINDINGS
    if told is _Told.FINDINGS and _is_asked(folds, lexicon):
        return Polarity.WEAKNESS, "asked", told
    response = _responds(folds, words)
    if not response and any(first < _HEAD for first, _, _ in words.headed.find(folds)):
        return polarity, "headed", _Told.FINDINGS
    place = not words.places.isdisjoint(folds[:_HEAD]) and not _tells_of_people(sentence, speech)
    share = folds[1] == "in" and is_number(folds[0], lexicon) and is_number(folds[2], lexicon)
    named = named or (share and told is _Told.FINDINGS)  # “Eight in ten now have the same worker for a year”
    on_topic = named or place or not words.topics.isdisjoint(folds)
    praised = "mention" in folds or not words.praise.isdisjoint(folds)
    of_theirs = (told is _Told.FINDINGS or praised) and not words.topics.isdisjoint(
        folds[:_HEAD]
    )  # “Our carers get training”
    ours = words.first_person - {"our"} if of_theirs else words.first_person
    if response or process or not on_topic or not ours.isdisjoint(_outside_brackets(folds)):
        return None, "", _Told.OTHER if response else told
    marked = words.ratings.intersection(folds[:_SUBJECT])  # “There is no overall grade in the report”
    marks = bool(marked - _RESULTS if named or not _EXAMS.isdisjoint(folds[:_SUBJECT]) else marked)
    if polarity and not marks and (told is _Told.FINDINGS or not words.praise.isdisjoint(folds)):
        return polarity, "goes_on", _Told.FINDINGS
    if (teller is None or witness) and _is_of_the_service(folds, lexicon, named=named):
        if polarity:
            return polarity, "of_the_service", _Told.FINDINGS
        own = len(folds) > _HEAD and (named or words.topics & set(folds[:_HEAD]) - lexicon.people.bodies)
        # “Strategy discussions involve the right people.”
        if told is _Told.FINDINGS and own and folds[0] not in ("our", "so") and not _tells_of_people(sentence, speech):
            return Polarity.STRENGTH, "goes_on_plainly", told
    return None, "", told


def _wants(folds: tuple[str, ...], words: FindingWords, inspectors: frozenset[str]) -> bool:
    """True where inspectors say what should be: “Inspectors would like plans to be clearer”."""
    return any(
        0 < first < _SUBJECT and folds[first - 1] in inspectors and not words.bettered.isdisjoint(folds[after:])
        for first, after, _ in words.wishes.find(folds)
    )


def _is_of_the_service(folds: tuple[str, ...], lexicon: Lexicon, *, named: bool, told: bool = False) -> bool:
    """True where a sentence begins with children, staff or the like, and tells of no inspection and no grade.

    `told` is true where it may name inspectors, who say it.
    """
    words = lexicon.findings
    begins = named or not words.topics.isdisjoint(folds[:_SUBJECT])
    if told:
        return begins and _tells_no_marks(folds, words) and not lexicon.grades.find(folds)
    inspects = any(fold in lexicon.speech.inspectors and fold not in words.of_both for fold in folds)
    return begins and not inspects and _tells_no_marks(folds, words) and not lexicon.grades.find(folds)


def _met_somebody(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True for “Inspectors spoke to a young man who had had nine addresses”: what is told of him was found."""
    who = next((place for place, fold in enumerate(folds) if fold in _WHO), 0)
    met = not _MET.isdisjoint(folds[max(0, who - _SUBJECT) : who])
    return met and balance(folds[who - _HEAD :], lexicon).polarity is not None


def _is_asked(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True for “We were also asked to make sure that …”, “The council has been told to act at once”."""
    for place, fold in enumerate(folds[:_SUBJECT]):
        if fold in _ASKED and folds[place + 1 : place + 2] == ("to",):
            asked = not lexicon.speech.be.isdisjoint(folds[max(0, place - 2) : place])
            whom = not _WHOM.isdisjoint(folds[:place])
            return asked and whom and lexicon.findings.negators.isdisjoint(folds[:place])
    return False


_WHO = frozenset({"who", "who'd", "whose"})
_MET = frozenset({"met", "meet", "spoke", "talked", "visited", "saw", "interviewed"})
_ASKED = frozenset({"asked", "told", "urged", "advised", "challenged", "instructed", "ordered"})
_WHOM = frozenset({"we", "council", "leaders", "authority", "managers", "trust", "it", "they", "partners", "board"})


def _tells_no_marks(folds: tuple[str, ...], words: FindingWords) -> bool:
    """True where a sentence has no word of marks; “as a result” and “at short notice” are none."""
    return all(fold not in words.ratings or pair in _NO_MARKS for pair in pairwise(folds) for fold in pair[1:])


_NO_MARKS = frozenset({("a", "result"), ("short", "notice"), ("'s", "notice"), ("large", "scale")})


def _outside_brackets(folds: Sequence[str]) -> Iterator[str]:
    """The words that stand in no brackets: “(and we knew it!)” is the narrator's aside."""
    inside = False
    for fold in folds:
        inside = fold == "(" or (inside and fold != ")")
        if not inside:
            yield fold


def _names_somebody(sentence: Sentence, speech: Speech) -> bool:
    return any(speech.in_person(token.span) for token in sentence.tokens)


def _tells_of_people(sentence: Sentence, speech: Speech) -> bool:
    """True where a sentence names somebody, or has figures: “Ann Field oversees both”, “It cares for 480 children”."""
    return any(token.text.isdigit() or speech.in_person(token.span) for token in sentence.tokens)


def _recalls(folds: tuple[str, ...], newest: int, words: FindingWords) -> bool:
    """True where a sentence is about an earlier inspection: “The 2013 report was a harsh one”, “Until then …”."""
    if "years" in folds[:_HEAD] and "ago" in folds[:_HEAD] and "now" not in folds:
        return True  # “Three years ago the service was no better than adequate”
    headed = folds[:3] in _EARLIER  # “At the previous visit inspectors found that plans were getting better”
    if not (words.compared - {"progress"} - (_BETTERED if headed else set())).isdisjoint(folds):
        return False
    near = _YEARS if not words.came.isdisjoint(folds) else _HEAD  # “Inspectors said at their visit of June 2017 that …”
    years = [int(fold) for fold in folds[:near] if _YEAR.fullmatch(fold)]
    return any(year < newest for year in years) or bool(words.recap.find(folds))


_EARLIER = frozenset(
    {("at", "the", "previous"), ("at", "the", "last"), ("in", "the", "previous"), ("on", "the", "previous")}
)
_BETTERED = frozenset({"more", "better", "worse", "improved", "dealt"})


def _credited(folds: tuple[str, ...], lexicon: Lexicon) -> Polarity | None:
    """A strength where a sentence tells to whom a good grade is owed: “good, thanks to a team that …”."""
    if lexicon.findings.besides.isdisjoint(folds):
        return None
    found = [grade for _, _, grade in lexicon.grades.find(folds)]
    return Polarity.STRENGTH if found and _PRAISE.issuperset(found) else None


def _tells_no_more_than_grades(folds: tuple[str, ...], weighed: Balance, lexicon: Lexicon) -> bool:
    """True where a sentence names a grade and says little else: “The board is inadequate as well.”"""
    if weighed.good + weighed.bad >= _MORE_THAN_A_GRADE or not grades(folds, lexicon):
        return False
    words = lexicon.findings
    if not words.telling.isdisjoint(folds[: 2 * _HEAD]) and any(_tells(part, lexicon) for part in _clauses(folds)):
        return False  # “It adds that children do well at school, that most homes are good, …”
    # “only adequate: inspectors found …”
    found = ":" in folds and not words.telling.isdisjoint(folds[folds.index(":") :])
    return words.besides.isdisjoint(folds) and not found


def _goes_the_same_way(sentence: Sentence, speech: Speech) -> bool:
    """“So was the team that works at night.”, after a finding."""
    ours = speech.voice(sentence.span) is Voice.ARTICLE and speech.teller(sentence.span) is None
    return ours and sentence.folds[0] == "so" and sentence.folds[1:2] in (("was",), ("were",), ("is",), ("are",))


def _is_elliptic(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True where a sentence gives the grade of the one before: “So was adoption.”, “Care leavers: ditto.”"""
    words = lexicon.findings
    if not lexicon.areas.find(folds) and words.topics.isdisjoint(folds):
        return False
    same = bool(words.same.find(folds)) and len(folds) <= _LABEL + 2
    return same or (folds[0] == "so" and folds[1] in lexicon.speech.be)


def _clauses(folds: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The parts of a sentence between its commas that are long enough to be clauses."""
    start = 0
    for end in range(len(folds) + 1):
        if end == len(folds) or folds[end] in (",", ";", ":"):
            if end - start > _CLAUSE + 2:
                yield folds[start:end]
            start = end + 1


def _tells(clause: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True where a clause praises or blames and names no grade."""
    if grades(clause, lexicon) or not lexicon.findings.ratings.isdisjoint(clause):
        return False
    weighed = balance(clause, lexicon)
    return weighed.good + weighed.bad >= 1 and not lexicon.findings.topics.isdisjoint(clause[:_SUBJECT])


def _counts_only(folds: tuple[str, ...], lexicon: Lexicon) -> bool:
    """True where a sentence only counts what follows: “There are two areas for priority action and five more.”

    “They made three recommendations, one of them about supervision” tells more.
    """
    words = lexicon.findings
    numbers = (place for place, fold in enumerate(folds[:_SUBJECT]) if is_number(fold, lexicon) or fold in _SEVERAL)
    first = next((place for place in numbers if place), None)
    if first is None or len(folds) > _COUNTING or not words.telling_more.isdisjoint(folds):
        return False
    counted = words.counted.find(folds[first : first + _HEAD])
    heads = {*folds[:1], *(folds[1:2] if folds[0] == "the" else ())}
    begins = heads & (lexicon.speech.inspectors | words.pointing) or folds[0] == "there"
    return bool(counted and begins)


def _newest(document: Document, inspections: tuple[Fact[Inspection], ...]) -> int:
    """The year of the inspection that the text is about, else the newest year it names; 0 where it names none."""
    dates = [
        date.year
        for fact in inspections
        if fact.value.role is Role.SUBJECT
        for date in (fact.value.started, fact.value.ended, fact.value.report_published)
        if date and date.year
    ]
    named = (fold for sentence in document.sentences for fold in sentence.folds)
    return max(dates) if dates else max((int(fold) for fold in named if _YEAR.fullmatch(fold)), default=0)


def _process(folds: tuple[str, ...], words: FindingWords) -> bool:
    """True where a sentence tells how the inspection went; “the cases that were looked at” does not."""
    return any(not first or folds[first - 1] not in words.others_do for first, _, _ in words.process.find(folds))


def _responds(folds: tuple[str, ...], words: FindingWords) -> bool:
    """True where a sentence tells what is done or felt about an inspection.

    “A decision about where they will live” does not, nor does “longer than the government's target”.
    """
    for first, after, _ in words.response.find(folds):
        near = folds[max(0, first - _CLAUSE) : first]
        if folds[first] == "will" and not words.asides.isdisjoint(near) and "," not in near:
            continue
        if folds[first] == "appointed" and folds[first - 1 : first] in (("newly",), ("recently",)):
            continue
        if folds[first] == "promised" and folds[first - 1 : first] == ("been",):
            continue
        if folds[first:after] == ("was", "told") and folds[after : after + 2] in _TOLD_TO:
            continue  # “The board was told it must be quicker to learn”
        if folds[first] == "response" and not words.witnesses.isdisjoint(folds[after : after + 2]):
            continue  # “its response to children at risk”
        if folds[first] == "proud" and not words.witnesses.isdisjoint(folds[:first]):
            continue  # “Care leavers are proud of where they live”
        if first >= _HEAD - 2 and folds[after : after + 1] == ("'s",):
            continue
        return True
    return False


_TOLD_TO = frozenset({("it", "must"), ("it", "should"), ("it", "needs"), ("that", "it"), ("to", "do"), ("to", "be")})
