from pathlib import Path

import pytest
from test_speech import lexicon

from site_builder import plain_yaml
from site_builder.extraction import extract
from site_builder.extraction.findings import read_findings
from site_builder.extraction.speech import read_speech
from site_builder.extraction.themes import mentioned, reported
from site_builder.lexicon.phrases import split
from site_builder.model import RawArticle, Theme
from site_builder.text.reading import read

CASES = Path(__file__).parent / "cases"


def texts_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, text) for value, texts in table.items() for text in texts]


def themes_of(text: str) -> tuple[Theme, ...]:
    document = read(text)
    speech = read_speech(document, lexicon())
    topics = mentioned(document, lexicon())
    findings = read_findings(document, speech, (), topics, frozenset(), lexicon())
    return reported(document, topics, (), findings, speech, lexicon())


@pytest.mark.parametrize(("value", "text"), texts_of("themes.yaml"))
def test_themes_are_read_from_their_words(value: str, text: str) -> None:
    assert " ".join(themes_of(text)) == ("" if value == "nothing" else value)


def test_every_theme_has_a_name() -> None:
    named = {value for _, value in lexicon().themes.entries}
    assert named == set(Theme)


def test_no_phrase_names_two_themes() -> None:
    root = Path(__file__).parents[1] / "site_builder" / "lexicon"
    listed = [
        phrase.lower()
        for name in ("themes.yaml", "theme_hints.yaml")
        for phrases in plain_yaml.load((root / name).read_text("utf-8")).values()
        for phrase in phrases
    ]
    assert sorted(listed) == sorted(set(listed))
    assert all(split(phrase) for phrase in listed)


def test_an_area_with_a_grade_of_its_own_is_a_theme() -> None:
    told = "Ofsted inspected Northumberland County Council in May 2019 and has rated it good overall.\n\n"
    text = f"{told}The areas were as follows:\n\nCare leavers: Good\n\nAdoption: Good\n\nLeadership: Inadequate"
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.themes
    assert found == (Theme.ADOPTION, Theme.CARE_LEAVERS, Theme.LEADERSHIP)
