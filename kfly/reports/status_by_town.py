"""``status --by town``: what each town has contributed to each target."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_matrix
from kfly.locale import _, format_number, to_json_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.league import Contribution
from kfly.progress.targets import TargetStanding
from kfly.reports import words
from kfly.reports.status import find_unit, write_actual


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


def render(found: Sequence[Contribution], rows: Sequence[TargetStanding], plan: Plan, day: date) -> None:
    """Print ``status --by town`` for people: a row a town, a column a target, last the whole."""
    names = name_organisations(plan)
    heading = _("{plan} · by town · as of {day}", plan=plan.name.spoken, day=day.isoformat())
    columns = [
        Column(_("Town"), narrowest=10),
        *(Column(f"{row.target.name.spoken} ({row.target.unit.spoken})", 4, "right") for row in rows),
    ]
    cells: list[list[str | Text]] = []
    for town, figures_of in found:
        told = [figures_of[row.target.key] for row in rows]
        if town is not None or any(told):
            name = _("no town") if town is None else names[town]
            cells.append([name, *(format_number(figure) if figure else "—" for figure in told)])
    total = [text(_("Total"), "bold"), *map(_whole, rows)]
    goals: list[str | Text] = [text(_("Goal"), "bold"), *map(_goal_of, rows)]
    show(text(heading, "bold"), "", make_matrix(columns, [*cells, total, goals]))


def _whole(row: TargetStanding) -> Text:
    """Write what ``status`` shows, its light as a sign and a colour."""
    told = [words.light_sign(row.light), _with_towns(row, write_actual(row))]
    return text(" ".join(filter(None, told)), words.colour(row.light))


def _goal_of(row: TargetStanding) -> str:
    return _with_towns(row, words.goal(row.goal)) if row.goal else "—"


def _with_towns(row: TargetStanding, told: str) -> str:
    """Add to a per-town target's figure that it counts towns, which the column's heading does not say."""
    return told if row.target.metric.towns is None else f"{told} {find_unit(row)}"
