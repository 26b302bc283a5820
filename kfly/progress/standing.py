"""The whole plan on a day: every target and every task in view."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.model import Metric, Plan, SignOff, Span, Target, Task
from kfly.progress import targets, tasks

Spans = Mapping[Metric, Sequence[Span]]
SignOffs = Mapping[tuple[int, int], SignOff]


class Standing(NamedTuple):
    """What ``status`` shows."""

    plan: Plan
    as_of: date
    targets: tuple[targets.TargetStanding, ...]
    tasks: tasks.TaskTally


def metrics_of(asked: Iterable[Target], tasks: Iterable[Task]) -> Iterator[Metric]:
    """Yield the metrics that these targets and tasks need spans of, each once."""
    yield from dict.fromkeys(
        [target.metric for target in asked] + [need.metric for task in tasks for need in task.needs]
    )


def assess_plan(plan: Plan, spans: Spans, sign_offs: SignOffs, day: date) -> Standing:
    """Work out where the plan stands on a day."""
    return Standing(
        plan=plan,
        as_of=day,
        targets=tuple(
            targets.assess_target(target, spans[target.metric], plan, day) for target in plan.targets
        ),
        tasks=tasks.tally(
            assess_tasks(plan, asked=plan.tasks_in_view(day), spans=spans, sign_offs=sign_offs, day=day)
        ),
    )


def assess_tasks(
    plan: Plan, asked: Iterable[Task], spans: Spans, sign_offs: SignOffs, day: date
) -> tuple[tasks.TaskStanding, ...]:
    """Work out where some of the plan's tasks stand on a day."""
    return tuple(
        tasks.assess_task(
            task, spans=spans, sign_off=sign_offs.get((task.year, task.number)), plan=plan, day=day
        )
        for task in asked
    )
