"""What every page has, whatever it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from site_builder.edtf import Date

DESCRIPTION_LENGTH = 158
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    template: ClassVar[str]
    section: ClassVar[str] = ""
    """The URL of the part of the site it belongs to, for the main navigation."""
    url: str
    heading: str
    """The page's h1."""
    title: str
    """For the browser's tab and search engines; the site's name is added."""
    description: str
    crumbs: tuple[Crumb, ...] = ()
    """The pages above it, from the top; the page itself is not among them."""
    feeds: bool = False
    """True where an Atom and a JSON feed stand beside it."""
    indexed: bool = True
    """False where search engines shall not list it."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the top to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Things under one heading: a year, a letter."""

    name: str
    members: tuple[T, ...]


def grouped(members: Iterable[T], name: Callable[[T], str]) -> tuple[Group[T], ...]:
    """The members under the names that they are given, in the order in which the names first come."""
    groups: dict[str, list[T]] = {}
    for member in members:
        groups.setdefault(name(member), []).append(member)
    return tuple(Group(key, tuple(held)) for key, held in groups.items())


def year_of(when: Date | None) -> str:
    """The year as a heading has it, also where there is none."""
    return str(when.year) if when and when.year else "Year not stated"


def shortened(text: str) -> str:
    """The text cut at a word's end to what search engines show."""
    text = " ".join(text.split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
