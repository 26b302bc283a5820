"""Tasks found by their number, their year or the organisations they concern."""

import re
from datetime import date
from operator import attrgetter
from unicodedata import normalize

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan, Task
from kfly.plan.numbers import find_numbers, fold
from kfly.plan.organisations import keep_concerning

_NAME = re.compile(r"(?P<year>\d{4})/.+", re.ASCII)
_LIKELY = re.compile(r"\d")  # what has no figure in it was hardly meant as a number


def find_task(plan: Plan, text: str) -> Task:
    """Find the task that ``11``, ``1.06`` or ``2022/11`` means; brackets and wide figures need not be typed.

    Raises:
        KflyError: there is none, or several are called so.
    """
    named = _NAME.fullmatch(normalize("NFKC", text.strip()))
    found = _find_named(plan, text.strip(), None)
    if named and not found:
        number = text.strip().replace("／", "/").partition("/")[2]
        found = _find_named(plan, number, int(named["year"]))
    if len(found) == 1:
        return found[0]
    if found:
        listed = _(", ").join(f"{task.year}/{task.number}" for task in found)
        if len({task.year for task in found}) < len(found):
            raise KflyError(
                _("“{text}” can mean several tasks: {listed}. Say which.", text=text, listed=listed)
            )
        named_so = _(
            "Several tables have a task {number}: {listed}. Say which.", number=found[0].number, listed=listed
        )
        raise KflyError(named_so)
    if not _LIKELY.search(text):
        raise KflyError(_("“{text}” is not a task; name it by its number: 11, or 2022/11.", text=text))
    raise KflyError(_("There is no task {text}; “kfly tasks” lists them.", text=text))


def _find_named(plan: Plan, text: str, year: int | None) -> list[Task]:
    """Find the tasks that a number means, of one year or of all."""
    its = [task for task in plan.tasks if year in (None, task.year)]
    numbers = find_numbers(text, (task.number for task in its)) if text else ()
    return [task for task in its if task.number in numbers]


def task_name(task: Task, plan: Plan) -> str:
    """Return what the command line calls a task: its number, with its year if there are several tables."""
    several = len({other.year for other in plan.tasks}) > 1
    return f"{task.year}/{task.number}" if several else str(task.number)


def must_be_there(task: Task, plan: Plan, day: date) -> None:
    """Check that a task is there on a day: an order is not, before it was given.

    Raises:
        KflyError: it is not.
    """
    if not task.is_there(day):
        name, on = task_name(task, plan), task.assigned_on
        raise KflyError(_("Task {number} was assigned on {day} only.", number=name, day=on))


def find_stage(task: Task, text: str | None) -> int | None:
    """Find the number of a stage, from 1; None where none is asked for.

    Raises:
        KflyError: the task has no such stage.
    """
    if text is None:
        return None
    number = fold(text.strip())
    if number in map(str, range(1, len(task.stages) + 1)):
        return int(number)
    if not task.stages:
        raise KflyError(_("Task {number} has no stages.", number=task.number))
    raise KflyError(
        _(
            "Task {number} has no stage {stage}; it has {n}.",
            number=task.number,
            stage=text,
            n=len(task.stages),
        )
    )


def part_name(task: Task, plan: Plan, stage: int | None) -> str:
    """Return what a task, or a stage of it, is called in a message: 13, or 13, stage 2."""
    name = task_name(task, plan)
    return name if stage is None else _("{task}, stage {stage}", task=name, stage=stage)


def tasks_of_year(plan: Plan, year: int | None, day: date) -> tuple[Task, ...]:
    """Return the tasks of a year's table; without a year, those of the tables in view on a day.

    Raises:
        KflyError: the year has no table.
    """
    if year is None:
        return plan.tasks_in_view(day)
    years = sorted({task.year for task in plan.tasks})
    if year not in years:
        listed = _(", ").join(str(known) for known in years) or "—"
        raise KflyError(_("There is no table of {year}; there are: {listed}.", year=year, listed=listed))
    return tuple(task for task in plan.tasks if task.year == year and task.is_there(day))


def tasks_concerning(
    plan: Plan, tasks: tuple[Task, ...], org: str | None, lead: str | None
) -> tuple[Task, ...]:
    """Return the tasks that ``org`` leads or answers for, and ``lead`` leads; groups open up both ways.

    Who leads a stage leads its task as well.

    Raises:
        KflyError: nobody is called so.
    """
    return keep_concerning(plan, tasks, (org, lead), attrgetter("leads"), attrgetter("responsible"))


def tasks_led_by(plan: Plan, tasks: tuple[Task, ...], leader: str | None) -> tuple[Task, ...]:
    """Return the tasks of a leader in charge (分管领导), all of them where none is named.

    Raises:
        KflyError: the plan has no leader of this name.
    """
    if leader is None:
        return tasks
    known = sorted({task.leader for task in plan.tasks if task.leader})
    wanted = "".join(leader.split()).casefold()
    named = [name for name in known if "".join(name.split()).casefold() == wanted]
    if not named:
        listed = _(", ").join(known) or "—"
        raise KflyError(
            _("The plan names no leader “{name}”; there are: {listed}.", name=leader, listed=listed)
        )
    return tuple(task for task in tasks if task.leader in named)
