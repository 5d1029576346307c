"""The finished site behind a server that keeps to its `_headers`, as Netlify would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


def header_rules(text: str) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """A `_headers` file as patterns of paths and the headers each adds."""
    rules: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("/"):
            parts = re.split(r"(\*|:\w+)", line.strip())
            pattern = "".join(".*" if p == "*" else "[^/]+" if p.startswith(":") else re.escape(p) for p in parts)
            rules.append((re.compile(pattern), []))
        else:
            name, _, value = line.strip().partition(":")
            rules[-1][1].append((name, value.strip()))
    return rules


class Host(SimpleHTTPRequestHandler):
    """Files of one folder with the headers that its `_headers` asks for, and its 404 page."""

    protocol_version = "HTTP/1.1"

    def asked(self) -> dict[str, str]:
        """The headers that `_headers` asks for with this path."""
        path = self.path.partition("?")[0]
        rules = header_rules((Path(self.directory) / "_headers").read_text("utf-8"))
        return dict(header for pattern, headers in rules if pattern.fullmatch(path) for header in headers)

    def send_header(self, keyword: str, value: str) -> None:
        if keyword not in self.asked():
            super().send_header(keyword, value)

    def end_headers(self) -> None:
        for name, value in self.asked().items():
            super().send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory) / "404.html"
        if code != 404 or not lost.exists():
            return super().send_error(code, message, explain)
        body = lost.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a test that fails tells what it asked for."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves `folder` at a free loopback port while the block runs; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
