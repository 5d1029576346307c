"""Projects small enough to be made and built for a single test."""

from __future__ import annotations

import shutil
from pathlib import Path

PROJECT = Path(__file__).parent.parent
FEW = ("tameside", "stockport", "reading")
"""The authorities of a small project."""
ARTICLE = """\
Praise for Tameside’s children’s services

Press Release: 14/05/2018

Ofsted has praised children’s services in Tameside after an inspection in April 2018.

Inspectors said that social workers know their children well and that leaders have made good progress.

The council said that it was pleased with the report and that there was more to do for families.
"""


def small_project(root: Path) -> Path:
    """Makes `root` a project of one raw article, the real templates and the register's rows of three authorities."""
    for folder in ("content/register", "content/record"):
        (root / folder).mkdir(parents=True)
        for path in (PROJECT / folder).iterdir():
            lines = path.read_text("utf-8").splitlines(keepends=True)
            if path.name == "statistical_neighbours.csv":
                lines = [line for line in lines[1:] if line.split(",")[2] in FEW and line.split(",")[0] in FEW]
                lines.insert(0, "authority,rank,neighbour,closeness\n")
            elif path.suffix == ".csv":
                lines = [lines[0], *(line for line in lines[1:] if line.split(",")[0] in FEW)]
            (root / folder / path.name).write_text("".join(lines), "utf-8")
    shutil.copytree(PROJECT / "templates", root / "templates")
    shutil.copy(PROJECT / "pyproject.toml", root)
    (root / "seeds").mkdir()
    (root / "seeds/praise.txt").write_text(ARTICLE, "utf-8")
    return root
