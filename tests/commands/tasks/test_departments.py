"""``tasks --by lead``: how the tasks of each lead organisation stand."""

import pytest

from tests.support.runner import Cli

DAY = ("--as-of", "2022-12-05")


def tally(kfly: Cli, organisation: str, *args: str) -> dict[str, object]:
    (found,) = (
        row for row in kfly.json("tasks", "--by", "lead", *DAY, *args) if row["organisation"] == organisation
    )
    return dict(found)


def test_each_lead_has_its_tasks_by_state(filled: Cli) -> None:
    for row in filled.json("tasks", "--by", "lead", *DAY):
        its = [t for t in filled.json("tasks", *DAY) if row["organisation"] in t["lead"]]
        done = [t for t in its if t["state"] == "done"]
        signed = [t for t in done if t["signed_off"]]
        late = sum(t["late"] for t in signed)
        overdue = sum(t["state"] == "overdue" for t in its)
        decided = len(signed) + overdue
        assert row == {
            "organisation": row["organisation"],
            "total": len(its),
            "done": len(done),
            "on_time": len(signed) - late,
            "late": late,
            "unsigned": len(done) - len(signed),
            "overdue": overdue,
            "open": len(its) - len(done) - overdue,
            "on_time_rate": pytest.approx((len(signed) - late) / decided) if decided else None,
            "on_time_rate_original": row["on_time_rate"],
        }


def test_a_task_with_two_leads_counts_for_each(filled: Cli) -> None:
    two = [t for t in filled.json("tasks", *DAY) if len(t["lead"]) > 1]
    assert two
    total = sum(row["total"] for row in filled.json("tasks", "--by", "lead", *DAY))
    assert total == 20 + sum(len(t["lead"]) - 1 for t in two)


def test_a_late_one_lowers_the_rate_and_an_open_one_does_not(filled: Cli) -> None:
    before = tally(filled, "市科技局")
    assert before["late"]
    assert before["open"]
    assert 0 < float(str(before["on_time_rate"])) < 1


def test_nothing_decided_has_no_rate(kfly: Cli) -> None:
    rows = kfly.json("tasks", "--by", "lead", "--as-of", "2022-01-15")
    assert {row["on_time_rate"] for row in rows} == {None}


def test_most_overdue_comes_first(filled: Cli) -> None:
    overdue = [row["overdue"] for row in filled.json("tasks", "--by", "lead", *DAY)]
    assert overdue == sorted(overdue, reverse=True)


def test_the_filters_combine_with_it(filled: Cli) -> None:
    assert tally(filled, "市科技局", "--state", "overdue")["total"] == tally(filled, "市科技局")["overdue"]
    assert filled.json("tasks", "--by", "lead", "--light", "blue", "--state", "done") == []


def test_of_one_lead_only_its_own_tally_is_shown_and_whole(filled: Cli) -> None:
    (row,) = filled.json("tasks", "--by", "lead", "--lead", "市财政局", *DAY)
    assert row == tally(filled, "市财政局")


def test_a_share_of_tasks_in_one_state_says_nothing_and_is_not_told(filled: Cli) -> None:
    rows = filled.json("tasks", "--by", "lead", "--state", "done", *DAY)
    assert {row["on_time_rate"] for row in rows} == {None}
    shown = filled.ok("--lang", "en", "tasks", "--by", "lead", "--state", "done", *DAY).splitlines()
    assert shown[1] == "Only: --state done"


def test_only_lead_leader_and_town_can_be_tallied_by(kfly: Cli) -> None:
    assert "lead" in kfly.refused("tasks", "--by", "month", code=2)


def test_it_is_printed_as_a_table(filled: Cli) -> None:
    shown = filled.ok("--lang", "zh", "tasks", "--by", "lead", *DAY)
    assert "按期完成率" in shown
    assert any(line.startswith("市科技局") and line.rstrip().endswith("%") for line in shown.splitlines())
    assert "No task matches." in filled.ok(
        "--lang", "en", "tasks", "--by", "lead", "--light", "blue", "--state", "done"
    )
