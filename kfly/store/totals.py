"""Totals by metric and day, kept up to date with each change: figures cost the same at any size.

They follow from the records alone, and the log says which of them have changed: at the end of each group of
changes what it added and took away is added up. What another program has written is caught up with by the
next command that writes; until then everything is counted anew, as in a database that keeps no totals.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kfly.plan.metrics import Metric
from kfly.store.asking import ask
from kfly.store.figures import is_reported
from kfly.store.schema.tables import quote, split_statements
from kfly.store.schema.totals_tables import KEPT, TOTALS_TABLES

SOURCE = '"kept source"'
MOST_ADDED = 2000  # changes; more of them are not added up but all is counted anew
# What decides how the records are counted.
PROMISES = frozenset(
    ("metrics", "metric_conditions", "metric_towns", "targets", "task_needs", "kinds", "fields")
)


_ENDING = """SELECT 1 FROM "kept totals" WHERE question = ? AND until <> '' LIMIT 1"""
# Of each town and period the rows that stand together, which need not be sorted; the towns one after another.
_OF_PERIODS = """
WITH RECURSIVE periods (eve, day) AS (VALUES {0}), towns (town) AS (
    SELECT min(town) FROM "kept totals" WHERE question = ?1
    UNION ALL
    SELECT (SELECT min(town) FROM "kept totals" WHERE question = ?1 AND town > towns.town)
    FROM towns WHERE town IS NOT NULL
)
SELECT town, day, NULL, (
    SELECT sum(steps) FROM "kept totals" AS kept
    WHERE question = ?1 AND kept.town = towns.town AND since > eve AND since <= day
)
FROM towns CROSS JOIN periods WHERE town IS NOT NULL
"""


class _State(NamedTuple):
    """Up to which change the totals are counted, and the last there is; the schema of then and of now."""

    counted_to: int
    last: int
    shape_then: int
    shape: int

    @property
    def is_whole(self) -> bool:
        """Whether the log has every change since: no trigger that writes it has come or gone."""
        return bool(self.counted_to) and self.shape_then == self.shape

    @property
    def is_up_to_date(self) -> bool:
        """Whether the totals are those of the records as they are now."""
        return self.is_whole and self.counted_to == self.last


def create(db: sqlite3.Connection) -> None:
    """Create the tables of what is kept, which nothing has been counted for yet."""
    for statement in split_statements(TOTALS_TABLES):
        db.execute(statement)


def name_question(metric: Metric, *, by_town: bool) -> str:
    """Return what tells one question from another: all that decides which records count how much and when."""
    where = [(condition.field, condition.operator, condition.values) for condition in metric.where]
    return repr((metric.kind, metric.field, metric.dated, where, by_town))


def find_kept(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """Find the questions whose totals are up to date, by name: the number of each, and its scale."""
    try:
        state = _read_state(db)
    except sqlite3.OperationalError:  # a database of an older schema has none
        return {}
    if not state.is_up_to_date:
        return {}
    rows = db.execute('SELECT name, id, scale FROM "kept questions"')
    return {name: (number, scale) for name, number, scale in rows}


class Totals(NamedTuple):
    """The totals of one town, in the order of days: since when, until when ('' for good), how many steps."""

    town: str
    since: list[str]
    until: list[str]
    steps: list[int]


def read(db: sqlite3.Connection, question: int) -> Iterator[Totals]:
    """Read the totals of a question, in the order of towns.

    A town's rows are read as one, which is several times as quick.
    """
    sql = (
        "SELECT town, group_concat(since), group_concat(until), group_concat(steps)"
        ' FROM (SELECT * FROM "kept totals" WHERE question = ? ORDER BY town, since, until) GROUP BY town'
    )
    for town, since, until, steps in db.execute(sql, (question,)):
        yield Totals(town, since.split(","), until.split(","), list(map(int, steps.split(","))))


def read_rows(db: sqlite3.Connection, question: int) -> Iterator[tuple[str, str, str, int]]:
    """Read the totals of a question one by one: town, since when, until when, how many steps."""
    sql = 'SELECT town, since, until, steps FROM "kept totals" WHERE question = ?'
    return db.execute(sql, (question,))


def read_until(db: sqlite3.Connection, question: int, days: Sequence[str]) -> list[tuple[Any, ...]]:
    """Read the totals of a question as they stand on some days: all that comes between two of them as one."""
    if db.execute(_ENDING, (question,)).fetchone() is None:
        periods = ", ".join(f"(?{n}, ?{n + 1})" for n in range(2, len(days) + 2))
        rows = db.execute(_OF_PERIODS.format(periods), (question, "", *days))
        return [row for row in rows if row[3] is not None]
    marks = "CASE " + " ".join(f"WHEN {{0}} <= ?{n} THEN ?{n}" for n in range(2, len(days) + 2)) + " END"
    sql = (
        f"SELECT town, {marks.format('since')} AS begins,"
        f" CASE WHEN until <> '' THEN {marks.format('until')} END AS ends, sum(steps)"
        f' FROM "kept totals" WHERE question = ?1 AND since <= ?{len(days) + 1} GROUP BY town, begins, ends'
    )
    return db.execute(sql, (question, *days)).fetchall()


def keep_up(db: sqlite3.Connection) -> None:
    """Bring the totals up to all changes that the log has, in the transaction that made them.

    Where another program has taken their tables away, they are made anew: all of it follows from the records.
    """
    from kfly.store.log.reading import find_changed_tables  # views, which read totals, do without the log
    from kfly.store.log.tallies import tally_large_groups

    if not _are_there(db):
        for table in KEPT:
            db.execute(f"DROP TABLE IF EXISTS {quote(table)}")
        create(db)
    state = _read_state(db)
    if state.is_up_to_date:
        return
    tally_large_groups(db, state.counted_to)
    changed = find_changed_tables(db, state.counted_to)
    if changed & PROMISES or not state.is_whole:
        choose_questions(db)
    else:
        is_small = state.last - state.counted_to <= MOST_ADDED
        for question in list_questions(db):
            if (not is_small and question.kind in changed) or changed.intersection(question.reads):
                count_anew(db, question)
            elif question.kind in changed:
                _add_changes(db, question, state.counted_to)
    db.execute('UPDATE "kept up to" SET change = ?, shape = ?', (state.last, state.shape))


def _are_there(db: sqlite3.Connection) -> bool:
    sql = (
        f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ({', '.join('?' * len(KEPT))})"
    )
    return bool(db.execute(sql, KEPT).fetchone()[0] == len(KEPT))


def distrust(db: sqlite3.Connection) -> None:
    """Have everything counted anew at the end of the group that is open."""
    if _are_there(db):
        db.execute('UPDATE "kept up to" SET change = 0')


class Kept(NamedTuple):
    """A question whose totals are kept."""

    number: int
    kind: str
    statement: str  # asked of SOURCE, which has the columns of the kind
    values: Sequence[Any]
    reads: Sequence[str]


def list_questions(db: sqlite3.Connection) -> list[Kept]:
    """List the questions whose totals are kept."""
    import json

    rows = db.execute('SELECT id, kind, statement, "values", reads FROM "kept questions"').fetchall()
    return [
        Kept(number, kind, statement, json.loads(values), json.loads(reads))
        for number, kind, statement, values, reads in rows
    ]


def choose_questions(db: sqlite3.Connection) -> None:
    """Keep the totals of what the plan in force asks, and count them."""
    import json

    db.execute('DELETE FROM "kept totals"')
    db.execute('DELETE FROM "kept questions"')
    for metric, by_town in _list_asked(db):
        asked = ask(db, metric, by_town=by_town)
        db.execute(
            'INSERT OR IGNORE INTO "kept questions" (name, kind, statement, "values", reads, scale)'
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                name_question(metric, by_town=by_town),
                asked.kind,
                asked.statement(SOURCE),
                json.dumps(asked.values, ensure_ascii=False),
                json.dumps(sorted(asked.reads)),
                asked.scale,
            ),
        )
    for question in list_questions(db):
        count_anew(db, question)


def _list_asked(db: sqlite3.Connection) -> Iterator[tuple[Metric, bool]]:
    """Yield the metrics of the plan, each as it is asked: those of targets also by town, for the league."""
    from kfly.store.plan.reading import read_metrics

    metrics = {n: metric for n, metric in read_metrics(db).items() if not is_reported(metric)}
    for metric in metrics.values():
        yield metric, metric.towns is not None
    sql = "SELECT metric FROM targets UNION SELECT to_metric FROM targets WHERE to_metric IS NOT NULL"
    for (number,) in db.execute(sql).fetchall():
        if number in metrics:
            yield metrics[number], True


def count_anew(db: sqlite3.Connection, question: Kept) -> None:
    """Count all records for a question."""
    db.execute('DELETE FROM "kept totals" WHERE question = ?', (question.number,))
    _add(db, question, f"SELECT * FROM {quote(question.kind)}", (), 1)


def _add_changes(db: sqlite3.Connection, question: Kept, counted_to: int) -> None:
    """Add up what was changed since: what was before is taken away, what is after comes."""
    names = [row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (question.kind,))]
    for row, sign in (("before", -1), ("after", 1)):
        columns = ", ".join(f"{row} ->> {_path(name)} AS {quote(name)}" for name in names)
        source = f'SELECT {columns} FROM changes WHERE id > ? AND "table" = ? AND {row} IS NOT NULL'
        _add(db, question, source, (counted_to, question.kind), sign)


def _path(column: str) -> str:
    """Write where the value of a column stands in a row of the log."""
    return "'$." + quote(column).replace("'", "''") + "'"


def _add(db: sqlite3.Connection, question: Kept, source: str, values: Sequence[Any], sign: int) -> None:
    """Add what some rows amount to, or take it away."""
    db.execute(
        f"WITH {SOURCE} AS ({source})"
        ' INSERT INTO "kept totals" (question, town, since, until, steps)'
        " SELECT ?, coalesce(town, ''), since, coalesce(until, ''), ? * amount"
        f" FROM ({question.statement}) WHERE true"
        " ON CONFLICT DO UPDATE SET steps = steps + excluded.steps",
        (*values, question.number, sign, *question.values),
    )


def _read_state(db: sqlite3.Connection) -> _State:
    """Read up to which change the totals are counted, and how the database is now."""
    return _State(
        *db.execute(
            "SELECT change, (SELECT coalesce(max(id), 0) FROM changes), shape, schema_version"
            ' FROM "kept up to", pragma_schema_version'
        ).fetchone()
    )
