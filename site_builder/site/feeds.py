"""Feeds in Atom and JSON beside the front page and the page of each authority, grade and theme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from site_builder.edtf import Date
from site_builder.model import Grade, Theme
from site_builder.site import dates, urls
from site_builder.site.entries import ArticleEntry, InspectionEntry, Site
from site_builder.site.ground import Ground
from site_builder.site.letters import Pile, piled, topmost
from site_builder.site.records import as_json
from site_builder.site.search import plain_text

ENTRIES = 30
SUMMARY = 280  # letters
TAGGED_SINCE = 2026
"""The year in every tag URI: one in which the site's address was ours (RFC 4151). Ids stay only if it does."""

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article or inspection in a feed."""

    url: str
    title: str
    day: date
    summary: str
    author: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new on one page."""

    page: str
    """The URL of the page that it stands beside."""
    title: str
    """Says what the feed follows, for a list of many feeds."""
    entries: tuple[Entry, ...]
    """Newest first."""


def feed_files(ground: Ground, feeds: Iterable[Feed]) -> dict[str, bytes]:
    """Both forms of each feed by their place in the output folder."""
    files = {}
    for feed in feeds:
        files[urls.place(urls.feed(feed.page))] = atom(ground, feed)
        files[urls.place(urls.json_feed(feed.page))] = json_feed(ground, feed)
    return files


# Articles and inspections of no known year are in no feed: it has no place for them.


def article_entries(site: Site) -> dict[str, Entry]:
    """The articles of this part of the site as feeds show them, by slug."""
    made = ((each.slug, _of_article(site, each)) for each in site.articles)
    return {slug: entry for slug, entry in made if entry}


def council_feed(site: Site, articles: Mapping[str, Entry]) -> Feed:
    """What is new about the council that `site` is the part of; `articles` are its entries."""
    (entry,) = site.authorities
    held = [articles.get(each.slug) for each in entry.articles]
    held += [_of_inspection(site, each) for each in entry.inspections]
    name = site.publication.name
    return Feed(entry.url, f"{entry.authority.name}: inspections and articles – {name}", newest(held))


def standing_feeds(site: Site) -> Iterator[Feed]:
    """The feeds that need no article: inspections by grade, and those without."""
    name = site.publication.name
    for grade, label in site.labels.grades.items():
        gave = (_of_inspection(site, each) for each in site.inspections if _gave(each, grade))
        yield Feed(urls.grade(grade), f"Inspections with the grade {label.name.lower()} – {name}", newest(gave))
    visits = (_of_inspection(site, each) for each in site.inspections if not each.grades)
    yield Feed(urls.NO_GRADE, f"Inspections and visits without a grade – {name}", newest(visits))


def newest_articles(site: Site, articles: Mapping[str, Entry]) -> Pile[Entry]:
    """What a feed of several councils may show of one's own articles; `articles` are the entries of all."""
    return _pile(articles, site.own_articles)


def newest_on_themes(site: Site, articles: Mapping[str, Entry]) -> dict[Theme, Pile[Entry]]:
    """The same of each theme."""
    own = {each.slug for each in site.own_articles}
    return {
        entry.theme: _pile(articles, (each for each in entry.articles if each.slug in own)) for entry in site.themes
    }


def _pile(entries: Mapping[str, Entry], articles: Iterable[ArticleEntry]) -> Pile[Entry]:
    dated = (entries[each.slug] for each in articles if each.slug in entries)
    return piled(dated, _order, ENTRIES)


def home_feed(ground: Ground, entries: Sequence[Pile[Entry]]) -> Feed:
    """The newest articles of all."""
    return Feed(urls.HOME, f"{ground.publication.name}: new articles", topmost(entries, ENTRIES))


def theme_feed(ground: Ground, theme: Theme, entries: Sequence[Pile[Entry]]) -> Feed:
    """The newest articles on a theme."""
    title = f"{ground.labels.themes[theme].name}: articles – {ground.publication.name}"
    return Feed(urls.theme(theme), title, topmost(entries, ENTRIES))


def atom(ground: Ground, feed: Feed) -> bytes:
    """The feed in Atom (RFC 4287)."""
    base = ground.publication.base_url
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        f"<title>{_xml(feed.title)}</title>",
        f"<id>{_xml(_tag(ground, feed.page))}</id>",
        f"<updated>{_moment(_updated(ground, feed))}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base + urls.feed(feed.page))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(base + feed.page)}/>',
        f"<author><name>{_xml(ground.publication.name)}</name></author>",
    ]
    for entry in feed.entries:
        lines += [
            "<entry>",
            f"<title>{_xml(entry.title)}</title>",
            f"<id>{_xml(_tag(ground, entry.url))}</id>",
            f'<link rel="alternate" type="text/html" href={quoteattr(base + entry.url)}/>',
            f"<published>{_moment(entry.day)}</published>",
            f"<updated>{_moment(entry.day)}</updated>",
            *([f"<author><name>{_xml(entry.author)}</name></author>"] if entry.author else []),
            *(f"<category term={quoteattr(_xml_text(tag))}/>" for tag in entry.tags),
            f"<summary>{_xml(entry.summary)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def json_feed(ground: Ground, feed: Feed) -> bytes:
    """The feed in JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    base = ground.publication.base_url
    items = [
        {
            "id": _tag(ground, entry.url),
            "url": base + entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": _moment(entry.day),
            **({"authors": [{"name": entry.author}]} if entry.author else {}),
            **({"tags": list(entry.tags)} if entry.tags else {}),
        }
        for entry in feed.entries
    ]
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base + feed.page,
        "feed_url": base + urls.json_feed(feed.page),
        "language": "en-GB",
        "authors": [{"name": ground.publication.name, "url": base + urls.HOME}],
        "items": items,
    }
    return as_json(whole)


def _of_article(site: Site, entry: ArticleEntry) -> Entry | None:
    day = _day([entry.published]) or _day(
        date
        for each in entry.article.metadata.inspections
        for date in (each.report_published, each.ended, each.started)
    )
    if day is None:
        return None
    labels, source = site.labels, entry.article.metadata.source
    grades = (f"{labels.grades[each.grade].name} ({labels.areas[each.area].name.lower()})" for each in entry.judgements)
    facts = [
        ", ".join(authority.name for authority in entry.authorities),
        dates.in_words(entry.published) if entry.published else "date not stated",
        ", ".join(dict.fromkeys(grades)),
    ]
    return Entry(
        entry.url,
        entry.title,
        day,
        ". ".join(filter(None, [*facts, _cut(entry.article.metadata.summary or plain_text(entry.article.body))])),
        (source and source.name) or None,
        tuple(labels.themes[theme].name for theme in entry.article.metadata.themes),
    )


def _of_inspection(site: Site, entry: InspectionEntry) -> Entry | None:
    day = _day((entry.published, entry.ended, entry.started))
    if day is None:
        return None
    labels = site.labels
    kind = labels.frameworks[entry.framework].name if entry.framework else "Inspection"
    grades = [f"{labels.areas[each.area].name}: {labels.grades[each.grade].name.lower()}" for each in entry.grades]
    facts = "; ".join(grades) or entry.theme or "No grade given."
    return Entry(entry.url, f"{entry.authority.name}: {kind}, {entry.dates}", day, facts)


def _gave(inspection: InspectionEntry, grade: Grade) -> bool:
    return any(each.grade is grade for each in inspection.grades)


def _day(known: Iterable[Date | None]) -> date | None:
    """The first day that the newest of the dates can mean."""
    return max((each.earliest for each in known if each and each.earliest), default=None)


def newest(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    """So many of the dated entries as a feed holds."""
    return tuple(sorted(filter(None, entries), key=_order)[:ENTRIES])


def _order(entry: Entry) -> tuple[int, str]:
    """Newest first."""
    return (-entry.day.toordinal(), entry.url)


def _updated(ground: Ground, feed: Feed) -> date:
    """The day of the newest entry; a feed without one is as old as the record."""
    as_of = ground.record_as_of
    record = as_of and as_of.earliest
    return max((each.day for each in feed.entries), default=record or date(TAGGED_SINCE, 1, 1))


def _tag(ground: Ground, url: str) -> str:
    return f"tag:{urlsplit(ground.publication.base_url).hostname},{TAGGED_SINCE}:{url}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _cut(text: str) -> str:
    """The text's beginning, up to the end of a word."""
    return text if len(text) <= SUMMARY else text[:SUMMARY].rpartition(" ")[0] + " …"


def _xml(text: str) -> str:
    return escape(_xml_text(text))


def _xml_text(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
