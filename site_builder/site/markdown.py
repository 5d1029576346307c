"""The Markdown that articles are written in: CommonMark with tables, without HTML and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARKUP = re.compile(r"[\n\r\0\\`*_\[<&]")
"""What every piece of markup within a paragraph has one of, and what markdown-it writes otherwise."""
_REACHING = re.compile(r"```|~~~|\]:")
"""Code that may go on over blank lines, and addresses of links, which hold for the whole text."""
_OPENING_MARKS = frozenset("“‘\"'(")


def strict() -> MarkdownIt:
    """The parser without short cuts."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def quick() -> MarkdownIt:
    """One that knows plain paragraphs at sight; its tokens are the same."""
    parser = strict()
    parser.block.ruler.before("table", "line", _line)
    parser.core.ruler.at("inline", _inline)
    return parser


def _line(state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
    """A paragraph of one line: all other blocks begin with a mark or a digit, or need a second line."""
    if state.level or state.tShift[start] or not state.isEmpty(start + 1):
        return False
    text = state.src[state.bMarks[start] : state.eMarks[start]]
    if not _begins_and_ends_plainly(text):
        return False
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [start, state.line], []
    state.push("paragraph_close", "p", -1)
    return True


def _begins_and_ends_plainly(text: str) -> bool:
    return (text[0].isalpha() or text[0] in _OPENING_MARKS) and not text[-1].isspace()


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content and not _MARKUP.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


MARKDOWN = quick()


def passages(markdown: str) -> Iterator[tuple[str, bool]]:
    """The words of each paragraph, heading, item or cell, and whether it is a paragraph that stands by itself.

    Without its marks; a line's end is a space. Plain paragraphs are told by the blank lines around them, and take no
    parser.
    """
    if _REACHING.search(markdown):
        yield from _parsed(markdown)
        return
    for plain, blocks in groupby(markdown.split("\n\n"), _is_plain):
        if plain:
            yield from ((text, True) for text in blocks)
        else:
            yield from _parsed("\n\n".join(blocks))


def _is_plain(block: str) -> bool:
    return block != "" and _begins_and_ends_plainly(block) and not _MARKUP.search(block)


def _parsed(markdown: str) -> Iterator[tuple[str, bool]]:
    by_itself = False
    for token in MARKDOWN.parse(markdown):
        if token.type in ("inline", "fence", "code_block"):
            parts = [token] if token.children is None else token.children
            yield "".join(" " if each.type.endswith("break") else each.content for each in parts), by_itself
        by_itself = token.type == "paragraph_open" and token.level == 0
