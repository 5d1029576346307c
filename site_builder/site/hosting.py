"""What a host must know: headers, redirects, and the files that crawlers and browsers ask for by fixed names."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from site_builder.edtf import Date
from site_builder.model import Authority
from site_builder.site import urls
from site_builder.site.entries import Site
from site_builder.site.ground import Ground

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types site",
)
POWERFUL_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """Headers for the paths that a pattern covers."""

    path: str
    """As in Netlify's `_headers`: `:name` stands for one step of the path, `*` for any rest."""
    headers: tuple[tuple[str, str], ...]

    def covers(self, path: str) -> bool:
        """True where the rule speaks of `path`."""
        return bool(_pattern(self.path).fullmatch(path))


REVALIDATE = ("Cache-Control", "public, max-age=0, must-revalidate")
OURS_ALONE = ("Cross-Origin-Resource-Policy", "same-origin")
FOR_EVERYONE = (("Cross-Origin-Resource-Policy", "cross-origin"), ("Access-Control-Allow-Origin", "*"))

# No two rules that cover one path may set the same header: hosts differ in which of the two they would send.
_EVERYWHERE = HeaderRule(
    "/*",
    (
        ("Content-Security-Policy", "; ".join(CONTENT_SECURITY_POLICY)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in POWERFUL_FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ),
)
_PAGES = (
    "/",
    "/404.html",
    "/about/*",
    "/articles/*",
    "/authorities/",
    "/authorities/:slug/",
    "/compare/",
    "/data/",
    "/inspections/*",
    "/judgements/",
    "/judgements/:slug/",
    "/regions/*",
    "/search/*",
    "/themes/",
    "/themes/:slug/",
)
_SITEMAP_FILES = ("/sitemap.xml", *(f"/sitemap-{number}.xml" for number in range(1, 10)))
"""A rule names one file: enough for nine times `MOST_IN_A_SITEMAP`."""
_PLACES_WITH_FEEDS = ("", "/authorities/:slug", "/judgements/:slug", "/themes/:slug")
RULES = (
    _EVERYWHERE,
    *(HeaderRule(path, (REVALIDATE, OURS_ALONE)) for path in _PAGES),
    HeaderRule("/assets/*", (("Cache-Control", "public, max-age=31536000, immutable"), OURS_ALONE)),
    *(
        HeaderRule(f"{place}/feed.{ending}", (("Content-Type", f"{kind}; charset=utf-8"), REVALIDATE, *FOR_EVERYONE))
        for place in _PLACES_WITH_FEEDS
        for ending, kind in (("xml", "application/atom+xml"), ("json", "application/feed+json"))
    ),
    *(
        HeaderRule(path, (("Cache-Control", "public, max-age=3600"), *FOR_EVERYONE))
        for path in ("/data/:file", "/data/schema/:file", "/authorities/:slug/data.json", "/authorities/:slug/data.csv")
    ),
    *(HeaderRule(path, (REVALIDATE, OURS_ALONE)) for path in ("/build.json", "/robots.txt", *_SITEMAP_FILES)),
    HeaderRule(
        "/opensearch.xml",
        (("Content-Type", "application/opensearchdescription+xml; charset=utf-8"), REVALIDATE, OURS_ALONE),
    ),
)


def headers_for(path: str) -> dict[str, str]:
    """Every header that the host sends with the file at the URL path `path`, beside those all servers send."""
    return {name: value for rule in RULES if rule.covers(path) for name, value in rule.headers}


def headers_file() -> bytes:
    """`_headers`, as Netlify reads it (https://docs.netlify.com/routing/headers/)."""
    blocks = ("\n".join([rule.path, *(f"  {name}: {value}" for name, value in rule.headers)]) for rule in RULES)
    return ("\n\n".join(blocks) + "\n").encode()


def redirects(authorities: Iterable[Authority], pages: Iterable[str]) -> dict[str, str]:
    """Where each address leads that is no page but that a reader may try: `/authorities/hull/` and the like.

    `pages` are the URL paths that exist; no redirect hides one. A name of two authorities redirects to neither.
    """
    taken = set(pages)
    found: dict[str, set[str]] = {}
    for authority in authorities:
        for name in (*authority.aliases, *authority.weak_aliases):
            found.setdefault(f"/authorities/{as_slug(name)}/", set()).add(f"/authorities/{authority.slug}/")
    return {old: min(new) for old, new in sorted(found.items()) if len(new) == 1 and old not in taken}


def redirects_file(moved: Mapping[str, str]) -> bytes:
    """`_redirects`, as Netlify reads it (https://docs.netlify.com/routing/redirects/)."""
    return "".join(f"{old} {new} 301\n" for old, new in moved.items()).encode()


def as_slug(name: str) -> str:
    """A name as a step of a URL: `B&NES` becomes `b-and-nes`."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and ")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))


_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_IN_A_SITEMAP = 50_000
"""URLs in one file, as the protocol has it."""


def robots(base_url: str) -> bytes:
    """`robots.txt`: all may read; pages of search results are endless and hold nothing of their own."""
    return f"User-agent: *\nDisallow: /search/?\n\nSitemap: {base_url}/sitemap.xml\n".encode()


def sitemap(base_url: str, pages: Mapping[str, Date | None], most: int = MOST_IN_A_SITEMAP) -> dict[str, bytes]:
    """`sitemap.xml` (https://www.sitemaps.org/protocol.html): each URL path and the date of its newest content.

    Where there are more than `most`, it leads to several files that hold them.
    """
    entries = [
        f"<url><loc>{escape(base_url + path)}</loc>{_last_change(newest)}</url>"
        for path, newest in sorted(pages.items())
    ]
    if len(entries) <= most:
        return {"sitemap.xml": _xml("urlset", _SITEMAPS, entries)}
    parts = {
        f"sitemap-{number}.xml": _xml("urlset", _SITEMAPS, entries[start : start + most])
        for number, start in enumerate(range(0, len(entries), most), start=1)
    }
    listed = (f"<sitemap><loc>{escape(base_url)}/{name}</loc></sitemap>" for name in parts)
    return {"sitemap.xml": _xml("sitemapindex", _SITEMAPS, listed), **parts}


def _last_change(newest: Date | None) -> str:
    if newest is None or newest.year is None:
        return ""
    return f"<lastmod>{str(newest).removesuffix('~')}</lastmod>"  # a year or a month alone is a date here too


def opensearch(name: str, base_url: str) -> bytes:
    """`opensearch.xml`, by which a browser offers the site's search (OpenSearch 1.1; short names end at 16 letters)."""
    short = name if len(name) <= 16 else "Inspections"
    return _xml(
        "OpenSearchDescription",
        "http://a9.com/-/spec/opensearch/1.1/",
        (
            f"<ShortName>{escape(short)}</ShortName>",
            f"<LongName>{escape(name[:48])}</LongName>",
            "<Description>Search articles about inspections of children’s services</Description>",
            "<InputEncoding>UTF-8</InputEncoding>",
            f'<Url type="text/html" template="{escape(base_url)}/search/?q={{searchTerms}}"/>',
        ),
    )


@dataclass(frozen=True, slots=True)
class Contents:
    """What is counted of a site, or of the part of it about one council."""

    articles: int
    inspections: int
    newest_article: Date | None
    changed: Mapping[str, Date]
    """For each page whose content has dates, the newest of them."""


def contents(site: Site) -> Contents:
    """What the part of the site about one council holds."""
    dates: dict[str, list[Date | None]] = {article.url: [article.published] for article in site.own_articles}
    for authority in site.authorities:
        inspected = [each.published or each.when for each in authority.inspections]
        dates[authority.url] = [*inspected, *(each.published for each in authority.articles)]
        for inspection in authority.inspections:
            written = [each.article.published for each in inspection.tellings]
            dates[inspection.url] = [inspection.published or inspection.when, *written]
    for theme in site.themes:
        dates[theme.url] = [each.published for each in theme.articles]
    newest = _newest(each.published for each in site.own_articles)
    dates[urls.HOME] = dates[urls.ARTICLES] = [newest]
    return Contents(
        articles=len(site.own_articles),
        inspections=sum(len(authority.inspections) for authority in site.authorities),
        newest_article=newest,
        changed={page: day for page, held in dates.items() if (day := _newest(held))},
    )


def _newest(dates: Iterable[Date | None]) -> Date | None:
    known = [each for each in dates if each and each.latest]
    return max(known, key=lambda each: (each.latest, str(each)), default=None)


def hosting_files(ground: Ground, held: Sequence[Contents], places: Iterable[str]) -> dict[str, bytes]:
    """The files of this module by their place; `places` are those of all other files of the site."""
    base_url = ground.publication.base_url
    every = sorted(places)
    pages = ["/" + place.removesuffix("index.html") for place in every if f"/{place}".endswith("/index.html")]
    changed: dict[str, list[Date | None]] = defaultdict(list)
    for part in held:
        for page, day in part.changed.items():
            changed[page].append(day)
    return {
        "_headers": headers_file(),
        "_redirects": redirects_file(redirects(ground.register.authorities, pages)),
        "robots.txt": robots(base_url),
        **sitemap(base_url, {page: _newest(changed[page]) for page in pages if page != urls.SEARCH}),
        "opensearch.xml": opensearch(ground.publication.name, base_url),
        "build.json": build_record(ground, held, len(every)),
    }


def build_record(ground: Ground, held: Iterable[Contents], files: int) -> bytes:
    """`build.json`: what this build holds, from its content alone, so that equal content gives equal bytes."""
    parts = list(held)
    newest, as_of = _newest(each.newest_article for each in parts), ground.record_as_of
    facts = {
        "articles": sum(each.articles for each in parts),
        "authorities": len(ground.register.authorities),
        "inspections": sum(each.inspections for each in parts),
        "newest_article": str(newest) if newest else None,
        "record_as_of": str(as_of) if as_of else None,
        "files": files,
    }
    return (json.dumps(facts, indent=2) + "\n").encode()


def _xml(root: str, namespace: str, children: Iterable[str]) -> bytes:
    body = "\n".join(children)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{namespace}">\n{body}\n</{root}>\n'.encode()


@cache
def _pattern(path: str) -> re.Pattern[str]:
    """The paths that a rule covers; a last slash is optional and case does not count, as with Netlify."""
    steps = []
    for step in filter(None, path.split("/")):
        if step == "*":
            steps.append("?(.*)")
        elif step.startswith(":"):
            steps.append("([^/]+)")
        else:
            steps.append(re.escape(step))
    return re.compile(f"/{'/'.join(steps)}/?", re.IGNORECASE)
