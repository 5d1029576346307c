"""What tests share: the five-seed site, built once by the command line and served as a host would, and a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from house.building import PROJECT, command, lay
from house.hosting import served
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=20_000)  # a page on a busy machine is not a wrong page


def lacking(what: str) -> NoReturn:
    """Skips a test whose tool is not here; where CI runs, everything has to be here."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: `make test` installs it")
    pytest.skip(f"{what} is missing: `make test` installs it where it may")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium that tests drive."""
    found = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    return found or lacking("Chromium")


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of npm packages, with those of the tests."""
    place = PROJECT / "node_modules"
    if not (place / "axe-core").is_dir() or not shutil.which("node"):
        lacking("the npm packages of the tests")
    return place


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project with the five seeds and its finished `output/`; all workers share one.

    The environment's HOUSE names another one that is finished already, by which `make quality` tests larger sites.
    """
    if given := os.environ.get("HOUSE"):
        return Path(given)
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with (shared / "house.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = shared / "house"
        if not folder.exists():
            built = command(lay(folder), "build")
            if built.returncode:
                (folder / "failed").write_text(built.stdout + built.stderr)
        if (folder / "failed").exists():
            pytest.fail("the five-seed site does not build:\n" + (folder / "failed").read_text())
    return folder


@pytest.fixture(scope="session")
def output(house: Path) -> Path:
    """The finished site of five seeds."""
    return house / "output"


@pytest.fixture(scope="session")
def site_url(output: Path) -> Iterator[str]:
    """Where the finished site is served, as a host would serve it; without a slash at the end."""
    with served(output) as url:
        yield url


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser, site_url: str) -> Iterator[BrowserContext]:
    """A fresh profile; at the end, nothing may have been asked of a stranger, nor complained of in the console."""
    complaints: list[str] = []

    def overhear(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            complaints.append(f"{said.text} ({said.location['url']})")

    def note(asked: Request) -> None:
        if not asked.url.startswith((site_url, "data:", "blob:")):
            complaints.append(f"asked a stranger: {asked.url}")

    fresh = browser.new_context(base_url=site_url, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    fresh.on("console", overhear)
    fresh.on("weberror", lambda raised: complaints.append(str(raised.error)))
    fresh.on("request", note)
    yield fresh
    fresh.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of a fresh profile; `page.goto("/search/")` is on the served site."""
    return context.new_page()
