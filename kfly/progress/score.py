"""The score of a plan whose targets and tasks have weights: how much of all that is owed by now is kept."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from kfly.progress.targets import TargetStanding

if TYPE_CHECKING:
    from kfly.progress.tasks import TaskStanding

ZERO, ONE, HUNDRED = Fraction(0), Fraction(1), 100
Weighed = tuple[Fraction, Fraction]  # a weight, and the share that is kept


def score(targets: Iterable[TargetStanding], tasks: "Iterable[TaskStanding]") -> Fraction | None:
    """Work out the score, 0 to 100; None where nothing that counts has a weight.

    A target without a goal, or with none in the period of the day, and a task that is open and not due yet
    stand in neither sum.
    """
    weighed = [*_weigh_targets(targets), *_weigh_tasks(tasks)]
    whole = sum((weight for weight, _share in weighed), ZERO)
    return sum((weight * share for weight, share in weighed), ZERO) / whole * HUNDRED if whole else None


def _weigh_targets(targets: Iterable[TargetStanding]) -> Iterator[Weighed]:
    """Weigh targets: met is 1; no data, or what is not kept below, 0; else the way that is done."""
    for row in targets:
        if row.target.weight is not None and row.goal is not None:
            yield row.target.weight, _share(row)


def _share(row: TargetStanding) -> Fraction:
    if row.met:
        return ONE
    way = None if row.target.is_ceiling or row.has_no_way else row.progress
    return ZERO if way is None else min(max(way, ZERO), ONE)


def _weigh_tasks(tasks: "Iterable[TaskStanding]") -> Iterator[Weighed]:
    """Weigh tasks: done is 1, overdue is 0."""
    for row in tasks:
        if row.task.weight is not None and (row.is_done or row.days_overdue is not None):
            yield row.task.weight, ONE if row.is_done else ZERO
