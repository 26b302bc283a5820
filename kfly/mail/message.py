"""The message of a letter: headers, plain text, page, attachment."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import localtime, make_msgid
from typing import NamedTuple

from kfly.mail.addresses import Mailbox

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class Content(NamedTuple):
    """What a message says."""

    subject: str
    text: str
    html: str
    workbook: bytes | None  # none where there is no row
    workbook_name: str
    language: str


def make_message(content: Content, sender: Mailbox, to: Sequence[Mailbox]) -> EmailMessage:
    """Make the message; a mail program that cannot show the page shows the text.

    Raises:
        ValueError: a line break stands in a header.
    """
    made = EmailMessage()
    made["From"] = sender.for_header()
    made["To"] = [mailbox.for_header() for mailbox in to]
    made["Subject"] = content.subject
    made["Date"] = localtime()
    made["Message-ID"] = make_msgid(domain=sender.address.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # so that no absence notice answers
    # Base64, whatever a server makes of lines that are long or not ASCII.
    made.set_content(content.text, cte="base64")
    made.add_alternative(content.html, subtype="html", cte="base64")
    if content.workbook is not None:
        maintype, subtype = XLSX
        made.add_attachment(content.workbook, maintype, subtype, filename=content.workbook_name)
    made["Content-Language"] = content.language  # now: setting a content clears what the headers say of it
    return made
