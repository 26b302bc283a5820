"""The plan and the kinds as rows of their tables: filled into a new database, or revised in an old one."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from sqlite_utils import Database

from kfly.plan.kinds import Kind
from kfly.plan.metrics import KNOWN, Metric, PeriodGoal
from kfly.plan.model import Deliverable, Need, Plan, Target, Task
from kfly.store.log import groups, triggers
from kfly.store.plan import kinds as kind_rows
from kfly.store.plan import reading as plan_rows
from kfly.store.plan import returns
from kfly.store.plan.task_rows import (
    Row,
    make_roles,
    make_rows_of_tasks,
    make_stage_rows,
    make_task_roles,
    write_both,
    write_number,
    write_number_if_any,
)
from kfly.store.schema.check_tables import CHECK_TABLES
from kfly.store.schema.course_tables import COURSE_TABLES
from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
from kfly.store.schema.notice_tables import NOTICE_TABLES
from kfly.store.schema.plan_tables import PLAN_TABLES
from kfly.store.schema.promise_tables import PROMISE_TABLES
from kfly.store.schema.return_tables import ENTRY_TABLES, RETURN_TABLES
from kfly.store.schema.supervision_tables import SUPERVISION_TABLES
from kfly.store.schema.tables import split_statements
from kfly.store.schema.task_tables import TASK_TABLES

_TABLES = (
    PLAN_TABLES
    + SUPERVISION_TABLES
    + CHECK_TABLES
    + EVIDENCE_TABLES
    + NOTICE_TABLES
    + PROMISE_TABLES
    + RETURN_TABLES
    + ENTRY_TABLES
    + TASK_TABLES
    + COURSE_TABLES
)


def write(connection: sqlite3.Connection, plan: Plan, kinds: tuple[Kind, ...]) -> None:
    """Create all tables of a new database, logged from the first row on, and fill in the plan."""
    for statement in split_statements(_TABLES):
        connection.execute(statement)
    kind_rows.make_tables(connection, kinds)
    groups.note_reshaped(connection)
    db = Database(connection)
    for table, rows in _rows_of(plan, kinds, {}).items():
        db.table(table).insert_all(rows)
    triggers.watch_anew(connection)  # now that the natural keys are declared


def update_plan(connection: sqlite3.Connection, plan: Plan, kinds: tuple[Kind, ...]) -> None:
    """Change the rows of an old database to those of this plan and these kinds, where they differ.

    Rows of other tables may still name what goes; the caller has to see to those.
    """
    db = Database(connection)
    known = {metric: number for number, metric in plan_rows.read_metrics(connection).items()}
    wanted = _rows_of(plan, kinds, known)
    keys = {table: triggers.primary_keys(connection)[table] for table in wanted}
    present = {table: {_key(row, keys[table]): row for row in db.table(table).rows} for table in wanted}
    for table in reversed(wanted):
        for key in present[table].keys() - {_key(row, keys[table]) for row in wanted[table]}:
            db.table(table).delete(key)
    for table, rows in wanted.items():
        for row in rows:
            key = _key(row, keys[table])
            old = present[table].get(key)
            if old is None:
                db.table(table).insert(row)
            elif changes := {name: value for name, value in row.items() if value != old[name]}:
                db.table(table).update(key, changes)
    triggers.watch_anew(connection)  # the natural keys may have changed


def _key(row: Row, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row[name] for name in columns)


def _rows_of(plan: Plan, kinds: tuple[Kind, ...], known: Mapping[Metric, int]) -> dict[str, list[Row]]:
    """Return the rows of each table, the tables in an order in which each refers to those before it.

    Args:
        plan: the plan.
        kinds: the kinds.
        known: the numbers of metrics that have one; the others get the next ones.
    """
    metrics = _numbered(plan, known)
    rows: dict[str, Iterable[Row]] = {
        **kind_rows.make_rows(kinds),
        "left_out_kinds": ({"kind": kind, "position": n} for n, kind in enumerate(plan.left_out)),
        "plan": [_plan_row(plan)],
        "organisations": _organisation_rows(plan),
        "organisation_aliases": (
            {"alias": alias, "organisation": o.name, "position": n}
            for o in plan.organisations
            for n, alias in enumerate(o.aliases)
        ),
        "group_members": (
            {"group": o.name, "member": member, "position": n}
            for o in plan.organisations
            for n, member in enumerate(o.members)
        ),
        "measures": ({"number": m.number, **write_both("name", m.name)} for m in plan.measures),
        "measure_organisations": (row for m in plan.measures for row in make_roles(m, {"measure": m.number})),
        "tasks": make_rows_of_tasks(plan),
        "task_organisations": (row for t in plan.tasks for row in make_task_roles(t)),
        "deliverables": (_deliverable_row(d, n) for n, d in enumerate(plan.deliverables)),
        "metrics": (_metric_row(metric, number) for metric, number in metrics.items()),
        "metric_conditions": (row for m, number in metrics.items() for row in _condition_rows(m, number)),
        "metric_towns": (
            {"metric": number, "position": n, "organisation": town}
            for metric, number in metrics.items()
            for n, town in enumerate(metric.towns or ())
        ),
        "targets": (_target_row(t, n, metrics) for n, t in enumerate(plan.targets)),
        **_amount_rows(plan),
        "target_organisations": (row for t in plan.targets for row in make_roles(t, {"target": t.key})),
        **make_stage_rows(plan),
        "task_needs": (
            _need_row(t, n, need, metrics) | {"stage": stage}
            for t in plan.tasks
            for n, (need, stage, _due) in enumerate(t.all_needs)
        ),
        "need_town_goals": (
            row
            for t in plan.tasks
            for n, (need, _stage, _due) in enumerate(t.all_needs)
            for row in _town_rows({"year": t.year, "task": t.number, "need": n}, need.town_goals)
        ),
        **returns.make_rows(plan),
    }
    return {table: list(its) for table, its in rows.items()}


def _amount_rows(plan: Plan) -> dict[str, Iterable[Row]]:
    """Return the rows of what targets promise by period and town, and from where lines of towns run."""
    return {
        "quotas": (row for t in plan.targets for row in _town_rows({"target": t.key}, t.quotas)),
        "period_goals": (_period_row(t, n, goal) for t in plan.targets for n, goal in enumerate(t.goals)),
        "town_goals": (row for t in plan.targets for row in _town_rows({"target": t.key}, t.town_goals)),
        "town_baselines": (
            row for t in plan.targets for row in _town_rows({"target": t.key}, t.town_baselines)
        ),
    }


def _town_rows(owner: Row, amounts: tuple[tuple[str, Fraction], ...]) -> Iterator[Row]:
    for position, (town, amount) in enumerate(amounts):
        yield {**owner, "organisation": town, "amount": write_number(amount), "position": position}


def _period_row(target: Target, position: int, goal: PeriodGoal) -> Row:
    row = {"target": target.key, "period": goal.period, "position": position}
    return {**row, "amount": None if goal.amount is None else write_number(goal.amount)}


def _plan_row(plan: Plan) -> Row:
    return {
        "id": 1,
        **write_both("name", plan.name),
        "starts": plan.starts.isoformat(),
        "ends": plan.ends.isoformat(),
        "language": plan.language,
        "yellow": write_number(plan.lights.yellow),
        "red": write_number_if_any(plan.lights.red),
        "due_soon_days": plan.lights.due_soon_days,
        "grace_days": plan.lights.grace_days,
        "award": write_number(plan.evaluation.award),
        "warning": write_number(plan.evaluation.warning),
        "reply_to": plan.reply_to,
        "year_starts": plan.year_starts,
    }


def _organisation_rows(plan: Plan) -> Iterator[Row]:
    for position, o in enumerate(plan.organisations):
        addresses = {"email": "\n".join(o.email) or None, "email_cc": "\n".join(o.cc) or None}
        yield {"name": o.name, "name_en": o.en, "kind": o.kind, **addresses, "position": position}


def _deliverable_row(deliverable: Deliverable, position: int) -> Row:
    year, task = deliverable.task or (None, None)
    return {
        "key": deliverable.key,
        **write_both("name", deliverable.name),
        "measure": deliverable.measure,
        "task_year": year,
        "task": task,
        "position": position,
    }


def _numbered(plan: Plan, known: Mapping[Metric, int]) -> dict[Metric, int]:
    """Number each metric once, however many targets and needs share it."""
    asked = [t.metric for t in plan.targets] + [
        need.metric for t in plan.tasks for need, _stage, _due in t.all_needs
    ]
    asked += [t.reading.to for t in plan.targets if t.reading.to is not None]
    numbers: dict[Metric, int] = {}
    highest = max(known.values(), default=0)
    for metric in dict.fromkeys(asked):
        if metric not in known:
            highest += 1
        numbers[metric] = known.get(metric, highest)
    return numbers


def _metric_row(metric: Metric, number: int) -> Row:
    row = {"id": number, "kind": metric.kind, "field": metric.field, "stock": int(metric.stock)}
    return {**row, "dated": metric.dated, "per_town": int(metric.towns is not None)}


def _condition_rows(metric: Metric, number: int) -> Iterator[Row]:
    for position, condition in enumerate(metric.where):
        row = {"metric": number, "position": position, "field": condition.field}
        for n, value in enumerate(("",) if condition.operator == KNOWN else condition.values):
            yield {**row, "operator": condition.operator, "value": value, "value_position": n}


def _target_row(target: Target, position: int, metrics: dict[Metric, int]) -> Row:
    return {
        "key": target.key,
        "position": position,
        **write_both("section", target.section),
        **write_both("name", target.name),
        "metric": metrics[target.metric],
        "comparison": target.goal and target.goal.comparison,
        "goal": target.goal and write_number(target.goal.amount),
        **write_both("unit", target.unit),
        "due": target.due.isoformat(),
        "every_year": int(target.every_year),
        "every_part": None if target.every_year else target.every,
        "measure": target.measure,
        "reading": target.reading.how,
        "to_metric": target.reading.to and metrics[target.reading.to],
        "factor": str(target.reading.factor),
        "follows": target.follows,
        "baseline": _write_baseline(target.baseline),
        "decimals": target.decimals,
        "weight": write_number_if_any(target.weight),
    }


def _write_baseline(baseline: Fraction | str | None) -> int | float | str | None:
    return write_number(baseline) if isinstance(baseline, Fraction) else baseline


def _need_row(task: Task, position: int, need: Need, metrics: dict[Metric, int]) -> Row:
    return {
        "year": task.year,
        "task": task.number,
        "position": position,
        "target": need.target,
        **write_both("name", need.name),
        "metric": metrics[need.metric],
        "comparison": need.goal.comparison,
        "goal": write_number(need.goal.amount),
        **write_both("unit", need.unit),
    }
