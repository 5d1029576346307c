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
    command.set_defaults(run=_build)

    command = commands.add_parser("serve", help="show the site on this machine and rebuild it on every save")
    command.add_argument("--port", type=int, default=8000, help="the first port to try (default: 8000)")
    command.set_defaults(run=_serve)

    return parser


def _convert(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import convert

    pasted = sys.stdin.buffer.read() if "-" in chosen.paths else None
    convert.run(root, [path for path in chosen.paths if path != "-"], pasted, chosen.dry_run, print)
    return 0


def _extract(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import extract

    for text in extract.run(root, chosen.files, chosen.format):
        print(text)
    return 0


def _build(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder.commands import build

    build.run(root, chosen.base_url, _say)
    return 0


def _serve(root: Path, chosen: argparse.Namespace) -> int:
    from site_builder import files
    from site_builder.commands import build, serve

    serve.serve(root, chosen.port, files.read_live_script(), lambda: build.pages(root, None, _say), _say)
    return 0


def _say(line: str) -> None:
    """Tells what is being done; what a command was asked for goes to standard output instead."""
    print(line, file=sys.stderr, flush=True)
