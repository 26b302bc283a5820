"""What the check asks of reported figures leads SQLite to the log's index, not through the log."""

import sqlite3

from kfly.store import reported
from kfly.store.log import groups


def test_the_entry_of_a_figure_is_looked_up_in_the_logs_index() -> None:
    db = sqlite3.connect(":memory:")
    groups.create(db)
    db.execute("CREATE TABLE figure (id INTEGER PRIMARY KEY, stated_on TEXT, value REAL) STRICT")
    asked = {"table": "figure", "until": "2022-12-31"}
    plan = db.execute(f"EXPLAIN QUERY PLAN {reported.ENTERED}", asked).fetchall()
    assert any("changes of a row (<expr>=? AND key=?)" in step for *_others, step in plan)
