"""One dataclass for each kind of page: it knows its URL, its template and what stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from site_builder.site import urls
from site_builder.site.entries import Site


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the top to a page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has."""

    template: ClassVar[str]
    section: ClassVar[str] = ""
    """The URL of the part of the site it belongs to, for the main navigation."""
    url: str
    title: str
    """The page's h1 and, with the site's name, its title."""
    description: str
    crumbs: tuple[Crumb, ...] = ()
    """The pages above it, from the top; the page itself is not among them."""
    feeds: bool = False
    """True where an Atom and a JSON feed stand beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Page):
    """The front page."""

    template: ClassVar[str] = "pages/home.html"


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    yield Home(
        url=urls.HOME,
        title="How well do councils look after children?",
        description=f"What inspectors found in the children’s services of {len(site.current)} English councils.",
        feeds=True,
    )
