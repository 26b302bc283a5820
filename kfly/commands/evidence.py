"""``evidence N``: the files that are kept for a task; more are added, and all written out again."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, TaskNumber, session_of
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.tasks import find_task, task_name
from kfly.reports import evidence as report
from kfly.services import evidence as files
from kfly.store.evidence import rows
from kfly.store.evidence.disk import ShownFile


def evidence(
    ctx: typer.Context,
    number: TaskNumber,
    add: Annotated[
        list[Path] | None,
        typer.Option("--add", metavar=N_("FILE"), help=N_("Keep a file for the task. Repeatable.")),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save", metavar=N_("FOLDER"), help=N_("Write the files out; none that is there is replaced.")
        ),
    ] = None,
    as_known: AsKnown = None,
) -> Answer:
    """The files that are kept for a task: with its sign-offs, with feedback, added later."""
    if add and as_known is not None:
        raise WrongUsageError(_("--add keeps a file now; leave --as-known out."))
    session, shown = session_of(ctx, as_known), files.show(add or [])
    added: list[ShownFile] = []
    with session.writing() if shown else session.reading() as desk:
        task = find_task(desk.plan, number)
        if shown:
            added = files.find_new(desk.db, task, shown)
            files.add(desk.db, task, added)
        kept = rows.read_for_task(desk.db, task)
        written = list(files.save(desk.db, kept, save, session.path)) if save is not None else None
        name = task_name(task, desk.plan)
    known = [file for file in shown if file not in added]
    remarks = [_("{name} is kept already.", name=file.file.name) for file in known]
    remarks += [
        _("{name} was not written: {why}.", name=one.evidence.file.name, why=one.why)
        for one in written or ()
        if one.path is None
    ]
    return Answer(
        partial(report.document, kept, written),
        partial(report.render, task, name, kept, added=[one.file for one in added], written=written),
        done=bool(added or written),
        remarks=remarks,
    )
