"""One dataclass for each kind of page: it knows its URL, its template and what stands on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Page):
    """The search page; without a script it is a way to everything by letter, grade, theme and year."""

    template: ClassVar[str] = "pages/search.html"
    letters: tuple[tuple[str, tuple[str, ...]], ...]
    """Each first letter with the names of the authorities under it."""
    years: tuple[tuple[int, int], ...]
    """Each year, newest first, with how many articles are of it."""


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    yield Home(
        url=urls.HOME,
        title="How well do councils look after children?",
        description=f"What inspectors found in the children’s services of {len(site.current)} English councils.",
        feeds=True,
    )
    yield _search(site)


def _search(site: Site) -> Search:
    names = [each.authority.name for each in site.authorities]
    years = Counter(each.published.year for each in site.articles if each.published and each.published.year)
    return Search(
        url=urls.SEARCH,
        title="Search",
        description="Find a council, a topic or a word in the articles and the record.",
        letters=tuple((letter, tuple(under)) for letter, under in groupby(names, key=lambda name: name[0])),
        years=tuple(sorted(years.items(), reverse=True)),
    )
