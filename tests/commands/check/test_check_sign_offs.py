"""``check`` names sign-offs of tasks and stages on figures that, as recorded now, did not hold."""

import json
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.task_county import County

STAGED = (
    "number: 13, title: 三步走, lead: [甲局], stages: [{title: 摸排, due: 3月底,"
    " needs: [{target: meetings, at_least: 2}]}, {title: 竣工, due: 9月底}]"
)
LEVEL = "number: 1, title: 控率, lead: [甲局], due: 6月底, needs: [{target: rate, at_least: 10}]"
RATE = '  - {key: rate, section: 会, name: 率, reported: level, at_least: 10, unit: "%"}\n'


def findings(cli: Cli, *args: str) -> list[dict[str, Any]]:
    run = cli(*args, "check", "--json")
    found: list[dict[str, Any]] = json.loads(run.out)
    assert (run.code, run.err) == (int(bool(found)), "")
    return found


@pytest.fixture
def staged(empty: Cli) -> County:
    """A task whose first stage was signed off on 2022-03-01 with the two meetings that it needs."""
    county = County(empty)
    cli = county.begin(STAGED)
    for day in ("2022-02-01", "2022-02-15"):
        cli.ok("add-meeting", "--subject", "推进会", "--held-on", day)
    cli.ok("done", "13", "--stage", "1", "--on", "2022-03-01")
    return county


def test_a_stage_whose_figures_no_longer_hold_is_named_with_what_takes_its_sign_off_back(
    staged: County,
) -> None:
    cli = staged.cli
    assert findings(cli) == []
    cli.ok("remove", "meeting", "1", "--reason", "重复")
    (found,) = findings(cli, "--lang", "en")
    assert (found["severity"], found["code"], found["kind"], found["id"]) == (
        *("error", "needs_unmet", "task"),
        "13",
    )
    assert found["message"].startswith(
        "stage 1 was signed off on 2022-03-01, but as recorded today its needs were not met on that day: ✗"
    )
    assert " 1/2 " in found["message"]
    assert found["command"] == "kfly reopen 13 --stage 1 --reason …"
    assert "第 1 阶段已于 2022-03-01 销号" in findings(cli, "--lang", "zh")[0]["message"]
    cli.ok("reopen", "13", "--stage", "1", "--reason", "数据有误")
    assert findings(cli) == []


def test_the_task_shows_it_too(staged: County) -> None:
    assert staged.task("13", "2022-04-01")["stages"][0]["unfounded"] is False
    staged.cli.ok("remove", "meeting", "1", "--reason", "重复")
    assert [s["unfounded"] for s in staged.task("13", "2022-04-01")["stages"]] == [True, False]
    assert "done 2022-03-01, figures changed since" in staged.cli.ok("--lang", "en", "task", "13")


def test_a_forced_sign_off_of_a_stage_claims_no_figures(empty: Cli) -> None:
    cli = County(empty).begin(STAGED)
    cli.ok("done", "13", "--stage", "1", "--on", "2022-03-01", "--force")
    assert findings(cli) == []


def test_a_finding_that_was_accepted_stays_so_until_the_figure_changes(staged: County) -> None:
    cli = staged.cli
    cli.ok("add-meeting", "--subject", "推进会", "--held-on", "2022-03-02")
    cli.ok("remove", "meeting", "1", "--reason", "重复")
    cli.ok("check", "--accept", findings(cli)[0]["finding"], "--reason", "会议纪要在案")
    assert cli("check", "--quiet").code == 0
    cli.ok("remove", "meeting", "2", "--reason", "重复")
    assert cli("check", "--quiet").code == 1


def test_a_level_that_was_met_when_due_is_rightly_signed_off_later(empty: Cli) -> None:
    county = County(empty)
    county.write(LEVEL)
    county.targets.write_text(county.targets.read_text(encoding="utf-8") + RATE, encoding="utf-8")
    empty.ok("init")
    for value, day in (("12", "2022-03-01"), ("5", "2022-07-15")):
        empty.ok("add-figure", "--target", "rate", "--value", value, "--stated-on", day)
    empty.ok("done", "1", "--on", "2022-08-01")
    assert [f["code"] for f in findings(empty) if f["code"] == "needs_unmet"] == []


def test_a_level_is_signed_off_early_by_its_value_on_that_day(empty: Cli) -> None:
    county = County(empty)
    county.write(LEVEL)
    county.targets.write_text(county.targets.read_text(encoding="utf-8") + RATE, encoding="utf-8")
    empty.ok("init")
    empty.ok("add-figure", "--target", "rate", "--value", "8", "--stated-on", "2022-02-01")
    assert "8/10" in empty.refused("done", "1", "--on", "2022-02-10")
    empty.ok("add-figure", "--target", "rate", "--value", "12", "--stated-on", "2022-03-01")
    empty.ok("done", "1", "--on", "2022-04-01")
    assert county.task("1", "2022-04-01")["completed_on"] == "2022-04-01"
    assert findings(empty) == []
