"""The pages about the site itself, and what a wrong address shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from site_builder.edtf import Date
from site_builder.site import urls
from site_builder.site.entries import Site
from site_builder.site.pages.articles import ArticlesHeld
from site_builder.site.pages.page import Crumb, Page
from site_builder.site.wording import coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """How the site is made, what is missing, and how to have a mistake mended."""

    template: ClassVar[str] = "pages/about.html"
    section: ClassVar[str] = urls.ABOUT
    coverage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """The accessibility statement."""

    template: ClassVar[str] = "pages/accessibility.html"
    section: ClassVar[str] = urls.ABOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Page):
    """What a wrong address shows."""

    template: ClassVar[str] = "pages/404.html"


def plain_pages(site: Site, held: ArticlesHeld, newest: Date | None) -> Iterator[Page]:
    """Those that stand on their own; `newest` is the day of the newest article."""
    yield AboutPage(
        url=urls.ABOUT,
        heading=f"About {site.publication.name}",
        title="About",
        description="How articles are read, what is missing, what the grades mean and how to report a mistake.",
        coverage=coverage(site, held.number, newest),
    )
    yield AccessibilityPage(
        url=urls.ACCESSIBILITY,
        heading="Accessibility",
        title="Accessibility statement",
        description="What this site does so that everyone can use it, and how to tell us where it fails.",
        crumbs=(Crumb("About", urls.ABOUT),),
    )
    yield NotFound(
        url=urls.NOT_FOUND,
        heading="Page not found",
        title="Page not found",
        description="There is no page at this address.",
        indexed=False,
    )
