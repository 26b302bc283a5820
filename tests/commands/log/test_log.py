"""log answers: who changed this, when, with which command, and what was it before?"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.dated_log import await_second
from tests.support.runner import Cli

BUILDING = ("add-building", "--name", "甲", "--town", "南闸街道", "--floor-area", "5000")


@pytest.fixture
def kfly(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    monkeypatch.setenv("LOGNAME", "li")
    return kfly


def stranger(kfly: Cli, *statements: str) -> None:
    await_second()
    with closing(sqlite3.connect(kfly.db, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        for statement in statements:
            db.execute(statement)


def told(kfly: Cli, *args: str) -> list[str]:
    """The lines below the headings of the groups."""
    return [line.strip() for line in kfly.ok("log", *args).splitlines() if line.startswith("  ")]


def test_the_latest_change_stands_first_with_who_when_and_the_command(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000")
    first, line, blank, second, *_rest = kfly.ok("log").splitlines()
    assert first.startswith("#3 · ")
    assert first.endswith(" · kfly set building 甲 floor_area=6000")
    assert " · li@" in first
    assert line == "  building 甲: Floor area (m²) 5,000 → 6,000"
    assert blank == ""
    assert second.startswith("#2 · ")


def test_the_json_has_whole_rows_for_new_ones_and_changed_columns_for_others(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "floor_area=6000")
    kfly.ok("undo")
    undo, changed, added, _init = kfly.json("log")
    assert (undo["undoes"], changed["undone_by"]) == (3, 4)
    assert changed["changes"] == [
        {"table": "building", "key": 1, "before": {"floor_area": 5000}, "after": {"floor_area": 6000}}
    ]
    assert added["changes"][0]["before"] is None
    assert added["changes"][0]["after"]["name"] == "甲"
    assert list(added) == [
        *("group", "made_at", "user", "host", "command", "undoes", "undone_by", "reason", "changes")
    ]
    assert datetime.fromisoformat(added["made_at"]).tzinfo == UTC


def test_another_programs_change_is_marked_as_such(kfly: Cli) -> None:
    stranger(kfly, "UPDATE targets SET goal = 35 WHERE key = 'buildings_renovated'")
    lines = kfly.ok("log").splitlines()
    assert lines[0].endswith(" · another program")
    assert lines[1] == "  target buildings_renovated: goal 30 → 35"


def test_a_removed_record_is_found_by_its_last_name_and_by_its_id(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "name=乙")
    kfly.ok("remove", "building", "乙", "--reason", "重复")
    for which in ("乙", "甲", "1", "#1", "南闸街道/乙"):
        lines = told(kfly, "building", which)
        assert "building 乙: removed (#1): 重复" in lines
        assert any(line.endswith("Building 甲 → 乙") for line in lines)
    assert "none is called “丙”" in kfly.refused("log", "building", "丙")


def test_a_name_that_several_records_had_is_refused_with_their_ids(kfly: Cli) -> None:
    for _time in range(2):
        kfly.ok(*BUILDING)
        kfly.ok("remove", "building", "甲", "--reason", "x")
    assert "#1, #2" in kfly.refused("log", "building", "甲")


def test_references_are_told_by_their_names(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("add-carrier", "--name", "乙", "--type", "孵化器", "--recognized-on", "2022-03-01")
    kfly.ok("set", "carrier", "乙", "building=甲")
    assert told(kfly)[0] == "carrier 乙: Building — → 甲"


def test_a_large_import_is_summed_up_and_one_record_of_it_told(kfly: Cli, tmp_path: Path) -> None:
    rows = "".join(f"人才{n},企业{n},2022-03-01\n" for n in range(1500))
    (tmp_path / "t.csv").write_text("姓名,用人单位,引进日期\n" + rows, encoding="utf-8")
    kfly.ok("import", "talent", "t.csv")
    assert told(kfly)[0] == "talent: 1,500 added"
    assert "summed up" in kfly.ok("log")
    assert "talent 人才7: Employer — → 企业7" in told(kfly, "talent", "人才7")
    assert len(kfly.json("log")[0]["changes"]) == 1500


def test_a_task_is_told_with_its_sign_offs_and_needs(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    kfly.ok("done", "1", "--on", "2022-03-01", "--evidence", "a.txt")
    kfly.ok("reopen", "1", "--reason", "材料不全")
    kfly.ok("done", "2", "--on", "2022-03-01")
    stranger(kfly, "UPDATE task_needs SET goal = 12 WHERE task = 11 AND position = 0")
    lines = told(kfly, "task", "1")
    assert lines[:3] == [
        "task 1: the sign-off of 2022-03-01 taken back: 材料不全",
        "task 1: signed off on 2022-03-01",
        "task 1: evidence + a.txt",
    ]
    assert told(kfly, "任务", "11")[0].endswith("goal 10 → 12")
    assert "There is no task 99" in kfly.refused("log", "task", "99")


def test_a_removed_task_is_still_told(kfly: Cli) -> None:
    stranger(
        kfly,
        "DELETE FROM task_organisations WHERE task = 20",
        "DELETE FROM tasks WHERE number = 20",
    )
    assert "task 20: removed" in told(kfly, "task", "20")


def test_lists_tell_who_came_and_who_went(kfly: Cli) -> None:
    stranger(
        kfly,
        "UPDATE task_organisations SET organisation = '市财政局'"
        " WHERE task = 1 AND role = 'lead' AND position = 0",
        "INSERT INTO organisation_aliases VALUES ('城里', '澄江街道', 9)",
    )
    lines = told(kfly)
    assert "task 1: lead + Finance Bureau, − Science and Technology Bureau" in lines
    assert "organisation Chengjiang Subdistrict: also called + 城里" in lines


def test_a_renamed_town_is_told_once_and_not_at_each_place_that_names_it(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    stranger(kfly, "UPDATE organisations SET name = '新闸街道' WHERE name = '南闸街道'")
    lines = told(kfly)
    assert "organisation Nanzha Subdistrict: name 南闸街道 → 新闸街道" in lines
    assert not any(line.startswith("building 甲: Town") for line in lines[:4])


def test_how_a_target_is_counted_is_one_line(kfly: Cli) -> None:
    stranger(kfly, "UPDATE metrics SET stock = 1 WHERE id = 1")
    assert "target buildings_renovated: counted in another way" in told(kfly)


def test_since_is_a_day_of_here_and_counts_itself(kfly: Cli) -> None:
    today = datetime.now().astimezone().date().isoformat()
    kfly.ok(*BUILDING)
    assert told(kfly, "--since", today)[0] == "building 甲: added (#1)"
    assert kfly.ok("log", "--since", "2199-01-01") == "Nothing in the log matches.\n"
    kfly.refused("log", "--since", "soon", code=2)


def test_one_users_changes(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    kfly.ok(*BUILDING)
    monkeypatch.setenv("LOGNAME", "wang")
    kfly.ok("set", "building", "甲", "owner=集团")
    assert told(kfly, "--user", "wang") == ["building 甲: Owner — → 集团"]
    assert [g["user"] for g in kfly.json("log", "--user", "li")][:1] == ["li"]
    assert kfly.json("log", "--user", "zhao") == []


def test_a_kind_without_a_record_is_wrong_usage(kfly: Cli) -> None:
    assert "Name a kind and a record" in kfly.refused("log", "building", code=2)


def test_a_note_of_several_lines_stays_on_its_line(kfly: Cli) -> None:
    kfly.ok(*BUILDING)
    kfly.ok("set", "building", "甲", "note=一\n#9 · 二\x1b[31m")
    line = told(kfly)[0]
    assert line.startswith("building 甲: Note — → 一")
    assert "\x1b" not in line
    assert not any(line.startswith("#9") for line in kfly.ok("log").splitlines())


def test_a_database_without_a_log_says_that_it_begins_with_the_next_change(kfly: Cli) -> None:
    stranger(
        kfly,
        *("DROP TABLE changes", "DROP TABLE replaced", "DROP TABLE change_groups", "PRAGMA user_version = 1"),
    )
    assert "begins with the next change" in kfly.ok("log")
    assert kfly.json("log") == []
    assert "nothing of" in kfly.refused("undo")


def test_the_making_of_a_task_tells_what_it_was(kfly: Cli) -> None:
    lines = told(kfly, "task", "11")
    assert lines[0] == "task 11: added"
    assert "task 11: due date — → 2022-11-30" in lines
    assert "task 11: lead + " in "\n".join(lines)
    assert not any("counted in another way" in line for line in lines)
