"""Renamed organisations, and those merged into another: whatever names them gets the new name.

A plan says so by keeping an old name among the aliases. No name stands for two organisations in one plan, so
what takes over is never itself taken over in the same revision: there are neither chains nor swaps.
"""

import sqlite3
from collections.abc import Iterable, Mapping

from kfly.errors import KflyError
from kfly.plan.kinds import RESERVED_KINDS, Kind
from kfly.plan.model import Organisation
from kfly.store import notices
from kfly.store.revision.clashes import find_clashes
from kfly.store.schema.tables import quote

Successors = Mapping[str, str]  # what is gone, and what is there in its place


def find_successors(present: Iterable[Organisation], wanted: Iterable[Organisation]) -> Successors:
    """Find who takes over from each organisation that is gone: the one that has its name as an alias."""
    after = tuple(wanted)
    gone = {o.name for o in present} - {o.name for o in after}
    return {alias: o.name for o in after for alias in o.aliases if alias in gone}


def follow(
    db: sqlite3.Connection, successors: Successors, present: Iterable[Organisation], kinds: Iterable[Kind]
) -> None:
    """Make all that names an organisation name its successor.

    Where one that is new takes over from a single one, that one is renamed, here and in the plan's lists.
    Where several become one, their records move; the plan's own lists are the revised plan's to say.

    Raises:
        KflyError: two records could not be told apart any more: a line for each pair.
    """
    known = {o.name for o in present}
    heirs = list(successors.values())
    renamed = {old: new for old, new in successors.items() if new not in known and heirs.count(new) == 1}
    merged = {old: new for old, new in successors.items() if old not in renamed}
    for old, new in successors.items():
        notices.rename(db, old, new)
    for old, new in renamed.items():
        _rename(db, old, new)
    if merged:
        _must_stay_apart(db, kinds, merged)
        for old, new in merged.items():
            _move(db, old, new)


SENT = ("progress_notes", "returned")  # no lists of the plan, though their tables are kfly's own


def _rename(db: sqlite3.Connection, old: str, new: str) -> None:
    """Rename an organisation wherever it is named."""
    # Foreign keys are off, and their ON UPDATE CASCADE with them.
    for table, column in _references(db):
        _replace(db=db, table=table, column=column, old=old, new=new)
    db.execute("UPDATE organisations SET name = ?2 WHERE name = ?1", (old, new))
    db.execute(
        "UPDATE metric_conditions SET value = ?2 WHERE value = ?1 AND EXISTS (SELECT 1 FROM metrics AS m"
        " JOIN fields AS f ON f.kind = m.kind AND f.name = metric_conditions.field AND f.type = 'town'"
        " WHERE m.id = metric_conditions.metric)",
        (old, new),
    )
    db.execute("UPDATE field_words SET word = ?2 WHERE word = ?1 AND role = 'only'", (old, new))


def _move(db: sqlite3.Connection, old: str, new: str) -> None:
    """Give an organisation's records to another one."""
    for table, column in _references(db):
        if table not in RESERVED_KINDS or table in SENT:
            _replace(db=db, table=table, column=column, old=old, new=new)


def _replace(db: sqlite3.Connection, table: str, column: str, old: str, new: str) -> None:
    name = quote(column)
    db.execute(f"UPDATE {quote(table)} SET {name} = ?2 WHERE {name} = ?1", (old, new))


def _references(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Find the columns that name organisations, with their tables."""
    return db.execute(
        'SELECT t.name, f."from" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table' AND f.\"table\" = 'organisations'"
    ).fetchall()


def _must_stay_apart(db: sqlite3.Connection, kinds: Iterable[Kind], merged: Successors) -> None:
    lines = []
    for kind in kinds:
        key = [field for name in kind.key if (field := kind.field(name))]
        if any(field.type == "town" for field in key):
            lines += find_clashes(db, kind, key, merged)
    if lines:
        raise KflyError(*lines)
