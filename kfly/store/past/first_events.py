"""The first change of each row after a moment: what it says was there before is how the row stood then."""

import sqlite3
from collections.abc import Iterator

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.changes import UNREADABLE, Key, LoggedRow
from kfly.store.log.row_reading import read_row
from kfly.store.log.row_text import write_key
from kfly.store.schema.tables import quote

_PAST = """
CREATE TEMP TABLE past (
    "table" TEXT NOT NULL,
    key NOT NULL,
    change INTEGER NOT NULL,            -- its first after the moment
    stood INTEGER NOT NULL,             -- 1: the change is of the row of this key; 0: it brought a row here
    PRIMARY KEY ("table", key)
) WITHOUT ROWID
"""


def find_touched(db: sqlite3.Connection, change: int) -> frozenset[str]:
    """Find the tables of which rows were changed after a change."""
    return frozenset(
        table for (table,) in db.execute('SELECT DISTINCT "table" FROM main.changes WHERE id > ?', (change,))
    )


def make_room(db: sqlite3.Connection) -> None:
    """Make the temporary table of first changes."""
    db.execute(_PAST)


def note_first_changes(db: sqlite3.Connection, table: str, key: tuple[str, ...], change: int) -> None:
    """Note the first change of each row of a table after a change.

    A row that got another key is noted under both: where it came to, nothing stood before.
    """
    moved = write_new_key(key)
    if len(key) == 1:  # the log writes the key's column first, so most rows need not be read for it
        kept = f"substr(after, 1, length({_beginning(key[0])})) = {_beginning(key[0])}"
        moved = f"iif({kept}, key, {moved})"
    own = 'FROM main.changes WHERE id > ?1 AND "table" = ?2'
    db.execute(
        f"INSERT OR IGNORE INTO temp.past SELECT ?2, key, id, 1 {own}"
        f" UNION ALL SELECT ?2, {moved} AS moved, id, 0 {own}"
        " AND before IS NOT NULL AND after IS NOT NULL AND moved IS NOT key ORDER BY 3, 4 DESC",
        (change, table),
    )


def _beginning(column: str) -> str:
    name = quote(column).replace("'", "''")
    return f"""'{{{name}:' || key || ','"""


def write_new_key(key: tuple[str, ...]) -> str:
    """Write the SQL for the key that a row has after a change."""
    paths = ["'$." + quote(name).replace("'", "''") + "'" for name in key]
    parts = [f"json_extract(after, {path})" for path in paths]
    new = parts[0] if len(parts) == 1 else f"json_array({', '.join(parts)})"
    return f"coalesce(iif(json_valid(after), {new}, key), key)"


def read_former_rows(db: sqlite3.Connection, table: str) -> Iterator[tuple[int, Key, LoggedRow]]:
    """Yield the rows of a table that were changed since and stood at the moment, as they stood.

    They are read here and not by SQLite, which cuts a text at a NUL and misses the nearest number at times.

    Yields:
        the number of the change that says so, the row's key, and the row.

    Raises:
        KflyError: the log's line of one can no longer be read.
    """
    for number, key, before in db.execute(
        "SELECT c.id, p.key, c.before FROM temp.past AS p JOIN main.changes AS c ON c.id = p.change"
        ' WHERE p."table" = ? AND p.stood AND c.before IS NOT NULL ORDER BY c.id',
        (table,),
    ):
        row = read_row(before)
        if row is None or row is UNREADABLE:
            raise KflyError(
                _(
                    "Line {number} of the log ({table}) cannot be read any more, so what was known before it"
                    " cannot be told. “kfly check” says more.",
                    number=number,
                    table=table,
                )
            )
        yield number, key, row


def is_untouched(table: str, key: tuple[str, ...]) -> str:
    """Write the condition that a row of a table was not changed since the moment."""
    name = table.replace("'", "''")
    return f"{write_key(key)} NOT IN (SELECT key FROM temp.past WHERE \"table\" = '{name}')"
