"""Shows the site while someone edits: builds, waits for a save, builds again. `output/` is left to `build`."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from pathlib import Path

from site_builder import files, memo, tree
from site_builder.commands import build
from site_builder.commands.preview import Preview
from site_builder.commands.watching import Watch
from site_builder.model import Problems

SOURCES = ("content", "seeds", "templates", "pyproject.toml")
"""What a site is built from."""
PREVIEW = ".cache/preview"
"""Where what is shown is kept, so that the next start is quick."""
CODE = "site_builder"
"""What builds it: a running server does not change its own."""


Sites = Iterator[Mapping[str, bytes]]
"""What is to be shown, one after the other: the pages that were edited, the site and its search, then all the rest."""


def run(root: Path, port: int, say: Callable[[str], None]) -> None:
    """Serves the project at `root` until Ctrl-C, at `port` or the next free one; `say` is told what is going on."""
    serve(root, port, files.read_live_script(), Remade(root, say).sites, say)


class Remade:
    """The site made again and again, each time from the one before."""

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        self._root = root
        self._say = say
        self._output = root / PREVIEW / "site"
        self._folder = root / PREVIEW / "memo"
        self._output.parent.mkdir(parents=True, exist_ok=True)
        self._memo = memo.load(self._folder)
        self._tree = tree.Tree(self._output)

    def sites(self, changed: Collection[Path]) -> Sites:
        """The site after these files were changed. Raises Problems where it cannot be made."""
        from site_builder.site.stages import LATER

        place = build.Place(str(self._root))
        first = build.ahead(place, self._memo, changed)
        if first.pages:
            yield tree.Tree(self._output, first.pages)
        seen = not first.pages
        for later in (LATER | first.others, frozenset()) if changed else (frozenset(),):
            before = self._memo
            self._memo = self._made(place, later)
            if self._memo.tree != before.tree or not seen:
                self._tree = tree.Tree(self._output)
            yield self._tree  # the same as before where no file was changed, and no page reloads for it
            seen = True
        if not changed:  # the first edit is shown as quickly as the others
            build.ahead(place, self._memo, files.article_paths(self._root)[:1])
            self._memo = build.ready(place, self._output, self._folder, self._memo)

    def _made(self, place: build.Place, later: AbstractSet[str]) -> memo.Memo:
        with ExitStack() as stack:
            return build.make(
                place,
                self._output,
                self._folder,
                self._memo,
                self._say,
                lambda: stack.enter_context(build.processes(None)),
                later,
            )


def serve(
    root: Path,
    port: int,
    script: bytes,
    rebuild: Callable[[Collection[Path]], Sites],
    say: Callable[[str], None],
) -> None:
    """Serves the project at `root` until Ctrl-C; `script` is `live.js`, `rebuild` gives the site after some changes.

    A rebuild that raises leaves the last good site, with the message over it. Raises Problems where no port from `port`
    on is free; 0 is any free one.
    """
    start = time.time_ns() // 1_000_000
    try:
        with Watch(root, (*SOURCES, CODE), say) as watch, Preview(script, start, port) as preview:
            if port not in (0, preview.port):
                say(f"Port {port} is taken; using {preview.port}.")
            _show(preview, rebuild, (), say)
            say(f"Serving at http://127.0.0.1:{preview.port}/ (Ctrl-C stops)")
            while True:
                changed = {path.relative_to(root.resolve()) for path in watch.wait()}
                if code := [path for path in changed if path.parts[0] == CODE]:
                    say(f"{_named(code)} changed: stop with Ctrl-C and start again to use it.")
                if sources := [path for path in changed if _shows(path)]:
                    say(f"{_named(sources)} changed.")
                    _show(preview, rebuild, [root / path for path in sources], say)
    except KeyboardInterrupt:
        say("Stopped.")


def _show(
    preview: Preview,
    rebuild: Callable[[Collection[Path]], Sites],
    changed: Collection[Path],
    say: Callable[[str], None],
) -> None:
    start = time.monotonic()
    try:
        for site in rebuild(changed):
            preview.show(site)
    except Problems as problems:
        message = str(problems)
    except Exception:  # ours or a template's: whoever edits wants to see it, and to go on
        message = traceback.format_exc()
    else:
        say(f"Built in {time.monotonic() - start:.1f} s.")
        return
    preview.tell(message)
    say(message)


def _shows(path: Path) -> bool:
    """True for what a page may show: not the code, nor what `convert` keeps for itself beside the articles."""
    return path.parts[0] != CODE and not path.is_relative_to(files.MACHINE)


def _named(paths: Iterable[Path]) -> str:
    """One file by its name, more by the first and how many others."""
    first, *others = sorted(path.as_posix() for path in paths)
    return f"{first} and {len(others)} more" if others else first
