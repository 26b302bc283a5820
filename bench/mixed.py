"""A registry as an office has it, at any size: the records of ``kfly demo``, copied by SQL.

The copies go through the ordinary tables, so their indexes and the log are as they would be. Each copy has
names and days of its own, and refers to records of the same copy.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

FILLER = "talent"  # the kind that most records are of, and that nothing refers to: it makes a size exact
FURTHEST, STRIDE = 751, 37  # days by which copies are later than the demo: all three years get some


class Field(NamedTuple):
    """A field, as far as a copy needs to know it."""

    name: str
    type: str
    refers_to: str | None
    key_position: int | None


def scale(path: Path, size: int) -> None:
    """Make the registry of a database that ``kfly demo`` made this large."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = -262144")
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO change_groups (made_at, user, command, first, open) SELECT"
            " strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'bench', 'import', max(id) + 1, 1 FROM changes"
        )
        fields = {kind: _read_fields(db, kind) for (kind,) in db.execute("SELECT name FROM kinds").fetchall()}
        ids = {kind: _last_id(db, kind) for kind in fields}
        whole = sum(_count(db, kind) for kind in fields)
        for kind in _in_order(fields):
            _copy(db, kind, fields[kind], ids, range(1, size // whole))
        _make_exact(db, fields, ids, size)
        db.execute("UPDATE change_groups SET open = 0 WHERE open")
        db.execute("COMMIT")


def find_size(path: Path, fillers: int) -> int:
    """Find how large a registry is in which so many records are of the kind that most are of."""
    with closing(sqlite3.connect(path)) as db:
        whole = sum(_count(db, kind) for (kind,) in db.execute("SELECT name FROM kinds").fetchall())
        its = _count(db, FILLER)
    return fillers + fillers // its * (whole - its)


def lengthen_log(path: Path, changes: int) -> None:
    """Add changes to the log of a database: its plan's name is corrected so often, by a command each time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        for number in range(changes):
            db.execute(
                "INSERT INTO change_groups (made_at, user, command, first, open)"
                " SELECT '2022-12-01T08:00:00Z', 'bench', 'load targets.yaml', max(id) + 1, 1 FROM changes"
            )
            db.execute("UPDATE plan SET name_en = ?", (f"Plan {number}",))
            db.execute("UPDATE change_groups SET open = 0 WHERE open")
        db.execute("COMMIT")


def change_many(path: Path, changes: int) -> None:
    """Change so many records, as another program does: most in a remark, a twentieth in the town or new."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        part = changes // 20
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "UPDATE talent SET note = 'corrected' WHERE id IN (SELECT id FROM talent LIMIT ?)", (18 * part,)
        )
        db.execute(
            "UPDATE talent SET town = (SELECT max(town) FROM talent) WHERE id IN"
            " (SELECT id FROM talent WHERE town < (SELECT max(town) FROM talent) LIMIT ?)",
            (part,),
        )
        db.execute(
            "INSERT INTO talent (name, employer, introduced_on)"
            " SELECT name || ' late', employer, introduced_on FROM talent LIMIT ?",
            (changes - 19 * part,),
        )
        db.execute("COMMIT")


def _read_fields(db: sqlite3.Connection, kind: str) -> list[Field]:
    columns = ", ".join(Field._fields)
    return [Field(*row) for row in db.execute(f"SELECT {columns} FROM fields WHERE kind = ?", (kind,))]


def _last_id(db: sqlite3.Connection, kind: str) -> int:
    return int(db.execute(f'SELECT coalesce(max(id), 0) FROM "{kind}"').fetchone()[0])


def _count(db: sqlite3.Connection, kind: str) -> int:
    return int(db.execute(f'SELECT count(*) FROM "{kind}"').fetchone()[0])


def _in_order(fields: dict[str, list[Field]]) -> Iterator[str]:
    """Yield the kinds, each after those that it refers to."""
    done: set[str] = set()
    while len(done) < len(fields):
        for kind, its in fields.items():
            if kind not in done and {f.refers_to for f in its} - {None, kind} <= done:
                done.add(kind)
                yield kind


def _copy(
    db: sqlite3.Connection, kind: str, fields: list[Field], ids: dict[str, int], numbers: range
) -> None:
    """Add copies of the records that a kind had, of these numbers."""
    if not numbers:
        return
    names = ", ".join(f'"{field.name}"' for field in fields)
    values = ", ".join(_copied(field, ids) for field in fields)
    db.execute(
        f'INSERT INTO "{kind}" (id, {names})'
        " WITH RECURSIVE copies (n) AS (SELECT ? UNION ALL SELECT n + 1 FROM copies WHERE n + 1 < ?)"
        f' SELECT id + n * {ids[kind]}, {values} FROM copies CROSS JOIN "{kind}" WHERE id <= {ids[kind]}',
        (numbers.start, numbers.stop),
    )


def _copied(field: Field, ids: dict[str, int]) -> str:
    """Write the value of a field in copy number ``n``."""
    column = f'"{field.name}"'
    if field.refers_to is not None:
        return f"{column} + n * {ids[field.refers_to]}"
    if field.type == "date":
        return f"date({column}, '+' || (n * {STRIDE} % {FURTHEST}) || ' days')"
    if field.type == "text" and field.key_position is not None:
        return f"{column} || ' ' || n"
    return column


def _make_exact(
    db: sqlite3.Connection, fields: dict[str, list[Field]], ids: dict[str, int], size: int
) -> None:
    """Add or take away what is missing or too much, of the kind that most are of."""
    missing = size - sum(_count(db, kind) for kind in fields)
    copies = _last_id(db, FILLER) // ids[FILLER]
    while missing > 0:
        _copy(db, FILLER, fields[FILLER], ids, range(copies, copies + 1))
        copies += 1
        missing = size - sum(_count(db, kind) for kind in fields)
    db.execute(
        f'DELETE FROM "{FILLER}" WHERE id IN (SELECT id FROM "{FILLER}" ORDER BY id DESC LIMIT ?)',
        (-missing,),
    )
