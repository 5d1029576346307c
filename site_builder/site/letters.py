"""Letters from one job to another: values as bytes, in piles where only the uppermost of many are wanted."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from heapq import merge
from itertools import chain, islice, pairwise
from operator import attrgetter
from typing import Any, Generic, TypeVar

T = TypeVar("T")
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


@dataclass(frozen=True, slots=True)
class Pile(Generic[T]):
    """Things in order; of many piles that are joined, each is opened only as far down as its things are wanted."""

    keys: tuple[tuple[Any, ...], ...]
    """What the things are ordered by."""
    parts: tuple[bytes, ...]
    """The things, sealed: few in the first part, since few of one pile are wanted, and more in each one below."""


def piled(things: Iterable[T], order: Callable[[T], tuple[Any, ...]], most: int) -> Pile[T]:
    """The first things in that order, at most so many."""
    held = sorted(things, key=order)[:most]
    bounds = [0]
    while bounds[-1] < len(held):
        bounds.append(5 * bounds[-1] + 5)
    return Pile(tuple(map(order, held)), tuple(sealed(held[start:end]) for start, end in pairwise(bounds)))


def topmost(piles: Sequence[Pile[T]], most: int) -> tuple[T, ...]:
    """The first things of all piles together; of those whose order is the same, the earlier pile's come first."""
    ranked = merge(*([(key, number) for key in pile.keys] for number, pile in enumerate(piles)))
    things = [chain.from_iterable(map(opened, pile.parts)) for pile in piles]
    return tuple(next(things[number]) for _, number in islice(ranked, most))


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
