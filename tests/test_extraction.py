"""Extraction as a whole: what it finds in real articles, and what holds for every text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scores import measured

from site_builder import frontmatter, plain_yaml
from site_builder.checks import Written, evidence_stands_in_the_raw_text
from site_builder.extraction import extract
from site_builder.files import read_lexicon, read_register
from site_builder.lexicon import Lexicon
from site_builder.model import Article, RawArticle
from site_builder.text.reading import read

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests/gold"
DEVELOPMENT = ROOT.parent / "shared/evaluation/dev"
SEEDS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
FLOORS = plain_yaml.load((GOLD / "floors.yaml").read_text("utf-8"))
LEXICON = read_lexicon(read_register(ROOT))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return LEXICON


def _found(text: str) -> dict[str, Any]:
    extraction = extract(RawArticle("article.txt", text), LEXICON)
    return {**frontmatter.as_plain(extraction.metadata), "body": extraction.body}


def _scores(folder: Path, texts: dict[str, str]) -> dict[str, float]:
    gold = {name: plain_yaml.load((folder / f"{name}.yaml").read_text("utf-8")) for name in texts}
    return measured((gold[name], _found(text), text) for name, text in texts.items())


def _below(scores: dict[str, float], floors: dict[str, str]) -> list[str]:
    return [
        f"{name}: {scores.get(name, 0):.3f}, floor {floor}"
        for name, floor in floors.items()
        if scores.get(name, 0) < float(floor)
    ]


def test_the_seeds_are_read_as_well_as_ever() -> None:
    assert _below(_scores(GOLD, SEEDS), FLOORS["seeds"]) == []


@pytest.mark.skipif(not DEVELOPMENT.is_dir(), reason="the development cases are no part of the project")
def test_the_development_cases_are_read_as_well_as_ever() -> None:
    texts = {path.stem: path.read_text("utf-8") for path in sorted(DEVELOPMENT.glob("*.txt"))}
    assert _below(_scores(DEVELOPMENT, texts), FLOORS["development"]) == []


def _proofs(text: str) -> None:
    """Every word that proves a fact stands in the text; every slug in the register; and twice is the same."""
    raw = RawArticle("article.txt", text)
    extraction = extract(raw, LEXICON)
    layer = read(text).text
    metadata = extraction.metadata
    for inspection in metadata.inspections:
        assert inspection.authority in LEXICON.register.by_slug
        for fact in (inspection, *inspection.judgements, *inspection.tallies):
            assert fact.evidence
            assert all(words and words in layer for words in fact.evidence)
    assert all(slug in LEXICON.register.by_slug for slug in metadata.authorities)
    assert metadata.authority == (metadata.authorities[0] if metadata.authorities else None)
    for fact in extraction.facts:
        assert all(words in layer for words in fact.words)
        assert 0 <= fact.line <= layer.count("\n") + 1
    assert extract(raw, LEXICON) == extraction
    article = Article("a", replace(metadata, raw="a.txt"), extraction.body.strip("\n"))
    written = Written("a.md", frontmatter.dump(article), article, text)
    assert frontmatter.parse("a.md", written.text) == article
    assert list(evidence_stands_in_the_raw_text(written, LEXICON.register)) == []


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_what_is_read_in_a_real_article_stands_in_it(name: str) -> None:
    _proofs(SEEDS[name])


# What random texts brought to light (atheris, ten minutes at a time), as short as it can be said.
FOUND_AT_RANDOM = (
    "Inspectors praised the “clear plans for all children”, “strong and steady leadership” and much more in Bury.",
    "Inspectors said the council “keeps its plans“strong in all its work for children” it said, “and good” in Bury.",
)


@pytest.mark.parametrize("text", FOUND_AT_RANDOM)
def test_what_random_texts_brought_to_light(text: str) -> None:
    _proofs(text)


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_no_text_is_too_much(text: str) -> None:
    _proofs(text)


WORDS = """Ofsted|Oldham Council|Bury|good|inadequate|rated|was judged|requires improvement|in May 2016|12/05/2018
leadership|adoption|the sixth monitoring visit|Cllr Ada Quill|said:
“|”|"|'|‘|.|• |seven were good|children in care|too many|2.|(|)
Inspectors found that|Comments|Most Read|Dear Editor|https://reports.ofsted.gov.uk/x|- |he added|…|’s|[|*"""
PIECES = [*WORDS.replace("\n", "|").split("|"), "|", "\n", "\n\n"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_heap_of_words_is_too_much(words: list[str]) -> None:
    _proofs(" ".join(words))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_no_torn_article_is_too_much(name: str, data: st.DataObject) -> None:
    text = SEEDS[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3000)))
    put = data.draw(st.sampled_from(["", "“", "”", '"', "\n", "\x00", "• ", "12 May 2011 ", " Bury "]))
    at = data.draw(st.integers(start, end))
    _proofs(text[start:at] + put + text[at:end])


@pytest.mark.parametrize("name", sorted(SEEDS))
@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), (" ", "\xa0"), ("’", "'"), ("–", "-")])
def test_typography_changes_no_fact(name: str, old: str, new: str) -> None:
    def folded(value: object) -> str:
        text = json.dumps(value, ensure_ascii=False).replace("\\r", "")
        return " ".join(text.replace("’", "'").replace("–", "-").split())

    assert folded(_found(SEEDS[name].replace(old, new))) == folded(_found(SEEDS[name]))


def test_the_body_holds_every_sentence_of_the_article() -> None:
    for text in SEEDS.values():
        body = " ".join(_found(text)["body"].replace("\\", "").split())
        for finding in _found(text).get("findings", ()):
            assert " ".join(finding["text"].split()) in body
