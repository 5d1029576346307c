"""Letters from one job to another: values as bytes."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

_Way = Callable[[Any], tuple[type, tuple[object, ...]]]
"""A value's class, and what it is called with to make the same value."""


def sealed(value: object) -> bytes:
    """The value as bytes, for `opened`."""
    written = io.BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(value)
    return written.getvalue()


def opened(letter: bytes) -> Any:
    """What was sealed."""
    return pickle.loads(letter)


class _Ways(dict[type, _Way]):
    """How values of each class are written, by its fields.

    Left to themselves, frozen dataclasses with slots are asked for their fields again for each value, and twice.
    """

    def __missing__(self, kind: type) -> _Way:
        if issubclass(kind, Enum):
            way = _by_attributes(kind, ["value"])
        elif is_dataclass(kind):
            way = _by_attributes(kind, [each.name for each in fields(kind) if each.init])
        else:
            raise KeyError(kind)  # for the pickler, which then has its own
        self[kind] = way
        return way


def _by_attributes(kind: type, names: list[str]) -> _Way:
    values = attrgetter(*names)
    return (lambda held: (kind, values(held))) if len(names) > 1 else (lambda held: (kind, (values(held),)))


class _Pickler(pickle.Pickler):
    dispatch_table = _Ways()
