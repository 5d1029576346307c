"""Judged queries: the right page first, or at least among the first five."""

from pathlib import Path

import pytest
import yaml
from house.worker import answers
from searching import search_files
from test_gather import LABELS, REGISTER

from site_builder import files
from site_builder.settings import publication
from site_builder.site import Ground
from site_builder.site.gather import gather
from site_builder.site.words import words

ROOT = Path(__file__).parent.parent
JUDGED = {
    str(query): [pages] if isinstance(pages, str) else pages
    for group in yaml.safe_load((ROOT / "tests/cases/search.yaml").read_text("utf-8")).values()
    for query, pages in group.items()
}


@pytest.fixture(scope="module")
def served():
    articles = files.read_articles(ROOT)
    return search_files(gather(articles, Ground(REGISTER, LABELS, publication(ROOT))))


def shown(answer):
    """The pages of an answer as a reader meets them; with an offered correction, what that leads to."""
    return [each["url"] for each in [*answer["names"], *answer["hits"]]]


def answered(node_modules, served, queries):
    said = answers(node_modules, served, *({"query": query} for query in queries))
    offered = [" ".join(word for word, _ in answer["better"] or ()) for answer in said]
    mended = iter(answers(node_modules, served, *({"query": query} for query in filter(None, offered))))
    return [shown(next(mended)) if offer else shown(answer) for answer, offer in zip(said, offered, strict=True)]


def test_the_right_page_comes_first_or_among_five(node_modules, served):
    assert len(JUDGED) >= 120
    pages = answered(node_modules, served, JUDGED)
    missed = {}
    first = five = 0
    for (query, right), found in zip(JUDGED.items(), pages, strict=True):
        first += found[0] in right if found else 0
        five += bool(set(right) & set(found[:5]))
        if not found or found[0] not in right:
            missed[query] = found[:5]
    assert first / len(JUDGED) >= 0.90, missed
    assert five / len(JUDGED) >= 0.98, missed


def test_every_judged_page_exists(served):
    slugs = {each.slug for each in REGISTER.authorities}
    for right in JUDGED.values():
        for page in right:
            _, kind, name, _ = page.split("/")
            assert kind != "authorities" or name in slugs, page
            assert kind != "articles" or any(f"search/{name}." in path for path in served), page


def test_every_council_is_first_for_each_of_its_names(node_modules, served):
    known = [(name, each) for each in REGISTER.authorities for name in (each.name, each.official_name, *each.aliases)]
    said = answers(node_modules, served, *({"query": name, "count": 0} for name, _ in known))
    wrong = [
        name
        for (name, each), answer in zip(known, said, strict=True)
        if not answer["names"] or answer["names"][0]["url"] != f"/authorities/{each.slug}/"
    ]
    assert wrong == []


def typos(name):
    """The name with each letter left out, doubled, changed, and swapped with the next."""
    for at, letter in enumerate(name):
        if letter != " ":
            yield name[:at] + name[at + 1 :]
            yield name[:at] + letter + name[at:]
            yield name[:at] + ("e" if letter != "e" else "a") + name[at + 1 :]
            yield name[:at] + name[at + 1 : at + 2] + letter + name[at + 2 :]


@pytest.mark.slow
def test_a_letter_wrong_in_a_council_s_name_is_mended(node_modules, served):
    asked = [(typo, each) for each in REGISTER.authorities if not each.abolished for typo in typos(each.name)]
    asked = asked[::3]  # every kind of mistake falls on some letter of every name
    said = answers(node_modules, served, *({"query": query, "count": 1} for query, _ in asked))
    mended = 0
    for (_, each), answer in zip(asked, said, strict=True):
        offered = " ".join(word for word, _ in answer["better"] or ())
        first = [page["url"] for page in answer["names"][:1]]
        mended += offered == " ".join(words(each.name)) or first == [f"/authorities/{each.slug}/"]
    assert mended / len(asked) >= 0.95
