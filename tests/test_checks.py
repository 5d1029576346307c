from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import checks, files, frontmatter
from site_builder.checks import Written
from site_builder.model import Article, Metadata

REGISTER = files.read_register(Path(__file__).parent.parent)
RAW = "Ofsted inspected\u00a0Tameside\nin April 2018. It was “good”. Staff are kind."


def problems(header: str, raw: str | None = RAW) -> list[str]:
    """Place and code of each problem of an article with this front matter."""
    text = f"---\n{header}---\n\nBody\n"
    written = Written("a.md", text, frontmatter.parse("a.md", text), raw)
    found = [problem for check in checks.ARTICLE_CHECKS for problem in check(written, REGISTER)]
    return [f"{problem.line}:{problem.column} {problem.code}: {problem.message}" for problem in found]


def inspection(lines: str) -> str:
    return f"inspections:\n  - authority: tameside\n    role: subject\n{lines}"


def test_a_sound_article_has_no_problems() -> None:
    header = inspection(
        "    framework: ilacs\n    started: 2018-04\n    ended: 2018-04\n    report_published: 2018-05-14\n"
        "    judgements:\n      - area: overall\n        grade: good\n        evidence: It was “good”.\n"
        "    evidence: Ofsted inspected Tameside in April 2018.\n"
    )
    assert not problems(f"authority: tameside\nauthorities: [tameside]\n{header}raw: a.txt\n")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("authorities: [tamside]\n", '2:15 authority: "tamside" is not in the register; did you mean "tameside"?'),
        (
            "authorities: [xyzzy]\n",
            '2:15 authority: "xyzzy" is not in the register; its slugs are in content/register/',
        ),
        ("authority: tameside\n", '2:12 authorities: "tameside" must be in authorities too'),
        (
            inspection("    started: 2018-05\n    ended: 2018-04-30\n"),
            "6:12 order: ended (2018-04-30) lies before started (2018-05)",
        ),
        (inspection("    framework: ilacs\n    started: 2016\n"), "5:16 framework: ilacs inspections began in 20"),
        (inspection("    framework: sif\n    ended: 2019\n"), "5:16 framework: sif inspections ended in 2018-06-11"),
        (
            inspection("    framework: monitoring-visit\n    judgements: [{area: overall, grade: good}]\n"),
            "6:41 grade: monitoring-visit inspections give no grades",
        ),
        (
            inspection("    framework: ilacs\n    judgements: [{area: overall, grade: adequate}]\n"),
            '6:41 grade: ilacs inspections have no "adequate"; they have outstanding, good, ',
        ),
        (
            inspection("    record: tameside-sif-2015-01\n"),
            '5:13 record: the record has no "tameside-sif-2015-01" of tameside; it has tameside-slac-2012-05, ',
        ),
        (
            inspection(
                "    judgements: [{area: adoption, grade: adequate, evidence: a fair result}]\n"
                "    record: tameside-sif-2016-09\n"
            ),
            "5:42 record: the article says adequate for adoption “a fair result”; "
            "the record says good (tameside-sif-2016-09: official-statistics-2023",
        ),
        (
            "findings:\n  - text: Staff are unkind.\n    polarity: weakness\nraw: a.txt\n",
            "3:11 evidence: these words are not in seeds/a.txt",
        ),
        ("inspector_quotes:\n  - good\n  - bad\nraw: a.txt\n", "4:5 evidence: these words are not in seeds/a.txt"),
        (
            inspection("    evidence: [Tameside, Stockport]\n") + "raw: a.txt\n",
            "5:26 evidence: these words are not in seeds/a.txt",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(header: str, problem: str) -> None:
    (found,) = problems(header)
    assert found.startswith(problem)


def test_a_quotation_that_the_article_interrupts_is_one() -> None:
    raw = "Plans are “clear”, they said, “and strong”. They added:\n“Good.\n“Very good.”"
    assert not problems('inspector_quotes:\n  - clear … and strong\n  - "Good.\\n\\nVery good."\nraw: a.txt\n', raw)


def test_a_raw_article_that_is_gone_is_named() -> None:
    assert problems("raw: gone.txt\n", raw=None) == ['2:6 raw: there is no file "gone.txt" in seeds/']


def test_dates_without_a_year_contradict_nothing() -> None:
    assert not problems(inspection("    started: XXXX-05\n    ended: 2018-04\n    framework: sif\n"))


def test_links_that_lead_nowhere() -> None:
    pages = {
        "index.html": b'<a href="a/#x">1</a><a href="/a/#y">2</a><a href="/b/">3</a><a href="https://b.uk/">4</a>',
        "a/index.html": b'<p id="x"></p><a href="../">1</a><a href="#x">2</a><a href="#z">3</a><img src="/%C3%A9">',
        "é": b"",
    }
    assert list(checks.links_lead_somewhere(pages, pages)) == [
        ("index.html", "/a/#y"),
        ("index.html", "/b/"),
        ("a/index.html", "#z"),
    ]


@pytest.mark.parametrize(
    ("body", "leads"),
    [
        ("See [it](/authorities/leeds/).", True),
        ("See [it](#q-1).", True),
        ("[it]: ../x\n", True),
        ("See [it](https://a.example/) or [them](mailto:a@b.example).", False),
        ("[sic] (and so on)", False),
    ],
)
def test_the_site_is_made_only_for_an_article_that_leads_into_it(body: str, leads: bool) -> None:
    assert checks.leads_into_the_site(Article("a", Metadata(), body)) is leads
