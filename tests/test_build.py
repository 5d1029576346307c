from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from projects import PROJECT, small_project

from site_builder import files, memo
from site_builder.commands import build
from site_builder.model import Problems
from site_builder.site import stages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that can be built."""
    if not (PROJECT / "node_modules/lunr").is_dir():
        pytest.skip("npm's packages are not installed (make install)")
    (tmp_path / "node_modules").symlink_to(PROJECT / "node_modules")
    return small_project(tmp_path)


def quiet(_: str) -> None:
    pass


def held(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def test_a_build_converts_and_publishes_and_a_second_gives_the_same_bytes(project: Path) -> None:
    told: list[str] = []
    build.run(project, told.append)
    first = held(project / "output")
    assert any("new, from seeds/praise.txt" in line for line in told)
    (article,) = files.article_paths(project)
    assert f"/articles/{article.stem}/".encode() in b"".join(first.values())
    build.run(project, quiet)
    assert held(project / "output") == first


def test_an_article_about_no_council_in_particular_may_tell_of_a_councils_inspection(project: Path) -> None:
    told = (
        "---\ninspections:\n- authority: stockport\n  role: subject\n  framework: ilacs\n---\nA visit to Stockport.\n"
    )
    (project / "content/articles").mkdir()
    (project / "content/articles/round-up.md").write_text(told)
    build.run(project, quiet)
    made = held(project / "output")
    assert b"A visit to Stockport." in made["articles/round-up/index.html"]
    assert b"/articles/round-up/" in made["authorities/stockport/index.html"]


def test_deleting_what_was_kept_changes_no_byte(project: Path) -> None:
    build.run(project, quiet)
    first = held(project / "output")
    shutil.rmtree(project / ".cache")
    build.run(project, quiet)
    assert held(project / "output") == first


def test_only_what_an_edit_changes_is_made_again(project: Path) -> None:
    build.run(project, quiet)
    (article,) = files.article_paths(project)
    before = {path: path.stat().st_ino for path in (project / "output").rglob("*") if path.is_file()}
    for told in ("Once more.", "And again."):
        article.write_text(article.read_text() + f"\n{told}\n")
        build.run(project, quiet)
        assert told.encode() in (project / f"output/articles/{article.stem}/index.html").read_bytes()
        after = {path: path.stat().st_ino for path in (project / "output").rglob("*") if path.is_file()}
        changed = {path.relative_to(project / "output").parts[0] for path in after if before.get(path) != after[path]}
        assert changed <= {"articles", "assets", "search"}
    fresh = held(project / "output")
    shutil.rmtree(project / ".cache")
    build.run(project, quiet)
    assert held(project / "output") == fresh


def test_when_nothing_has_changed_nothing_is_done(project: Path) -> None:
    build.run(project, quiet)
    old = time.time() - 60
    for path in [*files.ground_paths(project), *files.article_paths(project)]:
        if path.is_relative_to(project) and not path.is_relative_to(project / "node_modules"):
            os.utime(path, (old, old))
    told: list[str] = []
    build.run(project, quiet)
    build.run(project, told.append)
    assert [line.partition(", ")[2] for line in told] == ["as before"]
    standing = project / "output/index.html"
    standing.write_bytes(b"mine")
    build.run(project, quiet)
    assert standing.read_bytes() == b"mine"  # nobody looked


def test_another_address_makes_other_pages(project: Path) -> None:
    build.run(project, quiet)
    build.run(project, quiet, "https://preview.example/")
    assert b"https://preview.example/" in (project / "output/index.html").read_bytes()


def test_a_deleted_article_leaves_no_trace(project: Path) -> None:
    build.run(project, quiet)
    (article,) = files.article_paths(project)
    article.rename(article.with_name("another.md"))
    build.run(project, quiet)
    site = held(project / "output")
    assert "articles/another/index.html" in site
    assert article.stem.encode() not in b"".join(body for place, body in site.items() if place.endswith(".html"))
    assert not (project / f"output/articles/{article.stem}").exists()


def test_several_processes_make_the_same_bytes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build.run(project, quiet)
    alone = held(project / "output")
    shutil.rmtree(project / ".cache")
    monkeypatch.setattr(build, "WORTH_PROCESSES", 0)
    build.run(project, quiet, workers=2)
    assert held(project / "output") == alone


class Ended(Executor):
    """What is left of processes that were killed."""

    def submit(self, *_: object, **__: object) -> Future[object]:  # type: ignore[override]
        future: Future[object] = Future()
        future.set_exception(BrokenExecutor())
        return future


def test_one_executor_does_all_that_is_ready_in_a_build(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "WORTH_PROCESSES", 0)
    asked: list[Executor] = []

    def executor() -> Executor:
        asked.append(ThreadPoolExecutor(1))
        return asked[-1]

    build.make(build.Place(str(project)), project / "output", project / ".cache", memo.Memo(), quiet, executor)
    assert len(asked) == 1
    asked[0].shutdown()


def test_a_killed_process_is_one_clear_message(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "WORTH_PROCESSES", 0)
    with pytest.raises(Problems, match=r"^build: error\[process\]: .* try again with --jobs 1$"):
        build.make(build.Place(str(project)), project / "output", project / ".cache/build", memo.Memo(), quiet, Ended)
    assert not held(project / "output")


def test_processes_end_with_a_build_that_is_killed(tmp_path: Path) -> None:
    code = """if True:
        import os, time
        from site_builder.commands.build import processes
        from site_builder.files import alone
        with alone("."):
            others = processes(2)
            others.submit(os.getpid).result()
            print("busy", flush=True)
            list(others.map(time.sleep, [99, 99]))
    """
    building = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
    )
    assert building.stdout
    assert building.stdout.readline() == b"busy\n"
    building.kill()
    building.communicate()
    with files.alone(tmp_path):  # waits for ever if a process of the killed build still has the lock
        pass


def test_a_broken_article_leaves_the_old_site_and_all_problems_are_told(project: Path) -> None:
    build.run(project, quiet)
    before = held(project / "output")
    (article,) = files.article_paths(project)
    article.write_text("---\nthemes: [sea]\npublished: today\n---\n")
    (project / "seeds/empty.txt").write_text("")
    with pytest.raises(Problems) as caught:
        build.run(project, quiet)
    assert [problem.code for problem in caught.value.problems] == ["theme", "date", "empty"]
    assert held(project / "output") == before


def test_an_authority_that_is_not_in_the_register_is_named_with_its_line(project: Path) -> None:
    (project / "content/articles").mkdir()
    (project / "content/articles/a.md").write_text("---\ntitle: A\nauthorities: [tamside]\n---\n")
    with pytest.raises(Problems, match=r'a\.md:3:15: error\[authority\]: "tamside" .* did you mean "tameside"'):
        build.run(project, quiet)


def test_a_broken_template_is_named_with_its_line(project: Path) -> None:
    home = project / "templates/pages/home.html"
    for broken in ("{% extends 'base.html' %}\n{% block main %}\n{{ nothing.at_all }}{% endblock %}", "\n\n{% if %}"):
        home.write_text(broken)
        with pytest.raises(Problems, match=r"^templates/pages/home\.html:3: error\[template\]"):
            build.run(project, quiet)


def test_a_missing_package_is_named(project: Path) -> None:
    (project / "node_modules").unlink()
    with pytest.raises(Problems, match=r"node_modules/lunr/lunr\.min\.js: error\[missing-file\].*make install"):
        build.run(project, quiet)


def test_a_preview_has_its_own_address(project: Path) -> None:
    build.run(project, quiet, "https://preview.example/")
    assert b"https://preview.example/" in (project / "output/sitemap.xml").read_bytes()


def test_settings_are_checked(project: Path) -> None:
    settings = project / "pyproject.toml"
    settings.write_text('[tool.site_builder]\nname = 3\nurl = "x"\n')
    with pytest.raises(Problems) as caught:
        build.run(project, quiet)
    assert [problem.code for problem in caught.value.problems] == ["setting"] * 3


def test_rights_are_checked(project: Path) -> None:
    settings = project / "pyproject.toml"
    table = '[tool.site_builder]\nname = "A"\nbase_url = "https://a.example"\n[tool.site_builder.rights]\n'
    settings.write_text(f'{table}blog = "full"\ncouncil = "whole"\nother = ["full"]\n')
    with pytest.raises(Problems) as caught:
        build.run(project, quiet)
    assert [problem.message for problem in caught.value.problems] == [
        '"blog" is not a kind of source of [tool.site_builder.rights]; '
        "there are council, charity, newspaper, trade-press, ofsted, government, other",
        '"council" in [tool.site_builder.rights] must be one of full, excerpt, link-only',
        '"other" in [tool.site_builder.rights] must be one of full, excerpt, link-only',
    ]


def test_what_may_wait_is_made_by_the_next_build(project: Path) -> None:
    place, folder, output = build.Place(str(project)), project / ".cache/build", project / "output"
    made = build.make(place, output, folder, memo.Memo(), quiet, Executor)
    before, kept = held(output), memo.load(folder)
    (article,) = files.article_paths(project)
    article.write_text(article.read_text().replace("\ntitle: ", "\ntitle: News of ", 1))
    made = build.make(place, output, folder, made, quiet, Executor, stages.LATER)
    assert memo.load(folder) == kept, "what is known is kept with the whole site"
    now = held(output)
    assert b"News of " in now[f"articles/{article.stem}/index.html"]
    assert now["search/files.json"] != before["search/files.json"]
    assert now["data/articles.csv"] == before["data/articles.csv"]
    build.make(place, output, folder, made, quiet, Executor)
    whole = held(output)
    shutil.rmtree(project / ".cache")
    build.run(project, quiet)
    assert held(output) == whole


def test_the_pages_of_an_edited_article_come_before_the_others(project: Path) -> None:
    place, folder = build.Place(str(project)), project / ".cache/build"
    made = build.make(place, project / "output", folder, memo.Memo(), quiet, Executor)
    (article,) = files.article_paths(project)
    article.write_text(article.read_text() + "\nOnce more.\n")
    first = build.ahead(place, made, [article]).pages
    assert b"Once more." in first[f"articles/{article.stem}/index.html"]
    build.make(place, project / "output", folder, made, quiet, Executor)
    assert first == {place: (project / "output" / place).read_bytes() for place in first}
    assert len(first) > 1, "its inspection's page too"
    assert build.ahead(place, made, [article, project / "templates/base.html"]) == build.Ahead()
    article.write_text("---\nthemes: [sea]\n---\n")
    assert build.ahead(place, made, [article]) == build.Ahead()
    article.write_text("---\nauthority: atlantis\n---\nWords.\n")
    assert build.ahead(place, made, [article]) == build.Ahead()


def test_the_first_change_finds_all_that_stays_beside_the_site(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, output, folder = build.Place(str(project)), project / "output", project / ".cache/build"
    made = build.make(place, output, folder, memo.Memo(), quiet, Executor)
    ready = build.ready(place, output, folder, made)
    assert held(project / ".output.previous") == held(output)
    assert memo.load(folder) == ready
    (article,) = files.article_paths(project)
    article.write_text(article.read_text() + "\nOnce more.\n")
    linked: list[str] = []
    link = os.link

    def watched(path: Path, place: Path) -> None:
        linked.append(place.name)
        link(path, place)

    monkeypatch.setattr(os, "link", watched)
    again = build.make(place, output, folder, ready, quiet, Executor)
    assert not linked
    assert b"Once more." in (output / f"articles/{article.stem}/index.html").read_bytes()
    assert build.ready(place, output, folder, again) is again, "there is nothing left to do"
