"""The same input gives the same bytes, whatever the machine's mood."""

from __future__ import annotations

from pathlib import Path

from house.building import command, lay


def files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which the two are not equal."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_a_build_elsewhere_under_other_settings_writes_the_same_site(house: Path, tmp_path: Path) -> None:
    other = lay(tmp_path / "elsewhere")
    built = command(other, "build", PYTHONHASHSEED="7", TZ="Asia/Kathmandu", LC_ALL="C", LANG="C")
    assert built.returncode == 0, built.stderr
    assert differing(files(house / "output"), files(other / "output")) == []
    assert differing(files(house / "content"), files(other / "content")) == []


def test_a_second_build_in_place_changes_nothing(tmp_path: Path) -> None:
    folder = lay(tmp_path / "twice")
    assert command(folder, "build").returncode == 0
    first = files(folder / "output") | {f"content/{path}": text for path, text in files(folder / "content").items()}
    assert command(folder, "build").returncode == 0
    second = files(folder / "output") | {f"content/{path}": text for path, text in files(folder / "content").items()}
    assert differing(first, second) == []
