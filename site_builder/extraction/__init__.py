"""Reads a raw article: its facts, each with the words that prove it, and its body."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.extraction import authorities, dates, themes
from site_builder.extraction.findings import read_findings
from site_builder.extraction.furniture import labelled
from site_builder.extraction.heading import published, report_url, source, title
from site_builder.extraction.inspections import read_inspections
from site_builder.extraction.speech import read_speech
from site_builder.lexicon import Lexicon
from site_builder.model import Metadata, RawArticle, Source
from site_builder.text.body import markdown
from site_builder.text.reading import read


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
    speech = read_speech(document, lexicon)
    topics = themes.mentioned(document, lexicon)
    inspections = read_inspections(document, day, subjects, places, days, topics, speech, lexicon)
    findings = read_findings(document, speech, inspections.facts, topics, lexicon)
    headline, publisher, report = title(document), source(document, subjects, lexicon), report_url(document)
    metadata = Metadata(
        title=raw.told.title or (headline.value if headline else None),
        published=day,
        source=_joined(raw.told.source, publisher.value if publisher else None),
        report_url=report.value if report else None,
        authority=subjects[0] if subjects else None,
        authorities=subjects,
        themes=themes.reported(document, topics, findings, speech, lexicon),
        inspections=tuple(fact.value for fact in inspections.facts),
        findings=tuple(fact.value for fact in findings),
        quotes=tuple(fact.value for fact in speech.quotes),
        inspector_quotes=tuple(fact.value for fact in speech.inspector_quotes),
        raw=raw.name,
    )
    return Extraction(metadata, markdown(document), ())


def _joined(told: Source | None, found: Source | None) -> Source | None:
    """What a saved page tells of its source, completed by what its text shows."""
    if told is None or found is None:
        return told or found
    return Source(told.name or found.name, told.url or found.url, told.kind or found.kind)
