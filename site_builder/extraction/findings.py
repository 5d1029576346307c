"""Sentences that report what inspectors found, and which way each points."""

from __future__ import annotations

from site_builder.extraction.speech import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Finding, Inspection, Theme
from site_builder.text.document import Document, Fact, Mention


def read_findings(
    document: Document,  # noqa: ARG001
    speech: Speech,  # noqa: ARG001
    inspections: tuple[Fact[Inspection], ...],  # noqa: ARG001
    themes: tuple[Mention[Theme], ...],  # noqa: ARG001
    lexicon: Lexicon,  # noqa: ARG001
) -> tuple[Fact[Finding], ...]:
    """The findings of the text about the subject inspections, in reading order."""
    return ()
