"""Commands of supervision: what is overdue, signed off, taken back."""

from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked
from kfly.cli.session import Desk, Session
from kfly.cli.tasks import TaskFilter, find_task, standings
from kfly.clock import today
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _, language
from kfly.plan.model import Plan, SignOff, Task
from kfly.progress.standing import metrics_of
from kfly.progress.targets import BLUE, YELLOW
from kfly.progress.tasks import OPEN, OVERDUE, TaskStanding, unmet_needs
from kfly.reports import overdue as report
from kfly.reports.screen import show, show_json
from kfly.reports.tasks import document, need_line
from kfly.store import sign_offs, spans
from kfly.store.sign_offs import EvidenceFile

FOUND_SOMETHING = 3

TaskNumber = Annotated[str, typer.Argument(metavar="N", help=N_("The task: 11, or 2022/11."))]


def overdue(
    ctx: typer.Context,
    behind: Annotated[
        bool, typer.Option("--behind", help=N_("Also the tasks behind their trajectory."))
    ] = False,
    soon: Annotated[bool, typer.Option("--soon", help=N_("Also the tasks that are due soon."))] = False,
    days: Annotated[
        int | None,
        typer.Option("--days", min=0, help=N_("What soon means, in days; the plan's own otherwise.")),
    ] = None,
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar=N_("NAME"), help=N_("Only what this organisation leads or answers for.")
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help=N_("Print nothing when there is nothing to report."))
    ] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=N_("Exit with 3 when there is something to report."))
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The supervision report."""
    if days is not None and not soon:
        raise WrongUsageError(_("--days says what --soon means; give both."))
    day = day_asked(as_of)
    with Session.of(ctx).reading() as desk:
        rows = standings(desk, day, TaskFilter(org=org))
        horizon = desk.plan.lights.due_soon_days if days is None else days
    found = report.worst_first([row for row in rows if _is_asked(row, behind, soon, horizon)])
    if as_json:
        show_json(document(found))
    elif found or not quiet:
        report.render(found, day)
    if found and exit_code:
        raise typer.Exit(FOUND_SOMETHING)


def _is_asked(row: TaskStanding, behind: bool, soon: bool, horizon: int) -> bool:
    if row.state == OVERDUE:
        return True
    if row.state != OPEN or row.days_left is None:
        return False
    is_soon = row.days_left <= horizon and row.light in (YELLOW, BLUE, "none")
    return (behind and row.light == YELLOW) or (soon and is_soon)


def done(
    ctx: typer.Context,
    number: TaskNumber,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DATE"), help=N_("The day it was finished; today otherwise.")),
    ] = None,
    evidence: Annotated[
        list[Path] | None,
        typer.Option("--evidence", metavar=N_("FILE"), help=N_("A file that proves it. Repeatable.")),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark."))] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help=N_("Sign off although its needs are not met; every report shows it.")),
    ] = False,
) -> None:
    """The office's own word that a task is finished."""
    day = day_asked(on, "--on")
    if day > today():
        raise KflyError(_("--on: {day} has not come yet.", day=day.isoformat()))
    files = [_evidence(path) for path in dict.fromkeys(evidence or [])]
    with Session.of(ctx).writing() as desk:
        task = find_task(desk.plan, number, day)
        _must_not_be_signed_off(desk, task)
        missing = _missing(desk, task, day)
        if missing and not force:
            raise KflyError(
                _(
                    "Task {number} cannot be signed off: on {day} its needs are not met: {needs}."
                    " “--force” signs it off all the same.",
                    number=task.number,
                    day=day.isoformat(),
                    needs="; ".join(missing),
                )
            )
        sign_offs.record(desk.db, SignOff(task.year, task.number, day, bool(missing), note), files)
    show(
        _(
            "Signed off task {number} on {day}: {title}",
            number=task.number,
            day=day.isoformat(),
            title=task.title.in_(language()),
        )
    )


def reopen(
    ctx: typer.Context,
    number: TaskNumber,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))],
) -> None:
    """Take a sign-off back; it stays in the task's history with the reason."""
    if not reason.strip():
        raise WrongUsageError(_("--reason must not be empty."))
    with Session.of(ctx).writing() as desk:
        task = find_task(desk.plan, number, _last_day(desk.plan))
        if (task.year, task.number) not in sign_offs.in_force(desk.db):
            raise KflyError(_("Task {number} is not signed off.", number=task.number))
        sign_offs.take_back(desk.db, task, reason.strip())
    show(_("Reopened task {number}: {title}", number=task.number, title=task.title.in_(language())))


def _last_day(plan: Plan) -> date:
    """A day on which all tables are in view: what was signed off may be of any."""
    return max([plan.ends, today()])


def _must_not_be_signed_off(desk: Desk, task: Task) -> None:
    earlier = sign_offs.in_force(desk.db).get((task.year, task.number))
    if earlier:
        raise KflyError(
            _(
                "Task {number} was signed off on {day}; “kfly reopen {number} --reason …” takes that back.",
                number=task.number,
                day=earlier.on.isoformat(),
            )
        )


def _missing(desk: Desk, task: Task, day: date) -> list[str]:
    measured = spans.read(desk.db, metrics_of((), [task]))
    return [need_line(need) for need in unmet_needs(task, measured, desk.plan, day)]


def _evidence(path: Path) -> EvidenceFile:
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
            return EvidenceFile(str(path), file.tell(), digest)
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=error.strerror)) from None
