"""Which inspections a text tells of, and which dates, grades and counts belong to each."""

from __future__ import annotations

from site_builder.edtf import Date
from site_builder.extraction.dates import Days
from site_builder.extraction.speech import Speech
from site_builder.lexicon import Lexicon
from site_builder.model import Inspection, Theme
from site_builder.text.document import Document, Fact, Mention


def read_inspections(
    document: Document,  # noqa: ARG001
    published: Date | None,  # noqa: ARG001
    authorities: tuple[str, ...],  # noqa: ARG001
    places: tuple[Mention[str], ...],  # noqa: ARG001
    dates: tuple[Mention[Days], ...],  # noqa: ARG001
    themes: tuple[Mention[Theme], ...],  # noqa: ARG001
    speech: Speech,  # noqa: ARG001
    lexicon: Lexicon,  # noqa: ARG001
) -> tuple[Fact[Inspection], ...]:
    """The inspections of `authorities` that the text tells of, subjects first."""
    return ()
