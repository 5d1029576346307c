"""Large and hostile texts: twice the text is twice the work, counted in calls and not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.extraction import extract
from site_builder.files import read_lexicon, read_register
from site_builder.model import RawArticle

ROOT = Path(__file__).parent.parent
LEXICON = read_lexicon(read_register(ROOT))
SEEDS = "\n\n".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
MONTHS = ("March", "May", "June", "October")


def prose(size: int) -> str:
    """Whole articles, since their parts are not alike."""
    return SEEDS * (size // 5_000)


SHAPES: dict[str, Callable[[int], str]] = {
    "prose": prose,
    "no line breaks": lambda size: " ".join(prose(size).split()),
    "curly quote marks": lambda size: "“word ” " * (size // 4),
    "straight quote marks": lambda size: '" said ' * (size // 4),
    "marks alone": lambda size: '"' * (size // 2) + "“" * (size // 2),
    "nested quotes": lambda size: "“He said ‘it is " * (size // 12) + "good’ ”" * (size // 12),
    "speeches": lambda size: "“It is good for all,” said Ada Quill, leader of the council.\n" * (size // 40),
    "speech without end": lambda size: "Ada Quill said:\n" + "“It is good for our families\n" * (size // 20),
    "dates": lambda size: ", ".join(f"{1 + n % 28} {MONTHS[n % 4]} {2005 + n % 19}" for n in range(size // 10)),
    "datelines": lambda size: "\n".join(f"{1 + n % 28} {MONTHS[n % 4]} {2005 + n % 19}" for n in range(size // 10)),
    "inspections": lambda size: " ".join(
        f"Ofsted rated Tameside good in {MONTHS[n % 4]} {2005 + n % 19}." for n in range(size // 40)
    ),
    "list items": lambda size: "Inspectors found:\n" + "\n".join(f"• Plan {n} is good" for n in range(size // 10)),
    "table": lambda size: "overall effectiveness: good\n" * (size // 20),
    "grades": lambda size: "good and outstanding and inadequate for leadership " * (size // 40),
    "councils": lambda size: "Tameside Council and Reading Borough Council and " * (size // 40),
    "names": lambda size: "Ada Quill, Leader of Tameside Council, " * (size // 40),
    "short lines": lambda size: "Ok\n" * (size // 4),
    "furniture": lambda size: "Read more:\nComments\nMost read\n" * (size // 20),
    "letters": lambda size: "Dear Ada Quill\nYours sincerely\n" * (size // 20),
    "visits": lambda size: "The focused visit looked at the weather. Children in care need more. " * (size // 40),
    "menus": lambda size: "A > B > C | " * (size // 10),
    "addresses": lambda size: "https://reports.ofsted.gov.uk/provider/44/80486 " * (size // 40),
    "dots": lambda size: "." * size,
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "one word": lambda size: "a" * size,
    "one number": lambda size: "1" * size,
    "spaces": lambda size: " " * size + "a",
}
REPEATED = (
    "“",
    "“‘",
    '" a ',
    "12 May 2018 ",
    "Bury ",
    "said: ",
    "Menu\n",
    "Ofsted judged it good. ",
    "• a ",
    "1.1.",
    "((",
)


def repeated(part: str) -> Callable[[int], str]:
    return lambda size: part * (size // 2 // len(part))


SHAPES |= {repr(part): repeated(part) for part in REPEATED}


def work(text: str) -> int:
    """Calls of functions, Python's own among them, that reading a text takes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(RawArticle("a.txt", text), LEXICON)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    small, large = (work(SHAPES[shape](size)) for size in (10_000, 20_000))
    assert large < 2.3 * small + 1000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SEEDS * (1_000_000 // len(SEEDS)), id="a megabyte of prose"),
        pytest.param(" ".join(SEEDS.split()) * (1_000_000 // len(SEEDS)), id="and no line break"),
        pytest.param("“word” " * 25_000, id="50,000 quote marks"),
        pytest.param("“He said ‘it is " * 10_000 + "good’ ”" * 10_000, id="nested quotes"),
        pytest.param(SHAPES["dates"](100_000), id="10,000 dates"),
        pytest.param(SHAPES["list items"](50_000), id="5,000 list items"),
        pytest.param("a" * 1_000_000, id="a word of a megabyte"),
    ],
)
def test_texts_of_any_size_come_to_an_end(text: str) -> None:
    """What Python's own searching does is not counted above; were it the square of the text, this would not end."""
    assert extract(RawArticle("a.txt", text), LEXICON).metadata.raw == "a.txt"
