"""Reads the register of authorities and the record of published outcomes: CSV and YAML texts in, a `Register` out."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping

from site_builder import plain_yaml
from site_builder.edtf import Date
from site_builder.model import Area, Authority, Framework, FrameworkFacts, Grade, Outcome, Region, Register

Row = dict[str, str]

ILACS_AREAS = {
    "overall": Area.OVERALL,
    "leadership": Area.LEADERSHIP,
    "help_and_protection": Area.HELP_AND_PROTECTION,
    "in_care": Area.CHILDREN_LOOKED_AFTER,
    "care_leavers": Area.CARE_LEAVERS,
}
SIF_AREAS = {
    "overall": Area.OVERALL,
    "help_and_protection": Area.HELP_AND_PROTECTION,
    "children_looked_after": Area.CHILDREN_LOOKED_AFTER,
    "adoption": Area.ADOPTION,
    "care_leavers": Area.CARE_LEAVERS,
    "leadership": Area.LEADERSHIP,
    "lscb": Area.LSCB,
}


def read_register(texts: Mapping[str, str]) -> Register:
    """The register that the files of `content/register/` and `content/record/` hold.

    `texts` maps each file's name (`authorities.csv`, `frameworks.yaml`, …) to what it says. Columns and sources are
    described in the README beside the files. Raises KeyError or ValueError where a file is not of that form.
    """
    tiles = {
        row["slug"]: (float(row["column"]) + float(row["offset"]), int(row["row"]))
        for row in rows(texts["tilemap.csv"])
    }
    neighbours: dict[str, list[str]] = defaultdict(list)
    for row in rows(texts["statistical_neighbours.csv"]):
        neighbours[row["authority"]].append(row["neighbour"])
    outcomes = [
        *(_graded(row, ILACS_AREAS, row["type"]) for row in rows(texts["ilacs_outcomes.csv"])),
        *(_graded(row, SIF_AREAS, row["round"]) for row in rows(texts["sif_outcomes.csv"])),
        *_earlier(texts["earlier_outcomes.csv"]),
        *(_visit(row) for row in rows(texts["visits.csv"])),
    ]
    return Register(
        authorities=tuple(_authority(row, tiles, neighbours) for row in rows(texts["authorities.csv"])),
        frameworks=tuple(_framework(entry) for entry in plain_yaml.load(texts["frameworks.yaml"])["frameworks"]),
        outcomes=tuple(sorted(outcomes, key=_when)),
    )


def rows(text: str) -> Iterator[Row]:
    """The rows of a CSV file with a header."""
    return csv.DictReader(io.StringIO(text))


def _when(outcome: Outcome) -> tuple[str, str, str]:
    return (outcome.authority, str(outcome.started or outcome.published or ""), outcome.framework)


def _date(cell: str) -> Date | None:
    return Date.parse(cell) if cell else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _authority(row: Row, tiles: Mapping[str, tuple[float, int]], neighbours: Mapping[str, list[str]]) -> Authority:
    return Authority(
        slug=row["slug"],
        name=row["name"],
        official_name=row["official_name"],
        type=row["type"],
        region=Region(row["region"]),
        ons_code=row["ons_code"],
        la_code=row["la_code"],
        ofsted_urn=row["ofsted_urn"] or None,
        aliases=_listed(row["aliases"]),
        weak_aliases=_listed(row["weak_aliases"]),
        trust=row["trust"] or None,
        trust_from=_date(row["trust_from"]),
        trust_to=_date(row["trust_to"]),
        established=_date(row["established"]),
        abolished=_date(row["abolished"]),
        predecessors=_listed(row["predecessors"]),
        successors=_listed(row["successors"]),
        tile=tiles.get(row["slug"]),
        neighbours=tuple(neighbours.get(row["slug"], ())),
        note=row["note"] or None,
    )


def _graded(row: Row, areas: Mapping[str, Area], kind: str) -> Outcome:
    return Outcome(
        authority=row["authority"],
        framework=Framework(row["framework"]),
        started=_date(row["start"]),
        ended=_date(row["end"]),
        published=_date(row["published"]),
        grades=tuple((area, Grade(row[column])) for column, area in areas.items() if row[column]),
        kind=kind or None,
        report_url=row["report_url"] or None,
        source=row["source"],
        as_of=_date(row["as_of"]),
        note=row["note"] or None,
    )


def _earlier(text: str) -> Iterator[Outcome]:
    """The file has a row for each area; those of one inspection make one outcome. A row may lack its grade."""
    together: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows(text):
        together[row["authority"], row["framework"], row["round"], row["published"]].append(row)
    for same in together.values():
        row = same[0]
        yield Outcome(
            authority=row["authority"],
            framework=Framework(row["framework"]),
            started=None,
            ended=None,
            published=_date(row["published"]),
            grades=tuple((Area(each["area"]), Grade(each["grade"])) for each in same if each["grade"]),
            kind=row["round"] or None,
            source=row["source"],
            as_of=_date(row["as_of"]),
            note=row["note"] or None,
        )


def _visit(row: Row) -> Outcome:
    return Outcome(
        authority=row["authority"],
        framework=Framework(row["framework"]),
        started=_date(row["start"]),
        ended=None,
        published=_date(row["published"]),
        grades=(),
        theme=row["official_theme"] or None,
        source=row["source"],
        note=row["note"] or None,
    )


def _known_date(entry: plain_yaml.Plain, key: str) -> Date | None:
    """A framework still in use has `to: null`."""
    return None if entry.get(key, "null") == "null" else Date.parse(entry[key])


def _framework(entry: plain_yaml.Plain) -> FrameworkFacts:
    return FrameworkFacts(
        id=Framework(entry["id"]),
        name=entry["name"],
        short=entry["short"],
        begins=_known_date(entry, "from"),
        ends=_known_date(entry, "to"),
        graded=entry["graded"] == "true",
        grades=tuple(dict.fromkeys(Grade(step["grade"]) for step in entry.get("scale", ()) if step["grade"] != "null")),
        areas=tuple((Area(area["id"]), area["wording"]) for area in entry.get("areas", ())),
    )
