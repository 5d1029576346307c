"""The one door to the disk: every read and every write."""

from __future__ import annotations

import csv
import fcntl
import gc
import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from site_builder import frontmatter
from site_builder.checks import Written
from site_builder.lexicon import Lexicon
from site_builder.lexicon import build as build_lexicon
from site_builder.lexicon.labels import Labels
from site_builder.lexicon.labels import read_labels as parse_labels
from site_builder.measured import Measured
from site_builder.measured import parse as parse_measured
from site_builder.model import Article, Problem, Problems, RawArticle, Register
from site_builder.register import read_register as parse_register
from site_builder.text import saved_page

ARTICLES = Path("content/articles")
SEEDS = Path("seeds")
MACHINE = Path("content/machine")
CONVERSIONS = MACHINE / "seeds.csv"
MEASURED = Path("content/measured.yaml")
_COLUMNS = ("raw", "slug", "sha256")

PACKAGE = Path(__file__).parent
_LARGEST_RAW = 2_000_000
"""Bytes; the longest inspection report is a tenth of it."""
_LARGEST_TEMPLATE = 2_000_000
"""Bytes, also of a style sheet, script or picture; no reader waits for more."""

_SCRIPT = Path("lunr/lunr.min.js")
_FONTS = (
    Path("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2"),
    Path("@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2"),
)


# What the project holds for all articles.


def read_register(root: Path) -> Register:
    """The register and the record of the project at `root`; raises Problems where a file is missing or broken."""
    folders = (root / "content" / "register", root / "content" / "record")
    paths = {path.name: path for folder in folders for path in folder.glob("*.[cy]*") if path.is_file()}
    try:
        return parse_register({name: _utf8(shown(root, path), path.read_bytes()) for name, path in paths.items()})
    except Problems as found:
        places = {name: shown(root, path) for name, path in paths.items()}
        raise Problems(replace(each, where=places.get(each.where, each.where)) for each in found.problems) from None


def read_lexicon(register: Register) -> Lexicon:
    """The lexicon: the package's own word tables with the names of `register`."""
    folder = PACKAGE / "lexicon"
    lexicon = build_lexicon({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}, register)
    gc.freeze()  # it holds no circles and lasts: the collector would walk it again and again, and find nothing
    return lexicon


def read_labels() -> Labels:
    """The names that the site shows and those that readers use, from the package's `lexicon/`."""
    labels, synonyms = ((PACKAGE / "lexicon" / name).read_text("utf-8") for name in ("labels.yaml", "synonyms.yaml"))
    return parse_labels(labels, synonyms)


def read_measured(root: Path) -> Measured | None:
    """How well extraction reads, where that has been measured; raises Problems where the figures are broken."""
    path = root / MEASURED
    where = shown(root, path)
    return parse_measured(where, _utf8(where, _bytes(root, path, _LARGEST_TEMPLATE))) if path.is_file() else None


def read_templates(root: Path) -> dict[str, str]:
    """The source of every template by its path below `templates/`, such as `pages/home.html`.

    Raises Problems where one cannot be read.
    """
    folder = root / "templates"
    return {
        path.relative_to(folder).as_posix(): _utf8(shown(root, path), _bytes(root, path, _LARGEST_TEMPLATE))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.relative_to(folder).parts[0] != "assets"
    }


def read_assets(root: Path) -> dict[str, bytes]:
    """Style, scripts, fonts by file name: those of `templates/assets/`, lunr.js and the fonts from npm's packages.

    Raises Problems where a package has not been installed, or a file cannot be read.
    """
    own = [path for path in sorted((root / "templates" / "assets").glob("[!.]*")) if path.is_file()]
    packaged = [root / "node_modules" / path for path in (_SCRIPT, *_FONTS)]
    missing = [path for path in packaged if not path.is_file()]
    if missing:
        message = "npm's packages are not installed; run make install"
        raise Problems(Problem(shown(root, path), 0, 0, "missing-file", message) for path in missing)
    files = {path.name: _bytes(root, path, _LARGEST_TEMPLATE) for path in own}
    return files | {path.name: path.read_bytes() for path in packaged}


State = tuple[str, int, int]
"""A file's path, its size in bytes, and when it was last changed, in nanoseconds as the system counts them."""


def ground_paths(root: Path) -> list[Path]:
    """Every file but articles that a site depends on: the register, names, templates, settings, and the code itself."""
    folders = [root / "content" / "register", root / "content" / "record", root / "templates", PACKAGE]
    found = [
        path
        for folder in folders
        for path in folder.rglob("[!.]*")  # what begins with a dot is a program's own, beside the file that is edited
        if path.suffix != ".pyc" and path.is_file()
    ]
    single = [root / "pyproject.toml", root / "requirements.txt", root / MEASURED]
    packaged = [root / "node_modules" / path for path in (_SCRIPT, *_FONTS)]
    return sorted([*found, *(path for path in (*single, *packaged) if path.is_file())])


def states(root: Path, paths: Iterable[Path]) -> list[State]:
    """How each of the files stands; one that cannot be looked at is told as empty, and refused where it is read."""
    return [_state(shown(root, path), path) for path in paths]


def article_states(root: Path) -> list[State]:
    """How all articles stand, which may be many thousands: without a `Path` for each."""
    folder = root / ARTICLES
    within = shown(root, folder)
    return [_state(f"{within}/{name}", f"{folder}/{name}") for name in _visible(folder, ".md")]


def _state(where: str, path: Path | str) -> State:
    try:
        held = os.stat(path)
    except OSError:
        return where, 0, 0
    return where, held.st_size, held.st_mtime_ns


def read_live_script() -> bytes:
    """The script that the preview adds to pages, from the package's `commands/live.js`."""
    return (PACKAGE / "commands" / "live.js").read_bytes()


# Articles and what they were converted from.


@dataclass(frozen=True, slots=True)
class Raw:
    """A raw article with the bytes it was read from."""

    article: RawArticle
    data: bytes
    note: str = ""
    """What an editor should know of how it was read; mostly nothing."""

    @property
    def digest(self) -> str:
        """Tells whether the bytes are those of another time."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a raw article was last converted to."""

    slug: str
    digest: str
    """Of its bytes then."""


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


def read_written(root: Path, article: Article) -> Written:
    """The article with what its file and its raw article say, for `checks`; raises Problems where one is unreadable."""
    path = root / ARTICLES / f"{article.slug}.md"
    raw = root / SEEDS / article.metadata.raw if article.metadata.raw else None
    return Written(
        shown(root, path),
        read_article_text(root, path),
        article,
        read_raw(root, raw).article.text if raw and raw.parent == root / SEEDS and raw.is_file() else None,
    )


def article_paths(root: Path) -> list[Path]:
    """The files of `content/articles/`, in the order of their names."""
    return [root / ARTICLES / name for name in _visible(root / ARTICLES, ".md")]


def read_article_text(root: Path, path: Path) -> str:
    """What an article's file says, byte order mark and line ends included; raises Problems where it cannot be read."""
    return _utf8(shown(root, path), _bytes(root, path, limit=4 * frontmatter.LARGEST_ARTICLE))


def _utf8(where: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "the file is not written in UTF-8; save it with that encoding"
        raise Problems([Problem(where, line, 0, "encoding", message)]) from None


def seed_paths(root: Path) -> list[Path]:
    """The files of `seeds/`, in the order of their names."""
    return [root / SEEDS / name for name in _visible(root / SEEDS, (".txt", ".html"))]


def read_raw(root: Path, path: Path) -> Raw:
    """The raw article in a file; raises Problems where there is none that can be read.

    UTF-8, with or without a byte order mark, else Windows-1252, which old pages are saved in.
    """
    return raw_from_bytes(path.name, shown(root, path), _bytes(root, path, limit=_LARGEST_RAW))


def raw_from_bytes(name: str, where: str, data: bytes) -> Raw:
    """The raw article that `data` holds, pasted text or a saved web page; raises Problems where there is none."""
    text, encoding = saved_page.decoded(data)
    zero = text.find("\0")
    if zero >= 0:
        line = text.count("\n", 0, zero) + 1
        raise Problems(
            [Problem(where, line, 0, "not-text", "the file holds a zero byte, so it is not text; save it as text")]
        )
    note = "" if encoding == "UTF-8" else f"{where}: read as {encoding}, because it is not UTF-8"
    article = RawArticle(name, text)
    if saved_page.is_page(text):
        try:
            article = saved_page.article_on(name, text)
        except saved_page.NoReader:
            message = "this is a web page, which takes trafilatura to read; run make install, or paste the text instead"
            raise Problems([Problem(where, 0, 0, "web-page", message)]) from None
    if not article.text.strip():
        message = "the file holds no article; paste the article's text into it or delete it"
        raise Problems([Problem(where, 0, 0, "empty", message)])
    return Raw(article, data, note)


def is_another_seed(root: Path, raw: Raw) -> bool:
    """True where seeds/ has a file of the same name that holds something else."""
    home = root / SEEDS / raw.article.name
    return home.is_file() and home.read_bytes() != raw.data


def keep_raw(root: Path, raw: Raw) -> None:
    """Puts a raw article into seeds/, if it is not there."""
    home = root / SEEDS / raw.article.name
    if not home.exists():
        write_bytes(root, home, raw.data)


# What the machine last said, kept beside the articles so that it can be told from what people say.


def read_machine(root: Path, slug: str) -> Article | None:
    """What extraction last said of an article, or None where that is not known; raises Problems where it is broken."""
    path = root / MACHINE / f"{slug}.md"
    return frontmatter.parse(shown(root, path), read_article_text(root, path)) if path.exists() else None


def write_machine(root: Path, article: Article, last_slug: str) -> None:
    """Keeps what extraction says of an article, in place of what it said last (under `last_slug`, if renamed since)."""
    path = root / MACHINE / f"{article.slug}.md"
    text = frontmatter.dump(article)
    if not path.exists() or path.read_text("utf-8") != text:
        write_text(root, path, text)
    if last_slug != article.slug:
        (root / MACHINE / f"{last_slug}.md").unlink(missing_ok=True)


def read_conversions(root: Path) -> dict[str, Conversion]:
    """What each raw article was last converted to, by its file name; raises Problems where the list is broken."""
    path = root / CONVERSIONS
    if not path.exists():
        return {}
    done = {}
    for number, row in enumerate(csv.reader(io.StringIO(path.read_text("utf-8"))), start=1):
        if len(row) != len(_COLUMNS):
            message = (
                "a line must have a raw file, a slug and a checksum; delete it to have the raw file converted again"
            )
            raise Problems([Problem(CONVERSIONS.as_posix(), number, 0, "machine", message)])
        done[row[0]] = Conversion(row[1], row[2])
    done.pop(_COLUMNS[0], None)
    return done


def write_conversions(root: Path, done: Mapping[str, Conversion]) -> None:
    """Keeps what `read_conversions` reads, if it has changed."""
    if done != read_conversions(root):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((name, each.slug, each.digest) for name, each in sorted(done.items()))
        write_text(root, root / CONVERSIONS, out.getvalue())


def shown(root: Path, path: Path) -> str:
    """A path as messages show it: from the project's root where it lies inside, else as it was given."""
    return path.as_posix().removeprefix(f"{root.as_posix()}/")


def _visible(folder: Path, endings: str | tuple[str, ...]) -> list[str]:
    """The names of files that end so, and of folders, sorted; what editors and systems hide is none of ours.

    Folders are listed so that what lies in them is refused by name and not overlooked.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(
                entry.name
                for entry in entries
                if entry.name[0] != "." and (entry.name.lower().endswith(endings) or entry.is_dir())
            )
    except FileNotFoundError:
        return []


def _bytes(root: Path, path: Path, limit: int) -> bytes:
    """A file's bytes; raises Problems where it is too large, unreadable, or a link that leads out of the project."""
    where = shown(root, path)
    try:
        if path.is_symlink() and path.is_relative_to(root) and not path.resolve().is_relative_to(root.resolve()):
            message = "this is a link to a file outside the project; put the file itself here"
            raise Problems([Problem(where, 0, 0, "link", message)])
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            message = "folders are not looked into here; put the files themselves beside it"
            raise Problems([Problem(where, 0, 0, "folder", message)])
        if not stat.S_ISREG(state.st_mode):  # reading a pipe would wait for ever
            raise Problems([Problem(where, 0, 0, "disk", "this is no file with text in it; remove it")])
        if state.st_size > limit:
            message = f"the file is larger than the {limit // 1_000_000} MB that may be"
            raise Problems([Problem(where, 0, 0, "size", message)])
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise Problems([unusable(where, error, "read")]) from None


def unusable(where: str, error: Exception, wish: str) -> Problem:
    """What to tell an editor when the system refuses to read or write a file."""
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else "the links lead in a circle"
    return Problem(where, 0, 0, "disk", f"the file cannot be {wish}: {reason[:1].lower()}{reason[1:]}")


def write_text(root: Path, path: Path, text: str) -> None:
    """Puts `text` in a file, whole or not at all; folders above it are made. Raises Problems where it cannot."""
    write_bytes(root, path, text.encode("utf-8"))


def write_bytes(root: Path, path: Path, data: bytes) -> None:
    """As `write_text`."""
    unfinished = path.with_name(f".{path.name[:60]}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(unfinished, data)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise Problems([unusable(shown(root, path), error, "written")]) from None


FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""Whatever the umask: web servers must be able to read the site."""


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Waits until no other process of ours writes below `root`, and keeps others waiting; a killed one lets go."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def write_new(path: Path, data: bytes) -> None:
    """Puts `data` in a file; not whole or not at all, as `write_bytes` does."""
    with open(path, "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(data)
