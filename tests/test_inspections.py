import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import files, plain_yaml
from site_builder.edtf import Date
from site_builder.extraction import authorities, dates, themes
from site_builder.extraction.inspections import Inspections, read_inspections
from site_builder.extraction.judgements import claims
from site_builder.extraction.shapes import Shape, shapes
from site_builder.extraction.speech import read_speech
from site_builder.extraction.tallies import counted
from site_builder.lexicon import Lexicon
from site_builder.model import Framework, Inspection, Role
from site_builder.text.document import Document
from site_builder.text.reading import read

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return files.read_lexicon(files.read_register(ROOT))


def sentences_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, sentence) for value, sentences in table.items() for sentence in sentences]


def shaped(document: Document, lexicon: Lexicon) -> tuple[Shape, ...]:
    return shapes(document, authorities.mentioned(document, lexicon), dates.mentioned(document), lexicon)


def inspections_in(text: str, lexicon: Lexicon, published: Date | None = None) -> Inspections:
    document = read(text)
    places = authorities.mentioned(document, lexicon)
    days = dates.mentioned(document)
    topics = themes.mentioned(document, lexicon)
    speech = read_speech(document, lexicon)
    return read_inspections(document, published, ("oldham",), places, days, topics, speech, lexicon)


def shown(inspection: Inspection) -> str:
    facts = (
        inspection.role,
        inspection.framework,
        inspection.started,
        inspection.ended,
        inspection.report_published,
        inspection.ordinal,
    )
    grades = [f"{each.area}={each.grade}" for each in inspection.judgements]
    return " ".join([*(str(fact) if fact else "-" for fact in facts), "|", *grades])


@pytest.mark.parametrize(("value", "text"), sentences_of("tallies.yaml"))
def test_areas_are_counted_by_grade(value: str, text: str, lexicon: Lexicon) -> None:
    document = read(text)
    told = shaped(document, lexicon)
    read_claims = claims(document, told, read_speech(document, lexicon))
    found = [
        ", ".join(f"{grade} {number}" for grade, number in each.counts)
        for each in counted(document, told, read_claims, lexicon.cardinals)
    ]
    assert found == ([] if value == "nothing" else [value])


@pytest.mark.parametrize(("themes", "text"), sentences_of("focus.yaml"))
def test_a_visit_has_what_inspectors_looked_at_as_its_focus(themes: str, text: str, lexicon: Lexicon) -> None:
    found = inspections_in(text, lexicon).facts[0].value.focus
    assert " ".join(found) == ("" if themes == "nothing" else themes)


@pytest.mark.parametrize(("reason", "text"), sentences_of("standing.yaml"))
def test_a_grade_that_is_not_given_is_kept_out_with_the_reason(reason: str, text: str, lexicon: Lexicon) -> None:
    document = read(text)
    found = claims(document, shaped(document, lexicon), read_speech(document, lexicon))
    assert {claim.kept_out for claim in found} == {reason}


@pytest.mark.parametrize(("framework", "text"), sentences_of("frameworks.yaml"))
def test_names_calendar_and_grades_tell_the_kind_of_inspection(framework: str, text: str, lexicon: Lexicon) -> None:
    subject = inspections_in(text, lexicon).facts[0].value
    assert subject.role is Role.SUBJECT
    assert subject.framework == (None if framework == "nothing" else Framework(framework))


@pytest.mark.parametrize("case", plain_yaml.load((CASES / "inspections.yaml").read_text("utf-8")))
def test_each_grade_and_date_belongs_to_its_inspection(case: plain_yaml.Plain, lexicon: Lexicon) -> None:
    published = Date.parse(case["published"]) if "published" in case else None
    found = inspections_in(case["text"], lexicon, published).facts
    assert [shown(fact.value) for fact in found] == [line.strip() for line in case["tells"]]


def test_a_grade_that_the_kind_never_used_is_kept_out(lexicon: Lexicon) -> None:
    text = "Ofsted’s single inspection framework judged Oldham’s services good. Adoption was rated adequate."
    found = inspections_in(text, lexicon)
    assert [(each.value, each.reason) for each in found.kept_out] == [
        ("adoption: adequate", "sif does not use the grade adequate")
    ]


def test_one_area_gets_one_grade_and_the_other_is_shown(lexicon: Lexicon) -> None:
    text = "Oldham’s services require improvement. They have been rated good overall. Inspectors came in May 2016."
    found = inspections_in(text, lexicon)
    assert [shown(fact.value) for fact in found.facts] == ["subject sif 2016-05 2016-05 - - | overall=good"]
    assert [each.value for each in found.kept_out] == ["overall: requires-improvement"]


def test_each_council_of_a_round_up_has_its_own_days_and_grades(lexicon: Lexicon) -> None:
    text = (
        "Three councils inspected\n\nOldham is good, Rochdale is good and Wigan requires improvement.\n"
        "Oldham was inspected in January 2022 and Rochdale in February 2022.\n"
        "In Wigan inspectors were at work in March 2022. Ofsted’s letter to Wigan was published on 4 May 2022."
    )
    document = read(text)
    places = authorities.mentioned(document, lexicon)
    told = read_inspections(
        document,
        None,
        ("oldham", "rochdale", "wigan"),
        places,
        dates.mentioned(document),
        (),
        read_speech(document, lexicon),
        lexicon,
    )
    assert [(str(fact.value.authority), str(fact.value.started)) for fact in told.facts] == [
        ("oldham", "2022-01"),
        ("rochdale", "2022-02"),
        ("wigan", "2022-03"),
    ]
    assert [fact.value.report_published is not None for fact in told.facts] == [False, False, True]


def test_evidence_is_the_words_of_the_text(lexicon: Lexicon) -> None:
    text = "Headline\nOldham Council’s services were rated “good” by Ofsted in May 2016.\nMore."
    for fact in inspections_in(text, lexicon).facts:
        assert fact.value.evidence
        assert all(words in text for words in fact.value.evidence)
        assert all(words in text for judgement in fact.value.judgements for words in judgement.evidence)


def test_a_text_without_an_authority_tells_of_no_inspection(lexicon: Lexicon) -> None:
    document = read("Services were rated good.")
    speech = read_speech(document, lexicon)
    assert read_inspections(document, None, (), (), (), (), speech, lexicon).facts == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Oldham was rated good by Ofsted in May 2016 and ",
        "Since it was rated good in 2015 the fifth monitoring visit took place on 3 June 2017. ",
        "leadership, adoption; ",
    ],
)
def test_work_grows_no_faster_than_the_text(sentence: str, lexicon: Lexicon) -> None:
    calls = [counted_calls(lambda times=times: inspections_in(sentence * times, lexicon)) for times in (100, 200)]
    assert calls[1] < 2.4 * calls[0]


def counted_calls(work: Callable[[], object]) -> int:
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
