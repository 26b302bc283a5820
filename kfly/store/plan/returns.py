"""What is to be sent, as rows of the plan; and nil returns: recorded and read."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from kfly.clock import now
from kfly.plan.model import Plan
from kfly.plan.returns import NilReturn, Return
from kfly.store.schema.tables import has_table

Row = dict[str, Any]


def read(db: sqlite3.Connection) -> tuple[Return, ...]:
    """Read what is to be sent; before schema 10 nothing is."""
    if not has_table(db, "returns"):
        return ()
    names: dict[str, list[str]] = {}
    for kind, name in db.execute(
        "SELECT kind, organisation FROM return_organisations ORDER BY kind, position"
    ):
        names.setdefault(kind, []).append(name)
    rows = db.execute("SELECT kind, every, due_day FROM returns ORDER BY position")
    return tuple(Return(kind, tuple(names.get(kind, ())), every, by) for kind, every, by in rows)


def make_rows(plan: Plan) -> dict[str, Iterable[Row]]:
    """Return the rows of both tables."""
    return {
        "returns": (
            {"kind": r.kind, "every": r.every, "due_day": r.by, "position": n}
            for n, r in enumerate(plan.returns)
        ),
        "return_organisations": (
            {"kind": r.kind, "position": n, "organisation": name}
            for r in plan.returns
            for n, name in enumerate(r.organisations)
        ),
    }


def record(db: sqlite3.Connection, nil: NilReturn) -> None:
    """Record a nil return."""
    db.execute(
        "INSERT INTO returned (kind, organisation, returned_on, period, recorded_at) VALUES (?, ?, ?, ?, ?)",
        (nil.kind, nil.organisation, nil.on.isoformat(), nil.period, now()),
    )


def read_nil(db: sqlite3.Connection) -> Iterator[NilReturn]:
    """Read the nil returns, in the order of recording."""
    if has_table(db, "returned"):
        sql = "SELECT kind, organisation, returned_on, period FROM returned ORDER BY id"
        for kind, organisation, on, period in db.execute(sql):
            yield NilReturn(kind, organisation, date.fromisoformat(on), period)
