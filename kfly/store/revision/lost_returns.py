"""Nil returns of organisations that a revised plan has no place for."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

from kfly.locale import _
from kfly.plan.model import Plan


def find_lost_returns(
    db: sqlite3.Connection, present: Plan, wanted: Plan
) -> Iterator[tuple[str, Callable[[], None]]]:
    """Find who is gone though it has sent nil returns; organisations have their new names already.

    Yields:
        what is lost, and what gives it up.
    """
    names = {organisation.name for organisation in wanted.organisations}
    for organisation in present.organisations:
        if organisation.name in names:
            continue
        sql = "SELECT count(*) FROM returned WHERE organisation = ?"
        (number,) = db.execute(sql, (organisation.name,)).fetchone()
        if number:
            message = _(
                "{organisation} is gone from the plan, but has sent nil returns: {n}.",
                organisation=organisation.title.spoken,
                n=number,
            )
            yield message, partial(_remove, db, organisation.name)


def _remove(db: sqlite3.Connection, organisation: str) -> None:
    db.execute("DELETE FROM returned WHERE organisation = ?", (organisation,))
