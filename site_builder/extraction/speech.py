"""Who is talking: direct speech of named people, words quoted from the report, whose voice each stretch of text is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from site_builder.lexicon import Lexicon
from site_builder.model import Quote
from site_builder.text.document import Document, Fact, Span


class Voice(StrEnum):
    """Who says the words of a stretch of text."""

    ARTICLE = "article"
    INSPECTORS = "inspectors"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything a text quotes."""

    quotes: tuple[Fact[Quote], ...]
    inspector_quotes: tuple[Fact[str], ...]
    voices: tuple[tuple[Span, Voice], ...]
    """The stretches that are not the article's own voice, in reading order, none overlapping."""

    def voice(self, span: Span) -> Voice:
        """Who says the words at the start of `span`."""
        at_start = (voice for stretch, voice in self.voices if stretch.start <= span.start < stretch.end)
        return next(at_start, Voice.ARTICLE)


def read_speech(document: Document, lexicon: Lexicon) -> Speech:  # noqa: ARG001
    """The quotes of `document` and whose voice each stretch of it is."""
    return Speech((), (), ())
