"""``task N``: who owes it, what it must reach, and what happened."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, TaskNumber, day_asked, session_of
from kfly.plan.organisations import called
from kfly.plan.tasks import find_task
from kfly.reports import task as report
from kfly.reports.changes.telling import Words
from kfly.reports.timeline import events
from kfly.services.changes import changes_of_task
from kfly.store.plan import progress_notes, sign_offs


def task(ctx: typer.Context, number: TaskNumber, as_of: AsOf = None) -> Answer:
    """One task: who owes it, what it must reach, and what happened."""
    day = day_asked(as_of)
    with session_of(ctx).reading() as desk:
        plan = desk.plan
        (row,) = desk.stand((find_task(plan, number),), day)
        signed = [sign_off for sign_off in sign_offs.of_task(desk.db, row.task) if sign_off.on <= day]
        notes = [note for note in progress_notes.of_task(desk.db, row.task) if note.on <= day]
        # The plan shown is today's, whatever the day; so are its changes.
        happened = events(row, signed, notes, changes_of_task(desk, row.task, Words), called(plan))
    return Answer(
        partial(report.document, row, signed, happened, plan),
        partial(report.render, row, happened, plan, day),
    )
