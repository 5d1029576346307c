from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from site_builder import files, tree
from site_builder.model import Problems

OLD = {"index.html": b"old home", "a/index.html": b"old a", "gone/index.html": b"gone"}
NEW = {"index.html": b"new home", "a/index.html": b"old a", "b/c/index.html": b"new c"}


def mirror(output: Path, pages: Mapping[str, bytes]) -> None:
    """Makes the whole of `output` anew."""
    with files.alone(output.parent):
        staged = tree.staging(output)
        try:
            for place, body in pages.items():
                tree.put(staged, place, body, None)
        except BaseException:
            tree.abandon(output)
            raise
        tree.swap_whole(output, staged)


def held(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_the_output_folder_mirrors_the_pages(tmp_path: Path) -> None:
    output = tmp_path / "output"
    for pages in (OLD, NEW, NEW):
        mirror(output, pages)
        assert held(output) == {**pages, ".gitkeep": b""}
        assert [path.name for path in tmp_path.iterdir()] == ["output"]


def change(
    output: Path, before: Mapping[str, bytes], after: Mapping[str, bytes], behind: list[str] | None
) -> list[str]:
    """Makes of `output` only what differs; gives the places that do."""
    staged = tree.staging(output)
    changed = [place for place, body in after.items() if tree.put(staged, place, body, output)]
    gone = sorted(before.keys() - after.keys())
    tree.swap_changes(output, staged, changed, gone, before, behind)
    return [*changed, *gone]


def test_a_page_that_stays_is_the_same_file_and_one_that_changes_is_not(tmp_path: Path) -> None:
    output = tmp_path / "output"
    mirror(output, OLD)
    before = {name: (output / name).stat().st_ino for name in ("index.html", "a/index.html")}
    change(output, OLD, NEW, None)
    assert (output / "a/index.html").stat().st_ino == before["a/index.html"]
    assert (output / "index.html").stat().st_ino != before["index.html"]


def test_only_what_has_changed_is_made_anew_time_after_time(tmp_path: Path) -> None:
    output = tmp_path / "output"
    sites = [OLD, NEW, {**OLD, "a/index.html": b"newer a"}, {"index.html": b"new home"}, NEW]
    mirror(output, OLD)
    behind = None
    for before, after in pairwise(sites):
        behind = change(output, before, after, behind)
        assert held(output) == {**after, ".gitkeep": b""}
        assert not [folder for folder in output.rglob("*") if folder.is_dir() and not list(folder.iterdir())]
    shutil.rmtree(tmp_path / ".output.previous")
    change(output, NEW, OLD, behind)
    assert held(output) == {**OLD, ".gitkeep": b""}


def test_everyone_may_read_the_site_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        mirror(tmp_path / "output", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "output/b/c").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "output/b/c/index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("page", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "a\0b"])
def test_no_page_lies_outside_the_output_folder(tmp_path: Path, page: str) -> None:
    with pytest.raises(ValueError, match="is no place"):
        mirror(tmp_path / "output", {page: b""})
    assert not list(tmp_path.iterdir())


def test_when_the_system_refuses_the_old_site_stands(tmp_path: Path) -> None:
    output = tmp_path / "output"
    mirror(output, OLD)
    with pytest.raises(Problems) as caught:
        mirror(output, {**NEW, "x" * 300: b""})
    assert str(caught.value) == (
        "output/: error[disk]: the file cannot be written: file name too long; the site stands as it stood before"
    )
    assert held(output) == {**OLD, ".gitkeep": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_is_cleared_up(tmp_path: Path) -> None:
    output = tmp_path / "output"
    mirror(output, OLD)
    output.rename(tmp_path / ".output.swapped")  # killed between the two halves of a swap
    (tmp_path / ".output.unfinished").mkdir()
    mirror(output, NEW)
    assert held(output) == {**NEW, ".gitkeep": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_site_that_a_killed_build_half_changed_is_not_built_upon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    mirror(output, OLD)
    behind = change(output, OLD, NEW, None)
    moved, move = [], os.replace

    def die_at_the_second(path: Path, to: Path) -> None:
        if moved:
            raise KeyboardInterrupt
        move(path, to)
        moved.append(to)

    with monkeypatch.context() as killed:
        killed.setattr(os, "replace", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            change(output, NEW, dict.fromkeys(["a/index.html", *NEW], b"never wanted"), behind)
    newer = {**NEW, "d/index.html": b"new d"}
    change(output, NEW, newer, behind)
    assert held(output) == {**newer, ".gitkeep": b""}


BUILD_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
sys.path.insert(0, "tests")
from test_tree import mirror
sites = [{f"{i}/index.html": site * 999 for i in range(30)} for site in (b"a", b"b")]
for n in count():
    mirror(Path(sys.argv[1]), sites[n % 2])
    print(flush=True)
"""


def test_readers_never_see_half_a_site_even_if_builds_are_killed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    for pause in (0.0, 0.003, 0.007, 0.012):
        builder = subprocess.Popen([sys.executable, "-c", BUILD_FOR_EVER, str(output)], stdout=subprocess.PIPE)
        assert builder.stdout
        builder.stdout.readline()
        time.sleep(pause)
        builder.send_signal(signal.SIGKILL)
        builder.wait()
        builder.stdout.close()
        site = held(output)
        assert len(site) == 31
        assert len({page[:1] for name, page in site.items() if name != ".gitkeep"}) == 1


FULL_DISK = """
import resource, sys
from pathlib import Path
from site_builder import files
sys.path.insert(0, "tests")
from test_tree import mirror
from site_builder.model import Problems
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
for write in (
    lambda root: mirror(root / "output", {"index.html": b"new", "a/index.html": b"x" * 9000}),
    lambda root: files.write_text(root, root / "article.md", "x" * 9000),
):
    try:
        write(Path(sys.argv[1]))
    except Problems as problems:
        print(problems)
"""


def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(tmp_path: Path) -> None:
    mirror(tmp_path / "output", OLD)
    (tmp_path / "article.md").write_text("mine")
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert run == [
        "output/: error[disk]: the file cannot be written: file too large; the site stands as it stood before",
        "article.md: error[disk]: the file cannot be written: file too large",
    ]
    assert held(tmp_path) == {**{f"output/{name}": page for name, page in OLD.items()}, "output/.gitkeep": b""} | {
        "article.md": b"mine"
    }


def test_two_builds_at_once_are_never_mixed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    builders = [
        subprocess.Popen([sys.executable, "-c", BUILD_FOR_EVER, str(output)], stdout=subprocess.PIPE) for _ in "ab"
    ]
    for builder in builders:
        assert builder.stdout
        for _ in range(5):
            assert builder.stdout.readline() == b"\n"
    with files.alone(tmp_path):  # neither is at work now
        site = held(output)
        for builder in builders:
            builder.kill()
            builder.communicate()
    assert len(site) == 31
    assert len({page[:1] for name, page in site.items() if name != ".gitkeep"}) == 1
