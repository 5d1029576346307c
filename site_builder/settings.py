"""Where the project is, and its settings from `[tool.site_builder]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.model import Problem, Problems, Rights, SourceKind

if TYPE_CHECKING:
    from site_builder.site import Publication  # which most commands do without

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


def publication(root: Path) -> Publication:
    """Whose site the project's is; raises Problems where a setting is missing, unknown or no text."""
    from site_builder.site import Publication  # which most commands do without

    known = tuple(each.name for each in fields(Publication))
    table = _table(root) or {}
    problems: list[str] = []
    for key, value in table.items():
        if key == "rights":
            problems += _wrong_rights(value)
        elif key not in known:
            problems.append(f'"{key}" is not a setting of [tool.site_builder]; there are {", ".join(known)}')
        elif not isinstance(value, str):
            problems.append(f'"{key}" must be a text in quotes')
    problems += [f'[tool.site_builder] needs "{key}"' for key in ("name", "base_url") if not table.get(key)]
    if problems:
        raise Problems(Problem(_FILE, 0, 0, "setting", message) for message in problems)
    rights = {SourceKind(kind): Rights(much) for kind, much in table.get("rights", {}).items()}
    return Publication(**{**table, "base_url": table["base_url"].rstrip("/"), "rights": rights})


def _wrong_rights(table: object) -> Iterator[str]:
    """What is wrong with `[tool.site_builder.rights]`."""
    if not isinstance(table, dict):
        yield '"rights" must be a table: [tool.site_builder.rights], then a line such as council = "full"'
        return
    for kind, much in table.items():
        if kind not in tuple(SourceKind):
            yield f'"{kind}" is not a kind of source of [tool.site_builder.rights]; there are {", ".join(SourceKind)}'
        elif much not in tuple(Rights):
            yield f'"{kind}" in [tool.site_builder.rights] must be one of {", ".join(Rights)}'


def _table(root: Path) -> dict[str, Any] | None:
    try:
        held = tomllib.loads((root / _FILE).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problems([Problem(_FILE, 0, 0, "toml", f"{error}")]) from None
    table: dict[str, Any] | None = held.get("tool", {}).get("site_builder")
    return table
