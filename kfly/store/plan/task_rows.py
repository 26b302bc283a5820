"""Tasks as rows of the plan's tables: themselves, who owes them, their stages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from kfly.plan.model import Measure, Name, Plan, Target, Task
from kfly.plan.numbers import write_task_key

Row = dict[str, Any]


def write_both(prefix: str, name: Name) -> Row:
    """Return the columns of a name in both languages."""
    return {f"{prefix}_zh": name.zh, f"{prefix}_en": name.en}


def write_number(amount: Fraction) -> int | float:
    """Return an amount as a column holds it."""
    return int(amount) if amount.denominator == 1 else float(amount)


def write_number_if_any(amount: Fraction | None) -> int | float | None:
    """Return an amount as a column holds it, if there is one."""
    return None if amount is None else write_number(amount)


def make_roles(owner: Measure | Task | Target, key: Row) -> Iterator[Row]:
    """Yield the rows of who leads something and who answers for it."""
    for role, names in (("lead", owner.lead), ("responsible", owner.responsible)):
        for position, name in enumerate(names):
            yield {**key, "role": role, "position": position, "organisation": name}


def make_rows_of_tasks(plan: Plan) -> Iterator[Row]:
    """Yield the rows of tasks, each with its place in its own table."""
    places: Counter[int] = Counter()
    for task in plan.tasks:
        if task.is_order:
            yield make_task_row(task, place_order(task))
        else:
            yield make_task_row(task, places[task.year])
            places[task.year] += 1


def place_order(task: Task) -> int:
    """Return the place of an order among those of its year: its own number, A7 is the seventh."""
    return int(str(task.number)[1:])


def make_task_row(task: Task, position: int) -> Row:
    """Return the row of a task."""
    return {
        "year": task.year,
        "number": task.number,
        **write_both("title", task.title),
        "due": task.due and task.due.isoformat(),
        "measure": task.measure,
        "weight": write_number_if_any(task.weight),
        "position": position,
        "leader": task.leader,
        "report_every": task.report_every,
        "carries": task.carries and write_task_key(task.carries),
        "assigned_on": task.assigned_on and task.assigned_on.isoformat(),
        "assigned_by": task.assigned_by,
    }


def make_task_roles(task: Task) -> Iterator[Row]:
    """Yield the rows of who leads a task, answers for it and supports it."""
    key = {"year": task.year, "task": task.number}
    yield from make_roles(task, key)
    for position, name in enumerate(task.support):
        yield {**key, "role": "support", "position": position, "organisation": name}


def make_stage_rows(plan: Plan) -> dict[str, Iterable[Row]]:
    """Return the rows of the stages of tasks, and of who leads them."""
    stages = [
        ({"year": t.year, "task": t.number}, number, stage)
        for t in plan.tasks
        for number, stage in enumerate(t.stages, 1)
    ]
    return {
        "task_stages": (
            {**key, "position": number, **write_both("title", stage.title), "due": stage.due.isoformat()}
            for key, number, stage in stages
        ),
        "task_stage_organisations": (
            {**key, "stage": number, "position": position, "organisation": name}
            for key, number, stage in stages
            for position, name in enumerate(stage.lead)
        ),
    }
