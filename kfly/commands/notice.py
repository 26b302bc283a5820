"""``notice``: issue supervision notices (督办单), each with a number of its own."""

from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import Force, read_day, read_past_day, session_of
from kfly.console.screen import say
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.model import Plan
from kfly.plan.organisations import find_organisation, name_organisations
from kfly.registry.sheets.outfile import make_folder, replacing
from kfly.reports import notices as report
from kfly.services.evidence import make_safe
from kfly.services.extras import must_have
from kfly.services.notices import IssuedNotice, NoticeDraft, draft_notices, issue, list_leads
from kfly.services.outputs import must_not_be_the_database
from kfly.services.session import Desk, Session

SUFFIX = ".docx"
REPLY_DAYS = 7  # the office's convention: a week for an answer


def notice(
    ctx: typer.Context,
    org: Annotated[
        str | None,
        typer.Option(
            "--org", metavar=N_("NAME"), help=N_("To whom: about the tasks and targets that it leads.")
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The document to write.")),
    ] = None,
    everybody: Annotated[
        Path | None,
        typer.Option("--all", metavar=N_("FOLDER"), help=N_("One to each lead that needs one, into it.")),
    ] = None,
    reply_by: Annotated[
        str | None,
        typer.Option(
            "--reply-by",
            metavar=N_("DATE"),
            help=N_("The last day for the reply; a week later otherwise."),
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=N_("DATE"), help=N_("The day of issue, and of the facts; today if not given.")
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help=N_("Also to those who were told the same already."))
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar=N_("FILE"), help=N_("The office's own letterhead (.docx).")),
    ] = None,
    write_template: Annotated[
        bool,
        typer.Option(
            "--write-template", help=N_("Write the template to --output instead, to make your own of.")
        ),
    ] = False,
    force: Force = False,
) -> Answer:
    """Issue supervision notices, each with a number of its own."""
    _must_fit(org=org, output=output, everybody=everybody, write_template=write_template)
    session = session_of(ctx)
    if output is not None:
        must_not_be_the_database(session.path, output)
    must_have("report", "docxtpl")
    if write_template and output is not None:
        return _write_template(output, force=force)
    day = read_past_day(on)
    last = read_day(reply_by, "--reply-by") if reply_by is not None else day + timedelta(days=REPLY_DAYS)
    if last < day:
        raise WrongUsageError(_("--reply-by: {day} lies before the day of issue.", day=last.isoformat()))
    order = _Order(org=org, output=output, folder=everybody, day=day, reply_by=last, again=again, force=force)
    plan, issued, passed = _issue(session, order, template)
    return Answer(
        partial(report.document, [(one.notice, frozenset()) for one, _path in issued], plan, day),
        partial(_tell, issued, plan),
        done=True,
        remarks=[_tell_passed(draft) for draft in passed],
    )


class _Order(NamedTuple):
    """What the options ask for."""

    org: str | None
    output: Path | None
    folder: Path | None
    day: date
    reply_by: date
    again: bool
    force: bool


Issued = list[tuple[IssuedNotice, Path]]


def _must_fit(*, org: str | None, output: Path | None, everybody: Path | None, write_template: bool) -> None:
    """Check that the options say whom, and where to.

    Raises:
        WrongUsageError: they do not, or say both.
    """
    if output is not None and output.suffix.lower() != SUFFIX:
        raise WrongUsageError(_("--output: “{value}” is not a {suffix} file.", value=output, suffix=SUFFIX))
    fits = [
        write_template and output is not None and org is None and everybody is None,
        not write_template and org is not None and output is not None and everybody is None,
        not write_template and org is None and output is None and everybody is not None,
    ]
    if not any(fits):
        raise WrongUsageError(
            _("Say --org and --output for one, --all for everybody, or --write-template and --output.")
        )


def _issue(session: Session, order: _Order, template: Path | None) -> tuple[Plan, Issued, list[NoticeDraft]]:
    """Issue what is due: the files have their names once the notices are recorded, or nothing is done.

    Returns:
        the plan, what was issued and where it is, and the drafts that told nothing new.
    """
    from kfly.reports.papers.notice import NoticePaper, open_notice_template, write_notice

    form = open_notice_template(template)
    issued: Issued = []
    with ExitStack() as files, session.writing() as desk:
        drafts = _draft(desk, order)
        for told in (draft if order.again else draft.news for draft in drafts):
            if not told.has_any:
                continue
            one = issue(desk, told, order.day, order.reply_by)
            path = order.output or _choose_path(order.folder, one)
            stream = files.enter_context(replacing(path, private_as=session.path, force=order.force))
            paper = NoticePaper(one.notice, told.tasks, desk.plan, told.targets, told.tally)
            write_notice(paper, form, stream)
            issued.append((one, path))
        passed = [] if order.again else [d for d in drafts if d.has_any and not d.news.has_any]
        return desk.plan, issued, passed


def _draft(desk: Desk, order: _Order) -> list[NoticeDraft]:
    """Draft what is to be told: to one, who must need it, or to all leads.

    Raises:
        KflyError: the one has nothing to be told, or was told the same already.
    """
    if order.org is None:
        return draft_notices(desk, list_leads(desk, order.day), order.day)
    to = find_organisation(order.org, desk.plan.organisations)
    (draft,) = draft_notices(desk, [to], order.day)
    if not draft.has_any:
        raise KflyError(
            _(
                "{organisation} leads no task that is overdue, behind or due soon on {day}, and no red or"
                " yellow target; nothing was issued.",
                organisation=to.title.spoken,
                day=order.day.isoformat(),
            )
        )
    if not draft.news.has_any and not order.again:
        raise KflyError(_tell_passed(draft))
    return [draft]


def _choose_path(folder: Path | None, issued: IssuedNotice) -> Path:
    """Choose where one of many lies: its number and whom it goes to; the folder is made."""
    place = folder or Path()
    make_folder(place)
    number = report.write_number(issued.notice.year, issued.notice.number)
    return place / make_safe(f"{number} {issued.draft.organisation.title.spoken}{SUFFIX}".replace("/", "-"))


def _tell(issued: Issued, plan: Plan) -> None:
    names = name_organisations(plan)
    if not issued:
        say(_("There is nothing new to be supervised; no notice was issued."), done=False)
    for one, path in issued:
        say(
            _(
                "Issued {notice} to {organisation}, {light}, reply by {day}: {path}",
                notice=report.write_number(one.notice.year, one.notice.number),
                organisation=names[one.notice.organisation],
                light=_(report.NOTICE_NAMES[one.notice.light]),
                day=one.notice.reply_by.isoformat(),
                path=path,
            )
        )


def _tell_passed(draft: NoticeDraft) -> str:
    last = draft.told_by
    return _(
        "{organisation} was told the same by {notice} on {day}; “--again” issues another.",
        organisation=draft.organisation.title.spoken,
        notice=report.write_number(last.year, last.number) if last else "—",
        day=last.issued_on.isoformat() if last else "—",
    )


def _write_template(output: Path, *, force: bool) -> Answer:
    from kfly.reports.papers.notice import write_notice_template

    with replacing(output, force=force) as stream:
        write_notice_template(stream)
    told = _("Wrote {path}.", path=output)
    return Answer(lambda: {"template": str(output)}, partial(say, told), done=True)
