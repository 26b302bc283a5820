"""An older database keeps all of its tasks when their numbers may be text."""

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import FIRST_RELEASE, SCHEMA_3, SCHEMA_4
from tests.support.runner import Cli

RELEASES = pytest.mark.parametrize(
    "release", [FIRST_RELEASE, SCHEMA_3, SCHEMA_4], ids=lambda path: path.name.removesuffix(".db.gz")
)
NAMING = ("tasks", "task_organisations", "task_needs", "deliverables", "sign_offs")


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    """What a table holds that every release has had."""
    columns = "year, number, due" if table == "tasks" else "*"
    with closing(sqlite3.connect(path)) as db:
        return db.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()


def old(empty: Cli, release: Path) -> Cli:
    empty.db.write_bytes(gzip.decompress(release.read_bytes()))
    return empty


@RELEASES
def test_all_that_names_tasks_is_as_it_was(empty: Cli, release: Path) -> None:
    cli = old(empty, release)
    before = {table: rows(cli.db, table) for table in NAMING}
    shown = cli.json("tasks", "--as-of", "2022-12-01")
    assert cli("set", "building", "1", "note=x").code == 0
    after = {table: rows(cli.db, table) for table in NAMING}
    for table, its in before.items():
        assert [row[: len(its[0])] for row in after[table]] == its, table
    assert cli.json("tasks", "--as-of", "2022-12-01") == shown
    with closing(sqlite3.connect(cli.db)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT DISTINCT typeof(number) FROM tasks").fetchall() == [("integer",)]
        indexes = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"sign_offs in force", "progress_notes of a task", "task_evidence of a task"} <= indexes


@RELEASES
def test_ids_that_were_used_are_never_used_again(empty: Cli, release: Path) -> None:
    cli = old(empty, release)
    with closing(sqlite3.connect(cli.db)) as db:
        db.execute("UPDATE sqlite_sequence SET seq = 41 WHERE name = 'sign_offs'")
        db.commit()
    assert cli("done", "19", "--on", "2022-06-01", "--force").code == 0
    with closing(sqlite3.connect(cli.db)) as db:
        assert db.execute("SELECT max(id) FROM sign_offs").fetchone() == (42,)


@RELEASES
def test_its_table_may_be_given_texts_for_numbers(empty: Cli, release: Path) -> None:
    cli = old(empty, release)
    table = """year: 2023
tasks:
  - {number: "1.10", title: {zh: 新任务, en: New}, lead: [市科技局], due: 2023年6月}
  - {number: 1, title: {zh: 老序号, en: Old}, lead: [市科技局], due: 2023年6月}
"""
    (cli.folder / "tasks_2023.yaml").write_text(table, encoding="utf-8")
    assert cli("load", "tasks_2023.yaml").code == 0
    assert [row["number"] for row in cli.json("tasks", "--year", "2023")] == ["1.10", 1]
    first = [row["number"] for row in cli.json("tasks", "--year", "2022")]
    assert first == sorted(first)


@RELEASES
def test_its_tasks_keep_their_order_and_nothing_is_told_to_have_moved(empty: Cli, release: Path) -> None:
    cli = old(empty, release)
    assert cli("set", "building", "1", "note=x").code == 0
    assert "drift" not in cli("check").out
    with closing(sqlite3.connect(cli.db)) as db:
        places = db.execute("SELECT position FROM tasks ORDER BY year, number").fetchall()
        assert places == [(place,) for place in range(len(places))]
        (logged,) = db.execute("SELECT count(*) FROM changes WHERE \"table\" = 'tasks'").fetchone()
    assert logged == 0 or release != FIRST_RELEASE
