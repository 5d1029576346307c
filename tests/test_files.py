from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder import files
from site_builder.model import Article, Metadata, Problems

OLD = {"index.html": b"old home", "a/index.html": b"old a", "gone/index.html": b"gone"}
NEW = {"index.html": b"new home", "a/index.html": b"old a", "b/c/index.html": b"new c"}


def held(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_the_output_folder_mirrors_the_pages(tmp_path: Path) -> None:
    output = tmp_path / "output"
    for pages in (OLD, NEW, NEW):
        files.mirror(output, pages)
        assert held(output) == {**pages, ".gitkeep": b""}
        assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_page_that_stays_is_the_same_file_and_one_that_changes_is_not(tmp_path: Path) -> None:
    output = tmp_path / "output"
    files.mirror(output, OLD)
    before = {name: (output / name).stat().st_ino for name in ("index.html", "a/index.html")}
    files.mirror(output, NEW)
    assert (output / "a/index.html").stat().st_ino == before["a/index.html"]
    assert (output / "index.html").stat().st_ino != before["index.html"]


def test_everyone_may_read_the_site_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        files.mirror(tmp_path / "output", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "output/b/c").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "output/b/c/index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("page", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "a\0b"])
def test_no_page_lies_outside_the_output_folder(tmp_path: Path, page: str) -> None:
    with pytest.raises(ValueError, match="is no place"):
        files.mirror(tmp_path / "output", {page: b""})
    assert not list(tmp_path.iterdir())


def test_when_the_system_refuses_the_old_site_stands(tmp_path: Path) -> None:
    output = tmp_path / "output"
    files.mirror(output, OLD)
    with pytest.raises(Problems) as caught:
        files.mirror(output, {**NEW, "x" * 300: b""})
    assert str(caught.value) == (
        "output/: error[disk]: the file cannot be written: file name too long; the site stands as it stood before"
    )
    assert held(output) == {**OLD, ".gitkeep": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_is_cleared_up(tmp_path: Path) -> None:
    output = tmp_path / "output"
    files.mirror(output, OLD)
    output.rename(tmp_path / ".output.previous")  # killed between the two halves of a swap
    (tmp_path / ".output.unfinished").mkdir()
    files.mirror(output, NEW)
    assert held(output) == {**NEW, ".gitkeep": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


BUILD_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
from site_builder import files
sites = [{f"{i}/index.html": site * 999 for i in range(30)} for site in (b"a", b"b")]
for n in count():
    files.mirror(Path(sys.argv[1]), sites[n % 2])
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
        site = held(output) or held(tmp_path / ".output.previous")
        assert len(site) == 31
        assert len({page[:1] for name, page in site.items() if name != ".gitkeep"}) == 1


def test_a_raw_article_is_read_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / ("n" * 251 + ".txt")
    path.parent.mkdir()
    for data, text in ((b"\xef\xbb\xbfA caf\xc3\xa9\r\n", "A café\r\n"), (b"It\x92s a caf\xe9", "It’s a café")):
        path.write_bytes(data)
        raw = files.read_raw(tmp_path, path)
        assert (raw.article.text, raw.data) == (text, data)
        assert ("Windows-1252" in raw.note) == (b"\x92" in data)


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b" \n", "empty"), (b"a\n\0", "not-text")])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    with pytest.raises(Problems, match=rf"^x\.txt(:2)?: error\[{code}\]"):
        files.read_raw(tmp_path, tmp_path / "x.txt")


def test_links_that_lead_out_of_the_project_are_refused(tmp_path: Path) -> None:
    project, secret = tmp_path / "project", tmp_path / "secret.md"
    secret.write_text("---\n---\n")
    folder = project / "content/articles"
    folder.mkdir(parents=True)
    (folder / "out.md").symlink_to(secret)
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "dangling.md").symlink_to("nowhere.md")
    with pytest.raises(Problems) as caught:
        files.read_articles(project)
    assert [(p.where.rpartition("/")[2], p.code) for p in caught.value.problems] == [
        ("dangling.md", "disk"),
        ("loop.md", "disk"),
        ("out.md", "link"),
    ]


def test_articles_are_read_in_the_order_of_their_names_and_all_problems_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    for name in ("b", "a"):
        (folder / f"{name}.md").write_text("---\ntitle: A\n---\n\nText\n")
    (folder / ".hidden.md").write_text("nothing")
    assert files.read_articles(tmp_path) == tuple(Article(s, Metadata(title="A"), "Text") for s in "ab")
    (folder / "c.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (folder / "d.md").write_text("---\nthemes: [x]\n---\n")
    (folder / "2018").mkdir()
    (folder / "Capital.MD").write_text("---\n---\n")
    (folder / "e.md~").write_text("an editor's copy")
    with pytest.raises(Problems) as caught:
        files.read_articles(tmp_path)
    assert [(p.where, p.line, p.code) for p in caught.value.problems] == [
        ("content/articles/2018", 0, "folder"),
        ("content/articles/Capital.MD", 0, "slug"),
        ("content/articles/c.md", 2, "encoding"),
        ("content/articles/d.md", 2, "theme"),
    ]


FULL_DISK = """
import resource, sys
from pathlib import Path
from site_builder import files
from site_builder.model import Problems
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
for write in (
    lambda root: files.mirror(root / "output", {"index.html": b"new", "a/index.html": b"x" * 9000}),
    lambda root: files.write_text(root, root / "article.md", "x" * 9000),
):
    try:
        write(Path(sys.argv[1]))
    except Problems as problems:
        print(problems)
"""


def test_a_disk_that_takes_no_more_leaves_everything_as_it_was(tmp_path: Path) -> None:
    files.mirror(tmp_path / "output", OLD)
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
