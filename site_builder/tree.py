"""The finished site on disk: a new one is completed beside the old, then the two change places."""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from site_builder.files import FILE_MODE, FOLDER_MODE, unusable, write_new
from site_builder.model import Problem, Problems

KEPT = ".gitkeep"
"""Git knows no empty folders; this file keeps output/ in the project."""


class Tree(Mapping[str, bytes]):
    """The files of a finished site by their place; read from the disk when they are asked for."""

    def __init__(self, output: Path, newer: Mapping[str, bytes] = {}) -> None:
        """`newer` are files that are not on the disk yet."""
        self._output = output
        self._newer = newer

    def __getitem__(self, place: str) -> bytes:
        """The file's bytes; KeyError where there is none."""
        if place in self._newer:
            return self._newer[place]
        try:
            return (self._output / place).read_bytes()
        except (OSError, ValueError):
            raise KeyError(place) from None

    def __iter__(self) -> Iterator[str]:
        """Every place."""
        return (path.relative_to(self._output).as_posix() for path in self._output.rglob("*") if path.is_file())

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        """True of itself alone: no other can be told to be equal without reading all of both."""
        return self is other

    __hash__ = Mapping.__hash__


def staging(output: Path) -> Path:
    """An empty folder beside `output` for what is made anew; clears up after a build that was killed.

    Raises Problems where the folder cannot be used.
    """
    if output.is_symlink():
        message = "the folder is a link to another place; make it a folder, since it is swapped as a whole"
        raise Problems([Problem(f"{output.name}/", 0, 0, "link", message)])
    staged, _ = _beside(output)
    try:
        _recover(output)
        _make_folder(staged)
    except OSError as error:
        raise _refused(output.name, error) from None
    return staged


def put(staged: Path, place: str, data: bytes, standing: Path | None) -> bool:
    """Puts a file into the staging folder, unless the same already stands at its place in `standing`.

    True where it was written. Raises ValueError for what is no place below a folder, Problems where the system refuses.
    """
    parts = place.split("/")
    if not place or "\\" in place or "\0" in place or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{place!r} is no place in the output folder")
    if standing and _holds(standing / place, data):
        return False
    path = staged / place
    try:
        try:
            write_new(path, data)
        except FileNotFoundError:
            _make_folders(staged, parts[:-1])
            write_new(path, data)
    except OSError as error:
        raise _refused(staged.name.split(".")[1], error) from None
    return True


def swap_whole(output: Path, staged: Path) -> None:
    """Puts the staging folder, which holds the whole site, in the place of `output`."""
    _, spare = _beside(output)
    try:
        write_new(staged / KEPT, b"")
        _exchange(staged, output)
        shutil.rmtree(staged, ignore_errors=True)
        shutil.rmtree(spare, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise _refused(output.name, error) from None


def swap_changes(
    output: Path,
    staged: Path,
    changed: Iterable[str],
    gone: Iterable[str],
    stays: Iterable[str],
    behind: Iterable[str] | None,
) -> None:
    """Makes `output` hold what is `changed`, which lies in the staging folder, and not what is `gone`, all at once.

    The site before the last one is kept beside `output`. It is brought up to date, which takes only what has changed
    since: `behind` are the places where the two differ, None where that is not known; then it is made anew of
    links to the files at `stays`. Then the two change places.
    """
    _, spare = _beside(output)
    next_one = _half_way(output)
    try:
        if behind is None or not spare.is_dir():
            _prepare(output, stays)
            behind = ()
        spare.rename(next_one)  # so that what a killed build did to it is never taken for the site before the last
        for place in behind:
            _remove(next_one, place)
            _move(output / place, next_one, place, os.link)
        for place in changed:
            _move(staged / place, next_one, place, os.replace)
        for place in gone:
            _remove(next_one, place)
        _exchange(next_one, output)
        next_one.rename(spare)
        shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(next_one, ignore_errors=True)
        shutil.rmtree(staged, ignore_errors=True)
        raise _refused(output.name, error) from None


def prepare(output: Path, stays: Iterable[str]) -> None:
    """Puts beside `output`, which holds files at `stays`, what a later change goes into and need not wait for then.

    Raises Problems where the system refuses.
    """
    try:
        _prepare(output, stays)
    except OSError as error:
        shutil.rmtree(_half_way(output), ignore_errors=True)
        raise _refused(output.name, error) from None


def _prepare(output: Path, stays: Iterable[str]) -> None:
    _, spare = _beside(output)
    next_one = _half_way(output)
    shutil.rmtree(spare, ignore_errors=True)
    _make_folder(next_one)
    for place in (*stays, KEPT):
        _move(output / place, next_one, place, os.link)
    next_one.rename(spare)


def abandon(output: Path) -> None:
    """Throws away what was made anew; `output` stands as it stood."""
    shutil.rmtree(_beside(output)[0], ignore_errors=True)


def identity(output: Path) -> str:
    """Tells whether it is the folder of another time, made since this machine was started; "" where there is none.

    What was written before a power cut may be lost although it was there.
    """
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # only Linux tells
        started = ""
    try:
        folder = output.lstat()
    except FileNotFoundError:
        return ""
    # Numbers of folders are given again to others, which were then last changed at another time.
    return f"{folder.st_ino} {folder.st_mtime_ns} {started}"


def _beside(output: Path) -> tuple[Path, Path]:
    """The staging folder, and that of the site before the last."""
    return output.with_name(f".{output.name}.unfinished"), output.with_name(f".{output.name}.previous")


def _refused(name: str, error: OSError) -> Problems:
    problem = unusable(f"{name}/", error, "written")
    return Problems([replace(problem, message=f"{problem.message}; the site stands as it stood before")])


def _recover(output: Path) -> None:
    """Clears up after a build that was killed, even between the two halves of a swap."""
    staged, _ = _beside(output)
    swapped = _between(output)
    if swapped.exists():
        if output.exists():
            shutil.rmtree(swapped)
        else:
            swapped.rename(output)
    for left in (staged, _half_way(output)):
        if left.exists():
            shutil.rmtree(left)


def _half_way(output: Path) -> Path:
    """The site before the last while it is brought up to date."""
    return output.with_name(f".{output.name}.half-way")


def _between(output: Path) -> Path:
    """Where the old site is between the two halves of a swap."""
    return output.with_name(f".{output.name}.swapped")


def _exchange(finished: Path, output: Path) -> None:
    """Has `finished` and `output` change places.

    Linux swaps two folders in one step; elsewhere there is a moment between two steps, which `_recover` knows of.
    """
    if not output.exists():
        finished.rename(output)
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "renameat2"):
        both = (os.fsencode(finished), os.fsencode(output))
        if libc.renameat2(_AT_FDCWD, both[0], _AT_FDCWD, both[1], _RENAME_EXCHANGE) == 0:
            return
    swapped = _between(output)
    output.rename(swapped)
    finished.rename(output)
    swapped.rename(finished)


_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def _make_folders(folder: Path, steps: Sequence[str]) -> None:
    for step in steps:
        folder = folder / step
        with suppress(FileExistsError):
            _make_folder(folder)


def _make_folder(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(FOLDER_MODE)


def _holds(path: Path, data: bytes) -> bool:
    """True where the file holds these bytes, and as everyone may read it."""
    try:
        state = path.lstat()
        return state.st_mode == stat.S_IFREG | FILE_MODE and state.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _move(path: Path, folder: Path, place: str, how: Callable[[Path, Path], None]) -> None:
    """Puts the file at `path`, where there is one, below `folder` too."""
    try:
        how(path, folder / place)
    except FileNotFoundError:
        if path.exists():
            _make_folders(folder, place.split("/")[:-1])
            how(path, folder / place)


def _remove(folder: Path, place: str) -> None:
    """Removes a file, if it is there, and the folders that are empty without it."""
    path = folder / place
    try:
        path.unlink()
    except FileNotFoundError:
        return
    for above in path.parents:
        if above == folder:
            return
        try:
            above.rmdir()
        except OSError:  # something else lies there
            return
