"""Edits articles of a served site and tells how long it is until a reader sees it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EDITS = 20
PATIENCE = 600
"""Seconds that a site may take to appear the first time."""


@dataclass(frozen=True, slots=True)
class Served:
    """Seconds."""

    start: float
    """From the command to a page, where the site was served before."""
    page: tuple[float, ...]
    """From each save to the changed page."""
    search: tuple[float, ...]
    """From each save to other search files."""


def measure(project: Path, environment: Mapping[str, str]) -> Served:
    """Serves the project twice, the second time with what the first has kept, and edits articles."""
    articles = sorted((project / "content/articles").glob("*.md"))
    with _server(project, environment, articles[0].stem) as (_, built):
        built()
    begun = time.perf_counter()
    with _server(project, environment, articles[0].stem) as (get, built):
        start = time.perf_counter() - begun
        times = []
        for number in range(EDITS):
            built()
            times.append(_edited(get, articles[number * len(articles) // EDITS], number))
    return Served(start, tuple(page for page, _ in times), tuple(search for _, search in times))


def _edited(get: Callable[[str], bytes], path: Path, number: int) -> tuple[float, float]:
    """Adds a sentence to the summary, which every form of an article shows, and waits until it is served."""
    word = f"Xylograph{number}q"
    before, epoch = get("/search/files.json"), _epoch(get, 0)
    text = path.read_text("utf-8")
    edited = (
        text.replace("\nsummary: >-\n  ", f"\nsummary: >-\n  {word} is new here.\n  ", 1) + f"\n{word} is new here.\n"
    )
    assert edited.count(word) == 2, path
    path.write_text(edited, "utf-8")
    saved = time.perf_counter()
    while word.encode() not in get(f"/articles/{path.stem}/"):
        epoch = _epoch(get, epoch)
    page = time.perf_counter() - saved
    while get("/search/files.json") == before:
        epoch = _epoch(get, epoch)
    return page, time.perf_counter() - saved


def _epoch(get: Callable[[str], bytes], after: int) -> int:
    """Waits as an open page does until the site is another than that of the epoch `after`; the epoch it has then."""
    return int(json.loads(get(f"/_live/changes?after={after}"))["epoch"])


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            sys.exit("serve: the change has not been served")
        time.sleep(0.002)


@contextmanager
def _server(
    project: Path, environment: Mapping[str, str], slug: str
) -> Iterator[tuple[Callable[[str], bytes], Callable[[], None]]]:
    """A running server that shows the article `slug`.

    As a function from a path to what is served there, and one that waits until it says once more that it has built.
    """
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "serve", "--port", str(port)],
        cwd=project,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr
    assert said

    def get(path: str) -> bytes:
        host = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            host.request("GET", path)
            answer = host.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        except OSError:
            return b""
        finally:
            host.close()

    try:
        _until(lambda: b"<article" in get(f"/articles/{slug}/"))
        yield get, lambda: next((None for line in said if line.startswith("Built in")), None)
    finally:
        process.terminate()  # who runs this in the background has told everything below to ignore Ctrl-C
        process.wait()
