"""Short names for articles, chosen once: their files and pages keep them for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from site_builder.model import Metadata

LONGEST = 60


def slug_for(metadata: Metadata, body: str, taken: Collection[str]) -> str:
    """A short name for an article's file and page, unlike any that is `taken`.

    The authority and the title's words; without a title the kind of inspection and its date, where the year is
    known; else how the text begins.
    """
    parts = [metadata.authority or ""]
    subject = metadata.inspections[0] if metadata.inspections else None
    if metadata.title:
        parts.append(_without(_ascii(metadata.title), metadata.authority))
    elif subject:
        date = subject.started or subject.ended or subject.report_published or metadata.published
        parts += [subject.framework or "inspection", str(date).rstrip("~") if date and date.year else ""]
    else:
        parts.append("-".join(_ascii(body[:200]).split("-")[:8]))
    slug = _cut("-".join(filter(None, parts)) or "article", LONGEST)
    number = 2
    free = slug
    while free in taken:
        free = f"{_cut(slug, LONGEST - len(f'-{number}'))}-{number}"
        number += 1
    return free


def _ascii(text: str) -> str:
    """Words in lower-case ASCII letters and digits with hyphens between them; apostrophes leave no gap."""
    plain = unicodedata.normalize("NFKD", re.sub("['’‘`]", "", text)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))


def _without(words: str, authority: str | None) -> str:
    """The words without the authority's name, which stands before them already."""
    return re.sub(f"(^|-){authority}s?(?=-|$)", "", words).strip("-") if authority else words


def _cut(slug: str, most: int) -> str:
    """At most so many characters, and whole words where there is more than one."""
    if len(slug) <= most:
        return slug
    return slug[: most + 1].rpartition("-")[0] or slug[:most]
