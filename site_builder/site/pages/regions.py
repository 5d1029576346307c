"""The nine regions, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from site_builder.model import Area, Region
from site_builder.site import urls
from site_builder.site.entries import AuthorityEntry, RegionEntry, Site
from site_builder.site.pages.compare import Abreast, abreast
from site_builder.site.pages.judgements import CURRENT_AREAS
from site_builder.site.pages.page import Crumb, Page
from site_builder.site.wording import counted


def region_pages(site: Site) -> Iterator[Page]:
    """The list of regions, then each; `site` holds every authority's latest grades."""
    yield _regions(site)
    yield from (_region(entry) for entry in site.regions)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsIndex(Page):
    """The nine regions."""

    template: ClassVar[str] = "pages/regions.html"
    section: ClassVar[str] = urls.AUTHORITIES
    councils: int
    counts: tuple[tuple[Region, int], ...]
    """Each region with how many councils it has today."""


def _regions(site: Site) -> RegionsIndex:
    return RegionsIndex(
        url=urls.REGIONS,
        heading="Regions",
        title="Councils by region",
        description=f"The {len(site.current)} English councils with children’s services in nine regions, side by side.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES),),
        councils=len(site.current),
        counts=tuple((entry.region, sum(each.current for each in entry.authorities)) for entry in site.regions),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage(Page):
    """One region's authorities side by side."""

    template: ClassVar[str] = "pages/region.html"
    section: ClassVar[str] = urls.AUTHORITIES
    entry: RegionEntry
    areas: tuple[Area, ...]
    rows: tuple[Abreast, ...]
    abolished: tuple[AuthorityEntry, ...]


def _region(entry: RegionEntry) -> RegionPage:
    current = [each for each in entry.authorities if each.current]
    return RegionPage(
        url=entry.url,
        heading=entry.region,
        title=f"{entry.region}: councils’ children’s services side by side",
        description=f"The latest grades of {counted(len(current), 'council')} in the region {entry.region}, by area.",
        crumbs=(Crumb("Authorities", urls.AUTHORITIES), Crumb("Regions", urls.REGIONS)),
        entry=entry,
        areas=CURRENT_AREAS,
        rows=abreast(current),
        abolished=tuple(each for each in entry.authorities if not each.current),
    )
