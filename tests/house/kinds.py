"""One page of every kind there is."""

from __future__ import annotations

from pathlib import Path

KINDS = {
    "home": "/",
    "authorities": "/authorities/",
    "authority": "/authorities/tameside/",
    "authority without articles": "/authorities/city-of-london/",
    "judgements": "/judgements/",
    "grade": "/judgements/requires-improvement/",
    "no grade": "/judgements/no-grade/",
    "moves": "/judgements/moves/",
    "articles": "/articles/",
    "articles of a year": "/articles/year/*/",
    "article": "/articles/*/",
    "inspections": "/inspections/",
    "inspections of a year": "/inspections/year/*/",
    "inspection": "/inspections/*/",
    "themes": "/themes/",
    "theme": "/themes/*/",
    "regions": "/regions/",
    "region": "/regions/*/",
    "search": "/search/",
    "search with an answer": "/search/?q=Tameside",
    "compare": "/compare/",
    "compare with councils": "/compare/?a=tameside&a=reading",
    "data": "/data/",
    "about": "/about/",
    "accessibility": "/about/accessibility/",
    "not found": "/404.html",
}

ADDED_BY_SCRIPTS = {"/search/": "#search-hits li", "/compare/": "#compare-chosen thead"}
"""What a page shows of a query in its address, once its scripts have made it."""


def path_of(kind: str, output: Path) -> str:
    """The URL path of one page of this kind; of many, the one with most to show."""
    place = KINDS[kind]
    if "*" not in place:
        return place
    found = output.glob(f"{place.strip('/')}/index.html")
    most = max(found, key=lambda page: (page.stat().st_size, str(page)))
    return "/" + str(most.relative_to(output)).removesuffix("index.html")
