"""What may stand next on a command line, asked of the database by how it begins: quick at any size."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from kfly.store.schema.tables import has_column, has_table, quote

MOST_TITLES = 60  # nobody looks through more
MOST_NAMESAKES = 600  # that are looked through for those of one town

Named = tuple[str, str]  # a word, and what it means


class FieldRow(NamedTuple):
    """A field as far as completion needs it."""

    name: str
    type: str
    label_zh: str
    label_en: str
    refers_to: str | None
    names: str | None


def read_kinds(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Read name, Chinese and English label of each kind."""
    return db.execute("SELECT name, label_zh, label_en FROM kinds ORDER BY position").fetchall()


def read_fields(db: sqlite3.Connection, kind: str) -> list[FieldRow]:
    """Read the fields of a kind."""
    columns = ", ".join(FieldRow._fields)
    found = db.execute(f"SELECT {columns} FROM fields WHERE kind = ? ORDER BY position", (kind,))
    return [FieldRow(*row) for row in found]


def read_words(db: sqlite3.Connection, kind: str, field: str, role: str) -> list[str]:
    """Read the choices of a field, or the only towns that it takes."""
    sql = "SELECT word FROM field_words WHERE kind = ? AND field = ? AND role = ? ORDER BY position"
    return [row[0] for row in db.execute(sql, (kind, field, role))]


def read_organisations(db: sqlite3.Connection, kinds: Iterable[str] = ()) -> list[tuple[str, str, str]]:
    """Read name, English name and kind of organisations, of all kinds or of some."""
    wanted = tuple(kinds)
    condition = f" WHERE kind IN ({', '.join('?' * len(wanted))})" if wanted else ""
    sql = f"SELECT name, name_en, kind FROM organisations{condition} ORDER BY position"
    return db.execute(sql, wanted).fetchall()


def read_tasks(db: sqlite3.Connection) -> list[tuple[int, int, str, str]]:
    """Read year, number, Chinese and English title of each task."""
    place = "position, " if has_column(db, "tasks", "position") else ""
    sql = f"SELECT year, number, title_zh, title_en FROM tasks ORDER BY year, {place}number"
    return db.execute(sql).fetchall()


def read_leaders(db: sqlite3.Connection) -> list[str]:
    """Read the names of the leaders in charge of tasks; in an older schema there are none."""
    if not has_column(db, "tasks", "leader"):
        return []
    sql = "SELECT DISTINCT leader FROM tasks WHERE leader IS NOT NULL ORDER BY leader"
    return [row[0] for row in db.execute(sql)]


def read_stages(db: sqlite3.Connection) -> list[tuple[int, int | str, int, str, str]]:
    """Read the year, the task, the number and the titles of each stage; in an older schema there are none."""
    if not has_table(db, "task_stages"):
        return []
    sql = "SELECT year, task, position, title_zh, title_en FROM task_stages ORDER BY year, task, position"
    return db.execute(sql).fetchall()


def read_targets(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Read key, Chinese and English name of each target."""
    return db.execute("SELECT key, name_zh, name_en FROM targets ORDER BY position").fetchall()


def read_reported_targets(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Read key, Chinese and English name of each target that is reported; in an older schema none is."""
    if not has_column(db, "targets", "reading"):
        return []
    sql = (
        "SELECT key, name_zh, name_en FROM targets WHERE reading IN ('level', 'running', 'amount')"
        " ORDER BY position"
    )
    return db.execute(sql).fetchall()


def read_deliverables(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Read key, Chinese and English name of each deliverable."""
    return db.execute("SELECT key, name_zh, name_en FROM deliverables ORDER BY position").fetchall()


def read_measures(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Read number, Chinese and English name of each line of work."""
    sql = "SELECT CAST(number AS TEXT), name_zh, name_en FROM measures ORDER BY number"
    return db.execute(sql).fetchall()


def find_titles(db: sqlite3.Connection, kind: str, beginning: str) -> list[str]:
    """Find the titles of a kind's records that begin so: the name, or ``town/name`` where several share it.

    Only so many are read as a person looks through, however many there are.
    """
    name, *others = _key_of(db, kind, "r")
    _town, slash, rest = beginning.rpartition("/")
    order = ", ".join(str(place) for place in range(1, len(others) + 2))
    begins = f"{name} >= ?1 AND {name} < ?1 || char(0x10FFFF)"  # a stretch of the index
    parts = ", ".join([name, *others])
    sql = f"SELECT {parts} FROM {quote(kind)} AS r WHERE {begins} ORDER BY {order} LIMIT ?2"
    found = db.execute(sql, (beginning, MOST_TITLES)).fetchall()
    if slash:
        found += db.execute(sql, (rest, MOST_NAMESAKES)).fetchall()
    shared = _find_shared(db, kind, name, {row[0] for row in found})
    titles = []
    for first, *parts in found:
        whole = "/".join(_written(part) for part in (*parts, first))
        if _written(first).startswith(beginning):
            titles.append(whole if first in shared else _written(first))
        elif whole.startswith(beginning):
            titles.append(whole)
    return list(dict.fromkeys(titles))[:MOST_TITLES]


def _key_of(db: sqlite3.Connection, kind: str, row: str) -> list[str]:
    """Write the SQL of each part of a kind's natural key; a reference as the name of what it refers to."""
    sql = (
        "SELECT name, refers_to FROM fields WHERE kind = ? AND key_position IS NOT NULL ORDER BY key_position"
    )
    parts = []
    for field, to in db.execute(sql, (kind,)).fetchall():
        column = f"{row}.{quote(field)}"
        if to is not None and to != kind:
            inner = row + "r"
            name = _key_of(db, to, inner)[0]
            column = f"(SELECT {name} FROM {quote(to)} AS {inner} WHERE {inner}.id = {column})"
        parts.append(column)
    return parts


def _find_shared(db: sqlite3.Connection, kind: str, name: str, names: set[str]) -> set[str]:
    """Find which of some names several records have."""
    asked = [each for each in names if each is not None]
    marks = ", ".join("?" * len(asked))
    sql = f"SELECT {name} FROM {quote(kind)} AS r WHERE {name} IN ({marks}) GROUP BY 1 HAVING count(*) > 1"
    return {row[0] for row in db.execute(sql, asked)}


def _written(part: object) -> str:
    """Write a part of a key as titles have it."""
    if isinstance(part, float) and part.is_integer():
        return str(int(part))
    return "" if part is None else str(part)
