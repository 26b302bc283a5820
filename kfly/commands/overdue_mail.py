"""``overdue --email``: the report as letters, to the coordinators and to each lead organisation.

Beside ``overdue`` and not in it: nothing of mail is loaded by a command that only prints.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from kfly.cli.answer import Answer
from kfly.commands.dispatch import UNSENT, Dispatch
from kfly.configuration import file as configuration
from kfly.configuration.file import Configuration
from kfly.console.screen import complain, say
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.mail.addresses import Mailbox, parse_mailbox
from kfly.plan.mailings import Mailing
from kfly.reports.letters.posts import (
    PlanOnDay,
    ReportedClasses,
    list_without_address,
    write_to_coordinators,
    write_to_leads,
)
from kfly.services.heartbeat import beat
from kfly.services.mailing import (
    MailRun,
    WrittenPosts,
    leave_out_told,
    read_last_letters,
)
from kfly.services.session import Session

_SENT = {
    False: N_("Sent to {recipient}: {subject}"),
    True: N_("Sent to {recipient} without the workbook, which is too large for the server: {subject}"),
}
_SENT_SMALLER = N_(
    "Sent to {recipient} without what was attached, which is too large for the server: {subject}"
)


class MailOrder(NamedTuple):
    """What the options of ``overdue --email`` ask for, beside the report itself."""

    to: Sequence[str]
    leads: bool
    dry_run: bool
    always: bool
    again: bool
    quiet: bool
    attach: str | None = None  # the name of the paper that goes with each letter; its suffix says which


def mail_report(session: Session, office: PlanOnDay, asked: ReportedClasses, order: MailOrder) -> Answer:
    """Send the report, or show what would be sent; exit with 75 while something is left unsent.

    Raises:
        KflyError: the configuration is faulty, or the database cannot be written: then nothing is sent.
    """
    settings = configuration.read()
    settings.must_be_sound()
    reported = bool(office.found(asked).has_any or office.unsent)
    write = _choose_writing(session, office, asked, order, settings)
    letters = Dispatch(session, settings, write)
    if order.dry_run:
        return letters.rehearse(reported=reported)
    tell = partial(tell_sent, quiet=order.quiet, reported=reported, sent=_choose_words(order))
    answer = letters.send(office.plan, office.day, tell)
    is_whole = answer.exit_code != UNSENT
    lifeless = beat(settings.heartbeat) if is_whole and settings.heartbeat else ()
    return answer._replace(remarks=[*answer.remarks, *lifeless])


def _choose_writing(
    session: Session, office: PlanOnDay, asked: ReportedClasses, order: MailOrder, settings: Configuration
) -> Callable[[], WrittenPosts]:
    """Return what writes the letters, with a paper where one is asked for."""
    if order.attach is None:
        return partial(_write, session, office, asked, order, settings)
    from kfly.commands.overdue_papers import attach_papers, name_paper

    office = office._replace(paper=name_paper(order.attach))
    return attach_papers(
        session, office, order.attach, partial(_write, session, office, asked, order, settings)
    )


def _write(
    session: Session, office: PlanOnDay, asked: ReportedClasses, order: MailOrder, settings: Configuration
) -> WrittenPosts:
    """Write the letters, each with those who have not had it yet; name the addresses that are none."""
    office = office._replace(last_letters=read_last_letters(session, office.day))
    to = [_recipient(text) for text in order.to] or settings.to
    _must_reach_somebody(to, order, settings)
    posts = list(write_to_coordinators(office, asked, to, always=order.always))
    faults: list[str] = []
    if order.leads:
        own, faults = write_to_leads(office, asked)
        posts += own
        left = [] if order.quiet else list_without_address(office, asked)
        if left:
            names = _(", ").join(organisation.title.spoken for organisation in left)
            complain(
                [_("Leads without an e-mail address in the plan, who get no mail: {names}", names=names)]
            )
    if not posts and not faults and office.found(asked).has_any:
        faults.append(
            _("There is something to report, but nobody to mail it to: no lead has an e-mail address.")
        )
    return posts if order.again else leave_out_told(session, posts, office.day), faults


def _must_reach_somebody(to: Sequence[Mailbox], order: MailOrder, settings: Configuration) -> None:
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


def _recipient(text: str) -> Mailbox:
    try:
        return parse_mailbox(text)
    except KflyError as error:
        raise WrongUsageError(_("--to: {fault}", fault=error)) from None


def _choose_words(order: MailOrder) -> Mapping[bool, str]:
    return {**_SENT, True: _SENT_SMALLER} if order.attach else _SENT


def tell_sent(run: MailRun, *, quiet: bool, reported: bool, sent: Mapping[bool, str] = _SENT) -> None:
    """Say what became of each, failures on stderr; and why nothing was sent, if nothing was."""
    if not quiet:
        say(
            *(
                _(sent[mailing.without_workbook], recipient=mailing.recipient, subject=mailing.subject)
                for mailing in run.tried
                if mailing.is_sent
            )
        )
        if not reported and not run.posts:
            say(_("Nothing to report, so no mail was sent."))
        elif run.posts and not any(post.pending for post in run.posts):
            say(_("Everybody has had this already; “--again” sends it once more."))
    complain(_failures(run.tried))


def _failures(tried: Sequence[Mailing]) -> Iterator[str]:
    """Yield a line for each cause; many recipients that have one in common are counted."""
    causes: dict[str, list[str]] = {}
    for mailing in tried:
        if mailing.error is not None:
            causes.setdefault(mailing.error, []).append(mailing.recipient)
    for why, recipients in causes.items():
        if len(recipients) == 1:
            yield _("Not sent to {recipient}: {why}", recipient=recipients[0], why=why)
        else:
            words = N_("Not sent to {n} recipients (“kfly mailings --failed” names them): {why}")
            yield _(words, n=len(recipients), why=why)
