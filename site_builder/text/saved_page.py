"""Reads a saved web page: the article on it as plain text, and what the page tells of itself."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from site_builder.edtf import Date
from site_builder.model import Metadata, RawArticle, Source

_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|article|p|div)\b[^<>]*>", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_HEAD = 4096
"""Where HTML wants the encoding declared, and then some: browsers look at the first 1,024 bytes."""
_CELLS = re.compile(r"^\|(.*)\|\s*$", re.MULTILINE)
_RULED = re.compile(r"^\|(?:\s*-+\s*\|)+\s*$\n?", re.MULTILINE)


class NoReader(Exception):
    """The library that reads web pages is not installed."""


def is_page(text: str) -> bool:
    """True where `text` is HTML, not an article pasted as text."""
    return bool(_TAG.search(text, 0, _HEAD))


def decoded(data: bytes) -> tuple[str, str]:
    """The text that `data` holds and the name of its encoding.

    A byte order mark decides, then UTF-8 if it is valid, since a wrong declaration is common and text that is valid
    UTF-8 by chance is not; then what the page declares, then Windows-1252, in which old pages are saved.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        declared = _DECLARED.search(data, 0, _HEAD)
        name = declared.group(1).decode("ascii") if declared else ""
        if name and name.lower() not in {"utf-8", "utf8", "iso-8859-1", "latin-1", "us-ascii"}:
            try:
                return data.decode(name), name
            except (LookupError, UnicodeDecodeError):
                pass  # a declaration that is wrong: old pages are mostly Windows-1252 all the same
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def article_on(name: str, page: str) -> RawArticle:
    """The article on the HTML `page`, saved as the file `name`: its text, and what the page says of title, day, source.

    Nothing is fetched. The text is empty where the page holds no article. Raises NoReader where trafilatura is missing.
    """
    try:
        from trafilatura import bare_extraction  # a fifth of a second: only those who read pages pay for it
        from trafilatura.settings import Document as Found
    except ImportError:
        raise NoReader from None
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,  # of readers
        include_tables=True,
        favor_recall=True,  # losing the article costs more than a line of furniture
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Found):
        return RawArticle(name, "")
    site = found.sitename if found.sitename and found.sitename.lower() != (found.hostname or "").lower() else None
    source = Source(name=site, url=found.url)
    return RawArticle(
        name,
        _rows_as_lines(found.text or ""),
        Metadata(
            title=found.title or None,
            published=Date.parse(found.date) if found.date else None,
            source=source if source != Source() else None,
        ),
    )


def _rows_as_lines(text: str) -> str:
    """A table's rows come between bars (“| Overall | Good |”); articles pasted as text have the words alone."""
    return _CELLS.sub(lambda row: " ".join(cell.strip() for cell in row[1].split("|")), _RULED.sub("", text))
