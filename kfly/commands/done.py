"""``done N``: the office's own word that a task is finished (销号)."""

from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import EvidenceFiles, TaskNumber, check_text, read_past_day, session_of
from kfly.console.screen import say
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.model import SignOff, Task
from kfly.plan.tasks import find_task, task_name
from kfly.reports.tasks import write_need
from kfly.services import evidence as files
from kfly.services.session import Desk
from kfly.store.plan import sign_offs


def done(
    ctx: typer.Context,
    number: TaskNumber,
    on: Annotated[str, typer.Option("--on", metavar=N_("DATE"), help=N_("The day it was finished."))],
    evidence: EvidenceFiles = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark."))] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help=N_("Sign off although its needs are not met; every report shows it.")),
    ] = False,
) -> None:
    """The office's own word that a task is finished."""
    day = read_past_day(on)
    check_text(note, "--note")
    shown = files.show(evidence or [])
    with session_of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        name = task_name(task, desk.plan)
        _must_not_be_signed_off(desk, task, name)
        missing = _missing(desk, task, day)
        if missing and not force:
            raise KflyError(
                _(
                    "Task {number} cannot be signed off: on {day} its needs are not met: {needs}."
                    " “--force” signs it off all the same.",
                    number=name,
                    day=day.isoformat(),
                    needs=_("; ").join(missing),
                )
            )
        files.keep(desk.db, shown)
        sign_offs.record(
            desk.db,
            SignOff(year=task.year, number=task.number, on=day, forced=bool(missing), note=note),
            [one.file for one in shown],
        )
    say(
        _(
            "Signed off task {number} on {day}: {title}",
            number=name,
            day=day.isoformat(),
            title=task.title.spoken,
        )
    )


def _must_not_be_signed_off(desk: Desk, task: Task, name: str) -> None:
    earlier = sign_offs.read_in_force(desk.db).get((task.year, task.number))
    if earlier:
        raise KflyError(
            _(
                "Task {number} was signed off on {day}; “kfly reopen {number} --reason …” takes that back.",
                number=name,
                day=earlier.on.isoformat(),
            )
        )


def _missing(desk: Desk, task: Task, day: date) -> list[str]:
    """Find the needs that stand in the way of a sign-off on a day."""
    (row,) = desk.stand((task,), day)
    return [write_need(need) for need in row.needs if not need.met]
