"""The tables as one SQLite database with a full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing

from site_builder.site.tables import Column, Row, Table

SEARCHED = {"articles": "title", "findings": "text", "quotes": "text", "judgements": "evidence"}
"""The column of each table that the full-text search reads."""
_AT_ONCE = 16_000_000
"""Bytes of the full-text index that are sorted at a time; SQLite's usual million has to be merged again and again."""
_TYPES = {"integer": "INTEGER"}


def database(tables: Collection[Table], rows: Callable[[str], Iterable[Row]]) -> bytes:
    """The file, the same bytes for the same tables under one release of SQLite; `rows` are those of a table, by name.

    Beside the tables there are `columns`, which says what each column means, and `search`, an FTS5 table
    (https://www.sqlite.org/fts5.html): `SELECT url, text FROM search WHERE search MATCH 'early help'`.
    """
    with closing(sqlite3.connect("")) as made:  # SQLite lays aside what it need not have in memory
        _fill(made, tables, rows)
        return made.serialize()


def _fill(made: sqlite3.Connection, tables: Collection[Table], rows: Callable[[str], Iterable[Row]]) -> None:
    made.execute("PRAGMA journal_mode = OFF")  # nothing is ever taken back, and so no page has to be kept twice
    for table in tables:
        made.execute(_create(table))
        marks = ", ".join("?" * len(table.columns))
        made.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows(table.name))
        for column, _ in table.refers:
            made.execute(f"CREATE INDEX {table.name}_by_{column} ON {table.name} ({column})")
    made.execute('CREATE TABLE columns ("table" TEXT, "column" TEXT, means TEXT)')
    described = ((table.name, column.name, column.means) for table in tables for column in table.columns)
    made.executemany("INSERT INTO columns VALUES (?, ?, ?)", described)
    made.execute(
        "CREATE VIRTUAL TABLE search USING fts5("
        "kind UNINDEXED, url UNINDEXED, authority UNINDEXED, text, tokenize = 'porter unicode61')"
    )
    made.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_AT_ONCE,))
    for name, column in SEARCHED.items():
        url = "article_url" if name == "judgements" else "url"
        made.execute(
            f"INSERT INTO search SELECT '{name}', {url}, authority, {column} FROM {name} "
            f"WHERE {column} <> '' ORDER BY rowid"
        )
    made.commit()


def _create(table: Table) -> str:
    elsewhere = {column: f" REFERENCES {other} ({column})" for column, other in table.refers}
    key = {table.key: " PRIMARY KEY"}
    columns = (_column(each) + key.get(each.name, "") + elsewhere.get(each.name, "") for each in table.columns)
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _column(column: Column) -> str:
    allowed = ", ".join(f"'{word}'" for word in column.one_of)
    check = f" CHECK ({column.name} IN ({allowed}))" if allowed else ""
    return f"{column.name} {_TYPES.get(column.type, 'TEXT')}{check}"
