"""The index of search: which documents hold which term in which field and how often, cut into small files.

A line is a term and its postings, parted by tabs. Postings are the letter of a field, the gaps between the numbers of
its documents and, where the term stands more than once in any of them, a full stop and how often beyond the first. `=`
stands for the postings of the line above. `search-worker.js` reads this.

It is made in steps, so that what has not changed need not be made again: the words of a document, the postings of a
block of documents by how words begin, the lines of one beginning out of all blocks, and the files.
"""

from __future__ import annotations

import marshal
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import sub

from site_builder.site.words import stem, words

BOOSTS = {"title": 10, "authority": 8, "theme": 5, "summary": 3, "body": 1}
"""The fields of a document, and what a term there counts for."""
LETTERS = ("tahsb", "TAHSB")
"""For each shelf, the letters that stand for its fields."""
NAMES = "n"
"""The letter of the one field of names of pages; it has words and no lines."""
KNOWN = "thsbTHSBn"
"""The fields whose words are known words; names of authorities are known from their pages."""
BEGINNING = 2
"""Letters by which words are kept apart while the index is made."""
SHORT = 4
"""Letters of a word whose stem may begin otherwise: "aed" has "a". That of a longer word keeps its first two."""
LARGEST = 18_000
"""Letters of a file of terms; about 6 kilobytes when compressed, and half of that on average."""

Lines = list[tuple[str, str]]
"""Terms in JavaScript's order, each with its postings."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article or inspection as search reads it."""

    title: str
    authority: str
    """Names and other names of the authorities it is about."""
    theme: str
    summary: str
    """Its grades, areas, kinds of inspection and source, in words, and its summary."""
    body: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """All terms that begin alike."""

    texts: tuple[tuple[str, str], ...]
    """Their lines, parted where they are too many for one file: how the terms of each text begin, and the text."""
    known: tuple[str, ...]
    """Every word a line, with one letter that is later the more documents hold it."""


def as_sorted(term: str) -> bytes:
    """The key by which JavaScript sorts strings."""
    return term.encode("utf-16-be")


def words_of(*fields: str) -> str:
    """What the index needs of a document: for each field a line, with the words that stand there so often together."""
    return "\n".join(map(_counted, fields))


def _counted(text: str) -> str:
    alike: dict[int, list[str]] = defaultdict(list)
    for word, times in Counter(words(text)).items():
        alike[times].append(word)
    return "\t".join(f"{times} {' '.join(alike[times])}" for times in sorted(alike))


def pieces(letters: str, documents: Iterable[str]) -> dict[str, bytes]:
    """The postings of a block of documents, by how words begin; `documents` are what `words_of` gave.

    `letters` stand for their fields. Documents are numbered within the block, in their order. The postings of a word in
    a field are a string: for each document the character of its number, and that of how often.
    """
    fields: list[dict[str, list[str]]] = [defaultdict(list) for _ in letters]
    for number, document in enumerate(documents):
        for held, field in zip(fields, document.split("\n"), strict=True):
            for alike in filter(None, field.split("\t")):
                times, *said = alike.split(" ")
                posting = chr(number) + chr(int(times))
                for word in said:
                    held[word].append(posting)
    made: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for letter, held in zip(letters, fields, strict=True):
        begun: dict[str, list[str]] = defaultdict(list)
        for word, each in held.items():
            postings = "".join(each)
            begun[word[:BEGINNING]] += (word, postings)
            if len(word) <= SHORT and (begins := stem(word)[:BEGINNING]) != word[:BEGINNING]:
                begun[begins] += (word, postings)
        for begins, flat in begun.items():
            made[begins].append((letter, flat))
    return {begins: marshal.dumps(lists, 2) for begins, lists in made.items()}  # later versions vary for equal values


def beginning(begins: str, blocks: Iterable[tuple[int, bytes]]) -> Beginning:
    """The lines of the terms that begin so, from the pieces of all blocks that hold any, in order.

    With each piece comes how many documents of its shelf stand before its block: one more document at the end touches
    the lines of its own terms alone. Each word is a term as itself and as its stem.
    """
    fields: dict[str, dict[str, list[tuple[int, str]]]] = {
        letter: defaultdict(list) for letter in (*chain(*LETTERS), NAMES)
    }
    for before, piece in blocks:
        for letter, flat in marshal.loads(piece):
            held = fields[letter]
            each = iter(flat)
            for word, postings in zip(each, each, strict=True):
                held[word].append((before, postings))
    found: dict[str, list[str]] = defaultdict(list)
    known: Counter[str] = Counter()
    for letter, held in fields.items():
        read = {word: _postings(some) for word, some in held.items()}
        if letter in KNOWN:
            known.update({word: len(times) for word, (_, times) in read.items() if word[:BEGINNING] == begins})
        if letter != NAMES:
            for term, said in _terms(begins, read):
                found[term].append(letter + said)
    ordered = sorted(found) if all(map(str.isascii, found)) else sorted(found, key=as_sorted)
    lines = [(term, "\t".join(found[term])) for term in ordered]
    texts = tuple((begins, _text(some)) for begins, some in cut(lines, BEGINNING))
    return Beginning(texts, tuple(f"{word} {chr(96 + known[word].bit_length())}" for word in sorted(known)))


def _postings(blocks: Sequence[tuple[int, str]]) -> tuple[list[int], str]:
    """The numbers of the documents that hold a word, and how often each does, as characters."""
    if len(blocks) == 1 and len(blocks[0][1]) == 2:  # most words stand in one document
        before, posting = blocks[0]
        return [before + ord(posting[0])], posting[1]
    numbers = [before + number for before, postings in blocks for number in map(ord, postings[::2])]
    return numbers, "".join([postings[1::2] for _, postings in blocks])


def _terms(begins: str, held: Mapping[str, tuple[list[int], str]]) -> Iterator[tuple[str, str]]:
    """Every word and every stem of one field that begins so, with its postings as they are written."""
    families: dict[str, list[str]] = defaultdict(list)
    for word in held:
        if word[:BEGINNING] == begins:
            families[word].append(word)
        if (term := stem(word))[:BEGINNING] == begins:
            families[term].append(word)
    for term, family in families.items():
        if len(family) == 1:
            numbers, times = held[family[0]]
            yield term, gaps(numbers) + _beyond(times.translate(_ONCE))
        elif family == [term, term]:
            numbers, times = held[term]
            yield term, gaps(numbers) + _beyond(times.translate(_TWICE))
        else:
            total: Counter[int] = Counter()
            for word in family:
                numbers, times = held[word]
                total.update(numbers)
                if times.strip("\1"):
                    for number, many in zip(numbers, times, strict=True):
                        total[number] += ord(many) - 1
            numbers = sorted(total)
            yield term, gaps(numbers) + _beyond("".join([_written(total[number] - 1) for number in numbers]))


def _beyond(often: str) -> str:
    return f".{often}" if often.strip("a") else ""


def index_texts(beginnings: Iterable[Beginning]) -> list[tuple[str, str]]:
    """The files of terms: how the terms of each begin, and its text; small beginnings that are neighbours share one."""
    texts = [text for each in beginnings for text in each.texts]
    return [(begins, "\n".join(text for _, text in some)) for begins, some in cut(texts)]


def gaps(numbers: Sequence[int]) -> str:
    """Rising numbers, each as its distance from the one before; the first counts from -1."""
    return "".join(map(_written, map(sub, numbers, chain((-1,), numbers))))


class _Written(dict[int, str]):
    """Numbers by twenty-sixes: capitals carry on, a small letter ends. Each is written once."""

    def __missing__(self, number: int) -> str:
        carried, last = divmod(number, 26)
        digits = chr(97 + last)
        while carried:
            carried, digit = divmod(carried, 26)
            digits = chr(65 + digit) + digits
        self[number] = digits
        return digits


class _HowOften(dict[int, str]):
    """For `str.translate`: how often, each time counted as so many, is written as what goes beyond the first."""

    def __init__(self, each: int) -> None:
        self.each = each

    def __missing__(self, many: int) -> str:
        self[many] = _written(many * self.each - 1)
        return self[many]


_written = _Written().__getitem__
_ONCE, _TWICE = _HowOften(1), _HowOften(2)


def cut(lines: Lines, shared: int = 0) -> Iterator[tuple[str, Lines]]:
    """The lines in groups no larger than `LARGEST` where terms can be parted, each with how its terms begin.

    Cuts fall between beginnings of words, not after so many letters: a file that grows moves only its neighbours.
    `shared` is how many letters all the terms have in common. The beginnings rise as the terms do.
    """
    if not lines:
        return
    if _size(lines) <= LARGEST or len(lines) == 1:
        yield lines[0][0][: shared + 1], lines
        return
    small: Lines = []
    letters = 0
    for _, group in groupby(lines, key=lambda line: line[0][: shared + 1]):
        alike = list(group)
        more = _size(alike)
        if small and letters + more > LARGEST:
            yield small[0][0][: shared + 1], small
            small, letters = [], 0
        if more > LARGEST:
            yield from cut(alike, shared + 1)
        else:
            small += alike
            letters += more
    if small:
        yield small[0][0][: shared + 1], small


def _size(lines: Lines) -> int:
    return sum(len(term) + len(postings) + 2 for term, postings in lines)


def _text(lines: Lines) -> str:
    before = ["", *(postings for _, postings in lines)]
    return "\n".join(
        f"{term}\t{'=' if postings == above else postings}"
        for (term, postings), above in zip(lines, before, strict=False)
    )
