"""Tables of two years in one plan: a number alone may mean two tasks."""

from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf

PLAN = """\
plan: {name: 两年方案, starts: 2022-01-01, ends: 2023-12-31}
organisations: [{name: 甲局, kind: department}]
targets: [{key: meetings, section: 会, name: 会议, count: meeting, at_least: 10, unit: 次}]
"""
TABLE = """\
year: %d
tasks:
  - {number: 11, title: %s, lead: [甲局], due: %d-03-31}
  - {number: %d, title: 只此一年, lead: [甲局], due: %d-06-30}
"""


@pytest.fixture
def two(empty: Cli, tmp_path: Path, shelf: Shelf) -> Cli:

    def prepare() -> None:
        (tmp_path / "targets.yaml").write_text(PLAN, encoding="utf-8")
        for year, title, own in ((2022, "头一年", 1), (2023, "第二年", 2)):
            table = TABLE % (year, title, year, own, year)
            (tmp_path / f"tasks_{year}.yaml").write_text(table, encoding="utf-8")
        empty.ok("init")

    shelf.lay("two tables", empty.folder, prepare)
    return empty


def test_a_number_in_both_is_ambiguous_and_the_choices_are_listed(two: Cli) -> None:
    for command in (("task", "11"), ("done", "11", "--on", "2023-02-01"), ("reopen", "11", "--reason", "错")):
        line = two.refused("--lang", "en", *command)
        assert line == "Several tables have a task 11: 2022/11, 2023/11. Say which."


def test_a_number_with_its_year_means_one(two: Cli) -> None:
    assert two.json("task", "2022/11")["title"] == "头一年"
    assert two.json("task", "2023/11")["title"] == "第二年"


def test_a_number_in_one_table_needs_no_year(two: Cli) -> None:
    assert (two.json("task", "1")["year"], two.json("task", "2")["year"]) == (2022, 2023)


def test_a_number_of_two_tables_is_refused_on_any_day(two: Cli) -> None:
    for day in ("2022-05-01", "2023-05-01"):
        assert "2022/11、2023/11" in two.refused("task", "11", "--as-of", day)
        assert "2022/11、2023/11" in two.refused("done", "11", "--on", day, "--force")


def test_a_year_and_number_that_is_none_is_refused(two: Cli) -> None:
    assert "2024/11" in two.refused("task", "2024/11")


def test_a_view_covers_the_tables_up_to_its_day(two: Cli) -> None:
    def seen(day: str, *args: str) -> list[str]:
        return [f"{row['year']}/{row['number']}" for row in two.json("tasks", "--as-of", day, *args)]

    assert seen("2021-05-01") == ["2022/11", "2022/1"]
    assert seen("2022-12-31") == ["2022/11", "2022/1"]
    assert seen("2023-01-01") == ["2022/11", "2022/1", "2023/11", "2023/2"]
    assert {name[:4] for name in seen("2022-05-01", "--year", "2023")} == {"2023"}
    assert {name[:4] for name in seen("2023-05-01", "--year", "2022")} == {"2022"}


def test_status_counts_the_tables_in_view(two: Cli) -> None:
    assert two.json("status", "--as-of", "2022-06-01")["tasks"]["total"] == 2
    assert two.json("status", "--as-of", "2023-06-01")["tasks"]["total"] == 4


def test_tables_show_the_year_where_numbers_could_be_mistaken(two: Cli) -> None:
    both = two.ok("tasks", "--as-of", "2023-07-01")
    overdue = two.ok("overdue", "--as-of", "2023-07-01")

    assert "2022/11" in both
    assert "2023/11" in both
    assert "2022/11" in overdue
    assert "2023/11" in overdue
    assert "2022/11" not in two.ok("tasks", "--as-of", "2022-07-01")


def test_a_future_table_is_open_and_dark(two: Cli) -> None:
    rows = two.json("tasks", "--year", "2023", "--as-of", "2022-12-31")

    assert {(row["state"], row["light"]) for row in rows} == {("open", "none")}


def test_signing_off_one_leaves_the_other(two: Cli) -> None:
    printed = two.ok("--lang", "en", "done", "2022/11", "--on", "2022-03-01")

    assert printed.startswith("Signed off task 2022/11 on 2022-03-01")
    assert two.json("task", "2022/11")["state"] == "done"
    assert two.json("task", "2023/11")["state"] == "overdue"


def test_what_a_refusal_suggests_names_the_year(two: Cli) -> None:
    two.ok("done", "2022/11", "--on", "2022-03-01")

    line = two.refused("--lang", "en", "done", "2022/11", "--on", "2022-03-02")
    assert "kfly reopen 2022/11 --reason" in line
    two.ok("reopen", "2022/11", "--reason", "错")
