"""One or two of an article's own sentences that say what it tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from site_builder.extraction.voices import Speech, Voice
from site_builder.lexicon import Lexicon
from site_builder.model import Area, Finding, Inspection, Role
from site_builder.text.document import BlockKind, Document, Fact, Sentence, Span

_NEAR_THE_TOP = 40
"""Sentences among which a summary is looked for; what comes later is detail."""
_OPENING = 8
"""Sentences among which one that tells of the inspection is taken for the opening one."""
_FEWEST, _MOST = 7, 60
"""Tokens of a sentence that can stand alone."""
_LONGEST = 420
"""Characters of a summary, about; a second sentence that goes beyond is left out."""
_LABEL = re.compile(r"[A-Z]{3,}[A-Z ]*:")
"""“RECOMMENDATIONS: Cabinet is asked to …” is a committee's paper before its matter."""
_BACK = frozenset(
    {"it", "they", "he", "she", "this", "that", "these", "those", "both", "such", "because", "but", "however"}
)
"""Words that lean on a sentence before."""
_STOPS = (".", "!", "?", ".”", '."', "”.", '".', "?”", "!”")


def summary(
    document: Document,
    speech: Speech,
    inspections: Sequence[Fact[Inspection]],
    findings: Sequence[Fact[Finding]],
    lexicon: Lexicon,
) -> Fact[str] | None:
    """The sentence that opens the article and the one that gives the most grades, or else the first finding.

    None where no sentence can stand alone. Each is verbatim; a space parts the two.
    """
    whole = (sentence for sentence in document.sentences if _stands_alone(document, sentence, speech))
    sentences = tuple(islice(whole, _NEAR_THE_TOP))
    if not sentences:
        return None
    matters = lexicon.speech.inspectors | (lexicon.findings.witnesses & lexicon.furniture.subject)  # children, families
    for matter in (matters, lexicon.furniture.subject):
        about = [not matter.isdisjoint(each.folds) for each in sentences[:_OPENING]]
        if any(about):  # not “Good morning and welcome to our live coverage.”
            sentences = sentences[about.index(True) :]
            break
    lead = sentences[0].span
    proofs = Counter(
        words
        for fact in inspections
        if fact.value.role is Role.SUBJECT
        for judgement in fact.value.judgements[:_NEAR_THE_TOP]
        for words in judgement.evidence * (2 if judgement.area is Area.OVERALL else 1)
    )
    weights = [_weight(document.words(each.span), proofs) for each in sentences]
    if weights[0]:
        return Fact(document.words(lead), (lead,), "lead_with_grades")
    for place, each in enumerate(sentences[2:], start=2):
        weights[place] -= bool(weights[place]) * _points_back(each) / 2
    if any(weights):
        second, rule = sentences[weights.index(max(weights))].span, "lead_and_grades"
    else:
        found = [each for each in sentences if _is_finding(each.span, findings)]
        found.sort(key=_points_back)
        second, rule = (found[0].span if found else lead), "lead_and_finding"
    if second == lead or lead.end - lead.start + second.end - second.start > _LONGEST:
        return Fact(document.words(lead), (lead,), "lead")
    return Fact(f"{document.words(lead)} {document.words(second)}", (lead, second), rule)


def _stands_alone(document: Document, sentence: Sentence, speech: Speech) -> bool:
    """True for the article's own whole sentences: no heading, no list item, no speech, no half of a quotation."""
    words = document.words(sentence.span)
    return (
        document.blocks[sentence.block].kind is BlockKind.PARAGRAPH
        and _FEWEST <= len(sentence.tokens) <= _MOST
        and words[0].isupper()
        and "\n" not in words
        and words.endswith(_STOPS)
        and words.count("“") == words.count("”")
        and words.count('"') % 2 == 0
        and not _LABEL.match(words)
        and not words.startswith("Here")  # “Here's our round-up.”
        and speech.voice_of_most(sentence.span) is not Voice.PERSON
    )


def _is_finding(span: Span, findings: Sequence[Fact[Finding]]) -> bool:
    place = bisect_left(findings, span, key=lambda fact: fact.evidence[0])
    return place < len(findings) and findings[place].evidence[0] == span


def _points_back(sentence: Sentence) -> bool:
    return sentence.tokens[0].fold in _BACK


def _weight(words: str, proofs: Counter[str]) -> float:
    """How many grades a sentence proves; the overall one counts double."""
    return float(sum(count for proof, count in proofs.items() if proof in words))
