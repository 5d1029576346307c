"""Says of every fact which words it was read from, on which line and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.extraction.inspections import Inspections
from site_builder.extraction.voices import Speech
from site_builder.model import Finding, Inspection, Source, Tally
from site_builder.text.document import Document, Fact, Mention, Span

_FEW = 3
"""Phrases shown of a theme or an authority, which may be named on every line."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One fact as `extract --format explain` shows it."""

    name: str
    """The front matter's key it belongs to: `judgements`, `published`, …"""
    value: str
    words: tuple[str, ...]
    """Its evidence, verbatim."""
    line: int
    """The line of the raw text on which its first words stand."""
    rule: str
    """The rule that read it."""
    kept_out: str = ""
    """Why it is not in the front matter; empty where it is."""


def headings(document: Document, facts: Iterable[tuple[str, Fact[object] | None]]) -> Iterator[Explained]:
    """Facts of which there is one at most, each with its key."""
    for name, fact in facts:
        if fact:
            shown = _source(fact.value) if isinstance(fact.value, Source) else str(fact.value)
            yield _explained(document, name, shown, fact.evidence, fact.rule)


def named(
    document: Document, name: str, values: Iterable[str], mentions: Iterable[Mention[str]]
) -> Iterator[Explained]:
    """Values that the text names, with the first phrases that do."""
    for value in values:
        mine = [mention.span for mention in mentions if mention.value == value]
        different = {document.words(span).casefold(): span for span in reversed(mine)}
        if different:
            yield _explained(document, name, value, sorted(different.values())[:_FEW], "named")


def inspections(document: Document, read: Inspections) -> Iterator[Explained]:
    """Inspections, their judgements and counts, and what failed a check."""
    for fact in read.facts:
        yield _explained(document, "inspections", _inspection(fact.value), fact.evidence, fact.rule)
        for tally in fact.value.tallies:
            start = document.text.find(tally.evidence[0]) if tally.evidence else -1
            line = document.line(start) if start >= 0 else 0
            yield Explained("tallies", _tally(tally), tally.evidence, line, "counted")
    for judged in read.judgements:
        shown = f"{judged.value.area}: {judged.value.grade}"
        yield _explained(document, "judgements", shown, judged.evidence, judged.rule)
    for out in read.kept_out:
        yield _explained(document, "judgements", out.value, out.evidence, out.rule, out.reason)


def sayings(document: Document, findings: Iterable[Fact[Finding]], speech: Speech) -> Iterator[Explained]:
    """Findings and quotes."""
    for finding in findings:
        themes = f" ({', '.join(finding.value.themes)})" if finding.value.themes else ""
        yield _explained(document, "findings", f"{finding.value.polarity}{themes}", finding.evidence, finding.rule)
    for quote in speech.quotes:
        who = [quote.value.speaker, quote.value.role, quote.value.organisation]
        yield _explained(document, "quotes", ", ".join(filter(None, who)), quote.evidence, quote.rule)
    for words in speech.inspector_quotes:
        yield _explained(document, "inspector_quotes", "quoted", words.evidence, words.rule)


def _explained(
    document: Document, name: str, value: str, spans: Iterable[Span], rule: str, kept_out: str = ""
) -> Explained:
    places = sorted(spans)
    line = document.line(places[0].start) if places else 0
    return Explained(name, value, tuple(map(document.words, places)), line, rule, kept_out)


def _source(source: Source) -> str:
    return ", ".join(filter(None, (source.name, source.url, source.kind)))


def _inspection(inspection: Inspection) -> str:
    days = " to ".join(dict.fromkeys(str(day) for day in (inspection.started, inspection.ended) if day))
    published = f"report {inspection.report_published}" if inspection.report_published else ""
    number = f"number {inspection.ordinal}" if inspection.ordinal else ""
    parts = (inspection.authority, inspection.role, inspection.framework, number, days, published)
    return ", ".join(filter(None, (*parts, *inspection.focus)))


def _tally(tally: Tally) -> str:
    return f"{tally.area}: " + ", ".join(f"{number} {grade}" for grade, number in tally.counts)
