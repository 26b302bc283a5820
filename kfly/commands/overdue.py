"""``overdue``: the supervision report, printed or mailed."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import (
    AsKnown,
    AsOf,
    MailedAgain,
    MailedQuietly,
    MailRehearsed,
    Org,
    read_day,
    read_whole_number,
    session_of,
)
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.organisations import find_organisation
from kfly.plan.targets import targets_concerning
from kfly.plan.tasks import tasks_concerning
from kfly.progress.returns import ReturnStanding
from kfly.progress.supervision import find_first_news_day, supervise
from kfly.reports import overdue as report
from kfly.reports.returns import write_reminders
from kfly.reports.tasks import document
from kfly.services.session import Desk
from kfly.services.views.returns import list_reminders

FOUND_SOMETHING = 3


def overdue(
    ctx: typer.Context,
    behind: Annotated[
        bool,
        typer.Option(
            "--behind",
            help=N_("Also the tasks behind their trajectory, and below them the red and yellow targets."),
        ),
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
    org: Org = None,
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
        typer.Option(
            "--leads",
            help=N_("Each lead with an address in the plan also gets its own tasks and targets."),
        ),
    ] = False,
    attach: Annotated[
        str | None,
        typer.Option(
            "--attach",
            metavar=N_("FILE"),
            help=N_("Attach the brief (.docx), the page (.html) or the workbook (.xlsx) under this name."),
        ),
    ] = None,
    dry_run: MailRehearsed = False,
    always: Annotated[
        bool, typer.Option("--always", help=N_("Also mail that there is nothing to report."))
    ] = False,
    again: MailedAgain = False,
    quiet: MailedQuietly = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=N_("Exit with 3 when there is something to report."))
    ] = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The supervision report."""
    if days is not None and not soon:
        raise WrongUsageError(_("--days says what --soon means; give both."))
    for option, given in (("--to", to), ("--leads", leads), ("--dry-run", dry_run), ("--always", always)):
        _goes_with_email(option, given=bool(given), email=email)
    _goes_with_email("--again", given=again, email=email)
    _goes_with_email("--attach", given=attach is not None, email=email)
    if email and as_known is not None:
        raise WrongUsageError(_("--email sends what is known now; leave --as-known out."))
    session = session_of(ctx, as_known)
    day, within = read_day(as_of, known=session.known), read_whole_number(days, "--days")
    with session.reading() as desk:
        plan = desk.plan
        rows = desk.stand(tasks_concerning(plan, plan.tasks_in_view(day), org, None), day)
        targets = desk.stand_targets(targets_concerning(plan, org, None), day) if behind else ()
        if within is None and soon:
            within = plan.lights.due_soon_days
        unsent = _write_unsent(desk, org, within, day)
    news = find_first_news_day(day) if soon or email else None
    found = supervise(rows, behind=behind, within=within, targets=targets, news=news)
    code = FOUND_SOMETHING if (found.has_any or unsent) and exit_code else 0
    if email:
        from kfly.commands.overdue_mail import MailOrder, mail_report
        from kfly.reports.letters.posts import PlanOnDay, ReportedClasses

        order = MailOrder(
            to or (),
            leads=leads,
            dry_run=dry_run,
            always=always,
            again=again,
            quiet=quiet,
            attach=attach,
        )
        scope = find_organisation(org, plan.organisations) if org is not None else None
        office = PlanOnDay(plan, rows, day, targets, scope, unsent=unsent)
        answer = mail_report(session, office, ReportedClasses(behind, within), order)
        return answer if answer.exit_code else answer._replace(exit_code=code)
    silent = quiet and not found.has_any and not unsent
    return Answer(
        partial(document, found.rows, plan),
        (lambda: None) if silent else partial(report.render, found, plan, day, unsent.get(None, ())),
        code,
    )


def _write_unsent(
    desk: Desk, org: str | None, within: int | None, day: date
) -> Mapping[str | None, tuple[str, ...]]:
    """Write which returns are missing, or due soon where that is asked: all, and each sender's own."""
    owed = list_reminders(desk, org, -1 if within is None else within, day)
    if not owed:
        return {}
    groups: dict[str | None, list[ReturnStanding]] = {None: owed}
    for row in owed:
        groups.setdefault(row.organisation, []).append(row)
    kinds = desk.registry.kinds
    return {whose: tuple(write_reminders(rows, desk.plan, kinds)) for whose, rows in groups.items()}


def _goes_with_email(option: str, *, given: bool, email: bool) -> None:
    if given and not email:
        raise WrongUsageError(_("{option} says how to mail; give --email with it.", option=option))
