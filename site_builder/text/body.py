"""Writes the article's body as Markdown."""

from __future__ import annotations

from site_builder.text.document import BODY, Document


def markdown(document: Document) -> str:
    """The blocks of the body as Markdown; furniture, title and date line stay out, nothing else is lost."""
    return "\n\n".join(document.words(block.span) for block in document.blocks if block.kind in BODY) + "\n"
