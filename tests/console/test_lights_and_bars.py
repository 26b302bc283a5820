"""What a person sees of a light, a bar and a forecast: never by colour alone."""

from fractions import Fraction

import pytest

from kfly.console.bars import draw_bar
from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")
SIGNS = {"green": "● 绿灯", "yellow": "▲ 黄灯", "red": "■ 红灯"}


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")


def line(printed: str, name: str) -> str:
    return next(line for line in printed.splitlines() if line.startswith(name) or f"  {name}  " in line)


def test_every_target_carries_its_light_as_sign_and_word(filled: Cli) -> None:
    printed = filled.ok("status", *DAY)

    rows = filled.json("status", *DAY)["targets"]
    assert {row["light"] for row in rows} == set(SIGNS)
    for row in rows:
        assert SIGNS[row["light"]] in line(printed, row["name"]), row["name"]


def test_every_task_carries_its_light_as_sign_and_word(filled: Cli) -> None:
    signs = {**SIGNS, "blue": "◆ 蓝灯", "none": "—"}
    for day in ("2022-11-30", "2022-12-05"):
        printed = filled.ok("tasks", "--as-of", day)
        for row in filled.json("tasks", "--as-of", day):
            assert signs[row["light"]] in line(printed, row["title"]), row["title"]


def test_lights_have_english_words(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "tasks", "--as-of", "2022-12-05")

    for sign in ("● green", "■ red", "◆ blue"):
        assert sign in printed


@pytest.mark.parametrize(
    ("share", "expected", "drawn"),
    [
        ("0", None, "░░░░░░░░░░"),
        ("0", "0", "┃░░░░░░░░░"),
        ("0.2", "0.5", "██░░░┃░░░░"),
        ("0.5", "0.2", "██┃██░░░░░"),
        ("0.001", "0.9", "█░░░░░░░░┃"),
        ("0.999", "1", "████████░┃"),
        ("0.999", "0.5", "█████┃███░"),
        ("1", None, "██████████"),
        ("1", "1", "█████████┃"),
        ("7.5", "1", "█████████┃"),
        ("0.05", "2", "█░░░░░░░░┃"),
        ("-0.2", "0.5", "░░░░░┃░░░░"),
    ],
)
def test_a_bar_is_filled_to_the_share_and_marked_where_the_trajectory_stands(
    share: str, expected: str | None, drawn: str
) -> None:
    made = draw_bar(Fraction(share), None if expected is None else Fraction(expected), 10, "green")

    assert made.plain == drawn


def test_the_mark_is_explained(filled: Cli) -> None:
    assert "┃ where the trajectory stands" in filled.ok("--lang", "en", "status", *DAY)


def test_bars_show_whole_percents_rounded_down(filled: Cli) -> None:
    printed = filled.ok("status", *DAY)

    assert "██░░░░░░░" not in line(printed, "创新创业服务平台")
    assert " 26%" in line(printed, "创新创业服务平台")  # 4 of 15
    assert " 86%" in line(printed, "高层次人才")  # 862 of 1000


def test_the_forecast_is_in_words(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "status", *DAY)

    assert "on course; 300 by 2024-08-21" in line(printed, "Research collaborations")
    assert "short by 11" in line(printed, "Buildings renovated")
    assert "8,083.5 ×10k yuan left" in line(printed, "Special fund spent")


def test_past_the_deadline_it_says_so(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "status", "--as-of", "2025-01-01")

    assert "deadline missed" in line(printed, "Buildings renovated")


def test_a_ceiling_that_is_exceeded_is_red_and_says_by_how_much(filled: Cli) -> None:
    run = filled(
        *("add-expenditure", "--purpose", "大修", "--category", "载体改造"),
        *("--amount", "8,100.5", "--paid-on", "2022-11-01"),
    )
    assert run.code == 0
    printed = filled.ok("--lang", "en", "status", *DAY)

    assert "■ red" in line(printed, "Special fund spent")
    assert "17 ×10k yuan over" in line(printed, "Special fund spent")
    assert "10,017 / ≤10,000" in line(printed, "Special fund spent")


def test_figures_show_no_dust(kfly: Cli) -> None:
    for number in range(10):
        kfly.ok(
            *("add-expenditure", "--purpose", f"项{number}", "--category", "综合服务"),
            *("--amount", "0.1", "--paid-on", "2022-03-01"),
        )

    assert kfly.target("special_fund", *DAY)["actual"] == 1
    assert "1 / ≤10,000 万元" in kfly.ok("status", *DAY)


def test_days_are_counted_in_the_state(filled: Cli) -> None:
    printed = filled.ok("--lang", "en", "tasks", *DAY)

    assert "overdue 244 d" in line(printed, "Draw up the city's plan for building and renovating")
    assert "31 d left" in line(printed, "Bring in 5 or more professional operators")
