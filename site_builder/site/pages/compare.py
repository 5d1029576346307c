"""Authorities side by side, and the page that compares them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from site_builder.model import Area
from site_builder.site import urls
from site_builder.site.entries import AuthorityEntry, GradeEntry, Site
from site_builder.site.pages.judgements import CURRENT_AREAS
from site_builder.site.pages.page import Crumb, Page

Abreast = tuple[AuthorityEntry, tuple[GradeEntry | None, ...]]
"""An authority and its latest grades of the areas that are judged today, to stand beside others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """Chosen authorities side by side; without a script, all of them."""

    template: ClassVar[str] = "pages/compare.html"
    section: ClassVar[str] = urls.AUTHORITIES
    areas: tuple[Area, ...]
    rows: tuple[Abreast, ...]


def compare_page(site: Site) -> ComparePage:
    """The page that compares; `site` holds every authority's latest grades."""
    return ComparePage(
        url=urls.COMPARE,
        heading="Compare councils",
        title="Compare councils’ children’s services",
        description="The latest grades of up to four councils side by side, area by area, with their dates.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES),),
        areas=CURRENT_AREAS,
        rows=abreast(site.current),
    )


def abreast(entries: Iterable[AuthorityEntry]) -> tuple[Abreast, ...]:
    """Each authority with its latest grade in each of today's areas."""
    return tuple((each, tuple(each.latest.get(area) for area in CURRENT_AREAS)) for each in entries)
