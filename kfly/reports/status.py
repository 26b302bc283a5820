"""``status``: the targets against goals, pace, light and forecast; the tasks in one line."""

from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kfly.console.bars import MARK, bar
from kfly.console.screen import show, text, width
from kfly.console.sparkline import sparkline
from kfly.console.tables import Column, table
from kfly.locale import _
from kfly.locale.figures import plain, share, shown
from kfly.plan.model import AT_MOST, Goal
from kfly.plan.organisations import called
from kfly.progress.forecast import Forecast
from kfly.progress.gauge import TownFigure
from kfly.progress.standing import Standing
from kfly.progress.targets import RED, TargetStanding
from kfly.progress.tasks import TaskTally
from kfly.progress.trend import recent
from kfly.reports import words

TALLIED = ("total", "done", "overdue", "open", "behind", "due_soon")
MIDDLING, WIDE = 100, 120  # columns from which the bars are longer
ROOMY = 140  # from which there is room for a sparkline


def document(standing: Standing) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    return {
        "plan": standing.plan.name.spoken,
        "as_of": standing.as_of.isoformat(),
        "targets": [target_document(row, called(standing.plan)) for row in standing.targets],
        "tasks": {name: getattr(standing.tasks, name) for name in TALLIED},
    }


def unit_of(row: TargetStanding) -> str:
    """Return the unit of a row's figures: the metric's own, or towns."""
    return _("towns") if row.target.metric.towns is not None else row.target.unit.spoken


def target_document(row: TargetStanding, names: dict[str, str]) -> dict[str, Any]:
    """Return the JSON of one row of ``status``."""
    target = row.target
    return {
        "key": target.key,
        "section": target.section.spoken,
        "name": target.name.spoken,
        "unit": unit_of(row),
        "actual": plain(row.actual),
        "goal": plain(row.goal.amount) if row.goal else None,
        "comparison": row.goal.comparison if row.goal else None,
        "period": "plan" if row.period is None else str(row.period),
        "met": row.met,
        "progress": plain(row.progress),
        "expected": plain(row.expected),
        "light": row.light,
        "due": row.due.isoformat(),
        "forecast": _forecast_document(row),
        "each": each_document(row.each, names),
        "years": [
            {"year": f.year, "actual": plain(f.actual), "goal": plain(f.goal), "met": f.met}
            for f in row.years
        ],
    }


def each_document(each: tuple[TownFigure, ...], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the JSON of the towns of a ``per: town`` row, in the metric's own unit."""
    return [
        {
            "organisation": names[figure.town],
            "actual": plain(figure.actual),
            "goal": plain(figure.goal),
            "met": figure.met,
        }
        for figure in each
    ]


def _forecast_document(row: TargetStanding) -> dict[str, Any] | None:
    forecast = row.forecast
    if forecast is None:
        return None
    return {
        "projected": plain(forecast.projected),
        "on_course": forecast.on_course,
        "reached_on": forecast.reached_on and forecast.reached_on.isoformat(),
        "pace": plain(forecast.pace),
        "pace_needed": plain(forecast.pace_needed),
        "factor": plain(forecast.factor),
        "too_early": forecast.too_early,
        "last_year": plain(forecast.last_year),
    }


def render(standing: Standing) -> None:
    """Print the plan's standing for people."""
    plan = standing.plan
    heading = _("{plan} · as of {day}", plan=plan.name.spoken, day=standing.as_of.isoformat())
    show(text(heading, "bold"), "", _table(standing), "", tally_line(standing.tasks), text(_legend(), "dim"))


def _legend() -> str:
    return _("{mark} where the trajectory stands; pace and pace needed are a month.", mark=MARK)


def _table(standing: Standing) -> RenderableType:
    length = 8 if width() < MIDDLING else 12 if width() < WIDE else 20
    columns = (
        Column(_("Target"), narrowest=12),
        Column(_("Progress")),
        Column(_("Actual / goal"), narrowest=10),
        Column(_("Expected"), justify="right"),
        Column(_("Light")),
        Column(_("Forecast"), narrowest=10),
        *([Column(_("Last 12 months"))] if width() >= ROOMY else []),
    )
    by_section = groupby(standing.targets, key=lambda row: row.target.section)
    sections = [
        (name.spoken, [_cells(row, length, standing.as_of) for row in rows]) for name, rows in by_section
    ]
    return table(columns, sections=sections)


def _cells(row: TargetStanding, length: int, day: date) -> tuple[Text, ...]:
    colour = words.colour(row.light)
    drawn = Text() if row.progress is None else bar(row.progress, _expected_share(row), length, colour)
    drawn.append(" " + share(row.progress))
    return (
        text(target_name(row)),
        drawn,
        text(figures(row)),
        text("—" if row.expected is None else shown(row.expected)),
        text(words.light(row.light), colour),
        text("\n".join([*outlook(row), *_earlier_years(row)])),
        *([text(sparkline(recent(row, day)), colour)] if width() >= ROOMY else []),
    )


def target_name(row: TargetStanding) -> str:
    """Name a row; a yearly one with its year."""
    name = row.target.name.spoken
    return name if row.period is None else _("{name} ({year})", name=name, year=row.period)


def _expected_share(row: TargetStanding) -> Fraction | None:
    if row.expected is None or row.goal is None or not row.goal.amount:
        return None
    return row.expected / row.goal.amount


def figures(row: TargetStanding) -> str:
    """Write actual and goal, with the unit."""
    if row.goal is None:
        return f"{shown(row.actual)} {unit_of(row)}"
    return f"{shown(row.actual)} / {words.goal(row.goal)} {unit_of(row)}"


def _earlier_years(row: TargetStanding) -> list[str]:
    """Write how the years before this one ended: a failed year does not vanish."""
    return [
        f"{figure.year}: {shown(figure.actual)}/{shown(figure.goal)} {'✓' if figure.met else '✗'}"
        for figure in row.years
        if figure.year != row.period
    ]


def outlook(row: TargetStanding) -> list[str]:
    """Say whether and when the goal will be reached, the pace and the pace needed, a line each."""
    if row.goal is None:
        return [_("tracked only")]
    if row.goal.comparison == AT_MOST:
        return [_room(row.goal.amount - row.actual, unit_of(row))]
    if row.met:
        reached_on = row.forecast and row.forecast.reached_on
        return [_("met on {day}", day=reached_on) if reached_on else _("met")]
    if row.forecast is None:
        return [_("deadline missed") if row.light == RED else _("not begun")]
    return _projection(row, row.goal, row.forecast)


def _room(left: Fraction, unit: str) -> str:
    """Say what a ceiling leaves, or by how much it is exceeded."""
    if left < 0:
        return _("{over} {unit} over", over=shown(-left), unit=unit)
    return _("{left} {unit} left", left=shown(left), unit=unit)


def _projection(row: TargetStanding, goal: Goal, forecast: Forecast) -> list[str]:
    """Say where the pace leads, unless it is too young; and the pace that it takes from now on."""
    end = goal.end_of_line(whole=row.target.metric.whole)
    if forecast.too_early:
        lines = [_("too early to say")]
    elif forecast.on_course and forecast.reached_on:
        lines = [_("on course; {goal} by {day}", goal=shown(end), day=forecast.reached_on)]
    else:
        missing = shown(end - forecast.projected)
        lines = [_("short by {missing} {unit}", missing=missing, unit=unit_of(row))]
        if forecast.reached_on:
            lines = [
                _(
                    "short by {missing} {unit}; {goal} by {day}",
                    missing=missing,
                    unit=unit_of(row),
                    goal=shown(end),
                    day=forecast.reached_on,
                )
            ]
    lines += _paces(forecast)
    if forecast.last_year is not None:
        lines.append(_("same day last year: {figure}", figure=shown(forecast.last_year)))
    return lines


def _paces(forecast: Forecast) -> list[str]:
    if forecast.pace_needed is None:
        return []
    pace, needed = shown(round(forecast.pace, 1), 1), shown(round(forecast.pace_needed, 1), 1)
    if forecast.factor is None or forecast.too_early:
        return [_("pace {pace}, needs {needed}", pace=pace, needed=needed)]
    factor = shown(round(forecast.factor, 1), 1)
    return [_("pace {pace}, needs {needed} (× {factor})", pace=pace, needed=needed, factor=factor)]


def tally_line(tally: TaskTally) -> str:
    """Write the tasks in one line, and what is peculiar about those that are done."""
    line = _(
        "Tasks: {total}; done {done}, overdue {overdue}, open {open} ({behind} behind, {due_soon} due soon).",
        **tally._asdict(),
    )
    if tally.forced:
        line += _(" Signed off by force: {n}.", n=tally.forced)
    if tally.awaiting:
        line += _(" Done by their figures, awaiting sign-off: {n}.", n=tally.awaiting)
    return line
