from functools import cache
from pathlib import Path

import pytest

from site_builder import plain_yaml
from site_builder.extraction import authorities
from site_builder.extraction.quotation import stretches
from site_builder.extraction.speech import read_speech
from site_builder.extraction.voices import Speech, Voice
from site_builder.files import read_lexicon, read_register
from site_builder.lexicon import Lexicon
from site_builder.text.document import Span
from site_builder.text.reading import read

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"


@cache
def lexicon() -> Lexicon:
    return read_lexicon(read_register(ROOT))


def texts_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, text) for value, texts in table.items() for text in texts]


def speech_of(text: str) -> Speech:
    return read_speech(read(text), lexicon())


@pytest.mark.parametrize(("value", "text"), texts_of("quotations.yaml"))
def test_marks_are_paired_however_they_are_set(value: str, text: str) -> None:
    document = read(text)
    found = [
        " / ".join(document.words(part) for part in stretch.parts) for stretch in stretches(document, lexicon().speech)
    ]
    assert " // ".join(found) == ("" if value == "nothing" else value)


@pytest.mark.parametrize(("value", "text"), texts_of("quotes.yaml"))
def test_speech_is_its_speakers(value: str, text: str) -> None:
    found = [f"{fact.value.speaker}: {fact.value.text.split('.')[0].rstrip(',')}" for fact in speech_of(text).quotes]
    assert " // ".join(found) == ("" if value == "nothing" else value)


@pytest.mark.parametrize(("value", "text"), texts_of("people.yaml"))
def test_people_are_called_as_the_text_calls_them(value: str, text: str) -> None:
    found = [fact.value for fact in speech_of(text).quotes]
    assert [f"{quote.speaker} | {quote.role} | {quote.organisation}" for quote in found] == [value]


@pytest.mark.parametrize(("value", "text"), texts_of("inspector_quotes.yaml"))
def test_words_of_the_report_are_told_from_other_quotations(value: str, text: str) -> None:
    found = [fact.value.split(".")[0].rstrip(",") for fact in speech_of(text).inspector_quotes]
    assert " // ".join(found) == ("" if value == "nothing" else value)


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Wigan is to get help. Leeds City Council, which is good, will lend staff. ", "Wigan"),
        (
            "Wigan Council is to get help. Leeds City Council, which Leeds City Council says is good, helps. ",
            "Wigan Council",
        ),
        ("WIGAN is to get help. Wigan's services are late. ", "Wigan"),
    ],
)
def test_an_officer_speaks_for_the_council_that_the_article_is_about(text: str, organisation: str) -> None:
    document = read(f"{text}Ann Field, director of children's services, said: “We have more to do than this.”")
    own = [mention for mention in authorities.mentioned(document, lexicon()) if mention.value == "wigan"]
    (quote,) = read_speech(document, lexicon(), places=own).quotes
    assert quote.value.organisation == organisation


def test_every_stretch_has_a_voice() -> None:
    text = "“We are glad to hear it,” said Ann Field. The report says “plans drift and children wait”. Staff agree."
    speech = speech_of(text)
    voices = [speech.voice(Span(text.index(word), len(text))) for word in ("We are", "plans", "Staff")]
    assert voices == [Voice.PERSON, Voice.INSPECTORS, Voice.ARTICLE]


@pytest.mark.parametrize("text", ["“" * 2000, "'a " * 2000, "“a ‘b " * 1000, "” said Ann Field: “" * 500, '" ' * 2000])
def test_any_row_of_marks_is_read(text: str) -> None:
    speech_of(text)


def test_evidence_is_the_words_themselves() -> None:
    document = read("Ann Field said: “We are sorry for this.\n\n“We will put it right.”")
    (fact,) = read_speech(document, lexicon()).quotes
    assert [document.words(span) for span in fact.evidence] == ["We are sorry for this.", "We will put it right."]
    assert fact.value.text == "We are sorry for this.\n\nWe will put it right."


def test_our_chair_speaks_for_the_publisher() -> None:
    text = "Our chair, Ann Field, said: “We have more to do than this.”"
    (quote,) = read_speech(read(text), lexicon(), "Northport Parents").quotes
    assert (quote.value.role, quote.value.organisation) == ("chair", "Northport Parents")
