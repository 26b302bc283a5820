"""Commands of supervision: what is overdue, signed off, taken back."""

import os
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsOf, day_asked, reason_given, said, whole_number
from kfly.cli.session import Desk, Session
from kfly.clock import today
from kfly.console.screen import say, show_json
from kfly.errors import KflyError, WrongUsageError, reason
from kfly.locale import N_, _, language
from kfly.plan.model import EvidenceFile, ProgressNote, SignOff, Task
from kfly.plan.organisations import find
from kfly.plan.tasks import concerning, find_task, task_name
from kfly.progress.supervision import supervise
from kfly.reports import overdue as report
from kfly.reports.tasks import document, need_line
from kfly.store.plan import progress_notes, sign_offs

FOUND_SOMETHING = 3
UNSENT = 75  # EX_TEMPFAIL: try again later
ALL = 100  # percent

TaskNumber = Annotated[str, typer.Argument(metavar="N", help=N_("The task: 11, or 2022/11."))]


def overdue(
    ctx: typer.Context,
    behind: Annotated[
        bool, typer.Option("--behind", help=N_("Also the tasks behind their trajectory."))
    ] = False,
    soon: Annotated[bool, typer.Option("--soon", help=N_("Also the tasks that are due soon."))] = False,
    days: Annotated[
        str | None,
        typer.Option(
            "--days",
            metavar=N_("NUMBER"),
            help=N_("What soon means, in days; the plan's own otherwise."),
        ),
    ] = None,
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar=N_("NAME"), help=N_("Only what this organisation leads or answers for.")
        ),
    ] = None,
    email: Annotated[
        bool, typer.Option("--email", help=N_("Send it by mail instead of printing it."))
    ] = False,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to", metavar=N_("ADDRESS"), help=N_("Who gets all of it; mail.to otherwise. Repeatable.")
        ),
    ] = None,
    leads: Annotated[
        bool,
        typer.Option("--leads", help=N_("Each lead with an address in the plan also gets its own tasks.")),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show the messages, and send nothing."))
    ] = False,
    always: Annotated[
        bool, typer.Option("--always", help=N_("Also mail that there is nothing to report."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=N_("Also to those who have had it for this day."))
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option("--quiet", help=N_("Print nothing when there is nothing to report, or all is sent.")),
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
    for option, given in (("--to", to), ("--leads", leads), ("--dry-run", dry_run), ("--always", always)):
        _goes_with_email(option, given=bool(given), email=email)
    _goes_with_email("--again", given=again, email=email)
    day, within = day_asked(as_of), whole_number(days, "--days")
    session = Session.of(ctx)
    with session.reading() as desk:
        plan = desk.plan
        rows = desk.stand(concerning(plan, plan.tasks_in_view(day), org, None), day)
    if within is None and soon:
        within = plan.lights.due_soon_days
    found = supervise(rows, behind=behind, within=within)
    if email:
        from kfly.cli.mailing import Order, mail
        from kfly.reports.letters.posts import Asked, Office

        order = Order(to or (), leads, dry_run, always, again, quiet, as_json)
        scope = find(org, plan.organisations) if org is not None else None
        if not mail(session, Office(plan, rows, day, scope), Asked(behind, within), order):
            raise typer.Exit(UNSENT)
    elif as_json:
        show_json(document(found.rows, plan))
    elif found.rows or not quiet:
        report.render(found, plan, day)
    if found.rows and exit_code:
        raise typer.Exit(FOUND_SOMETHING)


def _goes_with_email(option: str, *, given: bool, email: bool) -> None:
    if given and not email:
        raise WrongUsageError(_("{option} says how to mail; give --email with it.", option=option))


def done(
    ctx: typer.Context,
    number: TaskNumber,
    on: Annotated[str, typer.Option("--on", metavar=N_("DATE"), help=N_("The day it was finished."))],
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
    day = _day_past(on)
    said(note, "--note")
    files = {file.path: file for file in map(_evidence, evidence or [])}
    with Session.of(ctx).writing() as desk:
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
        sign_offs.record(desk.db, SignOff(task.year, task.number, day, bool(missing), note), files.values())
    say(
        _(
            "Signed off task {number} on {day}: {title}",
            number=name,
            day=day.isoformat(),
            title=task.title.in_(language()),
        )
    )


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
) -> None:
    """Record what is reported of a task on its way."""
    day = _day_past(on)
    share = _percentage(percent)
    told = (said(words, "TEXT") or "").strip()
    if not told:
        raise WrongUsageError(_("TEXT must not be empty."))
    with Session.of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        organisation = find(by, desk.plan.organisations) if by is not None else None
        note = ProgressNote(task.year, task.number, day, told, share, organisation and organisation.name)
        progress_notes.record(desk.db, note)
        name = task_name(task, desk.plan)
    say(_("Recorded feedback on task {number}: {title}", number=name, title=task.title.in_(language())))


def _day_past(text: str | None) -> date:
    """The day that ``--on`` names, which has come."""
    day = day_asked(text, "--on")
    if day > today():
        raise KflyError(_("--on: {day} has not come yet.", day=day.isoformat()))
    return day


def _percentage(text: str | None) -> int | None:
    share = whole_number(text.strip().removesuffix("%") if text is not None else None, "--percent")
    if share is not None and share > ALL:
        raise WrongUsageError(_("--percent: “{value}” is more than 100.", value=text))
    return share


def reopen(
    ctx: typer.Context,
    number: TaskNumber,
    reason: Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; it is kept."))],
) -> None:
    """Take a sign-off back; it stays in the task's history with the reason."""
    why = reason_given(reason)
    with Session.of(ctx).writing() as desk:
        task = find_task(desk.plan, number)
        name = task_name(task, desk.plan)
        if (task.year, task.number) not in sign_offs.in_force(desk.db):
            raise KflyError(_("Task {number} is not signed off.", number=name))
        sign_offs.take_back(desk.db, task, why)
    say(_("Reopened task {number}: {title}", number=name, title=task.title.in_(language())))


def _must_not_be_signed_off(desk: Desk, task: Task, name: str) -> None:
    earlier = sign_offs.in_force(desk.db).get((task.year, task.number))
    if earlier:
        raise KflyError(
            _(
                "Task {number} was signed off on {day}; “kfly reopen {number} --reason …” takes that back.",
                number=name,
                day=earlier.on.isoformat(),
            )
        )


def _missing(desk: Desk, task: Task, day: date) -> list[str]:
    """The needs that stand in the way of a sign-off on a day."""
    (row,) = desk.stand((task,), day)
    return [need_line(need) for need in row.needs if not need.met]


def _evidence(path: Path) -> EvidenceFile:
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
            return EvidenceFile(_spelled(path), file.tell(), digest)
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=reason(error))) from None


def _spelled(path: Path) -> str:
    """Where a file lies, as it can be kept: bytes that are not UTF-8 are spelled out."""
    return os.fsencode(path.resolve()).decode(errors="backslashreplace")
