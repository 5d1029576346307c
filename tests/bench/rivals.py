"""The same articles and record as projects for Hugo and Pelican; what is beyond them is done before they begin."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from house.building import PROJECT

from bench.corpus import IN_ONE_GO, article, known
from site_builder import edtf, files, frontmatter, merging, plain_yaml
from site_builder.model import Article, Inspection, Outcome, Rights, SourceKind
from site_builder.site import dates, rights

HERE = Path(__file__).parent
Plain = Any

IN_FULL = frozenset({SourceKind.COUNCIL})
"""The kind of source, among those that the articles have, whose texts our site shows in full."""


def lay(folder: Path, number: int, who: str) -> Path:
    """A project of so many articles for `hugo` or `pelican`; what there was of one is there no more."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / who, folder)
    (folder / "content/articles").mkdir(parents=True)
    starts = range(0, number, IN_ONE_GO)
    with ProcessPoolExecutor() as processes:
        unrecorded: dict[str, Plain] = {}
        for each in processes.map(_articles, [folder] * len(starts), starts, [number] * len(starts)):
            unrecorded |= each
    data = _record(unrecorded)
    (folder / "data").mkdir()
    for name, value in data.items():
        (folder / f"data/{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
    if who == "hugo":
        for place, value in _terms(data):
            (folder / "content" / place).mkdir(parents=True, exist_ok=True)
            (folder / "content" / place / "_index.md").write_text(f"---\n{plain_yaml.dump(value)}---\n", "utf-8")
    assets = folder / "static/assets"
    assets.mkdir(parents=True)
    for name, data_of in files.read_assets(PROJECT).items():
        (assets / name).write_bytes(data_of)
    return folder


def _articles(folder: Path, start: int, number: int) -> dict[str, Plain]:
    """Writes some articles; what must be known of the inspections among theirs that the record lacks."""
    unrecorded = {}
    for each in map(article, range(start, min(start + IN_ONE_GO, number))):
        (folder / f"content/articles/{each.slug}.md").write_text(_file(each), "utf-8")
        for inspection in each.metadata.inspections:
            if not inspection.record:
                when = inspection.started or inspection.report_published
                unrecorded[_id(inspection)] = _inspection(inspection, when, inspection.ended, ()) | {"report": ""}
    return unrecorded


def _file(each: Article) -> str:
    """Our front matter, with the keys that both tools want beside it and names in place of our keys."""
    source = each.metadata.source
    shown = rights.shown(each, Rights.FULL if source and source.kind in IN_FULL else Rights.EXCERPT)
    plain = frontmatter.as_plain(shown.metadata)
    published = plain.pop("published")
    told = [
        _inspection(inspection, inspection.started, inspection.ended, ())
        | {"id": _id(inspection), "role": inspection.role}
        | {key: value for key, value in written.items() if key in ("evidence", "judgements", "tallies")}
        for inspection, written in zip(shown.metadata.inspections, plain.pop("inspections"), strict=True)
    ]
    for one in told:
        one["evidence"] = _listed(one.get("evidence"))
        one["grades"] = [
            {"area": judged["area"], "grade": judged["grade"], "evidence": _listed(judged.get("evidence"))}
            for judged in one.pop("judgements", [])
        ]
    head = {
        "title": plain.pop("title"),
        "date": published,
        "years": [published[:4]],
        "inspections": list(dict.fromkeys(one["id"] for one in told)),
        "grades": list(dict.fromkeys(judged["grade"] for one in told for judged in one["grades"])),
        "told": told,
        **plain,
    }
    return f"---\n{plain_yaml.dump(head)}---\n\n{shown.body}\n"


def _listed(words: Plain) -> list[str]:
    return [words] if isinstance(words, str) else list(words or ())


def _id(inspection: Inspection) -> str:
    when = inspection.started or inspection.report_published
    return inspection.record or f"{inspection.authority}-{inspection.framework}-{when}"


def _inspection(of: Inspection | Outcome, start: edtf.Date | None, end: edtf.Date | None, grades: Plain) -> Plain:
    when = start or end
    framework = _LABELS.frameworks[of.framework].name if of.framework else "Inspection"
    return {
        "authority": of.authority,
        "kind": framework,
        "dates": dates.span_in_words(start, end),
        "month": dates.month_in_words(when) if when else "",
        "year": str(when.year) if when else "",
    } | ({"grades": grades} if grades else {})


_LABELS = files.read_labels()


def _record(unrecorded: dict[str, Plain]) -> dict[str, Plain]:
    """The register, the record and our names for things, joined and sorted as templates need them."""
    register = known().register
    authorities: dict[str, Plain] = {}
    inspections: dict[str, Plain] = {}
    holders: dict[str, dict[str, list[Plain]]] = {grade: {} for grade in _LABELS.grades}
    for authority in register.authorities:
        latest: dict[str, Plain] = {}
        own = merging.keys(register.outcomes_of.get(authority.slug, ()))
        for key, outcome in reversed(own.items()):
            grades = [{"area": area, "grade": grade} for area, grade in outcome.grades]
            inspections[key] = _inspection(outcome, outcome.started or outcome.published, outcome.ended, grades)
            inspections[key]["report"] = outcome.report_url or ""
            for area, grade in outcome.grades:
                held = {"area": area, "grade": grade, "inspection": key, "month": inspections[key]["month"]}
                latest.setdefault(area, held)
                holders[grade].setdefault(area, []).append({"inspection": key, "authority": authority.slug})
        authorities[authority.slug] = {
            "name": authority.name,
            "official": authority.official_name,
            "type": _LABELS.authority_types[authority.type],
            "region": authority.region,
            "urn": authority.ofsted_urn or "",
            "aliases": list(authority.aliases),
            "neighbours": list(authority.neighbours),
            "latest": list(latest.values()),
            "inspections": [*(key for key, each in unrecorded.items() if each["authority"] == authority.slug), *own],
        }
    return {
        "authorities": authorities,
        "inspections": inspections | unrecorded,
        "holders": {
            grade: [{"area": area, "holders": held} for area, held in areas.items()] for grade, areas in holders.items()
        },
        "labels": {
            "grades": {
                grade: {"name": label.name, "means": label.means, "level": _LABELS.levels[grade]}
                for grade, label in _LABELS.grades.items()
            },
            "areas": {area: label.name for area, label in _LABELS.areas.items()},
            "themes": {theme: label.name for theme, label in _LABELS.themes.items()},
        },
    }


def _terms(data: dict[str, Plain]) -> Iterator[tuple[str, Plain]]:
    """Hugo's own pages for what the record has and no article may tell of, and which of them have feeds."""
    feed = ["html", "atom"]
    for slug, each in data["authorities"].items():
        yield f"authorities/{slug}", {"title": each["name"], "outputs": feed}
    for key, each in data["inspections"].items():
        name = data["authorities"][each["authority"]]["name"]
        yield f"inspections/{key}", {"title": f"{name}: {each['kind']}, {each['month']}"}
    for grade, label in data["labels"]["grades"].items():
        yield f"grades/{grade}", {"title": label["name"], "outputs": feed}
    for theme, name in data["labels"]["themes"].items():
        yield f"themes/{theme}", {"title": name, "outputs": feed}
