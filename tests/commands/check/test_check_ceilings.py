"""``kfly check`` on ceilings of other shapes than the bundled plan's one."""

import pytest

from tests.commands.check.test_check import findings
from tests.support.runner import Cli

PLAN = """\
plan: {name: 方案, starts: 2022-01-01, ends: 2024-12-31, language: zh}
organisations:
  - {name: 东镇, en: East, kind: town}
  - {name: 西镇, en: West, kind: town}
targets:
  - {key: each_year, section: 一, name: 每年, sum: expenditure.amount, every: year, at_most: 100, unit: 万元}
  - {key: floor, section: 一, name: 下限, count: building, at_least: 100, unit: 栋}
records: {enclave: {fields: {host: {only: [东镇]}}}}
"""


@pytest.fixture
def city(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    (empty.folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("init")
    return empty


def test_a_yearly_ceiling_is_held_against_each_year_so_far(city: Cli) -> None:
    for day, amount in (("2022-05-05", "100"), ("2023-05-05", "101"), ("2024-05-05", "1")):
        words = ("--purpose", "改造", "--category", "载体改造", "--paid-on", day, "--amount", amount)
        run = city("add-expenditure", *words)
        assert (run.code, "exceeded by 1" in run.err) == (0, amount == "101")
    assert findings(city, "--as-of", "2022-12-31") == []
    for day in ("2023-05-05", "2024-12-31"):
        (finding,) = findings(city, "--as-of", day)
        assert (finding["severity"], finding["kind"], finding["id"]) == ("error", "target", "each_year")
        assert finding["message"] == "2023: 101 万元 are more than the 100 万元 allowed"


def test_a_goal_that_is_not_reached_yet_is_no_finding(city: Cli) -> None:
    assert findings(city) == []
