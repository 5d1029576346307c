from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder import plain_yaml
from site_builder.plain_yaml import Items, Pairs, Scalar, Unreadable

CASES = Path(__file__).parent / "cases"


def test_everything_stays_the_words_it_was_written_in() -> None:
    text = "a: no\nb: 2018-05-14\nc: 0x1F\nd: ~\ne: 1_000\nf: 12:30\n"
    assert plain_yaml.load(text) == {"a": "no", "b": "2018-05-14", "c": "0x1F", "d": "~", "e": "1_000", "f": "12:30"}


def test_every_part_knows_its_place() -> None:
    text = "# one\né: [x,\n  'y']\n\U0001f600: {a: b}  # two\n"
    assert plain_yaml.read(text) == Pairs(
        (
            (Scalar("é", 2, 1), Items((Scalar("x", 2, 5), Scalar("y", 3, 3)), 2, 4)),
            (Scalar("\U0001f600", 4, 1), Pairs(((Scalar("a", 4, 5), Scalar("b", 4, 8)),), 4, 4, flow=True)),
        ),
        2,
        1,
    )


def test_lines_are_counted_as_editors_count_them() -> None:
    """YAML ends lines at U+2028 and U+0085 too; editors do not."""
    node = plain_yaml.read('a: "x\u2028y\x85z"\r\nb: c\rd: e\n')
    assert isinstance(node, Pairs)
    assert [(key.text, key.line) for key, _ in node.pairs] == [("a", 1), ("b", 2), ("d", 3)]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "a:\n", "a: null\n", "a: ~\n", "a: ''\n", 'a: ""\n'])
def test_nothing_is_told_from_something(text: str) -> None:
    node = plain_yaml.read(text)
    last = node.pairs[0][1] if isinstance(node, Pairs) else node
    assert isinstance(last, Scalar)
    assert last.absent
    quoted = plain_yaml.read("'null'")
    assert isinstance(quoted, Scalar)
    assert not quoted.absent


def refused() -> list[list[str]]:
    """Each text with the place, code and the sentence's beginning that `cases/refused_yaml.txt` gives."""
    entries = (CASES / "refused_yaml.txt").read_text("utf-8").split("\n\n")[1:]
    return [entry.strip("\n").rsplit("\n=> ", 1) for entry in entries]


@pytest.mark.parametrize(("text", "expected"), refused())
def test_what_is_refused(text: str, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        plain_yaml.read(text)
    error = caught.value
    assert f"{error.line}:{error.column} {error.code}: {error.message}".startswith(expected)


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(20)),
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000 + "x",
        "".join(f"{' ' * n}a:\n" for n in range(300)),
    ],
)
def test_bombs_are_refused_before_they_are_built(bomb: str) -> None:
    with pytest.raises(Unreadable):
        plain_yaml.read(bomb)


ANY = st.text(st.characters(exclude_categories=["Cs"]))
YAML_LIKE = st.text(alphabet=" \n\t:#-'\"ab,[]{}|>&*!%@`?\\\r\u2028\x85é0~")
VALUES = st.recursive(
    ANY | YAML_LIKE | st.sampled_from(["good", "no", "2018-05-14"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["title", "b", "c"]), VALUES, min_size=1), st.sampled_from([40, 100]))
@settings(deadline=None, max_examples=60)
def test_what_is_written_is_read_back_by_us_and_by_others(value: dict[str, object], width: int) -> None:
    written = plain_yaml.dump(value, width)
    assert plain_yaml.load(written) == value
    assert yaml.safe_load(written) == value


@given(ANY | YAML_LIKE)
@settings(deadline=None, max_examples=60)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    try:
        plain_yaml.read(text)
    except Unreadable as error:
        lines = text.count("\n") + text.count("\r") + 1
        assert (1 <= error.line <= lines, error.column >= 1, bool(error.message)) == (True, True, True)  # noqa: PT017


def test_long_texts_are_folded_and_short_lists_stand_on_one_line() -> None:
    value = {
        "authorities": ["tameside", "st-helens"],
        "counts": {"good": 7, "adequate": 2},
        "evidence": "Inspectors said: “It’s good”, " * 5 + "and went.",
        "published": "2018-05-14",
        "title": "Ofsted: a visit",
    }
    assert plain_yaml.dump(value) == (
        "authorities: [tameside, st-helens]\n"
        "counts: {good: 7, adequate: 2}\n"
        "evidence: >-\n"
        "  Inspectors said: “It’s good”, Inspectors said: “It’s good”, Inspectors said: “It’s good”,\n"
        "  Inspectors said: “It’s good”, Inspectors said: “It’s good”, and went.\n"
        'published: "2018-05-14"\n'
        'title: "Ofsted: a visit"\n'
    )
