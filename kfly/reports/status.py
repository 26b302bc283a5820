"""``status``: the targets against goals, pace, light and forecast; the tasks in one line."""

from datetime import date
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kfly.console.bars import MARK, draw_bar, draw_sparkline
from kfly.console.screen import measure_width, show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _, format_number, to_json_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.plan.targets import adds_up, is_reported, spell_decimals
from kfly.progress.forecast import MissedMilestone
from kfly.progress.gauge import TownFigure
from kfly.progress.states import RESTING
from kfly.progress.tally import TaskTally
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import Standing
from kfly.reports import words
from kfly.reports.earlier_periods import write_earlier_periods
from kfly.reports.figures import find_unit, write_figure, write_goal
from kfly.reports.outlook import describe_outlook

TALLIED = ("total", "done", "overdue", "open", "behind", "due_soon", "unsigned")
MIDDLING, WIDE = 100, 120  # columns from which the bars are longer
ROOMY = 140  # from which there is room for a sparkline


def document(standing: Standing) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    return {
        "plan": standing.plan.name.spoken,
        "as_of": standing.as_of.isoformat(),
        "targets": [target_document(row, name_organisations(standing.plan)) for row in standing.targets],
        "tasks": _tally_document(standing),
        **({} if standing.score is None else {"score": to_json_number(standing.score)}),
    }


def _tally_document(standing: Standing) -> dict[str, int]:
    """Return the tasks in figures; what only some plans have is told of those plans alone."""
    tally, ongoing = standing.tasks, any(task.is_ongoing for task in standing.plan.tasks)
    resting = [name for name in RESTING if getattr(tally, name)]
    return {name: getattr(tally, name) for name in (*TALLIED, *(["ongoing"] if ongoing else []), *resting)}


def target_document(row: TargetStanding, names: dict[str, str]) -> dict[str, Any]:
    """Return the JSON of one row of ``status``."""
    target = row.target
    return {
        "key": target.key,
        "section": target.section.spoken,
        "name": target.name.spoken,
        "unit": find_unit(row),
        "actual": to_json_number(row.actual),
        "goal": to_json_number(row.goal.amount) if row.goal else None,
        "comparison": row.goal.comparison if row.goal else None,
        "period": row.period_label,
        "met": row.met,
        "progress": to_json_number(row.progress),
        "expected": to_json_number(row.expected),
        "light": row.light,
        "due": row.due.isoformat(),
        "forecast": _forecast_document(row),
        "each": towns_document(row.each, names),
        "years": [
            {"year": f.year, "actual": to_json_number(f.actual), "goal": to_json_number(f.goal), "met": f.met}
            for f in row.years
        ],
        "periods": [
            {
                "period": f.period.label,
                "actual": to_json_number(f.actual),
                "goal": to_json_number(f.goal),
                "met": f.met,
            }
            for f in row.periods
        ],
        "lead": [names[name] for name in row.lead],
        "responsible": [names[name] for name in row.responsible],
        "adds_up": adds_up(target),
        "decimals": spell_decimals(target),
        "reported": is_reported(target),
    }


def towns_document(each: tuple[TownFigure, ...], names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the JSON of the towns of a ``per: town`` row, in the metric's own unit."""
    return [
        {
            "organisation": names[figure.town],
            "actual": to_json_number(figure.actual),
            "goal": to_json_number(figure.goal),
            "met": figure.met,
        }
        for figure in each
    ]


def _forecast_document(row: TargetStanding) -> dict[str, Any] | None:
    forecast = row.forecast
    if forecast is None:
        return None
    return {
        "projected": to_json_number(forecast.projected),
        "on_course": forecast.on_course,
        "reached_on": forecast.reached_on and forecast.reached_on.isoformat(),
        "pace": to_json_number(forecast.pace),
        "pace_needed": to_json_number(forecast.pace_needed),
        "factor": to_json_number(forecast.factor),
        "too_early": forecast.too_early,
        "last_year": to_json_number(forecast.last_year),
        "milestone": _milestone_document(forecast.milestone),
    }


def _milestone_document(missed: MissedMilestone | None) -> dict[str, Any] | None:
    return missed and {
        "due": missed.due.isoformat(),
        "amount": to_json_number(missed.amount),
        "projected": to_json_number(missed.projected),
        "short": to_json_number(missed.short),
    }


def render(standing: Standing) -> None:
    """Print the plan's standing for people."""
    plan = standing.plan
    heading = _("{plan} · as of {day}", plan=plan.name.spoken, day=standing.as_of.isoformat())
    show(text(heading, "bold"), "", _table(standing), "", write_tally(standing.tasks))
    show(*map(text, write_below(standing)), text(_legend(), "dim"))
    if any(row.starting for row in standing.targets):
        show(text(explain_start(plan), "dim"))


def write_below(standing: Standing) -> list[str]:
    """Write what stands below the table: the score, and which targets have no data."""
    lines = []
    if standing.score is not None:
        lines.append(_("Score: {score} of 100.", score=format_number(round(standing.score, 1), 1)))
    if lacking := [name_target(row) for row in standing.targets if row.lacks_data]:
        lines.append(_("No data: {names}.", names=_(", ").join(lacking)))
    return lines


def _legend() -> str:
    return _("{mark} where the trajectory stands; pace and pace needed are a month.", mark=MARK)


def explain_start(plan: Plan) -> str:
    """Say what 起步 means."""
    return _(
        "Starting: in the first {days} days of a window, at most a quarter of it, nothing is called late.",
        days=plan.lights.grace_days,
    )


def _table(standing: Standing) -> RenderableType:
    length = 8 if measure_width() < MIDDLING else 12 if measure_width() < WIDE else 20
    columns = (
        Column(_("Target"), narrowest=12),
        Column(_("Progress")),
        Column(_("Actual / goal"), narrowest=10),
        Column(_("Expected"), justify="right"),
        Column(_("Light")),
        Column(_("Forecast"), narrowest=10),
        *([Column(_("Last 12 months"))] if measure_width() >= ROOMY else []),
    )
    by_section = groupby(standing.targets, key=lambda row: row.target.section)
    sections = [
        (name.spoken, [_cells(row, length, standing.as_of) for row in rows]) for name, rows in by_section
    ]
    return make_table(columns, sections=sections)


def _cells(row: TargetStanding, length: int, day: date) -> tuple[Text, ...]:
    colour = words.colour(row.light)
    share = row.shown_share
    drawn = Text() if share is None else draw_bar(share, row.expected_share, length, colour)
    drawn.append(" " + words.share(row))
    return (
        text(name_target(row)),
        drawn,
        text(write_figures(row)),
        text("—" if row.expected is None else write_figure(row, row.expected)),
        text(words.light(row.light, starting=row.starting), colour),
        text("\n".join([*describe_outlook(row), *write_earlier_periods(row)])),
        *([_sparkline(row, day, colour)] if measure_width() >= ROOMY else []),
    )


def _sparkline(row: TargetStanding, day: date, colour: str) -> Text:
    from kfly.progress.trend import list_monthly_additions  # wide screens alone show it

    return text(draw_sparkline(list_monthly_additions(row, day)), colour)


def name_target(row: TargetStanding) -> str:
    """Name a row; a yearly one with its year."""
    name = row.target.name.spoken
    return name if row.period is None else _("{name} ({year})", name=name, year=row.period.label)


def write_figures(row: TargetStanding) -> str:
    """Write actual and goal, with the unit."""
    if row.goal is None:
        return write_actual(row) if row.lacks_data else f"{write_actual(row)} {find_unit(row)}"
    return f"{write_actual(row)} / {write_goal(row, row.goal)} {find_unit(row)}"


def write_actual(row: TargetStanding) -> str:
    """Write where a row stands; a dash where its towns have figures, and no goal to count them by."""
    return "—" if row.actual is None and not row.lacks_data else write_figure(row, row.actual)


def write_tally(tally: TaskTally) -> str:
    """Write the tasks in one line: done, and how many of these nobody has signed off; what was forced."""
    line = _(
        "Tasks: {total}; {done}, overdue {overdue}, open {open} ({behind} behind, {due_soon} due soon).",
        **{**tally._asdict(), "done": write_done(tally.done, tally.unsigned)},
    )
    if tally.forced:
        line += _(" Signed off by force: {n}.", n=tally.forced)
    if tally.staged:
        line += _(" With an overdue stage: {n}.", n=tally.staged)
    if tally.ongoing:
        line += _(" Ongoing: {n}.", n=tally.ongoing)
    for count, message in (
        (tally.suspended, N_(" Suspended: {n}.")),
        (tally.cancelled, N_(" Cancelled: {n}.")),
        (tally.carried, N_(" Carried on by a later table: {n}.")),
    ):
        line += _(message, n=count) if count else ""
    return line


def write_done(done: int, unsigned: int) -> str:
    """Write how many tasks are done, and how many of these await their sign-off: 其中待销号."""
    if not unsigned:
        return _("done {done}", done=done)
    return _("done {done}, of which {unsigned} await sign-off", done=done, unsigned=unsigned)
