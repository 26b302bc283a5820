"""The mail server as it is configured: by an URL, and a password that never stands in it."""

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from kfly.errors import KflyError
from kfly.locale import _
from kfly.mail.addresses import encode_domain, find_unseen

Encryption = Literal["off", "starttls", "tls"]

DEFAULT_TIMEOUT = 20.0  # seconds
_SHORTEST, _LONGEST = 0.1, 300.0
_PORTS = {"smtp": 25, "smtps": 465}
_SECONDS = re.compile(r"\d{1,3}(\.\d{1,3})?", re.ASCII)
_OPTIONS = ("starttls", "timeout")


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and how."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = DEFAULT_TIMEOUT

    @property
    def place(self) -> str:
        """The host and port, as messages name them."""
        return f"{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL in full, for people to see; it never holds a password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        starttls = {"off": "starttls=off&", "starttls": "starttls=required&", "tls": ""}[self.encryption]
        scheme = "smtps" if self.encryption == "tls" else "smtp"
        return f"{scheme}://{user}{self.place}?{starttls}timeout={self.timeout:g}"


def parse_server(url: str) -> Server:
    """Read the URL of a server.

    It is ``smtp://[user@]host[:port][?starttls=required|off&timeout=20]``, or the same with ``smtps://``. A
    password is put in with :func:`dataclasses.replace`.

    Raises:
        KflyError: the URL is wrong. As it may hold a password, nothing of it is repeated.
    """
    parts = _parts(url)
    options = _options(parts)
    host, loopback = _host(parts)
    user = _user(parts)
    encryption = _encryption(parts.scheme, options.get("starttls"), loopback=loopback)
    if user and encryption == "off" and not loopback:
        raise KflyError(
            _("the password would travel unprotected; leave out starttls=off, or the user, or use smtps://")
        )
    return Server(host, _port(parts), encryption, user, None, _timeout(options.get("timeout")))


def _parts(url: str) -> SplitResult:
    if find_unseen(url) or any(sign.isspace() for sign in url):
        raise KflyError(_("a blank or a control character stands in it"))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise KflyError(_("the host is not spelled as an URL wants it")) from None
    if parts.scheme not in _PORTS or not url[len(parts.scheme) :].startswith("://"):
        raise KflyError(_("it must begin with smtp:// or smtps://"))
    if parts.password is not None:
        raise KflyError(
            _(
                "a password must not stand in it; give it in KFLY_SMTP_PASSWORD,"
                " or in a file that mail.password_file names"
            )
        )
    if parts.path not in ("", "/") or parts.fragment:
        raise KflyError(_("behind the port nothing but ?starttls= and timeout= can follow"))
    return parts


def _options(parts: SplitResult) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in filter(None, parts.query.split("&")):
        name, _equals, value = pair.partition("=")
        if name not in _OPTIONS:
            raise KflyError(_("an option is not known; it takes: {known}", known=_(", ").join(_OPTIONS)))
        if name in options:
            raise KflyError(_("{value} is given twice", value=name))
        options[name] = value
    return options


def _host(parts: SplitResult) -> tuple[str, bool]:
    """Read the host, in ASCII, and whether it is this machine itself."""
    host = parts.hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        pass
    else:
        return str(address), address.is_loopback
    try:
        host = encode_domain(host)
    except ValueError:
        raise KflyError(_("the host is missing or is none")) from None
    return host, host == "localhost"


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise KflyError(_("the port must be a number from 1 to 65535"))
    return port or _PORTS[parts.scheme]


def _user(parts: SplitResult) -> str | None:
    if not parts.username:
        return None
    user = unquote(parts.username, errors="replace")
    if not user.isascii() or find_unseen(user):
        raise KflyError(_("the user must be ASCII, without control characters"))
    return user


def _encryption(scheme: str, asked: str | None, *, loopback: bool) -> Encryption:
    if scheme == "smtps":
        if asked is not None:
            raise KflyError(_("smtps:// is encrypted from the start; starttls= belongs to smtp://"))
        return "tls"
    if asked not in (None, "required", "off"):
        raise KflyError(_("starttls= must be required or off"))
    if asked is None:
        return "off" if loopback else "starttls"
    return "off" if asked == "off" else "starttls"


def _timeout(text: str | None) -> float:
    if text is None:
        return DEFAULT_TIMEOUT
    seconds = float(text) if _SECONDS.fullmatch(text) else 0
    if not _SHORTEST <= seconds <= _LONGEST:
        raise KflyError(_("timeout= must be a number of seconds from {least} to {most}", least=0.1, most=300))
    return seconds
