"""A real Postfix on the loopback, in a folder of its own: with TLS, a login, and a policy."""

import base64
import os
import pwd
import shutil
import socketserver
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import NamedTuple

import trustme

from tests.support.smtp_servers import free_port

DAEMONS = Path("/usr/lib/postfix/sbin")
USER = "postfix"
PATIENCE = 20  # seconds for it to start, to deliver and to stop
MAIN = """
compatibility_level = 3.6
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = {daemons}
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.b.cn
mydestination =
mynetworks =
smtpd_client_event_limit_exceptions = static:all
smtpd_error_sleep_time = 0
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {folder}/certificate.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{login}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:{policy}, permit_sasl_authenticated, reject
virtual_mailbox_domains = b.cn
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_mailbox_base = {folder}/boxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""
MASTER = """
127.0.0.1:{port}  inet  n - n - - smtpd
127.0.0.1:{small} inet  n - n - - smtpd -o message_size_limit={smallest}
cleanup  unix  n - n - 0 cleanup
qmgr     unix  n - n 300 1 qmgr
rewrite  unix  - - n - - trivial-rewrite
bounce   unix  - - n - 0 bounce
defer    unix  - - n - 0 bounce
trace    unix  - - n - 0 bounce
error    unix  - - n - - error
retry    unix  - - n - - error
proxymap unix  - - n - - proxymap
anvil    unix  - - n - 1 anvil
tlsmgr   unix  - - n 1000? 1 tlsmgr
scache   unix  - - n - 1 scache
virtual  unix  - n n - - virtual
postlog  unix-dgram n - n - 1 postlogd
"""
SMALLEST = 9000  # bytes that the second port takes


def why_not() -> str | None:
    """Why no Postfix can be started here; None where one can."""
    if not (DAEMONS / "master").exists() or shutil.which("postfix") is None:
        return "no Postfix is installed"
    return None if os.geteuid() == 0 else "only root can start a Postfix"


@dataclass
class Rules:
    """What the policy service answers, and what it was asked.

    Attributes:
        greylisted: recipients who are put off the first time.
        most: how many recipients are taken over one connection.
        asked: the recipients, in their order.
    """

    greylisted: set[str] = field(default_factory=set)
    most: int | None = None
    asked: list[str] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def answer(self, recipient: str, connection: str) -> str:
        """Answer for one recipient; a connection is told by its port at the client."""
        self.asked.append(recipient)
        if recipient in self.greylisted:
            self.greylisted.remove(recipient)
            return "450 4.2.0 Greylisted, please come again"
        if self.taken[connection] == self.most:
            return "450 4.7.1 Too many messages over this connection"
        self.taken[connection] += 1
        return "DUNNO"


class Postfix(NamedTuple):
    """A running Postfix."""

    folder: Path
    port: int
    small: int  # the port where little is taken
    rules: Rules
    logins: list[bool]

    def url(self, user: str, port: int | None = None) -> str:
        """Where it is, for ``KFLY_SMTP_URL``."""
        return f"smtp://{user.replace('@', '%40')}@localhost:{port or self.port}?starttls=required&timeout=10"

    def box(self, name: str, messages: int = 1) -> list[bytes]:
        """The messages in somebody's box, as soon as there are so many."""
        new, until = self.folder / "boxes" / name / "new", time.monotonic() + PATIENCE
        while len(found := sorted(new.glob("*"))) < messages and time.monotonic() < until:
            time.sleep(0.05)
        return [path.read_bytes() for path in found]


@contextmanager
def running(authority: trustme.CA, login: tuple[str, str], boxes: list[str]) -> Iterator[Postfix]:
    """Run one with these boxes at b.cn; nobody else gets mail there."""
    with TemporaryDirectory(prefix="kfly-postfix-") as name:
        folder, rules, logins = Path(name), Rules(), list[bool]()
        folder.chmod(0o755)  # its daemons are no longer root
        with serving(PolicyHandler, rules) as policy, serving(LoginHandler, (login, logins)) as asked:
            made = Postfix(folder, free_port(), free_port(), rules, logins)
            configure(made, authority, boxes, {"policy": policy, "login": asked})
            with started(folder / "config", made.port):
                yield made


def configure(made: Postfix, authority: trustme.CA, boxes: list[str], ports: dict[str, int]) -> None:
    """Write its configuration, and make its folders."""
    folder, owner = made.folder, pwd.getpwnam(USER)
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "certificate.pem")
    listed = ", ".join(f"{{{box}@b.cn = {box}/}}" for box in boxes)
    main = MAIN.format(
        folder=folder, daemons=DAEMONS, boxes=listed, uid=owner.pw_uid, gid=owner.pw_gid, **ports
    )
    master = MASTER.format(port=made.port, small=made.small, smallest=SMALLEST)
    for place in ("config", "queue", "data", "boxes"):
        (folder / place).mkdir()
    for place in ("data", "boxes"):
        os.chown(folder / place, owner.pw_uid, owner.pw_gid)
    (folder / "config" / "main.cf").write_text(main, encoding="utf-8")
    (folder / "config" / "master.cf").write_text(master, encoding="utf-8")


@contextmanager
def started(config: Path, port: int) -> Iterator[None]:
    """Start the daemons, and end them; only those that were started here."""
    postfix = ["postfix", "-c", str(config)]
    done = subprocess.run([*postfix, "start"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    log = config.parent / "log"
    assert done.returncode == 0, done.stdout + done.stderr + (log.read_text() if log.exists() else "")
    try:
        yield
    finally:
        subprocess.run([*postfix, "stop"], capture_output=True, timeout=PATIENCE, check=False)


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler], kept: object) -> Iterator[int]:
    """The port of a small service on the loopback."""

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), handler) as server:
        server.kept = kept  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join(PATIENCE)


class PolicyHandler(socketserver.StreamRequestHandler):
    """Postfix's policy delegation: attributes until an empty line, answered by an action."""

    def handle(self) -> None:
        rules: Rules = self.server.kept  # type: ignore[attr-defined]
        asked: dict[str, str] = {}
        for line in self.rfile:
            name, _equals, value = line.decode().rstrip("\n").partition("=")
            asked[name] = value
            if not name:
                answer = rules.answer(asked["recipient"], asked["client_port"])
                self.wfile.write(f"action={answer}\n\n".encode())
                asked = {}


class LoginHandler(socketserver.StreamRequestHandler):
    """Dovecot's login service, as far as Postfix asks it: PLAIN with its answer at once."""

    def handle(self) -> None:
        (user, password), logins = self.server.kept  # type: ignore[attr-defined]
        right = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        self.wfile.write(
            b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\nSPID\t1\nCUID\t1\nDONE\n"
        )
        for line in self.rfile:
            command, *words = line.decode().rstrip("\n").split("\t")
            if command == "AUTH":
                logins.append(f"resp={right}" in words)
                answer = f"OK\t{words[0]}\tuser={user}" if logins[-1] else f"FAIL\t{words[0]}\tuser={user}"
                self.wfile.write(f"{answer}\n".encode())
