"""``returns``: who has sent what was to be sent, period by period; or reminders by mail."""

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
    read_day,
    session_of,
)
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.organisations import find_organisation, open_up
from kfly.progress.returns import MISSING
from kfly.reports import returns as report
from kfly.services.views.returns import read_returns


def returns(
    ctx: typer.Context,
    kind: Annotated[
        str | None, typer.Argument(metavar=N_("[KIND]"), help=N_("Only this kind of record."))
    ] = None,
    org: Annotated[
        str | None,
        typer.Option("--org", metavar=N_("NAME"), help=N_("Only what this organisation has to send.")),
    ] = None,
    missing: Annotated[
        bool, typer.Option("--missing", help=N_("Only what is missing, its last day being past."))
    ] = False,
    email: Annotated[
        bool, typer.Option("--email", help=N_("Remind by mail who has not sent the last period's."))
    ] = False,
    dry_run: MailRehearsed = False,
    again: MailedAgain = False,
    quiet: MailedQuietly = False,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """Who has sent what was to be sent, period by period."""
    for option, given in (("--dry-run", dry_run), ("--again", again), ("--quiet", quiet)):
        if given and not email:
            raise WrongUsageError(_("{option} says how to mail; give --email with it.", option=option))
    if email and as_known is not None:
        raise WrongUsageError(_("--email sends what is known now; leave --as-known out."))
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    with session.reading() as desk:
        plan, kinds, rows = desk.plan, desk.registry.kinds, read_returns(desk, day)
        if kind is not None:
            wanted = desk.registry.kind(kind).name
            rows = [row for row in rows if row.asked.kind == wanted]
    if org is not None:
        opened = open_up([find_organisation(org, plan.organisations).name], plan.organisations)
        rows = [row for row in rows if row.organisation in {each.name for each in opened}]
    if missing:
        rows = [row for row in rows if row.state == MISSING]
    if email:
        from kfly.commands.returns_mail import Reminders, mail_reminders

        asked = Reminders(plan, kinds, tuple(rows), day)
        return mail_reminders(session, asked, dry_run=dry_run, again=again, quiet=quiet)
    return Answer(partial(report.document, rows, plan), partial(report.render, rows, plan, kinds, day))
