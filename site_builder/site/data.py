"""The data to download: everything the site holds as tables, in four forms, and the facts of each authority."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from site_builder.edtf import Date
from site_builder.model import Area, Authority, Framework, Grade, Polarity, Region, Rights, Role, SourceKind
from site_builder.site import schemas, sqlite, urls
from site_builder.site.entries import ArticleEntry, AuthorityEntry, FindingEntry, InspectionEntry, QuoteEntry, Site
from site_builder.site.ground import Ground
from site_builder.site.records import as_json
from site_builder.site.tables import Cell, Column, Row, Table

YES_OR_NO = ("yes", "no")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so (https://owasp.org/www-community/attacks/CSV_Injection)."""
LICENCES = (
    {
        "name": "OGL-UK-3.0",
        "title": "Open Government Licence v3.0, for what is from the record and the register",
        "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
)


@dataclass(frozen=True, slots=True)
class Download:
    """One file of `/data/`, with what the data page says of it."""

    url: str
    title: str
    size: int
    """In bytes."""
    sha256: str
    """The checksum, in hexadecimal."""
    table: Table | None = None
    """What a CSV file holds, without its rows; None for the others."""
    rows: int = 0

    @property
    def name(self) -> str:
        """The file's path below `/data/`."""
        return self.url.removeprefix(urls.DATA)


def download(name: str, title: str, body: bytes, table: Table | None = None, rows: int = 0) -> Download:
    """What the data page says of the file `name` that holds `body`."""
    return Download(f"{urls.DATA}{name}", title, len(body), hashlib.sha256(body).hexdigest(), table, rows)


def tables(base: str, site: Site) -> tuple[Table, ...]:
    """Everything that the site holds as tables; of the part about one council, what is that council's first.

    An article of several councils stands with the one that it names first, and so in one part alone.
    """
    own = site.own_articles
    slugs = {entry.slug for entry in own}
    return (
        judgements(base, [each for authority in site.authorities for each in authority.inspections]),
        inspections(base, [each for authority in site.authorities for each in authority.inspections]),
        articles(base, own),
        findings(base, [each for each in site.findings if each.article in slugs]),
        quotes(base, [each for each in site.quotes if each.article in slugs]),
        authorities(base, site.authorities),
    )


def empty_tables() -> dict[str, Table]:
    """Every table by its name, without rows."""
    return {
        each.name: each
        for each in (
            judgements("", ()),
            inspections("", ()),
            articles("", ()),
            findings("", ()),
            quotes("", ()),
            authorities("", ()),
        )
    }


def table_file(name: str, parts: Iterable[tuple[int, bytes]]) -> tuple[Download, bytes]:
    """A table as a CSV file, from its rows in parts: how many, and their text."""
    held = list(parts)
    table = empty_tables()[name]
    body = header_as_csv(table) + b"".join(text for _, text in held)
    return download(f"{name}.csv", table.title, body, table, sum(number for number, _ in held)), body


def database_file(rows: Callable[[str], Iterable[Row]]) -> tuple[Download, bytes]:
    """All tables as one SQLite database; `rows` are those of the table with that name."""
    body = sqlite.database(empty_tables().values(), rows)
    return download("inspections.sqlite", "All tables and a full-text search, as an SQLite database", body), body


def described_files(
    ground: Ground, made: Iterable[Download], facts: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Download, ...], dict[str, bytes]]:
    """Every file of `/data/` with what is said of it, and the bytes of those that describe the others.

    `made` are the tables and the database, `facts` those of each authority.
    """
    files = {each.name: each for each in made}
    held = [files[f"{name}.csv"] for name in empty_tables()]
    listed = sorted(facts, key=lambda each: str(each["name"]))
    described = {
        "authorities.json": ("The authorities as JSON", _json({"authorities": listed})),
        "datapackage.json": ("What each table and column holds, as a Data Package", _package(ground, held)),
        "schema/authority.json": (
            "JSON Schema of the data.json beside each council’s page",
            _json(schemas.of_authority(_FACTS, _OF_AN_AUTHORITY, empty_tables().values())),
        ),
        "schema/authorities.json": ("JSON Schema of authorities.json", _json(schemas.of_authorities(_FACTS))),
        "schema/front-matter.json": (
            "JSON Schema of the facts that articles are kept with",
            _json(schemas.of_front_matter()),
        ),
    }
    bodies = {f"{urls.DATA}{name}": body for name, (_, body) in described.items()}
    every = [*held, files["inspections.sqlite"]]
    every += [download(name, title, body) for name, (title, body) in described.items()]
    sums = "".join(f"{each.sha256}  {each.name}\n" for each in every).encode()
    every.append(download("checksums.txt", "Checksums of all these, for sha256sum --check", sums))
    bodies[every[-1].url] = sums
    return tuple(every), {urls.place(url): body for url, body in bodies.items()}


def council_files(base: str, entry: AuthorityEntry) -> dict[str, bytes]:
    """The facts of one authority beside its page, by their place in the output folder."""
    held = (
        judgements(base, entry.inspections),
        inspections(base, entry.inspections),
        articles(base, entry.articles),
        findings(base, entry.findings),
        quotes(base, entry.quotes),
    )
    assert tuple(table.name for table in held) == _OF_AN_AUTHORITY
    everything = authority_facts(base, entry) | {table.name: _records(table) for table in held}
    return {
        urls.place(urls.data(entry.slug, "csv")): as_csv(held[0]),
        urls.place(urls.data(entry.slug, "json")): as_json(everything),
    }


def as_csv(table: Table) -> bytes:
    """The table as RFC 4180 has it: UTF-8, a header row, lines that end in CR LF; no cell that a spreadsheet runs."""
    return header_as_csv(table) + rows_as_csv(table)


def header_as_csv(table: Table) -> bytes:
    """The names of the columns."""
    return _csv([[column.name for column in table.columns]])


def rows_as_csv(table: Table) -> bytes:
    """The rows without their header."""
    return _csv([guarded(cell) for cell in row] for row in table.rows)


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def guarded(cell: Cell) -> Cell:
    """The cell with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell


# The tables. Dates are EDTF, and beside them stand the first and last day that they can mean.

_WHEN = (
    Column("started", "first day on site, EDTF"),
    Column("ended", "last day on site, EDTF"),
    Column("report_published", "day of the report or letter, EDTF"),
    Column("earliest_day", "first day that the inspection's date can mean; empty without a year", "date"),
    Column("latest_day", "last day that the inspection's date can mean; empty without a year", "date"),
)
_AUTHORITY = (
    Column("authority", "short name of the authority, as in its URL"),
    Column("authority_name", "name of the authority"),
)


def judgements(base: str, entries: Iterable[InspectionEntry]) -> Table:
    """Each grade of an area as one source states it."""
    columns = (
        Column("inspection", "id of the inspection, as in its URL"),
        Column("inspection_url", "the inspection's page"),
        *_AUTHORITY,
        Column("framework", "kind of inspection", one_of=tuple(Framework)),
        Column("area", "what the grade is about", one_of=tuple(Area)),
        Column(
            "grade", "adequate until 2013, requires-improvement since; neither means the other", one_of=tuple(Grade)
        ),
        *_WHEN,
        Column("source", "record: published by Ofsted; article: stated in an article", one_of=("record", "article")),
        Column("record_source", "for the record: which publication of Ofsted's"),
        Column("role", "for an article: is it about this inspection, or recalls it", one_of=tuple(Role)),
        Column("article_url", "for an article: its page, at the words"),
        Column("evidence", "for an article: the words that state the grade, stretches parted by a line break"),
    )
    return Table("judgements", "One grade of one area, as one source states it", columns, tuple(_judged(base, entries)))


def _judged(base: str, entries: Iterable[InspectionEntry]) -> Iterator[Row]:
    for entry in entries:
        what = (entry.id, urls.absolute(base, entry.url), *_named(entry.authority), entry.framework)
        when = _when(entry)
        if entry.outcome:
            for area, grade in entry.outcome.grades:
                yield (*what, area, grade, *when, "record", entry.outcome.source, None, None, None)
        for telling in entry.tellings:
            for each in telling.inspection.judgements:
                url = urls.absolute(base, telling.article.proof_url(each.evidence))
                words = "\n".join(each.evidence)
                role = telling.inspection.role.value
                yield (*what, each.area, each.grade, *when, "article", None, role, url, words)


def inspections(base: str, entries: Iterable[InspectionEntry]) -> Table:
    """Each inspection or visit."""
    columns = (
        Column("inspection", "id, as in its URL"),
        Column("url", "its page"),
        *_AUTHORITY,
        Column("framework", "kind of inspection", one_of=tuple(Framework)),
        Column("kind", "standard, short, first or re-inspection, as published"),
        Column("ordinal", "6 for the sixth monitoring visit", "integer"),
        *_WHEN,
        Column("focus", "themes that a visit looked at, parted by ;"),
        Column("official_theme", "a visit's theme in Ofsted's words"),
        Column("in_record", "yes where Ofsted's published outcomes have it", one_of=YES_OR_NO),
        Column("articles", "articles that tell of it, parted by ;"),
        Column("report_url", "Ofsted's report or letter"),
    )
    rows = tuple(
        (
            each.id,
            urls.absolute(base, each.url),
            *_named(each.authority),
            each.framework,
            each.kind,
            each.ordinal,
            *_when(each),
            ";".join(each.focus),
            each.theme,
            _yes(each.outcome is not None),
            ";".join(dict.fromkeys(telling.article.slug for telling in each.tellings)),
            each.report_url,
        )
        for each in entries
    )
    return Table("inspections", "One inspection or visit", columns, rows)


def articles(base: str, entries: Iterable[ArticleEntry]) -> Table:
    """Each article."""
    columns = (
        Column("article", "short name, as in its URL"),
        Column("url", "its page"),
        Column("title", "headline"),
        Column("title_is_ours", "yes where it has no headline and we made one of its facts", one_of=YES_OR_NO),
        Column("published", "EDTF"),
        Column("earliest_day", "first day that the date can mean; empty without a year", "date"),
        Column("latest_day", "last day that the date can mean; empty without a year", "date"),
        Column("source_name", "who published it"),
        Column("source_kind", "what kind of publisher that is", one_of=tuple(SourceKind)),
        Column("source_url", "where it was published"),
        Column("rights", "how much of its text this site shows", one_of=tuple(Rights)),
        Column("authority", "the authority it is about; the first of several"),
        Column("authorities", "every authority it is about, parted by ;"),
        Column("themes", "parted by ;"),
        Column("report_url", "Ofsted's report or letter, where the article links to it"),
        Column("archive_url", "a copy of it in a web archive"),
        Column("retrieved", "day on which its text was taken from its publisher, EDTF"),
        Column("reviewed", "day on which an editor held every fact against the text, EDTF"),
    )
    rows = tuple(
        (
            each.slug,
            urls.absolute(base, each.url),
            each.title,
            _yes(each.title_is_ours),
            *_edtf_and_days(each.published),
            *((source.name, source.kind, source.url) if (source := each.article.metadata.source) else (None,) * 3),
            each.rights,
            _named(each.authority)[0],
            ";".join(authority.slug for authority in each.authorities),
            ";".join(each.article.metadata.themes),
            each.article.metadata.report_url,
            *((source.archive_url, _edtf(source.retrieved)) if source else (None, None)),
            _edtf(each.article.metadata.reviewed),
        )
        for each in entries
    )
    return Table("articles", "One article", columns, rows)


def findings(base: str, entries: Iterable[FindingEntry]) -> Table:
    """Each sentence that reports what inspectors found."""
    columns = (
        Column("article", "short name of the article"),
        Column("url", "the sentence in its article"),
        *_AUTHORITY,
        Column("inspection", "id of the inspection that the article is about, where it is about one"),
        Column("polarity", "which way it points", one_of=tuple(Polarity)),
        Column("themes", "parted by ;"),
        Column("text", "the sentence, verbatim"),
    )
    rows = tuple(
        (
            each.article,
            urls.absolute(base, each.url),
            *_named(each.authority),
            each.inspection,
            each.finding.polarity,
            ";".join(each.finding.themes),
            each.finding.text,
        )
        for each in entries
    )
    return Table("findings", "One sentence that reports what inspectors found", columns, rows)


def quotes(base: str, entries: Iterable[QuoteEntry]) -> Table:
    """Each thing that a named person said."""
    columns = (
        Column("article", "short name of the article"),
        Column("url", "the words in their article"),
        *_AUTHORITY,
        Column("inspection", "id of the inspection that the article is about, where it is about one"),
        Column("speaker", "name without titles"),
        Column("role", "as worded in the article"),
        Column("organisation", "the body the person speaks for"),
        Column("text", "the words, verbatim"),
    )
    rows = tuple(
        (
            each.article,
            urls.absolute(base, each.url),
            *_named(each.authority),
            each.inspection,
            each.quote.speaker,
            each.quote.role,
            each.quote.organisation,
            each.quote.text,
        )
        for each in entries
    )
    return Table("quotes", "What one named person said at one time", columns, rows)


def authorities(base: str, entries: Iterable[AuthorityEntry]) -> Table:
    """Each authority of the register."""
    facts = (authority_facts(base, each) for each in entries)
    rows = tuple(tuple(_joined(each[column.name]) for column in _FACTS) for each in facts)
    return Table("authorities", "One authority, current or abolished since 2005", _FACTS, rows)


_FACTS = (
    Column("authority", "short name, as in its URL"),
    Column("url", "its page"),
    Column("name", "the name we use"),
    Column("official_name", "the name in full"),
    Column("type", "kind of council"),
    Column("region", "as the Office for National Statistics has it", one_of=tuple(Region)),
    Column("ons_code", "GSS code"),
    Column("la_code", "the Department for Education's code"),
    Column("ofsted_urn", "Ofsted's number of the provider"),
    Column("other_names", "parted by ;", many=True),
    Column("trust", "the trust or company that runs the services, last known"),
    Column("established", "if since 2009, EDTF"),
    Column("abolished", "EDTF"),
    Column("predecessors", "parted by ;", many=True),
    Column("successors", "parted by ;", many=True),
    Column("inspections_known", "how many", "integer"),
    Column("articles_held", "how many", "integer"),
)
_OF_AN_AUTHORITY = ("judgements", "inspections", "articles", "findings", "quotes")
"""The tables whose rows stand in an authority's own file."""


def authority_facts(base: str, entry: AuthorityEntry) -> dict[str, Any]:
    """What is known of one authority, as JSON has it."""
    authority = entry.authority
    return {
        "authority": authority.slug,
        "url": urls.absolute(base, entry.url),
        "name": authority.name,
        "official_name": authority.official_name,
        "type": authority.type,
        "region": authority.region.value,
        "ons_code": authority.ons_code,
        "la_code": authority.la_code,
        "ofsted_urn": authority.ofsted_urn,
        "other_names": [each for each in authority.aliases if each not in (authority.name, authority.official_name)],
        "trust": authority.trust,
        "established": _edtf(authority.established),
        "abolished": _edtf(authority.abolished),
        "predecessors": list(authority.predecessors),
        "successors": list(authority.successors),
        "inspections_known": len(entry.inspections),
        "articles_held": entry.articles_held,
    }


def _records(table: Table) -> list[dict[str, Cell]]:
    """The rows as JSON has them: without empty cells."""
    keys = [column.name for column in table.columns]
    return [{key: cell for key, cell in zip(keys, row, strict=True) if cell not in (None, "")} for row in table.rows]


def _package(ground: Ground, files: Iterable[Download]) -> bytes:
    """`datapackage.json` (https://specs.frictionlessdata.io/tabular-data-package/)."""
    resources = [
        {
            "name": each.table.name,
            "profile": "tabular-data-resource",
            "title": each.table.title,
            "path": each.name,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": each.size,
            "hash": f"sha256:{each.sha256}",
            "dialect": {"lineTerminator": "\r\n", "header": True},
            "schema": _table_schema(each.table),
        }
        for each in files
        if each.table
    ]
    return _json(
        {
            "profile": "tabular-data-package",
            "name": "inspections",
            "title": ground.publication.name,
            "homepage": urls.absolute(ground.publication.base_url, urls.DATA),
            "description": "Inspections of children’s services in England, from Ofsted’s published outcomes and from "
            "articles. A cell that a spreadsheet would take for a formula begins with an apostrophe.",
            "licenses": list(LICENCES),
            "resources": resources,
        }
    )


def _table_schema(table: Table) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for column in table.columns:
        rules: dict[str, Any] = {"required": True} if column.name == table.key else {}
        if column.one_of:
            rules["enum"] = list(column.one_of)
        field = {"name": column.name, "type": column.type, "description": column.means}
        fields.append(field | ({"constraints": rules} if rules else {}))
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = table.key
    elsewhere = [
        {"fields": column, "reference": {"resource": other, "fields": column}} for column, other in table.refers
    ]
    return schema | ({"foreignKeys": elsewhere} if elsewhere else {})


def _when(entry: InspectionEntry) -> Row:
    days = _edtf_and_days(entry.when)[1:]
    return (_edtf(entry.started), _edtf(entry.ended), _edtf(entry.published), *days)


def _named(authority: Authority | None) -> Row:
    return (authority.slug, authority.name) if authority else (None, None)


@lru_cache(maxsize=10_000)  # the same days stand in many rows
def _edtf_and_days(known: Date | None) -> Row:
    if known is None:
        return (None, None, None)
    return (str(known), *(day.isoformat() if day else None for day in (known.earliest, known.latest)))


def _edtf(known: Date | None) -> Cell:
    return _edtf_and_days(known)[0]


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _joined(value: str | int | list[str] | None) -> Cell:
    return ";".join(value) if isinstance(value, list) else value


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
