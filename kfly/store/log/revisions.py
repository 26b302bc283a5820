"""How often each task was changed since the log knows it, and what the plan was called at first."""

import json
import sqlite3
from datetime import UTC, datetime

from kfly.plan.changes import LoggedRow, Revision
from kfly.plan.numbers import TaskKey
from kfly.store.log.reading import has_log
from kfly.store.log.row_reading import read_row

# Tables whose columns year and task say to the course of which task a row belongs.
OF_TASKS = ("sign_offs", "task_stages", "task_events")
_OF_TABLE = """changes WHERE "table" || '' = """  # as the index of rows has it: records cost nothing


def read_revisions(db: sqlite3.Connection) -> dict[TaskKey, Revision]:
    """Read how often each task's row or its course was changed, by its year and number."""
    if not has_log(db):
        return {}
    row = "coalesce(after, before)"
    own = (
        f"iif(json_valid({row}), json_array(json_extract({row}, '$.year'), json_extract({row}, '$.task')),"
        " NULL)"
    )
    touched = [f"SELECT key AS task, \"group\" FROM {_OF_TABLE} 'tasks'"]
    touched += [f"SELECT {own}, \"group\" FROM {_OF_TABLE} '{table}'" for table in OF_TASKS]
    counted = (
        'SELECT task, count(DISTINCT "group") AS times, max("group") AS last'
        f" FROM ({' UNION ALL '.join(touched)}) WHERE json_valid(task) GROUP BY task"
    )
    rows = db.execute(
        f"SELECT task, times, made_at FROM ({counted}) JOIN change_groups ON change_groups.id = last"
    )
    return {tuple(json.loads(task)): Revision(times, _read_moment(made_at)) for task, times, made_at in rows}


def read_last_moment(db: sqlite3.Connection) -> datetime | None:
    """Read when anything was changed last; None where there is no log yet, or no moment in it."""
    if not has_log(db):
        return None
    found = db.execute("SELECT made_at FROM change_groups ORDER BY id DESC LIMIT 1").fetchone()
    return _read_moment(found[0]) if found else None


def _read_moment(text: str) -> datetime | None:
    """Read when a group was made; None where another program gave it a time that Python does not know."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_first_plan(db: sqlite3.Connection) -> LoggedRow:
    """Read the plan's own row as it was when the log began, or as it is where it was never changed."""
    if has_log(db):
        sql = f"SELECT coalesce(before, after) FROM {_OF_TABLE} 'plan' ORDER BY id LIMIT 1"
        first = read_row(next((text for (text,) in db.execute(sql)), None))
        if first:
            return first
    rows = db.execute("SELECT name_zh, starts FROM plan")
    return dict(zip(("name_zh", "starts"), rows.fetchone(), strict=True))
