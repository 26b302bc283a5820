"""The plan in its tables: written once by ``init``, read by every other command."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kfly.plan.kinds import Kind
from kfly.plan.model import (
    Condition,
    Deliverable,
    Evaluation,
    Goal,
    Lights,
    Measure,
    Metric,
    Name,
    Need,
    Organisation,
    Plan,
    Target,
    Task,
)
from kfly.store.kind_rows import write_kinds
from kfly.store.schema import PLAN_TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]


def write(connection: sqlite3.Connection, plan: Plan, kinds: tuple[Kind, ...]) -> None:
    """Make all tables of a new database and fill in the plan."""
    from sqlite_utils import Database

    for statement in PLAN_TABLES.split(";\n"):
        connection.execute(statement)
    db = Database(connection)
    write_kinds(db, kinds)
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


def _insert(db: "Database", table: str, rows: Iterable[Row]) -> None:
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


def _write_metrics(db: "Database", plan: Plan) -> dict[Metric, int]:
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


def read(db: sqlite3.Connection) -> Plan:
    """The plan in force."""
    head = db.execute(
        "SELECT name_zh, name_en, starts, ends, language, yellow, due_soon_days, award, warning FROM plan"
    ).fetchone()
    metrics = _read_metrics(db)
    return Plan(
        name=Name(head[0], head[1]),
        starts=date.fromisoformat(head[2]),
        ends=date.fromisoformat(head[3]),
        language=head[4],
        lights=Lights(_exact(head[5]), head[6]),
        evaluation=Evaluation(_exact(head[7]), _exact(head[8])),
        organisations=_read_organisations(db),
        measures=_read_measures(db),
        deliverables=_read_deliverables(db),
        targets=_read_targets(db, metrics),
        tasks=_read_tasks(db, metrics),
    )


def language(db: sqlite3.Connection) -> str:
    """The plan's own language: ``zh`` or ``en``."""
    return str(db.execute("SELECT language FROM plan").fetchone()[0])


def _exact(number: float) -> Fraction:
    """The decimal number that was stored: 0.8 is 4/5, not its nearest binary fraction."""
    return Fraction(number) if number == int(number) else Fraction(repr(number))


def _listed(db: sqlite3.Connection, sql: str, keys: int) -> dict[tuple[Any, ...], tuple[str, ...]]:
    """Rows of ``keys`` columns and a word: the words of each key, in their order."""
    lists: dict[tuple[Any, ...], list[str]] = {}
    for row in db.execute(sql):
        lists.setdefault(row[:keys], []).append(row[keys])
    return {key: tuple(words) for key, words in lists.items()}


def _read_organisations(db: sqlite3.Connection) -> tuple[Organisation, ...]:
    aliases = _listed(db, "SELECT organisation, alias FROM organisation_aliases ORDER BY rowid", 1)
    members = _listed(db, 'SELECT "group", member FROM group_members ORDER BY rowid', 1)
    return tuple(
        Organisation(name, en, kind, aliases.get((name,), ()), email, members.get((name,), ()))
        for name, en, kind, email in db.execute(
            "SELECT name, name_en, kind, email FROM organisations ORDER BY position"
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


def _read_metrics(db: sqlite3.Connection) -> dict[int, Metric]:
    conditions: dict[int, dict[int, Condition]] = {}
    for metric, position, field, operator, value in db.execute(
        "SELECT metric, position, field, operator, value FROM metric_conditions ORDER BY rowid"
    ):
        known = conditions.setdefault(metric, {})
        values = known[position].values if position in known else ()
        known[position] = Condition(field, operator, (*values, value))
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


def _read_targets(db: sqlite3.Connection, metrics: dict[int, Metric]) -> tuple[Target, ...]:
    return tuple(
        Target(
            key=key,
            section=Name(*names[:2]),
            name=Name(*names[2:4]),
            metric=metrics[metric],
            goal=Goal(comparison, _exact(goal)) if comparison else None,
            unit=Name(*names[4:]),
            due=date.fromisoformat(due),
            every_year=bool(every_year),
            measure=measure,
        )
        for key, metric, comparison, goal, due, every_year, measure, *names in db.execute(
            "SELECT key, metric, comparison, goal, due, every_year, measure,"
            " section_zh, section_en, name_zh, name_en, unit_zh, unit_en FROM targets ORDER BY position"
        )
    )


def _read_tasks(db: sqlite3.Connection, metrics: dict[int, Metric]) -> tuple[Task, ...]:
    roles = _listed(
        db,
        "SELECT year, task, role, organisation FROM task_organisations ORDER BY year, task, role, position",
        3,
    )
    needs: dict[tuple[int, int], list[Need]] = {}
    for year, task, target, zh, en, metric, comparison, goal, unit_zh, unit_en in db.execute(
        "SELECT year, task, target, name_zh, name_en, metric, comparison, goal, unit_zh, unit_en"
        " FROM task_needs ORDER BY year, task, position"
    ):
        need = Need(
            Name(zh, en), metrics[metric], Goal(comparison, _exact(goal)), Name(unit_zh, unit_en), target
        )
        needs.setdefault((year, task), []).append(need)
    return tuple(
        Task(
            year=year,
            number=number,
            title=Name(zh, en),
            lead=roles.get((year, number, "lead"), ()),
            responsible=roles.get((year, number, "responsible"), ()),
            due=date.fromisoformat(due),
            measure=measure,
            needs=tuple(needs.get((year, number), ())),
        )
        for year, number, zh, en, due, measure in db.execute(
            "SELECT year, number, title_zh, title_en, due, measure FROM tasks ORDER BY year, number"
        )
    )
