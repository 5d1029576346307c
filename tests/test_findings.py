from pathlib import Path

import pytest
from test_speech import lexicon

from site_builder import plain_yaml
from site_builder.extraction import extract
from site_builder.extraction.findings import read_findings
from site_builder.extraction.polarity import balance
from site_builder.extraction.speech import read_speech
from site_builder.extraction.themes import mentioned
from site_builder.model import Finding, Polarity, RawArticle, Theme
from site_builder.text.document import Fact
from site_builder.text.reading import read

CASES = Path(__file__).parent / "cases"


def texts_of(name: str) -> list[tuple[str, str]]:
    table = plain_yaml.load((CASES / name).read_text("utf-8"))
    return [(value, text) for value, texts in table.items() for text in texts]


def findings_of(text: str) -> tuple[Fact[Finding], ...]:
    document = read(text)
    return read_findings(
        document, read_speech(document, lexicon()), (), mentioned(document, lexicon()), frozenset(), lexicon()
    )


@pytest.mark.parametrize(("value", "text"), texts_of("polarity.yaml"))
def test_a_finding_points_one_way(value: str, text: str) -> None:
    assert [fact.value.polarity for fact in findings_of(text)] == [Polarity(value)]


@pytest.mark.parametrize(("value", "text"), texts_of("findings.yaml"))
def test_findings_are_told_from_other_sentences(value: str, text: str) -> None:
    assert len(findings_of(text)) == int(value)


def test_a_list_heading_decides_for_its_items() -> None:
    (fact,) = findings_of("Areas for improvement:\n\n• clear and timely plans")
    assert (fact.value.text, fact.value.polarity) == ("clear and timely plans", Polarity.WEAKNESS)


def test_a_finding_knows_its_themes() -> None:
    (fact,) = findings_of("Inspectors found that foster carers are well supported.")
    assert Theme.FOSTERING in fact.value.themes


def test_evidence_is_the_sentence() -> None:
    text = "It rained. Inspectors found that plans are clear. It rained again."
    (fact,) = findings_of(text)
    assert fact.value.text == "Inspectors found that plans are clear."
    assert [text[span.start : span.end] for span in fact.evidence] == [fact.value.text]


def test_words_without_praise_or_blame_point_nowhere() -> None:
    assert balance(("the", "meeting", "is", "on", "monday"), lexicon()).polarity is None


def test_a_list_without_bullets_and_the_parts_of_a_paper_are_told_apart() -> None:
    text = """Ofsted inspects services in Northport

Inspectors came to Northport in May, and there were three things in what they saw that they praised:

the care that goes into matching

how children are told of decisions

5. Response

5.1 Eleven posts have been filled and the team's records are now clear and well kept."""
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.findings
    assert [finding.text.split()[0] for finding in found] == ["the", "how"]


def test_a_sentence_without_praise_or_blame_goes_on_as_the_one_before() -> None:
    text = "Inspectors found that records are poor. Teenagers are dealt with by a team of their own."
    assert [fact.value.polarity for fact in findings_of(text)] == [Polarity.WEAKNESS, Polarity.WEAKNESS]


def test_the_first_of_a_paragraph_points_as_the_next() -> None:
    text = "Inspectors found that records are clear.\n\nTeenagers meet their advisers by the river. They wait too long."
    assert [fact.value.polarity for fact in findings_of(text)][1:] == [Polarity.WEAKNESS, Polarity.WEAKNESS]


def test_what_was_so_too_points_as_the_sentence_before() -> None:
    text = "Inspectors found that records are clear. So was the work of the team that takes calls at night."
    assert [fact.value.polarity for fact in findings_of(text)] == [Polarity.STRENGTH, Polarity.STRENGTH]


def test_a_heading_may_deny_the_one_before_it() -> None:
    text = """What’s going well

Advisers know their young people and keep in touch with all of those who have left care.

What isn’t

Pathway plans are a story of their own in this letter, which takes a while to read."""
    found = extract(RawArticle("a.txt", f"Ofsted has been to Northport and likes some of it\n\n{text}"), lexicon())
    assert [each.polarity for each in found.metadata.findings] == [Polarity.STRENGTH, Polarity.WEAKNESS]


def test_an_item_points_as_those_beside_it() -> None:
    text = "Inspectors found that:\n\n• files were changed at night\n\n• managers closed cases too soon\n\n• staff left"
    assert {fact.value.polarity for fact in findings_of(text)} == {Polarity.WEAKNESS}


def test_a_numbered_paragraph_of_a_paper_may_lead_into_a_list() -> None:
    text = "Findings\n\n7. Plans are clear.\n\n8. Practice should be improved in:\n\n(a) the use of timescales"
    polarity = {fact.value.text: fact.value.polarity for fact in findings_of(text)}
    assert polarity["(a) the use of timescales"] is Polarity.WEAKNESS


def test_a_heading_decides_for_the_paragraphs_below_it() -> None:
    text = """Ofsted has been to Northport and this is what its inspectors have to say of us

The report came out on Tuesday, and every team has had a copy of it since then to read.

What needs to improve

Personal education plans, which are signed off without targets in them.

Dental checks for children who come into care.

The visit took place in May and was the second since a new director came to the town."""
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.findings
    assert [(each.text.split()[0], each.polarity) for each in found] == [
        ("Personal", Polarity.WEAKNESS),
        ("Dental", Polarity.WEAKNESS),
    ]


def test_a_heading_that_denies_its_praise_blames() -> None:
    text = """Ofsted has been to Northport and this is what its inspectors have to say of us

The not so good

Pathway plans are a story of their own in this letter, which takes a while to read."""
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.findings
    assert [each.polarity for each in found] == [Polarity.WEAKNESS]


def test_a_part_without_areas_for_action_praises() -> None:
    text = """Focused visit to Northport local authority children’s services in May

This letter summarises what inspectors found when they spent two days with the social workers of Northport.

Areas for priority action

No area for priority action was identified at this visit.

What needs to improve in this area of social work practice?

The timeliness with which contacts about domestic abuse are screened by the team."""
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.findings
    assert [each.polarity for each in found][-2:] == [Polarity.STRENGTH, Polarity.WEAKNESS]
    assert not any(each.text.endswith("?") for each in found)


def test_the_paragraphs_of_a_paper_below_a_heading_may_lead_into_a_list() -> None:
    text = """Outcome of the inspection of children’s services in Northport

The inspection took place in May and its report was published in June, and members have each had a copy of it.

Areas for development

10. Inspectors made eight recommendations. The most significant are that the Council should:

(a) make sure that children in need have plans which are reviewed regularly

11. That Panel note the report of the inspectors and the good work of the staff."""
    found = extract(RawArticle("a.txt", text), lexicon()).metadata.findings
    assert [each.text[:8] for each in found] == ["(a) make"]
