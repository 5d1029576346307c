"""The search page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from site_builder.site import urls
from site_builder.site.entries import Site
from site_builder.site.pages.articles import ArticlesHeld
from site_builder.site.pages.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """The search page; without a script it is a way to everything by letter, grade, theme and year."""

    template: ClassVar[str] = "pages/search.html"
    section: ClassVar[str] = urls.SEARCH
    letters: tuple[tuple[str, tuple[str, ...]], ...]
    """Each first letter with the names of the authorities under it."""
    years: tuple[tuple[str, int], ...]
    """Each year, newest first, with how many articles are of it."""
    articles: int
    inspections: int
    councils: int


def search_page(site: Site, held: ArticlesHeld) -> SearchPage:
    """The search page; `site` holds the inspections, `held` how many articles there are."""
    names = [each.authority.name for each in site.current]
    return SearchPage(
        url=urls.SEARCH,
        heading="Search",
        title="Search",
        description="Find a council, a topic or a word in the articles and the record.",
        letters=tuple((letter, tuple(under)) for letter, under in groupby(names, key=lambda name: name[0])),
        years=tuple((year, number) for year, number in held.by_year.items() if year.isdecimal()),
        articles=held.number,
        inspections=len(site.inspections),
        councils=len(site.current),
    )
