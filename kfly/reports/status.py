"""``status``: the targets against goals, pace, light and forecast; the tasks in one line."""

from fractions import Fraction
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kfly.locale import _, language
from kfly.plan.model import AT_MOST
from kfly.progress.standing import Standing
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskTally
from kfly.reports import words
from kfly.reports.bars import MARK, bar
from kfly.reports.figures import plain, share, shown
from kfly.reports.screen import Column, show, table, text, width

MIDDLING, WIDE = 100, 120  # columns from which the bars are longer


def document(standing: Standing) -> dict[str, Any]:
    """The JSON that other programs rely on."""
    return {
        "plan": standing.plan.name.in_(language()),
        "as_of": standing.as_of.isoformat(),
        "targets": [_target_document(row) for row in standing.targets],
        "tasks": standing.tasks._asdict(),
    }


def unit_of(row: TargetStanding) -> str:
    """The unit of a row's figures: the metric's own, or towns."""
    return _("towns") if row.target.metric.towns is not None else row.target.unit.in_(language())


def _target_document(row: TargetStanding) -> dict[str, Any]:
    target, tongue = row.target, language()
    return {
        "key": target.key,
        "section": target.section.in_(tongue),
        "name": target.name.in_(tongue),
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
        "each": [
            {"organisation": f.town, "actual": plain(f.actual), "goal": plain(f.goal), "met": f.met}
            for f in row.each
        ],
        "years": [
            {"year": f.year, "actual": plain(f.actual), "goal": plain(f.goal), "met": f.met}
            for f in row.years
        ],
    }


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
    }


def render(standing: Standing) -> None:
    """Print it for people."""
    plan, tongue = standing.plan, language()
    heading = _("{plan} · as of {day}", plan=plan.name.in_(tongue), day=standing.as_of.isoformat())
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
    )
    by_section = groupby(standing.targets, key=lambda row: row.target.section)
    tongue = language()
    sections = [(name.in_(tongue), [_cells(row, length) for row in rows]) for name, rows in by_section]
    return table(columns, sections=sections)


def _cells(row: TargetStanding, length: int) -> tuple[Text, ...]:
    colour = words.colour(row.light)
    drawn = Text() if row.progress is None else bar(row.progress, _expected_share(row), length, colour)
    drawn.append(" " + share(row.progress))
    return (
        text(_name(row)),
        drawn,
        text(_figures(row)),
        text("—" if row.expected is None else shown(row.expected)),
        text(words.light(row.light), colour),
        text("\n".join(_outlook(row))),
    )


def _name(row: TargetStanding) -> str:
    name = row.target.name.in_(language())
    return name if row.period is None else _("{name} ({year})", name=name, year=row.period)


def _expected_share(row: TargetStanding) -> Fraction | None:
    if row.expected is None or row.goal is None or not row.goal.amount:
        return None
    return row.expected / row.goal.amount


def _figures(row: TargetStanding) -> str:
    if row.goal is None:
        return f"{shown(row.actual)} {unit_of(row)}"
    goal = shown(row.goal.amount)
    sign = "" if row.goal.comparison == "at_least" else words.sign(row.goal.comparison)
    return f"{shown(row.actual)} / {sign}{goal} {unit_of(row)}"


def _outlook(row: TargetStanding) -> list[str]:
    """The forecast in words: whether and when the goal will be reached, the pace and the pace needed."""
    if row.goal is None:
        return [_("tracked only")]
    if row.goal.comparison == AT_MOST:
        left = row.goal.amount - row.actual
        left_or_over = _("{left} left", left=shown(left)), _("{over} over", over=shown(-left))
        return [left_or_over[left < 0]]
    forecast = row.forecast
    if row.met:
        met = _("met on {day}", day=forecast.reached_on) if forecast and forecast.reached_on else _("met")
        return [met]
    if forecast is None:
        return [_("deadline missed")] if row.light == "red" else [_("not begun")]
    if forecast.on_course and forecast.reached_on:
        goal = shown(row.goal.end_of_line(whole=row.target.metric.whole))
        line = _("on course; {goal} by {day}", goal=goal, day=forecast.reached_on)
    else:
        missing = row.goal.end_of_line(whole=row.target.metric.whole) - forecast.projected
        line = _("short by {missing}", missing=shown(missing))
    if forecast.pace_needed is None:
        return [line]
    pace, needed = shown(round(forecast.pace, 1), 1), shown(round(forecast.pace_needed, 1), 1)
    return [line, _("pace {pace}, needs {needed}", pace=pace, needed=needed)]


def tally_line(tally: TaskTally) -> str:
    """The tasks in one line."""
    return _(
        "Tasks: {total}; done {done}, overdue {overdue}, open {open} ({behind} behind, {due_soon} due soon).",
        **tally._asdict(),
    )
