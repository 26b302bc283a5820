"""Letters on their way: shown, or sent; what each command that mails does in the same way."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import NamedTuple

from kfly.cli.answer import Answer
from kfly.configuration.file import Configuration
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan
from kfly.reports import mailings as report
from kfly.reports.letters import rehearsal
from kfly.services.mailing import MailRun, WrittenPosts, find_heading, mail_posts
from kfly.services.session import Session

UNSENT = 75  # EX_TEMPFAIL: try again later


class UnsentError(KflyError):
    """Nothing was sent, and trying again later may help."""

    exit_code = UNSENT


class Dispatch(NamedTuple):
    """Letters that are to go out.

    Attributes:
        session: the database.
        settings: the configuration.
        write: writes the letters.
    """

    session: Session
    settings: Configuration
    write: Callable[[], WrittenPosts]

    def rehearse(self, *, reported: bool) -> Answer:
        """Show what would be sent, ``reported`` when there is anything to report."""
        heading = find_heading(self.session, self.settings)
        posts, faults = self.write()
        return Answer(
            partial(rehearsal.document, posts, heading),
            partial(rehearsal.render, posts, heading, reported=reported),
            UNSENT if faults else 0,
            remarks=faults,
        )

    def send(self, plan: Plan, day: date, tell: Callable[[MailRun], None]) -> Answer:
        """Send them; exit with 75 while something is left unsent.

        Args:
            plan: the plan.
            day: that of the report.
            tell: says what became of each.

        Raises:
            UnsentError: another run is mailing.
        """
        run = mail_posts(self.session, day, self.write, self.settings)
        if run is None:
            path = self.session.path
            raise UnsentError(
                _("Another run is mailing from {path}; nothing was sent by this one.", path=path)
            )
        return Answer(
            lambda: report.document(run.tried, plan),
            lambda: tell(run),
            0 if run.is_whole else UNSENT,
            done=True,
            remarks=run.faults,
        )
