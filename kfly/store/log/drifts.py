"""The log against the rows: what is not as the log left it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from kfly.plan.changes import Key, LoggedRow, is_as_logged
from kfly.store.log import triggers
from kfly.store.log.reading import has_log
from kfly.store.log.row_reading import read_row
from kfly.store.log.row_text import Columns, find_key, write_key, write_row
from kfly.store.schema.tables import quote
from kfly.store.soundness import key_of

MOST_STRETCHES = 10_000  # of the log; where its tables alternate more often, each is one from end to end
MOST_DIFFERING = 100_000  # lines of one table that are held in memory

Stretch = tuple[int, int]  # of the log: its first and its last line


class Drift(NamedTuple):
    """A row that is not as the log left it; None stands for no row at all."""

    table: str
    key: Key
    logged: LoggedRow | None
    present: LoggedRow | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; columns that only one of the two knows came, or went, with the tables."""
        logged, present = self.logged or {}, self.present or {}
        both = (name for name in present if name in logged)
        return tuple(name for name in both if not is_as_logged(present[name], logged[name]))


class Compared(NamedTuple):
    """What was found of one table when the log was held against its rows.

    Attributes:
        table: its name.
        columns: its columns.
        stretches: where the log speaks of it, as JSON.
        differing: the lines of the log that do not say what the row is now.
        is_whole: those are all of them.
    """

    table: str
    columns: Columns
    stretches: str
    differing: Sequence[int] = ()
    is_whole: bool = True


def compare(db: sqlite3.Connection) -> list[Compared]:
    """Hold the log against the rows of each table that it speaks of."""
    if not has_log(db):
        return []
    tables = triggers.read_columns(db)
    found = []
    for table, stretches in sorted(_find_stretches(db).items()):
        if table in tables:
            asked = Compared(table, tables[table], json.dumps(stretches))
            lines = list(islice(_find_differing(db, asked), MOST_DIFFERING))
            found.append(asked._replace(differing=lines, is_whole=len(lines) < MOST_DIFFERING))
    return found


def find_drifts(db: sqlite3.Connection, compared: Iterable[Compared]) -> Iterator[Drift]:
    """Find the rows that are not as the log left them; it says nothing of rows it never mentions."""
    for table in compared:
        if table.differing:
            yield from _find_drifts_among(db, table)


def _find_stretches(db: sqlite3.Connection) -> Mapping[str, Sequence[Stretch]]:
    """Find where the log, which has no index for it, speaks of each table: most come many at a time."""
    found: dict[str, list[Stretch]] = {}
    runs = db.execute(_RUNS, (MOST_STRETCHES + 1,)).fetchall()
    if len(runs) > MOST_STRETCHES:
        ends = 'SELECT "table", min(id), max(id) FROM changes GROUP BY "table"'
        return {table: [(first, last)] for table, first, last in db.execute(ends)}
    for table, first, last in runs:
        found.setdefault(table, []).append((first, last))
    return found


def _find_differing(db: sqlite3.Connection, asked: Compared) -> Iterator[int]:
    """Yield the lines of the log that do not say what the row is now: it drifted, or was changed again.

    The log and the table are read side by side, in the order of both; nothing is sorted for it.
    """
    sql = (
        f"WITH present AS {_write_present(asked.columns, asked.table)} SELECT changes.id FROM {_LINES}"
        ' LEFT JOIN present ON present.key = changes.key WHERE "table" = ?'
        " AND changes.after IS NOT present.row"
    )
    return (line for (line,) in db.execute(sql, (asked.stretches, asked.table)))


def _find_drifts_among(db: sqlite3.Connection, asked: Compared) -> Iterator[Drift]:
    sql, values = _last_against_present(asked)
    found = [
        Drift(asked.table, row, read_row(logged), read_row(present))
        for row, logged, present in db.execute(sql, values)
    ]
    # A row whose key itself was changed is logged under the old one.
    key = find_key(asked.columns)
    moved = {drift.key: _key_in(drift.logged, key) for drift in found if drift.logged}
    arrived = {now for was, now in moved.items() if was != now}
    for drift in found:
        if moved.get(drift.key, drift.key) == drift.key and drift.key not in arrived:
            both = drift.logged is not None and drift.present is not None
            if not both or drift.columns:
                yield drift


def _last_against_present(asked: Compared) -> tuple[str, tuple[str, ...]]:
    """Write the query for the last logged state of each row of a table whose text is another one now.

    Where all the lines that differ are known, only their rows are looked at.
    """
    values: tuple[str, ...] = (asked.stretches, asked.table)
    only = ""
    if asked.is_whole:
        only = " AND key IN (SELECT key FROM changes WHERE id IN (SELECT value FROM json_each(?)))"
        values = (*values, json.dumps(asked.differing))
    sql = (
        f'WITH last AS (SELECT key, after, max(changes.id) FROM {_LINES} WHERE "table" = ?{only}'
        f" GROUP BY key), present AS {_write_present(asked.columns, asked.table)}"
        " SELECT last.key, last.after, present.row FROM last LEFT JOIN present"
        " ON present.key = last.key WHERE last.after IS NOT present.row"
    )
    return sql, values


def _write_present(columns: Columns, table: str) -> str:
    """Write the query for the rows of a table as the log would have them."""
    key = find_key(columns)
    made = "MATERIALIZED" if len(key) > 1 else "NOT MATERIALIZED"  # a key made of several has no index
    return f"{made} (SELECT {write_key(key)} AS key, {write_row(columns)} AS row FROM {quote(table)})"


def _key_in(row: LoggedRow, key: tuple[str, ...]) -> Key:
    """Return the log's name for a row, from the row's own columns."""
    if len(key) == 1:
        own: Key = row.get(key[0], "")
        return own
    return key_of([row.get(name) for name in key])


# Each run of lines of one table, found from the end of the one before it.
_RUNS = """
WITH RECURSIVE runs (first, "table") AS (
    SELECT * FROM (SELECT id, "table" FROM changes ORDER BY id LIMIT 1)
    UNION ALL
    SELECT changes.id, changes."table" FROM runs JOIN changes ON changes.id = (
        SELECT id FROM changes WHERE id > runs.first AND "table" <> runs."table" ORDER BY id LIMIT 1
    )
)
SELECT "table", first, lead(first, 1, 9223372036854775807) OVER (ORDER BY first) - 1
FROM (SELECT * FROM runs LIMIT ?)
"""
_LINES = (
    "(SELECT value ->> 0 AS first, value ->> 1 AS last FROM json_each(?)) AS stretch"
    " CROSS JOIN changes ON changes.id BETWEEN stretch.first AND stretch.last"
)
