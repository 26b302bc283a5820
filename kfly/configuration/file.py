"""The configuration file: where it is, what it may contain, and how it is read."""

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BeforeValidator, Field

from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.mail.addresses import Mailbox, parse_mailbox
from kfly.mail.patience import parse_patience
from kfly.mail.server import Server, parse_server
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.marked_yaml import read_yaml as read_marked
from kfly.plan.files.shape_values import Shape
from kfly.plan.files.shaping import shape_document

VARIABLE = "KFLY_CONFIG"
NAME = "config.yaml"

Read = TypeVar("Read")


def _listed(value: Any) -> Any:
    """Make a single text a list of one, and a key with nothing behind it an empty list."""
    return [] if value is None else [value] if isinstance(value, str) else value


def _split(value: Any) -> Any:
    """Split a command as a shell would; none is used to run it."""
    try:
        return shlex.split(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(_("a quotation mark is left open")) from None


def _keyed(value: Any) -> Any:
    """Make a section of which only the name is left an empty one."""
    return {} if value is None else value


def _as_file(value: Any) -> Any:
    """Take a single text as the file that is touched."""
    return {"file": value} if isinstance(value, str) else value


class HeartbeatShape(Shape):
    """``heartbeat:``."""

    file: Annotated[str, Field(min_length=1)] | None = None
    command: Annotated[list[str], BeforeValidator(_split), Field(min_length=1)] | None = None


class MailShape(Shape):
    """``mail:``."""

    to: Annotated[list[str], BeforeValidator(_listed)] = Field(default=[])
    from_: str | None = Field(default=None, alias="from")
    smtp: str | None = None
    password_file: Annotated[str, Field(min_length=1)] | None = None
    reply_to: str | None = None
    patience: Any = None
    heartbeat: Annotated[HeartbeatShape | None, BeforeValidator(_as_file)] = None


class ConfigurationShape(Shape):
    """``config.yaml``."""

    mail: Annotated[MailShape, BeforeValidator(_keyed)] = MailShape()


class Heartbeat(NamedTuple):
    """What tells that a run was complete: a file that is touched, a command that is run, or both."""

    file: Path | None
    command: tuple[str, ...]

    def __str__(self) -> str:
        parts = [str(self.file)] if self.file else []
        return "; ".join([*parts, shlex.join(self.command)] if self.command else parts)


class Configuration(NamedTuple):
    """What the file says; what is faulty in it is left out.

    Attributes:
        path: where the file is, or would be.
        exists: whether there is one.
        to: the coordinators, who get every report.
        sender: from whom mail comes.
        server: the mail server, without a password.
        password_file: where its password is kept.
        reply_to: who gets the answers.
        patience: the seconds that a run may take.
        heartbeat: what tells that a run was complete.
        faults: a line for each.
    """

    path: Path
    exists: bool
    to: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    server: Server | None = None
    password_file: Path | None = None
    reply_to: Mailbox | None = None
    patience: float | None = None
    heartbeat: Heartbeat | None = None
    faults: tuple[str, ...] = ()

    def must_be_sound(self) -> None:
        """Refuse a file with faults.

        Raises:
            KflyError: there are some: a line for each.
        """
        if self.faults:
            raise KflyError(*self.faults)


def find_path() -> Path:
    """Return where the file is looked for: ``KFLY_CONFIG``, or the user's folder of configurations."""
    asked = os.environ.get(VARIABLE)
    if asked:
        return Path(asked).absolute()
    from platformdirs import user_config_path

    return user_config_path("kfly") / NAME


def read() -> Configuration:
    """Read the file; that there is none is a fault only when it was asked for by name."""
    place = find_path()
    exists = os.path.lexists(place)
    if not exists and not os.environ.get(VARIABLE):
        return Configuration(place, exists)
    if not exists:
        fault = _("{path} is not there; {variable} names it.", path=place, variable=VARIABLE)
        return Configuration(place, exists, faults=(fault,))
    document = read_marked(place)
    shaped = None if document.data is None else shape_document(document, ConfigurationShape)
    found = _meant(shaped.mail, document, place) if shaped else Configuration(place, exists)
    faults = sorted(document.faults, key=lambda fault: fault.line)
    return found._replace(exists=exists, faults=tuple(str(fault) for fault in faults))


def _meant(mail: MailShape, document: Document, place: Path) -> Configuration:
    return Configuration(
        place,
        exists=True,
        to=tuple(_recipients(mail.to, document)),
        sender=_understood(parse_mailbox, mail.from_, document, ("mail", "from")),
        server=_understood(parse_server, mail.smtp, document, ("mail", "smtp")),
        password_file=_beside(place, mail.password_file),
        reply_to=_understood(parse_mailbox, mail.reply_to, document, ("mail", "reply_to")),
        patience=_understood(parse_patience, mail.patience, document, ("mail", "patience")),
        heartbeat=_heartbeat(mail.heartbeat, document, place) if mail.heartbeat else None,
    )


def _beside(place: Path, written: str | None) -> Path | None:
    """Return the path of a file that is named in this one: absolute, or beside it."""
    return place.parent / Path(written).expanduser() if written else None


def _heartbeat(asked: HeartbeatShape, document: Document, place: Path) -> Heartbeat | None:
    """Read the heartbeat; a command must not be for others to choose."""
    if document.is_faulty(("mail", "heartbeat")):
        return None
    if not asked.file and not asked.command:
        document.fault(("mail", "heartbeat"), _("file: or command: is expected"))
        return None
    if asked.command and place.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        words = N_("others may write this file, and would choose the command; run “chmod go-w {path}”")
        document.fault(("mail", "heartbeat"), _(words, path=place))
        return None
    return Heartbeat(_beside(place, asked.file), tuple(asked.command or ()))


def _recipients(written: list[str], document: Document) -> Iterator[Mailbox]:
    """Read the coordinators; a single text has no number in the file."""
    several = isinstance(document.data["mail"]["to"], list) if written else False
    known: set[str] = set()
    for number, text in enumerate(written):
        place: Place = ("mail", "to", number) if several else ("mail", "to")
        box = _understood(parse_mailbox, text, document, place)
        if box and box.address.casefold() in known:
            document.fault(place, _("{value} is given twice", value=box.address))
        elif box:
            known.add(box.address.casefold())
            yield box


def _understood(reader: Callable[[Any], Read], text: Any, document: Document, place: Place) -> Read | None:
    """Read what a text means; note a fault when it means nothing."""
    if text is None:
        return None
    try:
        return reader(text)
    except KflyError as error:
        document.fault(place, str(error))
        return None
