"""One dataclass for each kind of page: it knows its URL, its template and what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from site_builder.site.entries import Site
from site_builder.site.pages.about import plain_pages
from site_builder.site.pages.articles import (
    ArticlesShare,
    article_order,
    articles_index,
    articles_of_year,
    articles_share,
    each_article,
    joined,
    listed_article,
    one_article,
)
from site_builder.site.pages.authorities import authorities_index, authority_facts, authority_page
from site_builder.site.pages.compare import compare_page
from site_builder.site.pages.data import data_page
from site_builder.site.pages.home import home_page
from site_builder.site.pages.inspections import each_inspection, inspections_by_year, inspections_told_in
from site_builder.site.pages.judgements import judgement_pages
from site_builder.site.pages.page import Page, year_of
from site_builder.site.pages.regions import region_pages
from site_builder.site.pages.search import search_page
from site_builder.site.pages.themes import ThemeCount, theme_page, theme_shares, themes_index
from site_builder.site.pages.tiles import TileMap, tile_map

__all__ = [
    "Page",
    "ThemeCount",
    "TileMap",
    "article_order",
    "article_pages",
    "articles_of_year",
    "articles_share",
    "authority_facts",
    "authority_page",
    "council_pages",
    "data_page",
    "front_pages",
    "listed_article",
    "standing_pages",
    "theme_page",
    "theme_shares",
    "tile_map",
    "year_of",
]


def council_pages(site: Site) -> Iterator[Page]:
    """The pages of one council's articles and inspections; `site` is the part about it."""
    yield from each_article(site)
    yield from each_inspection(site)


def article_pages(site: Site, slug: str) -> Iterator[Page]:
    """The page of one of the council's articles, and those of its inspections."""
    yield from one_article(site, slug)
    yield from inspections_told_in(site, slug)


def standing_pages(site: Site) -> Iterator[Page]:
    """The pages that need no article: who stands where, and every inspection by year."""
    yield authorities_index(site)
    yield from judgement_pages(site)
    yield from inspections_by_year(site)
    yield from region_pages(site)
    yield compare_page(site)


def front_pages(site: Site, articles: Sequence[ArticlesShare], themes: Iterable[ThemeCount]) -> Iterator[Page]:
    """The pages that lead to all others; `site` holds the inspections, the other two how many articles there are."""
    held = joined(articles)
    newest = next((each.published for each in held.newest if each.published), None)
    yield home_page(site, held, newest)
    yield articles_index(held)
    yield themes_index(themes)
    yield search_page(site, held)
    yield from plain_pages(site, held, newest)
