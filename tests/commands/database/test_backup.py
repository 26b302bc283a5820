"""``backup``: one line of where, how large, verified; or one line of why not."""

import pytest

from tests.support.damages import DAMAGES, damage
from tests.support.runner import Cli


def test_it_says_where_how_large_and_that_it_was_verified(filled: Cli) -> None:
    size = filled.db.stat().st_size / 1_000_000
    line = filled.ok("--lang", "en", "backup", "copy.db")
    assert line == f"Backed up to copy.db: {size:.1f} MB, verified.\n"


def test_the_copy_tells_what_the_database_told(filled: Cli) -> None:
    filled.ok("backup", "copy.db")
    told = filled.ok("status", "--as-of", "2022-11-30")
    assert filled.ok("--db", "copy.db", "status", "--as-of", "2022-11-30") == told


def test_a_copy_puts_the_database_back(filled: Cli) -> None:
    filled.ok("backup", "copy.db")
    told = filled.ok("status", "--as-of", "2022-11-30")
    filled.db.unlink()
    filled.ok("--db", "copy.db", "backup", "kfly.db")
    assert filled.ok("status", "--as-of", "2022-11-30") == told
    filled.ok("add-policy", "--name", "新办法")


@pytest.mark.parametrize("target", ["kfly.db", ".", "kfly.db-wal", "nowhere/copy.db", "楼" * 100])
def test_what_it_refuses_is_one_line_and_changes_nothing(filled: Cli, target: str) -> None:
    assert target in filled.refused("backup", target)
    assert list(filled.folder.iterdir()) == [filled.db]


def test_a_file_is_asked_for(kfly: Cli) -> None:
    assert "FILE is missing" in kfly.refused("--lang", "en", "backup", code=2)


@pytest.mark.parametrize("command", ["status", "add-policy --name x", "backup copy.db", "--db new.db init"])
def test_a_journal_that_is_none_is_wrong_usage(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("KFLY_JOURNAL", "truncate")
    line = kfly.refused("--lang", "en", *command.split(), code=2)
    assert line == "KFLY_JOURNAL: “truncate” is neither wal nor delete."
    assert list(kfly.folder.iterdir()) == [kfly.db]


def test_its_help_says_how_a_copy_is_restored(kfly: Cli) -> None:
    told = " ".join(kfly.ok("--lang", "en", "backup", "--help").replace("│", " ").split())
    assert "move kfly.db, kfly.db-wal and kfly.db-shm away, then “kfly --db COPY backup kfly.db”." in told


@pytest.mark.parametrize("name", DAMAGES)
def test_what_status_could_not_open_is_not_called_verified(kfly: Cli, name: str) -> None:
    kfly.ok("add-building", "--name", "甲", "--town", "高新区", "--floor-area", "100")
    damage(kfly.db, name)
    line = kfly("--lang", "en", "backup", "copy.db").err
    assert line.startswith("The copy cannot be used (")
    assert DAMAGES[name][1] in line
    assert ".part" not in line
    assert [path.name for path in kfly.folder.iterdir() if "copy" in path.name or "part" in path.name] == []


def test_a_copy_is_not_printed_nor_called_by_a_hyphen(kfly: Cli) -> None:
    line = kfly.refused("--lang", "en", "backup", "-", code=2)
    assert line == "FILE: a copy is written to a file and not printed; name one."
