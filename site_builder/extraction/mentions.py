"""Finds what the words of a document name, by the tables of the lexicon; decides nothing."""

from __future__ import annotations

from typing import TypeVar

from site_builder.lexicon.phrases import Phrases
from site_builder.text.document import Document, Mention, Sentence, Span

T = TypeVar("T")


def named(document: Document, table: Phrases[T]) -> tuple[Mention[T], ...]:
    """Every mention of a value of `table` in the article, in reading order; case does not matter."""
    return tuple(mention for sentence in document.sentences for mention in named_in(sentence, table))


def named_in(sentence: Sentence, table: Phrases[T]) -> tuple[Mention[T], ...]:
    """Every mention of a value of `table` in one sentence; case does not matter."""
    tokens, found = sentence.tokens, table.find(sentence.folds)
    return tuple(
        [Mention(value, Span(tokens[first].span.start, tokens[after - 1].span.end)) for first, after, value in found]
    )
