"""JSON for programs that people may look into: each key on a line, each record on a line."""

from __future__ import annotations

import json
from collections.abc import Mapping

_on_a_line = json.JSONEncoder(
    ensure_ascii=False
).encode  # Python's own layout in several lines takes five times as long


def as_json(value: Mapping[str, object]) -> bytes:
    """The value, with the items of its lists on lines of their own."""
    lines = ",\n".join(f"{_on_a_line(key)}: {_laid_out(held)}" for key, held in value.items())
    return f"{{\n{lines}\n}}\n".encode()


def _laid_out(held: object) -> str:
    if isinstance(held, list) and held:
        return "[\n" + ",\n".join(map(_on_a_line, held)) + "\n]"
    return _on_a_line(held)
