"""Shows a site to the browsers of this machine, and tells them when there is a newer one."""

from __future__ import annotations

import asyncio
import errno
import html
import json
import re
import socket
import threading
from collections.abc import Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote_to_bytes

from site_builder.model import Problem, Problems
from site_builder.site.netlify import Answer, HostedSite, answer, host

LIVE = "/_live/"
"""Below this path stands what only the preview has; the site has nothing there."""

HEAD_BYTES = 16 * 1024
HEAD_SECONDS = 5.0
"""A browser on the same machine sends its request at once; who dribbles is no browser."""
SEND_SECONDS = 60.0
WAIT_SECONDS = 25.0
"""How long a page's question for something newer stays open; proxies and browsers cut at thirty seconds or more."""
PORTS_TRIED = 50

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}

OWN_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What goes with answers that are not the site's."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What browsers are to show."""

    epoch: int
    """Rises with every change; higher than that of any earlier preview, so that an open page notices a restart."""
    site: HostedSite | None = None
    """The last good site."""
    site_epoch: int = 0
    """When it became so."""
    message: str = ""
    """Why there is no newer one."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that may be answered."""

    path: str
    """Decoded."""
    query: str
    headers: Mapping[str, str]
    """By name in small letters."""


class Preview:
    """Serves from `with` until its end, on 127.0.0.1 and, where there is one, ::1."""

    def __init__(self, script: bytes, epoch: int, port: int) -> None:
        """`script` is `live.js`; where `port` is taken, the next free one is used."""
        self.port = port
        self._script = script
        self._shown = Shown(epoch)

    def __enter__(self) -> Self:
        """Until there is something to show, browsers are kept waiting. Raises Problems where no port is free."""
        sockets = _listen(self.port)
        self.port = sockets[0].getsockname()[1]
        self._hosts = frozenset(f"{name}:{self.port}" for name in ("localhost", "127.0.0.1", "[::1]"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, args=(sockets,), name="preview", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Thread and sockets are gone; open requests are cut."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def show(self, files: Mapping[str, bytes]) -> None:
        """Shows a new good site; pages reload if it differs from the one before or if that had a message over it."""
        shown = self._shown
        if shown.site is None or shown.message or files != shown.site.files:
            epoch = shown.epoch + 1
            self._replace(Shown(epoch, host(files), epoch))

    def tell(self, message: str) -> None:
        """Shows what is wrong, over the last good site."""
        self._replace(replace(self._shown, epoch=self._shown.epoch + 1, message=message))

    def _replace(self, shown: Shown) -> None:
        self._shown = shown
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    def _run(self, sockets: list[socket.socket]) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._accept(sockets))

    async def _accept(self, sockets: list[socket.socket]) -> None:
        async with AsyncExitStack() as servers:
            for sock in sockets:
                server = await asyncio.start_server(self._connected, sock=sock, limit=HEAD_BYTES)
                servers.callback(server.close)
            await self._stopping.wait()
            for sock in sockets:  # a server that is closed, or a task of its that is cancelled, loses a socket
                self._loop.remove_reader(sock)
            while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
                for connection in self._connections:
                    connection.cancel()
                await asyncio.wait(tasks)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Starts to serve a connection, which ends with its task, even with one that is cancelled before it began."""
        connection = self._loop.create_task(self._serve(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)
        connection.add_done_callback(lambda _: writer.transport.abort())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: one request, one answer."""
        try:
            method, reply = await self._reply(reader)
            async with asyncio.timeout(SEND_SECONDS):
                writer.write(_on_the_wire(method, reply))
                await writer.drain()
                writer.write_eof()
                while await reader.read(HEAD_BYTES):  # closed with something unread, the answer would be lost
                    pass
                writer.close()
                await writer.wait_closed()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # the browser has gone

    async def _reply(self, reader: asyncio.StreamReader) -> tuple[str, Answer]:
        try:
            async with asyncio.timeout(HEAD_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
        except TimeoutError:
            return "GET", _refusal(408)
        except asyncio.LimitOverrunError:
            return "GET", _refusal(431)
        method, request = self._understand(head)
        if isinstance(request, Answer):
            return method, request
        if request.path.startswith(LIVE):
            return method, await self._live(request, reader)
        return method, await self._page(request)

    def _understand(self, head: bytes) -> tuple[str, Request | Answer]:
        """The request's method, and what it asks for or the refusal it gets."""
        first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
        line = re.fullmatch(r"([A-Z]{1,20}) ([!-~]+) HTTP/1\.[01]", first)
        fields = [re.fullmatch(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\0\r\n]*?)[ \t]*", line) for line in lines]
        if not line or not all(fields):
            return "GET", _refusal(400)
        method, target = line.groups()
        headers = [(field[1].lower(), field[2]) for field in fields if field]
        hosts = [value.lower() for name, value in headers if name == "host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:  # another name for this machine may be a stranger's trick
            return method, _refusal(403)
        if method not in ("GET", "HEAD"):
            return method, _refusal(405, {"Allow": "GET, HEAD"})
        path, _, query = target.partition("?")
        decoded = _decode(path)
        if decoded is None or "#" in query or "\\" in query:
            return method, _refusal(400)
        return method, Request(decoded, query, dict(headers))

    async def _page(self, request: Request) -> Answer:
        while not (self._shown.site or self._shown.message):
            await self._changed.wait()
        shown = self._shown
        if shown.site is None:
            return Answer(503, OWN_HEADERS | {"Content-Type": "text/html; charset=utf-8"}, _nothing_yet(shown))
        found = answer(shown.site, request.path, request.query)
        if not found.headers.get("Content-Type", "").startswith("text/html"):
            return found
        return replace(found, body=_with_script(found.body, shown.site_epoch))

    async def _live(self, request: Request, reader: asyncio.StreamReader) -> Answer:
        """The script, and the answer to a page that shows epoch N and asks `changes?after=N`: at once, or in a while.

        Other sites' pages get neither: what is being written here is nobody's business.
        """
        origin = request.headers.get("origin")
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _refusal(403)
        if origin is not None and origin not in self._origins:
            return _refusal(403)
        after = re.fullmatch(r"after=(\d{1,20})", request.query)
        if request.path == f"{LIVE}live.js":
            return Answer(200, OWN_HEADERS | {"Content-Type": "text/javascript; charset=utf-8"}, self._script)
        if request.path != f"{LIVE}changes":
            return _refusal(404)
        if not after:
            return _refusal(400)
        if self._shown.epoch == int(after[1]):
            await _first(WAIT_SECONDS, self._changed.wait(), reader.read(1))
        news = {"epoch": self._shown.epoch, "message": self._shown.message}
        return Answer(200, OWN_HEADERS | {"Content-Type": "application/json"}, json.dumps(news).encode())


def _listen(port: int) -> list[socket.socket]:
    """Sockets on the first port from `port` on that is free on every loopback address of this machine."""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            return _listen_on(candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    message = f"this port and the {PORTS_TRIED - 1} after it are all taken; give another with --port"
    raise Problems([Problem(f"port {port}", 0, 0, "port", message)])


def _listen_on(port: int) -> list[socket.socket]:
    sockets = [socket.create_server(("127.0.0.1", port))]
    try:
        sockets.append(socket.create_server(("::1", sockets[0].getsockname()[1]), family=socket.AF_INET6))
    except OSError as error:
        if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):  # this machine has no ::1
            sockets[0].close()
            raise
    return sockets


def _decode(path: str) -> str | None:
    """A request's path, decoded once; None for what no link of a site leads to."""
    if not path.startswith("/") or re.search(r"[#\\]|%(?![0-9A-Fa-f]{2})|%(2f|5c|00)", path, re.IGNORECASE):
        return None
    try:
        return unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None


async def _first(seconds: float, *events: Coroutine[Any, Any, object]) -> None:
    """Waits until the first of them has happened, or for so many seconds."""
    tasks = [asyncio.ensure_future(event) for event in events]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _refusal(status: int, headers: Mapping[str, str] = {}) -> Answer:
    body = f"{status} {REASONS[status]}\n".encode()
    return Answer(status, {**OWN_HEADERS, "Content-Type": "text/plain; charset=utf-8", **headers}, body)


def _on_the_wire(method: str, reply: Answer) -> bytes:
    """Each answer ends its connection: on one machine that costs nothing, and there is no second request to confuse."""
    headers = {**reply.headers, "Content-Length": str(len(reply.body)), "Connection": "close"}
    head = [
        f"HTTP/1.1 {reply.status} {REASONS[reply.status]}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + (b"" if method == "HEAD" else reply.body)


def _with_script(page: bytes, epoch: int) -> bytes:
    script = f'<script defer src="{LIVE}live.js" data-epoch="{epoch}"></script>'.encode()
    before, end_of_head, after = page.partition(b"</head>")
    return before + script + end_of_head + after


def _nothing_yet(shown: Shown) -> bytes:
    """The page in place of every page, as long as there has been no good site."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>
<script defer src="{LIVE}live.js" data-epoch="{shown.epoch}" data-no-site></script></head>
<body><h1>The site could not be built</h1>
<p>It appears here by itself as soon as this is mended:</p>
<pre>{html.escape(shown.message)}</pre></body></html>
""".encode()
