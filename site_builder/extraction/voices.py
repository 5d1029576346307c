"""Who is talking where: what a text quotes, as the other readers look it up."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from site_builder.model import Quote
from site_builder.text.document import Fact, Span


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
    tellers: tuple[tuple[Span, Voice], ...]
    """The narrator's sentences that say who tells what they report (“Ofsted has warned”), with the teller."""
    people: tuple[Span, ...]
    """The names of people, each with its titles and role."""

    def voice(self, span: Span) -> Voice:
        """Who says the words at the start of `span`."""
        place = bisect_right(self.voices, span.start, key=lambda spoken: spoken[0].start) - 1
        if place >= 0 and span.start < self.voices[place][0].end:
            return self.voices[place][1]
        return Voice.ARTICLE

    def voice_of_most(self, span: Span) -> Voice:
        """Who says more than half of `span`; the article itself where nobody does."""
        said = self._said(span)
        voice, length = max(said.items(), key=lambda each: each[1], default=(Voice.ARTICLE, 0))
        return voice if length * 2 > span.end - span.start else Voice.ARTICLE

    def length(self, span: Span, voice: Voice) -> int:
        """How many characters of `span` are the words of `voice`."""
        return self._said(span).get(voice, 0)

    def teller(self, span: Span) -> Voice | None:
        """Who tells what the sentence `span` reports; None where it does not say."""
        place = bisect_right(self.tellers, span.start, key=lambda told: told[0].start) - 1
        if place >= 0 and self.tellers[place][0].start == span.start:
            return self.tellers[place][1]
        return None

    def in_person(self, span: Span) -> bool:
        """True where `span` lies in somebody's name, title or role: “director of education”."""
        place = bisect_right(self.people, span.start, key=lambda name: name.start) - 1
        return place >= 0 and self.people[place].holds(span)

    def _said(self, span: Span) -> dict[Voice, int]:
        place = bisect_right(self.voices, span.start, key=lambda spoken: spoken[0].end)
        said: dict[Voice, int] = {}
        while place < len(self.voices) and self.voices[place][0].start < span.end:
            stretch, voice = self.voices[place]
            said[voice] = said.get(voice, 0) + min(stretch.end, span.end) - max(stretch.start, span.start)
            place += 1
        return said
