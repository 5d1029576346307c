"""Reads a raw article: its facts, each with the words that prove it, and its body."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.extraction import authorities, dates, explain, themes
from site_builder.extraction.explain import Explained
from site_builder.extraction.findings import read_findings
from site_builder.extraction.furniture import labelled
from site_builder.extraction.heading import published, report_url, title
from site_builder.extraction.inspections import read_inspections
from site_builder.extraction.publisher import source
from site_builder.extraction.speech import read_speech
from site_builder.extraction.summary import summary
from site_builder.lexicon import Lexicon
from site_builder.merging import matched
from site_builder.model import Metadata, RawArticle, Source
from site_builder.text.body import markdown
from site_builder.text.reading import read

__all__ = ["Explained", "Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from a raw article."""

    metadata: Metadata
    body: str
    """Markdown."""
    facts: tuple[Explained, ...]


def extract(raw: RawArticle, lexicon: Lexicon) -> Extraction:
    """What `raw` says: metadata whose every fact stands in the text, and the text as Markdown. Never raises."""
    document = read(raw.text)
    days = dates.mentioned(document)
    document = labelled(document, days, lexicon)
    places = authorities.mentioned(document, lexicon)
    subjects = authorities.about(document, places, lexicon)
    found_day = published(document, days)
    day = raw.told.published or (found_day.value if found_day else None)
    publisher = source(document, subjects, lexicon)
    own = [mention for mention in places if mention.value in subjects]
    speech = read_speech(document, lexicon, publisher.value.name if publisher else None, own)
    topics = themes.mentioned(document, lexicon)
    inspections = read_inspections(document, day, subjects, places, days, topics, speech, lexicon)
    others = authorities.elsewhere(document, places, subjects)
    findings = read_findings(document, speech, inspections.facts, topics, others, lexicon)
    told = summary(document, speech, inspections.facts, findings, lexicon)
    headline, report = title(document), report_url(document)
    metadata = Metadata(
        title=raw.told.title or (headline.value if headline else None),
        published=day,
        source=_joined(raw.told.source, publisher.value if publisher else None),
        report_url=report.value if report else None,
        summary=told.value if told else None,
        authority=subjects[0] if subjects else None,
        authorities=subjects,
        themes=themes.reported(document, topics, inspections.facts, findings, speech, lexicon),
        inspections=tuple(fact.value for fact in inspections.facts),
        findings=tuple(fact.value for fact in findings),
        quotes=tuple(fact.value for fact in speech.quotes),
        inspector_quotes=tuple(fact.value for fact in speech.inspector_quotes),
        raw=raw.name,
    )
    once = {"title": headline, "published": found_day, "source": publisher, "report_url": report, "summary": told}
    facts = (
        *explain.headings(document, once.items()),
        *explain.named(document, "authorities", subjects, places),
        *explain.named(document, "themes", metadata.themes, topics),
        *explain.inspections(document, inspections),
        *explain.sayings(document, findings, speech),
    )
    return Extraction(matched(metadata, lexicon.register), markdown(document), facts)


def _joined(told: Source | None, found: Source | None) -> Source | None:
    """What a saved page tells of its source, completed by what its text shows."""
    if told is None or found is None:
        return told or found
    return Source(told.name or found.name, told.url or found.url, told.kind or found.kind)
