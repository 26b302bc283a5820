"""The reasons why a try failed: in one line, without secrets, and whether another try may succeed."""

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from kfly.errors import explain_os_error
from kfly.locale import _
from kfly.mail.addresses import find_unseen
from kfly.mail.hints import (
    add_hint,
    advise_on_certificate,
    advise_on_login,
    advise_on_silence,
    advise_on_tls,
)
from kfly.mail.patience import write_patience
from kfly.mail.server import Server

_LONGEST = 200  # signs of a server's own words
_FOR_NOW = range(400, 500)  # answers that ask to come again
_TOO_LARGE = 552  # also 5.3.4 and 5.2.3, with whatever code before them
_TOO_LARGE_IN_WORDS = re.compile(rb"5\.(3\.4|2\.3)\b")
_LEAST_ANSWER = 100
_HIDDEN = "***"


class Trouble(Exception):  # noqa: N818  (told as the outcome of a delivery, never to a person as it is)
    """Why a try failed.

    Attributes:
        message: one line without secrets.
        may_pass: whether another try may succeed.
        reached: whether a server had been found that takes mail from us.
        answered: whether these are the server's own words, over a connection that is still whole.
        too_large: whether the message was too large for the server, or for the recipient's box.
    """

    def __init__(
        self, message: str, *, may_pass: bool, reached: bool, answered: bool = False, too_large: bool = False
    ) -> None:
        super().__init__(message)
        self.message = message
        self.may_pass = may_pass
        self.reached = reached
        self.answered = answered
        self.too_large = too_large


def lacks_starttls(server: Server) -> Trouble:
    """Make the trouble of a server that takes mail only unencrypted."""
    message = _("{place} does not offer STARTTLS; nothing is sent unencrypted.", place=server.place)
    return Trouble(message, may_pass=False, reached=False)


def lacks_login(server: Server, offered: str) -> Trouble:
    """Make the trouble of a server that offers no login, or only such as we do not know."""
    if offered:
        message = _(
            "{place} offers only logins that kfly does not know: {offered}.",
            place=server.place,
            offered=clean_words(offered, server),
        )
        return Trouble(message, may_pass=False, reached=False)
    message = _("{place} offers no login.", place=server.place)
    return Trouble(add_hint(message, advise_on_login(server)), may_pass=False, reached=False)


def refuses_login(server: Server, code: int) -> Trouble:
    """Make the trouble of a refused login, without the server's words: they may repeat the secret."""
    if code in _FOR_NOW:
        message = _("{place} takes no login for now ({code}).", place=server.place, code=code)
    else:
        message = _(
            "{place} refused the login ({code}); “kfly config” tells where the user and the password"
            " come from.",
            place=server.place,
            code=code,
        )
    return Trouble(message, may_pass=code in _FOR_NOW, reached=False)


def tell_time_is_over(seconds: float) -> str:
    """Tell that a run had no time left for a message."""
    return _(
        "the time of the run was over ({patience}, mail.patience); the next run tries again.",
        patience=write_patience(seconds),
    )


@contextmanager
def translating_errors(server: Server, *, reached: bool) -> Iterator[None]:
    """Turn whatever fails inside into a :class:`Trouble`.

    Args:
        server: the server at the other end.
        reached: whether it takes mail from us, as far as is known.
    """
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _answered(server, error.smtp_code, error.smtp_error, reached=reached) from None
    except (smtplib.SMTPException, OSError) as error:
        message, may_pass = _broken(server, error)
        raise Trouble(message, may_pass=may_pass, reached=reached) from None
    except ValueError:  # such as a challenge that is not base64; our own messages are made before
        if reached:
            raise
        raise Trouble(_no_smtp(server), may_pass=False, reached=False) from None


def _answered(server: Server, code: int, words: bytes | str, *, reached: bool) -> Trouble:
    """Make the trouble of an answer, in the server's own words."""
    if code < _LEAST_ANSWER:
        return Trouble(_no_smtp(server), may_pass=False, reached=reached)
    text = clean_words(words, server)
    message = _("{place} answered: {code} {words}", place=server.place, code=code, words=text).rstrip()
    spoken = words.encode(errors="replace") if isinstance(words, str) else words
    return Trouble(
        message,
        may_pass=code in _FOR_NOW,
        reached=reached,
        answered=True,
        too_large=code == _TOO_LARGE
        or (code not in _FOR_NOW and _TOO_LARGE_IN_WORDS.match(spoken) is not None),
    )


def _broken(server: Server, error: Exception) -> tuple[str, bool]:
    """Say what happened to the connection, and whether another try may succeed."""
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    lasting = _lasting(server, cause)
    return (_passing(server, cause), True) if lasting is None else (lasting, False)


def _lasting(server: Server, cause: BaseException | None) -> str | None:
    """Say what is wrong, if no other try will mend it."""
    match cause:
        case ssl.SSLCertVerificationError():
            why = clean_words(cause.verify_message, server)
            told = _("The certificate of {place} is not trusted: {why}.", place=server.place, why=why)
            return add_hint(told, advise_on_certificate(cause))
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return None
        case ssl.SSLError():
            why = clean_words(cause.reason or "", server)
            told = _("{place} does not speak TLS as it should: {why}.", place=server.place, why=why)
            return add_hint(told, advise_on_tls(server, cause))
        case smtplib.SMTPException():
            return _no_smtp(server)
    return None


def _passing(server: Server, cause: BaseException | None) -> str:
    place = server.place
    match cause:
        case TimeoutError():
            seconds = f"{server.timeout:g}"
            told = _("{place} did not answer within {seconds} s.", place=place, seconds=seconds)
            return add_hint(told, advise_on_silence(server))
        case socket.gaierror():
            return _("The host of {place} is not known here, or the network is down.", place=place)
        case ConnectionRefusedError():
            return _("Nothing answers at {place}: the connection is refused.", place=place)
        case OSError() if not isinstance(cause, ConnectionError | ssl.SSLError):
            return _("{place} cannot be reached: {why}.", place=place, why=explain_os_error(cause))
    return add_hint(_("{place} dropped the connection.", place=place), advise_on_silence(server))


def _no_smtp(server: Server) -> str:
    return _("What answers at {place} does not speak SMTP as kfly knows it.", place=server.place)


def clean_words(words: bytes | str, server: Server) -> str:
    """Return what a server said, on one line, without control characters, and without our password."""
    text = _decoded(words) if isinstance(words, bytes) else words
    text = " ".join("".join(" " if find_unseen(sign) else sign for sign in text).split())
    for secret in _secrets(server):
        text = text.replace(secret, _HIDDEN)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _decoded(words: bytes) -> str:
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:
        return words.decode("gb18030", errors="replace")  # the encoding of older servers in China


def _secrets(server: Server) -> Iterator[str]:
    """Yield the password, and what it looks like on its way."""
    if server.password:
        for spoken in (f"\0{server.user}\0{server.password}", server.password):
            yield base64.b64encode(spoken.encode()).decode()
        yield server.password
