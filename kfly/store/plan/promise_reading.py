"""Reading what targets promise from their tables, of which an older schema has fewer."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from kfly.plan.metrics import FIRST, Goal, Metric, PeriodGoal, Reading
from kfly.plan.model import Name, Target
from kfly.plan.periods import YEAR
from kfly.store.schema.tables import has_column, has_table

Amounts = tuple[tuple[str, Fraction], ...]
_SINCE_7 = {
    "every_part": "NULL",
    "reading": "'total'",
    "to_metric": "NULL",
    "factor": "'1'",
    "follows": "NULL",
    "baseline": "NULL",
    "decimals": "NULL",
    "weight": "NULL",
}


def read_exact(number: float) -> Fraction:
    """Return the decimal number that was stored: 0.8 is 4/5, not its nearest binary fraction."""
    return Fraction(number) if number == int(number) else Fraction(repr(number))


def read_exact_if_any(number: float | None) -> Fraction | None:
    """Do the same with what may be empty."""
    return None if number is None else read_exact(number)


def write_columns(db: sqlite3.Connection, table: str, newer: Mapping[str, str]) -> str:
    """Write columns to select, and for those that an older schema lacks what stands for them."""
    return ", ".join(name if has_column(db, table, name) else other for name, other in newer.items())


def read_targets(db: sqlite3.Connection, metrics: Mapping[int, Metric]) -> tuple[Target, ...]:
    """Read the plan's targets, in their order."""
    quotas, town_goals, baselines = (
        read_town_amounts(db, table, ("target",)) for table in ("quotas", "town_goals", "town_baselines")
    )
    periods, roles = _read_period_goals(db), _read_roles(db)
    return tuple(
        Target(
            key=key,
            section=Name(*names[:2]),
            name=Name(*names[2:4]),
            metric=metrics[metric],
            goal=Goal(comparison, read_exact(goal)) if comparison else None,
            unit=Name(*names[4:6]),
            due=date.fromisoformat(due),
            every=YEAR if every_year else names[6],
            measure=measure,
            quotas=quotas.get((key,), ()),
            goals=periods.get(key, ()),
            town_goals=town_goals.get((key,), ()),
            town_baselines=baselines.get((key,), ()),
            lead=roles.get((key, "lead"), ()),
            responsible=roles.get((key, "responsible"), ()),
            **_read_newer(names[7:], metrics),
        )
        for key, metric, comparison, goal, due, every_year, measure, *names in db.execute(
            "SELECT key, metric, comparison, goal, due, every_year, measure,"
            " section_zh, section_en, name_zh, name_en, unit_zh, unit_en,"
            f" {write_columns(db, 'targets', _SINCE_7)} FROM targets ORDER BY position"
        )
    )


def _read_newer(columns: list[Any], metrics: Mapping[int, Metric]) -> dict[str, Any]:
    how, to, factor, follows, baseline, decimals, weight = columns
    return {
        "reading": Reading(how, None if to is None else metrics[to], Fraction(factor)),
        "follows": follows,
        "baseline": baseline if baseline in (None, FIRST) else read_exact(baseline),
        "decimals": decimals,
        "weight": read_exact_if_any(weight),
    }


def read_town_amounts(
    db: sqlite3.Connection, table: str, owner: tuple[str, ...]
) -> dict[tuple[Any, ...], Amounts]:
    """Read the amounts of single towns from a table, by their owners; an older schema has none."""
    if not has_table(db, table):
        return {}
    listed = ", ".join(owner)
    found: dict[tuple[Any, ...], Amounts] = {}
    sql = f"SELECT organisation, amount, {listed} FROM {table} ORDER BY {listed}, position"
    for town, amount, *key in db.execute(sql):
        found[tuple(key)] = (*found.get(tuple(key), ()), (town, read_exact(amount)))
    return found


def _read_period_goals(db: sqlite3.Connection) -> dict[str, tuple[PeriodGoal, ...]]:
    if not has_table(db, "period_goals"):
        return {}
    found: dict[str, tuple[PeriodGoal, ...]] = {}
    sql = "SELECT target, period, amount FROM period_goals ORDER BY target, position"
    for target, period, amount in db.execute(sql):
        found[target] = (*found.get(target, ()), PeriodGoal(period, read_exact_if_any(amount)))
    return found


def _read_roles(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    if not has_table(db, "target_organisations"):
        return {}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    sql = "SELECT target, role, organisation FROM target_organisations ORDER BY target, role, position"
    for target, role, name in db.execute(sql):
        found[target, role] = (*found.get((target, role), ()), name)
    return found
