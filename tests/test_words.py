"""What counts as the same word in search."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.site.words import stem, words

ROOT = Path(__file__).parent.parent
LUNR = ROOT / "node_modules/lunr/lunr.js"
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


@pytest.mark.skipif(not LUNR.is_file(), reason="npm packages are not installed")
def test_stems_are_those_of_lunr_js():
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
        const lunr = require({json.dumps(str(LUNR))}), lines = require('fs').readFileSync(0, 'utf8').split('\\n');
        console.log(lines.map(word => lunr.stemmer(new lunr.Token(word, {{}})).toString()).join('\\n'))"""
    ran = subprocess.run(
        ["node", "-e", script], input="\n".join(vocabulary), capture_output=True, text=True, check=True
    )
    theirs = ran.stdout.removesuffix("\n").split("\n")
    assert len(vocabulary) > 5_000
    assert [stem(word) for word in vocabulary] == theirs
