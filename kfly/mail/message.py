"""The message of a letter: headers, plain text, page, attachment."""

import re
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from kfly.mail.addresses import Mailbox

_OFFICE = "vnd.openxmlformats-officedocument"
TYPES = {  # of what is attached, by its suffix
    ".xlsx": ("application", f"{_OFFICE}.spreadsheetml.sheet"),
    ".docx": ("application", f"{_OFFICE}.wordprocessingml.document"),
    ".html": ("text", "html"),
}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")  # of a header's line, which may be 998 signs long


class Attachment(NamedTuple):
    """A file that goes with a message.

    Attributes:
        name: with a suffix of ``TYPES``.
        content: its bytes.
    """

    name: str
    content: bytes


class Content(NamedTuple):
    """What a message says."""

    subject: str
    text: str
    html: str
    workbook: bytes | None  # none where there is no row
    workbook_name: str
    language: str
    ascii_name: str = "kfly.xlsx"  # of the workbook, for mail programs that read no other
    papers: Sequence[Attachment] = ()  # beside it

    @property
    def attachments(self) -> list[Attachment]:
        """All that goes with it."""
        rows = [] if self.workbook is None else [Attachment(self.workbook_name, self.workbook)]
        return [*rows, *self.papers]


class Heading(NamedTuple):
    """From whom a message comes, to whom it goes, and which messages it follows."""

    sender: Mailbox
    to: Sequence[Mailbox]
    cc: Sequence[Mailbox] = ()
    reply_to: Mailbox | None = None
    message_id: str = ""  # made when it is empty
    follows: Sequence[str] = ()  # the ids of earlier messages, the oldest first


def make_message_id(sender: Mailbox) -> str:
    """Make the id of a new message."""
    return make_msgid(domain=sender.address.rpartition("@")[2])


def make_message(content: Content, heading: Heading) -> EmailMessage:
    """Make the message; a mail program that cannot show the page shows the text.

    Raises:
        ValueError: a line break stands in a header.
    """
    made = EmailMessage()
    made["From"] = heading.sender.for_header()
    made["To"] = [mailbox.for_header() for mailbox in heading.to]
    if heading.cc:
        made["Cc"] = [mailbox.for_header() for mailbox in heading.cc]
    if heading.reply_to is not None:
        made["Reply-To"] = heading.reply_to.for_header()
    made["Subject"] = content.subject
    made["Date"] = localtime()
    _number(made, heading.message_id or make_message_id(heading.sender), heading.follows)
    made["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers
    # Base64, whatever a server makes of lines that are long or not ASCII.
    made.set_content(content.text, cte="base64")
    made.add_alternative(content.html, subtype="html", cte="base64")
    if content.workbook is not None:
        _attach(made, Attachment(content.workbook_name, content.workbook), content.ascii_name)
    for paper in content.papers:
        _attach(made, paper, _name_in_ascii(paper.name))
    made["Content-Language"] = content.language  # now: setting a content clears what the headers say of it
    return made


def _number(made: EmailMessage, message_id: str, follows: Iterable[str]) -> None:
    """Write the ids as they are: the standard library would encode a long one, and nobody would know it."""
    made.set_raw("Message-ID", message_id)
    known = [earlier for earlier in follows if _MESSAGE_ID.fullmatch(earlier)]
    if known:
        made.set_raw("In-Reply-To", known[-1])
        made.set_raw("References", "\n ".join(known))


def _name_in_ascii(name: str) -> str:
    """Return the name for mail programs that read no other: its own where it is plain, else kfly's."""
    return name if _PLAIN_NAME.fullmatch(name) else "kfly" + PurePath(name).suffix.lower()


def _attach(made: EmailMessage, file: Attachment, ascii_name: str) -> None:
    """Attach a file, under its name by RFC 2231; who does not read that takes the ASCII one."""
    maintype, subtype = TYPES[PurePath(file.name).suffix.lower()]
    made.add_attachment(file.content, maintype, subtype)
    *_others, part = made.iter_attachments()
    del part["Content-Type"], part["Content-Disposition"]
    # As they are, too: the standard library would write one name in both places.
    part.set_raw("Content-Type", f'{maintype}/{subtype};\n name="{ascii_name}"')
    part.set_raw(
        "Content-Disposition",
        f"attachment;\n filename*=utf-8''{quote(file.name, safe='-.', errors='replace')}",
    )
