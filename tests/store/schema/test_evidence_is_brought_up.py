"""Schema 3 kept only where evidence lay; brought up, a database has the bytes of what still lies there."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kfly.store.evidence.disk import LARGEST
from tests.support import SCHEMA_3
from tests.support.runner import Cli

LETTER = "关于同意的批复\n"


@pytest.fixture
def cli(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line beside a database of schema 3, whose evidence lay in a folder beside it."""
    monkeypatch.setenv("KFLY_LANG", "en")
    empty.db.write_bytes(gzip.decompress(SCHEMA_3.read_bytes()))
    with closing(sqlite3.connect(empty.db)) as db:
        events = "('evidence before insert', 'evidence before update', 'evidence after update')"
        triggers = db.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN {events}").fetchall()
        for name, _sql in triggers:
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("UPDATE evidence SET path = replace(path, '/srv/plan', ?)", (str(empty.folder / "盘"),))
        for _name, sql in triggers:
            db.execute(sql)
        db.commit()
    (empty.folder / "盘").mkdir()
    (empty.folder / "盘" / "批文.txt").write_text(LETTER, encoding="utf-8")
    (empty.folder / "盘" / "照片.jpg").write_bytes(b"JFIF")
    return empty


def write(cli: Cli) -> None:
    assert cli("set", "building", "1", "owner=甲").code == 0


def kept(cli: Cli, number: str = "1") -> list[tuple[Any, ...]]:
    return [(one["name"], one["kept"]) for one in cli.json("evidence", number)]


def doubts(cli: Cli, *args: str) -> list[dict[str, Any]]:
    """What is found of evidence, and of sign-offs; nothing of it may be an error."""
    run = cli("check", "--json", *args)
    assert run.code == 0
    return [finding for finding in json.loads(run.out) if finding["kind"] == "task"]


def test_reading_it_changes_nothing_and_shows_names(cli: Cli) -> None:
    before = cli.db.read_bytes()
    assert kept(cli) == [("批文.txt", False), ("照片.jpg", False)]
    assert cli.json("task", "1")["history"][0]["evidence"] == ["批文.txt", "照片.jpg"]
    assert [event["what"] for event in cli.json("task", "2")["timeline"]] == ["feedback"]
    assert doubts(cli) == []  # what is found will be kept
    assert cli.db.read_bytes() == before


def test_what_still_lies_there_is_kept_of_sign_offs_taken_back_too(cli: Cli) -> None:
    write(cli)
    for path in (cli.folder / "盘").iterdir():
        path.unlink()
    assert kept(cli) == [("批文.txt", True), ("照片.jpg", True)]
    assert kept(cli, "3") == [("批文.txt", True)]
    cli.ok("evidence", "1", "--save", "out")
    assert (cli.folder / "out" / "批文.txt").read_text(encoding="utf-8") == LETTER
    assert doubts(cli) == []


def test_the_log_still_says_where_they_lay(cli: Cli) -> None:
    write(cli)
    logged = [c["after"] for g in cli.json("log") for c in g["changes"] if c["table"] == "evidence"]
    assert {row["path"] for row in logged} == {"/srv/plan/批文.txt", "/srv/plan/照片.jpg"}


@pytest.mark.parametrize("lost", ["missing", "changed", "a folder", "too large"])
def test_what_is_lost_is_a_warning_that_never_doubts_the_sign_off(cli: Cli, lost: str) -> None:
    photo = cli.folder / "盘" / "照片.jpg"
    photo.unlink()
    if lost == "changed":
        photo.write_bytes(b"jfif")
    elif lost == "a folder":
        photo.mkdir()
    elif lost == "too large":
        with photo.open("wb") as file:
            file.truncate(LARGEST + 1)
    write(cli)
    assert kept(cli) == [("批文.txt", True), ("照片.jpg", False)]
    (finding,) = doubts(cli)
    assert (finding["severity"], finding["code"], finding["id"]) == ("warning", "evidence_not_kept", "1")
    assert "照片.jpg" in finding["message"]
    assert finding["command"].startswith("kfly evidence 1 --add ")
    assert "照片.jpg (not kept)" in cli.ok("evidence", "1")
    assert "evidence: 照片.jpg (not kept)" in cli.ok("task", "1")
    run = cli("evidence", "1", "--save", "out")
    assert (run.code, run.err) == (0, "照片.jpg was not written: its bytes are not kept.\n")
    assert doubts(cli, "--as-of", "2022-01-27") == []  # before the sign-off


def test_the_same_file_makes_it_good(cli: Cli) -> None:
    moved = (cli.folder / "盘" / "照片.jpg").rename(cli.folder / "另存.jpg")
    write(cli)
    cli.ok("evidence", "1", "--add", str(moved))
    assert kept(cli) == [("批文.txt", True), ("照片.jpg", True), ("另存.jpg", True)]
    assert doubts(cli) == []


def test_another_file_of_the_name_makes_it_good_too(cli: Cli) -> None:
    (cli.folder / "盘" / "照片.jpg").write_bytes(b"scanned anew")
    write(cli)
    cli.ok("evidence", "1", "--add", str(cli.folder / "盘" / "照片.jpg"))
    assert kept(cli) == [("批文.txt", True), ("照片.jpg", False), ("照片.jpg", True)]
    assert doubts(cli) == []


def test_a_table_of_the_name_of_one_of_ours_is_refused(cli: Cli) -> None:
    with closing(sqlite3.connect(cli.db)) as db:
        db.execute("CREATE TABLE task_evidence (mine TEXT)")
        db.commit()
    assert "task_evidence" in cli.refused("set", "building", "1", "owner=甲")


def test_folders_of_one_level_more_do_not_stop_it(cli: Cli) -> None:
    (cli.folder / "盘").rename(cli.folder / "别处")
    Path(cli.folder, "盘").write_text("a file now", encoding="utf-8")
    write(cli)
    assert kept(cli) == [("批文.txt", False), ("照片.jpg", False)]
