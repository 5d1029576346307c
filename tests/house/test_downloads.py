"""Strangers' tools read the data that we offer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_frictionless_finds_the_data_package_valid(output: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=output / "data",
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("VALID") == len(list((output / "data").glob("*.csv"))), run.stdout


def test_the_checksums_are_those_of_the_files(output: Path) -> None:
    run = subprocess.run(
        ["sha256sum", "--check", "--strict", "checksums.txt"],
        cwd=output / "data",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    files = {str(path.relative_to(output / "data")) for path in (output / "data").rglob("*") if path.is_file()}
    assert set(run.stdout.replace(": OK", "").splitlines()) == files - {"index.html", "checksums.txt"}
