"""Numbers on pages are those that the data to download adds up to."""

from __future__ import annotations

import csv
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from site_builder.site.wording import counted

Rows = list[dict[str, str]]

NOT_OF_THE_WHOLE_SERVICE = {
    "contact-referral-assessment", "focused-visit", "monitoring-visit", "jtai", "area-send", "fostering", "adoption",
    "residential", "other",
}  # fmt: skip
"""Kinds of inspection that judge one service, or give no grade of the council's services as such."""


@pytest.fixture(scope="module")
def data(output: Path) -> dict[str, Rows]:
    """The rows of every CSV file."""
    found = {}
    for path in (output / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def latest(data: dict[str, Rows]) -> dict[tuple[str, str], str]:
    """The newest grade of each area of each council that there is today, read from the data alone."""
    abolished = {row["authority"] for row in data["authorities"] if row["abolished"]}
    newest: dict[tuple[str, str], tuple[str, str]] = {}
    # The record's rows of an inspection stand before those of articles: the first grade of an area is the one held.
    for row in data["judgements"]:
        key = (row["authority"], row["area"])
        counts = row["authority"] not in abolished and row["framework"] not in NOT_OF_THE_WHOLE_SERVICE
        if counts and (key not in newest or row["latest_day"] > newest[key][0]):
            newest[key] = (row["latest_day"], row["grade"])
    return {key: grade for key, (_, grade) in newest.items()}


def main(output: Path, place: str) -> str:
    """What a page says between header and footer."""
    html = (output / place / "index.html").read_text("utf-8")
    return html.partition("<main")[2].partition("</main>")[0]


def words(html: str) -> str:
    """HTML as a reader sees it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("place", ["", "judgements"])
def test_councils_in_the_table_of_grades_are_those_of_the_data(
    place: str, output: Path, latest: dict[tuple[str, str], str]
) -> None:
    shown = re.findall(r'<a href="/judgements/([a-z-]+)/#([a-z-]+)"[^>]*>([\d,]+)</a>', main(output, place))
    assert len(shown) > 15
    held = Counter((grade, area) for (_, area), grade in latest.items())
    for grade, area, number in shown:
        assert int(number.replace(",", "")) == held[grade, area], f"{grade}, {area}"


@pytest.mark.parametrize("grade", ["outstanding", "good", "requires-improvement", "adequate", "inadequate"])
def test_a_grade_s_page_lists_as_many_councils_as_it_says(
    grade: str, output: Path, latest: dict[tuple[str, str], str]
) -> None:
    html = main(output, f"judgements/{grade}")
    sections = re.split(r'<section class="section" aria-labelledby="', html)[1:]
    assert sections
    for section in sections:
        area = section.partition('"')[0]
        told = re.search(r"Latest grade we hold <span[^>]*>\((\d+) councils?\)", section)
        listed = section.partition("<ul")[2].partition("</ul>")[0].count("<li>")
        number = sum(1 for (_, of), held in latest.items() if (of, held) == (area, grade))
        if told:
            assert int(told[1]) == listed == number, area
        else:
            assert number == 0, area


def test_all_judgements_of_a_grade_are_counted_once(output: Path, data: dict[str, Rows]) -> None:
    first: dict[tuple[str, str], str] = {}
    for row in data["judgements"]:
        first.setdefault((row["inspection"], row["area"]), row["grade"])
    held = Counter(first.values())
    shown = re.findall(r'<a href="/judgements/([a-z-]+)/">([\d,]+) judgements?,', main(output, "judgements"))
    assert len(shown) == 5
    assert {grade: int(number.replace(",", "")) for grade, number in shown} == dict(held)


def test_inspections_and_visits_are_those_of_the_data(output: Path, data: dict[str, Rows]) -> None:
    told = re.search(r"([\d,]+) inspections and visits", words(main(output, "inspections")))
    assert told
    assert int(told[1].replace(",", "")) == len(data["inspections"])
    assert len(list(output.glob("inspections/*/index.html"))) == len(data["inspections"])
    graded = {row["inspection"] for row in data["judgements"]}
    without = re.search(r"([\d,]+) such visits", words(main(output, "judgements/no-grade")))
    assert without
    assert int(without[1].replace(",", "")) == len(data["inspections"]) - len(graded)


def test_articles_are_those_of_the_data(output: Path, data: dict[str, Rows]) -> None:
    told = re.search(r"([\d,]+) articles?\b", words(main(output, "articles")))
    assert told
    assert int(told[1].replace(",", "")) == len(data["articles"])
    about = {slug for row in data["articles"] for slug in row["authorities"].split(";") if slug}
    current = {row["authority"] for row in data["authorities"] if not row["abolished"]}
    held = counted(len(data["articles"]), "article"), counted(len(about & current), "council")
    assert f"{held[0]} about {held[1]} of {len(current)}" in words(main(output, ""))


def test_articles_and_findings_of_each_theme_are_those_of_the_data(output: Path, data: dict[str, Rows]) -> None:
    written = Counter(theme for row in data["articles"] for theme in row["themes"].split(";"))
    found = Counter(theme for row in data["findings"] for theme in row["themes"].split(";"))
    shown = re.findall(
        r'<a href="/themes/([a-z-]+)/">[^<]*</a>\s*<span[^>]*>([\d,]+) articles?, ([\d,]+) findings?',
        main(output, "themes"),
    )
    assert len(shown) == 31
    for theme, articles, findings in shown:
        assert int(articles.replace(",", "")) == written[theme], theme
        assert int(findings.replace(",", "")) == found[theme], theme
        lead = words(main(output, f"themes/{theme}"))
        assert f"{found[theme]:,} finding" in lead or found[theme] == 0, theme
