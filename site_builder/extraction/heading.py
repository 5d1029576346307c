"""What stands around the article: its title, when and by whom it was published, Ofsted's report."""

from __future__ import annotations

from site_builder.edtf import Date
from site_builder.extraction.dates import Days
from site_builder.lexicon import Lexicon
from site_builder.model import Source
from site_builder.text.document import BlockKind, Document, Fact, Mention


def title(document: Document) -> Fact[str] | None:
    """The article's own headline."""
    block = next((block for block in document.blocks if block.kind is BlockKind.TITLE), None)
    return Fact(document.words(block.span), (block.span,), "headline") if block else None


def published(document: Document, dates: tuple[Mention[Days], ...]) -> Fact[Date] | None:  # noqa: ARG001
    """The day on which the article was published."""
    return None


def source(document: Document, lexicon: Lexicon) -> Fact[Source] | None:  # noqa: ARG001
    """Who published the article, and where."""
    return None


def report_url(document: Document) -> Fact[str] | None:  # noqa: ARG001
    """Ofsted's report or letter, where the text gives its address."""
    return None
