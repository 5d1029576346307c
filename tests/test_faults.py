"""Whatever the disk holds, a build ends with a sentence that an editor understands."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from house.building import command, lay

pytestmark = pytest.mark.usefixtures("node_modules")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory, node_modules: Path) -> Path:
    assert node_modules
    return lay(tmp_path_factory.mktemp("faults") / "project")


@pytest.fixture
def project(laid: Path, tmp_path: Path) -> Path:
    shutil.copytree(laid, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


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
