"""A file whose beginning is damaged while its write-ahead log lies beside it: one line, whatever is asked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.runner import Cli

COMMANDS = ("check", "status", "log", "undo", "backup copy.db", "add-policy --name x", "load targets.yaml")


@pytest.fixture
def language_of_the_plan() -> None:
    """Not said by the machine: every command has to find it out."""


@pytest.fixture
def crashed(kfly: Cli) -> Cli:
    """A database with a change that stands in its log alone, as a crash leaves it."""
    with closing(sqlite3.connect(kfly.db, isolation_level=None)) as db:
        db.execute("INSERT INTO policy (name) VALUES ('x')")
        log = Path(f"{kfly.db}-wal").read_bytes()
        content = kfly.db.read_bytes()
    kfly.db.write_bytes(content)
    Path(f"{kfly.db}-wal").write_bytes(log)
    return kfly


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("at", "damage"),
    [(0, b"\0" * 4096), (0, b"\xff" * 100), (16, b"\xff" * 84), (16, b"\x01\x03"), (44, b"\xff" * 4)],
    ids=["zeros", "no header", "other values", "page size", "format"],
)
def test_it_is_one_line_and_the_log_is_left_alone(crashed: Cli, command: str, at: int, damage: bytes) -> None:
    (crashed.folder / "targets.yaml").write_text("", encoding="utf-8")
    content = bytearray(crashed.db.read_bytes())
    content[at : at + len(damage)] = damage
    crashed.db.write_bytes(content)
    run = crashed("--lang", "en", *command.split())
    assert "Traceback" not in run.err
    assert run.err.count("\n") <= 1
    if at == 0:
        assert run.err == "kfly.db is damaged; restore a copy of it.\n"
        assert Path(f"{crashed.db}-wal").exists()
