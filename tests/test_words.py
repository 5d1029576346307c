"""What counts as the same word in search."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.site.words import stem, words

ROOT = Path(__file__).parent.parent
SAME = {
    "Children’s services": ["children", "services"],
    "children's": ["children"],
    "‘children’s services’": ["children", "services"],
    "the councillors’ report": ["the", "councillors", "report"],
    "don’t": ["dont"],
    "O'Brien": ["obrien"],
    "B&NES": ["b", "nes"],
    "Stoke-on-Trent": ["stoke", "on", "trent"],
    "“Inadequate”, they said…": ["inadequate", "they", "said"],
    "ﬁnding Ｏｆｓｔｅｄ": ["finding", "ofsted"],
    "snake_case": ["snake", "case"],
    "16+ 2016/17": ["16", "2016", "17"],
    "foo:bar +x ~2 ^4 *": ["foo", "bar", "x", "2", "4"],
    "'s": ["s"],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), SAME.items())
def test_text_reads_as_words(text, expected):
    assert words(text) == expected


@given(st.text())
def test_reading_words_again_changes_nothing(text):
    once = words(text)
    assert words(" ".join(once)) == once


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("foster fosters fostering fostered", {"foster"}),
        ("inspection inspections", {"inspect"}),
        ("lay", {"lay"}),
        ("try", {"tri"}),
        ("yes", {"ye"}),
        ("be", {"be"}),
    ],
)
def test_forms_of_a_word_share_a_stem(forms, expected):
    assert {stem(form) for form in forms.split()} == expected


def test_stems_are_those_of_lunr_js(node_modules):
    texts = [path.read_text("utf-8") for path in (*ROOT.glob("seeds/*.txt"), *ROOT.glob("content/re*/*.csv"))]
    found = {word for text in texts for word in words(text)}
    endings = [
        "ational",
        "tional",
        "enci",
        "izer",
        "bli",
        "alli",
        "eli",
        "ization",
        "ator",
        "alism",
        "iveness",
        "iviti",
        "logi",
        "icate",
        "ical",
        "ful",
        "ness",
    ]
    endings += [
        "al",
        "ance",
        "er",
        "ic",
        "able",
        "ement",
        "ment",
        "ent",
        "ou",
        "ate",
        "ive",
        "ize",
        "sion",
        "tion",
        "e",
        "ll",
        "s",
        "es",
        "ies",
        "ed",
        "eed",
        "ing",
        "y",
    ]
    made = {start + end for start in ("", "y", "yy", "st", "rel", "cont", "oper", "sl", "é") for end in endings}
    vocabulary = sorted(found | made | {word[:cut] for word in found for cut in range(1, len(word))})
    script = f"""
        const lunr = require({json.dumps(str(node_modules / "lunr/lunr.js"))});
        const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
        console.log(lines.map(word => lunr.stemmer(new lunr.Token(word, {{}})).toString()).join('\\n'))"""
    ran = subprocess.run(
        ["node", "-e", script], input="\n".join(vocabulary), capture_output=True, text=True, check=True
    )
    theirs = ran.stdout.removesuffix("\n").split("\n")
    assert len(vocabulary) > 5_000
    assert [stem(word) for word in vocabulary] == theirs


def test_the_browser_reads_words_alike(node_modules):  # noqa: ARG001 (node is there)
    chance = random.Random(5)
    pieces = [
        *"aZß9é_-'’‘\"“”.,&/*:~^+ \t\n",
        "'s",
        "’s",
        "ﬁ",
        "İ",
        "Σ",
        "\u0301",
        "\u00ad",
        "ǅ",
        "½",
        "²",
        "１",
        "𝐁",
        "王",
        "अ",
    ]
    texts = list(SAME) + ["".join(chance.choices(pieces, k=chance.randint(1, 30))) for _ in range(5_000)]
    texts += [path.read_text("utf-8") for path in ROOT.glob("seeds/*.txt")]
    script = """
        const vm = require('vm'), fs = require('fs');
        const context = vm.createContext({self: {location: {href: 'https://digest.example/'}}, URL});
        vm.runInContext(fs.readFileSync('templates/assets/search-worker.js', 'utf8'), context);
        const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
        console.log(JSON.stringify(texts.map(text => context.words(text))))"""
    ran = subprocess.run(
        ["node", "-e", script], input=json.dumps(texts), cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == [words(text) for text in texts]
