"""JSON Schemas of the files that articles are kept in and of those the site offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from site_builder.edtf import Date
from site_builder.model import Grade, Metadata
from site_builder.site.tables import Column, Table

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EDTF: Schema = {
    "type": "string",
    "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|XXXX-[0-9]{2}(-[0-9]{2})?)~?$",
    "description": "a date as EDTF has it, as exact as known: 2018-07-06, 2018-07, 2018, XXXX-07-06",
}
TEXT: Schema = {"type": "string"}


def of_front_matter() -> Schema:
    """The schema of an article's front matter, as the model has it."""
    return {"$schema": DIALECT, "title": "Front matter of an article"} | _of_class(Metadata)


def of_authorities(facts: Sequence[Column]) -> Schema:
    """The schema of `authorities.json`; `facts` are those of one authority."""
    listed = {"type": "array", "items": _record(facts, {})}
    return {"$schema": DIALECT, "title": "Authorities", **_object({"authorities": listed}, ["authorities"])}


def of_authority(facts: Sequence[Column], names: Sequence[str], tables: Iterable[Table]) -> Schema:
    """The schema of an authority's `data.json`: its facts, and the rows of the tables with these names."""
    known = {table.name: table for table in tables}
    rows = {name: {"type": "array", "items": _record(known[name].columns, None)} for name in names}
    return {"$schema": DIALECT, "title": "What the site holds about one authority", **_record(facts, rows)}


def _record(columns: Sequence[Column], more: dict[str, Schema] | None) -> Schema:
    """A row as JSON: without its empty cells, or with every fact and `more`, in which what is not known is null."""
    if more is None:
        return _object({column.name: _cell(column) for column in columns}, [])
    cells = {column.name: _cell(column) | _or_null(column) for column in columns} | more
    return _object(cells, list(cells))


def _cell(column: Column) -> Schema:
    if column.many:
        return {"type": "array", "items": TEXT, "description": column.means}
    kind: Schema = {"type": "integer"} if column.type == "integer" else dict(TEXT)
    if column.type == "date":
        kind["format"] = "date"
    if column.one_of:
        kind["enum"] = list(column.one_of)
    return kind | {"description": column.means}


def _or_null(column: Column) -> Schema:
    closed = column.many or column.one_of or column.type != "string"
    return {} if closed else {"type": ["string", "null"]}


def _object(properties: dict[str, Schema], required: list[str]) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": required} if required else {})


def _of_class(kind: Any) -> Schema:
    hints = get_type_hints(kind)
    properties = {each.name: _of_type(each.name, hints[each.name]) for each in fields(kind)}
    required = [each.name for each in fields(kind) if each.default is MISSING and each.name != "evidence"]
    return _object(properties, required)


def _of_type(name: str, kind: Any) -> Schema:
    """The schema of a field, by its name where the file writes it otherwise than the model has it."""
    if name == "evidence":  # one stretch of words, or several
        return {"oneOf": [TEXT, {"type": "array", "items": TEXT}]}
    if name == "counts":
        count = {"type": "integer", "minimum": 0}
        return _object({grade.value: count for grade in Grade}, [])
    if name.endswith("url"):
        return {"type": "string", "pattern": r"^https?://[^\s/]\S*$"}
    parts = [each for each in get_args(kind) if each is not type(None)]
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of_type("", parts[0])}
    if type(None) in get_args(kind):
        return _of_type(name, parts[0])
    if kind is Date:
        return EDTF
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [word.value for word in kind]}
    if is_dataclass(kind):
        return _of_class(kind)
    return {"type": "integer", "minimum": 1} if kind is int else TEXT
