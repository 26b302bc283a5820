"""returns: who has sent what was to be sent, as the log knows it."""

import json

from tests.support.return_office import ReturnOffice
from tests.support.runner import Cli


def test_what_comes_by_the_day_serves_the_month_before_and_what_comes_later_its_own(
    sheets: ReturnOffice,
) -> None:
    sheets.add("2022-03-05", "一号", "东镇")
    sheets.add("2022-03-06", "二号", "西镇")
    stood = sheets.stood("2022-03-20")
    assert [stood["东镇", month] for month in ("2022-01", "2022-02", "2022-03")] == [
        "missing",
        "on_time",
        "open",
    ]
    assert [stood["西镇", month] for month in ("2022-01", "2022-02", "2022-03")] == [
        "missing",
        "missing",
        "on_time",
    ]


def test_the_second_sheet_of_the_first_days_serves_the_month_that_has_begun(sheets: ReturnOffice) -> None:
    sheets.bring("2022-03-02", "一号,东镇", "二号,西镇")
    sheets.bring("2022-03-03", "三号,东镇")
    stood = sheets.stood("2022-03-31")
    assert (stood["东镇", "2022-02"], stood["东镇", "2022-03"]) == ("on_time", "on_time")
    assert (stood["西镇", "2022-02"], stood["西镇", "2022-03"]) == ("on_time", "open")


def test_a_sheet_that_only_changes_records_has_come_too(sheets: ReturnOffice) -> None:
    sheets.bring("2022-02-02", "一号,东镇")
    sheet = sheets.cli.folder / "again.csv"
    sheet.write_text("楼宇名称,所在镇街,建筑面积\n一号,东镇,200", encoding="utf-8")
    sheets.on("2022-03-02", "import", "building", str(sheet), "--update")
    assert sheets.stood("2022-03-31")["东镇", "2022-02"] == "on_time"


def test_what_the_office_itself_changes_has_not_come_from_a_town(sheets: ReturnOffice) -> None:
    sheets.add("2022-02-02", "一号", "东镇")
    sheets.on("2022-03-02", "set", "building", "一号", "floor_area=300")
    assert sheets.stood("2022-03-31")["东镇", "2022-02"] == "missing"


def test_what_was_undone_has_not_come_and_what_was_undone_twice_has(sheets: ReturnOffice) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    sheets.cli.ok("undo", "--yes")
    assert sheets.stood("2022-03-31")["东镇", "2022-02"] == "missing"
    group = sheets.cli.json("log")[0]["group"]
    sheets.cli.ok("undo", str(group), "--yes")
    assert sheets.stood("2022-03-31")["东镇", "2022-02"] == "on_time"


def test_a_record_that_was_removed_since_came_all_the_same(sheets: ReturnOffice) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    sheets.cli.ok("remove", "building", "一号", "--reason", "slip")
    assert sheets.stood("2022-03-31")["东镇", "2022-02"] == "on_time"


def test_as_of_an_earlier_day_what_came_later_is_not_there(sheets: ReturnOffice) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    assert sheets.stood("2022-03-01")["东镇", "2022-02"] == "open"
    assert ("东镇", "2022-03") not in sheets.stood("2022-02-28")


def test_as_known_before_it_came_it_is_not_there(sheets: ReturnOffice) -> None:
    sheets.on("2022-03-01", "returned", "building", "--from", "西镇", "--on", "2022-02-03")
    sheets.add("2022-03-02", "一号", "东镇")
    known = sheets.stood("2022-03-31", "--as-known", "#1")
    assert {known["东镇", "2022-02"], known["西镇", "2022-01"]} == {"missing"}
    now = sheets.stood("2022-03-31")
    assert (now["东镇", "2022-02"], now["西镇", "2022-01"]) == ("on_time", "on_time")


def test_a_return_that_is_loaded_later_knows_what_came_before(sheets: ReturnOffice) -> None:
    sheets.on("2022-03-02", "add-platform", "--name=一号", "--town", "东镇", "--established-on", "2022-02-01")
    sheets.load("returns:\n", "returns:\n  - {kind: platform, from: 东镇, every: month, by: 5}\n")
    rows = sheets.cli.json("returns", "platform", "--as-of", "2022-03-31")
    assert [(row["period"], row["state"]) for row in rows] == [
        ("2022-01", "missing"),
        ("2022-02", "on_time"),
        ("2022-03", "open"),
    ]


def test_a_town_that_is_renamed_keeps_what_it_sent(sheets: ReturnOffice) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    sheets.on("2022-02-03", "returned", "building", "--from", "东镇", "--on", "2022-02-03")
    sheets.load(
        "{name: 东镇, kind: town, aliases: [东乡]", "{name: 东街道, kind: town, aliases: [东镇, 东乡]"
    )
    stood = sheets.stood("2022-03-31")
    assert (stood["东街道", "2022-01"], stood["东街道", "2022-02"]) == ("on_time", "on_time")


def test_load_says_what_changes(sheets: ReturnOffice) -> None:
    told = sheets.load("every: month, by: 5", "every: month, by: 8")
    assert "return building: by this day of the next month 5 → 8" in told
    told = sheets.load("from: [西镇]", "from: [西镇, 南镇]")
    assert "return talent: from whom + 南镇" in told
    assert "return talent: removed" in sheets.load(
        "  - {kind: talent, from: [西镇, 南镇], every: quarter, by: 31}\n", ""
    )


def test_the_table_fits_its_screen_and_says_what_it_leaves_out(sheets: ReturnOffice) -> None:
    sheets.bring("2022-05-04", "一号,东镇", "二号,西镇")
    printed = sheets.cli.ok("returns", "--as-of", "2022-12-31")
    assert "Buildings: 2 of 33 on time, 0 late, 31 missing" in printed
    assert max(map(len, printed.splitlines())) <= 100
    assert "Earlier periods, which --json lists: " in printed


def test_a_plan_without_returns_says_how_to_ask_for_them(kfly: Cli) -> None:
    assert "returns:" in kfly.ok("--lang", "en", "returns")
    assert kfly.json("returns") == []


def test_json_names_everything(sheets: ReturnOffice) -> None:
    sheets.add("2022-03-02", "一号", "东镇")
    rows = json.loads(
        sheets.cli.ok("returns", "building", "--org", "东乡", "--as-of", "2022-03-31", "--json")
    )
    assert rows[1] == {
        "kind": "building",
        "organisation": "东镇",
        "every": "month",
        "period": "2022-02",
        "due": "2022-03-05",
        "state": "on_time",
        "returned_on": "2022-03-02",
        "nil": False,
    }


def test_only_what_is_missing_and_of_a_group_its_members(sheets: ReturnOffice) -> None:
    sheets.add("2022-02-03", "一号", "东镇")
    rows = sheets.cli.json("returns", "--missing", "--org", "各镇", "--as-of", "2022-02-10")
    assert [(row["kind"], row["organisation"], row["period"]) for row in rows] == [
        ("building", "西镇", "2022-01"),
        ("building", "南镇", "2022-01"),
    ]


def test_options_of_mail_want_email(sheets: ReturnOffice) -> None:
    assert "--email" in sheets.cli.refused("returns", "--dry-run", code=2)
    assert "leave --as-known out" in sheets.cli.refused("returns", "--email", "--as-known", "#1", code=2)
