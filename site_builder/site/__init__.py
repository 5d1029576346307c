"""The site as a value: articles and the record in, every file of the published site out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.lexicon.labels import Labels
from site_builder.measured import Measured
from site_builder.model import Article, Register
from site_builder.site.data import data_files, downloads
from site_builder.site.feeds import feed_files
from site_builder.site.gather import gather
from site_builder.site.hosting import hosting_files
from site_builder.site.pages import pages
from site_builder.site.publication import Publication
from site_builder.site.render import render
from site_builder.site.search import search_files

__all__ = ["Publication", "publish"]


def publish(
    articles: Iterable[Article],
    register: Register,
    labels: Labels,
    templates: Mapping[str, str],
    assets: Mapping[str, bytes],
    publication: Publication,
    measured: Measured | None = None,
) -> dict[str, bytes]:
    """Every file of the site by its place in the output folder.

    `templates` maps a path below templates/ to its source, `assets` a file's name to its bytes: those of
    templates/assets/ and, from npm packages, lunr.min.js and the fonts that site.css names. `measured` is how well
    extraction reads, where that is known; the page about the site says it.
    Raises Problems where an article names an unknown authority, jinja2.TemplateError where a template is wrong.
    """
    site = gather(articles, register, labels, publication, measured)
    offered = downloads(site)
    files = {
        **render(site, pages(site, offered), templates, assets),
        **search_files(site),
        **feed_files(site),
        **data_files(site, offered),
    }
    return files | hosting_files(site, files)
