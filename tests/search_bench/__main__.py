"""Prints how the search does beside Pagefind and lunr.py on the same articles, in one run."""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import mimetypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from urllib.parse import unquote

from conftest import CHROMIUM_FLAGS
from house.building import PROJECT
from house.worker import ASK_EACH
from playwright.sync_api import Browser, Page, sync_playwright
from searching import search_files

from search_bench.corpus import articles, odd_strings, queries
from site_builder import files
from site_builder.settings import publication
from site_builder.site import Ground, publish
from site_builder.site.gather import gather

PAGEFIND = PROJECT / "tests/search_bench/node_modules/.bin/pagefind"
OURS = ("/assets/search", "/assets/lunr", "/search/files.json")
PHONE = {"width": 390, "height": 844}


@dataclass(slots=True)
class Served:
    """A folder over HTTP, and what was fetched from it: each path with its bytes after gzip -6."""

    url: str
    fetched: list[tuple[str, int]] = field(default_factory=list)

    def since(self, start: int, prefixes: tuple[str, ...]) -> int:
        """Bytes fetched from below `prefixes` after the first `start` answers."""
        return sum(size for path, size in self.fetched[start:] if path.startswith(prefixes))


class Host(asyncio.Protocol):
    """A host that costs the machine next to nothing, so that what is measured is the search."""

    def __init__(self, log: Served, answer: Callable[[str], bytes]) -> None:
        self.log, self.answer, self.left = log, answer, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self.left = (self.left + data).split(b"\r\n\r\n")
        for request in requests:
            path = unquote(request.split(b" ", 2)[1].decode()).partition("?")[0]
            answer = self.answer(path)
            self.transport.write(answer)  # type: ignore[attr-defined]
            self.log.fetched.append((path, len(answer) - answer.index(b"\r\n\r\n") - 4))


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serves `folder` at a free loopback port, everything compressed, with the caching of the real host."""
    log = Served("")

    @cache
    def answer(path: str) -> bytes:
        place = folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        found = place.is_file()
        body = gzip.compress(place.read_bytes(), 6) if found else b""
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        keep = "public, max-age=31536000, immutable" if path.startswith(("/assets/", "/pagefind/")) else "no-cache"
        head = (
            f"HTTP/1.1 {'200 OK' if found else '404 Not Found'}",
            f"Content-Type: {kind}; charset=utf-8" if kind.startswith("text/") else f"Content-Type: {kind}",
            *(["Content-Encoding: gzip"] if found else []),
            f"Cache-Control: {keep}",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join([*head, "", ""]).encode() + body

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: Host(log, answer), "127.0.0.1", 0))
    log.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    running = Thread(target=loop.run_forever, daemon=True)
    running.start()
    yield log
    loop.call_soon_threadsafe(loop.stop)
    running.join()
    server.close()
    loop.close()


def main() -> None:
    """Prints the tables."""
    asked = argparse.ArgumentParser(prog="make bench-search")
    asked.add_argument("number", nargs="*", type=int, default=[1000, 10_000], help="how many articles")
    asked.add_argument("--first", type=int, default=12, help="queries asked with a cold cache")
    asked.add_argument("--later", type=int, default=40, help="queries asked one after the other")
    asked.add_argument("--strings", type=int, default=0, help="odd strings asked to see what breaks")
    given = asked.parse_args()
    for number in given.number:
        say(f"\n{number} articles\n")
        writers(number)
        with tempfile.TemporaryDirectory() as folder:
            built(Path(folder), number)
            compared(Path(folder), number, given.first, given.later)
            if given.strings:
                broken(Path(folder), given.strings)


def say(line: str) -> None:
    """Prints at once, for the run is long."""
    print(line, flush=True)  # noqa: T201


def writers(number: int) -> None:
    """The index alone: ours, lunr.py as it comes, and lunr.py given our terms."""
    figures = {}
    for who in ("ours", "lunr", "same"):
        command = [sys.executable, "-m", "search_bench.writer", who, str(number)]
        figures[who] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for who, name in (("ours", "ours"), ("lunr", "lunr.py"), ("same", "lunr.py, the same terms")):
        each = figures[who]
        say(
            f"writer, {name:24} {each['seconds']:7.2f} s of processor {each['megabytes']:7.0f} MB"
            f"   {each['seconds'] / figures['ours']['seconds']:5.1f} times ours"
        )


def built(folder: Path, number: int) -> None:
    """The site's pages and search files in `folder`, and Pagefind's beside them."""
    register = files.read_register(PROJECT)
    ground = Ground(
        register,
        files.read_labels(),
        publication(PROJECT),
        files.read_templates(PROJECT),
        files.read_assets(PROJECT),
    )
    told = list(articles(number, register))
    site = gather(told, ground)
    start, used = time.perf_counter(), time.process_time()
    searched = search_files(site)
    ours = (time.perf_counter() - start, time.process_time() - used)
    for place, body in (publish(told, ground) | searched).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(body)
    start, used = time.perf_counter(), _children()
    command = [PAGEFIND, "--site", folder, "--glob", "{articles,inspections}/*/index.html", "--root-selector", "main"]
    subprocess.run(command, capture_output=True, check=True)
    theirs = (time.perf_counter() - start, _children() - used)
    for name, (wall, processor), place in (
        ("ours", ours, folder / "assets/search"),
        ("Pagefind", theirs, folder / "pagefind"),
    ):
        sizes = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
        say(
            f"built, {name:10} {wall:7.1f} s, {processor:6.1f} s of processor;"
            f" {sum(sizes) / 1e6:7.1f} MB on disk in {len(sizes)} files"
        )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compared(folder: Path, number: int, first: int, later: int) -> None:
    """Bytes of first and later queries, and the time from a key to results."""
    asked = queries(number, first + later, files.read_register(PROJECT))
    with served(folder) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(CHROMIUM_FLAGS))
        ours = [_first_of_ours(browser, host, query) for query in asked[:first]]
        theirs = [_first_of_pagefind(browser, host, query) for query in asked[:first]]
        _table("first query", ours, theirs, 0.3)
        ours, times = _later_of_ours(browser, host, asked[first:])
        _table("later query", ours, _later_of_pagefind(browser, host, asked[first:]), 0.4)
        alone = _fetched_alone(browser, host, folder)
        say(f"ten files fetched and nothing done: median {median(alone):.0f} ms, p95 {_p95(alone):.0f} ms")
        say(f"key to results: median {median(times):.0f} ms, p95 {_p95(times):.0f} ms, bar 50 ms")
        browser.close()


def broken(folder: Path, count: int) -> None:
    """What goes wrong when nonsense is asked."""
    with served(folder) as host, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=list(CHROMIUM_FLAGS))
        page = _phone(browser, host, "/search/")
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        found = failed = 0
        strings = odd_strings(count)
        for at in range(0, count, 500):
            answers = page.evaluate(ASK_EACH, strings[at : at + 500])
            failed += sum(isinstance(answer, str) for answer in answers)
            found += sum(isinstance(answer, dict) and any(answer["totals"]) for answer in answers)
        say(f"{count} odd strings: {found} found something, {failed} failed, {len(said)} messages on the console")
        browser.close()


def _chromium() -> str | None:
    return os.environ.get("CHROME_PATH") or shutil.which("chromium")


def _table(what: str, ours: Sequence[int], theirs: Sequence[int], bar: float) -> None:
    for name, figure in (("median", median), ("p95", _p95)):
        one, other = figure(ours) / 1000, figure(theirs) / 1000
        say(f"{what}, {name:6} ours {one:6.1f} kB, Pagefind {other:6.1f} kB, ratio {one / other:.2f}, bar {bar}")


def _p95(figures: Sequence[float]) -> float:
    return quantiles(figures, n=20, method="inclusive")[-1]


def _phone(browser: Browser, host: Served, path: str) -> Page:
    page = browser.new_context(base_url=host.url, viewport=PHONE, reduced_motion="reduce").new_page()
    page.goto(path, wait_until="networkidle")
    return page


TYPE = """query => new Promise((resolve, reject) => {
    const hits = document.getElementById("search-hits");
    const empty = document.getElementById("search-empty");
    const box = document.getElementById("search-box");
    const start = performance.now();
    const done = () => { watch.disconnect(); resolve(performance.now() - start); };
    const watch = new MutationObserver(done);
    watch.observe(hits, { childList: true });
    watch.observe(empty, { attributes: true });
    setTimeout(() => reject(new Error(`no answer to ${query}`)), 20_000);
    box.value = query;
    box.dispatchEvent(new Event("input", { bubbles: true }));
})"""
ASK_PAGEFIND = """async query => {
    self.pagefind ||= await import("/pagefind/pagefind.js");
    const found = await pagefind.search(query);
    return (await Promise.all(found.results.slice(0, 10).map((each) => each.data()))).length;
}"""


def _first_of_ours(browser: Browser, host: Served, query: str) -> int:
    start = len(host.fetched)
    page = _phone(browser, host, "/search/")
    page.locator("#search-box").focus()
    page.evaluate(TYPE, query)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    page.context.close()
    return host.since(start, OURS)


def _first_of_pagefind(browser: Browser, host: Served, query: str) -> int:
    page = _phone(browser, host, "/about/")
    start = len(host.fetched)
    page.evaluate(ASK_PAGEFIND, query)
    page.context.close()
    return host.since(start, ("/pagefind/",))


def _later_of_ours(browser: Browser, host: Served, asked: Sequence[str]) -> tuple[list[int], list[float]]:
    page = _phone(browser, host, "/search/")
    page.locator("#search-box").focus()
    page.evaluate(TYPE, "council")
    sizes, times = [], []
    for query in asked:
        start = len(host.fetched)
        times.append(page.evaluate(TYPE, query))
        page.wait_for_timeout(500)
        sizes.append(host.since(start, OURS))
    page.context.close()
    return sizes, times


FETCH = """async paths => {
    const start = performance.now();
    await Promise.all(paths.map(async (path) => (await fetch(path)).text()));
    return performance.now() - start;
}"""


def _fetched_alone(browser: Browser, host: Served, folder: Path) -> list[float]:
    """How long it takes this machine to fetch ten small files, as a query does."""
    page = _phone(browser, host, "/about/")
    cards = sorted(f"/{path.relative_to(folder)}" for path in (folder / "assets/search").glob("cards-*"))
    times = []
    for start in range(0, min(len(cards), 400), 10):
        times.append(page.evaluate(FETCH, cards[start : start + 10]))
        page.wait_for_timeout(300)
    page.context.close()
    return times


def _later_of_pagefind(browser: Browser, host: Served, asked: Sequence[str]) -> list[int]:
    page = _phone(browser, host, "/about/")
    page.evaluate(ASK_PAGEFIND, "council")
    sizes = []
    for query in asked:
        start = len(host.fetched)
        page.evaluate(ASK_PAGEFIND, query)
        sizes.append(host.since(start, ("/pagefind/",)))
    page.context.close()
    return sizes


if __name__ == "__main__":
    main()
