"""``progress N TEXT``: record what is reported of a task on its way (反馈)."""

from typing import Annotated

import typer

from kfly.cli.options import (
    EvidenceFiles,
    TaskNumber,
    check_text,
    read_past_day,
    read_whole_number,
    session_of,
)
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.model import ProgressNote
from kfly.plan.organisations import find_organisation
from kfly.plan.tasks import find_task, must_be_there, task_name
from kfly.services import evidence as files
from kfly.store.plan import progress_notes

ALL = 100  # percent


def progress(
    ctx: typer.Context,
    number: TaskNumber,
    words: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("What has been done, what is in the way."))
    ],
    percent: Annotated[
        str | None,
        typer.Option(
            "--percent", metavar="0-100", help=N_("How far it is; a percentage never changes a light.")
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DATE"), help=N_("The day of the report; today otherwise.")),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("The organisation that reports it."))
    ] = None,
    evidence: EvidenceFiles = None,
) -> None:
    """Record what is reported of a task on its way."""
    day = read_past_day(on)
    share = _percentage(percent)
    told = (check_text(words, "TEXT") or "").strip()
    if not told:
        raise WrongUsageError(_("TEXT must not be empty."))
    shown = files.show(evidence or [])
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        must_be_there(task, desk.plan, day)
        organisation = find_organisation(by, desk.plan.organisations) if by is not None else None
        note = ProgressNote(
            year=task.year,
            number=task.number,
            on=day,
            text=told,
            percent=share,
            organisation=organisation and organisation.name,
        )
        files.add(desk.db, task, shown, progress_notes.record(desk.db, note))
        name = task_name(task, desk.plan)
    say(_("Recorded feedback on task {number}: {title}", number=name, title=task.title.spoken))


def _percentage(text: str | None) -> int | None:
    share = read_whole_number(text.strip().removesuffix("%") if text is not None else None, "--percent")
    if share is not None and share > ALL:
        raise WrongUsageError(_("--percent: “{value}” is more than 100.", value=text))
    return share
