"""Mailing letters: one run at a time, each recipient once a day, and a note of what became of each mail."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kfly.configuration import in_force
from kfly.configuration.file import Configuration
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.mail.addresses import Mailbox
from kfly.mail.message import make_message
from kfly.mail.post import Post
from kfly.mail.sending import Delivery, DeliveryOutcome, send
from kfly.plan.mailings import Mailing
from kfly.services.session import Session
from kfly.store import mailings as kept
from kfly.store.file.locks import holding_lock
from kfly.store.records import now

WrittenPosts = tuple[
    list[Post], list[str]
]  # the letters, and what is wrong with those that cannot be written


class MailRun(NamedTuple):
    """What one run of mailing has done."""

    posts: Sequence[Post]
    tried: Sequence[Mailing]
    faults: Sequence[str]  # letters that could not be sent, and notes that could not be made, a line each

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left unsent."""
        return not self.faults and all(mailing.is_sent for mailing in self.tried)


class AddressedPost(NamedTuple):
    """A post on its way to one recipient."""

    post: Post
    delivery: Delivery


def find_sender(settings: Configuration) -> Mailbox:
    """Find from whom the letters come."""
    found = in_force.find_server(settings)
    return in_force.find_sender(settings, found.value if found else None).value


def leave_out_told(session: Session, posts: Sequence[Post], day: date) -> list[Post]:
    """Leave out the recipients who have been told all of a post for this day already."""
    with session.reading() as desk:
        earlier = list(kept.read(desk.db, day.isoformat()))
    return [post.without(_told(post, earlier)) for post in posts]


def _told(post: Post, earlier: Sequence[Mailing]) -> Iterator[str]:
    for mailing in earlier:
        same = (mailing.organisation, mailing.scope) == (post.organisation, post.scope)
        if same and mailing.covers(post.tasks):
            yield mailing.recipient


def mail_posts(
    session: Session, day: date, write: Callable[[], WrittenPosts], settings: Configuration
) -> MailRun | None:
    """Write the letters and send them; None when another run is mailing from this database.

    Args:
        session: the database.
        day: the day that the report answers for.
        write: writes the letters, once nobody else can be sending them.
        settings: the configuration.

    Raises:
        KflyError: the configuration is faulty, or the database cannot be written: then nothing is sent.
    """
    sender = find_sender(settings)
    with holding_lock(session.path) as ours:
        if not ours:
            return None
        posts, faults = write()
        sheets = list(address_posts(posts, sender, faults))
        tried, untold = _send(session, day, sheets, settings) if sheets else ([], [])
    return MailRun(posts, tried, [*faults, *untold])


def address_posts(posts: Sequence[Post], sender: Mailbox, faults: list[str]) -> Iterator[AddressedPost]:
    """Make a delivery for each who has not had the letter; its header names all its recipients.

    A letter that no message can carry is noted among the faults, and does not stop the others.
    """
    for post in posts:
        if not post.pending:
            continue
        try:
            made = make_message(post.content, sender, post.recipients)
        except ValueError as error:
            name = post.organisation or post.pending[0].address
            faults.append(
                _("{name}: {fault}", name=name, fault=_("no message can be made of it: {why}", why=error))
            )
            continue
        yield from (AddressedPost(post, Delivery(made, sender.address, box.address)) for box in post.pending)


def _send(
    session: Session, day: date, sheets: Sequence[AddressedPost], settings: Configuration
) -> tuple[list[Mailing], list[str]]:
    """Send, and note what became of each mail before the next one goes out.

    Returns:
        the mails that were tried, and a line for each that could not be noted.

    Raises:
        KflyError: the database cannot be written: then nothing is sent.
    """
    server = in_force.require_server(settings)
    with session.writing():  # else what was sent could not be noted, and would be sent again tomorrow
        pass
    outcomes = send(server, [sheet.delivery for sheet in sheets])
    tried, left = [], []
    for sheet, outcome in zip(sheets, outcomes, strict=True):
        mailing = _mailing(day, sheet.post, outcome)
        tried.append(mailing)
        if not _note(session, [mailing]):
            left.append(mailing)
    # Somebody who locks the database for a while must not stop the mail. Those that could not be noted are
    # tried once more, all together, as each attempt may wait long.
    untold = left if left and not _note(session, left) else []
    words = N_("Tried for {recipient}, but that could not be noted: the next run may send it again.")
    return tried, [_(words, recipient=mailing.recipient) for mailing in untold]


def _note(session: Session, mailings: Sequence[Mailing]) -> bool:
    """Note what became of mails; False where the database could not be written."""
    try:
        with session.writing() as desk:
            for mailing in mailings:
                kept.record(desk.db, mailing)
    except KflyError:
        return False
    return True


def _mailing(day: date, post: Post, outcome: DeliveryOutcome) -> Mailing:
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
