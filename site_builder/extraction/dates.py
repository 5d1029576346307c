"""The dates that a text names, as partial as it names them."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.edtf import Date
from site_builder.text.document import Document, Mention


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or the first and last of several ("from September 26 to October 20")."""

    first: Date
    last: Date


def mentioned(document: Document) -> tuple[Mention[Days], ...]:  # noqa: ARG001
    """Every date in the whole text, furniture included, in reading order; a year that is not beside it is unknown."""
    return ()
