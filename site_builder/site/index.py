"""The index of search: which documents hold which term in which field and how often, cut into small files.

A line is a term and its postings, parted by tabs. Postings are the letter of a field, the gaps between the numbers of
its documents and, where the term stands more than once in any of them, a full stop and how often beyond the first. `=`
stands for the postings of the line above. `search-worker.js` reads this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from operator import sub
from sys import intern

from site_builder.site.words import stem, words

BOOSTS = {"title": 10, "authority": 8, "theme": 5, "summary": 3, "body": 1}
"""The fields of a document, and what a term there counts for."""
LETTERS = ("tahsb", "TAHSB")
"""For each shelf, the letters that stand for its fields."""
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


def index_lines(shelves: Sequence[Sequence[Document]]) -> Lines:
    """Every term of the documents with its postings; each word is there as itself and as its stem.

    Documents of a shelf are numbered in their order: one more at the end touches the lines of its own terms alone.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for documents, letters in zip(shelves, LETTERS, strict=True):
        for name, letter in zip(BOOSTS, letters, strict=True):
            for term, holders, often in _terms(counted(getattr(each, name)) for each in documents):
                found[term].append(letter + gaps(holders) + _beyond_the_first(often))
    return sorted(((term, "\t".join(lists)) for term, lists in found.items()), key=lambda line: as_sorted(line[0]))


def as_sorted(term: str) -> bytes:
    """The key by which JavaScript sorts strings."""
    return term.encode("utf-16-be")


@lru_cache(maxsize=1 << 12)
def counted(text: str) -> Counter[str]:
    """How often each word stands in `text`; do not change what it gives."""
    return Counter(map(intern, words(text)))


def _terms(counts: Iterable[Counter[str]]) -> Iterator[tuple[str, Sequence[int], Sequence[int]]]:
    """Every word and every stem of one field: the numbers of its documents and how often it stands in each."""
    held: dict[str, list[int]] = defaultdict(list)  # number, how often, number, how often …
    for number, count in enumerate(counts):
        for word, often in count.items():
            held[word] += (number, often)
    families: dict[str, list[str]] = defaultdict(list)
    for word in held:
        families[stem(word)].append(word)
    for term, family in families.items():
        if len(family) == 1 and (term == family[0] or term not in held):
            times = 2 if term == family[0] else 1  # as itself and as its stem
            yield term, held[family[0]][::2], [often * times for often in held[family[0]][1::2]]
        else:
            total: dict[int, int] = {}
            for word in [*family, *([term] if term in held else [])]:
                pairs = iter(held[word])
                for number, often in zip(pairs, pairs, strict=True):
                    total[number] = total.get(number, 0) + often
            holders = sorted(total)
            yield term, holders, [total[number] for number in holders]
    for word, flat in held.items():
        if word not in families:
            yield word, flat[::2], flat[1::2]


def gaps(numbers: Sequence[int]) -> str:
    """Rising numbers, each as its distance from the one before; the first counts from -1."""
    return "".join(map(_written, map(sub, numbers, chain((-1,), numbers))))


def _beyond_the_first(often: Sequence[int]) -> str:
    return "" if often.count(1) == len(often) else "." + "".join(map(_written, [each - 1 for each in often]))


@cache
def _written(number: int) -> str:
    """A number by twenty-sixes: capitals carry on, a small letter ends."""
    carried, last = divmod(number, 26)
    digits = chr(97 + last)
    while carried:
        carried, digit = divmod(carried, 26)
        digits = chr(65 + digit) + digits
    return digits


def cut(lines: Lines, shared: int = 0) -> Iterator[tuple[str, str]]:
    """The lines as files no larger than `LARGEST` where terms can be parted: how the terms of each begin, and its text.

    Cuts fall between beginnings of words, not after so many letters: a file that grows moves only its neighbours.
    `shared` is how many letters all the terms have in common. The beginnings rise as the terms do.
    """
    if not lines:
        return
    if _size(lines) <= LARGEST or len(lines) == 1:
        yield lines[0][0][: shared + 1], _text(lines)
        return
    small: Lines = []
    for _, group in groupby(lines, key=lambda line: line[0][: shared + 1]):
        alike = list(group)
        if small and _size(small) + _size(alike) > LARGEST:
            yield small[0][0][: shared + 1], _text(small)
            small = []
        if _size(alike) > LARGEST:
            yield from cut(alike, shared + 1)
        else:
            small += alike
    if small:
        yield small[0][0][: shared + 1], _text(small)


def _size(lines: Lines) -> int:
    return sum(len(term) + len(postings) + 2 for term, postings in lines)


def _text(lines: Lines) -> str:
    postings = [said for _, said in lines]
    shorter = [
        "=" if said == before else said for said, before in zip(postings, ["", *postings][: len(postings)], strict=True)
    ]
    return "\n".join(f"{term}\t{said}" for (term, _), said in zip(lines, shorter, strict=True))
