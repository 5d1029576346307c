"""The preview answers this machine's browsers and nobody else, and tells them when there is something newer."""

from __future__ import annotations

import gc
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import pytest

from site_builder.commands.preview import HEAD_BYTES, Preview
from site_builder.site.hosting import headers_file, headers_for

SCRIPT = b"// live"
FILES = {
    "index.html": b"<!doctype html><html><head><title>Home</title></head><body>home</body></html>",
    "404.html": b"<!doctype html><title>Page not found</title><p>lost",
    "authorities/index.html": b"<head></head>all",
    "assets/mark.svg": b"<svg/>",
    "search/index.html": b"<head></head>search",
    "feed.xml": b"<feed/>",
    "caf\u00e9/index.html".encode().decode(): b"<head></head>caf\xc3\xa9",
    "_headers": headers_file(),
    "_redirects": b"/old/ /authorities/ 301\n",
    ".env": b"secret",
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def raw(preview: Preview, request: bytes, address: str = "127.0.0.1") -> Reply | None:
    """What comes back for these very bytes; None if the connection just ends."""
    with socket.create_connection((address, preview.port), timeout=20) as connection:
        connection.sendall(request)
        if not request.endswith(b"\r\n\r\n"):
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while block := connection.recv(65536):
            received += block
    if not received:
        return None
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
    assert len({name.lower() for name, _ in headers}) == len(headers), "a header is sent twice"
    return Reply(int(first.split()[1]), dict(headers), body)


def ask(
    preview: Preview, target: str, method: str = "GET", host: str | None = None, headers: dict[str, str] | None = None
) -> Reply:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{preview.port}'}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    reply = raw(preview, "\r\n".join([*lines, "", ""]).encode("latin-1"))
    assert reply is not None
    return reply


def news(preview: Preview, after: int) -> tuple[int, str]:
    """What a page that shows epoch `after` is told."""
    reply = ask(preview, f"/_live/changes?after={after}", headers={"Sec-Fetch-Site": "same-origin"})
    assert reply.status == 200
    told = json.loads(reply.body)
    return told["epoch"], told["message"]


def in_use() -> tuple[int, int]:
    """Threads and open files of this process."""
    return threading.active_count(), len(os.listdir("/proc/self/fd"))


def assert_no_more_than(threads: int, handles: int) -> None:
    """Patient, since the last connection may be about to close."""
    for _ in range(100):
        if in_use() == (threads, handles):
            return
        time.sleep(0.05)
    assert in_use() == (threads, handles)


@pytest.fixture
def empty() -> Iterator[Preview]:
    """A preview that has nothing to show yet."""
    with Preview(SCRIPT, 1000, 0) as preview:
        yield preview


@pytest.fixture
def preview(empty: Preview) -> Preview:
    """A preview that shows FILES, at epoch 1001."""
    empty.show(FILES)
    return empty


def test_a_page_comes_with_the_headers_of_the_host_and_the_script(preview: Preview) -> None:
    reply = ask(preview, "/")
    script = b'<script defer src="/_live/live.js" data-epoch="1001"></script></head>'
    assert reply.status == 200
    assert reply.body == FILES["index.html"].replace(b"</head>", script)
    assert reply.headers == {
        "Content-Type": "text/html; charset=utf-8",
        **headers_for("/"),
        "Content-Length": str(len(reply.body)),
        "Connection": "close",
    }


def test_what_is_not_a_page_comes_as_it_is(preview: Preview) -> None:
    assert ask(preview, "/assets/mark.svg").body == FILES["assets/mark.svg"]
    reply = ask(preview, "/feed.xml")
    assert (reply.body, reply.headers["Access-Control-Allow-Origin"]) == (FILES["feed.xml"], "*")


@pytest.mark.parametrize("path", ["/", "/feed.xml", "/assets/mark.svg", "/nowhere", "/authorities"])
def test_every_answer_has_the_headers_that_the_hosts_file_gives_its_path(preview: Preview, path: str) -> None:
    """Read here by other means than the preview's: the lines below each pattern that covers the path."""
    expected: dict[str, str] = {}
    for block in headers_file().decode().split("\n\n"):
        pattern, *lines = block.strip().splitlines()
        if pattern in ("/*", path) or (pattern == "/assets/*" and path.startswith("/assets/")) or pattern == f"{path}/":
            expected |= dict(line.strip().split(": ", 1) for line in lines)
    headers = ask(preview, path).headers
    assert expected.items() <= headers.items()
    assert set(headers) - set(expected) <= {"Content-Type", "Content-Length", "Connection", "Location"}


def test_head_is_get_without_the_body(preview: Preview) -> None:
    got, asked = ask(preview, "/"), ask(preview, "/", "HEAD")
    assert (asked.status, asked.headers, asked.body) == (got.status, got.headers, b"")


def test_an_unknown_path_gets_the_sites_own_page_with_the_script(preview: Preview) -> None:
    reply = ask(preview, "/nowhere/")
    assert reply.status == 404
    assert reply.body.startswith(FILES["404.html"])
    assert b"live.js" in reply.body


def test_a_folder_and_what_has_moved_lead_on(preview: Preview) -> None:
    assert ask(preview, "/authorities?q=1").headers["Location"] == "/authorities/?q=1"
    assert ask(preview, "/old/").headers["Location"] == "/authorities/"


def test_a_path_is_decoded_once(preview: Preview) -> None:
    assert ask(preview, "/caf%C3%A9/").status == 200
    assert ask(preview, "/caf%25C3%25A9/").status == 404
    assert ask(preview, "/%61uthorities/").status == 200


def test_a_readers_query_may_hold_anything_encoded(preview: Preview) -> None:
    assert ask(preview, "/search/?q=%2F..%5C%23%00+//&x=/../").status == 200


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_this_machine_is_known_by_three_names(preview: Preview, name: str) -> None:
    assert ask(preview, "/", host=f"{name}:{preview.port}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost",
        "localhost:1",
        "localhost:{port}.evil.example",
        "localhost.:{port}",
        "evil.localhost:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.2:{port}",
        "0.0.0.0:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "[::]:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "::1:{port}",
        "evil@localhost:{port}",
        "localhost:{port}, evil.example",
        "localhost:{port}/",
        "",
    ],
)
@pytest.mark.parametrize("target", ["/", "/feed.xml", "/_live/live.js", "/_live/changes?after=0"])
def test_a_request_in_any_other_name_is_refused(preview: Preview, host: str, target: str) -> None:
    reply = raw(preview, f"GET {target} HTTP/1.1\r\nHost: {host.format(port=preview.port)}\r\n\r\n".encode())
    assert reply is not None
    assert (reply.status, reply.body) == (403, b"403 Forbidden\n")
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_no_host_or_two_are_refused(preview: Preview) -> None:
    host = f"Host: localhost:{preview.port}\r\n".encode()
    for hosts in (b"", host + host, host + b"Host: evil.example\r\n"):
        reply = raw(preview, b"GET / HTTP/1.1\r\n" + hosts + b"\r\n")
        assert reply is not None
        assert reply.status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_only_reading_is_allowed(preview: Preview, method: str) -> None:
    reply = ask(preview, "/", method, headers={"Content-Length": "4"})
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD")


# What got files out of the development servers of others: the forms that their advisories name, on our paths.
@pytest.mark.parametrize(
    "target",
    [
        "",
        "*",
        "index.html",
        "../index.html",
        "http://127.0.0.1:{port}/",
        "http://evil.example/",
        "//evil.example#",
        "/#",
        "/#/../../etc/passwd",
        "/index.html#?raw",
        "/..%2findex.html",
        "/..%2Findex.html",
        "/authorities%2f..%2f.env",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/%2f/etc/passwd",
        "/..%5c..%5c.env",
        "/..\\..\\.env",
        "/\\evil.example",
        "/%00",
        "/index.html%00.svg",
        "/\0",
        "/a\0b",
        "/%",
        "/%2",
        "/%zz",
        "/%u002e",
        "/%ff",
        "/%c0%ae%c0%ae/",
        "/caf\u00e9/",
        "/ HTTP/1.1 ",
        "/a b",
        "/\t",
        "/?q=\\",
        "/?q=#",
        "/?q=\0",
    ],
)
def test_targets_that_no_link_has_are_refused(preview: Preview, target: str) -> None:
    reply = ask(preview, target.format(port=preview.port))
    assert (reply.status, reply.body) == (400, b"400 Bad Request\n")


@pytest.mark.parametrize(
    "target",
    [
        "/.env",
        "/.env?raw",
        "/.env?raw??",
        "/.env?import&raw",
        "/.env?.svg?.wasm?init",
        "/.env?inline=1.svg",
        "/.env/",
        "/.env/.",
        "/%2eenv",
        "/authorities/../.env",
        "/authorities/%2e%2e/.env",
        "/../.env",
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%252e%252e%252f.env",
        "//",
        "//etc/passwd",
        "///etc/passwd",
        "/etc/passwd",
        "/@fs/etc/passwd",
        "/@fs/etc/passwd?import&raw??",
        "/file:///etc/passwd",
        "/./index.html",
        "/index.html/",
        "/index.html/.",
        "/index.html.svg",
        "/index.html%23",
        "/index.html%3Fraw",
        "/index.html;.svg",
        "/_headers",
        "/_redirects",
        "/_live",
        "/_live/",
        "/_live/../.env",
        "/_live/live.js/",
        "/_live/%2e%2e/index.html",
        "/pyproject.toml",
        "/~root/",
        "/CON",
        "/index.html::$DATA",
    ],
)
def test_nothing_but_the_sites_files_is_found(preview: Preview, target: str) -> None:
    reply = ask(preview, target)
    assert reply.status == 404
    assert b"secret" not in reply.body
    assert b"root:" not in reply.body


def test_a_double_slash_is_never_led_to_another_host(preview: Preview) -> None:
    for target in ("//authorities", "//evil.example/..", "/authorities//", "//evil.example/%2e%2e/authorities"):
        assert "Location" not in ask(preview, target).headers


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/2.0\r\n\r\n",
        b"get / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: a\0\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        bytes(range(256)) + b"\r\n\r\n",
    ],
)
def test_what_is_not_a_request_is_refused(preview: Preview, request_bytes: bytes) -> None:
    reply = raw(preview, request_bytes)
    assert reply is not None
    assert reply.status == 400


def test_half_a_request_is_not_answered(preview: Preview) -> None:
    assert raw(preview, b"GET / HTTP/1.1\r\nHost: ") is None
    assert raw(preview, b"") is None


def test_an_endless_head_is_refused(preview: Preview) -> None:
    reply = raw(preview, b"GET / HTTP/1.1\r\nX: " + b"a" * 2 * HEAD_BYTES)
    assert reply is not None
    assert reply.status == 431


def test_a_body_that_nobody_asked_for_does_not_lose_the_answer(preview: Preview) -> None:
    host = f"Host: localhost:{preview.port}\r\n".encode()
    body = b"x" * 1_000_000
    reply = raw(preview, b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 1000000\r\n\r\n" + body)
    assert reply is not None
    assert reply.status == 405


def test_many_ask_at_once(preview: Preview) -> None:
    with ThreadPoolExecutor(32) as pool:
        assert {reply.status for reply in pool.map(lambda _: ask(preview, "/"), range(200))} == {200}


def test_only_this_machine_is_listened_to(preview: Preview) -> None:
    """The address by which others reach this machine, where it has one, is not answered."""
    for address in {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, type=socket.SOCK_STREAM)}:
        if str(address) not in ("127.0.0.1", "::1"):
            with pytest.raises(ConnectionError):
                raw(preview, b"", str(address))


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 in this Python")
def test_the_newer_loopback_address_is_listened_to_where_there_is_one(preview: Preview) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("no ::1 on this machine")
    reply = raw(preview, f"GET / HTTP/1.1\r\nHost: [::1]:{preview.port}\r\n\r\n".encode(), "::1")
    assert reply is not None
    assert reply.status == 200


def test_a_taken_port_gives_way_to_the_next() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with Preview(SCRIPT, 1, port) as preview:
            assert port < preview.port < port + 50


def test_the_script_is_served(preview: Preview) -> None:
    reply = ask(preview, "/_live/live.js", headers={"Sec-Fetch-Site": "same-origin"})
    assert (reply.status, reply.body) == (200, SCRIPT)
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert reply.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_page_that_is_behind_is_told_at_once(preview: Preview) -> None:
    assert news(preview, 0) == (1001, "")
    assert news(preview, 999_999) == (1001, "")  # it was open before the preview was started anew


def test_a_page_that_is_up_to_date_waits_for_news(preview: Preview) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = (pool.submit(news, preview, 1001) for _ in range(2))
        preview.show(FILES | {"index.html": b"new"})
        assert first.result() == second.result() == (1002, "")
    assert ask(preview, "/").body.startswith(b"new<script")


def test_the_same_site_again_is_no_news(preview: Preview) -> None:
    preview.show(dict(FILES))
    assert news(preview, 0) == (1001, "")


def test_a_fault_is_told_and_the_last_good_site_stays_until_it_is_mended(preview: Preview) -> None:
    preview.tell('a.md:3: error[grade]: "god" is not a grade.')
    assert news(preview, 1001) == (1002, 'a.md:3: error[grade]: "god" is not a grade.')
    assert b'data-epoch="1001"' in ask(preview, "/").body  # so a page opened now asks at once, and hears of it
    preview.show(dict(FILES))
    assert news(preview, 1002) == (1003, "")


def test_without_any_good_site_every_page_says_what_is_wrong(empty: Preview) -> None:
    empty.tell("a.md: <b>wrong</b>")
    reply = ask(empty, "/articles/a/")
    assert reply.status == 503
    assert b"a.md: &lt;b&gt;wrong&lt;/b&gt;" in reply.body
    assert b'data-epoch="1001" data-no-site' in reply.body
    assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
    empty.show(FILES)
    assert ask(empty, "/").status == 200


def test_browsers_that_come_before_the_first_site_wait_for_it(empty: Preview) -> None:
    with ThreadPoolExecutor(1) as pool:
        early = pool.submit(ask, empty, "/")
        empty.show(FILES)
        assert early.result().status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://localhost:{port}"},
        {"Origin": "http://localhost:{port}.evil.example"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
@pytest.mark.parametrize("target", ["/_live/changes?after=0", "/_live/live.js"])
def test_other_sites_pages_hear_nothing(preview: Preview, headers: dict[str, str], target: str) -> None:
    port = preview.port
    reply = ask(preview, target, headers={name: value.format(port=port) for name, value in headers.items()})
    assert reply.status == 403
    assert not any(name.lower().startswith("access-control") for name in reply.headers)


def test_own_pages_hear_under_each_name(preview: Preview) -> None:
    for name in ("localhost", "127.0.0.1", "[::1]"):
        reply = ask(preview, "/_live/changes?after=0", headers={"Origin": f"http://{name}:{preview.port}"})
        assert reply.status == 200


@pytest.mark.parametrize("query", ["", "?after=", "?after=-1", "?after=1e9", "?after=1&after=2", "?after=" + "9" * 99])
def test_a_question_for_news_that_no_page_asks_is_refused(preview: Preview, query: str) -> None:
    assert ask(preview, f"/_live/changes{query}").status == 400


def test_thousands_of_changes_leave_nothing_behind(preview: Preview) -> None:
    threads, handles = in_use()
    for number in range(2_000):
        preview.show(FILES | {"index.html": str(number).encode()})
        if number % 20 == 0:
            assert news(preview, 0)[0] == 1002 + number
    assert_no_more_than(threads, handles)


def test_stopping_cuts_open_requests_and_leaves_nothing_behind() -> None:
    threads, handles = in_use()
    with Preview(SCRIPT, 1, 0) as preview:
        preview.show(FILES)
        waiting = socket.create_connection(("127.0.0.1", preview.port), timeout=20)
        host = f"Host: localhost:{preview.port}".encode()
        waiting.sendall(b"GET /_live/changes?after=2 HTTP/1.1\r\n" + host + b"\r\n\r\n")
        assert ask(preview, "/").status == 200
    assert waiting.recv(1) == b""
    waiting.close()
    assert_no_more_than(threads, handles)


def test_one_who_comes_as_it_stops_is_cut_too(caplog: pytest.LogCaptureFixture) -> None:
    threads, handles = in_use()
    for number in range(100):
        with Preview(SCRIPT, 1, 0) as preview:
            late = socket.create_connection(("127.0.0.1", preview.port), timeout=20)
            time.sleep(number % 10 / 10_000)
        with late, suppress(ConnectionResetError):
            assert late.recv(1) == b""
    gc.collect()  # a socket that was left open is an error here
    assert_no_more_than(threads, handles)
    assert not caplog.records
