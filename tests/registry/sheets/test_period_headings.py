"""Headings of periods: what they end on, and what is none."""

from datetime import date, datetime

import pytest

from kfly.plan.deadlines.spans import Years
from kfly.registry.sheets.grid import Cell
from kfly.registry.sheets.period_headings import PeriodHeading, find_years, read_bare_year, read_period


@pytest.mark.parametrize(
    ("heading", "ends"),
    [
        ("1月", "2022-01-31"),
        ("2月份", "2022-02-28"),
        ("1—2月", "2022-02-28"),
        ("1-3月", "2022-03-31"),
        ("1～3月", "2022-03-31"),
        ("１至３月累计", "2022-03-31"),
        ("3月累计", "2022-03-31"),
        ("3月末", "2022-03-31"),
        ("截至3月底", "2022-03-31"),
        ("一季度", "2022-03-31"),
        ("第一季度", "2022-03-31"),
        ("Q1", "2022-03-31"),
        ("上半年", "2022-06-30"),
        ("H1", "2022-06-30"),
        ("前三季度", "2022-09-30"),
        ("一至三季度", "2022-09-30"),
        ("全年", "2022-12-31"),
        ("年末", "2022-12-31"),
        ("Full year", "2022-12-31"),
        ("March", "2022-03-31"),
        ("Jan-Mar", "2022-03-31"),
        ("2023年3月", "2023-03-31"),
        ("2023-03", "2023-03-31"),
        ("2023/3", "2023-03-31"),
        ("2023.10", "2023-10-31"),
        ("202303", "2023-03-31"),
        ("2023年1—3月\n（累计）", "2023-03-31"),
        ("2023Q1", "2023-03-31"),
        ("Q1 2023", "2023-03-31"),
        ("Mar 2023", "2023-03-31"),
        ("2023年上半年", "2023-06-30"),
        ("2023年", "2023-12-31"),
        (2023.0, "2023-12-31"),
        ("2023-03-15", "2023-03-15"),
        (datetime(2023, 3, 1), "2023-03-31"),  # what a spreadsheet makes of 2023年3月
        (date(2023, 3, 15), "2023-03-15"),
    ],
)
def test_a_heading_means_the_last_day_of_its_period(heading: Cell, ends: str) -> None:
    assert read_period(heading, Years(1, 2022)) == PeriodHeading(date.fromisoformat(ends))


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "指标",
            "同比增长",
            "3月同比",
            "3月当月",
            "比上年增长",
            "累计",
            "",
            "数",
            "备注",
            "13月",
            "0月",
            "3",
            "12",
        ),
        *("2022年13月", "4-6月", "2—3月", 2022.1, 3.0, None, "2024/25", "五季度", "1-13月", "2022-02-30"),
    ],
)
def test_other_headings_are_of_no_period(heading: Cell) -> None:
    assert read_period(heading, Years(1, 2022)) is None


@pytest.mark.parametrize(
    ("heading", "ends"),
    [
        ("2024/25Q3", "2024-12-31"),
        ("2024/25", "2025-03-31"),
        ("一季度", "2024-06-30"),
        ("4—6月", "2024-06-30"),
        ("3月", "2025-03-31"),
        ("全年", "2025-03-31"),
        ("2024年12月", "2024-12-31"),
    ],
)
def test_years_are_those_of_the_plan(heading: str, ends: str) -> None:
    assert read_period(heading, Years(4, 2024)) == PeriodHeading(date.fromisoformat(ends))


@pytest.mark.parametrize("heading", ["1月", "1—3月", "上半年", "全年", "Q1"])
def test_without_a_year_a_period_is_one_of_which_the_day_is_not_known(heading: str) -> None:
    assert read_period(heading, Years(1)) == PeriodHeading(None)


@pytest.mark.parametrize(
    ("lines", "years"),
    [
        (["2022年主要指标"], {2022}),
        (["望县（2022—2024年）行动", "2023年1—11月"], {2023}),
        (["制表：2023年1月5日", "2022年"], {2022}),
        (["报送20230105"], set()),
        (["2024/25"], {2024}),
        (["2022年与2021年"], {2021, 2022}),
        (["望县2025规划", "第1850号"], set()),
    ],
)
def test_the_year_of_a_table_is_found_in_its_titles(lines: list[str], years: set[int]) -> None:
    assert find_years(lines, ["望县2025规划"]) == years


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2022年", 2022),
        (2022.0, 2022),
        ("2024/25", 2024),
        ("2022年度", 2022),
        ("2022年3月", None),
        (3.0, None),
    ],
)
def test_a_bare_year_is_one(cell: Cell, year: int | None) -> None:
    assert read_bare_year(cell) == year
