"""A save shows in an open page by itself; a mistake shows its message there and in the terminal, until it is mended."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest
from house.building import PROJECT, lay
from playwright.sync_api import Browser, Page, expect

from site_builder.commands.serve import serve
from site_builder.files import read_live_script
from site_builder.model import Problem, Problems
from site_builder.site.hosting import headers_for

SCRIPT = read_live_script()


@dataclass(frozen=True)
class Serving:
    """A running server and the small project that it shows."""

    root: Path
    url: str
    said: SimpleQueue[str]

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text)

    def hear(self, pattern: str) -> str:
        """The next line in the terminal that matches; fails if none comes."""
        while True:
            line = self.said.get(timeout=20)
            if re.search(pattern, line):
                return line

    def get(self, path: str = "") -> str:
        with urllib.request.urlopen(self.url + path, timeout=20) as reply:
            text: str = reply.read().decode()
            return text


def tiny_site(root: Path) -> dict[str, bytes]:
    """One page: the article in the template. An article that says "wrong" is a mistake, a seed that says it a bug."""
    article = (root / "content/a.md").read_text()
    if "wrong" in article:
        raise Problems([Problem("content/a.md", 1, 3, "grade", "“wrong” is <b>not</b> a grade.", article)])
    if "stop" in article:
        raise KeyboardInterrupt
    assert (root / "seeds/a.txt").read_text() != "wrong"
    head = "<!doctype html><html lang=en><head><title>Tiny</title><link rel=icon href=data:,></head><body>"
    return {"index.html": (head + (root / "templates/page.html").read_text().replace("ARTICLE", article)).encode()}


Start = Callable[..., Serving]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    for path, text in (("content/a.md", "first"), ("seeds/a.txt", "raw"), ("templates/page.html", "<h1>ARTICLE</h1>")):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text)
    running: list[threading.Thread] = []

    def begin(article: str = "first") -> Serving:
        (tmp_path / "content/a.md").write_text(article)
        said: SimpleQueue[str] = SimpleQueue()
        thread = threading.Thread(
            target=serve, args=(tmp_path, 0, SCRIPT, lambda _: iter([tiny_site(tmp_path)]), said.put)
        )
        thread.start()
        running.append(thread)
        heard = []
        while not (match := re.search(r"http://127\.0\.0\.1:\d+/", line := said.get(timeout=20))):
            heard.append(line)
        for line in heard:
            said.put(line)
        return Serving(tmp_path, match[0], said)

    yield begin
    for thread in running:
        (tmp_path / "content/a.md").write_text("stop")  # as Ctrl-C would
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("content/a.md", "second", "<h1>second</h1>"),
        ("templates/page.html", "<h2>ARTICLE</h2>", "<h2>first</h2>"),
    ],
)
def test_a_save_is_built_and_shown(start: Start, path: str, text: str, shown: str) -> None:
    serving = start()
    assert "<h1>first</h1>" in serving.get()
    serving.write(path, text)
    assert serving.hear("changed") == f"{path} changed."
    assert re.fullmatch(r"Built in \d+\.\d s\.", serving.hear("Built"))
    assert shown in serving.get()


def test_a_seed_and_the_settings_are_built_again_too(start: Start) -> None:
    serving = start()
    for path in ("seeds/b.txt", "pyproject.toml"):
        serving.hear("Built")
        serving.write(path, "")
        serving.hear(f"^{path} changed")
    serving.hear("Built")


def test_a_mistake_is_said_and_the_last_good_site_stays(start: Start) -> None:
    serving = start()
    serving.write("content/a.md", "so wrong")
    assert "content/a.md:1:3: error[grade]: “wrong”" in serving.hear("error")
    assert "<h1>first</h1>" in serving.get()
    serving.write("content/a.md", "mended")
    serving.hear("Built")
    assert "<h1>mended</h1>" in serving.get()


def test_a_bug_is_said_with_its_traceback_and_does_not_end_the_server(start: Start) -> None:
    serving = start()
    serving.write("seeds/a.txt", "wrong")
    assert "tiny_site" in serving.hear("Traceback")
    assert "<h1>first</h1>" in serving.get()


def test_changed_code_asks_for_a_new_start(start: Start) -> None:
    serving = start()
    (serving.root / "site_builder").mkdir()
    serving.write("site_builder/grades.py", "")
    assert "start again" in serving.hear("site_builder")


def test_what_conversion_keeps_for_itself_is_not_built_again(start: Start) -> None:
    serving = start()
    (serving.root / "content/machine").mkdir()
    serving.write("content/machine/a.md", "what was read")
    serving.write("content/a.md", "second")
    assert "machine" not in serving.hear("changed")


def test_a_taken_port_is_said(start: Start, tmp_path: Path) -> None:
    port = int(start().url.split(":")[2].strip("/"))
    said: SimpleQueue[str] = SimpleQueue()

    def stop(_: object) -> dict[str, bytes]:
        raise KeyboardInterrupt

    serve(tmp_path, port, SCRIPT, stop, said.put)
    assert re.fullmatch(rf"Port {port} is taken; using \d+\.", said.get())
    assert said.get() == "Stopped."


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """`python -m site_builder serve` in a copy of the project."""
    root = lay(tmp_path / "project")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "site_builder", "serve", "--port", "0"],
        cwd=root,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )
    with process:
        yield process, root
        process.kill()


def line_with(process: subprocess.Popen[str], pattern: str) -> str:
    """The next line in the terminal that matches; fails if the process ends before."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line)
        if re.search(pattern, line):
            return line
    raise AssertionError("".join(heard))


@pytest.mark.usefixtures("node_modules")
def test_the_command_serves_the_project_until_it_is_interrupted(real: tuple[subprocess.Popen[str], Path]) -> None:
    process, root = real
    url = line_with(process, "http://").split()[2]
    with urllib.request.urlopen(url + "search/", timeout=20) as reply:
        assert "/_live/live.js" in reply.read().decode()
        assert headers_for("/search/").items() <= dict(reply.headers).items()

    broken = root / "content/articles/broken.md"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("---\ntitel: A slip\n---\n\nText.\n")
    assert "content/articles/broken.md:2:1: error[" in line_with(process, r"error\[")
    broken.unlink()
    line_with(process, "^Built")

    process.send_signal(signal.SIGINT)
    assert line_with(process, "Stopped")
    assert process.wait(timeout=20) == 0
    assert not (root / "output").exists()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of any address that may complain of nothing but an answer of "not built yet"."""
    complaints: list[str] = []
    context = browser.new_context()
    context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda raised: complaints.append(str(raised.error)))
    yield context.new_page()
    context.close()
    assert [text for text in complaints if "503" not in text] == []


@pytest.mark.browser
def test_an_open_page_follows_every_save(start: Start, page: Page) -> None:
    serving = start()
    page.goto(serving.url)
    expect(page.locator("h1")).to_have_text("first")
    serving.write("content/a.md", "second")
    expect(page.locator("h1")).to_have_text("second", timeout=20_000)
    serving.write("templates/page.html", "<h2>ARTICLE</h2>")
    expect(page.locator("h2")).to_have_text("second", timeout=20_000)


@pytest.mark.browser
def test_an_open_page_shows_a_mistake_until_it_is_mended(start: Start, page: Page) -> None:
    serving = start()
    page.goto(serving.url)
    serving.write("content/a.md", "so wrong")
    overlay = page.get_by_role("alert")
    expect(overlay).to_contain_text("content/a.md:1:3: error[grade]: “wrong” is <b>not</b> a grade.", timeout=20_000)
    expect(overlay).to_be_in_viewport()
    expect(page.locator("h1")).to_have_text("first")

    page.reload()  # a page opened in the meantime shows it too
    expect(overlay).to_contain_text("error[grade]", timeout=20_000)
    serving.write("content/a.md", "still wrong")
    expect(overlay).to_contain_text("still wrong", timeout=20_000)

    serving.write("content/a.md", "mended")
    expect(page.locator("h1")).to_have_text("mended", timeout=20_000)
    expect(overlay).to_have_count(0)


@pytest.mark.browser
def test_a_site_that_never_built_appears_once_it_is_mended(start: Start, page: Page) -> None:
    serving = start("wrong")
    page.goto(serving.url + "articles/a/")
    expect(page.locator("pre")).to_contain_text("error[grade]")
    serving.write("content/a.md", "wrong again")
    expect(page.locator("pre")).to_contain_text("wrong again", timeout=20_000)
    page.goto(serving.url)
    serving.write("content/a.md", "mended")
    expect(page.locator("h1")).to_have_text("mended", timeout=20_000)
