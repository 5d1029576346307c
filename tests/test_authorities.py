"""Authorities: the names in a sentence, and whom an article is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import plain_yaml
from site_builder.extraction import dates
from site_builder.extraction.authorities import about, elsewhere, mentioned
from site_builder.extraction.furniture import labelled
from site_builder.files import read_lexicon, read_register
from site_builder.lexicon import Lexicon
from site_builder.text.reading import read

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon(read_register(ROOT))


def _cases() -> Iterator[tuple[str, str]]:
    for slugs, sentences in plain_yaml.load((ROOT / "tests/cases/authorities.yaml").read_text("utf-8")).items():
        yield from (("" if slugs == "nothing" else slugs, sentence) for sentence in sentences)


@pytest.mark.parametrize(("slugs", "sentence"), list(_cases()))
def test_names_in_a_sentence(slugs: str, sentence: str, lexicon: Lexicon) -> None:
    found = mentioned(read(sentence), lexicon)
    assert list(dict.fromkeys(mention.value for mention in found)) == slugs.split()


def _subjects(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    document = read(text)
    return about(document, mentioned(document, lexicon), lexicon)


def test_a_neighbour_named_for_comparison_is_no_subject(lexicon: Lexicon) -> None:
    text = "Oldham was judged good. Oldham’s neighbours, Rochdale among them, were not. Rochdale was inadequate."
    assert _subjects(text, lexicon) == ("oldham",)


def test_a_round_up_has_several_subjects(lexicon: Lexicon) -> None:
    text = "Three councils heard from Ofsted.\nOldham, Wigan and Bolton were inspected.\nLeeds was not."
    assert _subjects(text, lexicon) == ("oldham", "wigan", "bolton")


def test_councils_listed_among_all_that_there_are_are_no_subjects(lexicon: Lexicon) -> None:
    text = (
        "Oldham and Wigan hear from Ofsted.\nOldham was judged good. Wigan was judged inadequate.\n"
        "Oldham’s staff were praised. Caseloads are low.\n"
        "Eighty councils have now been inspected under the framework. Two, Bolton and Bury, have been outstanding."
    )
    assert _subjects(text, lexicon) == ("oldham", "wigan")


@pytest.mark.parametrize(
    "text",
    [
        "One up, one down, one as it was.\nOldham, which was good in 2018, still is.\n"
        "Wigan moves up from inadequate to good.\nMeanwhile Leeds’s services were found to be adequate.",
        "This month’s inspections\nInadequate\nOldham - inspected in May, good before.\n"
        "Good\nWigan - inspected in May, still good.\nYork - a short inspection, good as in 2017.",
    ],
)
def test_the_names_that_open_the_paragraphs_of_a_round_up_are_subjects(text: str, lexicon: Lexicon) -> None:
    assert len(_subjects(text, lexicon)) == 3


def test_the_headings_of_a_round_up_name_its_subjects(lexicon: Lexicon) -> None:
    text = (
        "Adoption shines in Bolton this week.\n\nReading\n\nThe service requires improvement.\n\n"
        "Bolton\n\nThe council was told that it is good.\n\nWest Berkshire\n\nThe council is inadequate."
    )
    assert _subjects(text, lexicon) == ("reading", "bolton", "west-berkshire")


def test_neighbours_do_not_make_a_round_up(lexicon: Lexicon) -> None:
    text = (
        "Oldham Council was told that it is good.\nOldham was inadequate before. Oldham Council said so.\n"
        "Rochdale is good.\nWigan is good.\nOldham Council is glad, Oldham said."
    )
    assert _subjects(text, lexicon) == ("oldham",)


def test_a_body_that_two_share_makes_no_round_up(lexicon: Lexicon) -> None:
    text = (
        "Oldham & Bury Safeguarding Children Partnership\nOldham’s services have been judged good.\n"
        "Could you help Bury to do better? Oldham Council thanks its partners."
    )
    assert _subjects(text, lexicon) == ("oldham",)


def test_a_shared_trust_speaks_for_the_council_that_the_text_names(lexicon: Lexicon) -> None:
    text = "Achieving for Children was praised.\nIts work for Richmond Council was called outstanding."
    assert _subjects(text, lexicon) == ("richmond-upon-thames",)


def test_a_newspaper_tells_of_which_town_it_speaks_where_nothing_else_does(lexicon: Lexicon) -> None:
    def subjects(words: str) -> tuple[str, ...]:
        document = read(f"Oldham Evening Star\nHome  News  Sport\n\n{words} and found plenty to praise in its work.")
        document = labelled(document, dates.mentioned(document), lexicon)
        return about(document, mentioned(document, lexicon), lexicon)

    assert subjects("Inspectors judged the town’s services for children to be good") == ("oldham",)
    assert subjects("Inspectors judged the services of Bury Council to be good") == ("bury",)


def test_a_surname_is_not_a_place_later_on(lexicon: Lexicon) -> None:
    text = "Oldham Council has a new chair, Ann Bolton.\nBolton said she was glad."
    assert [mention.value for mention in mentioned(read(text), lexicon)] == ["oldham"]


def test_a_sentence_that_begins_with_another_authority_is_about_it(lexicon: Lexicon) -> None:
    text = "Oldham’s services are good. Oldham works with Bolton. Neighbouring Wigan Council is waiting for its report."
    document = read(text)
    places = mentioned(document, lexicon)
    found = elsewhere(document, places, ("oldham",))
    assert [document.words(span) for span in found] == ["Neighbouring Wigan Council is waiting for its report."]
