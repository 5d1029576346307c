"""The map of England, a tile for each authority, as it stands on the front page and on every authority's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.model import Area
from site_builder.site.entries import AuthorityEntry, GradeEntry, Site

MAP_AREA = Area.LEADERSHIP


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map of England, one tile an authority, row by row from the north-west."""

    tiles: tuple[Tile, ...]
    by_slug: Mapping[str, Tile]
    by_level: tuple[tuple[int, str], ...]
    """The outlines of all tiles of a level."""
    width: float
    height: int


@dataclass(frozen=True, slots=True)
class Tile:
    """One authority on the map."""

    entry: AuthorityEntry
    x: float
    y: int
    grade: GradeEntry | None
    level: int
    """4 for outstanding to 1 for inadequate, 0 where no grade is known."""

    @property
    def path(self) -> str:
        """Its outline, for an SVG path."""
        return f"M{int(self.x * 22) + 1} {self.y * 22 + 1}h19v19h-19z"


def tile_map(site: Site) -> TileMap:
    """The map, its tiles in the order in which one reads: row by row."""
    tiles = []
    for entry in site.current:
        grade = entry.latest.get(MAP_AREA)
        if entry.authority.tile:
            x, y = entry.authority.tile
            tiles.append(Tile(entry, x, y, grade, site.labels.levels[grade.grade] if grade else 0))
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    by_level = {level: "".join(tile.path for tile in tiles if tile.level == level) for level in range(5)}
    return TileMap(
        tiles=tuple(tiles),
        by_slug={tile.entry.slug: tile for tile in tiles},
        by_level=tuple((level, path) for level, path in by_level.items() if path),
        width=max(tile.x for tile in tiles) + 1,
        height=max(tile.y for tile in tiles) + 1,
    )
