"""A path is answered as Netlify answers it, from the given files and nothing else."""

from __future__ import annotations

import pytest

from site_builder.site.hosting import headers_for, redirects_file
from site_builder.site.netlify import answer, host

SITE = host(
    {
        "index.html": b"home",
        "404.html": b"not found",
        "authorities/index.html": b"all",
        "authorities/hull/index.html": b"Hull",
        "authorities/hull/data.csv": b"slug",
        "assets/site.0123.css": b"body{}",
        "feed.xml": b"<feed/>",
        ".secret": b"secret",
        "data/.secret/index.html": b"secret",
        "_headers": b"/*\n  X-Any: 1\n",
        "_redirects": redirects_file({"/authorities/kingston-upon-hull/": "/authorities/hull/"}),
    }
)


@pytest.mark.parametrize(
    ("path", "body", "content_type"),
    [
        ("/", b"home", "text/html; charset=utf-8"),
        ("/index.html", b"home", "text/html; charset=utf-8"),
        ("/authorities/hull/", b"Hull", "text/html; charset=utf-8"),
        ("/authorities/hull/data.csv", b"slug", "text/csv; charset=utf-8"),
        ("/assets/site.0123.css", b"body{}", "text/css; charset=utf-8"),
        ("/feed.xml", b"<feed/>", "application/atom+xml; charset=utf-8"),
    ],
)
def test_a_file_comes_with_its_type_and_the_headers_of_its_path(path: str, body: bytes, content_type: str) -> None:
    found = answer(SITE, path, "")
    assert (found.status, found.body) == (200, body)
    assert found.headers == {"Content-Type": content_type, **headers_for(path)}
    assert "Content-Security-Policy" in found.headers


@pytest.mark.parametrize(
    ("path", "query", "to"),
    [
        ("/authorities", "", "/authorities/"),
        ("/authorities/hull", "q=a%20b", "/authorities/hull/?q=a%20b"),
        ("/authorities/kingston-upon-hull/", "", "/authorities/hull/"),
        ("/authorities/kingston-upon-hull", "q=a", "/authorities/hull/?q=a"),
    ],
)
def test_a_folder_without_its_slash_and_what_has_moved_lead_on(path: str, query: str, to: str) -> None:
    found = answer(SITE, path, query)
    assert (found.status, found.headers["Location"], found.body) == (301, to, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/authorities/hull/nowhere",
        "/index.html/",
        "//",
        "//authorities",
        "//authorities/hull/",
        "/authorities//hull/",
        "/authorities/../index.html",
        "/../index.html",
        "/./index.html",
        "/AUTHORITIES/",
        "/_headers",
        "/_redirects",
        "/.secret",
        "/data/.secret/",
        "/data/.secret",
        "/index.html\0",
        "/index.html\r\nSet-Cookie: a=b",
    ],
)
def test_whatever_else_is_not_found(path: str) -> None:
    found = answer(SITE, path, "")
    assert (found.status, found.body) == (404, b"not found")


def test_a_site_without_a_page_for_it_still_says_not_found() -> None:
    found = answer(host({}), "/", "")
    assert (found.status, found.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize("line", ["/a/", "/a/ /b/", "/a/* /b/:splat 301", "/a/ //b/ 301", "/a/ /b/ 200", "a b 301"])
def test_a_redirect_that_this_site_does_not_write_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="_redirects"):
        host({"_redirects": line.encode()})
