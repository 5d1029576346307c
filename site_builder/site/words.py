"""What counts as the same word in search: the reading of text into words, and of a word into its stem."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = re.compile("[‘’ʼ‛′]")
# The apostrophe stands first in these, so that a search leaps from one to the next.
_POSSESSIVE = re.compile(r"'(?<=[^\W_]')s(?![^\W_])")
_INNER_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
_MARKS = re.compile("[“”–—•£]")  # without these most texts are plain letters, which are parted faster
_SPACES = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of `text`, as both index and query know them; `search-worker.js` reads queries by the same steps.

    Full-width and joined letters become plain ones (NFKC), curly quotes straight, capitals small. A possessive 's is
    dropped and an apostrophe inside a word closes up, so that "children’s", "children's" and "dont" are all found.
    Everything else that is neither letter nor digit parts words, hyphens too.
    """
    plain = _QUOTES.sub("'", unicodedata.normalize("NFKC", text)).lower()
    plain = _MARKS.sub(" ", _INNER_APOSTROPHE.sub("", _POSSESSIVE.sub("", plain)))
    return plain.translate(_SPACES).split() if plain.isascii() else _WORD.findall(plain)


# Porter's stemmer in the steps of lunr.js 2.3.9, which differs from Porter's paper and from lunr.py in a few words
# ("lay", "try"). The browser stems queries with lunr.js, so the index must hold what lunr.js would say. In the
# patterns, C is a run of consonants and V one of vowels; `y` may be either.

_C = "[^aeiou][^aeiouy]*"
_V = "[aeiouy][aeiou]*"
_ONE_OR_MORE = re.compile(f"(?:{_C})?{_V}{_C}")
_EXACTLY_ONE = re.compile(f"(?:{_C})?{_V}{_C}(?:{_V})?\\Z")
_TWO_OR_MORE = re.compile(f"(?:{_C})?{_V}{_C}{_V}{_C}")
_HAS_VOWEL = re.compile(f"(?:{_C})?[aeiouy]")
_SHORT = re.compile(f"{_C}[aeiouy][^aeiouwxy]\\Z")
_DOUBLE = re.compile(r"([^aeiouylsz])\1\Z")

_STEP_2 = {
    "ational": "ate",
    "tional": "tion",
    "enci": "ence",
    "anci": "ance",
    "izer": "ize",
    "bli": "ble",
    "alli": "al",
    "entli": "ent",
    "eli": "e",
    "ousli": "ous",
    "ization": "ize",
    "ation": "ate",
    "ator": "ate",
    "alism": "al",
    "iveness": "ive",
    "fulness": "ful",
    "ousness": "ous",
    "aliti": "al",
    "iviti": "ive",
    "biliti": "ble",
    "logi": "log",
}
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = "al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize"


def _ending(endings: str) -> re.Pattern[str]:
    return re.compile(f"(.+?)({endings})\\Z")


_PLURAL_ES = _ending("sses|ies")
_PLURAL_S = _ending("[^s]s")
_EED = _ending("eed")
_ED_ING = _ending("ed|ing")
_Y = re.compile(r"(.+?[^aeiou])y\Z")
_ENDING_2 = _ending("|".join(_STEP_2))
_ENDING_3 = _ending("|".join(_STEP_3))
_ENDING_4 = _ending(_STEP_4)
_ION = re.compile(r"(.+?[st])ion\Z")


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a word as lunr.js 2.3.9 cuts it: "fostering", "fostered" and "fosters" are all "foster"."""
    if len(word.encode("utf-16-le")) < 6:  # JavaScript counts a letter beyond the first 65,536 as two
        return word
    first_y = word[0] == "y"
    w = "Y" + word[1:] if first_y else word
    w = _without_y(_without_ed(_without_plural(w)))
    for endings, replacements in ((_ENDING_2, _STEP_2), (_ENDING_3, _STEP_3)):
        found = endings.match(w)
        if found and _ONE_OR_MORE.match(found[1]):
            w = found[1] + replacements[found[2]]
    w = _without_e(_without_suffix(w))
    return "y" + w[1:] if first_y else w


def _without_plural(w: str) -> str:
    if found := _PLURAL_ES.match(w):
        return found[1] + found[2][:-2]
    return w[:-1] if _PLURAL_S.match(w) else w


def _without_ed(w: str) -> str:
    if found := _EED.match(w):
        return w[:-1] if _ONE_OR_MORE.match(found[1]) else w
    found = _ED_ING.match(w)
    if not found or not _HAS_VOWEL.match(found[1]):
        return w
    w = found[1]
    if w.endswith(("at", "bl", "iz")):
        return w + "e"
    if _DOUBLE.search(w):
        return w[:-1]
    return w + "e" if _SHORT.match(w) else w


def _without_y(w: str) -> str:
    found = _Y.match(w)
    return found[1] + "i" if found else w


def _without_suffix(w: str) -> str:
    if found := _ENDING_4.match(w):
        return found[1] if _TWO_OR_MORE.match(found[1]) else w
    found = _ION.match(w)
    return found[1] if found and _TWO_OR_MORE.match(found[1]) else w


def _without_e(w: str) -> str:
    if w.endswith("e") and len(w) > 1:
        rest = w[:-1]
        if _TWO_OR_MORE.match(rest) or (_EXACTLY_ONE.match(rest) and not _SHORT.match(rest)):
            w = rest
    return w[:-1] if w.endswith("ll") and _TWO_OR_MORE.match(w) else w
