"""The front page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from site_builder.edtf import Date
from site_builder.site import urls
from site_builder.site.entries import AuthorityEntry, ListedArticle, Site
from site_builder.site.pages.articles import ArticlesHeld
from site_builder.site.pages.judgements import CURRENT_AREAS, Changed, CountRow, changed, count_rows
from site_builder.site.pages.page import Page
from site_builder.site.pages.tiles import TileMap, tile_map
from site_builder.site.wording import coverage

LATEST_ARTICLES = 10
LATEST_CHANGED = 8
"""Inspections that changed grades, on the front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Page):
    """The front page."""

    template: ClassVar[str] = "pages/home.html"
    coverage: str
    articles: tuple[ListedArticle, ...]
    changed: tuple[Changed, ...]
    counts: tuple[CountRow, ...]
    current: tuple[AuthorityEntry, ...]
    map: TileMap
    letters: tuple[str, ...]


def home_page(site: Site, held: ArticlesHeld, newest: Date | None) -> Home:
    """The front page; `site` holds the inspections, and `newest` is the day of the newest article."""
    return Home(
        url=urls.HOME,
        heading="How well do councils look after children?",
        title="How well do councils look after children?",
        description=f"What inspectors found in the children’s services of {len(site.current)} English councils, "
        "with the words that prove each grade.",
        feeds=True,
        coverage=coverage(site, held.number, newest),
        articles=held.newest[:LATEST_ARTICLES],
        changed=changed(site, site.changes)[:LATEST_CHANGED],
        counts=count_rows(site, CURRENT_AREAS),
        current=site.current,
        map=tile_map(site),
        letters=_letters(site),
    )


def _letters(site: Site) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.authority.name[0] for entry in site.current))
