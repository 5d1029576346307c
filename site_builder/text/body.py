"""Writes the article's body as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from site_builder.text.document import BODY, Block, BlockKind, Document

_RUN_ON = 1000
"""A paragraph of so many characters was put together by a scraper: where a voice begins or ends, a new one begins."""
_OPENING, _CLOSING = "“", "”"
_STRAIGHT = '"'
_NUMBER = re.compile(r"(\d{1,2})[.)]\s*$")
_MARKER = 8
"""So many characters before an item hold its bullet or number."""
_COLUMNS = range(2, 5)
_MOST_CELLS = 100
"""No article's table is longer, and of cells in their thousands each would be asked for all that follow."""
_HEAD = 6
"""A column's head has at most so many words."""
_GAP = re.compile(r"\s*\t\s*|\s{2,}")

# What Markdown would take for its own and the words do not mean.
_INLINE = re.compile(
    r"""
      \*|`|\[|\]                     # emphasis, code, links
    | _(?<![^\W_]_)|_(?![^\W_])      # emphasis; inside a word it is none
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
    body = [block for block in document.blocks if block.kind in BODY]
    parts: list[str] = []
    listed: str | None = None
    place = 0
    while place < len(body):
        block = body[place]
        inside = place > 0 and body[place - 1].kind is block.kind is BlockKind.CELL  # no table begins among its cells
        table, after = ("", place) if inside else _table(document, body, place)
        if table:
            parts.append(table)
            listed, place = None, after
            continue
        place += 1
        heads_list = block.kind is BlockKind.CELL and place < len(body) and body[place].kind is BlockKind.ITEM
        heads_list = heads_list and not _is_cell(body, place)
        if block.kind is BlockKind.HEADING or heads_list:  # “Outstanding”, above the areas that are
            parts.append("## " + _number(document, block) + _escaped(document.words(block.span)))
            listed = None
        elif block.kind in (BlockKind.ITEM, BlockKind.CELL):
            marker = _marker(document, block)
            item = marker + _escaped(document.words(block.span))
            kind = "number" if marker[0].isdecimal() else "bullet"
            if listed == kind:
                parts[-1] += "\n" + item
            else:
                parts.append(item)
            listed = kind
        else:
            parts += [_escaped(words) for words in _paragraphs(document, block)]
            listed = None
    return "\n\n".join(parts) + "\n"


def _table(document: Document, body: Sequence[Block], place: int) -> tuple[str, int]:
    """The table at `place`, with the heads of its columns, and the place after it; empty where none begins."""
    first = place
    while first < len(body) and first - place <= _COLUMNS.stop and _is_head(document, body[first]):
        first += 1
    last = first
    while last < len(body) and last - first < _MOST_CELLS and _is_cell(body, last):
        last += 1
    if last - first < _COLUMNS.start:
        return "", place
    lines = [document.words(block.span) for block in body[place:last]]
    rows = [_GAP.split(line) for line in lines]  # “Adoption   Good   Good”
    heads = first - place
    if heads <= 1 and len(rows[-1]) in _COLUMNS and all(len(row) == len(rows[-1]) for row in rows[heads:]):
        columns = len(rows[-1])
        head = [""] * (columns - len(rows[0])) + rows[0] if heads else [""] * columns
        return (_rows([head, *rows[heads:]]), last) if len(head) == columns else ("", place)
    for columns in _COLUMNS:  # cells that come one a line
        if heads not in (0, columns - 1, columns) or (last - first) % columns or last - first < 2 * columns:
            continue
        cells = [lines[row : row + columns] for row in range(heads, len(lines), columns)]
        named, told = [row[0] for row in cells], [cell for row in cells for cell in row[1:]]
        if len(set(named)) == len(named) and set(named).isdisjoint(told) and len(set(told)) < len(told):
            head = [""] * (columns - heads) + lines[:heads]
            return _rows([head, *cells]), last
    return "", place


def _is_cell(body: Sequence[Block], place: int) -> bool:
    """True for a cell, and for an item between two: “- Adoption”, with a bullet in a table that has none."""
    beside = body[place - 1 : place + 2 : 2] if place else ()
    bullet = body[place].kind is BlockKind.ITEM and len(beside) == 2
    return body[place].kind is BlockKind.CELL or (bullet and all(one.kind is BlockKind.CELL for one in beside))


def _is_head(document: Document, block: Block) -> bool:
    """True for a line that can stand over a column: short, and no sentence."""
    words = document.words(block.span)
    return (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and len(words.split()) <= _HEAD
        and not words.endswith((".", ":", "!", "?", "”", '"', ","))
    )


def _rows(rows: Sequence[Sequence[str]]) -> str:
    if not any(rows[0]) and len(rows[0]) == _COLUMNS.start:  # a table of two columns without heads reads as a list
        return "\n".join(f"- {_escaped(named)}: {_escaped(told)}" for named, told in rows[1:])
    head, *others = (" | ".join(_escaped(cell).replace("|", "\\|") for cell in row) for row in rows)
    ruled = " | ".join("---" for _ in rows[0])
    return "\n".join(f"| {row} |" for row in (head, ruled, *others))


def _marker(document: Document, block: Block) -> str:
    """`- `, or the number that the text gives an item."""
    number = _number(document, block)
    return number if number and block.kind is BlockKind.ITEM else "- "


def _number(document: Document, block: Block) -> str:
    """The number that the text gives an item or a heading, as Markdown writes it; empty where it gives none."""
    number = _NUMBER.search(document.text[max(0, block.span.start - _MARKER) : block.span.start])
    return f"{int(number.group(1))}. " if number else ""


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
