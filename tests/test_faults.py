"""Whatever the disk holds or does, a build ends with a sentence, and a site that stood before still stands."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from house.building import PROJECT, command, lay

pytestmark = pytest.mark.usefixtures("node_modules")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Path:
    assert node_modules
    return lay(tmp_path_factory.mktemp("faults") / "project")


@pytest.fixture
def project(laid: Path, tmp_path: Path) -> Path:
    shutil.copytree(laid, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


def held(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def not_utf8(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# \xff\n")


def link_out(path: Path) -> None:
    path.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("path", "spoil", "code"),
    [
        ("templates/base.html", not_utf8, "encoding"),
        ("templates/pages/home.html", Path.unlink, "missing-file"),
        ("templates", shutil.rmtree, "missing-file"),
        ("pyproject.toml", not_utf8, "toml"),
        ("content/register/authorities.csv", not_utf8, "encoding"),
        ("content/articles/pipe.md", os.mkfifo, "disk"),
        ("content/articles/gone.md", lambda path: path.symlink_to("nowhere"), "disk"),
        ("content/articles/outside.md", link_out, "link"),
        ("templates/assets/outside.txt", link_out, "link"),
        ("templates/pages/outside.html", link_out, "link"),
        ("seeds/outside.txt", link_out, "link"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(project: Path, path: str, spoil: object, code: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    assert callable(spoil)
    spoil(project / path)
    built = command(project, "build")
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    assert f"error[{code}]" in built.stderr
    assert path in built.stderr
    assert not (project / "output").exists()


def started(project: Path, base_url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "site_builder", "build", "--base-url", base_url],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stderr=subprocess.DEVNULL,
    )


ADDRESSES = ("https://one.example", "https://two.example")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_builds_that_are_killed_or_run_at_once_leave_one_whole_site(project: Path) -> None:
    whole = []
    for address in ADDRESSES:
        begun = time.monotonic()
        assert command(project, "build", "--base-url", address).returncode == 0
        takes = time.monotonic() - begun
        whole.append(held(project / "output"))
    assert whole[0] != whole[1]

    chance = random.Random(2009)
    for number in range(5):
        builder = started(project, ADDRESSES[number % 2])
        time.sleep(takes * chance.uniform(0.3, 1.1))
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        assert held(project / "output") in whole

    both = [started(project, address) for address in ADDRESSES]
    assert [builder.wait(timeout=100) for builder in both] == [0, 0]
    assert held(project / "output") in whole
    assert {path.name for path in project.iterdir() if "output" in path.name} <= {"output", ".output.previous"}
