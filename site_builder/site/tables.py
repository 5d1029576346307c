"""Tables and their columns, before anyone writes them as a file."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | None
Row = tuple[Cell, ...]

KEYS = {"authorities": "authority", "inspections": "inspection", "articles": "article"}
"""The column by which a row of a table is known; a column of that name in another table refers to it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    means: str
    type: str = "string"
    """As the Table Schema names types (https://specs.frictionlessdata.io/table-schema/)."""
    one_of: tuple[str, ...] = ()
    """Every value there can be, where the vocabulary is closed."""
    many: bool = False
    """True where the facts have a list, which a cell joins."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    title: str
    """What one row is."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def key(self) -> str | None:
        """The column by which a row is known."""
        return KEYS.get(self.name)

    @property
    def refers(self) -> tuple[tuple[str, str], ...]:
        """Columns that name a row of another table, each with that table."""
        names = {column.name for column in self.columns}
        return tuple((column, table) for table, column in KEYS.items() if table != self.name and column in names)
