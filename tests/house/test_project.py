"""What the project says of itself, and what it must never hold."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from house.building import PROJECT, command

from site_builder.model import Problem


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """Every text file that git keeps, by its path."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True).stdout.decode()
    kept = {}
    for name in filter(None, names.split("\0")):
        # A file may be gone from the folder while its removal is not yet committed.
        if (PROJECT / name).is_file():
            kept[name] = (PROJECT / name).read_bytes().decode("utf-8", "replace")
    return kept


def test_locks_hold_versions_and_hashes_and_no_address_of_a_registry(tracked: dict[str, str]) -> None:
    locks = [name for name in tracked if re.fullmatch(r"requirements[a-z-]*\.txt|package-lock\.json", name)]
    assert len(locks) == 4
    for name in locks:
        text = tracked[name]
        assert '"resolved"' not in text
        assert "file:" not in text
        assert "--index-url" not in text
        assert "--find-links" not in text
        if name.endswith(".txt"):
            assert "://" not in text
            for pin in re.findall(r"^\S+==.*(?:\n +.*)*", text, re.M):
                assert "--hash=sha256:" in pin, pin


def test_no_file_knows_the_machine_it_was_written_on(tracked: dict[str, str]) -> None:
    folders = "home|root|work|tmp|opt|Users"
    registries = r"registry\.npmjs|pythonhosted|pypi\.org|deb\.debian"
    of_a_machine = re.compile(rf"(?<![\w.~/])/(?:{folders})/\w|{registries}")
    # This file names what it looks for.
    others = {name: text for name, text in tracked.items() if name != "tests/house/test_project.py"}
    assert {name: where.group() for name, text in others.items() if (where := of_a_machine.search(text))} == {}


def test_the_seeds_are_the_five_that_were_given() -> None:
    assert len(list((PROJECT / "seeds").glob("*.txt"))) == 5


def test_every_command_has_help_and_stands_in_the_readme(tracked: dict[str, str]) -> None:
    said = command(PROJECT, "--help")
    assert said.returncode == 0, said.stderr
    listed = re.findall(r"^ {4}([a-z]+)(?: |$)", said.stdout, re.M)
    assert "build" in listed
    for name in listed:
        assert command(PROJECT, name, "--help").returncode == 0
        assert f"`python -m site_builder {name}`" in tracked["README.md"], f"README.md does not tell of `{name}`"


def test_the_readme_begins_with_the_two_words(tracked: dict[str, str]) -> None:
    told = re.findall(r"^(?:    |\$ )?(make \w+)", tracked["README.md"], re.M)
    assert told[:2] == ["make serve", "make test"]


def test_every_word_of_make_stands_in_the_readme(tracked: dict[str, str]) -> None:
    words = re.findall(r"^([a-z-]+):.*## ", tracked["Makefile"], re.M)
    assert "install" in words
    for word in words:
        assert re.search(rf"`make {word}[` ]", tracked["README.md"]), f"README.md does not tell of `make {word}`"


@pytest.mark.parametrize("warning", [False, True])
@pytest.mark.parametrize(("line", "column"), [(12, 15), (12, 0), (0, 0)])
def test_the_editor_s_problem_matcher_understands_a_problem(
    line: int, column: int, warning: bool, tracked: dict[str, str]
) -> None:
    said = str(Problem("content/articles/x.md", line, column, "grade", '"god" is not a grade.', "grade: god", warning))
    pattern = json.loads(tracked[".vscode/tasks.json"])["tasks"][0]["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], said.splitlines()[0])
    assert match
    place = (match[pattern["file"]], match[pattern["line"]], match[pattern["column"]])
    assert place == ("content/articles/x.md", str(line) if line else None, str(column) if column else None)
    assert match[pattern["severity"]] == ("warning" if warning else "error")
    assert (match[pattern["code"]], match[pattern["message"]]) == ("grade", '"god" is not a grade.')


def test_documents_point_at_files_that_exist(tracked: dict[str, str]) -> None:
    for name, text in tracked.items():
        if name.endswith(".md") and not name.startswith("content/"):
            for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
                assert (PROJECT / Path(name).parent / target).exists(), f"{name} points at {target}"
