"""``trend KEY``: the burn-up of a target in the terminal, and what it says of the pace."""

import pytest
from rich.cells import cell_len

from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")


def test_it_tells_what_status_tells(filled: Cli) -> None:
    for target in filled.json("status", *DAY)["targets"]:
        found = filled.json("trend", target["key"], *DAY)
        assert {key: found[key] for key in target} == target
        (now,) = (point for point in found["points"] if point["on"] == "2022-11-30")
        assert (now["actual"], now["expected"]) == (target["actual"], target["expected"])
        last = found["points"][-1]
        if target["forecast"]:
            assert last["projected"] == target["forecast"]["projected"]


def test_it_draws_and_lists_the_way(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "trend", "buildings_renovated", *DAY)
    assert shown.startswith("改造楼宇 · 截至 2022-11-30\n■ 红灯  6 / 30 栋\n")
    assert "█ 实际  · 序时进度  + 按目前速度推算  ─ 目标 30 栋" in shown
    assert "████" in shown
    assert any(
        line.startswith("2024-12-31") and line.split()[1:] == ["30", "19"] for line in shown.splitlines()
    )


def test_a_pace_far_beyond_the_goal_leaves_the_way_to_be_seen(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "trend", "talents", *DAY)
    assert filled.json("trend", "talents", *DAY)["points"][-1]["projected"] == 2828
    assert ["2024-12-31", "1,000", "2,828"] in [line.split() for line in shown.splitlines()]
    assert "1,200┤" in shown
    assert "1,400┤" not in shown


def test_a_ceiling_has_no_columns_for_what_it_cannot_have(filled: Cli) -> None:
    table = filled.ok("--lang", "zh", "trend", "special_fund", *DAY).split("\n\n")[-1].splitlines()
    assert table[0].split() == ["截至", "新增", "实际"]
    assert table[-1].split() == ["2022-11-30", "36", "1,916.5"]


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, columns: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for key in ("buildings_renovated", "enclave_area", "fund_scale", "special_fund", "recruitment_events"):
        shown = filled.ok("--lang", language, "trend", key, *DAY)
        assert max(map(cell_len, shown.splitlines())) <= int(columns)
        assert "…" not in shown


@pytest.mark.parametrize("name", ["buildings-renovated", "改造楼宇", "Buildings renovated"])
def test_a_target_is_known_by_its_key_and_its_names(filled: Cli, name: str) -> None:
    assert filled.json("trend", name, *DAY)["key"] == "buildings_renovated"


def test_a_target_that_is_none_is_refused_with_the_nearest(kfly: Cli) -> None:
    assert "buildings_renovated" in kfly.refused("--lang", "en", "trend", "building_renovated")


def test_a_yearly_one_is_told_by_month(filled: Cli) -> None:
    assert len(filled.json("trend", "recruitment_events", *DAY)["points"]) == 13
    assert len(filled.json("trend", "recruitment_events", "--by", "quarter", *DAY)["points"]) == 6
    assert "month" in filled.refused("trend", "recruitment_events", "--by", "week", code=2)


def test_before_it_is_known_nothing_is_foretold(filled: Cli) -> None:
    early = ("--as-of", "2022-02-10")
    shown = filled.ok("--lang", "zh", "trend", "talents", *early)
    assert "为时尚早" in shown
    assert "+" not in shown
    assert filled.json("trend", "talents", *early)["forecast"]["too_early"] is True
    assert "为时尚早" in filled.ok("--lang", "zh", "status", *early)


def test_without_records_there_is_still_something_to_see(kfly: Cli) -> None:
    shown = kfly.ok("--lang", "en", "trend", "talents", "--as-of", "2022-06-30")
    assert "0 / 1,000" in shown


def test_before_the_plan_and_long_after_it_works_too(filled: Cli) -> None:
    for day in ("2021-06-30", "2021-12-31", "2022-01-01", "2024-12-31", "2025-01-01", "2030-01-01"):
        for key in ("talents", "recruitment_events", "special_fund", "enclave_area"):
            assert filled.ok("trend", key, "--as-of", day)


def test_status_has_a_sparkline_where_there_is_room(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert "近 12 个月" in filled.ok("--lang", "zh", "status", *DAY)
    monkeypatch.setenv("COLUMNS", "100")
    assert "近 12 个月" not in filled.ok("--lang", "zh", "status", *DAY)


def test_status_compares_a_season_with_the_last(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "status", "--as-of", "2023-11-30")
    assert "去年同期 27" in shown
    forecast = filled.target("recruitment_events", "--as-of", "2023-11-30")["forecast"]
    assert forecast["last_year"] == 27
