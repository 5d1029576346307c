"""The files that search loads, and that lunr.js finds in them what lunr.py does."""

import json
import random
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from lunr.index import Index
from lunr.query import QueryPresence
from test_gather import article, inspection, site_of

from site_builder.edtf import Date
from site_builder.model import Source, Theme
from site_builder.site import search
from site_builder.site.words import stem, words

ROOT = Path(__file__).parent.parent
SEEDS = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "seeds").glob("*.txt"))]


def an_article(slug, body, **metadata):
    return replace(article(inspection(), slug=slug, **metadata), body=body)


@pytest.fixture(scope="module")
def site():
    told = inspection(started="2016-09", judgements=[("leadership", "inadequate")])
    return site_of(
        *(an_article(f"seed-{number}", text, title=f"Seed {number}") for number, text in enumerate(SEEDS)),
        article(
            told,
            slug="mayfield",
            title="Mayfield’s *careful* report",
            published=Date.parse("2017-01-05"),
            themes=(Theme.EARLY_HELP,),
            source=Source(name="Mayfield Gazette"),
        ),
    )


def read(files, name):
    (path,) = [path for path in files if path.startswith(f"assets/search-{name}.")]
    return json.loads(files[path])


def test_one_file_with_a_lasting_name_leads_to_all_others(site):
    files = search.search_files(site)
    entry = json.loads(files["search/files.json"])
    led_to = {entry["index"], entry["names"], entry["words"], *entry["cards"]}
    assert {url.removeprefix("/") for url in led_to} | {"search/files.json"} == set(files)


def test_equal_sites_give_equal_bytes(site):
    assert search.search_files(site) == search.search_files(site)


def test_what_a_document_says_of_its_article(site):
    read = search.document(site, site.article["mayfield"])
    assert read.title == "Mayfield’s *careful* report"
    assert {"tameside", "mbc"} <= set(words(read.authority))
    assert read.theme == "Early help"
    assert {"inadequate", "leadership", "gazette"} <= set(words(read.summary))


def test_a_card_has_what_a_result_shows(site):
    shown = search.card(site, site.article["mayfield"], "Text.")
    assert shown == {
        "title": "Mayfield’s *careful* report",
        "url": "/articles/mayfield/",
        "date": "5 January 2017",
        "source": "Mayfield Gazette",
        "badges": [("inadequate", "Leadership")],
        "text": "Text.",
    }


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A *b* **c**\n\nd [e](https://example.org/f) `g`\nh", "A b c d e g h"),
        ("> quoted\n\n- one\n- two", "quoted one two"),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
        ("", ""),
    ],
)
def test_a_markdown_text_is_read_without_its_marks(markdown, expected):
    assert search.plain_text(markdown) == expected


def test_every_page_with_a_name_is_known_by_it(site):
    pages = search.names(site)
    by_name = {page["name"]: page for page in pages}
    assert by_name["Kingston upon Hull"]["url"] == "/authorities/kingston-upon-hull/"
    assert "Hull" in by_name["Kingston upon Hull"]["also"]
    assert by_name["Inadequate"]["url"] == "/judgements/inadequate/"
    assert by_name["Early help"]["url"] == "/themes/early-help/"
    assert len(pages) == len(site.authorities) + 5 + len(Theme) + 9


def test_a_site_without_articles_has_an_index_without_words():
    files = search.search_files(site_of())
    assert read(files, "index")["invertedIndex"] == []


def test_words_and_stems_are_both_in_the_index(site):
    terms = {term for term, _ in read(search.search_files(site), "index")["invertedIndex"]}
    assert {"fostering", "foster", "inadequate", "inadequ", "children"} <= terms
    assert not [term for term in terms if "'" in term or "’" in term or "-" in term]


def hits_in_lunr_js(node_modules, index, queries):
    script = f"""
        const lunr = require({json.dumps(str(node_modules / "lunr/lunr.js"))});
        const {{index, queries}} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const loaded = lunr.Index.load(index);
        console.log(JSON.stringify(queries.map(clauses => loaded.query(query => {{
            for (const [term, boost, prefix] of clauses)
                query.term(term, {{boost, usePipeline: false, wildcard: prefix ? lunr.Query.wildcard.TRAILING : 0}});
        }}).map(hit => [hit.ref, hit.score]))))"""
    asked = json.dumps({"index": index, "queries": queries})
    ran = subprocess.run(["node", "-e", script], input=asked, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def hits_in_lunr_py(index, clauses):
    query = index.create_query()
    for term, boost, prefix in clauses:
        wanted = f"{term}*" if prefix else term
        query.term(wanted, boost=boost, use_pipeline=False, presence=QueryPresence.OPTIONAL)
    return [[hit["ref"], hit["score"]] for hit in index.query(query)]


def test_lunr_js_finds_the_same_articles_with_the_same_scores(site, node_modules):
    serial = read(search.search_files(site), "index")
    chance = random.Random(7)
    vocabulary = sorted({word for text in SEEDS for word in words(text)})
    queries = []
    for _ in range(300):
        typed = chance.sample(vocabulary, chance.choice((1, 1, 2, 3)))
        last = typed[-1][: chance.randint(2, 9)]
        queries.append(
            [clause for word in typed for clause in ([stem(word), 10, False], [word, 5, False])] + [[last, 2, True]]
        )
    theirs = hits_in_lunr_js(node_modules, serial, queries)
    index = Index.load(json.loads(json.dumps(serial)))
    for clauses, expected in zip(queries, theirs, strict=True):
        ours = dict(hits_in_lunr_py(index, clauses))
        assert ours.keys() == dict(expected).keys(), clauses
        assert ours == pytest.approx(dict(expected), rel=1e-9), clauses
    assert sum(map(bool, theirs)) > 290
