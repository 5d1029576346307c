"""Where the project is, and its settings from `[tool.site_builder]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from site_builder.model import Problem, Problems

_FILE = "pyproject.toml"


def find_root(start: Path) -> Path:
    """The project that `start` lies in: the nearest folder above it whose pyproject.toml has `[tool.site_builder]`.

    Raises Problems where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / _FILE).is_file() and _table(folder) is not None:
            return folder
    message = f"no {_FILE} with [tool.site_builder] here or above; go to the project's folder"
    raise Problems([Problem(start.as_posix(), 0, 0, "project", message)])


def _table(root: Path) -> dict[str, Any] | None:
    try:
        held = tomllib.loads((root / _FILE).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Problems([Problem(_FILE, 0, 0, "toml", f"{error}")]) from None
    table: dict[str, Any] | None = held.get("tool", {}).get("site_builder")
    return table
