"""Evidence lives in the database: with sign-offs, with feedback, added later, and written out again."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kfly.services.evidence import make_safe
from kfly.store.evidence.disk import LARGEST
from tests.support.processes import environment
from tests.support.runner import Cli

DONE = ("done", "1", "--on", "2022-01-28")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")


def file(cli: Cli, name: str, data: bytes | str = b"x") -> str:
    path = cli.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def kept(cli: Cli, number: str = "1") -> list[tuple[Any, ...]]:
    """What is kept for a task: name, with what it came, and whether the bytes are there."""
    return [(one["name"], one["with"], one["kept"]) for one in cli.json("evidence", number)]


def saved(cli: Cli, number: str = "1", folder: str = "out") -> dict[str, bytes]:
    """What is in the folder that all was written to."""
    cli.ok("evidence", number, "--save", folder)
    return {path.name: path.read_bytes() for path in (cli.folder / folder).iterdir()}


def test_it_outlives_the_files_that_were_shown(kfly: Cli) -> None:
    proof, report = file(kfly, "盘/批文.pdf", "准予"), file(kfly, "盘/进展.docx", "六栋")
    later = file(kfly, "盘/验收.jpg", b"JFIF")
    kfly.ok("progress", "1", "已报送", "--on", "2022-01-20", "--evidence", report)
    kfly.ok(*DONE, "--evidence", proof)
    kfly.ok("evidence", "1", "--add", later)
    shutil.rmtree(kfly.folder / "盘")
    assert set(kept(kfly)) == {
        ("批文.pdf", "sign_off", True),
        ("进展.docx", "feedback", True),
        ("验收.jpg", "added", True),
    }
    assert saved(kfly) == {
        "批文.pdf": "准予".encode(),
        "进展.docx": "六栋".encode(),
        "验收.jpg": b"JFIF",
    }
    assert kfly("check").code == 0


def test_its_document_says_what_it_is_and_with_what_it_came(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "批文.pdf", "准予"))
    (one,) = kfly.json("evidence", "1")
    assert one.pop("added_at")[:2] == "20"
    assert one == {
        "name": "批文.pdf",
        "size": 6,
        "sha256": hashlib.sha256("准予".encode()).hexdigest(),
        "kept": True,
        "with": "sign_off",
        "on": "2022-01-28",
        "withdrawn": False,
    }
    assert kfly.json("task", "1")["evidence"] == kfly.json("evidence", "1")


def test_people_see_name_size_day_and_with_what_it_came(kfly: Cli) -> None:
    assert "“kfly evidence 1 --add FILE” adds some" in kfly.ok("evidence", "1")
    kfly.ok(*DONE, "--evidence", file(kfly, "批文.pdf", b"x" * 3400))
    kfly.ok("reopen", "1", "--reason", "错")
    told = kfly.ok("evidence", "1")
    assert "批文.pdf" in told
    assert "3.4 kB" in told
    assert "sign-off of 2022-01-28, taken back" in told
    assert "2022-01-28 销号（已撤销）" in kfly.ok("--lang", "zh", "evidence", "1")


def test_it_is_on_the_tasks_timeline_wherever_it_came_from(kfly: Cli) -> None:
    kfly.ok("progress", "1", "已报送", "--on", "2022-01-20", "--evidence", file(kfly, "进展.docx"))
    kfly.ok("evidence", "1", "--add", file(kfly, "验收.jpg"))
    task = kfly.json("task", "1")
    assert [(event["what"], [one["name"] for one in event["evidence"]]) for event in task["timeline"]] == [
        ("feedback", ["进展.docx"]),
        ("evidence_added", ["验收.jpg"]),
    ]
    told = kfly.ok("task", "1")
    assert "evidence: 进展.docx" in told
    assert "evidence: 验收.jpg" in told
    # As of a day, feedback and sign-offs of later days are not there yet.
    assert [one["name"] for one in kfly.json("task", "1", "--as-of", "2022-01-19")["evidence"]] == [
        "验收.jpg"
    ]


def test_it_is_added_to_a_task_that_nobody_signed_off(kfly: Cli) -> None:
    said = kfly.ok("evidence", "1", "--add", file(kfly, "甲.txt"), "--add", file(kfly, "乙.txt", b"yy"))
    assert said == "Kept for task 1: 甲.txt (1 B)\nKept for task 1: 乙.txt (2 B)\n"
    assert kfly.json("task", "1")["state"] == "overdue"


def test_what_is_kept_already_is_not_added_again(kfly: Cli) -> None:
    proof = file(kfly, "甲.txt")
    kfly.ok(*DONE, "--evidence", proof)
    before = kfly.json("log")
    run = kfly("evidence", "1", "--add", proof)
    assert (run.code, run.err) == (0, "甲.txt is kept already.\n")
    assert (len(kept(kfly)), kfly.json("log")) == (1, before)


def test_one_content_is_kept_once_under_all_its_names(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "甲.txt"), "--evidence", file(kfly, "乙.txt"))
    assert [name for name, *_rest in kept(kfly)] == ["甲.txt", "乙.txt"]
    with closing(sqlite3.connect(kfly.db)) as db:
        assert db.execute("SELECT size, contents FROM evidence_files").fetchall() == [(1, b"x")]


def test_two_files_of_one_name_are_both_kept(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "a/照片.jpg", b"1"), "--evidence", file(kfly, "b/照片.jpg", b"2"))
    assert saved(kfly) == {"照片.jpg": b"1", "照片-2.jpg": b"2"}


def test_an_empty_file_is_evidence_too(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "空.txt", b""))
    assert saved(kfly) == {"空.txt": b""}
    assert kfly("check").code == 0


@pytest.mark.parametrize("command", [DONE, ("progress", "1", "x"), ("evidence", "1")])
def test_what_is_no_file_that_can_be_kept_is_refused_in_one_line(kfly: Cli, command: tuple[str, ...]) -> None:
    option = "--add" if command[0] == "evidence" else "--evidence"
    os.mkfifo(kfly.folder / "pipe")
    (kfly.folder / "folder").mkdir()
    with (kfly.folder / "large.bin").open("wb") as large:
        large.truncate(LARGEST + 1)
    for name, why in (
        ("nowhere.pdf", "there is no such file"),
        ("folder", "it is a folder"),
        ("pipe", "no ordinary file"),
        ("/dev/null", "no ordinary file"),
        ("large.bin", "50.0 MB large (50,000,001 bytes)"),
        ("长" * 100, "the name is too long"),
    ):
        line = kfly.refused(*command, option, name)
        assert name in line
        assert why in line
    assert kept(kfly) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the memory used")
def test_the_largest_file_needs_no_more_memory_than_three_of_it(kfly: Cli) -> None:
    with (kfly.folder / "large.bin").open("wb") as large:
        large.truncate(LARGEST)
    measure = (
        "import sys; from kfly.cli import main; code = main(sys.argv[1:]);"
        "most = open('/proc/self/status').read().partition('VmHWM:')[2].split()[0];"
        "sys.stderr.write(most); sys.exit(code)"
    )
    for words in (
        [*DONE, "--evidence", "large.bin"],
        ["evidence", "1", "--save", "out"],
        ["check"],
        ["status"],
    ):
        run = subprocess.run(
            [sys.executable, "-c", measure, *words],
            cwd=kfly.folder,
            env=environment(LANG="C"),
            capture_output=True,
            check=True,
        )
        assert int(run.stderr) < 3 * LARGEST / 1024, words  # kB, the program itself included
    assert (kfly.folder / "out" / "large.bin").stat().st_size == LARGEST


def test_a_refused_sign_off_keeps_nothing(kfly: Cli) -> None:
    kfly.refused("done", "11", "--on", "2022-11-30", "--evidence", file(kfly, "甲.txt"))
    with closing(sqlite3.connect(kfly.db)) as db:
        assert db.execute("SELECT count(*) FROM evidence_files").fetchone() == (0,)


def test_a_backup_carries_it(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = file(kfly, "甲.txt", "原件")
    kfly.ok(*DONE, "--evidence", proof)
    kfly.ok("backup", "copy.db")
    Path(proof).unlink()
    kfly.db.unlink()
    monkeypatch.setenv("KFLY_DB", "copy.db")
    assert saved(kfly) == {"甲.txt": "原件".encode()}


@pytest.mark.parametrize("how", ["sign-off", "added", "feedback"])
def test_undone_it_is_gone_and_redone_it_is_there_with_its_bytes(kfly: Cli, how: str) -> None:
    proof = file(kfly, "甲.txt", "原件")
    command = {
        "sign-off": (*DONE, "--evidence", proof),
        "added": ("evidence", "1", "--add", proof),
        "feedback": ("progress", "1", "已报送", "--evidence", proof),
    }[how]
    kfly.ok(*command)
    Path(proof).unlink()
    before = kfly.json("evidence", "1")
    assert "evidence − 甲.txt" in kfly.ok("undo")
    assert kept(kfly) == []
    assert "evidence + 甲.txt" in kfly.ok("undo", str(kfly.json("log")[0]["group"]))
    assert kfly.json("evidence", "1") == before
    assert saved(kfly) == {"甲.txt": "原件".encode()}
    assert kfly("check").code == 0


def test_the_log_names_it_and_holds_no_byte_of_it(kfly: Cli) -> None:
    kfly.ok("evidence", "1", "--add", file(kfly, "甲.txt", "原件内容"))
    (change,) = kfly.json("log")[0]["changes"]
    assert (change["table"], change["after"]["name"], change["after"]["size"]) == (
        "task_evidence",
        "甲.txt",
        12,
    )
    assert "task 1: evidence + 甲.txt" in kfly.ok("log", "task", "1")
    with closing(sqlite3.connect(kfly.db)) as db:
        assert db.execute("SELECT count(*) FROM changes WHERE after LIKE '%原件内容%'").fetchone() == (0,)


def test_written_out_it_replaces_no_file_of_other_contents(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "甲.txt", "原件"))
    file(kfly, "out/甲.txt", "别的")
    (kfly.folder / "out" / "甲-2.txt").symlink_to("nowhere")
    assert kfly.json("evidence", "1", "--save", "out")[0]["saved_as"] == "out/甲-3.txt"
    assert (kfly.folder / "out" / "甲.txt").read_text(encoding="utf-8") == "别的"
    assert kfly.json("evidence", "1", "--save", "out")[0]["saved_as"] == "out/甲-3.txt"  # the same again
    assert len(list((kfly.folder / "out").iterdir())) == 3


def test_the_folder_is_made_with_those_above_it(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "甲.txt"))
    assert kfly.ok("evidence", "1", "--save", "存/一") == "Wrote 存/一/甲.txt.\n"


def test_a_folder_that_is_none_is_refused_and_nothing_was_added(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "甲.txt"))
    line = kfly.refused("evidence", "1", "--add", file(kfly, "乙.txt"), "--save", "甲.txt")
    assert "甲.txt" in line
    assert len(kept(kfly)) == 1


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("红头 文件[终].pdf", "红头 文件[终].pdf"),
        ("C:\\桌面\\批文?.pdf", "C__桌面_批文_.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..", "evidence"),
        (" .hidden. ", "hidden"),
        ("CON.txt", "_CON.txt"),
        ("a\nb\x1b[31m.txt", "a_b_[31m.txt"),
        ("\u202egnp.exe", "_gnp.exe"),
        ("", "evidence"),
        ("字" * 300 + ".pdf", "字" * 65 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_names_are_made_safe_for_any_file_system(name: str, safe: str) -> None:
    assert make_safe(name) == safe


def test_a_name_that_another_program_wrote_leads_nowhere_else(kfly: Cli) -> None:
    kfly.ok(*DONE, "--evidence", file(kfly, "甲.txt"))
    with closing(sqlite3.connect(kfly.db)) as db:
        db.execute("UPDATE evidence SET path = '../../\\..\\乙.txt'")
        db.commit()
    assert list(saved(kfly)) == ["_.._乙.txt"]


def test_an_unknown_task_is_refused(kfly: Cli) -> None:
    assert "There is no task 99" in kfly.refused("evidence", "99")
    assert "There is no task 99" in kfly.refused("evidence", "99", "--add", file(kfly, "甲.txt"))
