"""calendar: every deadline as an event that a calendar knows again."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.support.dated_log import forge
from tests.support.plan_office import Office
from tests.support.runner import Cli
from tests.support.task_county import County

Events = dict[str, Any]
AN_HOUR_BEFORE = "strftime('%Y-%m-%dT%H:%M:%fZ', made_at, '-1 hour')"


def write(kfly: Cli, *args: str, name: str = "a.ics") -> Path:
    kfly.ok("--lang", "en", "calendar", "-o", name, *args)
    return kfly.folder / name


def events(path: Path) -> Events:
    """The events as a library reads them, by the part of their identity that names the task."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def test_every_deadline_is_an_event_of_a_whole_day(kfly: Cli) -> None:
    assert kfly.ok("--lang", "en", "calendar", "-o", "a.ics") == "Wrote a.ics. Deadlines: 20.\n"
    found = events(kfly.folder / "a.ics")
    assert list(found) == [f"2022-{number}" for number in range(1, 21)]
    eleven = found["2022-11"]
    assert eleven["SUMMARY"] == "Due: task 11 Renovate 10 buildings, 1 of them of 50,000 m² or more"
    assert (eleven["DTSTART"].dt, eleven["DTEND"].dt) == (date(2022, 11, 30), date(2022, 12, 1))
    assert (eleven["STATUS"], eleven["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert "Lead: Party Organization Department\n" in eleven["DESCRIPTION"]
    assert "✗ Buildings renovated 0/10 buildings" in eleven["DESCRIPTION"]


def test_alarms_go_off_in_the_morning_as_early_as_the_plan_says_a_week_before_and_on_the_day(
    kfly: Cli,
) -> None:
    alarms = events(write(kfly))["2022-11"].walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [
        timedelta(days=-30, hours=9),
        timedelta(days=-7, hours=9),
        timedelta(hours=9),
    ]


def test_the_file_speaks_chinese(kfly: Cli) -> None:
    kfly.ok("--lang", "zh", "calendar", "-o", "a.ics")
    eleven = events(kfly.folder / "a.ics")["2022-11"]
    assert eleven["SUMMARY"] == "任务11到期：改造楼宇10栋，其中5万平方米以上1栋"
    assert eleven["DESCRIPTION"].startswith("牵头部门：市委组织部\n")


def test_lines_end_as_the_standard_asks_and_none_is_too_long(kfly: Cli) -> None:
    kfly.ok("--lang", "zh", "calendar", "-o", "a.ics")
    written = (kfly.folder / "a.ics").read_bytes()
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert max(map(len, written.split(b"\r\n"))) <= 75


def test_the_same_data_and_day_make_the_same_bytes(kfly: Cli) -> None:
    first = write(kfly, "--as-of", "2022-05-01").read_bytes()
    assert write(kfly, "--as-of", "2022-05-01", name="b.ics").read_bytes() == first


def test_a_task_that_is_done_stays_and_rings_no_more(kfly: Cli) -> None:
    kfly.ok("done", "1", "--on", "2022-01-20")
    one = events(write(kfly))["2022-1"]
    assert one["SUMMARY"].startswith("✓ Due: task 1 ")
    assert one.walk("VALARM") == []
    before = events(write(kfly, "--as-of", "2022-01-19", name="b.ics"))["2022-1"]
    assert before["SUMMARY"].startswith("Due: task 1 ")


def test_what_records_complete_is_newer_than_the_file_of_the_same_morning(kfly: Cli) -> None:
    before = events(write(kfly, "--as-of", "2022-12-01", name="before.ics"))["2022-13"]
    forge(kfly.db, f"UPDATE change_groups SET made_at = {AN_HOUR_BEFORE}")
    old = events(write(kfly, "--as-of", "2022-12-01", name="old.ics"))["2022-13"]
    for name in "甲乙丙丁戊":
        kfly.ok("add-operator", "--name", name, "--introduced-on", "2022-05-01")
    now = events(write(kfly, "--as-of", "2022-12-01"))["2022-13"]
    assert (now["SUMMARY"], now["SEQUENCE"]) == (f"✓ {before['SUMMARY']}", before["SEQUENCE"])
    assert now["DTSTAMP"].dt > old["DTSTAMP"].dt


def test_a_stage_is_described_by_its_own_lead_state_and_needs(empty: Cli) -> None:
    stages = (
        "[{title: 摸排, due: 3月底, needs: [{target: meetings, at_least: 2}]},"
        " {title: 竣工, due: 9月底, lead: [乙局]}]"
    )
    cli = County(empty).begin(f"number: 3, title: 科创园, lead: [甲局], stages: {stages}")
    found = events(write(cli, "--as-of", "2022-05-01"))
    assert [found[uid]["DESCRIPTION"] for uid in ("2022-3+1", "2022-3+2", "2022-3")] == [
        "Lead: First Bureau\nResponsible: —\nState: overdue\n✗ 会议 0/2 次",
        "Lead: Second Bureau\nResponsible: —\nState: open",
        "Lead: First Bureau\nResponsible: —\nState: open",
    ]


def test_only_what_an_organisation_leads_or_answers_for(kfly: Cli) -> None:
    found = events(write(kfly, "--org", "市财政局"))
    listed = [f"{row['year']}-{row['number']}" for row in kfly.json("tasks", "--org", "市财政局")]
    assert list(found) == listed
    assert "did you mean “市财政”" in kfly.refused(
        "--lang", "en", "calendar", "-o", "b.ics", "--org", "市财政居"
    )


def test_a_changed_deadline_is_the_same_event_with_a_higher_number(office: Office) -> None:
    before = events(write(office.cli))
    office.edit("due: 2022-06-30", "due: 2022-07-31", office.table)
    office.edit("两年方案", "两年行动方案")
    office.cli.ok("load", "targets.yaml", "tasks_2022.yaml")
    after = events(write(office.cli, name="b.ics"))
    assert {e["UID"] for e in after.values()} == {e["UID"] for e in before.values()}
    assert after["2022-1"]["DTSTART"].dt == date(2022, 7, 31)
    assert after["2022-1"]["SEQUENCE"] > before["2022-1"]["SEQUENCE"]
    assert after["2022-2"]["SEQUENCE"] == before["2022-2"]["SEQUENCE"]
    assert after["2022-1"]["LAST-MODIFIED"].dt >= before["2022-1"]["LAST-MODIFIED"].dt


def test_taking_a_change_back_raises_the_number_once_more(office: Office) -> None:
    office.edit("due: 2022-06-30", "due: 2022-07-31", office.table)
    office.cli.ok("load", "tasks_2022.yaml")
    moved = events(write(office.cli))["2022-1"]
    office.cli.ok("undo", "--yes")
    back = events(write(office.cli, name="b.ics"))["2022-1"]
    assert back["DTSTART"].dt == date(2022, 6, 30)
    assert back["SEQUENCE"] > moved["SEQUENCE"]


def test_a_sign_off_is_a_change_of_its_task(kfly: Cli) -> None:
    before = events(write(kfly))
    kfly.ok("done", "1", "--on", "2022-01-20")
    kfly.ok("reopen", "1", "--reason", "slip")
    after = events(write(kfly, name="b.ics"))
    assert [after["2022-1"]["SEQUENCE"] - before["2022-1"]["SEQUENCE"], after["2022-2"]["SEQUENCE"]] == [2, 1]


def test_a_calendar_as_it_was_known(office: Office) -> None:
    write(office.cli, "--as-of", "2022-05-01")
    office.edit("due: 2022-06-30", "due: 2022-07-31", office.table)
    office.cli.ok("load", "tasks_2022.yaml")
    before = f"#{office.cli.json('log')[0]['group'] - 1}"
    path = write(office.cli, "--as-of", "2022-05-01", "--as-known", before, name="b.ics")
    assert events(path)["2022-1"]["DTSTART"].dt == date(2022, 6, 30)
    assert path.read_bytes() == (office.cli.folder / "a.ics").read_bytes()


def test_an_existing_file_is_replaced_only_when_that_is_asked_for(kfly: Cli) -> None:
    write(kfly)
    assert "exists already" in kfly.refused("--lang", "en", "calendar", "-o", "a.ics")
    write(kfly, "--force")


def test_a_file_that_is_no_calendar_is_refused(kfly: Cli) -> None:
    told = kfly.refused("--lang", "en", "calendar", "-o", "a.txt", code=2)
    assert told == "--output: “a.txt” is not a .ics file."
    assert "--output" in kfly.refused("--lang", "en", "calendar", code=2)
    (kfly.folder / "x.ics").symlink_to(kfly.db)
    assert "is the database itself" in kfly.refused("--lang", "en", "calendar", "-o", "x.ics", "--force")


@pytest.mark.parametrize(
    ("language", "cancelled", "suspended"),
    [("en", " (cancelled)", " (suspended)"), ("zh", "（已取消）", "（暂缓）")],
)
def test_what_rests_is_called_so_and_has_no_tick(
    office: Office, language: str, cancelled: str, suspended: str
) -> None:
    day = ("--reason", "并入", "--on", "2022-05-10")
    office.cli.ok("cancel", "1", *day)
    office.cli.ok("suspend", "2", *day)
    office.cli.ok("--lang", language, "calendar", "-o", "a.ics", "--as-of", "2022-06-01")
    found = events(office.cli.folder / "a.ics")
    assert found["2022-1"]["SUMMARY"].endswith(cancelled)
    assert found["2022-2"]["SUMMARY"].endswith(suspended)
    assert "✓" not in found["2022-1"]["SUMMARY"] + found["2022-2"]["SUMMARY"]
    assert found["2022-2"].walk("VALARM") == []
