"""The finished site behind a server that answers as Netlify would."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from site_builder.site.netlify import answer, host

ZIPPED = ("text/", "application/json", "application/xml", "application/atom+xml", "application/feed+json", "image/svg")
"""Kinds of file that go out compressed to those who take it."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Serves the site in `folder` at a loopback port, a free one if none is given, while the block runs.

    Yields its address.
    """
    site = host({str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()})

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            found = answer(site, unquote(path), query)
            headers, body = dict(found.headers), found.body
            if headers.get("Content-Type", "").startswith(ZIPPED) and "gzip" in self.headers.get("Accept-Encoding", ""):
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
                body = gzip.compress(body, 6)
            self.send_response(found.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: a test that fails tells what it asked for."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Host)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
