"""The commands: arguments in, exit code out; prints, and catches Problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from site_builder.model import Problems
from site_builder.settings import find_root

# Commands are imported where they run: --help and a mistyped word need none of their libraries.


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; 0 when all is well, 1 when there are problems, 2 when the command line is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        code: int = chosen.run(find_root(Path.cwd()), chosen)
        sys.stdout.flush()
        return code
    except Problems as found:
        sys.stdout.flush()
        print(found, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m site_builder", description="Builds the site from articles about inspections."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("convert", help="turn raw articles into files to edit, in content/articles/")
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="a raw article, - for standard input (default: all in seeds/)"
    )
    command.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    command.set_defaults(run=_convert)

    command = commands.add_parser("extract", help="show what would be read from raw articles; writes nothing")
    command.add_argument("files", nargs="+", metavar="FILE", help="a raw article")
    command.add_argument("--format", choices=("json", "yaml", "explain"), default="yaml", help="how (default: yaml)")
    command.set_defaults(run=_extract)

    command = commands.add_parser("build", help="make the site in output/ from all articles, the new ones included")
    command.add_argument(
        "--base-url", metavar="URL", help="where this build will stand, if not at the site's own address"
    )
    command.add_argument(
        "--canonical", metavar="URL", help="where the published site stands, if this build is a preview of it"
    )
    command.add_argument(
        "--jobs", type=_number, metavar="N", help="how many processes share the work (default: one a core)"
    )
    command.set_defaults(run=_build)

    command = commands.add_parser("check", help="find everything that is wrong in articles and in the site they make")
    command.add_argument("--format", choices=("text", "json", "github"), default="text", help="how (default: text)")
    command.set_defaults(run=_check)

    command = commands.add_parser("new", help="start an article, with every key explained in it")
    command.add_argument("--title", help="its headline (asked for if left out)")
    command.add_argument("--source", help="who published it (asked for if left out)")
    command.add_argument("--date", help="when, such as 2018-05-14 (asked for if left out)")
    command.set_defaults(run=_new)

    command = commands.add_parser("serve", help="show the site in the browser of this machine, and every save in it")
    command.add_argument(
        "--port", type=_port, default=8000, help="where (default: 8000); the next free one where that is taken"
    )
    command.set_defaults(run=_serve)

    return parser


def _convert(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import convert

    pasted = sys.stdin.buffer.read() if "-" in chosen.paths else None
    convert.run(root, [path for path in chosen.paths if path != "-"], pasted, chosen.dry_run, print)
    return 0


def _extract(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import extract

    for text in extract.run(root, chosen.files, chosen.format, _say):
        print(text)
    return 0


def _build(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import build

    build.run(root, _say, chosen.base_url, chosen.canonical, chosen.jobs)
    return 0


def _check(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import check

    problems = check.run(root)
    print(check.shown(problems, chosen.format))
    return 1 if any(not problem.warning for problem in problems) else 0


def _new(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import new

    title, source, date = (
        given if given is not None else _asked(question)
        for given, question in (
            (chosen.title, "Title: "),
            (chosen.source, "Published by (Enter if not known): "),
            (chosen.date, "Published on, such as 2018-05-14 (Enter if not known): "),
        )
    )
    print(new.run(root, title, source, date).relative_to(root))
    return 0


def _asked(question: str) -> str:
    """The answer, or nothing where nobody is there to answer."""
    try:
        return input(question) if sys.stdin.isatty() else ""
    except EOFError:
        return ""


def _serve(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import serve

    serve.run(root, chosen.port, _say)
    return 0


def _number(word: str) -> int:
    """How many of something: one or more."""
    if not (word.isascii() and word.isdigit() and int(word)):
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 1 on")
    return int(word)


def _port(word: str) -> int:
    """A port that needs no administrator; 0 is any free one."""
    if not (word.isascii() and word.isdigit() and (word == "0" or 1024 <= int(word) <= 65535)):
        raise argparse.ArgumentTypeError(f"{word!r} is no port from 1024 to 65535")
    return int(word)


def _say(line: str) -> None:
    """Tells what is being done; what a command was asked for goes to standard output instead."""
    print(line, file=sys.stderr, flush=True)
