"""Reading the plan from its tables."""

import sqlite3
from datetime import date
from typing import Any

from kfly.errors import KflyError
from kfly.locale import FALLBACK, _
from kfly.plan.metrics import A_TOTAL, KNOWN, Condition, Goal, Metric
from kfly.plan.model import (
    Deliverable,
    Evaluation,
    Lights,
    Measure,
    Name,
    Need,
    Organisation,
    Plan,
    Stage,
    Target,
    Task,
)
from kfly.plan.numbers import TaskKey, TaskNumber, read_task_key
from kfly.store.plan import returns
from kfly.store.plan.promise_reading import (
    read_exact,
    read_exact_if_any,
    read_targets,
    read_town_amounts,
    write_columns,
)
from kfly.store.schema.list_positions import write_order
from kfly.store.schema.tables import has_column, has_table

# Columns of the plan that older schemas lack, and what they mean without them.
_LATER_OF_TASKS = ("weight", "leader", "report_every", "carries", "assigned_on", "assigned_by")
_LATER = {"grace_days": "0", "reply_to": "NULL", "red": "NULL", "year_starts": "1"}


def read(db: sqlite3.Connection) -> Plan:
    """Read the plan in force.

    Raises:
        KflyError: the database has lost its plan.
    """
    head = db.execute(
        "SELECT name_zh, name_en, starts, ends, language, yellow, due_soon_days, award, warning,"
        f" {write_columns(db, 'plan', _LATER)} FROM plan"
    ).fetchone()
    if head is None:
        raise _lost()
    metrics = read_metrics(db)
    targets = read_targets(db, metrics)
    return Plan(
        name=Name(head[0], head[1]),
        starts=date.fromisoformat(head[2]),
        ends=date.fromisoformat(head[3]),
        language=head[4],
        lights=Lights(read_exact(head[5]), head[6], head[9], read_exact_if_any(head[11])),
        evaluation=Evaluation(read_exact(head[7]), read_exact(head[8])),
        organisations=_read_organisations(db),
        measures=_read_measures(db),
        deliverables=_read_deliverables(db),
        targets=targets,
        tasks=_read_tasks(db, metrics, targets),
        left_out=_read_left_out(db),
        reply_to=head[10],
        year_starts=head[12],
        returns=returns.read(db),
    )


def _read_left_out(db: sqlite3.Connection) -> tuple[str, ...]:
    """Read the standing kinds that the plan leaves out; a database of schema 3 has all of them."""
    if not has_table(db, "left_out_kinds"):
        return ()
    sql = f"SELECT kind FROM left_out_kinds ORDER BY {write_order(db, 'left_out_kinds')}"
    return tuple(row[0] for row in db.execute(sql))


def must_have_plan(db: sqlite3.Connection) -> None:
    """Check that there is a plan, for commands that do not read it.

    Raises:
        KflyError: the database has lost it.
    """
    if db.execute("SELECT 1 FROM plan").fetchone() is None:
        raise _lost()


def _lost() -> KflyError:
    return KflyError(_("The database has lost its plan; restore a copy of it."))


def read_language(db: sqlite3.Connection) -> str:
    """Read the plan's own language: ``zh`` or ``en``."""
    row = db.execute("SELECT language FROM plan").fetchone()
    return str(row[0]) if row else FALLBACK


def read_reply_to(db: sqlite3.Connection) -> str | None:
    """Read who gets the answers to the plan's letters, if it says so; a plan of schema 4 does not."""
    if not has_column(db, "plan", "reply_to"):
        return None
    row = db.execute("SELECT reply_to FROM plan").fetchone()
    return str(row[0]) if row and row[0] else None


def _listed(db: sqlite3.Connection, sql: str, keys: int) -> dict[tuple[Any, ...], tuple[str, ...]]:
    """Read rows of ``keys`` columns and a word; gather the words of each key, in their order."""
    lists: dict[tuple[Any, ...], list[str]] = {}
    for row in db.execute(sql):
        lists.setdefault(row[:keys], []).append(row[keys])
    return {key: tuple(words) for key, words in lists.items()}


def _read_lists(db: sqlite3.Connection, table: str, columns: str) -> dict[tuple[Any, ...], tuple[str, ...]]:
    """Read the lists that a table holds; its columns are whose list it is, and the member."""
    return _listed(db, f"SELECT {columns} FROM {table} ORDER BY {write_order(db, table)}", 1)


def _read_organisations(db: sqlite3.Connection) -> tuple[Organisation, ...]:
    aliases = _read_lists(db, "organisation_aliases", "organisation, alias")
    members = _read_lists(db, "group_members", '"group", member')
    copies = "email_cc" if has_column(db, "organisations", "email_cc") else "NULL"  # which schema 4 has not
    return tuple(
        Organisation(
            name=name,
            en=en,
            kind=kind,
            aliases=aliases.get((name,), ()),
            email=tuple((email or "").splitlines()),
            cc=tuple((cc or "").splitlines()),
            members=members.get((name,), ()),
        )
        for name, en, kind, email, cc in db.execute(
            f"SELECT name, name_en, kind, email, {copies} FROM organisations ORDER BY position"
        )
    )


def _read_measures(db: sqlite3.Connection) -> tuple[Measure, ...]:
    roles = _listed(
        db,
        "SELECT measure, role, organisation FROM measure_organisations ORDER BY measure, role, position",
        2,
    )
    return tuple(
        Measure(number, Name(zh, en), roles.get((number, "lead"), ()), roles.get((number, "responsible"), ()))
        for number, zh, en in db.execute("SELECT number, name_zh, name_en FROM measures ORDER BY number")
    )


def _read_deliverables(db: sqlite3.Connection) -> tuple[Deliverable, ...]:
    return tuple(
        Deliverable(key, Name(zh, en), measure, (year, task) if task is not None else None)
        for key, zh, en, measure, year, task in db.execute(
            "SELECT key, name_zh, name_en, measure, task_year, task FROM deliverables ORDER BY position"
        )
    )


def read_metrics(db: sqlite3.Connection) -> dict[int, Metric]:
    """Read what is counted or summed, by the number of each metric."""
    conditions: dict[int, dict[int, Condition]] = {}
    for metric, position, field, operator, value in db.execute(
        "SELECT metric, position, field, operator, value FROM metric_conditions"
        f" ORDER BY metric, position, {write_order(db, 'metric_conditions')}"
    ):
        known = conditions.setdefault(metric, {})
        values = known[position].values if position in known else ()
        known[position] = Condition(field, operator, () if operator == KNOWN else (*values, value))
    towns = _listed(db, "SELECT metric, organisation FROM metric_towns ORDER BY metric, position", 1)
    return {
        number: Metric(
            kind=kind,
            field=field,
            where=tuple(conditions.get(number, {}).values()),
            stock=bool(stock),
            dated=dated,
            towns=towns.get((number,), ()) if per_town else None,
        )
        for number, kind, field, stock, dated, per_town in db.execute(
            "SELECT id, kind, field, stock, dated, per_town FROM metrics"
        )
    }


def _read_tasks(
    db: sqlite3.Connection, metrics: dict[int, Metric], targets: tuple[Target, ...]
) -> tuple[Task, ...]:
    roles = _listed(
        db,
        "SELECT year, task, role, organisation FROM task_organisations ORDER BY year, task, role, position",
        3,
    )
    later = write_columns(db, "tasks", dict.fromkeys(_LATER_OF_TASKS, "NULL"))
    needs = _read_needs(db, metrics, targets)
    stages = _read_stages(db, needs)
    return tuple(
        Task(
            year=year,
            number=number,
            title=Name(zh, en),
            lead=roles.get((year, number, "lead"), ()),
            responsible=roles.get((year, number, "responsible"), ()),
            due=date.fromisoformat(due) if due else None,
            measure=measure,
            needs=tuple(needs.get((year, number, None), ())),
            weight=read_exact_if_any(own_weight),
            support=roles.get((year, number, "support"), ()),
            leader=leader,
            report_every=every,
            stages=tuple(stages.get((year, number), ())),
            carries=read_task_key(carries) if carries else None,
            assigned_on=date.fromisoformat(order[0]) if order[0] else None,
            assigned_by=order[1],
        )
        for year, number, zh, en, due, measure, own_weight, leader, every, carries, *order in db.execute(
            f"SELECT year, number, title_zh, title_en, due, measure, {later} FROM tasks"
            f" ORDER BY year, {_write_order_of_tasks(db)}"
        )
    )


def _write_order_of_tasks(db: sqlite3.Connection) -> str:
    """Write by what tasks of a year are ordered: the table's by their place there, those beyond it last.

    Where the log knows them from before there were places, by number.
    """
    orders = "assigned_on IS NOT NULL, " if has_column(db, "tasks", "assigned_on") else ""
    if not has_column(db, "tasks", "position"):
        return orders + "number"
    unknown = db.execute("SELECT 1 FROM tasks WHERE position IS NULL").fetchone()
    return orders + ("number" if unknown else "position")


def _read_needs(
    db: sqlite3.Connection, metrics: dict[int, Metric], targets: tuple[Target, ...]
) -> dict[tuple[int, TaskNumber, int | None], list[Need]]:
    """Read what tasks must reach, by year and number of each, and by the stage whose need it is."""
    readings = {target.key: target.reading for target in targets}
    town_goals = read_town_amounts(db, "need_town_goals", ("year", "task", "need"))
    needs: dict[tuple[int, TaskNumber, int | None], list[Need]] = {}
    stage_of = write_columns(db, "task_needs", {"stage": "NULL"})
    for year, task, position, target, zh, en, metric, comparison, goal, unit_zh, unit_en, stage in db.execute(
        "SELECT year, task, position, target, name_zh, name_en, metric, comparison, goal, unit_zh, unit_en,"
        f" {stage_of} FROM task_needs ORDER BY year, task, position"
    ):
        need = Need(
            name=Name(zh, en),
            metric=metrics[metric],
            goal=Goal(comparison, read_exact(goal)),
            unit=Name(unit_zh, unit_en),
            target=target,
            reading=readings.get(target, A_TOTAL),
            town_goals=town_goals.get((year, task, position), ()),
        )
        needs.setdefault((year, task, stage), []).append(need)
    return needs


def _read_stages(
    db: sqlite3.Connection, needs: dict[tuple[int, TaskNumber, int | None], list[Need]]
) -> dict[TaskKey, list[Stage]]:
    """Read the stages of tasks; before schema 11 there are none."""
    if not has_table(db, "task_stages"):
        return {}
    leads = _listed(
        db,
        "SELECT year, task, stage, organisation FROM task_stage_organisations"
        " ORDER BY year, task, stage, position",
        3,
    )
    stages: dict[TaskKey, list[Stage]] = {}
    for year, task, position, zh, en, due in db.execute(
        "SELECT year, task, position, title_zh, title_en, due FROM task_stages ORDER BY year, task, position"
    ):
        key = (year, task, position)
        stage = Stage(Name(zh, en), date.fromisoformat(due), leads.get(key, ()), tuple(needs.get(key, ())))
        stages.setdefault((year, task), []).append(stage)
    return stages


def find_metric_uses(db: sqlite3.Connection) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """Find what each metric is for: rows of targets, and of tasks' needs."""
    uses: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    to = write_columns(db, "targets", {"to_metric": "NULL"})
    for metric, divided_by, key in db.execute(f"SELECT metric, {to}, key FROM targets ORDER BY position"):
        for number in (metric, divided_by):
            uses.setdefault(number, []).append(("targets", {"key": key}))
    for metric, *need in db.execute(
        "SELECT metric, year, task, name_zh, name_en FROM task_needs ORDER BY year, task, position"
    ):
        row = dict(zip(("year", "task", "name_zh", "name_en"), need, strict=True))
        uses.setdefault(metric, []).append(("task_needs", row))
    return uses
