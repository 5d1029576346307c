"""YAML without its guesses: every scalar stays the words it was written in, and everything knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

Plain = Any
"""What a YAML text holds: dictionaries, lists and strings, nothing else (JSON types; the reader checks them)."""

DEEPEST = 50
"""How many lists and mappings may stand in one another; no person writes more."""

WIDTH = 100
"""Columns that a written line keeps within where its words allow."""

_C_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
_LINE_END = re.compile("\r\n|\r|\n")
_ABSENT = frozenset(("", "~", "null", "Null", "NULL"))


class Unreadable(ValueError):
    """A text that is no YAML, or uses a part of YAML that we refuse; knows the place."""

    def __init__(self, line: int, column: int, code: str, message: str) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line, self.column, self.code, self.message = line, column, code, message


@dataclass(frozen=True, slots=True)
class Scalar:
    """Words."""

    text: str
    line: int
    """Counted from 1, as all lines and columns here."""
    column: int
    absent: bool = False
    """True for nothing at all, `null` and the empty string: editors' forms write these for "no value"."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping; no key occurs twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    flow: bool = False
    """True where it is written with braces."""


Node = Scalar | Items | Pairs


def read(text: str) -> Node:
    """What `text` holds, each part with the line and column where it begins.

    Scalars stay text. Raises Unreadable for what is no YAML, and for anchors, aliases, tags, merge keys, keys that
    occur twice, directives, further documents, and nesting deeper than `DEEPEST`.
    """
    place = _Places(text)
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        raise place.fault(
            unprintable.start(),
            "character",
            f"the character U+{ord(unprintable.group()):04X} cannot be seen; delete it",
        )
    try:
        return _document(_checked_events(text, place), place)
    except yaml.MarkedYAMLError as error:
        raise _fault(error, place) from None


def load(text: str) -> Plain:
    """The dictionaries, lists and strings that `text` holds; raises Unreadable where `read` does."""
    return plain(read(text))


def plain(node: Node) -> Plain:
    """The same without places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


class _Places:
    """Lines and columns of a text as editors count them: at line feeds and carriage returns only, not as YAML does."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def of(self, index: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at `index`."""
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def fault(self, index: int, code: str, message: str) -> Unreadable:
        return Unreadable(*self.of(index), code, message)


def _fault(error: yaml.MarkedYAMLError, place: _Places) -> Unreadable:
    """What libyaml found, where an editor would look for it, and in words that say what to do."""
    found, met = error.problem or "this is not YAML", error.context or ""
    here: Any = error.problem_mark or error.context_mark
    start: Any = error.context_mark or here
    if "mapping values are not allowed" in found:
        said = "a value that holds a colon and a space must stand in quotes"
    elif "cannot start any token" in found:
        said = "a value cannot begin with this character; put it in quotes, and indent with spaces"
    elif "unexpected end of stream" in found and "quoted scalar" in met:
        here, said = start, "the quotation mark that opens here is never closed"
    elif "while parsing a flow node" in met:
        said = "a value is wanted here; is a bracket or brace before it not closed?"
    elif "while parsing a flow" in met:
        here, said = start, "the bracket or brace that opens here is not closed, or a comma is missing in it"
    elif "expected ':'" in found:
        here, said = start, "a key must be followed by a colon and a space"
    elif "unknown escape character" in found:
        said = "between double quotes a backslash has a meaning; use single quotes"
    elif "block mapping" in met or "block collection" in met:
        said = "this line is indented otherwise than those it belongs to, or its key lacks a colon"
    else:
        said = f"this is not YAML: {found}"
    return place.fault(here.index if here else 0, "yaml", said)


def _checked_events(text: str, place: _Places) -> Iterator[Any]:
    """The parser's events without the stream's own, as long as they are of the YAML that we read."""
    depth = documents = 0
    event: Any
    for event in yaml.parse(text, Loader=_C_LOADER):
        kind = type(event)
        if kind is yaml.ScalarEvent or kind in _OPENING:
            if event.anchor or event.tag:
                raise _refused(event, place)
            if kind in _OPENING:
                depth += 1
                if depth > DEEPEST:
                    message = f"lists and mappings stand more than {DEEPEST} deep in one another"
                    raise place.fault(event.start_mark.index, "nesting", message)
        elif kind in _CLOSING:
            depth -= 1
        elif kind is yaml.AliasEvent:
            raise _refused(event, place)
        else:
            if kind is yaml.DocumentStartEvent:
                documents += 1
                _must_be_the_only_one(documents, event, place)
            continue
        yield event


_OPENING = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_CLOSING = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))


def _refused(event: Any, place: _Places) -> Unreadable:
    if event.anchor:
        code, message = "anchor", "anchors and aliases (& and *) are not used here; write it out or quote it"
    else:
        code, message = "tag", "tags (!) are not used here; leave it out or put the value in quotes"
    return place.fault(event.start_mark.index, code, message)


def _must_be_the_only_one(number: int, document: Any, place: _Places) -> None:
    start = document.start_mark.index
    if number > 1:
        raise place.fault(start, "document", "a second document begins here; one is all there may be")
    if document.version or document.tags:
        raise place.fault(start, "directive", "directives (%) are not used here; delete the line")


def _document(events: Iterator[Any], place: _Places) -> Node:
    first = next(events, None)
    if first is None:
        return Scalar("", 1, 1, absent=True)
    node = _node(first, events, place)
    next(events, None)  # lets the parser see the end, and complain of what stands after it
    return node


def _node(event: Any, events: Iterator[Any], place: _Places) -> Node:
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return _scalar_at(event, place)
    line, column = place.of(event.start_mark.index)
    if kind is yaml.MappingStartEvent:
        return Pairs(tuple(_pairs(events, place)), line, column, bool(event.flow_style))
    items = []
    for inner in events:
        if type(inner) is yaml.SequenceEndEvent:
            break
        items.append(_node(inner, events, place))
    return Items(tuple(items), line, column)


def _scalar_at(event: Any, place: _Places) -> Scalar:
    text: str = event.value
    return Scalar(text, *place.of(event.start_mark.index), text in _ABSENT and (text == "" or event.implicit[0]))


def _pairs(events: Iterator[Any], place: _Places) -> Iterator[tuple[Scalar, Node]]:
    lines: dict[str, int] = {}
    for event in events:
        if type(event) is yaml.MappingEndEvent:
            return
        if type(event) is not yaml.ScalarEvent:
            raise place.fault(event.start_mark.index, "key", "a key must be a word, not a list or a mapping")
        key = _scalar_at(event, place)
        if key.text == "<<":
            raise Unreadable(key.line, key.column, "merge", "merge keys (<<) are not used here; write the keys out")
        if key.text in lines:
            message = f'"{key.text}" stands here a second time (first in line {lines[key.text]}); keep one'
            raise Unreadable(key.line, key.column, "duplicate", message)
        lines[key.text] = key.line
        yield key, _node(next(events), events, place)


# Writing. Only strings, whole numbers, lists and mappings are written, laid out for people to edit.


def dump(value: Mapping[str, Plain], width: int = WIDTH) -> str:
    """The mapping as YAML that `read` reads back, and that no other YAML reader takes for dates or truth values.

    Lists of short words stand on one line in brackets, so do mappings whose values are all short and fit. Long texts
    are folded over lines of `width`, where no mark needs care when they are edited.
    """
    return "".join(f"{line}\n" for line in _mapping_lines(value, 0, width))


def _mapping_lines(value: Mapping[str, Plain], indent: int, width: int) -> Iterator[str]:
    for key, held in value.items():
        first, *rest = _value_lines(held, indent, width, used=indent + len(key) + 2)
        yield f"{' ' * indent}{key}:{' ' if first else ''}{first}"
        yield from rest


def _value_lines(held: Plain, indent: int, width: int, used: int) -> list[str]:
    """What stands after a key or dash: the rest of its line, then whole lines indented deeper than `indent`."""
    if isinstance(held, Mapping):
        short = _flow_mapping(held)
        if short and used + len(short) <= width:
            return [short]
        return ["", *_mapping_lines(held, indent + 2, width)]
    if isinstance(held, int):
        return [str(held)]
    if isinstance(held, str):
        return _text_lines(held, indent, width, used)
    if all(_is_word(item) for item in held):
        return _flow_list(held, indent, width, used)
    return _block_list(held, indent, width)


def _block_list(held: Sequence[Plain], indent: int, width: int) -> list[str]:
    dash = f"{' ' * indent}  - "
    lines = [""]
    for item in held:
        if isinstance(item, Mapping) and not _flow_mapping(item):
            first, *rest = _mapping_lines(item, len(dash), width)
            lines.append(dash + first.lstrip(" "))
        else:
            first, *rest = _value_lines(item, indent + 2, width, used=len(dash))
            lines.append(dash + first)
        lines += rest
    return lines


def _is_word(value: Plain) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and _WORD.fullmatch(value) is not None)


def _flow_mapping(held: Mapping[str, Plain]) -> str:
    """In braces on one line, or nothing where a value is neither a word nor a number."""
    if not all(map(_is_word, held.values())):
        return ""
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in held.items()) + "}"


def _flow_list(words: Sequence[str], indent: int, width: int, used: int) -> list[str]:
    whole = f"[{', '.join(map(_scalar, words))}]"
    if used + len(whole) <= width:
        return [whole]
    inner = " " * (indent + 2)
    lines, line = [], "["
    for number, word in enumerate(words, start=1):
        piece = _scalar(word) + (", " if number < len(words) else "]")
        if used + len(line) + len(piece.rstrip(" ")) > width and line != "[":
            lines.append(line.rstrip(" "))
            line, used = inner, 0
        line += piece
    return [*lines, line]


def _text_lines(text: str, indent: int, width: int, used: int) -> list[str]:
    """On the rest of the line if it fits, else folded, where editors need not think of colons and quotation marks."""
    short = _scalar(text)
    if (used + len(short) <= width and "\n" not in text) or _UNFOLDABLE.search(text):
        return [short]
    inner = " " * (indent + 2)
    lines = [">-"]
    for number, paragraph in enumerate(text.split("\n")):
        if number:
            lines.append("")  # an empty line means one line end
        line = ""
        for piece in _BETWEEN_WORDS.split(paragraph):
            if line and len(inner) + len(line) + 1 + len(piece) > width:
                lines.append(inner + line)
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
        if line:
            lines.append(inner + line)
    return lines


_WORD = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_BETWEEN_WORDS = re.compile(r"(?<=\S) (?=\S)")
_OTHER_LINE_ENDS = "\r\x85\u2028\u2029"
_UNFOLDABLE = re.compile(rf"^\s|\s$|\n[ \t]|[ \t]\n|[{_OTHER_LINE_ENDS}]|{_UNPRINTABLE.pattern}")
"""What a folded text would lose or alter."""
_NEEDS_ESCAPES = re.compile(rf"[\n{_OTHER_LINE_ENDS}]|{_UNPRINTABLE.pattern}")
_PLAIN = re.compile(r"[^\W_](?:[^\n\t:#]|:(?=\S)|(?<=\S)#)*(?<=\S)|[^\W_]")
_RESOLVERS: Any = yaml.SafeLoader.yaml_implicit_resolvers
_NOT_TEXT_ELSEWHERE = re.compile("[yn]|0o[0-7]+|<<", re.IGNORECASE)
"""Taken for truth values or numbers by readers of YAML 1.1 or 1.2 other than PyYAML."""


def _scalar(value: str | int) -> str:
    """On one line: without quotes where every YAML reader takes it for the same text."""
    if isinstance(value, int):
        return str(value)
    if _NEEDS_ESCAPES.search(value):
        return '"' + "".join(map(_escaped, value)) + '"'
    if _PLAIN.fullmatch(value) and not _means_something(value):
        return value
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _means_something(text: str) -> bool:
    """True for a date, a number, a truth value and the like in the eyes of other YAML readers."""
    return bool(_NOT_TEXT_ELSEWHERE.fullmatch(text)) or any(
        pattern.match(text) for _, pattern in _RESOLVERS.get(text[:1], ())
    )


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    if _NEEDS_ESCAPES.match(character):
        return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
    return character
