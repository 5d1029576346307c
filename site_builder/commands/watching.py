"""Says which files of a project have changed, once they have come to rest."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

QUIET = 0.02
"""Seconds without a change after which a save is complete."""
POLLING = 1.0
"""Seconds between two looks at the files where the system cannot tell of changes by itself."""

CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Not the opening of a file, or every build would set off the next."""

EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.ENOMEM)
"""How inotify says that the system allows no more watches."""


class Watch(FileSystemEventHandler):
    """Watches some files and folders of a project from `with` until its end; folders may come, go and be renamed."""

    def __init__(
        self,
        root: Path,
        names: tuple[str, ...],
        say: Callable[[str], None],
        observer: Callable[[], BaseObserver] = Observer,
    ) -> None:
        """`names` are of files and folders directly below `root`; `observer` makes what listens to the system."""
        self._root = root.resolve()
        self._names = names
        self._say = say
        self._observer = observer
        self._changes: SimpleQueue[tuple[Path, bool]] = SimpleQueue()

    def __enter__(self) -> Self:
        """Changes from here on are seen, also those before the first `wait`."""
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Every thread and handle of the watch is gone."""
        self._stop()

    def wait(self) -> frozenset[Path]:
        """Waits for a change, then until all is quiet; what has changed since the last call."""
        changed = [self._changes.get()]
        try:
            while True:
                changed.append(self._changes.get(timeout=QUIET))
        except Empty:
            pass
        if any(is_folder for _, is_folder in changed):
            self._stop()
            self._start()
        return frozenset(path for path, _ in changed)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog, in a thread of its own."""
        for name in (event.src_path, event.dest_path):
            if not name:  # only what moves has a second one
                continue
            path = Path(os.fsdecode(name))
            parts = path.relative_to(self._root).parts
            if parts and parts[0] in self._names and not _is_scratch(path.name):
                self._changes.put((path, event.is_directory))

    def _start(self) -> None:
        try:
            self._listen()
        except OSError as error:
            if error.errno not in EXHAUSTED:
                raise
            self._say(f"{error.strerror}: looking at the files every second instead of being told of changes.")
            self._observer = lambda: PollingObserver(timeout=POLLING)
            self._listen()

    def _listen(self) -> None:
        """Listens to each folder by itself: asked to watch what is below a folder, watchdog hides that it could not."""
        while True:
            self._listening = self._observer()
            for folder in self._folders():
                self._listening.schedule(self, str(folder), event_filter=CHANGES)
            try:
                self._listening.start()
            except FileNotFoundError:  # a folder went while we came: look again
                self._stop()
            except OSError:
                self._stop()
                raise
            else:
                return

    def _folders(self) -> Iterator[Path]:
        yield self._root
        for name in self._names:
            for folder, below, _ in os.walk(self._root / name):
                below[:] = [name for name in below if not _is_scratch(name)]
                yield Path(folder)

    def _stop(self) -> None:
        self._listening.stop()
        if self._listening.is_alive():
            self._listening.join()


def _is_scratch(name: str) -> bool:
    """What a program keeps beside its files: `.x.md.swp`, `x.md~`, `__pycache__`."""
    return name.startswith((".", "__pycache__")) or name.endswith("~")
