"""The one place that makes URLs."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from site_builder.model import Area, Grade, Region, Theme

HOME = "/"
AUTHORITIES = "/authorities/"
JUDGEMENTS = "/judgements/"
NO_GRADE = "/judgements/no-grade/"
MOVES = "/judgements/moves/"
ARTICLES = "/articles/"
INSPECTIONS = "/inspections/"
THEMES = "/themes/"
REGIONS = "/regions/"
SEARCH = "/search/"
COMPARE = "/compare/"
DATA = "/data/"
ABOUT = "/about/"
MISTAKES = "/about/#mistakes"
RIGHTS = "/about/#rights"
ACCESSIBILITY = "/about/accessibility/"
NOT_FOUND = "/404.html"
OPENSEARCH = "/opensearch.xml"


def authority(slug: str) -> str:
    """One authority's page."""
    return f"{AUTHORITIES}{slug}/"


def article(slug: str, anchor: str = "") -> str:
    """One article's page, or the marked words in it that `anchor` names."""
    return f"{ARTICLES}{slug}/" + (anchor and f"#{anchor}")


def articles_of(year: str, part: int = 1) -> str:
    """The articles of one year, or of `Year not stated`; a year of many articles has several parts."""
    return f"{ARTICLES}year/{_year(year)}/" + (f"{part}/" if part > 1 else "")


def inspections_of(year: str) -> str:
    """The inspections and visits of one year, or of `Year not stated`."""
    return f"{INSPECTIONS}year/{_year(year)}/"


def _year(name: str) -> str:
    return name.lower().removeprefix("year ").replace(" ", "-")


def anchors(names: Iterable[str]) -> list[str]:
    """The names as anchors of one page; one that comes again is numbered."""
    met: Counter[str] = Counter()
    made = []
    for name in names:
        met[name] += 1
        made.append(name if met[name] == 1 else f"{name}-{met[name]}")
    return made


def anchors_of_words(letter: str, texts: Iterable[str]) -> list[str]:
    """An anchor for each text that changes only with its words: `f-3fa2b1`."""
    return anchors(f"{letter}-{hashlib.sha256(text.encode()).hexdigest()[:6]}" for text in texts)


def inspection(id: str) -> str:
    """One inspection's page."""
    return f"{INSPECTIONS}{id}/"


def grade(grade: Grade, area: Area | None = None) -> str:
    """The page of a grade, or its list for one area."""
    return f"{JUDGEMENTS}{grade}/" + (f"#{area}" if area else "")


def theme(theme: Theme) -> str:
    """One theme's page."""
    return f"{THEMES}{theme}/"


def region(region: Region) -> str:
    """One region's page."""
    return f"{REGIONS}{region_slug(region)}/"


def region_slug(region: Region) -> str:
    """A region's name as it stands in a URL: `yorkshire-and-the-humber`."""
    return region.lower().replace(" ", "-")


def compare(slugs: Iterable[str]) -> str:
    """The page that puts these authorities side by side."""
    return COMPARE + "?" + urlencode([("a", slug) for slug in slugs])


def feed(page: str) -> str:
    """The Atom feed beside the page at URL `page`."""
    return f"{page}feed.xml"


def json_feed(page: str) -> str:
    """The JSON feed beside the page at URL `page`."""
    return f"{page}feed.json"


def data(authority_slug: str, kind: str) -> str:
    """The facts of one authority as a file; `kind` is `json` or `csv`."""
    return f"{authority(authority_slug)}data.{kind}"


def asset(hashed_name: str) -> str:
    """A style sheet, script or font; its name carries the hash of its bytes."""
    return f"/assets/{hashed_name}"


def absolute(base_url: str, url: str) -> str:
    """`url` with the site's own address before it."""
    return base_url.rstrip("/") + url


def place(url: str) -> str:
    """The file in the output folder that answers for `url`: `authorities/leeds/index.html`."""
    path = url.partition("#")[0].removeprefix("/")
    return path + "index.html" if path == "" or path.endswith("/") else path
