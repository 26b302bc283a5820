"""What a revised plan would take away of the progress notes: those of tasks that go, who said them."""

import sqlite3
from collections.abc import Iterator
from functools import partial

from kfly.locale import _, language
from kfly.plan.files.loading import LoadedPlan
from kfly.plan.model import Organisation, Task
from kfly.store.revision.loss import Loss

_OF_TASK, _BY = "year = ? AND task = ?", "organisation = ?"


def of_notes(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan) -> Iterator[Loss]:
    """The notes that the revised plan has no place for; organisations have their new names already."""
    kept = {(task.year, task.number) for task in wanted.plan.tasks}
    for task in present.plan.tasks:
        if (task.year, task.number) not in kept and (number := _count(db, _OF_TASK, task.year, task.number)):
            message = _(
                "Task {year}/{number} is gone from the plan, but has feedback: {n}.",
                year=task.year,
                number=task.number,
                n=number,
            )
            yield Loss(message, partial(_remove, db, task))
    names = {organisation.name for organisation in wanted.plan.organisations}
    for organisation in present.plan.organisations:
        if organisation.name not in names and (number := _count(db, _BY, organisation.name)):
            message = _(
                "{organisation} is gone from the plan, but has given feedback: {n}.",
                organisation=organisation.title.in_(language()),
                n=number,
            )
            yield Loss(message, partial(_forget, db, organisation))


def _count(db: sqlite3.Connection, where: str, *values: str | int) -> int:
    return int(db.execute(f"SELECT count(*) FROM progress_notes WHERE {where}", values).fetchone()[0])


def _remove(db: sqlite3.Connection, task: Task) -> None:
    db.execute(f"DELETE FROM progress_notes WHERE {_OF_TASK}", (task.year, task.number))


def _forget(db: sqlite3.Connection, organisation: Organisation) -> None:
    db.execute(f"UPDATE progress_notes SET organisation = NULL WHERE {_BY}", (organisation.name,))
