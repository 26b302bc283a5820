"""The configuration file, the variables beside it, and what of them is in force."""

import os
import socket
from pathlib import Path

import pytest

from kfly.configuration import in_force
from kfly.configuration.file import Configuration, Heartbeat, find_path, read
from kfly.errors import KflyError
from kfly.mail.addresses import Mailbox, parse_mailbox
from kfly.mail.password import must_be_private

NO_DOMAIN = "is no e-mail address: the domain, such as @example.cn, is missing."
FAULTS = {
    "mail: {to: [a@b.cn, zhang]}": "1: mail.to[1]: “zhang” " + NO_DOMAIN,
    "mail:\n  to: zhang": "2: mail.to: “zhang” " + NO_DOMAIN,
    "mail: {to: [a@b.cn, 张三 <a@B.cn>]}": "1: mail.to[1]: a@b.cn is given twice",
    "mail: {to: 5}": "1: mail.to: a list is expected",
    "mail: {to: [5]}": "1: mail.to[0]: text is expected; put a number or word like this in quotes",
    "mail:\n  too: a@b.cn": "2: mail.too: is not a key that is known here; did you mean “to”?",
    "mails:": "1: mails: is not a key that is known here; did you mean “mail”?",
    "mail:\n  password: Geheim7": "2: mail.password: is not a key that is known here;"
    " did you mean “password_file”?",
    "mail:\n  from: 督查室": "2: mail.from: “督查室” " + NO_DOMAIN,
    'mail:\n  from: "a@b.cn\\nBcc: c@d.cn"': "2: mail.from: “a@b.cn Bcc: c@d.cn” is no e-mail address:"
    " it holds the character U+000A, which cannot be seen.",
    "mail:\n  to: a@b.cn\n  to: c@d.cn": "3: mail.to: is given twice; the first is in line 2",
    "mail:\n  smtp: mail.b.cn": "2: mail.smtp: it must begin with smtp:// or smtps://",
    "mail:\n  smtp: smtp://a:Geheim7@mail.b.cn": "2: mail.smtp: a password must not stand in it;"
    " give it in KFLY_SMTP_PASSWORD, or in a file that mail.password_file names",
    "mail:\n  to: smtp://a:Geheim7@mail.b.cn": "2: mail.to: “…” is no e-mail address:"
    " before the @ only ASCII letters, digits and signs such as . _ - can stand.",
    "mail: smtp://a:Geheim7@mail.b.cn": "1: mail: keys and values are expected",
    "mail:\n  password_file: ''": "2: mail.password_file: must not be empty",
    "mail:\n  reply_to: 督查室": "2: mail.reply_to: “督查室” " + NO_DOMAIN,
    "mail:\n  patience: soon": "2: mail.patience: a time from 1 s to 24 h is expected, such as 5 min or 90 s",
    "mail:\n  heartbeat: {}": "2: mail.heartbeat: file: or command: is expected",
    "mail:\n  heartbeat: 5": "2: mail.heartbeat: keys and values are expected",
    "mail:\n  heartbeat:\n    command: a 'b": "3: mail.heartbeat.command: a quotation mark is left open",
    "mail:\n  heartbeat: {comand: a}": "2: mail.heartbeat.comand: is not a key that is known here;"
    " did you mean “command”?",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KFLY_CONFIG", str(tmp_path / "config.yaml"))
    return tmp_path / "config.yaml"


def written(file: Path, text: str) -> Configuration:
    file.write_text(text, encoding="utf-8")
    return read()


def secret_file(folder: Path, content: bytes = b"Geheim7\n", mode: int = 0o600) -> Path:
    found = folder / "smtp-password"
    found.write_bytes(content)
    found.chmod(mode)
    return found


def test_the_file_is_in_the_users_folder_of_configurations(tmp_path: Path) -> None:
    assert find_path() == tmp_path / "home" / "kfly" / "config.yaml"


def test_that_there_is_none_is_an_empty_configuration(tmp_path: Path) -> None:
    assert read() == Configuration(tmp_path / "home" / "kfly" / "config.yaml", exists=False)


def test_one_that_is_asked_for_by_name_must_be_there(file: Path) -> None:
    assert read().faults == (f"{file} is not there; KFLY_CONFIG names it.",)
    with pytest.raises(KflyError, match="is not there"):
        read().must_be_sound()


def test_everything_that_may_stand_in_it_is_read(file: Path) -> None:
    found = written(
        file,
        "mail:\n  to: [a@b.cn, 张三 <z@b.cn>]\n  from: 督查室 <d@b.cn>\n"
        "  smtp: smtp://d%40b.cn@mail.b.cn:587\n  password_file: secrets/smtp\n"
        "  reply_to: r@b.cn\n  patience: 90 s\n  heartbeat: {file: mailed, command: [tell, it]}\n",
    )

    assert found.faults == ()
    assert found.to == (Mailbox("", "a@b.cn"), Mailbox("张三", "z@b.cn"))
    assert found.sender == Mailbox("督查室", "d@b.cn")
    assert found.server is not None
    assert found.server.url == "smtp://d%40b.cn@mail.b.cn:587?starttls=required&timeout=20"
    assert found.password_file == file.parent / "secrets/smtp"
    assert found.reply_to == Mailbox("", "r@b.cn")
    assert found.patience == 90
    assert found.heartbeat == Heartbeat(file.parent / "mailed", ("tell", "it"))
    assert str(found.heartbeat) == f"{file.parent / 'mailed'}; tell it"


@pytest.mark.parametrize(
    "text", ["", "---\n", "mail:\n", "mail:\n  to:\n  from:\n", "# nothing yet\n", "mail: {}"]
)
def test_one_in_which_nothing_is_said_says_nothing(file: Path, text: str) -> None:
    assert written(file, text) == Configuration(file, exists=True)


def test_one_address_needs_no_list(file: Path) -> None:
    assert written(file, "mail: {to: 张三 <z@b.cn>}").to == (Mailbox("张三", "z@b.cn"),)


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_with_its_line_and_place(file: Path, text: str) -> None:
    found = written(file, text)

    assert found.faults == (f"config.yaml:{FAULTS[text]}",)
    assert "Geheim7" not in found.faults[0]


def test_all_faults_are_told_at_once_in_their_order(file: Path) -> None:
    found = written(file, "mail:\n  smtp: x\n  from: y\n  to: [z, a@b.cn]\n  pasword_file: q\n")

    assert [fault.split(":")[1] for fault in found.faults] == ["2", "3", "4", "5"]
    assert found.to == (Mailbox("", "a@b.cn"),)


@pytest.mark.parametrize("text", ["mail: [", "\tmail:", "- a", "mail: &x {to: *x}", "mail: \x00", "a: b: c"])
def test_what_is_no_such_file_at_all_is_told(file: Path, text: str) -> None:
    found = written(file, text)

    assert found.faults
    assert (found.to, found.server) == ((), None)


def test_the_variable_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = written(file, "mail: {smtp: 'smtp://one.cn'}")
    server = in_force.find_server(found)
    assert server is not None
    assert (server.value.host, server.source) == ("one.cn", "file")

    monkeypatch.setenv("KFLY_SMTP_URL", "smtps://two.cn")
    server = in_force.find_server(found)
    assert server is not None
    assert (server.value.host, server.source) == ("two.cn", "KFLY_SMTP_URL")


def test_a_wrong_variable_is_refused_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", "smtp://a:Geheim7@mail.b.cn")
    with pytest.raises(KflyError, match=r"^KFLY_SMTP_URL: a password must not stand in it") as refusal:
        in_force.require_server(read())

    assert "Geheim7" not in str(refusal.value)


def test_without_a_server_there_is_nothing_to_send_with(tmp_path: Path) -> None:
    with pytest.raises(
        KflyError, match=r"^No mail server is configured; set KFLY_SMTP_URL, or mail.smtp in /"
    ):
        in_force.require_server(read())


def test_a_faulty_file_sends_nothing_whatever_the_variables_say(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", "smtp://mail.b.cn")
    with pytest.raises(KflyError, match=r"^config.yaml:1: mail.to: "):
        in_force.require_server(written(file, "mail: {to: zhang}"))


def test_the_password_comes_from_a_file_of_ones_own(file: Path) -> None:
    secret_file(file.parent, b"Geheim7 \r\n")
    found = written(file, "mail: {smtp: 'smtp://a@b.cn', password_file: smtp-password}")

    server = in_force.require_server(found)
    assert server.password == "Geheim7 "
    assert "Geheim7" not in repr(in_force.find_password(found, None)) + repr(server) + repr(found)


def test_the_passwords_variable_goes_before_its_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_SMTP_PASSWORD", "another")
    found = written(file, "mail: {smtp: 'smtp://a@b.cn', password_file: not-there}")

    assert in_force.require_server(found).password == "another"


def test_a_server_without_a_user_asks_for_no_password(file: Path) -> None:
    found = written(file, "mail: {smtp: 'smtp://b.cn', password_file: not-there}")

    assert in_force.require_server(found).password is None


def test_a_user_without_a_password_is_told_both_ways_to_give_one(file: Path) -> None:
    with pytest.raises(KflyError, match=r"set KFLY_SMTP_PASSWORD, or name a file .* mail.password_file in /"):
        in_force.require_server(written(file, "mail: {smtp: 'smtp://a@b.cn'}"))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_password_file_that_others_may_open_is_refused(file: Path, mode: int) -> None:
    place = secret_file(file.parent, mode=mode)
    found = written(file, "mail: {smtp: 'smtp://a@b.cn', password_file: smtp-password}")

    with pytest.raises(KflyError) as refusal:
        in_force.require_server(found)
    assert str(refusal.value) == (
        f"{place} holds a password, and others may open it; run “chmod 600 {place}”."
    )


def test_a_password_file_of_another_user_is_refused() -> None:
    anothers = os.stat_result((0o100600, 1, 1, 1, os.geteuid() + 1, 0, 8, 0, 0, 0))

    with pytest.raises(KflyError, match="belongs to another user"):
        must_be_private(anothers, Path("smtp-password"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no password in it"),
        (b"\n", "there is no password in it"),
        (b"Geheim7\nmore\n", "a password must be one line of ASCII"),
        ("密码Geheim7".encode(), "a password must be one line of ASCII"),
        (b"\xffGeheim7", "a password must be one line of ASCII"),
        (b"Geheim7" * 1000, "holds more than a password"),
    ],
)
def test_what_is_no_password_is_refused_and_not_repeated(file: Path, content: bytes, told: str) -> None:
    secret_file(file.parent, content)
    found = written(file, "mail: {smtp: 'smtp://a@b.cn', password_file: smtp-password}")

    with pytest.raises(KflyError, match=told) as refusal:
        in_force.require_server(found)
    assert "Geheim7" not in str(refusal.value)


def test_a_password_is_read_from_nothing_but_a_file(file: Path) -> None:
    os.mkfifo(file.parent / "pipe", 0o600)
    (file.parent / "folder").mkdir(mode=0o700)
    for name in ("pipe", "folder"):
        found = written(file, f"mail: {{smtp: 'smtp://a@b.cn', password_file: {name}}}")
        with pytest.raises(KflyError, match=f"{name} (is no ordinary file|cannot be read)"):
            in_force.require_server(found)


def test_mail_comes_from_whom_the_file_says_or_the_servers_user_or_who_runs_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "wang")
    here = socket.gethostname()
    sender = in_force.find_sender

    named = written(file, "mail: {from: 督查室 <d@b.cn>, smtp: 'smtp://a%40b.cn@m.cn'}")
    assert str(sender(named, named.server).value) == "督查室 <d@b.cn>"
    user = written(file, "mail: {smtp: 'smtp://a%40b.cn@m.cn'}")
    assert str(sender(user, user.server).value) == "a@b.cn"
    login = written(file, "mail: {smtp: 'smtp://a@m.cn'}")
    assert str(sender(login, login.server).value) == f"wang@{here}"
    assert str(sender(login, None).value) == f"wang@{here}"
    monkeypatch.setenv("LOGNAME", "王 五")
    assert str(sender(login, None).value) == "kfly@localhost"


def test_who_sends_is_asked_of_the_system_only_where_nobody_else_is_named_and_never_of_the_network(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object) -> str:
        raise AssertionError

    monkeypatch.setattr(socket, "getfqdn", never)
    monkeypatch.setattr(socket, "gethostname", lambda: "gate7")
    assert in_force.find_sender(written(file, ""), None).value.address.endswith("@gate7")
    monkeypatch.setattr(socket, "gethostname", never)
    monkeypatch.setattr("getpass.getuser", never)
    user = written(file, "mail: {smtp: 'smtp://a%40b.cn@m.cn'}")
    assert in_force.find_sender(user, user.server).value.address == "a@b.cn"


def test_an_address_in_two_spellings_is_given_twice(file: Path) -> None:
    found = written(file, "mail: {to: [Zhang@b.cn, zhang@B.cn]}")
    assert found.to == (parse_mailbox("Zhang@b.cn"),)
    assert found.faults == ("config.yaml:1: mail.to[1]: zhang@b.cn is given twice",)
