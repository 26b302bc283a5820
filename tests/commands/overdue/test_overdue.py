"""``overdue``: the supervision report, the worst first; what it takes in, and what it tells cron."""

import pytest

from tests.support.runner import Cli

DAY = ("--as-of", "2022-12-05")


def numbers(kfly: Cli, *args: str) -> list[int]:
    return [row["number"] for row in kfly.json("overdue", *args)]


def test_the_longest_overdue_comes_first(kfly: Cli) -> None:
    rows = kfly.json("overdue", *DAY)

    assert [row["number"] for row in rows] == list(range(1, 13))
    days = [row["days_overdue"] for row in rows]
    assert days == sorted(days, reverse=True)
    assert {row["light"] for row in rows} == {"red"}


@pytest.mark.slow
def test_behind_is_asked_for_and_comes_below_overdue(filled: Cli) -> None:
    assert numbers(filled, "--as-of", "2022-11-30") == [9]
    assert numbers(filled, "--as-of", "2022-11-30", "--behind") == [9, 10, 11]


def test_soon_is_asked_for_and_comes_last(filled: Cli) -> None:
    assert numbers(filled, *DAY) == [9, 10, 11]
    assert numbers(filled, *DAY, "--soon") == [9, 10, 11, 13, 14, 15, 17, 19, 20]


def test_soon_means_the_plans_days_or_those_given(filled: Cli) -> None:
    day = ("--as-of", "2022-11-30")  # the next due dates are today and in 31 days

    assert numbers(filled, *day, "--soon") == [9, 10, 11]
    assert numbers(filled, *day, "--soon", "--days", "31") == [9, 10, 11, 13, 14, 15, 17, 19, 20]
    assert numbers(filled, *day, "--soon", "--days", "0") == [9, 10, 11]
    assert numbers(filled, *DAY, "--soon", "--days", "25") == [9, 10, 11]
    assert numbers(filled, *DAY, "--soon", "--days", "26")[3:] == [13, 14, 15, 17, 19, 20]


def test_days_without_soon_is_wrong_usage(kfly: Cli) -> None:
    assert "--soon" in kfly.refused("overdue", "--days", "3", code=2)


@pytest.mark.parametrize("days", ["-1", "2.5", "ten", "", "9999999"])
def test_days_are_a_whole_number(kfly: Cli, days: str) -> None:
    assert "--days" in kfly.refused("overdue", "--soon", f"--days={days}", code=2)


def test_it_can_be_narrowed_to_one_organisation(filled: Cli) -> None:
    assert numbers(filled, *DAY, "--org", "新国联集团") == [9, 11]
    assert numbers(filled, *DAY, "--org", "市公安局") == []
    assert "did you mean" in filled.refused("--lang", "en", "overdue", "--org", "市公安处")


def test_it_tells_who_owes_what_is_missing_and_for_how_long(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "overdue", *DAY, "--org", "市住建局")

    assert "逾期 249 天" in shown
    assert "市委组织部" in shown
    assert "改造楼宇 6/10" in shown
    assert "5万平方米以上楼宇" not in shown  # that need is met


def test_it_names_the_towns_that_are_short(filled: Cli) -> None:
    shown = "".join(filled.ok("overdue", *DAY).split())

    assert "差1,400m²：新桥镇" in shown
    assert "差5,000m²：" in shown


def test_its_heading_counts_by_colour(filled: Cli) -> None:
    shown = filled.ok("--lang", "en", "overdue", *DAY, "--behind", "--soon")

    assert shown.startswith(
        "Supervision as of 2022-12-05: 3 overdue, 0 behind, 6 due soon, red targets: 3, yellow targets: 1\n"
    )


def test_nothing_to_report_is_said(kfly: Cli) -> None:
    shown = kfly.ok("--lang", "en", "overdue", "--as-of", "2022-01-31")

    assert shown == "Supervision as of 2022-01-31: 0 overdue\nNothing to report.\n"


def test_quiet_says_nothing_when_there_is_nothing(kfly: Cli) -> None:
    assert kfly.ok("overdue", "--quiet", "--as-of", "2022-01-31") == ""
    assert kfly.ok("overdue", "--quiet", "--as-of", "2022-02-01") != ""


def test_its_exit_code_is_3_when_it_found_something(kfly: Cli) -> None:
    assert kfly("overdue", "--exit-code", "--as-of", "2022-01-31").code == 0
    found = kfly("overdue", "--exit-code", "--as-of", "2022-02-01")
    assert (found.code, found.err) == (3, "")
    assert kfly("overdue", "--exit-code", "--json", "--as-of", "2022-02-01").code == 3
    assert kfly("overdue", "--as-of", "2022-02-01").code == 0


def test_what_was_done_late_is_overdue_until_its_day(filled: Cli) -> None:
    assert 8 in numbers(filled, "--as-of", "2022-04-21")
    assert 8 not in numbers(filled, "--as-of", "2022-04-22")
