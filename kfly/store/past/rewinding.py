"""Rewinding an open database to a moment: nothing in the file changes, every query is answered as then."""

import sqlite3

from kfly.plan.known import Known
from kfly.store.past.cut import spell_moment
from kfly.store.past.first_events import find_touched, make_room
from kfly.store.past.plan_tables import rewind_plan_tables
from kfly.store.past.record_tables import rewind_records
from kfly.store.schema.tables import has_table


def rewind(db: sqlite3.Connection, known: Known) -> None:
    """Put temporary tables of what was known before all that is otherwise now.

    Args:
        db: opened for reading, with room for temporary tables.
        known: the moment.

    Raises:
        KflyError: a line of the log that is needed cannot be read.
    """
    touched = find_touched(db, known.change)
    if touched:
        make_room(db)
        rewind_plan_tables(db, touched, known.change)
        rewind_records(db, touched, known.change)
    _hide_later(db, known)


def _hide_later(db: sqlite3.Connection, known: Known) -> None:
    """Put views before the log and the mails that end with the moment."""
    hidden = {
        "changes": f"id <= {known.change:d}",
        "change_groups": f"id <= {known.group:d}",
        "mailings": f"rtrim(tried_at, 'Z') <= '{spell_moment(known.at)}'",
    }
    for table, condition in hidden.items():
        if has_table(db, table):
            db.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}")
