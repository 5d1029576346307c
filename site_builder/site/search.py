"""Makes the files that search in the browser loads: terms in small files, cards, texts, names of pages, known words."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from site_builder.edtf import Date
from site_builder.model import Authority, Framework, Theme
from site_builder.site import dates, urls
from site_builder.site.entries import ArticleEntry, InspectionEntry, Site
from site_builder.site.index import BOOSTS, LETTERS, Document, counted, cut, gaps, index_lines
from site_builder.site.wording import inspection_title
from site_builder.site.words import words

FILES = "/search/files.json"
"""The one name that stays: it says under which names the rest lies. Only `search-worker.js` reads it."""

FOLDER = "search/"
"""Where the rest lies among the assets; each name there holds a hash of the bytes."""
CARDS_EACH = 5


def search_files(site: Site) -> dict[str, bytes]:
    """The files of search by their place in the output folder; equal sites give equal bytes.

    There are two shelves, articles and inspections. The record holds a thousand inspections, and to a reader who looks
    for one, its page is the answer whether or not somebody wrote an article about it. Both stand oldest first in the
    files, so that what is new is added at the end; the browser turns them round.
    """
    articles, inspections = site.articles[::-1], site.inspections[::-1]
    texts = [plain_text(entry.article.body) for entry in articles]
    read = [article_document(site, entry, text) for entry, text in zip(articles, texts, strict=True)]
    recorded = [inspection_document(site, entry) for entry in inspections]
    pages = names(site)
    files: dict[str, bytes] = {}
    stored = [
        _add(files, entry.slug, text.encode(), "txt", digits=8) for entry, text in zip(articles, texts, strict=True)
    ]
    shelves = (
        [article_card(site, entry, hash) for entry, hash in zip(articles, stored, strict=True)],
        [inspection_card(site, entry) for entry in inspections],
    )
    parts = index_files(files, (read, recorded)) | {
        "cards": ["".join(_card_files(files, number, cards)) for number, cards in enumerate(shelves)],
        "cards_each": CARDS_EACH,
    }
    entry = {
        "names": _add(
            files, "names", _json({"pages": list(map(_in_short, pages)), "synonyms": _synonyms(site)}), "json"
        ),
        "parts": _add(files, "parts", _json(parts), "json"),
        "facets": _add(files, "facets", _json(facets(site, articles, inspections)), "json"),
        "words": _add(files, "words", known_words([*read, *recorded], pages).encode(), "txt"),
    }
    files[urls.place(FILES)] = _json(entry)
    return files


def index_files(files: dict[str, bytes], shelves: Sequence[Sequence[Document]]) -> dict[str, Any]:
    """Puts the index of the documents into `files` and gives what one must know to read it."""
    terms = list(cut(index_lines(shelves)))
    return {
        "counts": [len(documents) for documents in shelves],
        "fields": list(BOOSTS),
        "boosts": list(BOOSTS.values()),
        "letters": LETTERS,
        "firsts": [first for first, _ in terms],
        "terms": "".join(_add(files, "terms", text.encode(), "txt") for _, text in terms),
    }


def _card_files(files: dict[str, bytes], shelf: int, cards: Sequence[object]) -> Iterator[str]:
    """Puts the cards of a shelf into files of a few each, and gives the hashes in their names."""
    for start in range(0, len(cards), CARDS_EACH):
        block = _json(cards[start : start + CARDS_EACH])
        yield _add(files, f"cards-{shelf}-{start // CARDS_EACH}", block, "json", digits=6)


def article_document(site: Site, entry: ArticleEntry, text: str) -> Document:
    """What search reads of an article; `text` is its body without marks."""
    labels, metadata = site.labels, entry.article.metadata
    kinds = [labels.frameworks[each.framework] for each in metadata.inspections if each.framework]
    source = [metadata.source.name] if metadata.source and metadata.source.name else []
    return Document(
        title=entry.title,
        authority=_sentences(name for authority in entry.authorities for name in _all_names(authority)),
        theme=_sentences(labels.themes[theme].name for theme in metadata.themes),
        summary=_sentences(
            [*_graded(site, entry.judgements), *(kind.name for kind in kinds), *source, metadata.summary or ""]
        ),
        body=text,
    )


def inspection_document(site: Site, entry: InspectionEntry) -> Document:
    """What search reads of an inspection; what was written about it is read with the articles."""
    kind = site.labels.frameworks[entry.framework] if entry.framework else None
    when = entry.when
    return Document(
        title=inspection_title(entry, site.labels),
        authority=_sentences(_all_names(entry.authority)),
        theme=_sentences([*(site.labels.themes[theme].name for theme in entry.focus), entry.theme or ""]),
        summary=_sentences(
            [
                *_graded(site, entry.grades),
                *([kind.name, kind.short] if kind else []),
                dates.in_words(when) if when else "",
            ]
        ),
        body="",
    )


def _graded(site: Site, judged: Iterable[Any]) -> list[str]:
    return [f"{site.labels.grades[each.grade].name} {site.labels.areas[each.area].name}" for each in judged]


def _sentences(parts: Iterable[str]) -> str:
    return ". ".join(dict.fromkeys(filter(None, parts)))


def article_card(site: Site, entry: ArticleEntry, stored: str) -> list[object]:
    """What a result shows of an article: title, slug, date, source, grades, and the hash in the name of its text."""
    source = entry.article.metadata.source
    return [
        entry.title,
        entry.slug,
        dates.in_words(entry.published) if entry.published else "",
        (source and source.name) or "",
        _badges(site, entry.judgements),
        stored,
    ]


def inspection_card(site: Site, entry: InspectionEntry) -> list[object]:
    """What a result shows of an inspection: title, id, dates, the word that says what it is, and grades."""
    return [inspection_title(entry, site.labels), entry.id, entry.dates, "Inspection", _badges(site, entry.grades)]


def _badges(site: Site, judged: Iterable[Any]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((each.grade.value, site.labels.areas[each.area].name) for each in judged))


def facets(
    site: Site, articles: Sequence[ArticleEntry], inspections: Sequence[InspectionEntry]
) -> dict[str, dict[str, Any]]:
    """By what results can be narrowed: for each value its label and its documents on either shelf.

    A grade is always one of an area: "inadequate leadership" names the documents that hold both as one judgement.
    """
    held: dict[str, dict[str, tuple[list[int], list[int]]]] = {
        name: defaultdict(lambda: ([], [])) for name in ("judgement", "authority", "framework", "theme", "year")
    }
    both: tuple[Sequence[ArticleEntry | InspectionEntry], ...] = (articles, inspections)
    for shelf, entries in enumerate(both):
        for number, entry in enumerate(entries):
            for name, values in _facts(entry):
                for value in dict.fromkeys(values):
                    held[name][value][shelf].append(number)
    labels = site.labels
    told: dict[str, Mapping[Any, Any]] = {
        "grade": {grade: label.name for grade, label in labels.grades.items()},
        "area": {area: label.name for area, label in labels.areas.items()},
        "framework": {kind: label.name for kind, label in labels.frameworks.items()},
        "theme": {theme: label.name for theme, label in labels.themes.items()},
        "authority": {each.slug: each.authority.name for each in site.authorities},
    }
    documents = {
        name: {value: [gaps(each) for each in shelves] for value, shelves in sorted(values.items())}
        for name, values in held.items()
    }
    return {"labels": {name: dict(each) for name, each in told.items()}, "documents": documents}


def _facts(entry: ArticleEntry | InspectionEntry) -> Iterator[tuple[str, Iterable[str]]]:
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
    yield "judgement", [f"{each.grade} {each.area}" for each in judged]
    yield "authority", [each.slug for each in authorities]
    yield "framework", [kind for kind in kinds if kind]
    yield "theme", list(themes)
    yield "year", [str(when.year)] if when and when.year else []


def names(site: Site) -> list[dict[str, Any]]:
    """Every page that a name leads to: authorities, then grades, themes and regions."""
    labels = site.labels
    return [
        *(
            _name(
                "authority",
                each.authority.name,
                each.url,
                _authority_note(site, each.authority),
                _all_names(each.authority)[1:],
                each.authority.weak_aliases,
            )
            for each in site.authorities
        ),
        *(
            _name("grade", label.name, urls.grade(grade), "Grade", labels.also.get(grade, ()))
            for grade, label in labels.grades.items()
        ),
        *(
            _name("theme", labels.themes[each.theme].name, each.url, "Theme", labels.also.get(each.theme, ()))
            for each in site.themes
        ),
        *(_name("region", each.region.value, each.url, "Region") for each in site.regions),
    ]


def _in_short(page: dict[str, Any]) -> list[Any]:
    """A page's entry without keys, and with `~` for its name in its other names, which mostly hold it."""
    also = [name.replace(page["name"], "~") for name in page["also"]]
    return [page["kind"], page["name"], page["url"], page["note"], also, page["weak"]]


def _synonyms(site: Site) -> dict[str, list[str]]:
    return {" ".join(words(said)): list(others) for said, others in site.labels.synonyms.items()}


def known_words(documents: Iterable[Document], pages: Iterable[dict[str, Any]]) -> str:
    """Every word that a typing mistake may have meant, a line each, with one letter that is later the more hold it."""
    holders: Counter[str] = Counter()
    for each in documents:
        for text in (each.title, each.theme, each.summary, each.body):
            holders.update(counted(text).keys())
    for page in pages:
        for name in (page["name"], *page["also"], *page["weak"]):
            holders.update(counted(name).keys())
    return "\n".join(f"{word} {chr(96 + many.bit_length())}" for word, many in sorted(holders.items()))


@lru_cache(maxsize=1 << 14)
def plain_text(markdown: str) -> str:
    """The words of a Markdown text without its marks, in one line."""
    return " ".join(_texts(markdown))


_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def _texts(markdown: str) -> Iterator[str]:
    for block in _MARKDOWN.parse(markdown):
        if block.type == "inline":
            parts = (" " if each.type.endswith("break") else each.content for each in block.children or ())
            yield " ".join("".join(parts).split())
        elif block.type in ("fence", "code_block"):
            yield " ".join(block.content.split())


def _all_names(authority: Authority) -> tuple[str, ...]:
    """The authority's name first, then every other by which it is known, each once."""
    known = (authority.name, authority.official_name, *authority.aliases, authority.trust)
    return tuple(dict.fromkeys(name for name in known if name))


def _authority_note(site: Site, authority: Authority) -> str:
    if authority.abolished:
        return f"Council in {authority.region} until {dates.in_words(authority.abolished)}"
    return f"{site.labels.authority_types[authority.type]}, {authority.region}"


def _name(
    kind: str, name: str, url: str, note: str, also: Sequence[str] = (), weak: Sequence[str] = ()
) -> dict[str, Any]:
    return {"kind": kind, "name": name, "url": url, "note": note, "also": list(also), "weak": list(weak)}


def _add(files: dict[str, bytes], name: str, body: bytes, ending: str, digits: int = 10) -> str:
    """Puts a file among the assets, the beginning of its hash in its name, and gives that beginning."""
    hash = hashlib.sha256(body).hexdigest()[:digits]
    files[urls.place(urls.asset(f"{FOLDER}{name}.{hash}.{ending}"))] = body
    return hash


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
