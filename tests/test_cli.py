from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from projects import PROJECT, small_project

from site_builder.cli import main


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project, with the current folder inside it."""
    small_project(tmp_path)
    monkeypatch.chdir(tmp_path / "seeds")
    return tmp_path


def _imported(*arguments: str) -> set[str]:
    """The modules that a command brings with it."""
    code = (
        f"import sys, site_builder.cli as c\ntry: c.main({arguments!r})\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(ran.stdout.splitlines()[-1].split())


def test_help_is_quick_because_it_reads_no_library() -> None:
    assert not {"yaml", "jinja2", "markdown_it", "lunr", "watchdog", "site_builder.commands"} & _imported("--help")


@pytest.mark.usefixtures("project")
def test_check_is_quick_because_it_makes_pages_only_where_an_article_leads_to_one() -> None:
    assert not {"markdown_it", "site_builder.site.stages"} & _imported("check")


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("convert", "extract", "build", "check", "new", "serve"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert f"python -m site_builder {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["bake"], ["extract"], ["check", "--format", "xml"]])
def test_a_wrong_command_line_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_extract_prints_a_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--format", "json", "praise.txt", "../seeds/praise.txt"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["input"], second["input"]) == ("praise.txt", "../seeds/praise.txt")
    assert first["authorities"] == ["tameside"]
    assert "Inspectors said that social workers know their children well" in first["body"]


def test_extract_reads_the_good_files_and_names_the_bad(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "seeds/empty.txt").write_text("")
    assert main(["extract", "--format", "json", "empty.txt", "praise.txt", "gone.txt"]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["input"] for line in captured.out.splitlines()] == ["praise.txt"]
    assert captured.err.splitlines() == [
        "empty.txt: error[empty]: the file holds no article; paste the article's text into it or delete it",
        "gone.txt: error[disk]: the file cannot be read: no such file or directory",
    ]


@pytest.mark.usefixtures("project")
def test_extract_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--format", "explain", "praise.txt"]) == 0
    assert capsys.readouterr().out.startswith("praise.txt\n")


def test_convert_then_check(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert"]) == 0
    assert "new, from seeds/praise.txt" in capsys.readouterr().out
    (article,) = (project / "content/articles").glob("*.md")
    article.write_text(article.read_text().replace("authorities: [tameside]", "authorities: [tamside]"))
    assert main(["check", "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert f"::error file=content/articles/{article.name},line=" in out
    assert 'title=error[authority]::"tamside" is not in the register; did you mean "tameside"?' in out
    assert main(["check", "--format", "json"]) == 1
    assert "authority" in {problem["code"] for problem in json.loads(capsys.readouterr().out)}


def test_a_warning_is_told_and_fails_nothing(
    project: Path, node_modules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "node_modules").symlink_to(node_modules)
    (project / "content/articles").mkdir()
    (project / "content/articles/a.md").write_text(
        "---\ntitle: A\nauthority: tameside\nauthorities: [tameside]\ninspections:\n"
        "  - authority: tameside\n    role: subject\n    record: tameside-sif-2016-09\n"
        "    judgements: [{area: adoption, grade: outstanding, evidence: a fine result}]\n---\n\nText.\n"
    )
    assert main(["check"]) == 0
    assert "articles/a.md:9:42: warning[record]: the article says outstanding" in capsys.readouterr().out
    assert main(["check", "--format", "github"]) == 0
    assert capsys.readouterr().out.startswith(
        "::warning file=content/articles/a.md,line=9,col=42,title=warning[record]"
    )


def test_outside_a_project_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = subprocess.run(
        [sys.executable, "-m", "site_builder", "check"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(PROJECT), "PATH": ""},
        check=False,
    )
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "error[project]" in run.stderr


@pytest.mark.usefixtures("project")
def test_new_prints_where_the_article_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--title", "News", "--source", "", "--date", ""]) == 0
    assert capsys.readouterr().out == "content/articles/news.md\n"
