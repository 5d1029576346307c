"""The page of the downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from site_builder.edtf import Date
from site_builder.site import urls
from site_builder.site.data import Download
from site_builder.site.pages.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage(Page):
    """Downloads."""

    template: ClassVar[str] = "pages/data.html"
    section: ClassVar[str] = urls.DATA
    downloads: tuple[Download, ...]
    newest: Date | None
    """Of the articles."""


def data_page(downloads: tuple[Download, ...], newest: Date | None) -> DataPage:
    """What there is to download; `newest` is the day of the newest article."""
    return DataPage(
        url=urls.DATA,
        heading="Data",
        title="Data to download",
        description="Every judgement, inspection and article of this site as files, with their licence.",
        downloads=downloads,
        newest=newest,
    )
