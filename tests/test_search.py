"""The files that search loads, and what the worker answers from them."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from house.worker import NO_FILTERS, answers
from search_bench.corpus import odd_strings
from searching import search_files
from test_gather import article, inspection, site_of

from site_builder.edtf import Date
from site_builder.model import Source, Theme
from site_builder.site import search
from site_builder.site.words import words

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


@pytest.fixture(scope="module")
def files(site):
    return search_files(site)


def read(files, name):
    (path,) = [path for path in files if path.startswith(f"assets/search/{name}.")]
    return json.loads(files[path])


def test_one_file_with_a_lasting_name_leads_to_all_others(site, files):
    entry = json.loads(files["search/files.json"])
    parts = read(files, "parts")
    led_to = {f"{name}.{hash}" for name, hash in entry.items()}
    led_to |= {f"terms.{parts['terms'][at : at + 10]}" for at in range(0, len(parts["terms"]), 10)}
    for shelf, hashes in enumerate(parts["cards"]):
        led_to |= {f"cards-{shelf}-{at // 6}.{hashes[at : at + 6]}" for at in range(0, len(hashes), 6)}
        assert len(hashes) // 6 == -(-parts["counts"][shelf] // parts["cards_each"])
    for path, body in files.items():
        if "cards-0-" in path:
            led_to |= {f"{slug}.{stored}" for _, slug, _, _, _, stored in json.loads(body)}
    held = {path.removeprefix("assets/search/").rpartition(".")[0] for path in files} - {"search/files"}
    assert led_to == held
    assert parts["counts"] == [len(site.articles), len(site.inspections)]


def test_equal_sites_give_equal_bytes(site, files):
    assert search_files(site) == files


def test_a_changed_article_changes_few_files(site, files):
    entry = site.article["seed-2"]
    changed = replace(entry, article=replace(entry.article, body=entry.article.body + " Zebras graze."))
    articles = tuple(changed if each is entry else each for each in site.articles)
    after = search_files(replace(site, articles=articles))
    new = set(after) - set(files)
    kinds = {path.split("/")[-1].split(".")[0] for path in new}
    assert kinds <= {"seed-2", "terms", "cards-0-0", "cards-0-1", "parts", "words"}
    assert len(new) <= 7


def test_what_a_document_says_of_its_article(site):
    read = search.article_document(site.labels, site.article["mayfield"], "Text.")
    assert read.title == "Mayfield’s *careful* report"
    assert {"tameside", "mbc"} <= set(words(read.authority))
    assert read.theme == "Early help"
    assert {"inadequate", "leadership", "gazette"} <= set(words(read.summary))
    assert read.body == "Text."


def test_what_a_document_says_of_its_inspection(site):
    read = search.inspection_document(site.labels, site.inspection["tameside-sif-2016-09"])
    assert read.title == "Tameside: single inspection, autumn 2016"
    assert {"tameside", "mbc"} <= set(words(read.authority))
    assert {"inadequate", "leadership", "2016"} <= set(words(read.summary))


def test_a_card_has_what_a_result_shows(site):
    assert search.article_card(site.labels, site.article["mayfield"], "1a2b") == [
        "Mayfield’s *careful* report",
        "mayfield",
        "5 January 2017",
        "Mayfield Gazette",
        [("inadequate", "Leadership")],
        "1a2b",
    ]
    title, id, date, kind, badges = search.inspection_card(site.labels, site.inspection["tameside-sif-2016-09"])
    assert (title, id, kind) == ("Tameside: single inspection, autumn 2016", "tameside-sif-2016-09", "Inspection")
    assert date == "26 September to 20 October 2016"
    assert ("inadequate", "Leadership") in badges


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
    pages = search.names(site.register, site.labels)
    by_name = {page["name"]: page for page in pages}
    assert by_name["Kingston upon Hull"]["url"] == "/authorities/kingston-upon-hull/"
    assert "Hull" in by_name["Kingston upon Hull"]["also"]
    assert by_name["Inadequate"]["url"] == "/judgements/inadequate/"
    assert by_name["Early help"]["url"] == "/themes/early-help/"
    assert len(pages) == len(site.authorities) + 5 + len(Theme) + 9


def found(answer):
    return [hit["url"] for hit in answer["hits"]]


def test_words_are_found_in_every_form(node_modules, files):
    for query in ("fostering", "FOSTER", "foster’s", "fosterin", "“fostering”"):
        (answer,) = answers(node_modules, files, {"query": query})
        assert answer["totals"][0] >= 2, query


def test_articles_come_before_inspections_and_both_are_counted(node_modules, files):
    (answer,) = answers(node_modules, files, {"query": "tameside"})
    kinds = [url.split("/")[1] for url in found(answer)]
    assert kinds == sorted(kinds)
    assert answer["totals"][0] == kinds.count("articles")
    assert answer["totals"][1] >= 5
    assert answer["names"][0]["url"] == "/authorities/tameside/"


def test_every_beginning_of_a_word_of_a_title_finds_its_article(node_modules, site, files):
    asked = [
        (word[:end], entry.url)
        for entry in site.articles
        for word in words(entry.title)
        for end in range(3, len(word) + 1)
    ]
    said = answers(node_modules, files, *({"query": query, "count": 100} for query, _ in asked))
    assert [query for (query, url), answer in zip(asked, said, strict=True) if url not in found(answer)] == []


def test_words_in_quotes_stand_together_and_in_order(node_modules, site, files):
    text = search.plain_text(site.article["seed-0"].article.body)
    said = " ".join(words(text)[40:45])
    exact, turned, single = answers(
        node_modules,
        files,
        {"query": f"“{said}”"},
        {"query": f'"{" ".join(reversed(said.split()))}"'},
        {"query": '"mayfields"'},
    )
    assert found(exact) == ["/articles/seed-0/"]
    assert turned["totals"] == [0, 0]
    assert found(single) == []


def test_an_answer_says_when_texts_were_left_unread(node_modules):
    """Only so many texts are read for words in quotes."""
    many = site_of(*(an_article(f"like-{number}", "Sandstone above limestone.") for number in range(120)))
    turned, exact = answers(
        node_modules,
        search_files(many),
        {"query": "“limestone sandstone”"},
        {"query": "“sandstone above limestone”", "count": 200},
    )
    assert (turned["totals"], turned["all"]) == ([0, 0], False)
    assert (exact["totals"], exact["all"]) == ([100, 0], False)


def test_filters_work_without_words_and_with_them(node_modules, site, files):
    def filtered(query="", **filters):
        return {"query": query, "count": 100, "filters": NO_FILTERS | filters}

    judged = {"grade": ["inadequate"], "area": "leadership"}
    tameside, both, years, none = answers(
        node_modules,
        files,
        filtered(authority=["tameside"], what=["inspections"]),
        filtered("mayfield", **judged),
        filtered(authority=["tameside", "leeds"], **{"from": "2015", "to": "2016"}),
        filtered("limestone", authority=["tameside"]),
    )
    assert found(tameside) == [each.url for each in site.authority["tameside"].inspections]
    assert found(both)[0] == "/articles/mayfield/"
    held = [site.inspection[url.split("/")[2]] for url in found(years) if url.startswith("/inspections/")]
    assert {each.authority.slug for each in held} == {"tameside", "leeds"}
    assert {each.when.year for each in held} <= {2015, 2016}
    assert none["totals"] == [0, 0]


def test_a_grade_is_one_of_the_chosen_area(node_modules, site, files):
    wanted = NO_FILTERS | {"grade": ["good"], "area": "leadership", "what": ["inspections"]}
    (answer,) = answers(node_modules, files, {"filters": wanted, "count": 2000})
    judged = {
        each.url
        for each in site.inspections
        for grade in each.grades
        if (grade.grade, grade.area) == ("good", "leadership")
    }
    assert set(found(answer)) == judged
    assert judged


def test_facets_count_what_a_choice_would_show(node_modules, site, files):
    chosen = NO_FILTERS | {"authority": ["tameside"]}
    asked = [{"query": "inspection", "filters": chosen, "facets": True, "count": 2000}]
    (answer,) = answers(node_modules, files, *asked)
    facets = answer["facets"]
    chance = random.Random(4)
    trials = []
    for name in ("what", "grade", "framework", "theme", "authority"):
        for each in chance.sample(facets[name], min(3, len(facets[name]))):
            filters = {**chosen, name: [each["value"]]}
            trials.append((each["count"], {"query": "inspection", "filters": filters}))
    for each in facets["area"][:4]:
        trials.append((each["count"], {"query": "inspection", "filters": {**chosen, "area": each["value"]}}))
    for each in facets["year"][:4]:
        filters = {**chosen, "from": each["value"], "to": each["value"]}
        trials.append((each["count"], {"query": "inspection", "filters": filters}))
    said = answers(node_modules, files, *(question for _, question in trials))
    assert [sum(each["totals"]) for each in said] == [count for count, _ in trials]
    assert sum(count > 0 for count, _ in trials) > 8
    assert len(site.articles) == 6


def test_a_site_without_articles_answers_too(node_modules):
    (answer,) = answers(node_modules, search_files(site_of()), {"query": "tameside"})
    assert answer["totals"][0] == 0
    assert answer["totals"][1] > 0


def test_pages_of_results_join_to_the_order_of_them_all(node_modules, files):
    """What is shown is ranked without the rest, and must stand where it stands among all."""
    chance = random.Random(8)
    vocabulary = sorted({word for text in SEEDS for word in words(text)} | {"tameside", "leadership", "2016", "good"})
    queries = [" ".join(chance.sample(vocabulary, chance.choice((1, 1, 2)))) for _ in range(60)]
    queries += ["tameside", "inspection", "good leadership", "ofsted 2016"]
    whole = answers(node_modules, files, *({"query": query, "count": 2_000} for query in queries))
    some = [{"query": query, "skip": skip, "count": 3} for query in queries for skip in (0, 3, 6, 30)]
    parts = iter(answers(node_modules, files, *some))
    for query, answer in zip(queries, whole, strict=True):
        for skip in (0, 3, 6, 30):
            part = next(parts)
            assert found(part) == found(answer)[skip : skip + 3], query
            assert part["totals"] == answer["totals"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_string_makes_the_worker_throw(node_modules, files):
    queries = [query.replace("\ud800", "") for query in odd_strings(10_000)]
    said = answers(node_modules, files, *({"query": query, "count": 3} for query in queries))
    assert sum(sum(answer["totals"]) > 0 for answer in said) > 1_000
