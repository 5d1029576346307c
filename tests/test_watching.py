"""A change is told once it is complete, whatever way an editor saves, and none is missed."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from site_builder.commands.watching import Watch

NAMES = ("content", "seeds", "templates", "pyproject.toml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("content/articles", "seeds", "templates/pages", "output", "templates/__pycache__"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "content/articles/a.md").write_text("a")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


class Told:
    """What a watch has told so far, in a thread of its own so that a test can also see that nothing is told."""

    def __init__(self, watch: Watch, root: Path) -> None:
        self._told: SimpleQueue[set[str]] = SimpleQueue()
        self._watch = watch
        self._root = root.resolve()
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        while True:
            self._told.put({path.relative_to(self._root).as_posix() for path in self._watch.wait()})

    def next(self) -> set[str]:
        return self._told.get(timeout=20)

    def nothing(self) -> bool:
        try:
            self._told.get(timeout=0.5)
        except Empty:
            return True
        return False


Watching = Callable[..., Told]


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    running: list[Watch] = []

    def start(say: Callable[[str], None] = lambda _: None, observer: Callable[[], BaseObserver] = Observer) -> Told:
        watch = Watch(project, NAMES, say, observer)
        watch.__enter__()
        running.append(watch)
        return Told(watch, project)

    yield start
    for watch in running:
        watch.__exit__(None, None, None)


def test_a_save_is_told_once(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles/a.md").write_text("b")
    assert told.next() == {"content/articles/a.md"}


def test_a_save_by_rename_is_told_and_scratch_files_are_not(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles/.a.md.swp").write_text("b")
    (project / "content/articles/a.md~").write_text("a")
    assert told.nothing()
    (project / "content/articles/.a.md.new").write_text("b")
    os.replace(project / "content/articles/.a.md.new", project / "content/articles/a.md")
    assert told.next() == {"content/articles/a.md"}


def test_reading_and_what_lies_elsewhere_is_not_told(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles/a.md").read_text()
    list((project / "content/articles").iterdir())
    (project / "output/index.html").write_text("page")
    (project / "notes.txt").write_text("note")
    (project / "templates/__pycache__/x.pyc").write_text("")
    assert told.nothing()


def test_a_file_beside_the_folders_is_told(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "pyproject.toml").write_text("[project]")
    assert told.next() == {"pyproject.toml"}


def test_a_deleted_file_is_told(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles/a.md").unlink()
    assert told.next() == {"content/articles/a.md"}


def test_thousands_of_files_are_told_together(project: Path, watching: Watching) -> None:
    told = watching()
    missing = {f"seeds/{number}.txt" for number in range(10_000)}
    for name in missing:
        (project / name).write_text("text")
    tellings = 0
    while missing:
        missing -= told.next()
        tellings += 1
    assert tellings < 100  # one, on a machine that never pauses the writer
    assert told.nothing()


def test_a_new_folder_is_watched(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles/2018/may").mkdir(parents=True)
    (project / "content/articles/2018/may/early.md").write_text("written before anyone could watch")
    assert "content/articles/2018" in told.next()
    (project / "content/articles/2018/may/late.md").write_text("b")
    assert told.next() == {"content/articles/2018/may/late.md"}


def test_a_renamed_folder_is_watched_under_its_new_name(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "content/articles").rename(project / "content/pieces")
    assert {"content/articles", "content/pieces"} <= told.next()
    (project / "content/pieces/a.md").write_text("b")
    assert told.next() == {"content/pieces/a.md"}


def test_a_whole_folder_may_go_and_come_back(project: Path, watching: Watching) -> None:
    told = watching()
    (project / "templates").rename(project / "away")
    assert "templates" in told.next()
    (project / "away").rename(project / "templates")
    assert "templates" in told.next()
    (project / "templates/pages/home.html").write_text("home")
    assert told.next() == {"templates/pages/home.html"}


def test_a_change_before_anyone_waits_is_told(project: Path) -> None:
    with Watch(project, NAMES, print) as watch:
        (project / "seeds/a.txt").write_text("a")
        assert watch.wait() == {project.resolve() / "seeds/a.txt"}


@pytest.mark.parametrize("reason", [errno.EMFILE, errno.ENOSPC])
def test_where_the_system_cannot_watch_the_files_are_looked_at(project: Path, watching: Watching, reason: int) -> None:
    def exhausted() -> BaseObserver:
        raise OSError(reason, "inotify watch limit reached")

    said: list[str] = []
    told = watching(said.append, exhausted)
    assert said == ["inotify watch limit reached: looking at the files every second instead of being told of changes."]
    (project / "content/articles/a.md").write_text("longer than before")
    assert told.next() == {"content/articles/a.md"}
    (project / "content/articles/new").mkdir()
    assert told.next() == {"content/articles/new"}
    (project / "content/articles/new/b.md").write_text("b")
    assert told.next() == {"content/articles/new/b.md"}


def test_another_fault_of_the_system_is_not_hidden(project: Path) -> None:
    def broken() -> BaseObserver:
        raise PermissionError(errno.EACCES, "no")

    with pytest.raises(PermissionError), Watch(project, NAMES, print, broken):
        pass


def test_nothing_is_left_behind(project: Path) -> None:
    threads, handles = threading.active_count(), len(os.listdir("/proc/self/fd"))
    for number in range(20):
        with Watch(project, NAMES, print) as watch:
            (project / f"content/{number}").mkdir()
            watch.wait()
    assert threading.active_count() == threads
    assert len(os.listdir("/proc/self/fd")) == handles
