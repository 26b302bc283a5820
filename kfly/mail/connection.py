"""One connection to the mail server: made when it is needed, and made anew when it was lost."""

import smtplib
import socket
import ssl
from contextlib import suppress
from email.message import EmailMessage

from kfly.mail.addresses import encode_domain
from kfly.mail.server import Server
from kfly.mail.troubles import Trouble, lacks_login, lacks_starttls, translating_errors


class Connection:
    """A connection to one server, whose time limit holds for every wait on the network."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt and log in, unless that is done.

        Raises:
            Trouble: there is no server, or none that takes mail from us.
        """
        if self._smtp is not None and self._smtp.sock is not None:
            return
        try:
            with translating_errors(self.server, reached=False):
                self._smtp = self._connected()
                self._encrypt(self._smtp)
                self._log_in(self._smtp)
        except Trouble:
            self._drop()
            raise

    def transact(self, message: EmailMessage, sender: str, recipient: str) -> None:
        """Hand over one message for one recipient, over an open connection.

        Raises:
            Trouble: it was not taken. The connection may be gone.
        """
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected
        content = message.as_bytes(policy=message.policy.clone(cte_type="7bit", linesep="\r\n"))
        with translating_errors(self.server, reached=True):
            self._smtp.sendmail(sender, [recipient], content)  # 7 bits, which every server on the way takes

    def close(self) -> None:
        """Close the connection politely, whatever the server answers."""
        if self._smtp is not None and self._smtp.sock is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def _connected(self) -> smtplib.SMTP:
        server, name = self.server, _own_name()
        if server.encryption != "tls":
            return smtplib.SMTP(server.host, server.port, name, server.timeout)
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=server.timeout, context=context)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.encryption != "starttls":
            return
        if not smtp.has_extn("starttls"):
            raise lacks_starttls(self.server)
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if self.server.user is None:
            return
        if not smtp.has_extn("auth"):
            raise lacks_login(self.server)
        smtp.login(self.server.user, self.server.password or "")

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _own_name() -> str:
    """Return our name for the server; smtplib would ask the name servers, and might wait past any limit."""
    with suppress(ValueError):
        name = encode_domain(socket.gethostname())
        if "." in name:
            return name
    return "[127.0.0.1]"
