"""A new database: its tables made, and the plan and its kinds filled in, by ``init``."""

import sqlite3
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from sqlite_utils import Database

from kfly.plan.kinds import Kind
from kfly.plan.model import Deliverable, Measure, Metric, Name, Need, Plan, Target, Task
from kfly.store import history
from kfly.store.kind_rows import declare_kinds, make_tables
from kfly.store.schema import PLAN_TABLES

Row = dict[str, Any]


def write(connection: sqlite3.Connection, plan: Plan, kinds: tuple[Kind, ...]) -> None:
    """Make all tables of a new database, kept in the log from the first row on, and fill in the plan."""
    for statement in history.statements(PLAN_TABLES):
        connection.execute(statement)
    db = Database(connection)
    make_tables(connection, kinds)
    history.reshaped(connection)
    declare_kinds(db, kinds)
    history.watch(connection)  # now that the natural keys are declared
    _insert(db, "plan", [_plan_row(plan)])
    _insert(db, "organisations", _organisation_rows(plan))
    _insert(
        db,
        "organisation_aliases",
        ({"alias": a, "organisation": o.name} for o in plan.organisations for a in o.aliases),
    )
    _insert(
        db, "group_members", ({"group": o.name, "member": m} for o in plan.organisations for m in o.members)
    )
    _insert(db, "measures", ({"number": m.number, **_both("name", m.name)} for m in plan.measures))
    _insert(
        db, "measure_organisations", (row for m in plan.measures for row in _roles(m, {"measure": m.number}))
    )
    _insert(db, "tasks", (_task_row(task) for task in plan.tasks))
    _insert(
        db,
        "task_organisations",
        (row for t in plan.tasks for row in _roles(t, {"year": t.year, "task": t.number})),
    )
    _insert(db, "deliverables", (_deliverable_row(d, n) for n, d in enumerate(plan.deliverables)))
    metrics = _write_metrics(db, plan)
    _insert(db, "targets", (_target_row(t, n, metrics) for n, t in enumerate(plan.targets)))
    _insert(
        db,
        "task_needs",
        (_need_row(t, n, need, metrics) for t in plan.tasks for n, need in enumerate(t.needs)),
    )


def _insert(db: Database, table: str, rows: Iterable[Row]) -> None:
    db.table(table).insert_all(rows)


def _both(prefix: str, name: Name) -> Row:
    return {f"{prefix}_zh": name.zh, f"{prefix}_en": name.en}


def _number(amount: Fraction) -> int | float:
    return int(amount) if amount.denominator == 1 else float(amount)


def _plan_row(plan: Plan) -> Row:
    return {
        "id": 1,
        **_both("name", plan.name),
        "starts": plan.starts.isoformat(),
        "ends": plan.ends.isoformat(),
        "language": plan.language,
        "yellow": _number(plan.lights.yellow),
        "due_soon_days": plan.lights.due_soon_days,
        "award": _number(plan.evaluation.award),
        "warning": _number(plan.evaluation.warning),
    }


def _organisation_rows(plan: Plan) -> Iterator[Row]:
    for position, o in enumerate(plan.organisations):
        yield {"name": o.name, "name_en": o.en, "kind": o.kind, "email": o.email, "position": position}


def _roles(owner: Measure | Task, key: Row) -> Iterator[Row]:
    for role, names in (("lead", owner.lead), ("responsible", owner.responsible)):
        for position, name in enumerate(names):
            yield {**key, "role": role, "position": position, "organisation": name}


def _task_row(task: Task) -> Row:
    due = task.due.isoformat()
    return {
        "year": task.year,
        "number": task.number,
        **_both("title", task.title),
        "due": due,
        "measure": task.measure,
    }


def _deliverable_row(deliverable: Deliverable, position: int) -> Row:
    year, task = deliverable.task or (None, None)
    return {
        "key": deliverable.key,
        **_both("name", deliverable.name),
        "measure": deliverable.measure,
        "task_year": year,
        "task": task,
        "position": position,
    }


def _write_metrics(db: Database, plan: Plan) -> dict[Metric, int]:
    """Each metric once, however many targets and needs share it."""
    asked = [t.metric for t in plan.targets] + [need.metric for t in plan.tasks for need in t.needs]
    ids = {metric: number for number, metric in enumerate(dict.fromkeys(asked), start=1)}
    for metric, number in ids.items():
        row = {"id": number, "kind": metric.kind, "field": metric.field, "stock": int(metric.stock)}
        _insert(db, "metrics", [{**row, "dated": metric.dated, "per_town": int(metric.towns is not None)}])
        for position, condition in enumerate(metric.where):
            shared = {
                "metric": number,
                "position": position,
                "field": condition.field,
                "operator": condition.operator,
            }
            _insert(db, "metric_conditions", ({**shared, "value": value} for value in condition.values))
        towns = enumerate(metric.towns or ())
        _insert(
            db, "metric_towns", ({"metric": number, "position": n, "organisation": town} for n, town in towns)
        )
    return ids


def _target_row(target: Target, position: int, metrics: dict[Metric, int]) -> Row:
    return {
        "key": target.key,
        "position": position,
        **_both("section", target.section),
        **_both("name", target.name),
        "metric": metrics[target.metric],
        "comparison": target.goal and target.goal.comparison,
        "goal": target.goal and _number(target.goal.amount),
        **_both("unit", target.unit),
        "due": target.due.isoformat(),
        "every_year": int(target.every_year),
        "measure": target.measure,
    }


def _need_row(task: Task, position: int, need: Need, metrics: dict[Metric, int]) -> Row:
    return {
        "year": task.year,
        "task": task.number,
        "position": position,
        "target": need.target,
        **_both("name", need.name),
        "metric": metrics[need.metric],
        "comparison": need.goal.comparison,
        "goal": _number(need.goal.amount),
        **_both("unit", need.unit),
    }
