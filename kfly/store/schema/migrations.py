"""Bringing an old database up to this program: its tables, and the kinds that the package has added since."""

import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from kfly import __version__
from kfly.clock import now
from kfly.errors import KflyError
from kfly.locale import _
from kfly.store import totals
from kfly.store.evidence.rows import keep_what_is_found
from kfly.store.file.database import SCHEMA
from kfly.store.log import groups, watching
from kfly.store.schema.check_tables import CHECK_TABLES
from kfly.store.schema.course_tables import TABLES as COURSE_TABLES
from kfly.store.schema.course_tables import follow_tasks
from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
from kfly.store.schema.list_positions import add_list_positions
from kfly.store.schema.mail_columns import add_mail_columns
from kfly.store.schema.notice_tables import NOTICE_TABLES
from kfly.store.schema.promise_tables import TABLES as PROMISE_TABLES
from kfly.store.schema.promise_tables import add_promises
from kfly.store.schema.return_tables import TABLES as RETURN_TABLES
from kfly.store.schema.return_tables import add_returns
from kfly.store.schema.supervision_tables import SUPERVISION_TABLES
from kfly.store.schema.tables import has_column, split_statements
from kfly.store.schema.task_tables import TABLES as TASK_TABLES
from kfly.store.schema.task_tables import let_tasks_be_of_every_kind


def _keep_a_log(db: sqlite3.Connection) -> None:
    groups.create(db)


def _supervise(db: sqlite3.Connection) -> None:
    for statement in split_statements(SUPERVISION_TABLES):
        db.execute(statement)


def _tell_more(db: sqlite3.Connection) -> None:
    for table, column, declaration in (
        ("plan", "grace_days", "INTEGER NOT NULL DEFAULT 0"),
        ("fields", "not_above", "TEXT"),
        ("change_groups", "reason", "TEXT"),  # a log made by step 2 of this program has it already
    ):
        if not has_column(db, table, column):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declaration}")
    for statement in split_statements(CHECK_TABLES + EVIDENCE_TABLES):
        db.execute(statement)
    keep_what_is_found(db)


def _mail_and_keep_totals(db: sqlite3.Connection) -> None:
    add_mail_columns(db)
    totals.create(db)
    # A log made by step 2 of this program has it already.
    db.execute("""CREATE INDEX IF NOT EXISTS "changes of a row" ON changes ("table" || '', key)""")
    watching.note_whole_schema(db)


def _keep_places(db: sqlite3.Connection) -> None:
    add_list_positions(db)


def _issue_notices(db: sqlite3.Connection) -> None:
    for statement in split_statements(NOTICE_TABLES):
        db.execute(statement)


def _log_many_at_once(_db: sqlite3.Connection) -> None:
    """Do nothing by itself: the triggers, which look now who logs a row, are made anew after all steps."""


def _show_records(_db: sqlite3.Connection) -> None:
    """Do nothing by itself: the views of the kinds are made with the triggers, after all steps."""


# What makes each schema out of the one before it. A step that was released is never changed: should the
# log's tables ever differ from what step 2 made, that step keeps a copy of their text of today.
STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {
    2: _keep_a_log,
    3: _supervise,
    4: _tell_more,
    5: _mail_and_keep_totals,
    6: _keep_places,
    7: _issue_notices,
    8: _log_many_at_once,
    9: add_promises,
    10: add_returns,
    11: let_tasks_be_of_every_kind,
    12: _show_records,
    13: follow_tasks,
}


def is_due(db: sqlite3.Connection, standing: Path) -> bool:
    """Tell whether the database has an older schema than this program, or lacks what its kinds have now.

    Args:
        db: the database.
        standing: the package's declaration of kinds.
    """
    return _schema(db) < SCHEMA or mark(standing) not in _kinds_known(db)


def bring_up(db: sqlite3.Connection, standing: Path) -> None:
    """Take each step that the database lacks, and note it; in the caller's transaction, all or nothing.

    Foreign keys must not be enforced meanwhile, as tables may be made anew.
    """
    from kfly.store.log.triggers import watch_anew
    from kfly.store.plan import kind_views

    kind_views.take_away(db)
    _must_have_room(db)
    for schema in range(_schema(db) + 1, SCHEMA + 1):
        STEPS[schema](db)
        note(db, schema=schema)
        db.execute(f"PRAGMA user_version = {schema}")
    watch_anew(db)
    if mark(standing) not in _kinds_known(db):
        with groups.open_group(db, __version__):
            _add_standing_kinds(db, standing)
        note(db, kinds=mark(standing))


def _must_have_room(db: sqlite3.Connection) -> None:
    """Check that no table has a name that a step needs: an older kfly may have taken it for a kind."""
    made = {
        2: ("change_groups", "changes", "replaced", "watched", "migrations"),
        3: ("quotas", "progress_notes", "mailings"),
        4: ("accepted_findings", "left_out_kinds", "evidence_files", "task_evidence"),
        7: ("notices",),
        9: PROMISE_TABLES,
        10: RETURN_TABLES,
        11: TASK_TABLES,
        13: COURSE_TABLES,
    }
    names = {name for schema, tables in made.items() if schema > _schema(db) for name in tables}
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall():
        if name in names:
            raise KflyError(
                _(
                    "This kfly needs the name {name} itself, and the database has a table of it;"
                    " nothing was changed.",
                    name=name,
                )
            )


def _add_standing_kinds(db: sqlite3.Connection, standing: Path) -> None:
    from kfly.plan.files.kind_files import merge_kinds
    from kfly.plan.files.marked_yaml import read_yaml
    from kfly.store.plan import reading as plan_rows
    from kfly.store.plan import writing as plan_writing
    from kfly.store.plan.kinds import read_kinds
    from kfly.store.revision.reshaping import add_standing, do_without, reshape

    present, plan = read_kinds(db), plan_rows.read(db)
    wanted = add_standing(present, do_without(merge_kinds(read_yaml(standing)) or (), plan.left_out))
    reshape(db, present, wanted)
    plan_writing.update_plan(db, plan, wanted)


def note(db: sqlite3.Connection, schema: int | None = None, kinds: str | None = None) -> None:
    """Note in the database that it was made, or brought up, to a schema or to a declaration of kinds."""
    db.execute(
        "INSERT INTO migrations (schema, kinds, program, applied_at) VALUES (?, ?, ?, ?)",
        (schema, kinds, __version__, now()),
    )


def mark(standing: Path) -> str:
    """Return what tells one declaration of the package's kinds from another: its SHA-256."""
    return sha256(standing.read_bytes()).hexdigest()


def _kinds_known(db: sqlite3.Connection) -> set[str]:
    """Read the marks of all declarations of kinds that the database was brought up to.

    All of them, not the last: else colleagues with different versions would bring it up in turn, for ever.
    """
    return {row[0] for row in db.execute("SELECT kinds FROM migrations WHERE kinds IS NOT NULL")}


def _schema(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
