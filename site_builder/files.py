"""The one door to the disk: every read and every write."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from site_builder import frontmatter
from site_builder.lexicon import Lexicon
from site_builder.lexicon import build as build_lexicon
from site_builder.lexicon.labels import Labels
from site_builder.lexicon.labels import read_labels as parse_labels
from site_builder.model import Article, Problem, Problems, RawArticle, Register
from site_builder.register import read_register as parse_register

ARTICLES = Path("content/articles")
SEEDS = Path("seeds")

PACKAGE = Path(__file__).parent
_LARGEST_RAW = 2_000_000
"""Bytes; the longest inspection report is a tenth of it."""

_SCRIPT = Path("lunr/lunr.min.js")
_FONTS = (
    Path("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2"),
    Path("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2"),
    Path("@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2"),
)


# What the project holds for all articles.


def read_register(root: Path) -> Register:
    """The register and the record of the project at `root`."""
    folders = (root / "content" / "register", root / "content" / "record")
    return parse_register(
        {path.name: path.read_text("utf-8") for folder in folders for path in folder.glob("*.[cy]*") if path.is_file()}
    )


def read_lexicon(register: Register) -> Lexicon:
    """The lexicon: the package's own word tables with the names of `register`."""
    folder = PACKAGE / "lexicon"
    return build_lexicon({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}, register)


def read_labels() -> Labels:
    """The names that the site shows, from the package's `lexicon/labels.yaml`."""
    return parse_labels((PACKAGE / "lexicon" / "labels.yaml").read_text("utf-8"))


def read_templates(root: Path) -> dict[str, str]:
    """The source of every template by its path below `templates/`, such as `pages/home.html`."""
    folder = root / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.relative_to(folder).parts[0] != "assets"
    }


def read_assets(root: Path) -> dict[str, bytes]:
    """Style, scripts, fonts by file name: those of `templates/assets/`, lunr.js and the fonts from npm's packages.

    Raises Problems where a package has not been installed.
    """
    own = [path for path in sorted((root / "templates" / "assets").glob("[!.]*")) if path.is_file()]
    packaged = [root / "node_modules" / path for path in (_SCRIPT, *_FONTS)]
    missing = [path for path in packaged if not path.is_file()]
    if missing:
        message = "npm's packages are not installed; run make install"
        raise Problems(Problem(shown(root, path), 0, 0, "missing-file", message) for path in missing)
    return {path.name: path.read_bytes() for path in (*own, *packaged)}


# Articles and what they were converted from.


@dataclass(frozen=True, slots=True)
class Raw:
    """A raw article with the bytes it was read from."""

    article: RawArticle
    data: bytes
    note: str = ""
    """What an editor should know of how it was read; mostly nothing."""


def read_articles(root: Path) -> tuple[Article, ...]:
    """Every article in `content/articles/`, by slug; raises Problems with those of all files."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for path in article_paths(root):
        try:
            articles.append(frontmatter.parse(shown(root, path), read_article_text(root, path)))
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return tuple(articles)


def article_paths(root: Path) -> list[Path]:
    """The files of `content/articles/`, in the order of their names."""
    return _visible(root / ARTICLES, ".md")


def read_article_text(root: Path, path: Path) -> str:
    """What an article's file says, byte order mark and line ends included; raises Problems where it cannot be read."""
    where = shown(root, path)
    data = _bytes(root, path, limit=4 * frontmatter.LARGEST_ARTICLE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "the file is not written in UTF-8; save it with that encoding"
        raise Problems([Problem(where, line, 0, "encoding", message)]) from None


def seed_paths(root: Path) -> list[Path]:
    """The files of `seeds/`, in the order of their names."""
    return _visible(root / SEEDS, ".txt")


def read_raw(root: Path, path: Path) -> Raw:
    """The raw article in a file; raises Problems where there is none that can be read.

    UTF-8, with or without a byte order mark, else Windows-1252, which old pages are saved in.
    """
    return raw_from_bytes(path.name, shown(root, path), _bytes(root, path, limit=_LARGEST_RAW))


def raw_from_bytes(name: str, where: str, data: bytes) -> Raw:
    """The raw article that `data` holds; raises Problems where it is empty or no text."""
    zero = data.find(b"\0")
    if zero >= 0:
        line = data.count(b"\n", 0, zero) + 1
        raise Problems(
            [Problem(where, line, 0, "not-text", "the file holds a zero byte, so it is not text; save it as text")]
        )
    note = ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        note = f"{where}:{line}: read as Windows-1252, because it is not UTF-8"
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise Problems([Problem(where, 0, 0, "empty", "the file is empty; paste the article into it or delete it")])
    return Raw(RawArticle(name, text), data, note)


def shown(root: Path, path: Path) -> str:
    """A path as messages show it: from the project's root where it lies inside, else as it was given."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _visible(folder: Path, ending: str) -> list[Path]:
    """Files whose names end so, sorted; editors' and systems' hidden files are none of ours."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(ending) and entry.name[0] != ".")
    except FileNotFoundError:
        return []
    return [folder / name for name in names]


def _bytes(root: Path, path: Path, limit: int) -> bytes:
    """A file's bytes; raises Problems where it is too large, unreadable, or a link that leads out of the project."""
    where = shown(root, path)
    try:
        if path.is_symlink() and path.is_relative_to(root) and not path.resolve().is_relative_to(root.resolve()):
            message = "this is a link to a file outside the project; put the file itself here"
            raise Problems([Problem(where, 0, 0, "link", message)])
        if path.stat().st_size > limit:
            message = f"the file is larger than the {limit // 1_000_000} MB that may be"
            raise Problems([Problem(where, 0, 0, "size", message)])
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise Problems([unusable(where, error, "read")]) from None


def unusable(where: str, error: Exception, wish: str) -> Problem:
    """What to tell an editor when the system refuses to read or write a file."""
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else "the links lead in a circle"
    return Problem(where, 0, 0, "disk", f"the file cannot be {wish}: {reason[:1].lower()}{reason[1:]}")
