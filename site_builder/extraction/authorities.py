"""Which authorities a text names, and which it is about."""

from __future__ import annotations

from site_builder.lexicon import Lexicon
from site_builder.text.document import Document, Mention


def mentioned(document: Document, lexicon: Lexicon) -> tuple[Mention[str], ...]:  # noqa: ARG001
    """Every mention of an authority of the register, by slug, in reading order."""
    return ()


def about(document: Document, mentions: tuple[Mention[str], ...]) -> tuple[str, ...]:  # noqa: ARG001
    """The slugs of the authorities that the article is about, the main one first."""
    return tuple(dict.fromkeys(mention.value for mention in mentions))
