"""``kfly config --test``: the mail server is tried with everything but a message."""

import json
import ssl
from pathlib import Path

import pytest
import trustme

from tests.support.runner import Cli
from tests.support.smtp_servers import Mailroom, dripping_server, free_port

USER, PASSWORD = "user@example.cn", "not-to-be-seen-9"


@pytest.fixture
def cli(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    return empty


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The certificate of ``localhost``, from an authority that the machine trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


def test_a_server_that_works_is_connected_encrypted_and_logged_in_to(
    cli: Cli, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailroom(tls="required", certificate=certificate, login=(USER, PASSWORD)) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        monkeypatch.setenv("KFLY_SMTP_PASSWORD", PASSWORD)
        told = " ".join(cli.ok("config", "--test").split())
        found = cli.json("config", "--test")["test"]
    assert (
        f"The mail server localhost:{room.port} is ready: connected, encrypted (TLSv1.3),"
        f" logged in as {USER}. Nothing was sent." in told
    )
    assert found == {
        "server": f"localhost:{room.port}",
        "works": True,
        "encryption": "TLSv1.3",
        "user": USER,
        "error": None,
    }
    assert (room.logins, room.transactions, room.messages) == ([True, True], [], [])


def test_that_it_is_neither_encrypted_nor_logged_in_to_is_said(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Mailroom() as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        told = " ".join(cli.ok("config", "--test").split())
    assert "connected, not encrypted, as configured, without a login. Nothing was sent." in told


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_one_that_does_not_work_is_a_fault(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    with Mailroom(login=(USER, "another")) as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        monkeypatch.setenv("KFLY_SMTP_PASSWORD", PASSWORD)
        run = cli("config", "--test", *options)
    assert run.code == 1
    assert run.err == (
        f"localhost:{room.port} refused the login (535);"
        " “kfly config” tells where the user and the password come from.\n"
    )
    assert room.logins == [False]
    assert PASSWORD not in run.out
    if options:
        assert json.loads(run.out)["test"]["works"] is False
        assert json.loads(run.out)["faults"] == [run.err.strip()]


def test_it_is_tried_once(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{free_port()}?timeout=300")
    run = cli("config", "--test")
    assert run.code == 1
    assert "the connection is refused" in run.err


def test_a_server_that_drips_does_not_hold_it_up(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with dripping_server(b"220-", b"x") as port:
        monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=0.2")
        run = cli("config", "--test")
    assert run.code == 1
    assert "dropped the connection" in run.err


def test_without_a_server_it_says_where_to_name_one(cli: Cli) -> None:
    run = cli("config", "--test")
    assert run.code == 1
    assert run.err.startswith("No mail server is configured; set KFLY_SMTP_URL")


def test_a_faulty_configuration_is_not_tried(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with Mailroom() as room:
        (cli.folder / "config.yaml").write_text("mail: {to: nobody}", encoding="utf-8")
        monkeypatch.setenv("KFLY_CONFIG", str(cli.folder / "config.yaml"))
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        run = cli("config", "--test", "--json")
    assert (run.code, room.connections) == (1, 0)
    assert "test" not in json.loads(run.out)
