"""What an article reports on, in the terms of the closed list of themes."""

from __future__ import annotations

from site_builder.extraction.mentions import named
from site_builder.extraction.speech import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Finding, Theme
from site_builder.text.document import Document, Fact, Mention


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[Theme], ...]:
    """Every phrase that names a theme, in reading order."""
    return named(document, lexicon.themes)


def reported(
    document: Document,  # noqa: ARG001
    mentions: tuple[Mention[Theme], ...],  # noqa: ARG001
    findings: tuple[Fact[Finding], ...],  # noqa: ARG001
    speech: Speech,  # noqa: ARG001
) -> tuple[Theme, ...]:
    """The themes that the article reports on, in the order of `Theme`."""
    return ()
