from __future__ import annotations

import pytest
from projects import PROJECT

from site_builder.extraction import extract
from site_builder.files import read_lexicon, read_register
from site_builder.model import RawArticle

LEXICON = read_lexicon(read_register(PROJECT))
HEAD = "News from Tameside\n\nPress release: 14/05/2018"
FOOT = "and so on, in words that " + "no reader will ever want to be told in a summary of any kind, " * 4
LEAD = "A report about children’s services in Tameside came out on Friday."
GRADED = "Ofsted rated the council’s services good for leadership and adequate for adoption."
FOUND = "Inspectors found that social workers know their children well and visit them often."
SPEECH = "“We are delighted with every word of this report about us,” said Ada Quill, leader of Tameside Council."


def told(*paragraphs: str) -> str | None:
    return extract(RawArticle("a.txt", "\n\n".join((HEAD, *paragraphs, FOOT))), LEXICON).metadata.summary


@pytest.mark.parametrize(
    ("paragraphs", "summary"),
    [
        ((LEAD, FOUND, GRADED), f"{LEAD} {GRADED}"),
        ((LEAD, SPEECH, FOUND), f"{LEAD} {FOUND}"),
        ((f"{GRADED} {FOUND}",), GRADED),
        ((SPEECH, LEAD), LEAD),
        (("• The plans of all children are clear and bold.", LEAD), LEAD),
        ((f"{LEAD} {FOUND}",), f"{LEAD} {FOUND}"),
        (("RECOMMENDATIONS: Members are asked to welcome the findings of the inspection.", f"1.1  {LEAD}"), LEAD),
        ((LEAD, SPEECH, "It also praised how well and warmly foster carers are supported.", FOUND), f"{LEAD} {FOUND}"),
        (("The council had run out of money by the end of that wet week.", LEAD, FOUND), f"{LEAD} {FOUND}"),
        (("Good morning and welcome to our live blog from the town hall.", LEAD, FOUND), f"{LEAD} {FOUND}"),
        (("Ofsted came.",), None),
        (("Read more", "Comments"), None),
    ],
)
def test_a_summary_is_the_lead_and_what_was_judged_or_found(paragraphs: tuple[str, ...], summary: str | None) -> None:
    assert told(*paragraphs) == summary


def test_half_a_quotation_is_no_summary() -> None:
    half = "Inspectors said “the plans of the council’s children are clear and well made."
    assert told(half, f"{LEAD}”") is None


@pytest.mark.parametrize("path", sorted((PROJECT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
def test_every_seed_has_a_summary_in_its_own_words(path) -> None:
    text = path.read_text("utf-8")
    found = extract(RawArticle(path.name, text), LEXICON)
    (fact,) = [fact for fact in found.facts if fact.name == "summary"]
    assert found.metadata.summary == " ".join(fact.words)
    assert all(words in text for words in fact.words)
