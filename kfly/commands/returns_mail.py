"""``returns --email``: a reminder to each that has not sent what it owes for the last period.

Beside ``returns`` and not in it: nothing of mail is loaded by a command that only prints.
"""

from functools import partial

from kfly.cli.answer import Answer
from kfly.commands.dispatch import Dispatch
from kfly.commands.overdue_mail import tell_sent
from kfly.configuration import file as configuration
from kfly.console.screen import complain
from kfly.locale import _
from kfly.reports.letters.reminders import Reminders, list_without_address, write_posts
from kfly.services.mailing import WrittenPosts, leave_out_told
from kfly.services.session import Session

__all__ = ["Reminders", "mail_reminders"]


def mail_reminders(session: Session, asked: Reminders, *, dry_run: bool, again: bool, quiet: bool) -> Answer:
    """Send the reminders, or show what would be sent; exit with 75 while something is left unsent.

    Raises:
        KflyError: the configuration is faulty, or the database cannot be written: then nothing is sent.
    """
    settings = configuration.read()
    settings.must_be_sound()
    write, reported = partial(_write, session, asked, again=again, quiet=quiet), bool(asked.missing)
    letters = Dispatch(session, settings, write)
    if dry_run:
        return letters.rehearse(reported=reported)
    return letters.send(asked.plan, asked.day, partial(tell_sent, quiet=quiet, reported=reported))


def _write(session: Session, asked: Reminders, *, again: bool, quiet: bool) -> WrittenPosts:
    """Write the reminders; name those who have no address."""
    posts, faults = write_posts(asked)
    left = [] if quiet else list_without_address(asked)
    if left:
        names = _(", ").join(organisation.title.spoken for organisation in left)
        complain([_("Without an e-mail address in the plan, and so not reminded: {names}", names=names)])
    return posts if again else leave_out_told(session, posts, asked.day), faults
