"""``task N``: who owes it, what it must reach, and what happened."""

from functools import partial

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, TaskNumber, read_day, session_of
from kfly.plan.organisations import name_organisations
from kfly.plan.tasks import find_task, must_be_there
from kfly.reports import task as report
from kfly.reports.changes.telling import Words
from kfly.reports.timeline import Reported, list_events
from kfly.services.changes import describe_plan_changes
from kfly.store.evidence import rows
from kfly.store.plan import progress_notes, sign_offs


def task(ctx: typer.Context, number: TaskNumber, as_of: AsOf = None, as_known: AsKnown = None) -> Answer:
    """One task: who owes it, what it must reach, and what happened."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan = desk.plan
        asked = find_task(plan, number)
        must_be_there(asked, plan, day)
        (row,) = desk.stand((asked,), day)
        signed = [sign_off for sign_off in sign_offs.read_for_task(desk.db, row.task) if sign_off.on <= day]
        notes = [note for note in progress_notes.read_for_task(desk.db, row.task) if note.on <= day]
        # What was added later belongs to the task itself: it has no day that could lie after the one asked.
        evidence = [e for e in rows.read_for_task(desk.db, row.task) if e.on is None or e.on <= day]
        # The plan shown is today's, whatever the day; so are its changes.
        happened = list_events(
            row,
            Reported(signed, notes, evidence),
            changes=describe_plan_changes(desk, row.task, Words),
            names=name_organisations(plan),
        )
    return Answer(
        partial(report.document, row, signed, happened, evidence, plan),
        partial(report.render, row, happened, plan, day),
    )
