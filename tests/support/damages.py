"""Damage that another program does inside a database, and every command of the catalogue to run over it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kfly.cli.catalogue import COMMANDS

Breaking = Callable[[sqlite3.Connection], None]


def statements(*each: str) -> Breaking:
    """Run some statements."""

    def run(db: sqlite3.Connection) -> None:
        for statement in each:
            db.execute(statement)

    return run


def view_of(table: str) -> Breaking:
    """Put a view with the same rows in place of a table."""
    hidden = f"{table}_hidden"
    copied = f'CREATE TABLE "{hidden}" AS SELECT * FROM "{table}"'
    return statements(copied, f'DROP TABLE "{table}"', f'CREATE VIEW "{table}" AS SELECT * FROM "{hidden}"')


def loosened(table: str, *then: str) -> Breaking:
    """Take the types of a table's columns away, in the schema itself; then write into it."""

    def run(db: sqlite3.Connection) -> None:
        without_triggers(db)
        db.execute(f'CREATE TABLE loose AS SELECT * FROM "{table}"')
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        db.execute(f'DROP TABLE "{table}"')
        db.execute(sql.rpartition(" STRICT")[0])
        db.execute(f'INSERT INTO "{table}" SELECT * FROM loose')
        db.execute("DROP TABLE loose")
        for statement in then:
            db.execute(statement)

    return run


def without_triggers(db: sqlite3.Connection) -> None:
    """Take all triggers away."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')


# What is done, and a part of what is said of it.
DAMAGES: dict[str, tuple[Breaking, str]] = {
    "a kind deleted": (statements("DELETE FROM kinds WHERE name = 'building'"), "building"),
    "all kinds deleted": (statements("DELETE FROM kinds"), "the kind"),
    "a kind's fields deleted": (statements("DELETE FROM fields WHERE kind = 'building'"), "building"),
    "all fields deleted": (statements("DELETE FROM fields"), "fields"),
    "a field of the key deleted": (
        statements("DELETE FROM fields WHERE kind = 'building' AND name = 'town'"),
        "building",
    ),
    "a field that is counted deleted": (
        statements("DELETE FROM fields WHERE kind = 'building' AND name = 'renovated_on'"),
        "building",
    ),
    "a limit that is no number": (
        statements("UPDATE fields SET minimum = 'viel' WHERE kind = 'building' AND name = 'floor_area'"),
        "viel",
    ),
    "a type that is none": (
        statements("UPDATE fields SET type = 'blob' WHERE kind = 'building' AND name = 'floor_area'"),
        "blob",
    ),
    "a condition that is no number": (
        statements("UPDATE metric_conditions SET value = 'viel' WHERE field = 'floor_area'"),
        "viel",
    ),
    "a view in place of a kind's table": (view_of("building"), "building is a view"),
    "a view in place of the targets": (view_of("targets"), "targets is a view"),
    "a view in place of the tasks": (view_of("tasks"), "tasks is a view"),
    "a view in place of the kinds": (view_of("kinds"), "kinds is a view"),
    "a view in place of the log": (view_of("changes"), "changes is a view"),
    "a kind's table dropped": (statements("DROP TABLE building"), "building is gone"),
    "the needs dropped": (statements("DROP TABLE task_needs"), "task_needs is gone"),
    "the log dropped": (statements("DROP TABLE changes"), "changes is gone"),
    "a text among the areas": (
        loosened("building", "UPDATE building SET floor_area = 'viel'"),
        "the table building",
    ),
    "a text for a goal": (loosened("targets", "UPDATE targets SET goal = 'viel'"), "the table targets"),
    "a text for a position": (loosened("fields", "UPDATE fields SET decimals = 'viel'"), "the table fields"),
    "a condition that is empty": (
        statements("UPDATE metric_conditions SET value = '' WHERE field = 'floor_area'"),
        "floor_area",
    ),
    "a table of a year that is none": (statements("UPDATE tasks SET year = -7"), "-7"),
    "the metrics deleted": (statements("DELETE FROM metrics"), "is measured by"),
    "the plan deleted": (statements("DELETE FROM plan"), "lost its plan"),
}

ARGUMENTS = {
    "init": [],
    "load": ["targets.yaml"],
    "backup": ["copy.db"],
    "task": ["11"],
    "trend": ["buildings_renovated"],
    "progress": ["2", "办理中"],
    "done": ["2", "--on", "2022-02-01"],
    "evidence": ["1"],
    "reopen": ["1", "--reason", "错"],
    "list": ["building"],
    "show": ["building", "1"],
    "set": ["building", "1", "note=x"],
    "remove": ["building", "1", "--reason", "错"],
    "template": ["building", "-o", "t.xlsx"],
    "metadata": ["-o", "m.json"],
    "import": ["building", "sheet.csv"],
    "export": ["-o", "all.xlsx"],
    "report": ["b.docx"],
    "calendar": ["-o", "c.ics"],
    "document": ["-o", "d.json"],
    "extend": ["2", "--to", "2022-12-31", "--reason", "批准"],
    "suspend": ["2", "--reason", "等候用地"],
    "resume": ["2"],
    "cancel": ["2", "--reason", "不再需要"],
    "assign": ["摸清底数", "--lead", "市科技局", "--due", "2022-06-30", "--on", "2022-02-01"],
    "returned": ["building", "--from", "澄江街道", "--on", "2022-02-01"],
    "notice": ["--org", "市科技局", "-o", "n.docx", "--on", "2022-12-05"],
    "undo": ["--yes"],
    "add-building": ["--name", "乙", "--town", "高新区", "--floor-area", "100"],
}
EVERY_COMMAND = [*(entry.name for entry in COMMANDS), "add-building"]


def damage(path: Path, name: str) -> None:
    """Break a database as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        DAMAGES[name][0](db)
