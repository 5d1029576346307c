"""Reads the register of authorities and the record of published outcomes: CSV and YAML texts in, a `Register` out."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from site_builder import plain_yaml
from site_builder.edtf import Date
from site_builder.model import (
    Area,
    Authority,
    Framework,
    FrameworkFacts,
    Grade,
    JudgedArea,
    Outcome,
    Problem,
    Problems,
    Region,
    Register,
)

Row = dict[str, str]
T = TypeVar("T")

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
    described in the README beside the files. Raises Problems, with the file's name and line, where a file is missing or
    not of that form.
    """
    tiles = dict(_each(texts, "tilemap.csv", _tile))
    neighbours: dict[str, list[str]] = defaultdict(list)
    for slug, neighbour in _each(texts, "statistical_neighbours.csv", lambda row: (row["authority"], row["neighbour"])):
        neighbours[slug].append(neighbour)
    outcomes = [
        *_each(texts, "ilacs_outcomes.csv", lambda row: _graded(row, ILACS_AREAS, row["type"])),
        *_each(texts, "sif_outcomes.csv", lambda row: _graded(row, SIF_AREAS, row["round"])),
        *_earlier(_each(texts, "earlier_outcomes.csv", _area_of_an_earlier_one)),
        *_each(texts, "visits.csv", _visit),
    ]
    return Register(
        authorities=tuple(_each(texts, "authorities.csv", lambda row: _authority(row, tiles, neighbours))),
        frameworks=_frameworks(texts, "frameworks.yaml"),
        outcomes=tuple(sorted(outcomes, key=_when)),
    )


def _each(texts: Mapping[str, str], name: str, read: Callable[[Row], T]) -> Iterator[T]:
    """What `read` makes of each row of the CSV file `name`."""
    reader = csv.DictReader(io.StringIO(_text(texts, name)), strict=True)
    try:
        for row in reader:
            yield read(row)
    except (KeyError, TypeError, ValueError, AttributeError, csv.Error) as error:
        raise Problems([_problem(name, reader.line_num, error)]) from None


def _text(texts: Mapping[str, str], name: str) -> str:
    if name not in texts:
        raise Problems(
            [Problem(name, 0, 0, "missing-file", "this file is missing; fetch it from the project's history")]
        )
    return texts[name]


def _problem(name: str, line: int, error: Exception) -> Problem:
    said = f"the column or key {error} is missing" if isinstance(error, KeyError) else str(error)
    return Problem(name, line, 0, "register", f"this is not of the form that the README beside it describes: {said}")


def _when(outcome: Outcome) -> tuple[str, str, str]:
    return (outcome.authority, str(outcome.started or outcome.published or ""), outcome.framework)


def _date(cell: str) -> Date | None:
    return Date.parse(cell) if cell else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


def _tile(row: Row) -> tuple[str, tuple[float, int]]:
    return row["slug"], (float(row["column"]) + float(row["offset"]), int(row["row"]))


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


def _area_of_an_earlier_one(row: Row) -> tuple[Row, tuple[Area, Grade] | None]:
    """A row may lack its grade."""
    return row, (Area(row["area"]), Grade(row["grade"])) if row["grade"] else None


def _earlier(graded: Iterable[tuple[Row, tuple[Area, Grade] | None]]) -> Iterator[Outcome]:
    """The file has a row for each area; those of one inspection make one outcome."""
    together: dict[tuple[str, ...], list[tuple[Row, tuple[Area, Grade] | None]]] = defaultdict(list)
    for row, grade in graded:
        together[row["authority"], row["framework"], row["round"], row["published"]].append((row, grade))
    for same in together.values():
        row = same[0][0]
        yield Outcome(
            authority=row["authority"],
            framework=Framework(row["framework"]),
            started=None,
            ended=None,
            published=_date(row["published"]),
            grades=tuple(grade for _, grade in same if grade),
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


def _frameworks(texts: Mapping[str, str], name: str) -> tuple[FrameworkFacts, ...]:
    try:
        return tuple(_framework(entry) for entry in plain_yaml.load(_text(texts, name))["frameworks"])
    except plain_yaml.Unreadable as error:
        raise Problems([Problem(name, error.line, error.column, error.code, error.message)]) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problems([_problem(name, 0, error)]) from None


def _framework(entry: plain_yaml.Plain) -> FrameworkFacts:
    return FrameworkFacts(
        id=Framework(entry["id"]),
        name=entry["name"],
        short=entry["short"],
        begins=_known_date(entry, "from"),
        ends=_known_date(entry, "to"),
        graded=entry["graded"] == "true",
        grades=tuple(dict.fromkeys(Grade(step["grade"]) for step in entry.get("scale", ()) if step["grade"] != "null")),
        areas=tuple(
            JudgedArea(Area(each["id"]), each["wording"], _known_date(each, "from"), _known_date(each, "to"))
            for each in entry.get("areas", ())
        ),
    )
