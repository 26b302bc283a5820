"""Commands that mail the supervision report, and tell what was mailed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from kfly.cli.options import AsJson, day_asked
from kfly.cli.session import Session
from kfly.configuration import file as configuration
from kfly.configuration import in_force
from kfly.configuration.file import Configuration
from kfly.console.screen import complain, say, show_json
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _, language
from kfly.mail.addresses import Mailbox, mailbox
from kfly.mail.message import message
from kfly.mail.sending import Delivery, Outcome, send
from kfly.plan.mailings import Mailing
from kfly.reports import mailings as report
from kfly.reports.letters.posts import Asked, Office, Post, to_coordinators, to_leads, unsent, without_address
from kfly.reports.letters.rehearsal import rehearse
from kfly.store import mailings as kept
from kfly.store.file.locks import alone
from kfly.store.records import now


class Order(NamedTuple):
    """What the options of ``overdue --email`` ask for, beside the report itself."""

    to: Sequence[str]
    leads: bool
    dry_run: bool
    always: bool
    again: bool
    quiet: bool
    as_json: bool


class Sheet(NamedTuple):
    """A post on its way to one recipient."""

    post: Post
    delivery: Delivery


def mail(session: Session, office: Office, asked: Asked, order: Order) -> bool:
    """Send the report, or show what would be sent; whether nothing is left unsent.

    Raises:
        KflyError: the configuration is faulty, or the database cannot be written: then nothing is sent.
    """
    settings = configuration.read()
    settings.must_be_sound()
    sender = _sender(settings)
    if order.dry_run:
        posts, faults = _posts(session, office, asked, order, settings)
        rehearse(posts, sender, reported=bool(office.found(asked).rows), as_json=order.as_json)
        complain(faults)
        return not faults
    with alone(session.path) as ours:
        if not ours:
            complain(
                [_("Another run is mailing from {path}; nothing was sent by this one.", path=session.path)]
            )
            return False
        posts, faults = _posts(session, office, asked, order, settings)
        sheets = list(ready(posts, sender, faults))
        tried, untold = _sent(session, office, sheets, settings) if sheets else ([], [])
    if order.as_json:
        show_json(report.document(tried, office.plan), done=True)
    else:
        _told(tried, posts, reported=bool(office.found(asked).rows), quiet=order.quiet)
    complain([*faults, *untold])
    return not (faults or untold) and all(mailing.is_sent for mailing in tried)


def _posts(
    session: Session, office: Office, asked: Asked, order: Order, settings: Configuration
) -> tuple[list[Post], list[str]]:
    """The letters, each with those who have not had it yet; and the addresses in the plan that are none."""
    to = [_recipient(text) for text in order.to] or settings.to
    if not to and order.leads and order.always:
        raise WrongUsageError(
            _(
                "--always tells the coordinators that all is well, and none is named:"
                " give --to ADDRESS, or put mail.to into {path}.",
                path=settings.path,
            )
        )
    if not to and not order.leads:
        raise WrongUsageError(
            _(
                "Nobody to mail it to: give --to ADDRESS or --leads, or put mail.to into {path}.",
                path=settings.path,
            )
        )
    posts = list(to_coordinators(office, asked, to, always=order.always))
    faults: list[str] = []
    if order.leads:
        own, faults = to_leads(office, asked)
        posts += own
        left = [] if order.quiet else without_address(office, asked)
        if left:
            names = _(", ").join(organisation.title.in_(language()) for organisation in left)
            complain(
                [_("Leads without an e-mail address in the plan, who get no mail: {names}", names=names)]
            )
    if not posts and not faults and office.found(asked).rows:
        faults.append(
            _("There are tasks to report, but nobody to mail them to: no lead has an e-mail address.")
        )
    if not order.again:
        with session.reading() as desk:
            earlier = list(kept.read(desk.db, office.day.isoformat()))
        posts = [unsent(post, earlier) for post in posts]
    return posts, faults


def _recipient(text: str) -> Mailbox:
    try:
        return mailbox(text)
    except KflyError as error:
        raise WrongUsageError(_("--to: {fault}", fault=error)) from None


def _sender(settings: Configuration) -> Mailbox:
    found = in_force.server(settings)
    return in_force.sender(settings, found.value if found else None).value


def ready(posts: Sequence[Post], sender: Mailbox, faults: list[str]) -> Iterator[Sheet]:
    """A delivery for each who has not had the letter; all of a letter's recipients stand in its head.

    A letter that no message can carry is noted among the faults, and keeps nobody from the others.
    """
    for post in posts:
        if not post.pending:
            continue
        try:
            made = message(post.content, sender, post.recipients)
        except ValueError as error:
            name = post.organisation or post.pending[0].address
            faults.append(
                _("{name}: {fault}", name=name, fault=_("no message can be made of it: {why}", why=error))
            )
            continue
        yield from (Sheet(post, Delivery(made, sender.address, box.address)) for box in post.pending)


def _sent(
    session: Session, office: Office, sheets: Sequence[Sheet], settings: Configuration
) -> tuple[list[Mailing], list[str]]:
    """Send, and note what became of each before the next one goes out; what could not be noted, a line each.

    Raises:
        KflyError: the database cannot be written: then nothing is sent.
    """
    server = in_force.ready_server(settings)
    with session.writing():  # or what was sent could not be noted, and would be sent again tomorrow
        pass
    outcomes = send(server, [sheet.delivery for sheet in sheets])
    tried, left = [], []
    for sheet, outcome in zip(sheets, outcomes, strict=True):
        mailing = _mailing(office.day, sheet.post, outcome)
        tried.append(mailing)
        if not _noted(session, [mailing]):
            left.append(mailing)
    # Who keeps the database to himself for a while keeps nobody from the mail; and once more for those, all
    # in one, as each attempt may wait long.
    untold = left if left and not _noted(session, left) else []
    message = N_("Tried for {recipient}, but that could not be noted: the next run may send it again.")
    return tried, [_(message, recipient=mailing.recipient) for mailing in untold]


def _noted(session: Session, mailings: Sequence[Mailing]) -> bool:
    try:
        with session.writing() as desk:
            for mailing in mailings:
                kept.record(desk.db, mailing)
    except KflyError:
        return False
    return True


def _mailing(day: date, post: Post, outcome: Outcome) -> Mailing:
    return Mailing(
        as_of=day.isoformat(),
        recipient=outcome.delivery.recipient,
        organisation=post.organisation,
        scope=post.scope,
        subject=post.content.subject,
        tasks=post.tasks,
        message_id=outcome.delivery.message["Message-ID"],
        tries=outcome.tries,
        error=outcome.error,
        tried_at=now(),
    )


def _told(tried: Sequence[Mailing], posts: Sequence[Post], *, reported: bool, quiet: bool) -> None:
    """What became of each, failures on stderr; and why nothing was sent, if nothing was."""
    if not quiet:
        say(
            *(
                _("Sent to {recipient}: {subject}", recipient=mailing.recipient, subject=mailing.subject)
                for mailing in tried
                if mailing.is_sent
            )
        )
        if not reported and not posts:
            say(_("Nothing to report, so no mail was sent."))
        elif posts and not any(post.pending for post in posts):
            say(_("Everybody has had this already; “--again” sends it once more."))
    complain(
        _("Not sent to {recipient}: {why}", recipient=mailing.recipient, why=mailing.error)
        for mailing in tried
        if not mailing.is_sent
    )


def mailings(
    ctx: typer.Context,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("DATE"), help=N_("Only what was tried from this day on.")),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help=N_("Only what failed."))] = False,
    as_json: AsJson = False,
) -> None:
    """What was mailed to whom, when, about which tasks, and what failed."""
    first = day_asked(since, "--since") if since is not None else None
    with Session.of(ctx).reading() as desk:
        plan = desk.plan
        found = [
            mailing
            for mailing in kept.read(desk.db)
            if (first is None or report.tried_at(mailing).date() >= first)
            and not (failed and mailing.is_sent)
        ]
    if as_json:
        show_json(report.document(found, plan))
    else:
        report.render(found, plan)
