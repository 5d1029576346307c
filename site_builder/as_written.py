"""Articles' files that are just as `frontmatter.dump` writes them, read many times as fast as YAML is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Article,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Metadata,
    Polarity,
    Quote,
    Rights,
    Role,
    Source,
    SourceKind,
    Tally,
    Theme,
)

SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s/]\S*")
NUMBER = re.compile("[0-9]{1,4}")
LARGEST_FRONT_MATTER = 64_000
"""Characters."""

Held = Any
"""What YAML holds: strings, and lists and dictionaries of such."""
_Way = Callable[[Held], object]
"""Makes the value of a field; raises Otherwise, or KeyError for a word of no vocabulary."""
T = TypeVar("T")


class Otherwise(ValueError):
    """Something is not quite as `frontmatter.dump` writes it; it may be good all the same."""


def article(slug: str, text: str) -> Article | None:
    """The article that `frontmatter.parse` reads in `text`, or None without being sure of that.

    Whatever may be wrong in a file is left to `parse`, which knows places and says what to do.
    """
    end = text.find("\n---\n")
    if not text.startswith("---\n") or not 0 <= end <= LARGEST_FRONT_MATTER:
        return None
    header, rest = text[len("---\n") : end + 1], text[end + len("\n---\n") :]
    try:
        metadata = _made(Metadata, mapping(header))
    except (ValueError, KeyError, TypeError):  # no such date, no such word, a field that is missing
        return None
    return Article(slug, metadata, rest.removeprefix("\n").removesuffix("\n"))


# From lines to words, lists and mappings.

_ENTRY = re.compile(
    rf"""
    (\ *(?:-\ )?)                               # indentation, and the dash that begins an item of a list
    (?:([a-z][a-z_-]*):(?:\ |(?=\n)))?          # a key
    (?:
        >-\n(\ +)(\S.*(?:\n+\3\S.*)*)           # words folded over lines that are indented alike
      | \[({SLUG.pattern}(?:,(?:\ |\n\ +){SLUG.pattern})*)\]
      | \{{({SLUG.pattern}:\ {SLUG.pattern}(?:,\ {SLUG.pattern}:\ {SLUG.pattern})*)\}}
      | "([^"\\\n]+)"
      | '((?:[^'\n]++|'')+)'
      | ([^\W_].*)                              # words that need no quotation marks
      |                                         # nothing: what the key means stands below it
    )\n
  | (.*\n)                                      # whatever else a line may be
    """,
    re.VERBOSE,
)
_FOLD = re.compile("\n(\n*) +")
_ABSENT = frozenset(("null", "Null", "NULL"))

_Entry = tuple[str, str, str, str, str, str, str, str, str, str]


def mapping(text: str) -> dict[str, Held]:
    """What `plain_yaml.load` reads in `text`; raises Otherwise where `plain_yaml.dump` would not write it so."""
    if not text.replace("\n", "").isprintable() or " \n" in text:
        raise Otherwise
    entries: list[_Entry] = _ENTRY.findall(text)
    held, after = _mapping(entries, 0, "")
    if after < len(entries):
        raise Otherwise
    return held


def _mapping(entries: Sequence[_Entry], at: int, margin: str) -> tuple[dict[str, Held], int]:
    """The keys from the entry number `at` on that stand behind `margin`, and the number of the entry after them."""
    held: dict[str, Held] = {}
    indent = len(margin)
    while at < len(entries) and entries[at][0] == margin:
        key = entries[at][1]
        if not key or key in held:
            raise Otherwise
        value = _value(entries[at], indent + 2)
        at += 1
        if value is None:
            value, at = _below(entries, at, indent + 2)
        held[key] = value
        margin = " " * indent  # without the dash that the first key may stand behind
    return held, at


def _below(entries: Sequence[_Entry], at: int, indent: int) -> tuple[Held, int]:
    """The mapping or list that begins with the entry number `at`, and the number of the entry after it."""
    margin = entries[at][0] if at < len(entries) else ""
    if margin == " " * indent:
        return _mapping(entries, at, margin)
    if margin == " " * indent + "- ":
        return _list(entries, at, margin)
    raise Otherwise


def _list(entries: Sequence[_Entry], at: int, margin: str) -> tuple[list[Held], int]:
    held: list[Held] = []
    while at < len(entries) and entries[at][0] == margin:
        item: Held | None
        if entries[at][1]:
            item, at = _mapping(entries, at, margin)
        else:
            item, at = _value(entries[at], len(margin)), at + 1
        if item is None:
            raise Otherwise
        held.append(item)
    return held, at


def _value(entry: _Entry, indent: int) -> Held | None:
    """What stands in one entry after its key or dash, or None if nothing does."""
    _, _, inner, folded, words, pairs, double, single, bare, other = entry
    if bare:
        if ": " in bare or " #" in bare or bare[-1] == ":" or bare in _ABSENT:
            raise Otherwise
        return bare
    if folded:
        if len(inner) != indent:
            raise Otherwise
        if "\n\n" in folded:
            return _FOLD.sub(lambda end: end[1] or " ", folded)
        return folded.replace(f"\n{inner}", " ")
    if "null" in words or "null" in pairs or other:
        raise Otherwise
    if words:
        return words.replace(",", " ").split()
    if pairs:
        listed = [pair.split(": ") for pair in pairs.split(", ")]
        held = dict(listed)
        if len(held) < len(listed):
            raise Otherwise
        return held
    return double or single.replace("''", "'") or None


# From these to the values of the vocabulary.


def _made(kind: type[T], held: Held) -> T:
    """A value of `kind`, its fields made of what the keys of the same names hold."""
    if type(held) is not dict:
        raise Otherwise
    ways = _WAYS[kind]
    return kind(**{key: ways[key](value) for key, value in held.items()})


def _a(kind: type) -> _Way:
    return lambda held: _made(kind, held)


def _several(way: _Way) -> _Way:
    def each(held: Held) -> tuple[object, ...]:
        if type(held) is not list:
            raise Otherwise
        return tuple(map(way, held))

    return each


def _text(held: Held) -> str:
    if type(held) is not str:
        raise Otherwise
    return held


def _like(form: re.Pattern[str]) -> _Way:
    def text(held: Held) -> str:
        if not form.fullmatch(_text(held)):
            raise Otherwise
        return _text(held)

    return text


def _word(words: type[Any]) -> _Way:
    return {str(word): word for word in words}.__getitem__


def _date(held: Held) -> Date:
    return Date.parse(_text(held))


def _texts(held: Held) -> tuple[str, ...]:
    if type(held) is not list:
        raise Otherwise
    return tuple(map(_text, held))


def _evidence(held: Held) -> tuple[str, ...]:
    return (held,) if type(held) is str else _texts(held)


def _number(held: Held) -> int:
    if not NUMBER.fullmatch(_text(held)):
        raise Otherwise
    return int(_text(held))


def _ordinal(held: Held) -> int:
    number = _number(held)
    if number < 1:
        raise Otherwise
    return number


def _counts(held: Held) -> tuple[tuple[Grade, int], ...]:
    if type(held) is not dict:
        raise Otherwise
    counts = {Grade(key): value for key, value in held.items()}
    return tuple((grade, _number(counts[grade])) for grade in Grade if grade in counts)


_WAYS: Mapping[type, Mapping[str, _Way]] = {
    Metadata: {
        "title": _text,
        "published": _date,
        "source": _a(Source),
        "rights": _word(Rights),
        "reviewed": _date,
        "report_url": _like(URL),
        "summary": _text,
        "authority": _like(SLUG),
        "authorities": _several(_like(SLUG)),
        "themes": _several(_word(Theme)),
        "inspections": _several(_a(Inspection)),
        "findings": _several(_a(Finding)),
        "quotes": _several(_a(Quote)),
        "inspector_quotes": _texts,
        "raw": _text,
    },
    Source: {
        "name": _text,
        "url": _like(URL),
        "kind": _word(SourceKind),
        "archive_url": _like(URL),
        "retrieved": _date,
    },
    Inspection: {
        "authority": _like(SLUG),
        "role": _word(Role),
        "framework": _word(Framework),
        "started": _date,
        "ended": _date,
        "report_published": _date,
        "ordinal": _ordinal,
        "focus": _several(_word(Theme)),
        "judgements": _several(_a(Judgement)),
        "tallies": _several(_a(Tally)),
        "evidence": _evidence,
        "record": _text,
    },
    Judgement: {"area": _word(Area), "grade": _word(Grade), "evidence": _evidence},
    Tally: {"area": _word(Area), "counts": _counts, "evidence": _evidence},
    Finding: {"text": _text, "polarity": _word(Polarity), "themes": _several(_word(Theme))},
    Quote: {"text": _text, "speaker": _text, "role": _text, "organisation": _text},
}
