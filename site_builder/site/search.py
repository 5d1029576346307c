"""Makes the files that search in the browser loads: terms in small files, cards, texts, names of pages, known words.

There are two shelves, articles and inspections. The record holds a thousand inspections, and to a reader who looks for
one, its page is the answer whether or not somebody wrote an article about it. Both stand oldest first in the files, so
that what is new is added at the end; the browser turns them round.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Any

from site_builder.edtf import Date
from site_builder.lexicon.labels import Labels
from site_builder.model import Authority, Framework, Region, Register, Theme
from site_builder.site import dates, index, urls
from site_builder.site.entries import ArticleEntry, InspectionEntry
from site_builder.site.index import BOOSTS, LETTERS, Beginning, Document
from site_builder.site.markdown import passages
from site_builder.site.wording import inspection_title
from site_builder.site.words import words

FILES = "/search/files.json"
"""The one name that stays: it says under which names the rest lies. Only `search-worker.js` reads it."""

FOLDER = "search/"
"""Where the rest lies among the assets; each name there holds a hash of the bytes."""
CARDS_EACH = 5
TEXT_DIGITS = 8
"""Letters of the hash in the name of an article's text."""


FACETS = ("judgement", "authority", "framework", "theme", "year")


@dataclass(frozen=True, slots=True)
class Share:
    """What one article or inspection gives to search."""

    words: str
    """What `index.words_of` gives."""
    card: str
    """What a result shows of it, as JSON."""
    facts: tuple[tuple[str, ...], ...]
    """For each of `FACETS`, its values."""


@dataclass(frozen=True, slots=True)
class Block:
    """What some documents of one shelf give to search, that stand next to each other there."""

    shelf: int
    cards: tuple[str, ...]
    facts: Mapping[tuple[int, str], Sequence[int]]
    """For the number of a facet and a value, the documents by their numbers within the block."""
    pieces: Mapping[str, bytes]
    """Their postings by how terms begin."""


def article_share(labels: Labels, entry: ArticleEntry, text: str) -> Share:
    """What an article gives; `text` is its body without marks."""
    card = article_card(labels, entry, _hash(text.encode(), TEXT_DIGITS))
    return Share(index.words_of(*astuple(article_document(labels, entry, text))), _json(card), _facts(entry))


def inspection_share(labels: Labels, entry: InspectionEntry) -> Share:
    """What an inspection gives."""
    card = inspection_card(labels, entry)
    return Share(index.words_of(*astuple(inspection_document(labels, entry))), _json(card), _facts(entry))


def text_file(slug: str, text: str) -> tuple[str, bytes]:
    """The place and the bytes of the words of an article."""
    body = text.encode()
    return _place(slug, _hash(body, TEXT_DIGITS), "txt"), body


def block(shelf: int, shares: Sequence[Share]) -> Block:
    """What some documents of a shelf that follow each other in order, oldest first, give together."""
    facts: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, share in enumerate(shares):
        for facet, values in enumerate(share.facts):
            for value in values:
                facts[facet, value].append(number)
    pieces = index.pieces(LETTERS[shelf], [share.words for share in shares])
    return Block(shelf, tuple(share.card for share in shares), dict(facts), pieces)


def name_pieces(pages: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """The words of the names of pages by how they begin, as pieces."""
    named = [name for page in pages for name in (page["name"], *page["also"], *page["weak"])]
    return index.pieces(index.NAMES, map(index.words_of, named))


def small_files(
    register: Register,
    labels: Labels,
    pages: Iterable[dict[str, Any]],
    blocks: Sequence[Block],
    beginnings: Sequence[Beginning],
) -> dict[str, bytes]:
    """All files but the texts of articles.

    Made from the `pages` that names lead to, from the blocks of all documents, and from all beginnings of words.
    """
    files: dict[str, bytes] = {}
    cards = [[card for each in blocks if each.shelf == shelf for card in each.cards] for shelf in range(len(LETTERS))]
    parts = index_files(files, list(map(len, cards)), beginnings) | {
        "cards": ["".join(_card_files(files, number, shelf)) for number, shelf in enumerate(cards)],
        "cards_each": CARDS_EACH,
    }
    told = {"pages": _in_short(pages), "synonyms": _synonyms(labels)}
    entry = {
        "names": _add(files, "names", _json(told), "json"),
        "parts": _add(files, "parts", _json(parts), "json"),
        "facets": _add(files, "facets", _json(facets(register, labels, blocks)), "json"),
        "words": _add(files, "words", "\n".join(line for each in beginnings for line in each.known), "txt"),
    }
    files[urls.place(FILES)] = _json(entry).encode()
    return files


def index_files(files: dict[str, bytes], counts: Sequence[int], beginnings: Iterable[Beginning]) -> dict[str, Any]:
    """Puts the index into `files` and gives what one must know to read it; `counts` are documents on each shelf."""
    terms = index.index_texts(beginnings)
    return {
        "counts": counts,
        "fields": list(BOOSTS),
        "boosts": list(BOOSTS.values()),
        "letters": LETTERS,
        "firsts": [first for first, _ in terms],
        "terms": "".join(_add(files, "terms", text, "txt") for _, text in terms),
    }


def _card_files(files: dict[str, bytes], shelf: int, cards: Sequence[str]) -> Iterator[str]:
    """Puts the cards of a shelf into files of a few each, and gives the hashes in their names."""
    for start in range(0, len(cards), CARDS_EACH):
        block = f"[{','.join(cards[start : start + CARDS_EACH])}]"
        yield _add(files, f"cards-{shelf}-{start // CARDS_EACH}", block, "json", digits=6)


def article_document(labels: Labels, entry: ArticleEntry, text: str) -> Document:
    """What search reads of an article; `text` is its body without marks."""
    metadata = entry.article.metadata
    kinds = [labels.frameworks[each.framework] for each in metadata.inspections if each.framework]
    source = [metadata.source.name] if metadata.source and metadata.source.name else []
    return Document(
        title=entry.title,
        authority=_sentences(name for authority in entry.authorities for name in _all_names(authority)),
        theme=_sentences(labels.themes[theme].name for theme in metadata.themes),
        summary=_sentences(
            [*_graded(labels, entry.judgements), *(kind.name for kind in kinds), *source, metadata.summary or ""]
        ),
        body=text,
    )


def inspection_document(labels: Labels, entry: InspectionEntry) -> Document:
    """What search reads of an inspection; what was written about it is read with the articles."""
    kind = labels.frameworks[entry.framework] if entry.framework else None
    when = entry.when
    return Document(
        title=inspection_title(entry, labels),
        authority=_sentences(_all_names(entry.authority)),
        theme=_sentences([*(labels.themes[theme].name for theme in entry.focus), entry.theme or ""]),
        summary=_sentences(
            [
                *_graded(labels, entry.grades),
                *([kind.name, kind.short] if kind else []),
                dates.in_words(when) if when else "",
            ]
        ),
        body="",
    )


def _graded(labels: Labels, judged: Iterable[Any]) -> list[str]:
    return [f"{labels.grades[each.grade].name} {labels.areas[each.area].name}" for each in judged]


def _sentences(parts: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(filter(None, parts)))


def article_card(labels: Labels, entry: ArticleEntry, stored: str) -> list[object]:
    """What a result shows of an article: title, slug, date, source, grades, and the hash in the name of its text."""
    source = entry.article.metadata.source
    return [
        entry.title,
        entry.slug,
        dates.in_words(entry.published) if entry.published else "",
        (source and source.name) or "",
        _badges(labels, entry.judgements),
        stored,
    ]


def inspection_card(labels: Labels, entry: InspectionEntry) -> list[object]:
    """What a result shows of an inspection: title, id, dates, the word that says what it is, and grades."""
    return [inspection_title(entry, labels), entry.id, entry.dates, "Inspection", _badges(labels, entry.grades)]


def _badges(labels: Labels, judged: Iterable[Any]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((each.grade.value, labels.areas[each.area].name) for each in judged))


def facets(register: Register, labels: Labels, blocks: Iterable[Block]) -> dict[str, dict[str, Any]]:
    """By what results can be narrowed: for each value its label and its documents on either shelf.

    A grade is always one of an area: "inadequate leadership" names the documents that hold both as one judgement.
    """
    held: list[dict[str, tuple[list[int], list[int]]]] = [defaultdict(lambda: ([], [])) for _ in FACETS]
    before = [0, 0]
    for each in blocks:
        for (facet, value), numbers in each.facts.items():
            held[facet][value][each.shelf].extend([before[each.shelf] + number for number in numbers])
        before[each.shelf] += len(each.cards)
    told: dict[str, Mapping[Any, Any]] = {
        "grade": {grade: label.name for grade, label in labels.grades.items()},
        "area": {area: label.name for area, label in labels.areas.items()},
        "framework": {kind: label.name for kind, label in labels.frameworks.items()},
        "theme": {theme: label.name for theme, label in labels.themes.items()},
        "authority": {each.slug: each.name for each in _by_name(register)},
    }
    documents = {
        name: {value: [index.gaps(each) for each in shelves] for value, shelves in sorted(values.items())}
        for name, values in zip(FACETS, held, strict=True)
    }
    return {"labels": {name: dict(each) for name, each in told.items()}, "documents": documents}


def _facts(entry: ArticleEntry | InspectionEntry) -> tuple[tuple[str, ...], ...]:
    judged: Iterable[Any]
    authorities: Iterable[Authority]
    themes: Iterable[Theme]
    kinds: Iterable[Framework | None]
    when: Date | None
    if isinstance(entry, ArticleEntry):
        metadata = entry.article.metadata
        judged, authorities, themes, when = entry.judgements, entry.authorities, metadata.themes, entry.published
        kinds = [each.framework for each in metadata.inspections]
    else:
        judged, authorities, themes, when = entry.grades, [entry.authority], entry.focus, entry.when
        kinds = [entry.framework]
    held: tuple[Iterable[str], ...] = (
        [f"{each.grade} {each.area}" for each in judged],
        [each.slug for each in authorities],
        [kind for kind in kinds if kind],
        themes,
        [str(when.year)] if when and when.year else [],
    )
    return tuple(tuple(dict.fromkeys(map(str, values))) for values in held)


def names(register: Register, labels: Labels) -> list[dict[str, Any]]:
    """Every page that a name leads to: authorities, then grades, themes and regions."""
    return [
        *(
            _name(
                "authority",
                each.name,
                urls.authority(each.slug),
                _authority_note(labels, each),
                _all_names(each)[1:],
                each.weak_aliases,
            )
            for each in _by_name(register)
        ),
        *(
            _name("grade", label.name, urls.grade(grade), "Grade", labels.also.get(grade, ()))
            for grade, label in labels.grades.items()
        ),
        *(
            _name("theme", label.name, urls.theme(theme), "Theme", labels.also.get(theme, ()))
            for theme, label in labels.themes.items()
        ),
        *(_name("region", region.value, urls.region(region), "Region") for region in Region),
    ]


def _by_name(register: Register) -> list[Authority]:
    return sorted(register.authorities, key=lambda authority: authority.name)


def _in_short(pages: Iterable[dict[str, Any]]) -> dict[str, list[list[str]]]:
    """The pages by the folder they lie in: name, note, other names, names shared with others, and the page's own part.

    Other names are written as the words they are looked for by, once each, with `~` for those of the name, which mostly
    stand in them. The page's own part of its address is left out where it is the name with hyphens.
    """
    short: dict[str, list[list[str]]] = {}
    for page in pages:
        _, folder, slug, _ = page["url"].split("/")
        name = " ".join(words(page["name"]))
        also, weak = (
            "|".join(dict.fromkeys(said.replace(name, "~") for each in page[kind] if (said := " ".join(words(each)))))
            for kind in ("also", "weak")
        )
        held = [page["name"], page["note"], also, weak, "" if slug == name.replace(" ", "-") else slug]
        while not held[-1]:
            held.pop()
        short.setdefault(folder, []).append(held)
    return short


def _synonyms(labels: Labels) -> dict[str, list[str]]:
    return {" ".join(words(said)): list(others) for said, others in labels.synonyms.items()}


@lru_cache(maxsize=1 << 14)
def plain_text(markdown: str) -> str:
    """The words of a Markdown text without its marks, in one line."""
    return " ".join(" ".join(text.split()) for text, _ in passages(markdown))


def _all_names(authority: Authority) -> tuple[str, ...]:
    """The authority's name first, then every other by which it is known, each once."""
    known = (authority.name, authority.official_name, *authority.aliases, authority.trust)
    return tuple(dict.fromkeys(name for name in known if name))


def _authority_note(labels: Labels, authority: Authority) -> str:
    if authority.abolished:
        return f"Council in {authority.region} until {dates.in_words(authority.abolished)}"
    return f"{labels.authority_types[authority.type]}, {authority.region}"


def _name(
    kind: str, name: str, url: str, note: str, also: Sequence[str] = (), weak: Sequence[str] = ()
) -> dict[str, Any]:
    return {"kind": kind, "name": name, "url": url, "note": note, "also": list(also), "weak": list(weak)}


def _add(files: dict[str, bytes], name: str, text: str, ending: str, digits: int = 10) -> str:
    """Puts a file among the assets, the beginning of its hash in its name, and gives that beginning."""
    body = text.encode()
    hash = _hash(body, digits)
    files[_place(name, hash, ending)] = body
    return hash


def _hash(body: bytes, digits: int) -> str:
    return hashlib.sha256(body).hexdigest()[:digits]


def _place(name: str, hash: str, ending: str) -> str:
    return urls.place(urls.asset(f"{FOLDER}{name}.{hash}.{ending}"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
