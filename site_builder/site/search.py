"""Makes the files that search in the browser loads: the index, the cards of articles, names of pages, known words."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lunr.builder import Builder
from markdown_it import MarkdownIt

from site_builder.model import Authority
from site_builder.site import dates, urls
from site_builder.site.entries import ArticleEntry, Site
from site_builder.site.words import stem, words

FILES = "/search/files.json"
"""The one name that stays: it says under which names the rest lies. Only `search-worker.js` reads it."""

BOOSTS = {"title": 10, "authority": 8, "theme": 5, "summary": 3, "body": 1}
CARDS_EACH = 10


@dataclass(frozen=True, slots=True)
class Document:
    """One article as search reads it; the index knows it by its number, newest article first."""

    title: str
    authority: str
    """Names and other names of the authorities it is about."""
    theme: str
    summary: str
    """Its grades, areas, kinds of inspection and source, in words, and its summary."""
    body: str


def search_files(site: Site) -> dict[str, bytes]:
    """The files of search by their place in the output folder; equal sites give equal bytes."""
    read = [document(site, entry) for entry in site.articles]
    cards = [card(site, entry, text.body) for entry, text in zip(site.articles, read, strict=True)]
    blocks = [cards[start : start + CARDS_EACH] for start in range(0, len(cards), CARDS_EACH)]
    pages = names(site)
    files: dict[str, bytes] = {}
    index = _add(files, "search-index", index_of(read))
    named = _add(files, "search-names", pages)
    known = _add(files, "search-words", known_words(read, pages))
    shown = [_add(files, "search-cards", block) for block in blocks]
    entry = {"index": index, "names": named, "words": known, "cards": shown, "cards_each": CARDS_EACH}
    files[urls.place(FILES)] = _json(entry)
    return files


def document(site: Site, entry: ArticleEntry) -> Document:
    """What search reads of an article."""
    labels, metadata = site.labels, entry.article.metadata
    kinds = [labels.frameworks[each.framework].name for each in metadata.inspections if each.framework]
    grades = [f"{labels.grades[each.grade].name} {labels.areas[each.area].name}" for each in entry.judgements]
    source = [metadata.source.name] if metadata.source and metadata.source.name else []
    return Document(
        title=entry.title,
        authority=". ".join(name for authority in entry.authorities for name in _all_names(authority)),
        theme=". ".join(labels.themes[theme].name for theme in metadata.themes),
        summary=". ".join(dict.fromkeys([*grades, *kinds, *source, metadata.summary or ""])),
        body=plain_text(entry.article.body),
    )


def index_of(documents: Sequence[Document]) -> dict[str, Any]:
    """The index in the format of lunr.js 2.3.9, made by the lunr package.

    Each word counts twice: as itself and as its stem. The package is given finished terms and an empty pipeline,
    because its own reading of words is not the browser's.
    """
    builder = Builder()
    builder.ref("ref")
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for number, each in enumerate(documents):
        builder.add({"ref": number} | {name: _terms(getattr(each, name)) for name in BOOSTS})
    if not documents:
        return {"version": "2.3.9", "fields": list(BOOSTS), "fieldVectors": [], "invertedIndex": [], "pipeline": []}
    serial: dict[str, Any] = builder.build().serialize()
    serial["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))  # JavaScript's order
    return serial


def _terms(text: str) -> list[str]:
    found = words(text)
    return found + [stem(word) for word in found]


def card(site: Site, entry: ArticleEntry, text: str) -> dict[str, Any]:
    """What a result shows of an article; `text` is what snippets are cut from."""
    source = entry.article.metadata.source
    badges = dict.fromkeys((each.grade.value, site.labels.areas[each.area].name) for each in entry.judgements)
    return {
        "title": entry.title,
        "url": entry.url,
        "date": dates.in_words(entry.published) if entry.published else "",
        "source": (source and source.name) or "",
        "badges": list(badges),
        "text": text,
    }


def names(site: Site) -> list[dict[str, Any]]:
    """Every page that a name leads to: authorities, then grades, themes and regions."""
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
        *(_name("grade", label.name, urls.grade(grade), "Grade") for grade, label in site.labels.grades.items()),
        *(_name("theme", site.labels.themes[each.theme].name, each.url, "Theme") for each in site.themes),
        *(_name("region", each.region.value, each.url, "Region") for each in site.regions),
    ]


def known_words(documents: Iterable[Document], pages: Iterable[dict[str, Any]]) -> list[tuple[str, int]]:
    """Every word that a typing mistake may have meant, with the number of documents and names that hold it."""
    counts = Counter(
        word for each in documents for word in set(words(f"{each.title} {each.theme} {each.summary} {each.body}"))
    )
    counts.update(
        word for page in pages for name in (page["name"], *page["also"], *page["weak"]) for word in set(words(name))
    )
    return sorted(counts.items())


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


def _add(files: dict[str, bytes], name: str, value: object) -> str:
    """Puts a file beside the other assets, its hash in its name, and gives its URL."""
    body = _json(value)
    url = urls.asset(f"{name}.{hashlib.sha256(body).hexdigest()[:10]}.json")
    files[urls.place(url)] = body
    return url


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
