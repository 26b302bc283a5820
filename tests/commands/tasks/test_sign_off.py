"""``done`` and ``reopen``: the office's own word, what it needs, and what is kept of it."""

import hashlib
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from tests.support.runner import Cli


def state(kfly: Cli, number: str, day: str = "2022-11-30") -> tuple[str, bool, str | None]:
    row = kfly.json("task", number, "--as-of", day)
    return row["state"], row["signed_off"], row["completed_on"]


def test_it_holds_from_its_day_on(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-02-03")

    assert state(kfly, "1", "2022-02-02") == ("overdue", False, None)
    assert state(kfly, "1", "2022-02-03") == ("done", True, "2022-02-03")
    assert kfly.json("task", "1", "--as-of", "2022-03-01")["late"] is True


def test_the_day_must_be_given_and_may_be_today(kfly: Cli) -> None:
    assert "--on" in kfly.refused("done", "1", code=2)
    today = date.today().isoformat()
    kfly.ok("done", "1", "--on", today)

    assert kfly.json("task", "1")["signed_off_on"] == today


def test_a_day_to_come_is_refused(kfly: Cli) -> None:
    to_come = (date.today() + timedelta(days=30)).isoformat()

    assert to_come in kfly.refused("done", "1", "--on", to_come)
    assert state(kfly, "1") == ("overdue", False, None)


def test_twice_is_refused_and_says_how_to_take_it_back(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-28")

    line = kfly.refused("--lang", "en", "done", "1", "--on", "2022-01-29")
    assert line == "Task 1 was signed off on 2022-01-28; “kfly reopen 1 --reason …” takes that back."


def test_unmet_needs_are_refused_and_named(kfly: Cli) -> None:
    line = kfly.refused("--lang", "en", "done", "11", "--on", "2022-11-30")

    assert "Buildings renovated 0/10 buildings" in line
    assert "Buildings ≥ 50,000 m² 0/1 buildings" in line
    assert "--force" in line
    assert state(kfly, "11", "2022-12-01") == ("overdue", False, None)


def test_the_needs_are_asked_for_on_its_day(filled: Cli) -> None:
    assert state(filled, "16") == ("done", False, "2022-11-11")

    filled.refused("done", "16", "--on", "2022-11-10")
    filled.ok("done", "16", "--on", "2022-11-20")
    assert state(filled, "16") == ("done", True, "2022-11-11")


def test_forced_it_stands_and_every_report_shows_it(kfly: Cli) -> None:
    kfly.ok("done", "11", "--on", "2022-11-30", "--force")

    row = kfly.json("task", "11", "--as-of", "2022-12-01")
    assert (row["state"], row["forced"], row["late"]) == ("done", True, False)
    assert "强制销号" in kfly.ok("tasks", "--as-of", "2022-12-01")
    assert "强制销号" in kfly.ok("task", "11", "--as-of", "2022-12-01")
    assert "forced" in kfly.ok("--lang", "en", "tasks", "--as-of", "2022-12-01")
    assert [event["forced"] for event in row["history"]] == [True]


def test_force_where_nothing_is_missing_is_not_forced(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-28", "--force")

    assert kfly.json("task", "1")["forced"] is False


def test_done_by_its_figures_awaits_the_offices_word(filled: Cli) -> None:
    assert "已达标待销号" in filled.ok("task", "18", "--as-of", "2022-11-30")
    filled.ok("done", "18", "--on", "2022-11-30")

    assert "已达标待销号" not in filled.ok("task", "18", "--as-of", "2022-11-30")


def test_evidence_is_kept_by_name_size_and_digest(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "红头文件.pdf").write_bytes(b"%PDF rules")
    kfly.ok(
        *("done", "1", "--on", "2022-01-28", "--note", "澄政办发〔2022〕1号"),
        *("--evidence", "红头文件.pdf", "--evidence", "红头文件.pdf"),
    )

    (event,) = kfly.json("task", "1")["history"]
    assert (event["evidence"], event["note"]) == (["红头文件.pdf"], "澄政办发〔2022〕1号")
    with sqlite3.connect(kfly.db) as db:
        rows = db.execute("SELECT path, size, sha256 FROM evidence").fetchall()
    db.close()
    assert rows == [("红头文件.pdf", 10, hashlib.sha256(b"%PDF rules").hexdigest())]
    shown = kfly.ok("task", "1")
    assert "红头文件.pdf" in shown
    assert "澄政办发〔2022〕1号" in shown


def test_evidence_that_is_not_there_is_refused(kfly: Cli, tmp_path: Path) -> None:
    assert "nowhere.pdf" in kfly.refused("done", "1", "--on", "2022-01-28", "--evidence", "nowhere.pdf")
    assert str(tmp_path) in kfly.refused("done", "1", "--on", "2022-01-28", "--evidence", str(tmp_path))
    assert state(kfly, "1") == ("overdue", False, None)


def test_reopened_it_is_open_and_the_reason_is_kept(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-28")
    kfly.ok("reopen", "1", "--reason", "文件尚未印发")

    assert state(kfly, "1") == ("overdue", False, None)
    (event,) = kfly.json("task", "1")["history"]
    assert (event["signed_off_on"], event["reopen_reason"]) == ("2022-01-28", "文件尚未印发")
    assert event["reopened_at"][:4] == date.today().isoformat()[:4]
    assert "文件尚未印发" in kfly.ok("task", "1")


def test_reopened_it_can_be_signed_off_again_and_both_are_kept(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-28")
    kfly.ok("reopen", "1", "--reason", "日期有误")
    kfly.ok("done", "1", "--on", "2022-01-31")

    history = kfly.json("task", "1")["history"]
    assert [(event["signed_off_on"], event["reopen_reason"]) for event in history] == [
        ("2022-01-28", "日期有误"),
        ("2022-01-31", None),
    ]
    assert state(kfly, "1") == ("done", True, "2022-01-31")


def test_what_is_not_signed_off_cannot_be_reopened(kfly: Cli) -> None:
    assert kfly.refused("--lang", "en", "reopen", "1", "--reason", "x") == "Task 1 is not signed off."


def test_a_reason_is_wanted(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-28")

    assert "--reason" in kfly.refused("reopen", "1", code=2)
    assert "--reason" in kfly.refused("reopen", "1", "--reason", "  ", code=2)
    assert state(kfly, "1") == ("done", True, "2022-01-28")


def test_one_file_named_in_two_ways_is_one_piece_of_evidence(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "章.pdf").write_bytes(b"%PDF")
    kfly.ok("done", "1", "--on", "2022-01-28", "--evidence", "章.pdf", "--evidence", str(tmp_path / "章.pdf"))

    assert kfly.json("task", "1")["history"][0]["evidence"] == ["章.pdf"]
