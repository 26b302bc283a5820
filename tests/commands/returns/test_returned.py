"""returned: the word that there was nothing to send, or that something came which no sheet shows."""

from tests.support.return_office import ReturnOffice
from tests.support.runner import Cli


def test_a_nil_return_serves_as_a_sheet_does(sheets: ReturnOffice) -> None:
    told = sheets.cli.ok("returned", "building", "--from", "东乡", "--on", "2022-02-05")
    assert told == "Recorded the nil return of 东镇 on 2022-02-05 for 2022-01: Buildings.\n"
    (row,) = sheets.cli.json("returns", "building", "--org", "东镇", "--as-of", "2022-01-31") or [None]
    assert row["state"] == "open"
    first, second = sheets.cli.json("returns", "building", "--org", "东镇", "--as-of", "2022-02-06")
    assert (first["state"], first["nil"], second["state"]) == ("on_time", True, "open")


def test_after_the_last_day_it_is_for_the_period_that_has_begun_and_says_so(sheets: ReturnOffice) -> None:
    told = sheets.cli.ok("returned", "building", "--from", "东镇", "--on", "2022-02-06")
    assert told == "Recorded the nil return of 东镇 on 2022-02-06 for 2022-02: Buildings.\n"


def test_where_nothing_is_owed_any_more_it_is_refused(sheets: ReturnOffice) -> None:
    sheets.add("2022-02-03", "一号", "东镇")  # the log has it, so it has come
    told = (
        "东镇 owes nothing that this could be on {0}: “kfly returns building --as-of {0}” shows what has"
        " come. A period that is missing still is named by --for."
    ).format
    first = ("returned", "building", "--from", "东镇", "--on")
    assert sheets.cli.refused(*first, "2022-03-20", "--for", "2022-01") == (
        "东镇 has sent it for 2022-01 already: “kfly returns building --as-of 2022-03-20” shows when."
    )
    assert sheets.cli.refused(*first, "2021-12-20") == told("2021-12-20")
    sheets.cli.ok(*first, "2022-03-20")
    assert sheets.cli.refused(*first, "2022-03-20") == told("2022-03-20")
    assert sheets.cli.refused(*first, "2022-03-21") == told("2022-03-21")
    assert sheets.stood("2022-03-21")["东镇", "2022-02"] == "missing"


def test_for_a_named_period_it_may_come_late(sheets: ReturnOffice) -> None:
    sheets.cli.ok("returned", "building", "--from", "西镇", "--on", "2022-03-20", "--for", "2022-01")
    stood = sheets.stood("2022-03-31")
    assert [stood["西镇", month] for month in ("2022-01", "2022-02", "2022-03")] == [
        "late",
        "missing",
        "open",
    ]


def test_it_is_logged_and_undone(sheets: ReturnOffice) -> None:
    sheets.cli.ok("returned", "building", "--from", "东镇", "--on", "2022-02-05")
    assert "Buildings: nil return of 东镇 on 2022-02-05: recorded" in sheets.cli.ok("log")
    assert "nil return of 东镇 on 2022-02-05: taken back" in sheets.cli.ok("undo", "--yes")
    assert sheets.stood("2022-02-06")["东镇", "2022-01"] == "missing"


def test_what_it_cannot_be_is_refused_in_one_line(sheets: ReturnOffice) -> None:
    refused = sheets.cli.refused
    assert refused("returned", "talent", "--from", "东镇") == (
        "东镇 does not have to send this; those who have to: 西镇."
    )
    assert refused("returned", "fund", "--from", "东镇").startswith("Nobody has to send Funds;")
    assert "did you mean" in refused("returned", "buildng", "--from", "东镇")
    assert "did you mean “东镇”" in refused("returned", "building", "--from", "东真")
    assert "“2022Q1” is no period of it" in refused(
        "returned", "building", "--from", "东镇", "--for", "2022Q1"
    )
    assert "did you mean “2022Q4”" in refused("returned", "talent", "--from", "西镇", "--for", "2022Q9")
    assert refused("returned", "building", "--from", "东镇", "--on", "2022-05-31", "--for", "2022-06") == (
        "--for: 2022-06 has not begun on 2022-05-31 yet."
    )
    assert "has not come yet" in refused("returned", "talent", "--from", "西镇", "--on", "2199-01-01")
    assert "is not a day" in refused("returned", "talent", "--from", "西镇", "--on", "2022-02", code=2)


def test_where_the_plan_asks_for_nothing_it_says_where_that_is_written(kfly: Cli) -> None:
    assert kfly.refused("--lang", "en", "returned", "building", "--from", "华士镇") == (
        "The plan asks nobody to send anything; “returns:” in targets.yaml says who has to."
    )


def test_an_organisation_that_has_sent_one_goes_only_by_force(sheets: ReturnOffice) -> None:
    sheets.cli.ok("returned", "building", "--from", "南镇", "--on", "2022-02-05")
    text = sheets.targets.read_text(encoding="utf-8").replace("  - {name: 南镇, kind: town}\n", "")
    sheets.targets.write_text(text, encoding="utf-8")
    run = sheets.cli("load", "targets.yaml")
    assert (run.code, run.err.splitlines()[0]) == (
        1,
        "南镇 is gone from the plan, but has sent nil returns: 1.",
    )
    sheets.cli.ok("load", "targets.yaml", "--force")
    assert ("南镇", "2022-01") not in sheets.stood("2022-02-06")


def test_of_a_town_that_is_merged_into_another_they_move(sheets: ReturnOffice) -> None:
    sheets.cli.ok("returned", "building", "--from", "南镇", "--on", "2022-02-05")
    text = sheets.targets.read_text(encoding="utf-8").replace("  - {name: 南镇, kind: town}\n", "")
    sheets.targets.write_text(text.replace("aliases: [东乡]", "aliases: [东乡, 南镇]"), encoding="utf-8")
    sheets.cli.ok("load", "targets.yaml")
    assert sheets.stood("2022-02-06")["东镇", "2022-01"] == "on_time"
