"""One connection to the mail server: made when it is needed, and made anew when it was lost."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from threading import Timer
from typing import Any

from kfly.mail.addresses import encode_domain
from kfly.mail.login import log_in
from kfly.mail.patience import Patience
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble, clean_words, lacks_starttls, translating_errors

_OK, _FORWARDED = 250, 251
# Seven bits, which every server on the way takes; headers that were written with care stay as they are.
_ON_THE_WIRE = SMTP.clone(cte_type="7bit", refold_source="none")


class Connection:
    """A connection to one server, whose time limit holds for every wait on the network.

    Attributes:
        server: the server.
        is_used: whether a message was tried over it since it was made.
    """

    def __init__(self, server: Server, patience: Patience) -> None:
        self.server = server
        self.is_used = False
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt and log in, unless that is done.

        Raises:
            Trouble: there is no server, or none that takes mail from us.
        """
        if self._smtp is not None and self._smtp.sock is not None:
            return
        self.is_used = False
        try:
            with translating_errors(self.server, reached=False):
                smtp = self._connected()
                self._encrypt(smtp)
                log_in(smtp, self.server)
        except Trouble:
            self.drop()
            raise

    def transact(self, message: EmailMessage, sender: str, recipient: str) -> str:
        """Hand over one message for one recipient, over an open connection.

        Returns:
            the server's last word, on one line; it often holds the number that it has given the message.

        Raises:
            Trouble: it was not taken. The connection may be gone.
        """
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected
        content = message.as_bytes(policy=_ON_THE_WIRE)
        self.is_used = True
        with translating_errors(self.server, reached=True):
            try:
                code, words = _handed_over(self._smtp, content, sender, recipient)
            except smtplib.SMTPResponseException:
                with suppress(OSError, smtplib.SMTPException):
                    self._smtp.rset()
                raise
        return f"{code} {clean_words(words, self.server)}".rstrip()

    def close(self) -> None:
        """Close the connection politely, whatever the server answers."""
        if self._smtp is not None and self._smtp.sock is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self.drop()

    def cut_off(self) -> None:
        """End whatever waits on the network, from another thread."""
        if self._smtp is not None and self._smtp.sock is not None:
            with suppress(OSError):
                # Not the socket's own shutdown: that of TLS would let the rest go out unencrypted.
                socket.socket.shutdown(self._smtp.sock, socket.SHUT_RDWR)

    def tell_encryption(self) -> str | None:
        """Tell by what an open connection is encrypted, such as ``TLSv1.3``; None for one that is not."""
        sock = self._smtp.sock if self._smtp is not None else None
        return sock.version() if isinstance(sock, ssl.SSLSocket) else None

    def _connected(self) -> smtplib.SMTP:
        server = self.server
        options: dict[str, Any] = {
            "local_hostname": _own_name(),
            "timeout": min(server.timeout, max(self._patience.left, 0.001)),
        }
        if server.encryption != "tls":
            return _Plain(self._notice, server.host, server.port, **options)
        context = ssl.create_default_context()
        return _Encrypted(self._notice, server.host, server.port, context=context, **options)

    def _notice(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.encryption != "starttls":
            return
        if not smtp.has_extn("starttls"):
            raise lacks_starttls(self.server)
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()

    def drop(self) -> None:
        """Close the connection at once."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


@contextmanager
def line_to(server: Server, patience: Patience) -> Iterator[Connection]:
    """Provide a connection that is cut off when the time is over, and closed in the end."""
    connection = Connection(server, patience)
    cutting = Timer(patience.left, connection.cut_off)
    cutting.daemon = True
    cutting.start()
    try:
        yield connection
        connection.close()
    finally:
        cutting.cancel()
        connection.drop()


class _Plain(smtplib.SMTP):
    """Smtplib's client, which tells of itself before it connects: so it can be cut off while it does."""

    def __init__(self, notice: Any, *place: Any, **options: Any) -> None:
        self._notice = notice
        super().__init__(*place, **options)

    def connect(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        """Connect, as smtplib does when it is made."""
        self._notice(self)
        return super().connect(*args, **options)


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def _handed_over(smtp: smtplib.SMTP, content: bytes, sender: str, recipient: str) -> tuple[int, bytes]:
    """Go through the steps of one message; return what the server says in the end.

    Smtplib's ``sendmail`` does the same, but drops the server's last word.

    Raises:
        smtplib.SMTPResponseException: a step was refused.
    """
    size = [f"size={len(content)}"] if smtp.has_extn("size") else []
    _must_be(smtp.mail(sender, size), _OK)
    _must_be(smtp.rcpt(recipient), _OK, _FORWARDED)
    return _must_be(smtp.data(content), _OK)


def _must_be(answer: tuple[int, bytes], *codes: int) -> tuple[int, bytes]:
    if answer[0] not in codes:
        raise smtplib.SMTPResponseException(*answer)
    return answer


def _own_name() -> str:
    """Return our name for the server; smtplib would ask the name servers, and might wait past any limit."""
    with suppress(ValueError):
        name = encode_domain(socket.gethostname())
        if "." in name:
            return name
    return "[127.0.0.1]"
