"""Levels, shares, falling lines, periods and what has no data in the views: words, units, no false 0."""

from pathlib import Path

import pytest

from tests.support.runner import Cli

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations:
  - {name: 甲局, kind: department}
  - {name: 东镇, kind: town}
  - {name: 西镇, kind: town}
  - {name: 南镇, kind: town}
targets:
  - {key: jobless, section: 一, name: 失业率, reported: level, at_most: 4, unit: "%", weight: 1}
  - {key: vacancy, section: 一, name: 空置率, reported: level, baseline: 30, at_most: 15, unit: "%"}
  - {key: leased, section: 一, name: 出租率, reported: level, at_least: {2022: 82, 2024: 90}, unit: "%"}
  - {key: aid, section: 一, name: 补贴, reported: amount, at_most: {2022: 100, 2024: 500}, unit: 万元}
  - {key: income, section: 一, name: 收入, reported: level, per: town, except: [南镇],
     at_least: 100, unit: 元}
  - {key: talents, section: 一, name: 人才, count: talent, at_least: 30, unit: 人}
  - {key: events, section: 一, name: 活动, count: event, at_least: 2, unit: 场}
  - {key: works, section: 一, name: 开工率, reported: level, every: month, at_least: 80, unit: "%"}
  - {key: power, section: 一, name: 用电, reported: level, unit: "%"}
  - {key: untold, section: 一, name: 未报, reported: running, at_least: 10, unit: 亿元}
"""
FIGURES = [
    *(("jobless", "4.6"), ("vacancy", "28.6"), ("leased", "70"), ("aid", "150"), ("power", "-1.3")),
    *(("income", "0", "--town", "东镇"), ("works", "79")),
]
DAY = ("--as-of", "2022-06-30")


@pytest.fixture
def office(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("COLUMNS", "200")
    Path("targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("init")
    for target, value, *where in FIGURES:
        empty.ok("add-figure", "--target", target, f"--value={value}", *where, "--stated-on", "2022-06-20")
    empty.ok("add-talent", "--name", "张", "--town", "东镇", "--introduced-on", "2022-03-02")
    return empty


def shown(office: Cli, *args: str, lang: str = "zh") -> dict[str, list[str]]:
    """The words of each line, by the first."""
    lines = (line.split() for line in office.ok("--lang", lang, *args, *DAY).splitlines())
    return {words[0]: words for words in lines if words}


def test_each_town_has_0_or_no_data_or_a_dash_where_it_can_have_none(office: Cli) -> None:
    rows = shown(office, "status", "--by", "town")
    none = ["—"] * 4
    assert rows["东镇"][1:] == [*none, "0", "1", "—", "—", "—", "—"]
    assert rows["西镇"][1:] == [*none, "无数据", "0", "—", "—", "—", "—"]
    assert rows["南镇"][1:] == [*none, "—", "0", "—", "—", "—", "—"]  # owes nothing of the income
    assert "未注明镇街" not in rows  # what is reported of the whole belongs to no town
    assert rows["整体"][:3] == ["整体", "▲", "4.6"]  # levels have no total


def test_a_level_to_keep_below_has_no_share_and_counts_nothing_while_it_is_not_kept(office: Cli) -> None:
    assert shown(office, "status", "--short")["失业率"] == [
        "失业率",
        "▲",
        "黄灯",
        "4.6",
        "/",
        "≤4",
        "%",
        "—",
        "超0.6",
    ]
    assert office.json("status", *DAY)["score"] == 0


def test_what_is_too_high_is_over_and_what_is_too_low_to_go_in_both_languages(office: Cli) -> None:
    gaps = {name: row[-1] for name, row in shown(office, "status", "--short").items()}
    assert (gaps["空置率"], gaps["出租率"], gaps["补贴"]) == ("超13.6", "差12", "超50")
    english = office.ok("--lang", "en", "status", "--short", *DAY)
    assert "13.6 over" in english
    assert "12 to go" in english


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("jobless", "超出 0.6 个百分点"),
        ("vacancy", "预计到期仍超 6.52 个百分点，2027-04-24 方达 15"),
        ("leased", "还差 12 个百分点"),  # of the 82 that hold until the end of 2022
        ("aid", "现阶段 ≤100：超出 50 万元"),
        ("untold", "无数据"),
    ],
)
def test_the_outlook_is_told_in_the_right_direction_and_unit(office: Cli, target: str, told: str) -> None:
    assert office.ok("trend", target, *DAY).splitlines()[2] == told


def test_the_months_before_are_told_by_their_number_and_each_in_the_trend(office: Cli) -> None:
    assert "本年此前 5 期：达标 0 期、未达标 0 期、无数据 5 期" in office.ok("status", *DAY)
    assert "2022-05: 无数据\n" in office.ok("trend", "works", *DAY)


def test_a_single_figure_is_drawn_on_its_own_day_and_below_nothing(office: Cli) -> None:
    drawn = office.ok("trend", "power", *DAY)
    (axis,) = (line for line in drawn.splitlines() if "2021-12" in line)
    assert axis.split() == ["2021-12", "2022-10", "2023-07", "2024-04", "2024-12"]
    assert "-1┤" in drawn
    assert drawn.splitlines()[-3].split() == ["截至", "增减", "实际"]


def test_the_figure_of_another_period_is_named_by_its_label(office: Cli) -> None:
    assert "（2022-04）" in office.ok("since", "2022-04-01", *DAY)


def test_a_figure_is_called_by_what_it_speaks_of_and_found_so(office: Cli) -> None:
    said = ("--target", "income", "--town", "西镇", "--value", "3", "--stated-on", "2022-06-20")
    done = office.ok("add-figure", *said)
    assert "income · 西镇 · 2022-06-20" in done
    assert office.json("show", "figure", "income · 西镇 · 2022-06-20")["value"] == 3
    assert office.json("show", "figure", "power · 2022-06-20")["value"] == -1.3
    run = office("show", "figure", "income · 2022-06-20")
    assert run.code == 1
    office.ok("remove", "figure", "income · 西镇 · 2022-06-20", "--reason", "误报")
    assert "income · 西镇 · 2022-06-20" in office.ok("log")
