"""The check of reported figures against the one before: ten times as much, or a tenth, is hardly meant.

Levels are compared as they stand. Running figures grow all year and begin anew with each: they are compared
by what they come to a day since the year began, and sink within a year only by mistake. Single amounts
rightly differ: of them only a thousandfold is named, as of a wrong unit. Zeros are passed over, and a change
of sign says nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from kfly.locale import _, format_number
from kfly.plan.kinds import Field, Kind
from kfly.plan.known_kinds import FIGURE_VALUE
from kfly.plan.metrics import AMOUNT, LEVEL, RUNNING
from kfly.plan.periods import Calendar
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.services.check.findings import TO_FILL_IN, WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import reported
from kfly.store.reported import Leap, Step

FACTORS: Mapping[str, int] = {LEVEL: 10, RUNNING: 10, AMOUNT: 1000}


def find_leaps(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find the figures that are far from the one before them, of the same target and town."""
    field, naming = kind.field(FIGURE_VALUE), Naming(registry, kind)
    calendar = registry.plan.calendar
    for how, factor in FACTORS.items():
        targets = [key for key, target in registry.figures.targets.items() if target.reading.how == how]
        if field is None or not targets:
            continue
        for leap in reported.find_leaps(
            registry.db, targets, scale=field.scale, factor=factor, year_starts=calendar.year_starts
        ):
            rises = _judge(leap.before, leap.its, how, calendar)
            if rises is not None and not _returns(leap, how, calendar):
                yield _report(naming, field, leap, factor, rises=rises)


def _judge(before: Step, its: Step, how: str, calendar: Calendar) -> bool | None:
    """Tell whether a figure is so many times the one before (True), or as small a part (False); else None."""
    factor, times = FACTORS[how], Fraction(its.steps, before.steps)
    if how == RUNNING:
        is_same_year = calendar.year_of(its.day) == calendar.year_of(before.day)
        pace = times * _count_days(before.day, calendar) / _count_days(its.day, calendar)
        if pace >= factor:
            return True
        return False if is_same_year and times * factor <= 1 else None
    if times >= factor:
        return True
    return False if 0 < times <= Fraction(1, factor) else None


def _returns(leap: Leap, how: str, calendar: Calendar) -> bool:
    """Tell whether the odd one is the figure before: this one goes with what stood before that."""
    earlier = leap.earlier
    if earlier is None or earlier.steps * leap.its.steps < 0:
        return False
    is_odd = _judge(earlier, leap.before, how, calendar) is not None
    return is_odd and _judge(earlier, leap.its, how, calendar) is None


def _count_days(day: date, calendar: Calendar) -> int:
    """Count the days of the plan's year until a day, that one included."""
    year = calendar.year_of(day)
    return (day - date(year, calendar.year_starts, 1)).days + 1


def _report(naming: Naming, field: Field, leap: Leap, factor: int, *, rises: bool) -> Finding:
    value, before = (format_number(Fraction(one.steps, field.scale)) for one in (leap.its, leap.before))
    said = {"factor": factor, "day": leap.its.day.isoformat(), "value": before}
    said["before"] = leap.before.day.isoformat()
    message = (
        _("on {day} is {factor} times the figure before or more: {value} on {before}", **said)
        if rises
        else _("on {day} is a part in {factor} of the figure before or less: {value} on {before}", **said)
    )
    fault = FieldFault(field, value, message)
    command = naming.setting(leap.record, f"{field.name}={TO_FILL_IN}")
    about = (field.name, value, before, said["before"])
    return naming.finding(WARNING, "improbable_leap", leap.record, str(fault), *command, about=about)
