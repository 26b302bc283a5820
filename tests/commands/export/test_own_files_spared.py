"""No output may be the database, or what lies beside it; personal data is for its owner alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.processes import environment
from tests.support.runner import content

BESIDE = ("kfly.db", "kfly.db-wal", "kfly.db-shm", "kfly.db-journal", "kfly.db-mailing")


@pytest.mark.parametrize("name", [*BESIDE, "KFLY.DB-WAL", "./kfly.db-wal", "there/../kfly.db-shm"])
@pytest.mark.parametrize("command", [("export", "--format", "json"), ("template", "building")])
def test_no_output_takes_a_name_of_the_databases(kfly: Desk, command: tuple[str, ...], name: str) -> None:
    (kfly.folder / "there").mkdir()
    if command[0] == "template":
        (kfly.folder / "sheet.xlsx").symlink_to(name.replace("there/../", ""))
        name = "sheet.xlsx"
    line = kfly.refused(*command, "-o", name, "--force")
    assert "the database" in line


@pytest.mark.parametrize("how", ["a link", "a hard link", "a handle"])
def test_no_link_leads_an_output_into_the_database(kfly: Desk, how: str) -> None:
    before = content(kfly.db)
    with kfly.db.open("rb") as held:
        path = {"a handle": f"/proc/self/fd/{held.fileno()}"}.get(how, "out.json")
        if how == "a link":
            (kfly.folder / path).symlink_to(kfly.db)
        elif how == "a hard link":
            os.link(kfly.db, kfly.folder / path)
        assert "is the database itself" in kfly.refused("export", "-o", path, "--format", "json", "--force")
    assert content(kfly.db) == before


@pytest.mark.slow
@pytest.mark.parametrize("into", [">> kfly.db", ">> kfly.db 2>&1", "2>> hard.db", "1<> kfly.db"])
def test_nothing_is_printed_into_the_database(kfly: Desk, into: str) -> None:
    os.link(kfly.db, kfly.folder / "hard.db")
    before = content(kfly.db)
    for command in ("status", "add-policy --name 办法", "nonsense"):
        run = subprocess.run(
            ["/bin/sh", "-c", f"'{sys.executable}' -m kfly {command} {into}"],
            cwd=kfly.folder,
            env=environment(LANG="C"),
            capture_output=True,
            check=False,
        )
        assert run.returncode == 1
        assert content(kfly.db) == before


def test_evidence_written_out_takes_no_name_of_the_databases(kfly: Desk) -> None:
    (kfly.folder / "there").mkdir()
    (kfly.folder / "there" / "kfly.db-journal").write_bytes(b"evidence")
    kfly.ok("evidence", "11", "--add", "there/kfly.db-journal")
    kfly.ok("evidence", "11", "--save", ".")

    assert not (kfly.folder / "kfly.db-journal").exists()
    assert (kfly.folder / "kfly-2.db-journal").read_bytes() == b"evidence"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("database", "is_same_group", "expected"),
    [(0o600, True, 0o600), (0o640, True, 0o640), (0o660, True, 0o660), (0o660, False, 0o600)],
)
def test_an_export_is_read_by_whoever_shares_the_database(
    kfly: Desk, database: int, is_same_group: bool, expected: int
) -> None:
    kfly.db.chmod(database)
    folder = kfly.folder / "out"
    folder.mkdir()
    if not is_same_group:
        if os.geteuid() != 0:
            pytest.skip("only root gives a folder to another group")
        os.chown(folder, -1, 12345)
    (kfly.folder / "bad.csv").write_text("name,town,floor_area\n甲,火星,1\n", encoding="utf-8")
    (kfly.folder / "proof.txt").write_text("proof")
    kfly.ok("export", "-o", "out/a.xlsx")
    kfly("import", "building", "bad.csv", "--faults", "out/faults.xlsx")
    kfly.ok("evidence", "11", "--add", "proof.txt")
    kfly.ok("evidence", "11", "--save", "out")

    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(
        ["a.xlsx", "faults.xlsx", "proof.txt"], expected
    )


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o400, 0o600), (0o600, 0o600)])
def test_a_file_that_is_replaced_gets_no_more_readers(kfly: Desk, before: int, after: int) -> None:
    (kfly.folder / "a.json").write_text("old")
    (kfly.folder / "a.json").chmod(before)
    kfly.ok("export", "-o", "a.json", "--force")

    assert mode(kfly.folder / "a.json") == after


def test_a_sheet_to_be_filled_in_is_for_anybody(kfly: Desk) -> None:
    os.umask(umask := os.umask(0))
    kfly.ok("template", "building", "-o", "t.xlsx")

    assert mode(kfly.folder / "t.xlsx") == 0o666 & ~umask


def test_what_is_masked_is_counted(kfly: Desk) -> None:
    kfly.add_talent("李雷", "--note", "电话138 0013 8000，办公室0510-86860001")
    line = kfly.ok("--lang", "en", "export", "talent", "-o", "a.json", "--redact")
    run = kfly("--lang", "en", "export", "talent", "-o", "-", "--redact")

    told = "Masked: 1 personal values, 2 phone or identity numbers in other texts."
    assert told in line
    assert run.err == told + "\n"
    assert "电话***，办公室***" in run.out
