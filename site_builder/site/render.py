"""Turns pages into bytes: one Jinja environment, every template compiled once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache

import jinja2

from site_builder.model import Grade, Region
from site_builder.site import dates, urls, wording
from site_builder.site.ground import Ground
from site_builder.site.pages import Page

FRAME = ("symbols", "appearance", "search_scripts", "search_box", "colophon")
"""What stands on every page alike."""
ASSET_IN_CSS = re.compile(r"url\(([\w.-]+)\)")


def render(ground: Ground, pages: Iterable[Page]) -> dict[str, bytes]:
    """The files of the pages by their place in the output folder.

    Raises jinja2.TemplateError, with the template's name and line, where a template is wrong.
    """
    environment = environment_for(ground)
    return {urls.place(page.url): environment.get_template(page.template).render(page=page).encode() for page in pages}


def compile_templates(ground: Ground) -> None:
    """Compiles every template now, and not when the first page asks for it."""
    environment = environment_for(ground)
    for name in ground.templates:
        with suppress(jinja2.TemplateSyntaxError):  # of one that no page asks for, half written perhaps
            environment.get_template(name)


def asset_files(ground: Ground) -> dict[str, bytes]:
    """Style, scripts, fonts by their place in the output folder, the hash of the bytes in each name."""
    assets, hashed = _assets(ground)
    return {urls.place(urls.asset(hashed[name])): _linked(name, body, hashed) for name, body in assets.items()}


def _assets(ground: Ground) -> tuple[dict[str, bytes], dict[str, str]]:
    assets = {name: _without_comments(name, body) for name, body in ground.assets.items()}
    return assets, hashed_names(assets)


@lru_cache(maxsize=1)
def environment_for(ground: Ground) -> jinja2.Environment:
    """What templates see: `site`, the labels, the URLs, dates in words; an unknown name is an error."""
    _, hashed = _assets(ground)
    base, canonical = ground.publication.base_url, ground.publication.canonical or ground.publication.base_url
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _named(name, ground.templates)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "site": ground,
        "labels": ground.labels,
        "regions": tuple(Region),
        "urls": urls,
        "dates": dates,
        "wording": wording,
        "trail": lambda page: trail(base, page),
        "asset": lambda name: urls.asset(hashed[name]),
        "absolute": lambda url: urls.absolute(base, url),
        "canonical": lambda url: urls.absolute(canonical, url),
    }
    environment.filters |= {"date": dates.in_words, "begin": wording.at_the_beginning}
    parts = environment.get_template("parts/grade.html").make_module()
    drawn = {grade: parts.drawn(grade) for grade in Grade}  # type: ignore[attr-defined]  # pages show 100,000 of them
    environment.globals["badge"] = drawn.__getitem__
    frame = environment.get_template("parts/frame.html").make_module()
    environment.globals["frame"] = {part: getattr(frame, part)() for part in FRAME}
    environment.globals["navigation"] = lru_cache(frame.navigation)  # type: ignore[attr-defined]
    return environment


def trail(base_url: str, page: Page) -> dict[str, object]:
    """The breadcrumb for search engines (https://schema.org/BreadcrumbList)."""
    steps = [(crumb.name, crumb.url) for crumb in page.crumbs] + [(page.heading, page.url)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": urls.absolute(base_url, url),
            }
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }


def hashed_names(assets: Mapping[str, bytes]) -> dict[str, str]:
    """Each asset's name with the hash of its bytes: `site.css` → `site.3f2a….css`.

    A style sheet's hash also covers the assets, so that a changed font changes the sheet that names it.
    """
    every = hashlib.sha256(b"".join(assets[name] for name in sorted(assets))).digest()
    hashed = {}
    for name, body in assets.items():
        stem, _, ending = name.rpartition(".")
        extra = every if ending == "css" else b""
        hashed[name] = f"{stem}.{hashlib.sha256(body + extra).hexdigest()[:10]}.{ending}"
    return hashed


def _without_comments(name: str, body: bytes) -> bytes:
    """A script without its lines of comment and without indentation, which readers need not fetch; else as it is."""
    if not name.endswith(".js"):
        return body
    lines = (line.strip() for line in body.split(b"\n"))
    return b"\n".join(line for line in lines if line and not line.startswith(b"//"))


def _linked(name: str, body: bytes, hashed: Mapping[str, str]) -> bytes:
    """A style sheet with its `url(font.woff2)` led to the hashed names; anything else as it is."""
    if not name.endswith(".css"):
        return body
    return ASSET_IN_CSS.sub(lambda found: f"url({urls.asset(hashed[found[1]])})", body.decode()).encode()


def _named(name: str, templates: Mapping[str, str]) -> tuple[str, str, None] | None:
    """Jinja's loader contract: source and file name, so that its errors point at `templates/…:line`."""
    return (templates[name], f"templates/{name}", None) if name in templates else None
