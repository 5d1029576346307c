"""Answers a path as Netlify answers it: the file, or where it has moved, or 404.html; and the headers it gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from site_builder.site.hosting import headers_for

CONTENT_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "sqlite": "application/vnd.sqlite3",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "woff2": "font/woff2",
    "xml": "application/xml",
}
ANY_OTHER_TYPE = "application/octet-stream"

NOT_SERVED = ("_headers", "_redirects")
"""Netlify reads these and does not serve them."""


@dataclass(frozen=True, slots=True)
class HostedSite:
    """A finished site with its redirects read."""

    files: Mapping[str, bytes]
    moved: Mapping[str, str]
    """Where a path leads that is not a file's; the path without a slash at its end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser gets."""

    status: int
    headers: dict[str, str]
    body: bytes


def host(files: Mapping[str, bytes]) -> HostedSite:
    """The site with its `_redirects` read; ValueError where they are not understood."""
    return HostedSite(files, read_redirects(files.get("_redirects", b"").decode()))


def read_redirects(text: str) -> dict[str, str]:
    """The lines of a `_redirects` file; of what Netlify allows, only what this site writes: `/from/ /to/ 301`."""
    moved = {}
    for line in text.splitlines():
        match = re.fullmatch(r"(/[^\s:*]*) (/(?!/)[^\s:*]*) 301", line)
        if not match:
            raise ValueError(f"_redirects: not of the form “/from/ /to/ 301”: {line}")
        moved[match[1].rstrip("/")] = match[2]
    return moved


def answer(site: HostedSite, path: str, query: str) -> Answer:
    """What Netlify would send for `path`, which is decoded and starts with a slash.

    Only the files given to `host` can be reached, and of these none whose name begins with a dot.
    """
    headers = headers_for(path)
    name = path.removeprefix("/")
    if name == "" or name.endswith("/"):
        name += "index.html"
    if name not in NOT_SERVED and not any(part.startswith(".") for part in name.split("/")):
        if name in site.files:
            return _file(200, name, site.files[name], headers)
        if f"{name}/index.html" in site.files:
            return _moved(f"/{quote(name)}/", query, headers)
    if to := site.moved.get(path.rstrip("/")):
        return _moved(to, query, headers)
    if "404.html" in site.files:
        return _file(404, "404.html", site.files["404.html"], headers)
    return _file(404, "404.txt", b"Not found.\n", headers)


def _file(status: int, name: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    content_type = CONTENT_TYPES.get(name.rpartition(".")[2], ANY_OTHER_TYPE)
    return Answer(status, {"Content-Type": content_type, **headers}, body)


def _moved(to: str, query: str, headers: Mapping[str, str]) -> Answer:
    """Netlify hands the query on."""
    location = f"{to}?{query}" if query else to
    return Answer(301, {**headers, "Location": location}, b"")
