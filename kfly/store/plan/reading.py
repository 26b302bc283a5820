"""Reading the plan from its tables."""

import sqlite3
from datetime import date
from fractions import Fraction
from typing import Any

from kfly.errors import KflyError
from kfly.locale import FALLBACK, _
from kfly.plan.metrics import Condition, Goal, Metric
from kfly.plan.model import (
    Deliverable,
    Evaluation,
    Lights,
    Measure,
    Name,
    Need,
    Organisation,
    Plan,
    Target,
    Task,
)
from kfly.plan.periods import YEAR
from kfly.store.schema.list_positions import write_order
from kfly.store.schema.tables import has_column, has_table


def read(db: sqlite3.Connection) -> Plan:
    """Read the plan in force.

    Raises:
        KflyError: the database has lost its plan.
    """
    grace = "grace_days" if has_column(db, "plan", "grace_days") else "0"  # which schema 3 has not
    reply = "reply_to" if has_column(db, "plan", "reply_to") else "NULL"  # nor schema 4 this
    head = db.execute(
        "SELECT name_zh, name_en, starts, ends, language, yellow, due_soon_days, award, warning,"
        f" {grace}, {reply} FROM plan"
    ).fetchone()
    if head is None:
        raise _lost()
    metrics = read_metrics(db)
    return Plan(
        name=Name(head[0], head[1]),
        starts=date.fromisoformat(head[2]),
        ends=date.fromisoformat(head[3]),
        language=head[4],
        lights=Lights(_exact(head[5]), head[6], head[9]),
        evaluation=Evaluation(_exact(head[7]), _exact(head[8])),
        organisations=_read_organisations(db),
        measures=_read_measures(db),
        deliverables=_read_deliverables(db),
        targets=_read_targets(db, metrics),
        tasks=_read_tasks(db, metrics),
        left_out=_read_left_out(db),
        reply_to=head[10],
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


def _exact(number: float) -> Fraction:
    """Return the decimal number that was stored: 0.8 is 4/5, not its nearest binary fraction."""
    return Fraction(number) if number == int(number) else Fraction(repr(number))


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


def _read_quotas(db: sqlite3.Connection) -> dict[str, tuple[tuple[str, Fraction], ...]]:
    """Read what single towns owe of each target that has quotas; a database of schema 2 has none."""
    if not has_table(db, "quotas"):
        return {}
    quotas: dict[str, tuple[tuple[str, Fraction], ...]] = {}
    for target, town, amount in db.execute(
        "SELECT target, organisation, amount FROM quotas ORDER BY target, position"
    ):
        quotas[target] = (*quotas.get(target, ()), (town, _exact(amount)))
    return quotas


def _read_targets(db: sqlite3.Connection, metrics: dict[int, Metric]) -> tuple[Target, ...]:
    quotas = _read_quotas(db)
    return tuple(
        Target(
            key=key,
            section=Name(*names[:2]),
            name=Name(*names[2:4]),
            metric=metrics[metric],
            goal=Goal(comparison, _exact(goal)) if comparison else None,
            unit=Name(*names[4:]),
            due=date.fromisoformat(due),
            every=YEAR if every_year else None,
            measure=measure,
            quotas=quotas.get(key, ()),
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
            name=Name(zh, en),
            metric=metrics[metric],
            goal=Goal(comparison, _exact(goal)),
            unit=Name(unit_zh, unit_en),
            target=target,
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


def find_metric_uses(db: sqlite3.Connection) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """Find what each metric is for: rows of targets, and of tasks' needs."""
    uses: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for metric, key in db.execute("SELECT metric, key FROM targets ORDER BY position"):
        uses.setdefault(metric, []).append(("targets", {"key": key}))
    for metric, *need in db.execute(
        "SELECT metric, year, task, name_zh, name_en FROM task_needs ORDER BY year, task, position"
    ):
        row = dict(zip(("year", "task", "name_zh", "name_en"), need, strict=True))
        uses.setdefault(metric, []).append(("task_needs", row))
    return uses
