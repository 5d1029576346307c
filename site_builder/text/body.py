"""Writes the article's body as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.text.document import BODY, Block, BlockKind, Document

_RUN_ON = 1000
"""A paragraph of so many characters was put together by a scraper: where a voice begins or ends, a new one begins."""
_OPENING, _CLOSING = "“", "”"
_STRAIGHT = '"'
_NUMBER = re.compile(r"(\d{1,2})[.)]\s*$")
_MARKER = 8
"""So many characters before an item hold its bullet or number."""

# What Markdown would take for its own and the words do not mean.
_INLINE = re.compile(
    r"""
      [*`\[\]]                       # emphasis, code, links
    | (?<![^\W_])_|_(?![^\W_])       # emphasis; inside a word it is none
    | <(?=[A-Za-z/!?])               # a tag or an address in brackets
    | &(?=\#?\w+;)                   # an entity
    | \\(?=[!-/:-@\[-`{-~])          # an escape
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?:[-=~]\s*){2,}$|~~~)")
_NUMBERED_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def markdown(document: Document) -> str:
    """The blocks of the body as Markdown; furniture, title and date line stay out, nothing else is lost.

    Who speaks is not written here: the front matter's quotes say it, and the page sets them.
    """
    parts: list[str] = []
    listed: str | None = None
    for block in document.blocks:
        if block.kind not in BODY:
            continue
        if block.kind in (BlockKind.ITEM, BlockKind.CELL):
            marker = _marker(document, block)
            item = marker + _escaped(document.words(block.span))
            kind = "number" if marker[0].isdecimal() else "bullet"
            if listed == kind:
                parts[-1] += "\n" + item
            else:
                parts.append(item)
            listed = kind
            continue
        listed = None
        if block.kind is BlockKind.HEADING:
            parts.append("## " + _escaped(document.words(block.span)))
        else:
            parts += [_escaped(words) for words in _paragraphs(document, block)]
    return "\n\n".join(parts) + "\n"


def _marker(document: Document, block: Block) -> str:
    """`- `, or the number that the text gives an item."""
    number = _NUMBER.search(document.text[max(0, block.span.start - _MARKER) : block.span.start])
    return f"{int(number.group(1))}. " if number and block.kind is BlockKind.ITEM else "- "


def _paragraphs(document: Document, block: Block) -> Iterator[str]:
    """The paragraphs of a block: several where a scraper ran them together and the text shows it."""
    start = block.span.start
    opened = False
    text = document.text
    run_on = block.span.end - block.span.start > _RUN_ON
    for before, sentence in zip(block.sentences, block.sentences[1:], strict=False):
        opened = _open_after(document.words(before.span), opened)
        here = sentence.span.start
        lost_space = before.span.end == here
        reopened = opened and text[here] in _OPENING + _STRAIGHT
        turns = (
            run_on and not opened and (_speaks(document.words(sentence.span)) or _speaks(document.words(before.span)))
        )
        if lost_space or reopened or turns:
            yield text[start:here]
            start = here
            opened = opened and not reopened
    yield text[start : block.span.end]


def _open_after(words: str, opened: bool) -> bool:
    """True where a quotation that began in or before `words` goes on after them."""
    last_open, last_close = words.rfind(_OPENING), words.rfind(_CLOSING)
    if last_open != last_close:
        return last_open > last_close
    return opened != bool(words.count(_STRAIGHT) % 2)


def _speaks(words: str) -> bool:
    """True for a sentence that leads into speech or ends it."""
    return bool(re.search(r":\s*[“\"]|[.!?][”\"]$", words))


def _escaped(words: str) -> str:
    """`words` on one line, so that Markdown shows them as they are."""
    line = " ".join(words.split())
    line = _INLINE.sub(r"\\\g<0>", line)
    line = _NUMBERED_START.sub(r"\1\\\2", line, count=1) if _NUMBERED_START.match(line) else line
    return "\\" + line if _LINE_START.match(line) else line
