"""The state of a plan in sentences made from its figures; what there is nothing of is not told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from kfly.locale import N_, _, format_number
from kfly.plan.metrics import Goal
from kfly.progress.forecast import Forecast
from kfly.progress.lights import GREEN, NONE, RED, YELLOW
from kfly.progress.shortfall import measure_lack
from kfly.progress.tally import TaskTally
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import Standing
from kfly.reports.earlier_periods import describe_failed_periods
from kfly.reports.figures import find_difference_unit, find_digits_of_difference, find_row_digits, find_unit
from kfly.reports.papers.amounts import write_amount, write_day, write_goal
from kfly.reports.status import name_target

A_MONTH = 31  # days; with fewer left, a pace a month says nothing any more
_LIGHTS = (
    (GREEN, N_("{n} are met or on their trajectory (green)"), ""),
    (YELLOW, N_("{n} are somewhat behind (yellow)"), N_("{told}: {names}")),
    (RED, N_("{n} are far behind or missed (red)"), N_("{told}: {names}")),
    (NONE, N_("{n} have only begun or have no goal"), ""),
)
_UNTOLD = N_("{n} have no data")
_OPEN = (
    ("staged", N_("{n} of them with an overdue stage")),
    ("behind", N_("{n} of them behind")),
    ("due_soon", N_("{n} of them due soon")),
)

_RESTING = (
    ("suspended", N_("{n} are suspended")),
    ("cancelled", N_("{n} are cancelled")),
    ("carried", N_("{n} are carried on by a later table")),
)


def describe_state(standing: Standing) -> Iterator[str]:
    """Yield how many targets have which light, and how many tasks are in which state."""
    rows = standing.targets
    if rows:
        parts = list(_count_lights(rows))
        yield _(
            "As of {day}, targets: {n}; {parts}.",
            day=write_day(standing.as_of),
            n=len(rows),
            parts=_("; ").join(parts),
        )
    if standing.tasks.total:
        parts = list(_count(standing.tasks))
        yield _("Tasks: {n}; {parts}.", n=standing.tasks.total, parts=_("; ").join(parts))


def _count_lights(rows: Sequence[TargetStanding]) -> Iterator[str]:
    for light, message, naming in _LIGHTS:
        lit = [row for row in rows if row.light == light and not _misses_data(row)]
        if lit:
            told = _(message, n=len(lit))
            yield _(naming, told=told, names=_join(map(name_target, lit))) if naming else told
    if untold := [row for row in rows if _misses_data(row)]:
        told = _(_UNTOLD, n=len(untold))
        yield _("{told}: {names}", told=told, names=_join(map(name_target, untold)))


def _misses_data(row: TargetStanding) -> bool:
    """Tell whether there is no figure of what was promised."""
    return row.lacks_data and row.goal is not None


def _count(tally: TaskTally) -> Iterator[str]:
    """Yield how many tasks are done, overdue, open; none of a state is not worth a word."""
    if tally.done:
        message = N_("{done} are done")
        if tally.unsigned:
            message = N_("{done} are done, {unsigned} of them without sign-off")
        yield _(message, done=tally.done, unsigned=tally.unsigned)
    if tally.overdue:
        yield _("{n} are overdue", n=tally.overdue)
    if tally.open:
        among = [_(message, n=getattr(tally, name)) for name, message in _OPEN if getattr(tally, name)]
        told = _("{n} are open", n=tally.open)
        yield _("{told}, {among}", told=told, among=_join(among)) if among else told
    if tally.ongoing:
        yield _("{n} are ongoing", n=tally.ongoing)
    for name, message in _RESTING:
        if count := getattr(tally, name):
            yield _(message, n=count)


def describe_outlook(rows: Iterable[TargetStanding], day: date) -> Iterator[str]:
    """Yield what becomes of the targets: who gets there, who does not and what it would take, money left."""
    rows = list(rows)
    for message, belongs in _TOGETHER:
        if names := [name_target(row) for row in rows if belongs(row)]:
            yield _(message, names=_join(names), n=len(names))
    for row in rows:
        yield from _describe_one(row, day)


def _is_met(row: TargetStanding) -> bool:
    return row.met and row.goal is not None and not row.target.is_ceiling


def _is_on_course(row: TargetStanding) -> bool:
    forecast = row.forecast
    return not row.met and forecast is not None and forecast.on_course and not forecast.too_early


def _is_too_young(row: TargetStanding) -> bool:
    return not row.met and row.forecast is not None and row.forecast.too_early


_TOGETHER: tuple[tuple[str, Callable[[TargetStanding], bool]], ...] = (
    (N_("Met already: {names}."), _is_met),
    (N_("At the pace of the last twelve months these will be met in time: {names}."), _is_on_course),
    (N_("Too early to project: {names}."), _is_too_young),
)


def _describe_one(row: TargetStanding, day: date) -> Iterator[str]:
    goal, forecast, actual = row.goal, row.forecast, row.actual
    if goal is not None and actual is None:
        yield _("{name} has no data.", name=name_target(row))
    elif goal is not None and actual is not None and row.target.is_ceiling:
        yield _describe_ceiling(row, row.held or goal, actual)
    elif goal is not None and actual is not None and not row.met and forecast is None and day > row.due:
        lack = measure_lack(goal, actual, whole=row.gauge.whole)
        message = N_("{name} was not met by {day}: {lack} are missing.")
        if goal.is_upper:
            message = N_("{name} was not met by {day}: {lack} too much.")
        yield _(
            message,
            name=name_target(row),
            day=write_day(row.due),
            lack=_amount(row, lack),
        )
    elif goal is not None and not row.met and forecast is not None and not forecast.too_early:
        yield from _describe_projection(row, goal, forecast, day)
    yield from describe_failed_periods(row, find_difference_unit(row))


def _describe_ceiling(row: TargetStanding, goal: Goal, actual: Fraction) -> str:
    over = measure_lack(goal, actual, whole=False)
    message = N_("{name} keeps its ceiling: {amount} are left.")
    if over:
        message = N_("{name} is above its ceiling by {amount}.")
    told = _(message, name=name_target(row), amount=_amount(row, over or goal.amount - actual))
    if goal == row.goal:
        return told
    return _(
        "For now {name} owes {goal}. {told}",
        name=name_target(row),
        goal=write_goal(goal, find_unit(row), find_row_digits(row)),
        told=told,
    )


def _describe_projection(row: TargetStanding, goal: Goal, forecast: Forecast, day: date) -> Iterator[str]:
    if not forecast.on_course:
        lack = measure_lack(goal, forecast.projected, whole=row.gauge.whole)
        message = N_("At that pace {name} will lack {lack} on {day}")
        if goal.is_upper:
            message = N_("At that pace {name} will still be {lack} too high on {day}")
        told = _(
            message,
            name=name_target(row),
            lack=_amount(row, lack),
            day=write_day(row.due),
        )
        pace = _describe_pace(row, forecast) if (row.due - day).days >= A_MONTH else ""
        yield _("{told}{pace}.", told=told, pace=pace)
    elif missed := forecast.milestone:
        yield _(
            "{name} will lack {lack} of what task {task} owes by {day}.",
            name=name_target(row),
            lack=_amount(row, missed.short),
            task=missed.task.number,
            day=write_day(missed.due),
        )


def _describe_pace(row: TargetStanding, forecast: Forecast) -> str:
    """Say what it takes a month from now on, and what it was so far."""
    if forecast.pace_needed is None:
        return ""
    needed = write_amount(_tenth(forecast.pace_needed), find_difference_unit(row))
    falls = row.goal is not None and row.goal.is_upper
    if forecast.factor is None:
        message = N_("; it takes {needed} a month from now on")
        if falls:
            message = N_("; it must come closer by {needed} a month from now on")
        return _(message, needed=needed)
    factor = format_number(round(forecast.factor, 1))
    message = N_("; it takes {needed} a month from now on, {factor} times the pace so far")
    if falls:
        message = N_("; it must come closer by {needed} a month from now on, {factor} times the pace so far")
    return _(
        message,
        needed=needed,
        factor=factor,
    )


def _tenth(figure: Fraction) -> Fraction:
    """Round a pace to the tenth; what is more than nothing is never 0."""
    return max(round(figure, 1), Fraction(1, 10))


def _amount(row: TargetStanding, figure: Fraction) -> str:
    """Write by how much figures differ."""
    return write_amount(figure, find_difference_unit(row), find_digits_of_difference(row, figure))


def _join(names: Iterable[str]) -> str:
    return _(", ").join(names)
