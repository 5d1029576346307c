"""The files of terms, and that lunr.js finds through them what it finds in an index of its own making."""

import json
import random
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from house.worker import in_worker
from lunr.builder import Builder
from searching import pieces_by_beginning

from site_builder.site import index, search
from site_builder.site.words import stem, words

ROOT = Path(__file__).parent.parent
SEEDS = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "seeds").glob("*.txt"))]
VOCABULARY = sorted({word for text in SEEDS for word in words(text)})
ODD = ["constructor", "__proto__", "éclair", "ﬁle", "文字", "\U0001f9d2", "0", "42", "a"]


def corpus(seed, many):
    """Documents of either shelf, with fields empty, short and long."""
    chance = random.Random(seed)

    def text(most):
        return " ".join(chance.choices([*VOCABULARY, *ODD], k=chance.choice((0, 1, most))))

    def document(body):
        return index.Document(text(9), text(6), text(3), text(20), text(body))

    return [document(300) for _ in range(many)], [document(0) for _ in range(many // 3)]


def seed_corpus():
    return [index.Document(f"Seed {number}", "Leeds", "", "", text) for number, text in enumerate(SEEDS)], []


def beginnings_of(shelves, each=25):
    """The index made out of blocks of so many documents."""
    blocks = [
        search.block(
            shelf, [search.Share(index.words_of(*astuple(document)), "", ()) for document in documents[at : at + each]]
        )
        for shelf, documents in enumerate(shelves)
        for at in range(0, len(documents), each)
    ]
    return [index.beginning(*pieces) for pieces in pieces_by_beginning(blocks, {})]


def files_of(shelves):
    files = {}
    parts = search.index_files(files, [len(documents) for documents in shelves], beginnings_of(shelves))
    files["assets/search/parts.x.json"] = json.dumps(parts).encode()
    files["search/files.json"] = b'{"parts":"x"}'
    return files


def terms(text):
    found = words(text)
    return found + [stem(word) for word in found]


def as_lunr_reads(shelves):
    """The terms of each field of all documents in the order of refs: articles first, each shelf newest first."""
    every = [each for shelf in shelves for each in reversed(shelf)]
    documents = [dict(zip(index.BOOSTS, map(terms, astuple(each)), strict=True)) for each in every]
    return {"documents": documents, "boosts": index.BOOSTS, "b": 0}


@pytest.mark.parametrize(
    "shelves", [corpus(1, 60), corpus(2, 7), seed_corpus(), ([], [])], ids=["many", "few", "seeds", "none"]
)
def test_every_weight_and_posting_is_the_one_that_lunr_gives(node_modules, shelves):
    read = as_lunr_reads(shelves)
    whole = in_worker(node_modules, files_of(shelves), "whole", read)["result"]
    assert whole["ours"] == whole["theirs"]
    if not read["documents"]:
        return
    builder = Builder()
    builder.ref("ref")
    builder.b(0)
    for name, boost in index.BOOSTS.items():
        builder.field(name, boost)
    for number, each in enumerate(read["documents"]):
        builder.add({"ref": number} | each)
    python = builder.build().serialize()
    numbered = {held["_index"]: term for term, held in python["invertedIndex"]}
    ours = {held["_index"]: term for term, held in whole["ours"]["invertedIndex"]}
    assert sorted(numbered.values()) == sorted(ours.values())
    for name, vector in python["fieldVectors"]:
        theirs = {numbered[at]: weight for at, weight in zip(vector[::2], vector[1::2], strict=True)}
        held = whole["ours"]["fieldVectors"].get(name, {"elements": []})
        held = held["elements"] if isinstance(held, dict) else held
        assert {ours[at]: weight for at, weight in zip(held[::2], held[1::2], strict=True)} == theirs
    for term, held in python["invertedIndex"]:
        (mine,) = [each for word, each in whole["ours"]["invertedIndex"] if word == term]
        assert {name: mine[name] for name in index.BOOSTS} == {name: held[name] for name in index.BOOSTS}


def random_query(chance, vocabulary):
    """One clause or several, of every kind that lunr has."""

    def clause():
        term = chance.choice(vocabulary)
        made = {"term": term}
        kind = chance.random()
        if kind < 0.25:
            made |= {"term": term[: chance.randint(1, 6)], "wildcard": 2}
        elif kind < 0.4:
            at = chance.randrange(len(term))
            made |= {
                "term": term[:at] + chance.choice("aeiours") + term[at + 1 :],
                "editDistance": chance.choice((1, 2)),
            }
        if chance.random() < 0.3:
            made["fields"] = chance.sample(list(index.BOOSTS), chance.randint(1, 4))
        if chance.random() < 0.3:
            made["boost"] = chance.choice((2, 5, 10, 0.5))
        if chance.random() < 0.3:
            made["presence"] = chance.choice((2, 3))
        return made

    return [clause() for _ in range(chance.choice((1, 1, 2, 2, 3, 5)))]


@pytest.mark.parametrize(
    ("shelves", "largest", "many"),
    [(corpus(3, 90), 2_000, 1500), (seed_corpus(), 3_000, 1000)],
    ids=["random", "seeds"],
)
def test_a_part_of_the_index_finds_what_the_whole_finds(node_modules, monkeypatch, shelves, largest, many):
    """Ids, order and scores; lunr.js builds and loads the whole by itself."""
    monkeypatch.setattr(index, "LARGEST", largest)
    read = as_lunr_reads(shelves)
    vocabulary = sorted({term for each in read["documents"] for field in each.values() for term in field})
    chance = random.Random(5)
    queries = [random_query(chance, vocabulary) for _ in range(many)]
    compared = in_worker(node_modules, files_of(shelves), "compare", {**read, "queries": queries})["result"]
    assert compared["wrong"] == []
    assert compared["found"] > many * 0.8


def test_files_are_cut_between_beginnings_of_words_and_hold_every_term_once(monkeypatch):
    monkeypatch.setattr(index, "LARGEST", 2_000)
    shelves = corpus(4, 40)
    files = index.index_texts(beginnings_of(shelves))
    held = [line.split("\t")[0] for _, text in files for line in text.split("\n")]
    all_terms = {term for shelf in shelves for each in shelf for text in astuple(each) for term in terms(text)}
    assert held == sorted(all_terms, key=index.as_sorted)
    lasts = ["", *(text.split("\n")[-1].split("\t")[0] for _, text in files)]
    for (begins, text), last in zip(files, lasts, strict=False):
        assert last < begins <= text.split("\t")[0]
    assert all(len(text) <= 2_000 or "\n" not in text for _, text in files)
    assert len(files) >= 10


def test_a_changed_document_changes_few_files(monkeypatch):
    monkeypatch.setattr(index, "LARGEST", 3_000)
    articles, inspections = corpus(6, 120)
    before = files_of((articles, inspections))
    changed = index.Document("Zebra", *astuple(articles[50])[1:4], "Zebras graze " + articles[50].body)
    after = files_of(([*articles[:50], changed, *articles[51:]], inspections))
    assert len(set(after) - set(before)) <= 5 < len(before) / 4


def test_a_new_document_changes_the_files_of_its_own_terms_alone(monkeypatch):
    monkeypatch.setattr(index, "LARGEST", 3_000)
    articles, inspections = corpus(6, 120)
    before = files_of((articles, inspections))
    after = files_of(([*articles, index.Document("Zebra", "", "", "", "")], inspections))
    assert len(set(after) - set(before)) <= 2


@pytest.mark.parametrize("numbers", [[], [0], [25, 26, 27], [675, 676, 702, 703, 18_278, 1_000_000]])
def test_numbers_are_written_as_the_worker_reads_them(numbers):
    read = []
    carried = 0
    for letter in index.gaps(numbers):
        if letter.isupper():
            carried = (carried + ord(letter) - 65) * 26
        else:
            read.append(carried + ord(letter) - 97)
            carried = 0
    assert [sum(read[: at + 1]) - 1 for at in range(len(read))] == numbers


def test_the_share_of_a_document_is_its_words_and_how_often_each_stands_there():
    for text in [*SEEDS, "Children’s  children's\tﬁle x\u0301 \u0301y İ ΑΣ ΑΣ. don't-stop"]:
        found = words(text)
        held = {}
        for alike in index.words_of(text).split("\t"):
            times, *said = alike.split(" ")
            held |= dict.fromkeys(said, int(times))
        assert held == {word: found.count(word) for word in found}


def test_a_stem_begins_as_its_word_does_unless_that_is_short():
    """By this, words are kept apart while the index is made."""
    chance = random.Random(3)
    endings = ["", "s", "es", "ed", "ing", "ies", "eed", "ness", "ational", "iveness", "ement", "y", "e", "ll", "ally"]
    made = (
        "".join(chance.choices("aeiouybtsz", k=chance.randint(0, 4))) + chance.choice(endings) for _ in range(40_000)
    )
    for word in [*VOCABULARY, *made]:
        if len(word) > index.SHORT:
            assert stem(word)[: index.BEGINNING] == word[: index.BEGINNING]


def test_the_index_does_not_depend_on_its_blocks():
    shelves = corpus(9, 60)
    assert len({str(beginnings_of(shelves, each)) for each in (1, 7, 60)}) == 1


def test_an_edit_changes_the_pieces_of_its_own_words_alone():
    documents, _ = corpus(6, 30)
    before = index.pieces("tahsb", [index.words_of(*astuple(each)) for each in documents])
    documents[9] = replace(documents[9], body=documents[9].body + " Zebras graze.")
    after = index.pieces("tahsb", [index.words_of(*astuple(each)) for each in documents])
    assert {begins for begins in after if after[begins] != before.get(begins)} == {"ze", "gr"}
