"""A copy of the project's inputs, and its commands run there as a person would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
INPUTS = ("content", "seeds", "templates", "pyproject.toml")


def lay(folder: Path) -> Path:
    """A copy of all that the builder reads, in `folder`."""
    folder.mkdir(parents=True)
    for name in INPUTS:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    return folder


def command(folder: Path, *words: str, patience: float = 110, **environment: str) -> subprocess.CompletedProcess[str]:
    """What `python -m site_builder WORDS` says in `folder`, within so many seconds."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "site_builder", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
