"""Mail servers for tests, in this process: one that keeps what it gets, and some that misbehave."""

import asyncio
import email
import email.policy
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from threading import Event, Thread
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answers = str | list[str]
Encryption = Literal["", "starttls", "required", "tls"]


class Kept(EmailMessage):
    """A message as it came, with its envelope."""

    mail_from: str
    rcpt_tos: list[str]
    content: bytes


class Limits(NamedTuple):
    """What a server takes: so many messages over one connection, each of so many bytes."""

    messages: int | None = None
    bytes: int | None = None


NO_LIMITS = Limits()


class Mailroom:
    """A mail server on the loopback, for a ``with`` statement.

    Args:
        tls: ``starttls`` to offer it, ``required`` to insist on it, ``tls`` to be encrypted from the start.
        certificate: the server's, for ``tls``.
        login: the user and the password without which no mail is taken.
        refuse: what each of some recipients is answered; of several answers the last is for good, and ``250``
            means that the recipient is taken.
        limits: of what it takes.

    ``drop`` tells how many connections are dropped in ``DATA``.
    """

    def __init__(
        self,
        *,
        tls: Encryption = "",
        certificate: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
        refuse: Mapping[str, Answers] | None = None,
        limits: Limits = NO_LIMITS,
    ) -> None:
        self.messages: list[Kept] = []
        self.refuse = {who: [a] if isinstance(a, str) else list(a) for who, a in (refuse or {}).items()}
        self.drop = 0
        self.login = login
        self.logins: list[bool] = []
        self.connections = 0
        self.transactions: list[str] = []
        self.tls = tls
        self.port = 0
        self.limits = limits
        self._controller = _Controller(self, tls, certificate)

    def __enter__(self) -> Self:
        self._controller.start()
        server = self._controller.server
        assert isinstance(server, asyncio.Server)
        self.port = int(server.sockets[0].getsockname()[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop(no_assert=True)

    @property
    def url(self) -> str:
        """Where it is, for ``KFLY_SMTP_URL``; with the user and STARTTLS when it wants them."""
        user = f"{self.login[0].replace('@', '%40')}@" if self.login else ""
        scheme = "smtps" if self.tls == "tls" else "smtp"
        starttls = "&starttls=required" if self.tls in ("starttls", "required") else ""
        return f"{scheme}://{user}localhost:{self.port}?timeout=5{starttls}"

    def answer(self, recipient: str) -> str:
        """What a recipient is answered this time."""
        answers = self.refuse.get(recipient, ["250 OK"])
        return answers.pop(0) if len(answers) > 1 else answers[0]


class _Handler:
    """What aiosmtpd asks about each step."""

    def __init__(self, room: Mailroom) -> None:
        self.room = room

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        begun: int = getattr(server, "begun", 0)
        if begun == self.room.limits.messages:
            return "451 4.7.0 too many messages over this connection"
        server.begun = begun + 1  # type: ignore[attr-defined]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.room.transactions.append(address)
        answer = self.room.answer(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.room.drop:
            self.room.drop -= 1
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never seen"
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, _class=Kept, policy=email.policy.SMTP)
        assert isinstance(message, Kept)
        message.mail_from = envelope.mail_from or ""
        message.rcpt_tos = list(envelope.rcpt_tos)
        message.content = content
        self.room.messages.append(message)
        return f"250 2.0.0 Ok: queued as Q{len(self.room.messages)}"


class _Controller(Controller):
    """Starts the server in a thread, on a port that the system chooses."""

    def __init__(self, room: Mailroom, tls: str, certificate: ssl.SSLContext | None) -> None:
        self.room = room
        options: dict[str, Any] = {"require_starttls": tls == "required"}
        if room.limits.bytes:
            options["data_size_limit"] = room.limits.bytes
        if tls in ("starttls", "required"):
            options["tls_context"] = certificate
        if room.login:
            options |= {"auth_required": True, "authenticator": self._ask}
            options["auth_require_tls"] = tls in (
                "starttls",
                "required",
            )  # it does not see TLS from the start
        context = certificate if tls == "tls" else None
        super().__init__(_Handler(room), hostname="127.0.0.1", port=0, ssl_context=context, **options)

    def factory(self) -> SMTP:
        self.room.connections += 1
        return SMTP(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """Not to connect to it at port 0: it listens already."""
        self.smtpd = self.handler
        self._factory_invoked.set()

    def _ask(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        right = (given.login.decode(), given.password.decode()) == self.room.login
        self.room.logins.append(right)
        return AuthResult(success=right, handled=False)


@contextmanager
def raw_server(*lines: bytes) -> Iterator[int]:
    """The port of a server that says these lines, one for each it hears, and then nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_speak, args=(listening, lines), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _speak(listening: socket.socket, lines: tuple[bytes, ...]) -> None:
    open_ones = []
    while True:
        try:
            connection, _address = listening.accept()
        except OSError:
            break  # the test is over
        open_ones.append(connection)
        try:
            for number, line in enumerate(lines):
                if number:
                    connection.recv(4096)
                connection.sendall(line)
        except OSError:
            continue  # the client has gone
    for connection in open_ones:
        connection.close()


@contextmanager
def dripping_server(begin: bytes, drip: bytes) -> Iterator[int]:
    """The port of a server that says one thing, and then a little more again and again, without an end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = Event()
        thread = Thread(target=_drip, args=(listening, begin, drip, over), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _drip(listening: socket.socket, begin: bytes, drip: bytes, over: Event) -> None:
    while not over.is_set():
        try:
            connection, _address = listening.accept()
            with connection:
                connection.sendall(begin)
                while not over.wait(0.05):
                    connection.sendall(drip)
        except OSError:
            continue  # the client has gone, or the test is over


def free_port() -> int:
    """A port where nothing listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
