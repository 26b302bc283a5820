"""The rows that another program's REPLACE takes away: those whose unique columns are the new row's.

SQLite fires no trigger for them. So each unique index of a table is asked beforehand, whoever made it.
"""

import re
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from kfly.store.log.row_text import Columns, find_key
from kfly.store.schema.tables import quote

# The parts of SQL that matter for taking an index's declaration apart: texts and names in quotes are whole.
_PIECE = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|\w+|--[^\n]*|/\*.*?\*/|.", re.DOTALL
)
_ORDER = re.compile(r"\s+(?:ASC|DESC)\s*$", re.IGNORECASE)


class UniqueIndex(NamedTuple):
    """What tells the rows of a table apart: values of some expressions, in those rows that it covers."""

    expressions: tuple[str, ...]
    where: str = ""


def find_unique_indexes(db: sqlite3.Connection) -> dict[str, list[UniqueIndex]]:
    """Find the unique indexes of all tables, beside their primary keys."""
    found: dict[str, list[UniqueIndex]] = {}
    for table, sql, name in db.execute(
        "SELECT t.name, i.sql, u.name FROM sqlite_master AS t JOIN pragma_index_list(t.name) AS u"
        " LEFT JOIN sqlite_master AS i ON i.name = u.name AND i.type = 'index'"
        " WHERE t.type = 'table' AND u.\"unique\" AND u.origin <> 'pk' ORDER BY t.rowid, u.name"
    ).fetchall():
        index = _take_apart(sql) if sql else UniqueIndex(_columns_of(db, name))
        found.setdefault(table, []).append(index)
    return found


def _columns_of(db: sqlite3.Connection, index: str) -> tuple[str, ...]:
    """Read the columns of an index that a table's own declaration has made."""
    rows = db.execute("SELECT name, coll FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno", (index,))
    return tuple(f"{quote(name)} COLLATE {quote(order)}" for name, order in rows.fetchall())


def _take_apart(sql: str) -> UniqueIndex:
    """Take the declaration of an index apart: its expressions, and which rows it covers."""
    pieces = [" " if piece.startswith(("--", "/*")) else piece for piece in _PIECE.findall(sql)]
    expressions, depth, at = [""], 0, pieces.index("(")
    while True:
        piece = pieces[at]
        depth -= piece == ")"
        if depth == 1 and piece == ",":
            expressions.append("")
        elif depth:
            expressions[-1] += piece
        elif piece == ")":
            break
        depth += piece == "("
        at += 1
    where = "".join(pieces[at + 1 :]).strip()
    return UniqueIndex(
        tuple(_ORDER.sub("", part.strip()) for part in expressions), where[len("WHERE") :].strip()
    )


def write_clash(columns: Columns, indexes: Sequence[UniqueIndex]) -> str:
    """Write the condition that a row has the key of the new one, or its place in a unique index.

    It finds the rows by these indexes: another program may bring in thousands of rows.
    """
    same = " AND ".join(f"{quote(name)} IS NEW.{quote(name)}" for name in find_key(columns))
    return " OR ".join([same, *(_write_clash_in(columns, index) for index in indexes)])


def _write_clash_in(columns: Columns, index: UniqueIndex) -> str:
    listed = ", ".join(index.expressions)
    told = f"{listed} {index.where}".casefold()
    values = ", ".join(f"NEW.{quote(name)} AS {quote(name)}" for name in columns if name.casefold() in told)
    kept = f"({listed})" if len(index.expressions) > 1 else listed
    covered = f" WHERE {index.where}" if index.where else ""
    among = f" AND ({index.where})" if index.where else ""
    return f"{kept} = (SELECT {listed} FROM (SELECT {values}){covered}){among}"
