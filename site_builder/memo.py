"""What jobs have made, kept from one build to the next: each under a key of all that it was made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from site_builder.files import write_new

VERSION = 1
"""Of the form in which all this is written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Some bytes in a file."""

    path: str
    digest: str
    start: int
    length: int

    def read(self) -> bytes:
        """The bytes."""
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return file.read(self.length)


@dataclass(frozen=True, slots=True)
class Done:
    """A job that has been done."""

    key: str
    places: tuple[str, ...]
    """Of the files that it made."""
    letters: tuple[tuple[str, Kept], ...]
    """To other jobs, by their names."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article's file as it was read."""

    size: int
    changed: int
    """When the file was last changed, in nanoseconds as the system counts them."""
    digest: str
    councils: tuple[str, ...]
    """Whose jobs need it."""
    unsettled: tuple[str, ...]
    """Of whom it tells an inspection that the record does not have."""


@dataclass(slots=True)
class Memo:
    """All that is known of the last build; empty where nothing is, which only costs time."""

    tree: str = ""
    """Which folder holds what it made."""
    ground: str = ""
    """The digest of all that every job is made of."""
    inputs: str = ""
    """What it was made from, as the names, sizes and times of all files."""
    seeds: str = ""
    """The same of the raw articles and of what was made of them."""
    behind: list[str] | None = None
    """Places at which the site before it differs; None where there is none."""
    jobs: dict[str, Done] = field(default_factory=dict)
    articles: dict[str, Known] = field(default_factory=dict)


def digest(data: bytes) -> str:
    """Tells bytes from all others."""
    return sha256(data).hexdigest()[:32]


def keep(folder: Path, key: str, letters: Iterable[tuple[str, bytes]]) -> tuple[tuple[str, Kept], ...]:
    """Keeps the letters of the job with this key, each once, in one file."""
    path = folder / "letters" / key
    parts: list[bytes] = []
    kept: list[tuple[str, Kept]] = []
    known: dict[str, Kept] = {}
    start = 0
    for to, text in letters:
        marked = digest(text)
        if marked not in known:
            known[marked] = Kept(str(path), marked, start, len(text))
            parts.append(text)
            start += len(text)
        kept.append((to, known[marked]))
    if parts:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, b"".join(parts))
    return tuple(kept)


def load(folder: Path) -> Memo:
    """What is known of the last build."""
    try:
        held = json.loads((folder / "memo.json").read_bytes())
        if held["version"] != VERSION:
            return Memo()
        return Memo(
            held["tree"],
            held["ground"],
            held["inputs"],
            held["seeds"],
            held["behind"],
            {name: _done(folder, *each) for name, each in held["jobs"].items()},
            {name: Known(*each[:3], *map(tuple, each[3:])) for name, each in held["articles"].items()},
        )
    except (OSError, ValueError, LookupError, TypeError):  # none there, or one that is broken
        return Memo()


def _done(folder: Path, key: str, places: list[str], letters: list[tuple[str, str, int, int]]) -> Done:
    path = str(folder / "letters" / key)
    return Done(
        key, tuple(places), tuple((to, Kept(path, marked, start, length)) for to, marked, start, length in letters)
    )


def save(folder: Path, memo: Memo) -> None:
    """Keeps what is known of this build, and throws away the letters that it knows nothing of."""
    jobs = {
        name: [done.key, done.places, [[to, kept.digest, kept.start, kept.length] for to, kept in done.letters]]
        for name, done in memo.jobs.items()
    }
    articles = {
        name: (each.size, each.changed, each.digest, each.councils, each.unsettled)
        for name, each in memo.articles.items()
    }
    text = json.dumps(
        {
            "version": VERSION,
            "tree": memo.tree,
            "ground": memo.ground,
            "inputs": memo.inputs,
            "seeds": memo.seeds,
            "behind": memo.behind,
            "jobs": jobs,
            "articles": articles,
        },
        separators=(",", ":"),
    )
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "memo.unfinished"
    write_new(unfinished, text.encode())
    unfinished.replace(folder / "memo.json")
    current = {done.key for done in memo.jobs.values()}
    with suppress(FileNotFoundError):
        for path in (folder / "letters").iterdir():
            if path.name not in current:
                path.unlink()
