"""超: what stands on a figure that it must exceed is never shown as all of it, nor as nothing missing."""

from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")


def add_operators(kfly: Cli, number: int) -> None:
    for n in range(number):
        kfly.ok("add-operator", "--name", f"机构{n}", "--introduced-on", "2022-03-01")


def add_fund(kfly: Cli, size: str) -> None:
    fund = ("--name", "基金", "--type", "风险投资", "--size", size, "--registered-on", "2022-03-01")
    kfly.ok("add-fund", *fund)


def row(printed: str, name: str) -> str:
    """The lines of a target's row."""
    lines = printed.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(name))
    return "\n".join(lines[start : start + 2])


@pytest.mark.parametrize(
    ("number", "share", "full"),
    [(14, "93%", False), (15, "99%", False), (16, "106%", True)],
    ids=["one less", "on it", "more"],
)
def test_fifteen_of_more_than_fifteen(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch, number: int, share: str, *, full: bool
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    add_operators(kfly, number)
    shown = row(kfly.ok("--lang", "zh", "status", "--as-of", "2024-12-30"), "专业运营机构")
    assert f" {share} " in shown
    assert ("█" * 19 in shown) == full  # the trajectory's mark takes one of twenty cells
    found = kfly.target("operators", "--as-of", "2024-12-30")
    assert found["progress"] == number / 15
    assert (found["forecast"]["pace_needed"] > 0) == (not full)


def test_a_sum_on_its_goal_lacks_the_last_step(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    add_fund(kfly, "150亿元")
    forecast = kfly.target("fund_scale", *DAY)["forecast"]
    assert 0 < forecast["pace_needed"] < 0.001
    shown = kfly.ok("--lang", "zh", "status", "--as-of", "2023-12-31")
    assert "预计差 0.01 亿元" in shown
    assert "达 >150" in kfly.ok("--lang", "zh", "status", *DAY)  # on 150 it stands already
    assert "需 0.001" in shown  # told apart from the pace so far, 0
    assert "99%" in row(shown, "风投创投基金规模")


def with_goal(kfly: Cli, name: str, old: str, new: str) -> Path:
    path = kfly.folder / name
    text = (ROOT / name).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_town_on_what_it_must_exceed_lacks_the_last_step_in_every_view(kfly: Cli) -> None:
    with_goal(kfly, "targets.yaml", "at_least: 5000\n", "more_than: 5000\n")
    table = (ROOT / "tasks_2022.yaml").read_text(encoding="utf-8")
    table = table.replace("at_least: 5000}", "more_than: 5000}")
    (kfly.folder / "tasks_2022.yaml").write_text(table, encoding="utf-8")
    kfly.ok("load", "targets.yaml", "tasks_2022.yaml")
    own = ("--name", "飞地", "--town", "月城镇", "--host", "澄江街道", "--floor-area", "5000")
    kfly.ok("add-enclave", *own, "--established-on", "2022-03-01")

    towns = {town["organisation"]: town for town in kfly.json("enclaves", *DAY)["towns"]}
    assert (towns["月城镇"]["missing"], towns["月城镇"]["met"]) == (0.01, False)
    assert "0.01" in kfly.ok("enclaves", *DAY)

    place = {p["organisation"]: p for p in kfly.json("league", *DAY)}["月城镇"]
    assert place["goals"][0]["share"] == 1
    shown = kfly.ok("--lang", "zh", "league", *DAY)
    (line,) = (line for line in shown.splitlines() if "月城镇" in line)
    assert " 99.9 " in line
    assert "99%" in shown
    assert "100%" not in shown.rpartition("综合得分")[0]

    assert "差 0.01 m²：月城镇" in kfly.ok("--lang", "zh", "task", "10", *DAY)
    assert "差 0.01 m²：月城镇" in "".join(
        line.strip() for line in kfly.ok("--lang", "zh", "overdue", "--as-of", "2022-12-05").splitlines()
    )


def test_a_ceiling_exceeded_by_a_little_is_shown_above_all_of_it(kfly: Cli) -> None:
    spent = ("--purpose", "改造", "--category", "载体改造", "--amount", "10000.5", "--paid-on", "2022-03-01")
    kfly("add-expenditure", *spent)
    budget = kfly.ok("--lang", "zh", "budget", *DAY)
    assert "101%" in budget
    assert "100%" not in budget.splitlines()[4]
    assert "101%" in row(kfly.ok("--lang", "zh", "status", *DAY), "专项资金支出")
    assert kfly.target("special_fund", *DAY)["progress"] == 1.00005
