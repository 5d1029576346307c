"""What may not be shown of an article is in no file of the site."""

import json
import re
from dataclasses import replace

import pytest
from articles import ARTICLES
from hypothesis import given, settings
from hypothesis import strategies as st
from test_gather import LABELS, PUBLICATION, REGISTER
from test_render import ASSETS, TEMPLATES

from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Article,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Metadata,
    Polarity,
    Quote,
    Rights,
    Role,
    Source,
    SourceKind,
)
from site_builder.site import Ground, publish
from site_builder.site.markdown import MARKDOWN
from site_builder.site.publication import Publication
from site_builder.site.rights import shown

OPENING = "Kettleby’s services for children were inspected in May, says a report that came out on Tuesday."
PROOF = "Its leadership was judged good."
FOUND = "Social workers know the families on the Marlpit estate."
SAID = "We are proud of our people. The work on Gallows Lane goes on, and we shall not rest."
ASIDE = "The council’s car park was full of gulls on the day, and the fountain had frozen over in the night."
LONG_STORY = " ".join(f"Paragraph {number} tells of the weather over Harrowgate Moor." for number in range(12))
STORY = Article(
    "story",
    Metadata(
        title="Inspectors call",
        published=Date.parse("2019-06-04"),
        source=Source("The Kettleby Herald", "https://herald.example/story", SourceKind.NEWSPAPER),
        authority="tameside",
        authorities=("tameside",),
        inspections=(
            Inspection(
                "tameside",
                Role.SUBJECT,
                Framework.ILACS,
                Date.parse("2019-05"),
                judgements=(Judgement(Area.LEADERSHIP, Grade.GOOD, (PROOF.rstrip("."),)),),
                evidence=("inspected in May",),
            ),
        ),
        findings=(Finding(FOUND, Polarity.STRENGTH),),
        quotes=(Quote(SAID, "Ada Example", "Leader", "Kettleby Council"),),
        inspector_quotes=("know the families",),
    ),
    f"{OPENING} {PROOF}\n\n{ASIDE}\n\n{FOUND}\n\n“{SAID}”\n\n{LONG_STORY}",
)
PUBLIC = replace(PUBLICATION, rights={SourceKind.NEWSPAPER: Rights.EXCERPT, SourceKind.COUNCIL: Rights.FULL})


def everything(rights):
    """The whole site as one text, all bytes of all files, JSON and HTML told apart from neither."""
    article = replace(STORY, metadata=replace(STORY.metadata, rights=rights))
    files = publish([article], Ground(REGISTER, LABELS, PUBLIC, TEMPLATES, ASSETS))
    texts = {path: body.decode("utf-8", "replace") for path, body in files.items() if not path.endswith(".woff2")}
    return {path: text.replace("&#39;", "’") for path, text in texts.items()}


def holding(files, words):
    return sorted(path for path, text in files.items() if words in text)


@pytest.fixture(scope="module")
def excerpted():
    return everything(None)


@pytest.fixture(scope="module")
def linked():
    return everything(Rights.LINK_ONLY)


def test_a_full_article_is_on_its_page_and_in_the_search():
    files = everything(Rights.FULL)
    assert "articles/story/index.html" in holding(files, "frozen over")
    assert [path for path in holding(files, "frozen over") if path.startswith("assets/search/")]


@pytest.mark.parametrize("words", ["gulls", "frozen over", "Gallows Lane", "shall not rest", "Paragraph 3 tells"])
def test_what_an_excerpt_leaves_out_is_in_no_file(excerpted, words):
    assert holding(excerpted, words) == []


@pytest.mark.parametrize("word", ["gulls", "fountain", "gallows", "harrowgate"])
def test_the_search_does_not_know_words_that_are_left_out(excerpted, word):
    index = [text for path, text in excerpted.items() if path.startswith("assets/search/")]
    assert len(index) > 3
    assert not [text for text in index if re.search(rf"\b{word}\b", text.lower())]


def test_an_excerpt_is_the_opening_and_the_sentences_that_prove_facts(excerpted):
    page = excerpted["articles/story/index.html"]
    for words in ("came out on Tuesday", "leadership was judged good", "Marlpit estate", "proud of our people"):
        assert words in page
    assert page.count('href="https://herald.example/story"') >= 2
    assert "An excerpt" in page


def test_a_linked_article_gives_facts_without_their_words(linked):
    for words in ("on Tuesday", "judged good", "Marlpit", "proud of our", "know the families", "Ada Example"):
        assert holding(linked, words) == []
    page = linked["articles/story/index.html"]
    assert "Inspectors call" in page
    assert 'href="https://herald.example/story"' in page
    facts = page.partition('<dl class="facts">')[2].partition("</dl>")[0].lower()
    assert "leadership" in facts
    assert "good" in facts
    held = json.loads(linked["authorities/tameside/data.json"])
    (row,) = [each for each in held["judgements"] if each["source"] == "article"]
    assert (row["grade"], row.get("evidence")) == ("good", None)
    assert [each["rights"] for each in held["articles"]] == ["link-only"]


def test_the_front_matter_has_the_last_word():
    council = Source(kind=SourceKind.COUNCIL)
    assert PUBLIC.rights_of(Metadata(source=council)) is Rights.FULL
    assert PUBLIC.rights_of(Metadata(source=council, rights=Rights.LINK_ONLY)) is Rights.LINK_ONLY


def test_what_nobody_allowed_is_an_excerpt():
    assert Publication("A", "https://a.example").rights_of(Metadata()) is Rights.EXCERPT
    assert PUBLIC.rights_of(Metadata(source=Source("A paper"))) is Rights.EXCERPT


def test_a_body_that_is_one_paragraph_without_stops_is_not_shown_whole():
    endless = " ".join(f"word{number}" for number in range(400))
    article = replace(STORY, body=endless, metadata=replace(STORY.metadata, findings=(), quotes=()))
    assert len(shown(article, Rights.EXCERPT).body.split()) < 100


def test_marks_that_were_words_stay_words():
    article = replace(STORY, body=r"The *stars* \*are\* marks. " + LONG_STORY)
    assert shown(article, Rights.EXCERPT).body.startswith(r"The stars \*are\* marks")


@given(ARTICLES)
@settings(deadline=None)
def test_an_excerpt_never_shows_more_than_facts_ask_for(article):
    cut = shown(article, Rights.EXCERPT)
    assert shown(article, Rights.FULL) is article
    assert [each.judgements for each in cut.metadata.inspections] == [
        each.judgements for each in article.metadata.inspections
    ]
    assert set(cut.metadata.findings) <= set(article.metadata.findings)
    assert len(cut.metadata.quotes) <= len(article.metadata.quotes)
    bare = shown(article, Rights.LINK_ONLY)
    assert bare.body == ""
    assert not any(each.evidence for each in bare.metadata.inspections)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126) | st.sampled_from(" 1-*_[]()<>&`#.\\"), min_size=1))
@settings(deadline=None)
def test_no_mark_in_an_excerpt_is_taken_for_markdown(text):
    words = " ".join(text.split())
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
    excerpt = shown(Article("a", Metadata(), escaped), Rights.EXCERPT)
    tokens = MARKDOWN.parse(excerpt.body)
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if words else [])
    said = "".join(token.content for block in tokens for token in block.children or ())
    assert said.replace(" ", "") == words.replace(" ", "")  # sentences that ran into each other stand apart
