"""Builds the site with five articles and with a thousand, holds both to every bar, and prints what it measured."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house.building import PROJECT, command, lay
from house.hosting import served
from house.kinds import KINDS, path_of

from quality.generated import articles
from site_builder import files

SEEDS = 5
HERE = Path(__file__).parent
CONTENT = ("articles", "authorities", "inspections")
TESTS = ("pages", "markup", "links", "weights", "counts", "downloads")
"""The modules of tests/house that ask something of the pages of a site, whatever it holds."""
NOT_FOR_SEARCH_ENGINES = {"not found": ["is-crawlable"], "search with an answer": ["is-crawlable"]}
"""What Lighthouse would count as a fault and is meant: these two pages are not to be listed."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing measured, and what is asked of it."""

    what: str
    figure: str
    asked: str
    held: bool


def main() -> int:
    """Prints a table for each site; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="quality", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[SEEDS, 1000], help="how many; 5 are the seeds")
    parser.add_argument("--only", choices=["tests", "weights", "lighthouse"], help="one part instead of all")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS), help="pages for Lighthouse")
    asked = parser.parse_args()
    missed = 0
    for number in asked.articles:
        with tempfile.TemporaryDirectory() as place:
            port = _free_port()
            house = _built(Path(place) / "house", number, port)
            bars: list[Bar] = []
            if asked.only in (None, "weights"):
                bars += weights(house / "output")
            if asked.only in (None, "tests"):
                bars += tests(house)
            if asked.only in (None, "lighthouse"):
                bars += lighthouse(house / "output", port, asked.kinds)
        _print(f"{number} articles", bars)
        missed += sum(not bar.held for bar in bars)
    return 1 if missed else 0


def _built(folder: Path, number: int, port: int) -> Path:
    """A project with so many articles and its site, whose own address is the one it will be served at."""
    lay(folder)
    for raw in articles(number - SEEDS, files.read_register(PROJECT)):
        (folder / "seeds" / raw.name).write_text(raw.text, "utf-8")
    made = command(folder, "build", "--base-url", f"http://127.0.0.1:{port}", patience=1800)
    if made.returncode:
        sys.exit(made.stdout + made.stderr)
    return folder


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def weights(output: Path) -> Iterator[Bar]:
    """The heaviest page of each kind, style sheet and scripts, in kilobytes after gzip -6."""

    def zipped(path: Path) -> float:
        return len(gzip.compress(path.read_bytes(), 6)) / 1000

    pages = {path: zipped(path) for path in sorted(output.rglob("*.html"))}
    for part in CONTENT:
        path = max((path for path in pages if path.match(f"{part}/*/index.html")), key=pages.__getitem__)
        yield _weight(f"heaviest of {part}/…/", pages[path], 14)
    others = {path: held for path, held in pages.items() if not any(path.match(f"{p}/*/index.html") for p in CONTENT)}
    for path in sorted(others, key=lambda path: -others[path])[:8]:
        yield _weight("/" + str(path.relative_to(output)).removesuffix("index.html"), others[path], 40)
    yield _weight("style sheet", sum(zipped(path) for path in (output / "assets").glob("*.css")), 8)
    fonts = sum(path.stat().st_size for path in (output / "assets").glob("*.woff2")) / 1000
    yield _weight("fonts", fonts, 80)


def _weight(what: str, kilobytes: float, most: int) -> Bar:
    return Bar(f"kB, {what}", f"{kilobytes:.1f}", f"≤ {most}", kilobytes <= most)


def tests(house: Path) -> Iterator[Bar]:
    """The tests of tests/house on this site."""
    report = house / "report.xml"
    modules = [f"tests/house/test_{name}.py" for name in TESTS]
    words = ["-q", "-p", "no:cacheprovider", "-o", "timeout=1800", f"--junitxml={report}", *modules]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=PROJECT,
        env={**os.environ, "HOUSE": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not report.exists():
        sys.exit(run.stdout + run.stderr)
    sums = {name: [0, 0, 0] for name in TESTS}
    for case in ElementTree.parse(report).iter("testcase"):
        wrong = case.find("failure") is not None or case.find("error") is not None
        place = 1 if wrong else 2 if case.find("skipped") is not None else 0
        sums[str(case.get("classname")).rpartition("test_")[2]][place] += 1
    for name, (held, wrong, skipped) in sums.items():
        yield Bar(
            f"tests/house/test_{name}.py", f"{held} held", f"of {held + wrong + skipped}", not wrong and not skipped
        )
    if run.returncode:
        print(run.stdout)


def lighthouse(output: Path, port: int, kinds: Sequence[str]) -> Iterator[Bar]:
    """Lighthouse on a page of each kind, on a phone and on a desktop; the figures of the worst page of each.

    Where a run misses a bar there are up to three: then the median score and shift count, and the least time.
    A run that misses one while the machine is busy, by Lighthouse's own measure, does not count if another can be had.
    """
    jobs = [
        {"path": path_of(kind, output), "form": form, "skip": NOT_FOR_SEARCH_ENGINES.get(kind)}
        for kind in kinds
        for form in ("mobile", "desktop")
    ]
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    with served(output, port) as address, tempfile.TemporaryDirectory() as place:
        listed = Path(place) / "jobs.json"
        listed.write_text(json.dumps(jobs), "utf-8")
        _certify(Path(place))
        told = subprocess.Popen(
            ["node", HERE / "lighthouse.mjs", listed, address, place],
            env={**os.environ, "CHROME_PATH": chromium},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert told.stdout
        runs: list[dict[str, Any]] = []
        for line in told.stdout:
            runs.append(json.loads(line))
            print(_run(runs[-1]), file=sys.stderr, flush=True)
        if told.wait() or len(runs) < len(jobs):
            sys.exit("Lighthouse gave up")
    for form in ("mobile", "desktop"):
        own = [run for run in runs if run["form"] == form]
        for name in ("accessibility", "best-practices", "seo", "performance"):
            worst = min(round(run["scores"][name] * 100) for run in own)
            least = 99 if name == "performance" else 100
            yield Bar(f"Lighthouse {form} {name}, worst of {len(own)}", str(worst), f"≥ {least}", worst >= least)
        for name, most, places in (("lcp", 1500, 0), ("tbt", 50, 0), ("cls", 0, 3)):
            worst = max(run[name] for run in own)
            bar = f"{name.upper()} {form}" + ("" if name == "cls" else ", ms")
            yield Bar(bar, f"{worst:.{places}f}", f"≤ {most}", round(worst, places) <= most)


def _certify(folder: Path) -> None:
    """A key and a certificate for the loopback address, which no one but our own browser believes."""
    words = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", "key.pem"]
    made = ["openssl", "req", "-x509", *words, "-out", "cert.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)


def _run(run: dict[str, Any]) -> str:
    scores = " ".join(f"{name} {round(score * 100)}" for name, score in run["scores"].items())
    figures = f"LCP {run['lcp']:.0f} TBT {run['tbt']:.0f} CLS {run['cls']:.3f} machine {run['machine']}"
    return f"{run['form']:8}{run['path']}: {scores} {figures} {' '.join(run['failed'])}".rstrip()


def _print(title: str, bars: Sequence[Bar]) -> None:
    print(f"\n{title}\n")
    width = max(len(bar.what) for bar in bars)
    for bar in bars:
        print(f"  {bar.what:{width}}  {bar.figure:>9}  {bar.asked:8} {'' if bar.held else 'MISSED'}".rstrip())
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
