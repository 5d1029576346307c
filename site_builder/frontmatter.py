"""Articles as files: YAML front matter between two `---` lines, an empty line, then the Markdown body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TypeVar

from site_builder import as_written, plain_yaml
from site_builder.as_written import LARGEST_FRONT_MATTER, NUMBER, SLUG, URL
from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Article,
    Finding,
    Framework,
    Grade,
    Inspection,
    Judgement,
    Metadata,
    Polarity,
    Problem,
    Problems,
    Quote,
    Rights,
    Role,
    Source,
    SourceKind,
    Tally,
    Theme,
)
from site_builder.plain_yaml import Items, Node, Pairs, Plain, Scalar

LARGEST_ARTICLE = 2_000_000
"""Characters; the longest inspection report is a tenth of it."""

KEYS = tuple(each.name for each in fields(Metadata))
"""The front matter's keys in the order in which they are written."""
SAID_BY_PEOPLE = frozenset({"rights", "reviewed"})
"""The keys that no article says by itself."""

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

_FENCE = "---"
_LONGEST_SHOWN = 160


# From a text to an article.


def parse(where: str, text: str) -> Article:
    """The article that `text` holds; its slug is the name of the file `where`.

    A byte order mark and any line ends are accepted. Raises Problems with everything in the file that is not so as
    the contract wants it: unknown keys, words that are in no vocabulary, dates that are none, YAML beyond the plain.
    """
    if len(text) > LARGEST_ARTICLE:
        message = f"the file is larger than the {LARGEST_ARTICLE // 1_000_000} MB that an article may have"
        raise Problems([Problem(where, 0, 0, "size", message)])
    slug = where.rpartition("/")[2].removesuffix(".md")
    if not SLUG.fullmatch(slug):
        message = "the file's name becomes the page's address: use small letters, digits and single hyphens, then .md"
        raise Problems([Problem(where, 0, 0, "slug", message)])
    if article := as_written.article(slug, text):
        return article
    parts = _split(where, text)
    below_fence = f"\n{parts.facts}"  # so that its lines count from the top of the file
    page = _Page(where, below_fence.split("\n"))
    metadata = _metadata(page, page.node(below_fence))
    if page.problems:
        raise Problems(page.problems)
    return Article(slug, metadata, parts.body)


_AUTHORITY = re.compile(r"""authorit(y|ies)["']?[ ]*:[ ]*(.*)""")
_PLAIN_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def only_authority(text: str) -> str | None:
    """The authority that an article is about, if it names no other; found without reading it all. None where unsure.

    It is unsure where several are named, or in any other way than as a plain word after `authority:`, and where only
    inspections name one.
    """
    header, fence, _ = text.partition(f"\n{_FENCE}\n")
    named = set()
    for many, said in _AUTHORITY.findall(header) if fence else ():
        named.add(said.strip("[]") if many == "ies" else said)
    (only,) = named if len(named) == 1 else ("",)
    about = f"\nauthority: {only}\n" in header or f"\nauthorities: [{only}]\n" in header
    return only if about and _PLAIN_SLUG.fullmatch(only) else None


@dataclass(frozen=True, slots=True)
class _Parts:
    """A file's text, which is these four one after the other, byte order mark and line ends included."""

    opening: str
    header: str
    closing: str
    rest: str

    @property
    def line_end(self) -> str:
        """As the file's first line ends."""
        return self.opening.lstrip("\ufeff- \t") or "\n"

    @property
    def facts(self) -> str:
        """The YAML, with line feeds."""
        return self.header.replace(self.line_end, "\n")

    @property
    def body(self) -> str:
        """The Markdown, with line feeds, without the empty line above it and the last line's end."""
        return self.rest.replace(self.line_end, "\n").removeprefix("\n").removesuffix("\n")


_OPENING = re.compile("\ufeff?---[ \t]*(?:\r\n|\r|\n|\\Z)")
_CLOSING = re.compile("(?<=[\r\n])---[ \t]*(?:\r\n|\r|\n|\\Z)")


def _split(where: str, text: str) -> _Parts:
    first = re.split("[\r\n]", text.removeprefix("\ufeff"), maxsplit=1)[0]
    opening = _OPENING.match(text)
    if not opening:
        message = "an article begins with a line of three hyphens (---), its facts, and three hyphens again"
        raise Problems([Problem(where, 1, 1, "front-matter", message, _shown(first))])
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        message = "the facts that begin here never end; put a line of three hyphens (---) below them"
        raise Problems([Problem(where, 1, 1, "front-matter", message, first)])
    header = text[opening.end() : closing.start()]
    if len(header) > LARGEST_FRONT_MATTER:
        most = f"{LARGEST_FRONT_MATTER // 1000} kB"
        message = f"the facts are longer than the {most} they may have; is the body among them?"
        raise Problems([Problem(where, 1, 1, "size", message, first)])
    return _Parts(opening.group(), header, closing.group(), text[closing.end() :])


def _shown(line: str) -> str:
    """A line as a message can show it."""
    line = line.replace("\t", " ")
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


@dataclass(slots=True)
class _Page:
    """What is being read, and what was found wrong in it."""

    where: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)

    def node(self, header: str) -> Node:
        try:
            return plain_yaml.read(header)
        except plain_yaml.Unreadable as error:
            self.wrong(error.line, error.column, error.code, error.message)
            raise Problems(self.problems) from None

    def wrong(self, line: int, column: int, code: str, message: str) -> None:
        source = _shown(self.lines[line - 1]) if line <= len(self.lines) and column < _LONGEST_SHOWN else ""
        self.problems.append(Problem(self.where, line, column, code, message, source))

    def wrong_at(self, node: Node, code: str, message: str) -> None:
        self.wrong(node.line, node.column, code, message)

    def mapping(self, node: Node, what: str, keys: Iterable[str]) -> dict[str, Node]:
        """The values that are there, by key; empty where `node` is no mapping."""
        if isinstance(node, Scalar) and node.absent:
            return {}
        if not isinstance(node, Pairs):
            self.wrong_at(node, "mapping", f'{what} is written as keys with values, such as "{next(iter(keys))}: …"')
            return {}
        known = tuple(keys)
        for key, _ in node.pairs:
            if key.text not in known:
                self.wrong_at(key, "key", _unknown(key.text, f"a key of {what}", known))
        return {key.text: value for key, value in node.pairs if not (isinstance(value, Scalar) and value.absent)}

    def text(self, node: Node | None) -> str | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            return node.text
        self.wrong_at(node, "text", "text is wanted here; if it is meant as text, put it in quotes")
        return None

    def required(self, values: Mapping[str, Node], key: str, within: Node, what: str) -> Node | None:
        if key not in values and isinstance(within, Pairs):
            self.wrong_at(within, "missing", f'{what} needs "{key}"')
        return values.get(key)

    def items(self, node: Node | None, what: str, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        """What `read` makes of each item of a list; empty items do not count."""
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.wrong_at(node, "list", f"{what} is a list: write [one, another], or each on a line after a hyphen")
            return ()
        made = (read(item) for item in node.items if not (isinstance(item, Scalar) and item.absent))
        return tuple(each for each in made if each is not None)

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        return self.items(node, what, self.text)

    def evidence(self, node: Node | None) -> tuple[str, ...]:
        """One stretch of words, or a list of several."""
        if isinstance(node, Scalar):
            return (node.text,)
        return self.texts(node, "evidence")

    def word(self, node: Node | None, words: type[Word], what: str) -> Word | None:
        """The member of a closed vocabulary that is written here."""
        written = self.text(node)
        if node is None or written is None:
            return None
        try:
            return words(written)
        except ValueError:
            self.wrong_at(
                node,
                what.replace(" ", "-"),
                _unknown(written, f"{'an' if what[0] in 'aeiou' else 'a'} {what}", tuple(words)),
            )
            return None

    def words(self, node: Node | None, words: type[Word], what: str, key: str) -> tuple[Word, ...]:
        return self.items(node, key, lambda item: self.word(item, words, what))

    def date(self, node: Node | None) -> Date | None:
        written = self.text(node)
        if node is None or written is None:
            return None
        try:
            return Date.parse(written)
        except ValueError as error:
            self.wrong_at(node, "date", str(error))
            return None

    def number(self, node: Node | None, least: int) -> int | None:
        written = self.text(node)
        if node is None or written is None:
            return None
        if NUMBER.fullmatch(written) and int(written) >= least:
            return int(written)
        self.wrong_at(node, "number", f'"{written}" is not a number from {least} to 9999; write it in digits')
        return None

    def slug(self, node: Node | None) -> str | None:
        written = self.text(node)
        if node is None or written is None or SLUG.fullmatch(written):
            return written
        message = f'"{written}" is not an authority; write its short name in lower case with hyphens, such as st-helens'
        self.wrong_at(node, "authority", message)
        return None

    def url(self, node: Node | None) -> str | None:
        written = self.text(node)
        if node is None or written is None or URL.fullmatch(written):
            return written
        self.wrong_at(node, "url", f'"{written}" is not a web address; it begins with https:// or http://')
        return None


def _unknown(written: str, what: str, known: tuple[str, ...]) -> str:
    """Says that a word is not known, and the one that was probably meant."""
    from difflib import get_close_matches  # a fifth of the time it takes to start; most files have no such fault

    near = get_close_matches(written.lower().replace("_", "-"), [word.replace("_", "-") for word in known], 1, 0.6)
    if near:
        meant = known[[word.replace("_", "-") for word in known].index(near[0])]
        return f'"{written}" is not {what}; did you mean "{meant}"?'
    return f'"{written}" is not {what}; there are {", ".join(known)}'


def _metadata(page: _Page, node: Node) -> Metadata:
    values = page.mapping(node, "the front matter", KEYS)
    return Metadata(
        title=page.text(values.get("title")),
        published=page.date(values.get("published")),
        source=_source(page, values.get("source")),
        rights=page.word(values.get("rights"), Rights, "statement of rights"),
        reviewed=page.date(values.get("reviewed")),
        report_url=page.url(values.get("report_url")),
        summary=page.text(values.get("summary")),
        authority=page.slug(values.get("authority")),
        authorities=page.items(values.get("authorities"), "authorities", page.slug),
        themes=page.words(values.get("themes"), Theme, "theme", "themes"),
        inspections=page.items(values.get("inspections"), "inspections", lambda item: _inspection(page, item)),
        findings=page.items(values.get("findings"), "findings", lambda item: _finding(page, item)),
        quotes=page.items(values.get("quotes"), "quotes", lambda item: _quote(page, item)),
        inspector_quotes=page.texts(values.get("inspector_quotes"), "inspector_quotes"),
        raw=page.text(values.get("raw")),
    )


def _source(page: _Page, node: Node | None) -> Source | None:
    if node is None:
        return None
    values = page.mapping(node, "source", tuple(each.name for each in fields(Source)))
    made = Source(
        name=page.text(values.get("name")),
        url=page.url(values.get("url")),
        kind=page.word(values.get("kind"), SourceKind, "kind of source"),
        archive_url=page.url(values.get("archive_url")),
        retrieved=page.date(values.get("retrieved")),
    )
    return made if made != Source() else None


def _inspection(page: _Page, node: Node) -> Inspection | None:
    values = page.mapping(node, "an inspection", tuple(each.name for each in fields(Inspection)))
    authority = page.slug(page.required(values, "authority", node, "an inspection"))
    role = page.word(page.required(values, "role", node, "an inspection"), Role, "role")
    framework = page.word(values.get("framework"), Framework, "framework")
    started, ended = page.date(values.get("started")), page.date(values.get("ended"))
    report_published = page.date(values.get("report_published"))
    ordinal = page.number(values.get("ordinal"), least=1)
    focus = page.words(values.get("focus"), Theme, "theme", "focus")
    judgements = page.items(values.get("judgements"), "judgements", lambda item: _judgement(page, item))
    tallies = page.items(values.get("tallies"), "tallies", lambda item: _tally(page, item))
    evidence = page.evidence(values.get("evidence"))
    record = page.text(values.get("record"))
    if authority is None or role is None:
        return None
    return Inspection(
        authority,
        role,
        framework,
        started,
        ended,
        report_published,
        ordinal,
        focus,
        judgements,
        tallies,
        evidence,
        record,
    )


def _judgement(page: _Page, node: Node) -> Judgement | None:
    values = page.mapping(node, "a judgement", ("area", "grade", "evidence"))
    area = page.word(page.required(values, "area", node, "a judgement"), Area, "area")
    grade = page.word(page.required(values, "grade", node, "a judgement"), Grade, "grade")
    evidence = page.evidence(values.get("evidence"))
    return Judgement(area, grade, evidence) if area and grade else None


def _tally(page: _Page, node: Node) -> Tally | None:
    values = page.mapping(node, "a tally", ("area", "counts", "evidence"))
    area = page.word(page.required(values, "area", node, "a tally"), Area, "area")
    counts = page.required(values, "counts", node, "a tally")
    by_grade = page.mapping(counts, "counts", tuple(Grade)) if counts else {}
    numbers = {grade: page.number(by_grade[grade], least=0) for grade in Grade if grade in by_grade}
    found = tuple((grade, number) for grade, number in numbers.items() if number is not None)
    evidence = page.evidence(values.get("evidence"))
    return Tally(area, found, evidence) if area else None


def _finding(page: _Page, node: Node) -> Finding | None:
    values = page.mapping(node, "a finding", ("text", "polarity", "themes"))
    text = page.text(page.required(values, "text", node, "a finding"))
    polarity = page.word(page.required(values, "polarity", node, "a finding"), Polarity, "polarity")
    themes = page.words(values.get("themes"), Theme, "theme", "themes")
    return Finding(text, polarity, themes) if text and polarity else None


def _quote(page: _Page, node: Node) -> Quote | None:
    values = page.mapping(node, "a quote", ("text", "speaker", "role", "organisation"))
    text = page.text(page.required(values, "text", node, "a quote"))
    speaker = page.text(page.required(values, "speaker", node, "a quote"))
    role, organisation = page.text(values.get("role")), page.text(values.get("organisation"))
    return Quote(text, speaker, role, organisation) if text and speaker else None


# From an article to a text.


def dump(article: Article) -> str:
    """The article as a file for people to edit; `parse` reads the same article back.

    Keys stand in the contract's order, long texts are folded, what is not known is left out.
    """
    facts = as_plain(article.metadata)
    header = plain_yaml.dump(facts) if facts else ""
    body = f"\n{article.body}\n" if article.body else ""
    return f"{_FENCE}\n{header}{_FENCE}\n{body}"


def as_plain(metadata: Metadata) -> dict[str, Plain]:
    """The contract's keys with lists, mappings, strings and numbers; what is not known is left out."""
    return {key: _plain(key, getattr(metadata, key)) for key in KEYS if getattr(metadata, key) not in (None, ())}


def _plain(key: str, value: object) -> Plain:
    if isinstance(value, (Date, StrEnum)):
        return str(value)
    if key == "counts" and isinstance(value, tuple):
        return {str(grade): number for grade, number in value}
    if key == "evidence" and isinstance(value, tuple) and len(value) == 1:
        return value[0]
    if isinstance(value, tuple):
        return [_plain("", item) for item in value]
    if isinstance(value, (Source, Inspection, Judgement, Tally, Finding, Quote)):
        held = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _plain(name, part) for name, part in held if part not in (None, ())}
    return value


# Changing a file that people have edited.


def change(where: str, text: str, article: Article) -> str:
    """`text` made to say what `article` says, with only the lines of the facts that differ changed.

    Comments, the order of keys, quotes, line ends and a byte order mark stay; a key that is new goes to its place in
    the contract's order. Raises Problems where `text` itself is no article.
    """
    before = parse(where, text)
    parts = _split(where, text)
    header, rest = parts.header, parts.rest
    if article.metadata != before.metadata:
        header = _changed_header(parts, as_plain(before.metadata), as_plain(article.metadata))
    if article.body != before.body:
        rest = (f"\n{article.body}\n" if article.body else "").replace("\n", parts.line_end)
    return parts.opening + header + parts.closing + rest


def _changed_header(parts: _Parts, before: Mapping[str, Plain], after: Mapping[str, Plain]) -> str:
    sections = _sections(parts)
    for order, key in enumerate(KEYS):
        if before.get(key) == after.get(key):
            continue
        lines = plain_yaml.dump({key: after[key]}).replace("\n", parts.line_end) if key in after else ""
        keys = [name for name, _ in sections]
        if key in keys:
            sections[keys.index(key)] = (key, lines)
            continue
        earlier = [place for place, name in enumerate(keys) if name and KEYS.index(name) < order]
        first = next((place for place, name in enumerate(keys) if name), len(keys))
        sections.insert(earlier[-1] + 1 if earlier else first, (key, lines))
    return "".join(lines for _, lines in sections)


def _sections(parts: _Parts) -> list[tuple[str, str]]:
    """The header cut into the lines of each key, and under no key the comments and empty lines between them."""
    node = plain_yaml.read(parts.facts)
    if not isinstance(node, Pairs) or node.flow:  # in braces, keys share lines: each is written anew
        entries = node.pairs if isinstance(node, Pairs) else ()
        written = ((key.text, plain_yaml.dump({key.text: plain_yaml.plain(value)})) for key, value in entries)
        comments = [] if entries else [("", parts.header)]
        return comments + [(key, lines.replace("\n", parts.line_end)) for key, lines in written]
    lines = re.findall("[^\r\n]*(?:\r\n|\r|\n)", parts.header)
    starts = [key.line - 1 for key, _ in node.pairs]
    sections = [("", "".join(lines[: starts[0]]))]
    for (key, _), start, following in zip(node.pairs, starts, [*starts[1:], len(lines)], strict=True):
        end = following
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        sections += [(key.text, "".join(lines[start:end])), ("", "".join(lines[end:following]))]
    return sections


# Where things stand, for messages about an article that is well written but wrong.

Part = tuple[str | int, ...]
"""The way to a part of the front matter: keys, and numbers of items from 0, as in `("inspections", 0, "authority")`."""


def places(where: str, text: str) -> dict[Part, tuple[int, int]]:
    """Line and column of each part of the front matter; the whole is at `()`. Raises Problems as `parse` does."""
    return dict(_placed(plain_yaml.read(f"\n{_split(where, text).facts}"), ()))


def _placed(node: Node, path: Part) -> Iterator[tuple[Part, tuple[int, int]]]:
    yield path, (node.line, node.column)
    if isinstance(node, Pairs):
        for key, value in node.pairs:
            yield from _placed(value, (*path, key.text))
    elif isinstance(node, Items):
        for number, item in enumerate(node.items):
            yield from _placed(item, (*path, number))
