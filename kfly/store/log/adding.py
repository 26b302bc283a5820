"""Adding many rows at once: the log gets their lines by one statement, not by a trigger for each.

A trigger costs more than the row that it logs. So while a command adds rows here, its group of the log says
that it logs them itself, which the tables' triggers look at; nobody else can see that group, so what other
programs write is logged by the triggers all the same. The lines are the same to the letter: both ways take
them from the view of the table's rows.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain

from kfly.plan.kinds import Value
from kfly.store.log.triggers import name_triggers, name_view
from kfly.store.schema.tables import quote

MOST_ROWS = 500  # that one statement adds: SQLite prepares to take back each statement


def add_rows(
    db: sqlite3.Connection, table: str, names: Sequence[str], batches: Iterable[Sequence[Sequence[Value]]]
) -> None:
    """Add rows to the table of a kind, each batch of them by few statements.

    Args:
        db: in a transaction that holds the write lock.
        table: the kind's.
        names: the columns, the id first.
        batches: the values of the columns; the ids ascend, and are those that come next.
    """
    is_ours = not _has_strangers(db, table) and _log_by_ourselves(db, 2)
    for batch in batches:
        _insert(db, table, names, batch)
        if is_ours:
            _log(db, table, batch[0][0], batch[-1][0])
    if is_ours:
        _log_by_ourselves(db, 1)


def _log_by_ourselves(db: sqlite3.Connection, how: int) -> bool:
    """Note in the open group who logs the rows that are added; return whether there is such a group."""
    return db.execute("UPDATE change_groups SET open = ? WHERE open", (how,)).rowcount > 0


def _has_strangers(db: sqlite3.Connection, table: str) -> bool:
    """Tell whether another program has triggers of its own on a table, and what they do is to be logged."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE"
    return any(name not in name_triggers(table) for (name,) in db.execute(sql, (table,)))


def _insert(
    db: sqlite3.Connection, table: str, names: Sequence[str], batch: Sequence[Sequence[Value]]
) -> None:
    listed = ", ".join(map(quote, names))
    marks = f"({', '.join('?' * len(names))})"
    most = max(1, min(MOST_ROWS, db.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER) // len(names)))
    for at in range(0, len(batch), most):
        rows = batch[at : at + most]
        db.execute(
            f"INSERT INTO {quote(table)} ({listed}) VALUES {', '.join([marks] * len(rows))}",
            list(chain.from_iterable(rows)),
        )


def _log(db: sqlite3.Connection, table: str, first: Value, last: Value) -> None:
    db.execute(
        'INSERT INTO changes ("group", "table", key, before, after)'
        ' SELECT (SELECT max(id) FROM change_groups), ?, id, NULL, "as logged"'
        f" FROM {quote(name_view(table))} WHERE id BETWEEN ? AND ? ORDER BY id",
        (table, first, last),
    )
