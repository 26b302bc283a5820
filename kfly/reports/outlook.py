"""The outlook of a target in words: when its goal will be reached, the pace and the pace needed."""

from fractions import Fraction
from typing import Any

from kfly.locale import N_, _, format_number
from kfly.plan.metrics import Goal
from kfly.progress.forecast import Forecast, MissedMilestone
from kfly.progress.lights import RED
from kfly.progress.shortfall import measure_lack
from kfly.progress.targets import TargetStanding
from kfly.reports.figures import (
    find_difference_unit,
    find_row_digits,
    write_difference,
    write_figure,
    write_goal,
)


def describe_outlook(row: TargetStanding) -> list[str]:
    """Say whether and when the goal will be reached, the pace and the pace needed, a line each."""
    if row.goal is None:
        return [_describe_without_goal(row)]
    if row.actual is None:
        return [_("no data")]
    if row.target.is_ceiling:
        return [_room(row, row.held or row.goal, row.actual)]
    if row.met:
        reached_on = row.forecast and row.forecast.reached_on
        return [_("met on {day}", day=reached_on) if reached_on else _("met")]
    if row.forecast is None:
        return [_describe_unprojected(row, row.actual)]
    return _projection(row, row.goal, row.forecast)


def _describe_without_goal(row: TargetStanding) -> str:
    """Say that nothing is promised, or that what another target stands at is not known."""
    if row.target.follows is not None:
        return _("goal follows “{key}”, which has no data", key=row.target.follows)
    return _("tracked only")


def _describe_unprojected(row: TargetStanding, actual: Fraction) -> str:
    """Say how what has no line stands: a deadline missed, or by how much a level misses its goal."""
    held = row.held
    if held is None or row.line is not None or row.expected is None:
        return _("deadline missed") if row.light == RED else _("not begun")
    if held.met(actual):
        return _("met for now")
    told = {
        "amount": write_difference(row, measure_lack(held, actual, whole=row.gauge.whole)),
        "unit": find_difference_unit(row),
    }
    return _("{amount} {unit} too much", **told) if held.is_upper else _("{amount} {unit} short", **told)


def _room(row: TargetStanding, ceiling: Goal, actual: Fraction) -> str:
    """Say what a ceiling leaves, or by how much it is exceeded; and which one where another holds later."""
    unit = find_difference_unit(row)
    if over := measure_lack(ceiling, actual, whole=False):
        told = _("{over} {unit} over", over=write_difference(row, over), unit=unit)
    else:
        told = _("{left} {unit} left", left=write_difference(row, ceiling.amount - actual), unit=unit)
    if ceiling == row.goal:
        return told
    return _("for now {goal}: {told}", goal=write_goal(row, ceiling), told=told)


def _projection(row: TargetStanding, goal: Goal, forecast: Forecast) -> list[str]:
    """Say where the pace leads, unless it is too young; and the pace that it takes from now on."""
    if forecast.too_early:
        lines = [_("too early to say")]
    elif forecast.on_course and forecast.reached_on:
        lines = [_("on course; {goal} by {day}", goal=_write_end(row, goal), day=forecast.reached_on)]
    else:
        lines = [_gap(row, goal, forecast)]
    if forecast.milestone and not forecast.too_early:
        lines.append(_missed(row, forecast.milestone))
    lines += describe_paces(forecast)
    if forecast.last_year is not None:
        lines.append(_("same day last year: {figure}", figure=write_figure(row, forecast.last_year)))
    return lines


def _gap(row: TargetStanding, goal: Goal, forecast: Forecast) -> str:
    """Say by how much the pace falls short by the deadline, and when it gets there, if it does."""
    whole = row.gauge.whole
    missing = write_difference(row, measure_lack(goal, forecast.projected, whole=whole))
    told: dict[str, Any] = {"missing": missing, "unit": find_difference_unit(row)}
    if forecast.reached_on is None:
        message = N_("short by {missing} {unit}; this pace does not get there")
        if goal.is_upper:
            message = N_("still {missing} {unit} too much when due; this pace does not get there")
        return _(message, **told)
    message = N_("short by {missing} {unit}; {goal} by {day}")
    if goal.is_upper:
        message = N_("still {missing} {unit} too much when due; {goal} by {day}")
    return _(message, **told, goal=_write_end(row, goal), day=forecast.reached_on)


def _write_end(row: TargetStanding, goal: Goal) -> str:
    """Write where the way of a row must arrive: 16 for a count that must exceed 15, >150 for an amount."""
    end = goal.trajectory_end(whole=row.gauge.whole)
    if end == goal.amount and not goal.met(end):
        return write_goal(row, goal)
    return find_row_digits(row).write_goal(end)


def _missed(row: TargetStanding, missed: MissedMilestone) -> str:
    """Say which milestone is missed on the way, and by how much."""
    message = N_("but {amount} by {day} (task {task}) missed by {short}")
    if row.goal is not None and row.goal.is_upper:
        message = N_("but {amount} by {day} (task {task}) exceeded by {short}")
    return _(
        message,
        amount=find_row_digits(row).write_goal(missed.amount),
        day=missed.due,
        task=f"{missed.task.year}/{missed.task.number}",
        short=f"{write_difference(row, missed.short)} {find_difference_unit(row)}",
    )


def describe_paces(forecast: Forecast) -> list[str]:
    """Say at what pace it goes, at which it must go from now on, and how many times as fast that is."""
    if forecast.pace_needed is None:
        return []
    places = _find_places(forecast.pace, forecast.pace_needed)
    pace, needed = _write_pace(forecast.pace, places), _write_pace(forecast.pace_needed, places)
    if forecast.factor is None or forecast.too_early:
        return [_("pace {pace}, needs {needed}", pace=pace, needed=needed)]
    factor = _write_pace(forecast.factor, _find_places(forecast.factor, Fraction(1)))
    return [_("pace {pace}, needs {needed} (× {factor})", pace=pace, needed=needed, factor=factor)]


def _find_places(one: Fraction, other: Fraction) -> int:
    """Find the decimals that tell two figures apart: the tenth, unless they are nearly the same."""
    return next((places for places in (1, 2, 3) if round(one, places) != round(other, places)), 1)


def _write_pace(figure: Fraction, places: int) -> str:
    """Write a pace with so many decimals; what is more than nothing is never 0."""
    if figure > 0 and round(figure, places) == 0:
        return f"<{format_number(Fraction(1, 10**places), places)}"
    return format_number(round(figure, places), places)
