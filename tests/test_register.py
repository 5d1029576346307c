from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import PROJECT, small_project

from site_builder import files
from site_builder.edtf import Date
from site_builder.model import Area, Framework, Grade, Problems, Region


def test_the_register_holds_what_the_files_say() -> None:
    register = files.read_register(PROJECT)
    tameside = register.by_slug["tameside"]
    assert (tameside.name, tameside.region, tameside.la_code) == ("Tameside", Region.NORTH_WEST, "357")
    assert sum(authority.abolished is None for authority in register.authorities) == 153
    assert all(neighbour in register.by_slug for each in register.authorities for neighbour in each.neighbours)
    assert all(outcome.authority in register.by_slug for outcome in register.outcomes)
    (sif,) = (o for o in register.outcomes if (o.authority, o.framework) == ("tameside", Framework.SIF))
    assert (sif.started, dict(sif.grades)[Area.OVERALL]) == (Date(2016, 9, 26), Grade.INADEQUATE)


def without(name: str) -> Callable[[Path], None]:
    return lambda root: (root / "content/register" / name).unlink()


def changed(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / "content" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


@pytest.mark.parametrize(
    ("breaking", "told"),
    [
        (without("tilemap.csv"), "tilemap.csv: error[missing-file]: this file is missing"),
        (
            changed("register/authorities.csv", "North West", "Narnia"),
            "content/register/authorities.csv:3: error[register]",
        ),
        (changed("register/authorities.csv", ",region,", ",regions,"), "column or key 'region' is missing"),
        (changed("record/sif_outcomes.csv", ",good", ",god"), "content/record/sif_outcomes.csv:3: error[register]"),
        (
            changed("register/frameworks.yaml", "frameworks:", "frameworks: ["),
            "content/register/frameworks.yaml:20:3: error[yaml]",
        ),
        (
            changed("register/frameworks.yaml", "id: jar", "id: jam"),
            "content/register/frameworks.yaml: error[register]",
        ),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, breaking: Callable[[Path], None], told: str) -> None:
    breaking(small_project(tmp_path))
    with pytest.raises(Problems) as caught:
        files.read_register(tmp_path)
    assert told in str(caught.value)
