"""A build after edits makes what a build from nothing makes."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from projects import PROJECT

from bench.edits import differing, from_nothing, history, one_more_council, project, tree
from site_builder.cli import main
from site_builder.commands.build import MEMO, OUTPUT, Place, ahead, make
from site_builder.files import article_paths
from site_builder.memo import Memo, load
from site_builder.site.stages import LATER

TIMES = 18
EVERY = 6


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch, node_modules: Path):  # noqa: ARG001 (skips without it)
    """Builds a project in this process, as the command line does."""

    def built(root: Path) -> bool:
        monkeypatch.chdir(root)
        return main(["build"]) == 0

    return built


@pytest.mark.slow
def test_after_edits_the_site_is_that_of_a_build_from_nothing(tmp_path: Path, build, capsys) -> None:
    done = []
    for number, what in enumerate(islice(history(tmp_path / "edited", 3, build), TIMES + 1)):
        done.append(what)
        if number % EVERY == 0:
            cold = from_nothing(tmp_path / "edited", tmp_path / "cold", build)
            assert differing(tree(tmp_path / "edited/output"), cold) == [], "\n".join(done)
    assert capsys.readouterr().err.count("error[") == sum(what.count("mistake (") for what in done)


@pytest.mark.slow
def test_neither_machine_nor_settings_nor_the_order_of_files_changes_a_byte(tmp_path: Path, node_modules: Path) -> None:  # noqa: ARG001
    trees = []
    for jobs, umask, order, environment in (
        ("1", 0o022, 1, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
        ("3", 0o077, -1, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
    ):
        root = project(tmp_path / jobs)
        _written_in_order(root / "content/articles", order)
        made = subprocess.run(
            [sys.executable, "-W", "error", "-m", "site_builder", "build", "--jobs", jobs],
            cwd=root,
            env={"PATH": "/usr/bin", "PYTHONPATH": str(PROJECT), **environment},
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        trees.append(tree(root / "output"))
    assert differing(*trees) == []


def test_the_pages_of_any_article_are_the_same_without_the_others_words(tmp_path: Path, build) -> None:
    root = project(tmp_path)
    assert build(root)
    place, known = Place(str(root)), load(root / MEMO)
    for article in article_paths(root):
        first = ahead(place, known, [article]).pages
        assert first
        assert first == {place: (root / OUTPUT / place).read_bytes() for place in first}


def test_the_other_councils_of_an_edited_article_may_wait(tmp_path: Path, build) -> None:
    root = project(tmp_path / "edited")
    chance = random.Random(1)
    for _ in range(6):
        one_more_council(chance, root)
    assert build(root)
    place, before = Place(str(root)), load(root / MEMO)
    article = root / next(name for name, each in before.articles.items() if len(each.councils) > 1)
    article.write_text(article.read_text("utf-8") + "\nOnce more.\n", "utf-8")
    first = ahead(place, before, [article])
    half = make(place, root / OUTPUT, root / MEMO, before, print, Executor, LATER | first.others)
    done = [name for name in half.jobs if name.startswith("council/") and half.jobs[name] is not before.jobs[name]]
    assert len(done) == 1
    make(place, root / OUTPUT, root / MEMO, half, print, Executor)
    assert differing(tree(root / OUTPUT), from_nothing(root, tmp_path / "alone", build)) == []


def _written_in_order(folder: Path, order: int) -> None:
    """Writes the files anew, the first or the last one first, with so much text that several processes are worth it."""
    texts = {path: path.read_text("utf-8") for path in folder.iterdir()}
    for path in texts:
        path.unlink()
    for path in sorted(texts)[::order]:
        body = texts[path].rpartition("---\n")[2]
        path.write_text(texts[path] + 100 * body, "utf-8")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_cluster_makes_the_same_bytes(tmp_path: Path, build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages run on any executor of `concurrent.futures`; here on that of Dask, with two workers on this machine."""
    root = project(tmp_path / "project")
    _written_in_order(root / "content/articles", 1)
    elsewhere = from_nothing(root, tmp_path / "alone", build)
    asked = []
    monkeypatch.setattr("site_builder.commands.build.WORTH_PROCESSES", 0)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        make(
            Place(str(root)),
            root / OUTPUT,
            root / MEMO,
            Memo(),
            print,
            lambda: asked.append(1) or client.get_executor(),
        )
        assert asked, "the work was not worth a cluster"
        assert len(client.has_what()) == 2
    assert differing(tree(root / OUTPUT), elsewhere) == []
