"""The check of evidence: whether its bytes are kept, and still those that were shown."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial

from kfly.locale import _
from kfly.plan.model import SIGN_OFF, Evidence, Plan, Task
from kfly.plan.numbers import TaskKey
from kfly.plan.tasks import task_name
from kfly.services.check.findings import ERROR, KFLY, TO_FILL_IN, WARNING, Finding
from kfly.store.evidence import contents, disk, rows

TASK = "task"
EVIDENCE = (KFLY, "evidence")


def check_evidence(db: sqlite3.Connection, plan: Plan, signed: Collection[TaskKey]) -> Iterator[Finding]:
    """Find the evidence that is not kept, and kept bytes that are others than were shown.

    No sign-off is doubted for it: a file that was moved proves as much as before. It is to be added again.

    Args:
        db: the database.
        plan: the plan in force.
        signed: year and number of the tasks that are signed off, on the day asked.
    """
    found = rows.read_all(db)
    digest = cache(partial(contents.digest, db))
    for task in plan.tasks:
        own = [evidence for year, number, evidence in found if (year, number) == (task.year, task.number)]
        for one in own:
            if one.kept:
                wrong = digest(one.file.sha256) != one.file.sha256
            else:
                matters = one.came_with != SIGN_OFF or (
                    not one.withdrawn and (task.year, task.number) in signed
                )
                wrong = matters and not _is_made_good(db, one, own)
            if wrong:
                yield _finding(one, task, plan)


def _is_made_good(db: sqlite3.Connection, lost: Evidence, own: Sequence[Evidence]) -> bool:
    """Tell whether another file of the name was added since, or, in an older database, will yet be kept."""
    if not contents.is_here(db):
        return disk.find(lost.file) is not None
    return any(one.kept and one.file.name == lost.file.name and one.added_at >= lost.added_at for one in own)


def _finding(one: Evidence, task: Task, plan: Plan) -> Finding:
    name = task_name(task, plan)
    message = (
        _("the bytes kept of evidence {name} are not those that were shown", name=one.file.name)
        if one.kept
        else _("evidence {name} is not kept: it did not lie where it was shown any more", name=one.file.name)
    )
    return Finding(
        severity=ERROR if one.kept else WARNING,
        code="evidence_damaged" if one.kept else "evidence_not_kept",
        kind=TASK,
        id=name,
        title=task.title.spoken,
        message=message,
        command=(*EVIDENCE, name, "--add", TO_FILL_IN),
        label=_("The task"),
        about=(task.year, task.number, one.file.name),
    )
