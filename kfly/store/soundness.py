"""Checks of the file that only read: its pages, and what its rows refer to."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from kfly.plan.changes import Key
from kfly.plan.kinds import Kind
from kfly.store.log.reading import has_log
from kfly.store.schema.tables import quote

MOST_DAMAGES = 20
ROOM = (
    16384  # KiB of pages that are kept at hand, as the check goes to and fro between a table and its indexes
)

_OF_A_ROW = re.compile(r"(?:CHECK constraint failed in|\S+ value in) (?P<table>\w+)(?:\.\w+)?", re.ASCII)
_OF_AN_INDEX = re.compile(
    r"row \d+ missing from index .*|wrong # of entries in index .*|row \d+ values differ from index .*"
)


class Damage(NamedTuple):
    """One thing that SQLite's own check has found.

    ``table`` is set for a row that breaks a rule of its table; ``of_index`` means that the rows are whole.
    """

    message: str
    table: str | None = None
    of_index: bool = False


class LostReference(NamedTuple):
    """A row that refers to one that is not there."""

    table: str
    row: int
    column: str
    value: Any
    parent: str


def find_damages(db: sqlite3.Connection) -> list[Damage]:
    """Ask SQLite what is wrong with its pages, its indexes, and the rules of its tables."""
    try:
        _make_room(db)
        rows = db.execute(f"PRAGMA integrity_check({MOST_DAMAGES})").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [Damage(str(error))]
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read
        return [Damage(error.object.decode(errors="backslashreplace"))]
    lines = [line.strip() for row in rows for line in str(row[0]).splitlines()]
    return [_damage(line) for line in lines if line and line != "ok" and not line.startswith("***")]


def _make_room(db: sqlite3.Connection) -> None:
    """Let SQLite keep more pages in memory than it does by itself, which else reads most of them again."""
    (kept,) = db.execute("PRAGMA cache_size").fetchone()
    if -ROOM < kept < 0:
        db.execute(f"PRAGMA cache_size = -{ROOM}")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether SQLite could not go on because the file is damaged."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_undecodable(error: Exception) -> bool:
    """Tell whether an error means that a text in the file is not UTF-8, so that Python cannot read it."""
    return isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)


def spell_out(db: sqlite3.Connection) -> Set[str]:
    """Spell out texts that are not UTF-8 from now on, and return the set that gathers those met."""
    broken: set[str] = set()

    def read(text: bytes) -> str:
        try:
            return text.decode()
        except UnicodeDecodeError:
            spelled = text.decode(errors="backslashreplace")
            broken.add(spelled)
            return spelled

    db.text_factory = read
    return broken


def _damage(line: str) -> Damage:
    of_a_row = _OF_A_ROW.fullmatch(line)
    return Damage(line, of_a_row["table"] if of_a_row else None, bool(_OF_AN_INDEX.fullmatch(line)))


def find_lost(db: sqlite3.Connection) -> Iterator[LostReference]:
    """Find the rows that refer to rows that are not there; yield one for each such reference."""
    for table, row, parent, number in db.execute("PRAGMA foreign_key_check").fetchall():
        columns = [
            key[3] for key in db.execute(f"PRAGMA foreign_key_list({quote(table)})") if key[0] == number
        ]
        listed = ", ".join(map(quote, columns))
        values = db.execute(f"SELECT {listed} FROM {quote(table)} WHERE rowid = ?", (row,)).fetchone()
        yield LostReference(
            table=table,
            row=row,
            column=", ".join(columns),
            value=values[0] if len(columns) == 1 else tuple(values or ()),
            parent=parent,
        )


def find_removals(db: sqlite3.Connection, table: str) -> dict[Key, int]:
    """Find the rows of a table that are gone according to the log, each with the group that removed it."""
    if not has_log(db):
        return {}
    rows = db.execute(
        'SELECT key, "group", after, max(id) FROM changes WHERE "table" = ? GROUP BY key', (table,)
    )
    return {key: group for key, group, after, _last in rows if after is None}


def find_without(db: sqlite3.Connection, kind: Kind, column: str) -> Iterator[int]:
    """Yield the ids of the records whose column is empty."""
    for row in db.execute(f"SELECT id FROM {quote(kind.name)} WHERE {quote(column)} IS NULL"):
        yield row[0]


def key_of(parts: Sequence[Any]) -> Key:
    """Return the log's name for a row whose primary key is of several columns."""
    return json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
