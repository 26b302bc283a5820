"""``--as-known`` answers from what the database held at a moment, and every view says so."""

import json
from pathlib import Path

import pytest

from kfly.cli.catalogue import COMMANDS
from kfly.cli.group import _build
from tests.support.dated_log import date_groups, forge, last_group
from tests.support.plan_office import Office
from tests.support.runner import content

NOT_AS_KNOWN = {"check", "demo", "backup", "guide", "config", "template"}
READING = {"kinds", "log", "mailings", "evidence", "export"}


def area(office: Office, moment: str) -> float:
    record = office.cli.json("show", "building", "一号", "--as-known", moment)
    return float(record["floor_area"])


@pytest.mark.parametrize(
    ("moment", "grown"),
    [
        ("#4", 100),
        ("#5", 200),
        ("＃6", 300),
        ("2022-03-05", 200),
        ("2022年3月5日", 200),
        ("2022-03-05 24:00", 200),
        ("2022-03", 300),
        ("2022-03-05 09:00", 100),
        ("2022-03-05T09:00:00.499999", 100),
        ("2022-03-05T09:00:00.5", 200),
        ("2022-03-05 9:01", 200),
        ("2022年3月5日9:01", 200),
        ("2022-03-05T01:00:00Z", 100),
        ("2022-03-05T01:01:00Z", 200),
        ("2022-03-05T09:01+08:00", 200),
        ("2022-03-04 20:01 -0500", 200),
        ("今天", 300),
        ("yesterday", 300),
    ],
)
def test_a_moment_is_a_day_a_time_or_a_change(spring: Office, moment: str, grown: float) -> None:
    assert area(spring, moment) == grown


@pytest.mark.parametrize(
    "moment",
    ["5", "#", "#x", "2022-13-01", "2022-03-05 25:00", "2022-03-05 24:01", "2022-03 09:00", "", "soon"],
)
def test_what_is_no_moment_is_wrong_usage(spring: Office, moment: str) -> None:
    assert "is no moment" in spring.cli.refused("status", "--as-known", moment, code=2)


def test_before_the_log_begins_its_first_moment_is_named(spring: Office) -> None:
    refusal = spring.cli.refused("status", "--as-known", "2022-02-28")
    assert (
        refusal
        == "The log begins at 2022-03-01 09:00:00; what was known before is not kept. Name a later time."
    )


def test_a_moment_to_come_and_a_change_that_is_none_are_refused(spring: Office) -> None:
    assert "has not come yet" in spring.cli.refused("status", "--as-known", "2199-01-01")
    assert (
        spring.cli.refused("status", "--as-known", "#99") == "There is no change #99; “kfly log” lists them."
    )


def test_a_view_says_so_first_and_is_as_of_that_day(spring: Office) -> None:
    shown = spring.cli.ok("--lang", "zh", "status", "--as-known", "2022-03-05").splitlines()
    assert shown[:2] == ["数据时点：截至 2022-03-05 24:00 已入库的数据（变更记录至 #5）。", ""]
    assert shown[2].endswith("截至 2022-03-05")
    both = spring.cli.ok("status", "--as-known", "2022-03-05 10:00", "--as-of", "2022-12-31").splitlines()
    assert both[0] == "As known at 2022-03-05 10:00, up to change #5."
    assert both[2].endswith("as of 2022-12-31")


def test_a_document_that_is_an_object_says_so_and_a_list_stays_as_it_is(spring: Office) -> None:
    document = spring.cli.json("status", "--as-known", "#5")
    assert (document["as_of"], document["as_known"]) == ("2022-03-05", "2022-03-05T01:00:00.500000Z")
    again = spring.cli.json("status", "--as-known", document["as_known"])
    assert again == document
    assert isinstance(spring.cli.json("list", "building", "--as-known", "#5"), list)


def test_what_prints_nothing_and_what_is_refused_says_nothing_either(spring: Office) -> None:
    assert spring.cli.ok("overdue", "--quiet", "--as-known", "#5") == ""
    spring.cli.refused("list", "building", "--columns", "nothing", "--as-known", "#5")
    assert not spring.cli.ok("status").startswith("As known")


def test_the_file_stays_as_it_is(spring: Office) -> None:
    before = content(spring.cli.db)
    spring.cli.ok("tasks", "--as-known", "#1")
    assert content(spring.cli.db) == before


def test_a_file_written_out_is_that_of_then(spring: Office) -> None:
    out = spring.cli.ok("export", "building", "-o", "then.json", "--as-known", "#5")
    assert out.startswith("As known at 2022-03-05 09:00:00, up to change #5.\n\n")
    written = json.loads((spring.cli.folder / "then.json").read_text(encoding="utf-8"))
    assert "200" in json.dumps(written)


def test_every_reading_command_takes_it_and_no_other() -> None:
    for entry in COMMANDS:
        options = {option for param in _build(entry).params for option in param.opts}
        reads = entry.name in READING or ("--as-of" in options and entry.name not in NOT_AS_KNOWN)
        assert ("--as-known" in options) == reads, entry.name


def test_what_writes_or_sends_does_not_go_with_it(office: Office) -> None:
    assert "--as-known" in office.cli.refused("set", "building", "1", "note=x", "--as-known", "#1", code=2)
    args = ("overdue", "--email", "--to", "a@b.cn", "--as-known", "#1")
    assert office.cli.refused(*args, code=2) == "--email sends what is known now; leave --as-known out."
    (office.cli.folder / "a.txt").write_text("a", encoding="utf-8")
    assert "--add" in office.cli.refused("evidence", "1", "--add", "a.txt", "--as-known", "#1", code=2)


def test_mails_sent_since_are_not_shown(spring: Office) -> None:
    for day in ("03", "06"):
        spring.stranger(
            "INSERT INTO mailings (as_of, recipient, subject, tasks, message_id, tried_at, tries) VALUES"
            f" ('2022-03-{day}', 'a@b.cn', 's', '[]', '<{day}@b.cn>', '2022-03-{day}T01:00:00Z', 1)"
        )
    shown = spring.cli.json("mailings", "--as-known", "2022-03-05")
    assert [mailing["as_of"] for mailing in shown] == ["2022-03-03"]


def test_files_of_evidence_can_be_saved_as_known(office: Office) -> None:
    (office.cli.folder / "a.txt").write_text("甲", encoding="utf-8")
    office.cli.ok("evidence", "1", "--add", "a.txt")
    then = last_group(office.cli.db)
    office.cli.ok("undo")
    assert office.cli.json("evidence", "1") == []
    office.cli.ok("evidence", "1", "--save", "kept", "--as-known", f"#{then}")
    assert [path.read_text(encoding="utf-8") for path in Path("kept").rglob("*.txt")] == ["甲"]


def test_where_times_run_backwards_the_order_decides_and_it_is_said(spring: Office) -> None:
    date_groups(spring.cli.db, [f"2022-03-0{day}T01:00:00Z" for day in (1, 2, 3, 8, 5, 6)])
    run = spring.cli("show", "building", "一号", "--json", "--as-known", "2022-03-05")
    assert json.loads(run.out)["floor_area"] == 200
    assert run.err == (
        "Change #4 is dated later than that; the order of the changes decides, and it counts as known.\n"
    )


def test_what_was_changed_past_the_log_is_said(spring: Office) -> None:
    spring.stranger('DROP TRIGGER "building after update"')
    spring.stranger("UPDATE building SET owner = '某' WHERE id = 2")
    run = spring.cli("show", "building", "二号", "--as-known", "#5")
    assert "某" in run.out
    assert "“kfly check” names them" in run.err


def test_a_line_that_cannot_be_read_is_named(spring: Office) -> None:
    forge(spring.cli.db, 'UPDATE changes SET before = \'{"id":1\' WHERE "group" = 6')
    refusal = spring.cli.refused("show", "building", "一号", "--as-known", "#5")
    assert "of the log (building) cannot be read any more" in refusal
    assert area(spring, "#6") == 300


def test_two_changes_in_one_second_are_told_apart(spring: Office) -> None:
    date_groups(spring.cli.db, [f"2022-03-01T01:00:00.{n}Z" for n in range(1, 7)])
    assert [area(spring, f"2022-03-01 09:00:00.{n}") for n in (4, 5, 6)] == [100, 200, 300]


def test_a_plans_language_is_that_of_then(spring: Office) -> None:
    spring.edit("language: en", "language: zh")
    assert spring.cli("load", "targets.yaml").code == 0
    assert spring.cli.ok("status", "--as-known", "#5").startswith("As known at")
    assert spring.cli.ok("--lang", "zh", "status", "--as-known", "#5").startswith("数据时点")
    assert "截至" in spring.cli.ok("status", "--as-of", "2022-12-31")
