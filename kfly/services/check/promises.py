"""The check of promises: ceilings that are exceeded, and tasks signed off whose needs no longer hold."""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from fractions import Fraction

from kfly.locale import _, format_number
from kfly.plan.model import AT_MOST, SignOff
from kfly.plan.tasks import task_name
from kfly.progress import targets
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import NeedStanding
from kfly.services.check.evidence import TASK
from kfly.services.check.findings import ERROR, KFLY, TO_FILL_IN, Finding
from kfly.services.session import Desk
from kfly.store import spans

TARGET = "target"


def find_broken_ceilings(desk: Desk, day: date, uncountable: Set[str | None]) -> Iterator[Finding]:
    """Find the targets whose figure must not exceed an amount and does, on a day.

    Args:
        desk: the open database.
        day: the day asked.
        uncountable: kinds whose records give no figures.
    """
    ceilings = [
        target
        for target in desk.plan.targets
        if target.goal and target.goal.comparison == AT_MOST and target.metric.kind not in uncountable
    ]
    measured = spans.read(desk.db, dict.fromkeys(target.metric for target in ceilings))
    for target in ceilings:
        row = targets.assess_target(target, measured[target.metric], desk.plan, day)
        title, command = target.name.spoken, (KFLY, "list", target.metric.kind)
        for figure, message in _exceeded(row):
            yield Finding(
                severity=ERROR,
                code="over_ceiling",
                kind=TARGET,
                id=target.key,
                title=title,
                message=message,
                command=command,
                label=_("The target"),
                about=(target.key, *figure, str(row.goal and row.goal.amount)),
            )


def _exceeded(row: TargetStanding) -> Iterator[tuple[tuple[object, ...], str]]:
    """Yield how far a ceiling is exceeded, as figure and in words; for a yearly one in each year so far."""
    if row.target.every_year:
        for year in row.years:
            if not year.met:
                yield (year.year, str(year.actual)), f"{year.year}: {_told(row, year.actual)}"
    elif row.goal and not row.met:
        yield (str(row.actual),), _told(row, row.actual)


def _told(row: TargetStanding, actual: Fraction) -> str:
    return _(
        "{actual} {unit} are more than the {allowed} {unit} allowed",
        actual=format_number(actual),
        allowed=format_number(row.goal.amount) if row.goal else "",
        unit=row.target.unit.spoken,
    )


def find_unmet_sign_offs(
    desk: Desk,
    day: date,
    signed: Mapping[tuple[int, int], SignOff],
    uncountable: Set[str | None],
    need_line: Callable[[NeedStanding], str],
) -> Iterator[Finding]:
    """Find tasks signed off with their needs met, which no longer are; forced ones are shown as such anyway.

    Args:
        desk: the open database.
        day: the day asked.
        signed: the sign-offs in force then, by year and number of their task.
        uncountable: kinds whose records give no figures.
        need_line: says where a need stands.
    """
    asked = tuple(
        task
        for task in desk.plan.tasks
        if (sign_off := signed.get((task.year, task.number)))
        and not sign_off.forced
        and uncountable.isdisjoint(need.metric.kind for need in task.needs)
    )
    for row in desk.stand(asked, day):
        lacking = [need for need in row.needs if not need.met]
        if lacking:
            name = task_name(row.task, desk.plan)
            unmet = _("; ").join(map(need_line, lacking))
            message = _("is signed off, but its needs are no longer met: {needs}", needs=unmet)
            figures = [(need.need.name.zh, str(need.actual)) for need in lacking]
            command = (KFLY, "reopen", name, "--reason", TO_FILL_IN)
            title = row.task.title.spoken
            yield Finding(
                severity=ERROR,
                code="needs_unmet",
                kind=TASK,
                id=name,
                title=title,
                message=message,
                command=command,
                label=_("The task"),
                about=(row.task.year, row.task.number, *figures),
            )
