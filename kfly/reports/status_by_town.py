"""``status --by town``: what each town has contributed to each target."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_matrix
from kfly.console.widths import count_cells
from kfly.locale import _, to_json_number
from kfly.plan.metrics import Goal
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.league import Contribution
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.figures import find_unit, write_goal, write_town_figure
from kfly.reports.status import write_actual


def document(
    found: Sequence[Contribution], rows: Sequence[TargetStanding], plan: Plan, day: date
) -> dict[str, Any]:
    """Return the JSON of ``status --by town``."""
    names = name_organisations(plan)
    *towns, without = found
    return {
        "plan": plan.name.spoken,
        "as_of": day.isoformat(),
        "targets": [
            {"key": row.target.key, "name": row.target.name.spoken, "unit": row.target.unit.spoken}
            for row in rows
        ],
        "towns": [
            {"organisation": names[town], "figures": _plain(figures_of)} for town, figures_of in towns if town
        ],
        "without_town": _plain(without.figures),
        "total": {row.target.key: to_json_number(row.actual) for row in rows},
    }


def _plain(figures_of: Mapping[str, Fraction | None]) -> dict[str, Any]:
    return {key: to_json_number(figure) for key, figure in figures_of.items()}


def render(
    found: Sequence[Contribution],
    rows: Sequence[TargetStanding],
    plan: Plan,
    day: date,
    divided: Collection[str],
) -> None:
    """Print ``status --by town`` for people: a row a town, a column a target, last the whole.

    Args:
        found: what each town has contributed, last what belongs to none.
        rows: where each target stands.
        plan: the plan.
        day: the day asked.
        divided: the keys of the targets whose records name a town: of others no town has a figure.
    """
    names = name_organisations(plan)
    heading = _("{plan} · by town · as of {day}", plan=plan.name.spoken, day=day.isoformat())
    columns = [
        Column(_("Town"), narrowest=10),
        *map(_make_column, rows),
    ]
    cells: list[list[str | Text]] = []
    for town, figures_of in found:
        told = [figures_of[row.target.key] if row.target.key in divided else None for row in rows]
        if town is not None or any(told):
            name = _("no town") if town is None else names[town]
            cells.append([name, *map(partial(_write, town, divided), rows, told)])
    adds_up = not any(row.target.reading.is_level for row in rows)
    total = [text(_("Total") if adds_up else _("Whole plan"), "bold"), *map(_whole, rows)]
    goals: list[str | Text] = [text(_("Goal"), "bold"), *map(_goal_of, rows)]
    show(text(heading, "bold"), "", make_matrix(columns, [*cells, total, goals]))


def _make_column(row: TargetStanding) -> Column:
    target = row.target
    narrowest = count_cells(words.figure(None)) if target.reading.can_lack_data else 4
    return Column(f"{target.name.spoken} ({target.unit.spoken})", narrowest, "right")


def _write(town: str | None, divided: Collection[str], row: TargetStanding, figure: Fraction | None) -> str:
    """Write a town's figure: 0, 无数据 where none is known, a dash where it can have none."""
    if figure is not None:
        return write_town_figure(row.target, figure, _find_goal(row, town))
    owing = row.target.metric.towns
    asked = row.target.key in divided and town is not None and (owing is None or town in owing)
    return words.figure(None) if asked else "—"


def _find_goal(row: TargetStanding, town: str | None) -> Goal | None:
    """Find what a town's figure is held against: what it owes itself, else the goal of the whole."""
    if row.target.metric.towns is None:
        return row.goal
    owed = next((one.goal for one in row.each if one.town == town), None)
    goal = row.target.goal
    return None if goal is None or owed is None else goal._replace(amount=owed)


def _whole(row: TargetStanding) -> Text:
    """Write what ``status`` shows, its light as a sign and a colour."""
    actual = write_actual(row)
    told = [words.light_sign(row.light), actual if row.lacks_data else _with_towns(row, actual)]
    return text(" ".join(filter(None, told)), words.colour(row.light))


def _goal_of(row: TargetStanding) -> str:
    return _with_towns(row, write_goal(row, row.goal)) if row.goal else "—"


def _with_towns(row: TargetStanding, told: str) -> str:
    """Add to a per-town target's figure that it counts towns, which the column's heading does not say."""
    return told if row.target.metric.towns is None else f"{told} {find_unit(row)}"
