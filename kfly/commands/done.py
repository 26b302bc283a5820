"""``done N``: the office's own word that a task is finished (销号)."""

from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import EvidenceFiles, StageNumber, TaskNumber, check_text, read_past_day, session_of
from kfly.console.screen import say
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.plan.model import SignOff, Task
from kfly.plan.tasks import find_stage, find_task, must_be_there, part_name, task_name
from kfly.progress.course import follow_course
from kfly.progress.states import DONE
from kfly.reports.tasks import write_need
from kfly.services import evidence as files
from kfly.services.course import must_not_be_carried
from kfly.services.session import Desk
from kfly.store.plan import sign_offs, task_events


def done(
    ctx: typer.Context,
    number: TaskNumber,
    on: Annotated[str, typer.Option("--on", metavar=N_("DATE"), help=N_("The day it was finished."))],
    stage: StageNumber = None,
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
        which = find_stage(task, stage)
        name = part_name(task, desk.plan, which)
        _must_not_be_signed_off(desk, task, which, name)
        must_be_there(task, desk.plan, day)
        must_not_be_carried(desk, task, day)
        _must_not_be_cancelled(desk, task, name)
        missing = _missing(desk, task, which, day)
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
        signed = SignOff(task.year, task.number, day, forced=bool(missing), note=note, stage=which)
        sign_offs.record(desk.db, signed, [one.file for one in shown])
    title = task.stages[which - 1].title if which else task.title
    say(_("Signed off task {number} on {day}: {title}", number=name, day=day.isoformat(), title=title.spoken))


def _must_not_be_signed_off(desk: Desk, task: Task, stage: int | None, name: str) -> None:
    course = sign_offs.read_course(desk.db)
    earlier = course.sign_offs.get((task.year, task.number))
    if stage is not None and earlier is None:
        earlier = course.stages.get((task.year, task.number, stage))
    if earlier:
        whole = task_name(task, desk.plan)
        command = whole if earlier.stage is None else f"{whole} --stage {earlier.stage}"
        raise KflyError(
            _(
                "Task {number} was signed off on {day}; “kfly reopen {command} --reason …” takes that back.",
                number=name,
                day=earlier.on.isoformat(),
                command=command,
            )
        )


def _must_not_be_cancelled(desk: Desk, task: Task, name: str) -> None:
    cancelled = follow_course(task, task_events.read_for_task(desk.db, task), date.max).cancelled
    if cancelled:
        raise KflyError(
            _(
                "Task {number} was cancelled on {day}; “kfly undo” takes that back.",
                number=name,
                day=cancelled.isoformat(),
            )
        )


def _missing(desk: Desk, task: Task, stage: int | None, day: date) -> list[str]:
    """Find what stands in the way of a sign-off on a day: unmet needs, and stages that are not done."""
    (row,) = desk.stand((task,), day)
    if stage is not None:
        return [write_need(need) for need in row.stages[stage - 1].needs if not need.holds]
    needs = [write_need(need) for need in row.needs if not need.holds]
    still = [each for each in row.stages if each.state != DONE]
    return needs + [
        _("stage {n} ({title}) is not done", n=s.number, title=s.stage.title.spoken) for s in still
    ]
