"""The Markdown that articles are written in: CommonMark with tables, without HTML and pictures."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARKUP = re.compile(r"[\n\\`*_\[<&]")
"""What every piece of markup within a paragraph has one of."""
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
    if not (text[0].isalpha() or text[0] in _OPENING_MARKS) or text[-1].isspace():
        return False
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [start, state.line], []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content and not _MARKUP.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


MARKDOWN = quick()
