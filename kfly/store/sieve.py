"""The sieve for a kind's records: SQL lets those through that are certainly as they should be.

What a sieve holds back is looked at one by one, by the rules themselves. So it may hold back too much, and
never too little.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple

from kfly.plan.kinds import NOTE, Kind, Record, Value
from kfly.store.records import columns
from kfly.store.schema.tables import quote

PIECE = 1000  # records whose texts are read at once
_SEPARATOR = "\x1f"  # of texts in a piece


class Mesh(NamedTuple):
    """One condition that a record satisfies if it is to pass, and the values to fill in."""

    sql: str
    values: tuple[Value, ...] = ()

    def or_empty(self, field: str) -> "Mesh":
        """Let records pass too whose field is empty."""
        return Mesh(f"({quote(field)} IS NULL OR {self.sql})", self.values)


class Judged(NamedTuple):
    """A text of which Python tells whether it is refused.

    Attributes:
        field: whose text it is.
        signs: one of them stands in each text that is refused.
        is_refused: tells it of one text.
    """

    field: str
    signs: Set[str]
    is_refused: Callable[[str], bool]


def passes_none() -> Mesh:
    """Hold every record back: a rule looks at more than single columns can tell."""
    return Mesh("0")


def is_given(field: str) -> Mesh:
    """Pass records whose field is not empty."""
    return Mesh(f"{quote(field)} IS NOT NULL")


def is_given_if(field: str, others: Sequence[str]) -> Mesh:
    """Pass records whose field is not empty, and those in which none of the others is given."""
    none = " AND ".join(f"{quote(other)} IS NULL" for other in others)
    return Mesh(f"({quote(field)} IS NOT NULL OR ({none}))")


def is_among(field: str, words: Sequence[str]) -> Mesh:
    """Pass records whose field has one of some words, to the letter."""
    return Mesh(f"{quote(field)} IN ({', '.join('?' * len(words))})", tuple(words))


def is_day(field: str, first: str, last: str) -> Mesh:
    """Pass records whose field is a day, written as kfly keeps it, from a first one to a last one."""
    column = quote(field)
    return Mesh(f"{column} BETWEEN ? AND ? AND {column} IS date({column}, '+0 days')", (first, last))


def is_whole(field: str, least: float, most: float) -> Mesh:
    """Pass records whose field is a whole number within bounds."""
    column = quote(field)
    return Mesh(f"{column} BETWEEN ? AND ? AND typeof({column}) = 'integer'", (least, most))


def is_rounded(field: str, least: float, most: float, scale: int) -> Mesh:
    """Pass records whose field is a number within bounds, in whole steps of which ``scale`` make one.

    Whole steps divided are rounded once, as they should be; SQLite's own rounding to decimals is less exact.
    """
    column = quote(field)
    return Mesh(
        f"{column} BETWEEN ? AND ? AND typeof({column}) = 'real'"
        f" AND CAST(round({column} * {scale}) AS INTEGER) / {scale}.0 = {column}",
        (least, most),
    )


def is_within(field: str, least: Value = None, most: Value = None) -> Mesh:
    """Pass records whose field is neither less than one value nor more than another."""
    column = quote(field)
    parts = [
        (f"{column} {sign} ?", bound) for sign, bound in ((">=", least), ("<=", most)) if bound is not None
    ]
    return Mesh(" AND ".join(sql for sql, _bound in parts), tuple(bound for _sql, bound in parts))


def is_outside(field: str, least: float, most: float) -> Mesh:
    """Pass records whose field is less than one value, or more than another."""
    return Mesh(f"{quote(field)} NOT BETWEEN ? AND ?", (least, most))


def is_at_most(field: str, other: str) -> Mesh:
    """Pass records whose field is not above, or not after, another one; one of them may be empty."""
    return Mesh(f"({quote(field)} > {quote(other)}) IS NOT TRUE")


def is_like(field: str, *patterns: str) -> Mesh:
    """Pass records whose field fits one of some patterns of GLOB."""
    likes = " OR ".join([f"{quote(field)} GLOB ?"] * len(patterns))
    return Mesh(f"({likes})", patterns)


def hold_back(
    db: sqlite3.Connection, kind: Kind, meshes: Sequence[Mesh], judged: Judged | None = None
) -> Iterator[Record]:
    """Yield the records that do not pass, in the order they came.

    Args:
        db: the database.
        kind: theirs.
        meshes: all that a record must satisfy to pass.
        judged: a text that is refused by more than SQL can say.

    Raises:
        sqlite3.OperationalError: a text of any record is not UTF-8.
    """
    names = columns(kind)
    sql = f"SELECT {', '.join(map(quote, names))} FROM {quote(kind.name)}"
    values: list[Value] = []
    if (refused := _find_refused(db, kind, judged)) is not None:
        if judged and refused:
            meshes = [*meshes, _is_not_among(judged.field, refused)]
        values = [value for mesh in meshes for value in mesh.values]
        sql = f"{sql} WHERE ({' AND '.join(mesh.sql for mesh in meshes) or '1'}) IS NOT TRUE"
    for row in db.execute(f"{sql} ORDER BY id", values):
        yield dict(zip(names, row, strict=True))


def _find_refused(db: sqlite3.Connection, kind: Kind, judged: Judged | None) -> set[str] | None:
    """Find the texts that are refused; None where SQL may not see a kind's texts as Python does.

    It does if they are UTF-8 and hold no NUL. What is not UTF-8 Python cannot read, unless it was told to
    spell that out.
    """
    refused: set[str] = set()
    if db.text_factory is not str:
        return None
    for count, judged_ones, *texts in _read_texts(db, kind, judged.field if judged else NOTE.name):
        if judged_ones.count(_SEPARATOR) >= max(count, 1) or any("\0" in its for its in texts):
            return None
        if judged and not judged.signs.isdisjoint(judged_ones):
            refused.update(filter(judged.is_refused, judged_ones.split(_SEPARATOR)))
    return refused


def _read_texts(db: sqlite3.Connection, kind: Kind, first: str) -> Iterator[tuple[Any, ...]]:
    """Yield the texts of some records after another: how many of one field, and those of each in a piece.

    That field comes twice, before the others and among them.
    """
    fields = [first, *(field.name for field in (*kind.fields, NOTE) if field.type == "text")]
    pieces = ", ".join(f"coalesce(group_concat({quote(name)}, ?1), '')" for name in fields)
    table, key = quote(kind.name), quote(first)
    ends = f"SELECT max(id) FROM (SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT {PIECE})"
    sql = f"SELECT count({key}), {pieces} FROM {table} WHERE id > ?2 AND id <= ?3"
    start = -(2**63)
    while (end := db.execute(ends, (start,)).fetchone()[0]) is not None:
        yield db.execute(sql, (_SEPARATOR, start, end)).fetchone()
        start = end


def _is_not_among(field: str, words: Set[str]) -> Mesh:
    words_as_json = json.dumps(sorted(words), ensure_ascii=False)
    return Mesh(f"{quote(field)} NOT IN (SELECT value FROM json_each(?))", (words_as_json,))
