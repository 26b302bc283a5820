"""Decisions on tasks that a revised plan would take away: their task is gone, or their stage."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

from kfly.locale import _
from kfly.plan.files.loading import LoadedPlan

Lost = tuple[str, Callable[[], None]]  # what is lost, in words, and how it is given up

_OF_TASK = "year = ? AND task = ?"


def find_lost_decisions(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan) -> Iterator[Lost]:
    """Find the decisions of tasks and of stages for which the revised plan has no place."""
    kept = {(task.year, task.number): task for task in wanted.plan.tasks}
    for task in present.plan.tasks:
        key, now = (task.year, task.number), kept.get((task.year, task.number))
        told = {"year": task.year, "number": task.number}
        if now is None:
            if n := _count(db, _OF_TASK, *key):
                message = _(
                    "Task {year}/{number} is gone from the plan, but has decisions: {n}.", **told, n=n
                )
                yield message, partial(_remove, db, _OF_TASK, *key)
        elif n := _count(db, f"{_OF_TASK} AND stage > ?", *key, len(now.stages)):
            message = _(
                "Stages of task {year}/{number} are gone from the plan, but were extended: {n}.", **told, n=n
            )
            yield message, partial(_remove, db, f"{_OF_TASK} AND stage > ?", *key, len(now.stages))


def _count(db: sqlite3.Connection, where: str, *values: int | str) -> int:
    return int(db.execute(f"SELECT count(*) FROM task_events WHERE {where}", values).fetchone()[0])


def _remove(db: sqlite3.Connection, where: str, *values: int | str) -> None:
    db.execute(f"DELETE FROM task_events WHERE {where}", values)
