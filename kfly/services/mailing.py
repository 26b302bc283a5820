"""Mailing letters: one run at a time, each recipient once a day, and a note of what became of each mail."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from email.message import EmailMessage
from functools import partial
from typing import NamedTuple

from kfly.clock import now
from kfly.configuration import in_force
from kfly.configuration.file import Configuration
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.mail.message import Content, Heading, make_message, make_message_id
from kfly.mail.post import Post
from kfly.mail.sending import Delivery, DeliveryOutcome, send
from kfly.plan.mailings import LastLetter, Mailing
from kfly.services.session import Session
from kfly.store import mailings as kept
from kfly.store.file.locks import holding_lock

WrittenPosts = tuple[list[Post], list[str]]  # the letters; what is wrong with those that cannot be written
Correspondents = tuple[str | None, str | None]  # a lead, or None for the coordinators; and the scope
_RECENT = timedelta(days=60)  # an older letter is nothing to compare with, or to answer
_MOST_FOLLOWED = 10  # ids that a message names


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


def find_heading(session: Session, settings: Configuration) -> Heading:
    """Find from whom the letters come, and who gets the answers.

    Raises:
        KflyError: the configuration is faulty, or the plan names somebody who is no address.
    """
    found = in_force.find_server(settings)
    sender = in_force.find_sender(settings, found.value if found else None).value
    with session.reading() as desk:
        reply_to = in_force.find_reply_to(settings, desk.plan.reply_to)
    return Heading(sender, (), reply_to=reply_to.value if reply_to else None)


def read_last_letters(session: Session, day: date) -> dict[Correspondents, LastLetter]:
    """Read what was last told before a day to the coordinators and to each lead."""
    letters: dict[Correspondents, LastLetter] = {}
    with session.reading() as desk:
        first = (day - _RECENT).isoformat()
        for mailing in kept.read_sent_between(desk.db, first, day.isoformat()):
            whom, sent_for = (mailing.organisation, mailing.scope), date.fromisoformat(mailing.as_of)
            last = letters.get(whom)
            before = last.tasks if last and last.day == sent_for else {}  # two reports of one day are one
            follows = tuple(dict.fromkeys((*(last.follows if last else ()), mailing.message_id)))
            tasks = {**before, **dict(mailing.tasks)}
            letters[whom] = LastLetter(sent_for, tasks, follows[-_MOST_FOLLOWED:])
    return letters


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
    heading = find_heading(session, settings)
    with holding_lock(session.path) as ours:
        if not ours:
            return None
        posts, faults = write()
        sheets = list(address_posts(posts, heading, faults))
        tried, untold = _send(session, day, sheets, settings) if sheets else ([], [])
    return MailRun(posts, tried, [*faults, *untold])


def address_posts(posts: Sequence[Post], heading: Heading, faults: list[str]) -> Iterator[AddressedPost]:
    """Make a delivery for each who has not had the letter; its header names all its recipients.

    A letter that no message can carry is noted among the faults, and does not stop the others.

    Args:
        posts: the letters.
        heading: from whom all of them come, and who gets the answers.
        faults: takes a line for each letter that no message can carry.
    """
    sender = heading.sender
    for post in posts:
        if not post.pending:
            continue
        own = heading._replace(
            to=post.recipients, cc=post.cc, message_id=make_message_id(sender), follows=post.follows
        )
        try:
            made = make_message(post.content, own)
        except ValueError as error:
            name = post.organisation or post.pending[0].address
            faults.append(
                _("{name}: {fault}", name=name, fault=_("no message can be made of it: {why}", why=error))
            )
            continue
        smaller = partial(_make_smaller, post.make_smaller, own) if post.make_smaller else None
        for box in post.pending:
            yield AddressedPost(post, Delivery(made, sender.address, box.address, smaller))


def _make_smaller(write: Callable[[], Content], heading: Heading) -> EmailMessage:
    return make_message(write(), heading)


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
    posts = {sheet.delivery: sheet.post for sheet in sheets}
    tried: list[Mailing] = []
    left: list[Mailing] = []
    for outcome in send(server, posts, in_force.find_patience(settings).value):
        mailing = _mailing(day, posts[outcome.delivery], outcome)
        tried.append(mailing)
        # Somebody who locks the database for a while must not stop the mail: as each attempt may wait long,
        # those that could not be noted are tried once more in the end, all together.
        if left or not _note(session, [mailing]):
            left.append(mailing)
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
        answer=outcome.answer,
        without_workbook=outcome.smaller,
    )
