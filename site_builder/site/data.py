"""The data to download: everything the site holds as tables, and the facts of each authority."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.edtf import Date
from site_builder.model import Authority
from site_builder.site import urls
from site_builder.site.entries import ArticleEntry, AuthorityEntry, FindingEntry, InspectionEntry, QuoteEntry, Site

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins so (https://owasp.org/www-community/attacks/CSV_Injection)."""
LICENCES = (
    {
        "name": "OGL-UK-3.0",
        "title": "Open Government Licence v3.0, for what is from the record and the register",
        "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
)

Cell = str | int | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    means: str
    type: str = "string"
    """As the Table Schema names types (https://specs.frictionlessdata.io/table-schema/)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    title: str
    """What one row is."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """One file of `/data/`, with what the data page says of it."""

    url: str
    title: str
    media_type: str
    rows: int
    columns: tuple[Column, ...]
    """Empty where the file is no table."""
    body: bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return self.url.rpartition("/")[2]

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.body)

    @property
    def sha256(self) -> str:
        """The checksum, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


def downloads(site: Site) -> tuple[Download, ...]:
    """Every file of `/data/`, the description of all others last."""
    files = [
        Download(f"{urls.DATA}{each.name}.csv", each.title, "text/csv", len(each.rows), each.columns, as_csv(each))
        for each in tables(site)
    ]
    listed = [_authority_facts(site.publication.base_url, each) for each in site.authorities]
    files.append(
        Download(
            f"{urls.DATA}authorities.json",
            "The authorities as JSON",
            "application/json",
            len(listed),
            (),
            _json({"authorities": listed}),
        )
    )
    described = "What each file and column holds, as a Data Package"
    files.append(Download(f"{urls.DATA}datapackage.json", described, "application/json", 0, (), _package(site, files)))
    return tuple(files)


def data_files(site: Site, files: Iterable[Download]) -> dict[str, bytes]:
    """The downloads and the facts of each authority by their place in the output folder."""
    placed = {urls.place(each.url): each.body for each in files}
    base = site.publication.base_url
    for entry in site.authorities:
        placed[urls.place(urls.data(entry.slug, "csv"))] = as_csv(judgements(base, entry.inspections))
        placed[urls.place(urls.data(entry.slug, "json"))] = _json(_everything_of(base, entry))
    return placed


def tables(site: Site) -> tuple[Table, ...]:
    """Everything the site holds, as tables."""
    base = site.publication.base_url
    return (
        judgements(base, site.inspections),
        inspections(base, site.inspections),
        articles(base, site.articles),
        findings(base, (each for authority in site.authorities for each in authority.findings)),
        quotes(base, (each for authority in site.authorities for each in authority.quotes)),
        authorities(base, site.authorities),
    )


def as_csv(table: Table) -> bytes:
    """The table as RFC 4180 has it: UTF-8, a header row, lines that end in CR LF; no cell that a spreadsheet runs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode()


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


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
        Column("framework", "kind of inspection"),
        Column("area", "what the grade is about"),
        Column("grade", "outstanding, good, adequate (until 2013), requires-improvement (since 2013) or inadequate"),
        *_WHEN,
        Column("source", "record: published by Ofsted; article: stated in an article"),
        Column("record_source", "for the record: which publication of Ofsted's"),
        Column("role", "for an article: subject where it is about this inspection, previous where it recalls it"),
        Column("article_url", "for an article: its page, at the words"),
        Column("evidence", "for an article: the words that state the grade, stretches parted by a line break"),
    )
    return Table("judgements", "One grade of one area, as one source states it", columns, tuple(_judged(base, entries)))


def _judged(base: str, entries: Iterable[InspectionEntry]) -> Iterator[Row]:
    for entry in entries:
        if entry.outcome:
            for area, grade in entry.outcome.grades:
                yield (*_judged_at(base, entry, area, grade), "record", entry.outcome.source, None, None, None)
        for telling in entry.tellings:
            for each in telling.inspection.judgements:
                url = urls.absolute(base, telling.article.proof_url(each.evidence))
                words = "\n".join(each.evidence)
                role = telling.inspection.role.value
                yield (*_judged_at(base, entry, each.area, each.grade), "article", None, role, url, words)


def _judged_at(base: str, entry: InspectionEntry, area: str, grade: str) -> Row:
    return (
        entry.id,
        urls.absolute(base, entry.url),
        *_named(entry.authority),
        entry.framework,
        area,
        grade,
        *_when(entry),
    )


def inspections(base: str, entries: Iterable[InspectionEntry]) -> Table:
    """Each inspection or visit."""
    columns = (
        Column("inspection", "id, as in its URL"),
        Column("url", "its page"),
        *_AUTHORITY,
        Column("framework", "kind of inspection"),
        Column("kind", "standard, short, first or re-inspection, as published"),
        Column("ordinal", "6 for the sixth monitoring visit", "integer"),
        *_WHEN,
        Column("focus", "themes that a visit looked at, parted by ;"),
        Column("official_theme", "a visit's theme in Ofsted's words"),
        Column("in_record", "yes where Ofsted's published outcomes have it"),
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
        Column("title_is_ours", "yes where the article has no headline and we made one of its facts"),
        Column("published", "EDTF"),
        Column("earliest_day", "first day that the date can mean; empty without a year", "date"),
        Column("latest_day", "last day that the date can mean; empty without a year", "date"),
        Column("source_name", "who published it"),
        Column("source_kind", "council, charity, newspaper, trade-press, ofsted, government or other"),
        Column("source_url", "where it was published"),
        Column("rights", "how much of its text this site shows: full, excerpt or link-only"),
        Column("authority", "the authority it is about; the first of several"),
        Column("authorities", "every authority it is about, parted by ;"),
        Column("themes", "parted by ;"),
        Column("report_url", "Ofsted's report or letter, where the article links to it"),
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
        Column("polarity", "strength or weakness"),
        Column("themes", "parted by ;"),
        Column("text", "the sentence, verbatim"),
    )
    rows = tuple(
        (
            each.article.slug,
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
            each.article.slug,
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
    means = {
        "authority": "short name, as in its URL",
        "url": "its page",
        "name": "the name we use",
        "official_name": "the name in full",
        "type": "kind of council",
        "region": "as the Office for National Statistics has it",
        "ons_code": "GSS code",
        "la_code": "the Department for Education's code",
        "ofsted_urn": "Ofsted's number of the provider",
        "other_names": "parted by ;",
        "trust": "the trust or company that runs the services, last known",
        "established": "if since 2009, EDTF",
        "abolished": "EDTF",
        "predecessors": "parted by ;",
        "successors": "parted by ;",
        "inspections_known": "how many",
        "articles_held": "how many",
    }
    whole_numbers = {"inspections_known", "articles_held"}
    columns = tuple(
        Column(name, meaning, "integer" if name in whole_numbers else "string") for name, meaning in means.items()
    )
    rows = tuple(tuple(_joined(_authority_facts(base, each)[name]) for name in means) for each in entries)
    return Table("authorities", "One authority, current or abolished since 2005", columns, rows)


def _authority_facts(base: str, entry: AuthorityEntry) -> dict[str, Any]:
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
        "articles_held": len(entry.articles),
    }


def _everything_of(base: str, entry: AuthorityEntry) -> dict[str, Any]:
    """The facts of one authority, for `data.json` beside its page."""
    held = (
        judgements(base, entry.inspections),
        inspections(base, entry.inspections),
        articles(base, entry.articles),
        findings(base, entry.findings),
        quotes(base, entry.quotes),
    )
    return _authority_facts(base, entry) | {table.name: _records(table) for table in held}


def _records(table: Table) -> list[dict[str, Cell]]:
    """The rows as JSON has them: without empty cells."""
    keys = [column.name for column in table.columns]
    return [{key: cell for key, cell in zip(keys, row, strict=True) if cell not in (None, "")} for row in table.rows]


def _package(site: Site, files: Iterable[Download]) -> bytes:
    """`datapackage.json` (https://specs.frictionlessdata.io/tabular-data-package/)."""
    resources = [
        {
            "name": each.name.removesuffix(".csv"),
            "profile": "tabular-data-resource",
            "title": each.title,
            "path": each.name,
            "format": "csv",
            "mediatype": each.media_type,
            "encoding": "utf-8",
            "bytes": each.size,
            "hash": f"sha256:{each.sha256}",
            "dialect": {"lineTerminator": "\r\n", "header": True},
            "schema": {
                "fields": [
                    {"name": column.name, "type": column.type, "description": column.means} for column in each.columns
                ],
                "missingValues": [""],
            },
        }
        for each in files
        if each.columns
    ]
    return _json(
        {
            "profile": "tabular-data-package",
            "name": "inspections",
            "title": site.publication.name,
            "homepage": urls.absolute(site.publication.base_url, urls.DATA),
            "description": "Inspections of children’s services in England, from Ofsted’s published outcomes and from "
            "articles. A cell that a spreadsheet would take for a formula begins with an apostrophe.",
            "licenses": list(LICENCES),
            "resources": resources,
        }
    )


def _when(entry: InspectionEntry) -> Row:
    days = _edtf_and_days(entry.when)[1:]
    return (_edtf(entry.started), _edtf(entry.ended), _edtf(entry.published), *days)


def _named(authority: Authority | None) -> Row:
    return (authority.slug, authority.name) if authority else (None, None)


def _edtf_and_days(known: Date | None) -> Row:
    if known is None:
        return (None, None, None)
    return (str(known), *(day.isoformat() if day else None for day in (known.earliest, known.latest)))


def _edtf(known: Date | None) -> str | None:
    return str(known) if known else None


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _joined(value: str | int | list[str] | None) -> Cell:
    return ";".join(value) if isinstance(value, list) else value


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
