"""The check of promises: ceilings that are exceeded, and sign-offs that rest on nothing."""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date
from fractions import Fraction

from kfly.locale import N_, _, format_number
from kfly.plan.metrics import LESS_THAN
from kfly.plan.model import Plan, SignOff, Task
from kfly.plan.numbers import TaskKey
from kfly.plan.periods import YEAR
from kfly.plan.tasks import task_name
from kfly.progress import targets
from kfly.progress.needs import NeedStanding
from kfly.progress.targets import TargetStanding
from kfly.services.check.evidence import TASK
from kfly.services.check.findings import ERROR, KFLY, TO_FILL_IN, WARNING, Finding
from kfly.services.session import Desk
from kfly.store import spans
from kfly.store.plan import sign_offs

TARGET = "target"


def find_broken_ceilings(desk: Desk, day: date, uncountable: Set[str | None]) -> Iterator[Finding]:
    """Find the targets whose figure must not exceed an amount and does, on a day.

    Args:
        desk: the open database.
        day: the day asked.
        uncountable: kinds whose records give no figures.
    """
    ceilings = [
        target for target in desk.plan.targets if target.is_ceiling and target.metric.kind not in uncountable
    ]
    measured = spans.read(desk.db, targets.list_metrics(ceilings, desk.plan))
    for target in ceilings:
        row = targets.assess_target(target, measured, desk.plan, day)
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
    if row.target.every is not None:
        for each in row.periods:
            if each.actual is not None and each.goal is not None and not each.met:
                label = each.year if each.period.every == YEAR else each.period.label
                yield (label, str(each.actual)), f"{each.period.label}: {_told(row, each.actual)}"
    elif row.goal and row.actual is not None and not row.met:
        yield (str(row.actual),), _told(row, row.actual)


def _told(row: TargetStanding, actual: Fraction) -> str:
    told = {
        "actual": format_number(actual),
        "allowed": format_number(row.goal.amount) if row.goal else "",
        "unit": row.target.unit.spoken,
    }
    if row.goal and row.goal.comparison == LESS_THAN:
        return _("{actual} {unit} are not less than {allowed} {unit}", **told)
    return _("{actual} {unit} are more than the {allowed} {unit} allowed", **told)


def find_unmet_sign_offs(
    desk: Desk,
    day: date,
    uncountable: Set[str | None],
    need_line: Callable[[NeedStanding], str],
) -> Iterator[Finding]:
    """Find tasks and stages signed off on figures that, as recorded today, did not hold on that day.

    What was forced claims no figures, and is shown as forced anyway. What was met on that day and no longer
    is, as a fund has ended since, was rightly signed off.

    Args:
        desk: the open database.
        day: the day asked.
        uncountable: kinds whose records give no figures.
        need_line: says where a need stands.
    """
    course = sign_offs.read_course(desk.db)
    signed = {*course.sign_offs, *(key[:2] for key in course.stages)}
    asked = tuple(
        task
        for task in desk.plan.tasks
        if (task.year, task.number) in signed
        and uncountable.isdisjoint(need.metric.kind for need, _stage, _due in task.all_needs)
    )
    for row in desk.stand(asked, day):
        if row.unfounded and row.sign_off:
            yield _tell_unmet(desk, row.task, row.sign_off, need_line)
        for stage in row.stages:
            if stage.unfounded and stage.sign_off:
                yield _tell_unmet(desk, row.task, stage.sign_off, need_line)


def _tell_unmet(desk: Desk, task: Task, signed: SignOff, need_line: Callable[[NeedStanding], str]) -> Finding:
    """Tell what a task, or a stage of it, lacked on the day of its sign-off."""
    (then,) = desk.stand((task,), signed.on)
    needs = then.stages[signed.stage - 1].needs if signed.stage else then.needs
    lacking = [need for need in needs if not need.holds]
    figures = ((need.need.name.zh, str(need.actual)) for need in lacking)
    message = N_("was signed off on {day}, but as recorded today its needs were not met on that day: {needs}")
    if signed.stage:
        message = N_(
            "stage {n} was signed off on {day}, but as recorded today its needs were not met on that day:"
            " {needs}"
        )
    told = _(message, n=signed.stage, day=signed.on.isoformat(), needs=_("; ").join(map(need_line, lacking)))
    about = (*([signed.stage] if signed.stage else []), signed.on.isoformat(), *figures)
    found = _doubt(desk.plan, task, "needs_unmet", told, about, stage=signed.stage)
    return found._replace(severity=ERROR)


def find_early_sign_offs(plan: Plan, signed: Mapping[TaskKey, SignOff]) -> Iterator[Finding]:
    """Find tasks signed off before the plan begins: a slip of the year, as a rule."""
    for task in plan.tasks:
        sign_off = signed.get((task.year, task.number))
        if sign_off and sign_off.on < plan.starts:
            message = _(
                "was signed off on {day}, before the plan begins on {starts}",
                day=sign_off.on.isoformat(),
                starts=plan.starts.isoformat(),
            )
            yield _doubt(plan, task, "signed_before_plan", message, (sign_off.on.isoformat(),))


def _doubt(  # noqa: PLR0913  (whose sign-off, what of it)
    plan: Plan,
    task: Task,
    code: str,
    message: str,
    about: tuple[object, ...],
    *,
    stage: int | None = None,
) -> Finding:
    """Warn of a sign-off, with the command that takes it back."""
    name = task_name(task, plan)
    of_stage = ("--stage", str(stage)) if stage else ()
    return Finding(
        severity=WARNING,
        code=code,
        kind=TASK,
        id=name,
        title=task.title.spoken,
        message=message,
        command=(KFLY, "reopen", name, *of_stage, "--reason", TO_FILL_IN),
        label=_("The task"),
        about=(task.year, task.number, *about),
    )
