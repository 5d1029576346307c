from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from projects import PROJECT

from site_builder import frontmatter
from site_builder.commands.extract import as_json, explained
from site_builder.edtf import Date
from site_builder.extraction import Explained, Extraction, extract
from site_builder.files import read_lexicon, read_register
from site_builder.measured import Measured, Rule
from site_builder.model import Article, Metadata, RawArticle

LEXICON = read_lexicon(read_register(PROJECT))


def test_an_explanation_shows_words_line_and_rule_and_why_a_fact_was_kept_out() -> None:
    facts = (
        Explained("published", "2018-05-14", ("Press Release:\n 14/05/2018",), 6, "labelled"),
        Explained(
            "judgements", "overall = good", ("rated", "good overall"), 9, "rated_overall", kept_out="it is a hope"
        ),
    )
    measured = Measured(Date.parse("2026-11-01"), 9, {}, {("published", "labelled"): Rule(17, 18)})
    assert explained("seeds/a.txt", Extraction(Metadata(), "", facts), measured) == (
        "seeds/a.txt\n"
        "  published: 2018-05-14\n"
        "    “Press Release: 14/05/2018”\n"
        "    line 6, read by labelled, confidence 0.90 (17 of 18 right on 2026-11-01)\n"
        "  judgements: overall = good\n"
        "    “rated”\n"
        "    “good overall”\n"
        "    line 9, read by rated_overall, not measured\n"
        "    kept out: it is a hope\n"
    )


def test_a_json_line_is_one_line_for_every_program() -> None:
    line = as_json("a.txt", Extraction(Metadata(title="One\u2028two"), "Body\x85\n", ()))
    assert line.splitlines() == [line]
    assert json.loads(line) == {"input": "a.txt", "title": "One\u2028two", "body": "Body\x85\n"}


SEEDS = [path.read_text("utf-8") for path in sorted((PROJECT / "seeds").glob("*.txt"))]
SHREDS = st.lists(
    st.tuples(st.sampled_from(SEEDS), st.integers(0, 4000), st.integers(0, 300)).map(
        lambda cut: cut[0][cut[1] : cut[1] + cut[2]]
    )
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    max_size=8,
).map("\n".join)


@given(SHREDS)
@settings(deadline=None, max_examples=40)
def test_whatever_is_read_can_be_written_and_read_back(text: str) -> None:
    found = extract(RawArticle("a.txt", text), LEXICON)
    article = Article("a", found.metadata, found.body.strip("\n"))
    assert frontmatter.parse("a.md", frontmatter.dump(article)) == article
