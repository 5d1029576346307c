from pathlib import Path

import pytest

from site_builder import plain_yaml
from site_builder.edtf import Date
from site_builder.extraction.dates import Days, mentioned, settled
from site_builder.text.reading import read

CASES = Path(__file__).parent / "cases"


def sentences_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, sentence) for value, sentences in table.items() for sentence in sentences]


def shown(days: Days) -> str:
    return str(days.first) if days.first == days.last else f"{days.first}/{days.last}"


@pytest.mark.parametrize(("value", "sentence"), sentences_of("dates.yaml"))
def test_a_date_is_read_as_partial_as_it_is_named(value: str, sentence: str) -> None:
    found = [shown(mention.value) for mention in mentioned(read(sentence))]
    assert found == ([] if value == "nothing" else [value])


@pytest.mark.parametrize(("value", "sentence"), sentences_of("relative_dates.yaml"))
def test_the_day_of_publication_settles_relative_dates(value: str, sentence: str) -> None:
    document = read(sentence)
    found = [shown(mention.value) for mention in settled(document, mentioned(document), Date.parse("2018-05-14"))]
    assert found == ([] if value == "nothing" else [value])


def test_without_a_day_of_publication_nothing_is_settled() -> None:
    document = read("They came in April, last month and two years ago.")
    dates = mentioned(document)
    assert settled(document, dates, None) == dates
    years = settled(document, dates, Date.parse("2018"))
    assert [str(mention.value.first) for mention in years] == ["XXXX-04", "2016"]


def test_a_date_covers_its_own_words() -> None:
    document = read("Headline\nIt was “judged” on Friday 6 July 2018, they said.")
    assert [document.words(mention.span) for mention in mentioned(document)] == ["Friday 6 July 2018"]
