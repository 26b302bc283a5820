"""A promise that cannot be kept track of is refused, with what to write instead."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from tests.support.promise_city import PLAN, load, write_plan

ONE = "targets[0]"
FISCAL = PLAN.replace("language: en", "language: en, year_starts: 04-01")


def faults(tmp_path: Path, plan: str, *tables: str) -> list[str]:
    with pytest.raises(KflyError) as refusal:
        load(tmp_path, plan, *tables)
    return [line.partition(": ")[2] for line in refusal.value.lines]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("reported: levels, unit: 元", ".reported: one of level, running, amount is expected"),
        ("count: event, reported: level, unit: 元", ": only one of count, reported can be measured"),
        ("reported: level, where: {town: 东镇}, unit: 元", ": what is reported takes no where:, stock:"),
        ("reported: level, stock: false, unit: 元", ": what is reported takes no where:, stock:"),
        (
            "share: {of: {count: event}, to: {count: event}}, stock: true, unit: 元",
            ": where:, stock: and dated: of a share stand within its of: and to:",
        ),
        ("share: {of: {count: event}}, unit: 元", ".share.to: is missing"),
        (
            "share: {of: {count: evnt}, to: {count: event}}, unit: 元",
            ".share.of.count: there is no kind “evnt”",
        ),
        (
            "share: {of: {sum: fund.size}, to: {sum: building.floor_area}}, unit: 元",
            ".share: 亿元 cannot be divided by m²: both must be of one kind",
        ),
        (
            "share: {of: {sum: fund.size}, to: {count: fund}}, unit: 元",
            ".share: 亿元 cannot be divided by a number: both must be of one kind",
        ),
        ("average: building.name, unit: 元", ".average: the kind has no number “name” to add up"),
        ("average: building.floor_area, unit: 亩", ".unit: floor_area is kept in m²; state the goal in it"),
        ("average: building, unit: 亩", ".average: is not spelled as it must be"),
        ("sum: figure.value, unit: 元", ".sum: figures are no records to count; write reported: level"),
        ("count: figure, unit: 元", ".count: figures are no records to count; write reported: level"),
        (
            "share: {of: {count: figure}, to: {count: event}}, unit: 元",
            ".share.of.count: figures are no records",
        ),
        ("average: figure.value, unit: 元", ".average: figures are no records to count"),
        ("reported: level, quotas: {东镇: 5}, unit: 元", ".quotas: quotas are parts of what is counted"),
        ("reported: level, at_least: {2022: 1, 2022: 2}, unit: 元", ".at_least.2022: is given twice"),
        (
            "reported: level, at_least: {2025: 1}, unit: 元",
            ".at_least.2025: is no period of this plan; its years: 2022,",
        ),
        ("reported: level, at_least: {2022/23: 1}, unit: 元", ".at_least.2022/23: is no period of this plan"),
        (
            "reported: level, at_least: {东镇: 1}, unit: 元",
            ".at_least.东镇: is no period; amounts by town want per: town",
        ),
        ("reported: level, at_least: {}, unit: 元", ".at_least: must not be empty"),
        ("reported: level, at_least: {2022: x}, unit: 元", ".at_least.2022: a number is expected"),
        ("reported: level, at_least: [1], unit: 元", ".at_least: a number is expected"),
        (
            "reported: level, at_least: {2022: null, 2024: 1}, unit: 元",
            ".at_least: null stands only beside every:",
        ),
        (
            "reported: level, at_least: {2022: 1, 2022Q4: 1}, unit: 元",
            ".at_least: two of these periods end on the same",
        ),
        (
            "reported: level, at_least: {2022: 1, 2023: 2}, due: 2024-06-30, unit: 元",
            ".at_least: the last amount is that of 2023, but the deadline is 2024-06-30",
        ),
        (
            "reported: level, every: year, at_least: {2022: 1, 2024: 2}, unit: 元",
            ".at_least: 2023 are missing; where nothing is promised, null",
        ),
        (
            "reported: level, every: year, at_least: {2022: 1, 2023H1: 1, 2024: 2}, unit: 元",
            ".at_least: 2023H1 do not go with every: year",
        ),
        (
            "reported: level, every: year, at_least: {2022: null, 2023: null, 2024: null}, unit: 元",
            ".at_least: a number is expected",
        ),
        ("reported: level, every: week, unit: 元", ".every: one of year, half, quarter, month is expected"),
        (
            "reported: level, per: town, at_least: {东镇: 1, 西镇: 2}, unit: 元",
            ".at_least: 南镇 are missing; a town that owes nothing stands under except:",
        ),
        (
            "reported: level, per: town, at_least: {东镇: 1, 东乡: 2, 西镇: 2, 南镇: 1}, unit: 元",
            ".at_least.东乡: 东镇 is named twice",
        ),
        (
            "reported: level, per: town, at_least: {东镇: 1, 西镇: null, 南镇: 1}, unit: 元",
            ".at_least.西镇: a number is expected; a town that owes nothing: except:",
        ),
        (
            "reported: level, per: town, at_least: {东真: 1, 东镇: 1, 西镇: 2, 南镇: 1}, unit: 元",
            ".at_least.东真: nobody is called “东真”; did you mean “东镇”?",
        ),
        ("reported: level, per: town, unit: 元", ".per: per: town wants an amount such as at_least:"),
        (
            "reported: amount, per: town, at_most: 3, unit: 元",
            ".per: per: town wants at_least: or more_than:",
        ),
        ("reported: level, at_least: {target: two}, unit: 元", ".at_least.target: there is no target “two”"),
        (
            "reported: level, at_least: {target: one}, unit: 元",
            ".at_least.target: these targets follow each other",
        ),
        ("reported: level, at_least: {target: 1}, unit: 元", ".at_least.target: text is expected"),
        (
            "reported: level, per: town, at_least: {target: one}, unit: 元",
            ".at_least: a per: town target has amounts of its own",
        ),
        ("count: event, baseline: 5, at_least: 10, unit: 场", ".baseline: is for levels and stocks"),
        ("reported: running, baseline: 5, at_least: 10, unit: 场", ".baseline: is for levels and stocks"),
        (
            "count: event, stock: true, baseline: first, at_least: 10, unit: 场",
            ".baseline: first: is for what",
        ),
        ("reported: level, baseline: last, at_least: 10, unit: 场", ".baseline: first is expected"),
        (
            "reported: level, at_least: 82%, unit: 率",
            '.at_least: per cent is a unit: at_least: 82, unit: "%"',
        ),
        ("reported: level, baseline: 30%, at_most: 15, unit: 率", ".baseline: per cent is a unit"),
        (
            "reported: level, baseline: 30人, at_most: 15, unit: 人",
            ".baseline: a number is expected, without",
        ),
        ("reported: level, baseline: 5, unit: 场", ".baseline: a baseline without an amount leads nowhere"),
        (
            "reported: level, baseline: {东镇: 1}, at_least: 1, unit: 场",
            ".baseline: a baseline by town wants per: town",
        ),
        ("reported: level, decimals: 7, unit: 场", ".decimals: must be at most 6"),
        ("reported: level, weight: 0, unit: 场", ".weight: an amount above 0 is expected"),
        (
            "reported: level, lead: [发改], unit: 场",
            ".lead[0]: nobody is called “发改”; did you mean “发改局”?",
        ),
    ],
)
def test_a_target_is_refused(tmp_path: Path, what: str, told: str) -> None:
    found = faults(tmp_path, write_plan({"one": what}))
    assert found[0].startswith(ONE + told)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("growth: 8", "baseline: 100, at_least: 121"),
        ("rate: 8", "reported: level, every: year"),
        ("percent: 8", 'unit: "%"'),
        ("goals: {2022: 1}", "at_least: {2022: 82, 2023: 86, 2024: 90}"),
        ("ratio: 8", "share: {of: {sum: building.leased_area}, to: {sum: building.floor_area}}"),
        ("level: 8", "reported: level"),
    ],
)
def test_a_key_that_is_looked_for_is_answered_with_the_right_one(tmp_path: Path, key: str, told: str) -> None:
    (found,) = faults(tmp_path, write_plan({"one": f"count: event, unit: 场, {key}"}))
    assert told in found


@pytest.mark.parametrize(
    "plan",
    [
        write_plan({}).replace("language: en", "language: en, baseline: 3"),
        write_plan({}).replace("red: 30", "red: 30, baseline: 3"),
        write_plan({"one": "share: {of: {count: event, baseline: 3}, to: {count: event}}, unit: 元"}),
        write_plan({"one": "share: {of: {count: event}, to: {count: event}, baseline: 3}, unit: 元"}),
    ],
)
def test_a_baseline_in_the_wrong_place_is_shown_the_right_one(tmp_path: Path, plan: str) -> None:
    (found,) = faults(tmp_path, plan.replace("targets:\n\n", ""))
    assert "stands at" in found
    assert "baseline: 30, at_most: 15" in found


def test_targets_that_follow_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    ring = {"a": "b", "b": "c", "c": "a", "d": "a"}
    found = faults(
        tmp_path,
        write_plan({k: f"reported: level, at_least: {{target: {v}}}, unit: 元" for k, v in ring.items()}),
    )
    assert [line.partition(":")[0] for line in found] == [f"targets[{n}].at_least.target" for n in range(3)]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("reported: level, unit: 元", "two is in 元; both must be in one unit"),
        ("reported: level, per: town, at_least: 3, unit: 家", "two has a figure for each town"),
    ],
)
def test_only_one_figure_in_the_same_unit_is_followed(tmp_path: Path, other: str, told: str) -> None:
    (found,) = faults(
        tmp_path, write_plan({"one": "reported: level, at_least: {target: two}, unit: 家", "two": other})
    )
    assert found.startswith(f"targets[0].at_least.target: {told}")


@pytest.mark.parametrize(
    ("need", "told"),
    [
        ("{target: one}", "one promises nothing for the period of this day"),
        ("{target: two}", "two follows another target; give an amount"),
        ("{target: three}", "three has no goal; give an amount"),
        ("{target: one, at_least: {2022: 1}}", "a need is due on one day; give the amount for it"),
        ("{target: one, at_least: {target: two}}", "a need is due on one day; give the amount for it"),
        ("{target: one, growth: 3}", "stands at a target; a need names that target"),
        ("{target: one, goals: {2022: 1}}", "{target: vacancy, at_most: 20}"),
        ("{target: one, percent: 3}", 'at_least: 82, unit: "%"'),
        ("{target: one, baseline: 3}", "stands at a target; a need names that target"),
        ("{sum: figure.value, name: 数, unit: 元, at_least: 3}", "figures are no records to count"),
    ],
)
def test_a_need_is_refused(tmp_path: Path, need: str, told: str) -> None:
    plan = write_plan(
        {
            "one": "reported: level, every: year, at_least: {2022: 1, 2023: null, 2024: 3}, unit: 元",
            "two": "reported: level, at_least: {target: one}, unit: 元",
            "three": "reported: level, unit: 元",
        }
    )
    table = f"year: 2023\ntasks: [{{number: 1, title: 一, lead: [发改局], due: 6月, needs: [{need}]}}]\n"
    (found,) = faults(tmp_path, plan, table)
    assert told in found


@pytest.mark.parametrize(
    ("lights", "told"),
    [
        ("{yellow: 10}", "lights.yellow: a share between 0 and 1 is expected; percentage points want"),
        ("{red: 30}", "lights.red: stands only in lights by points"),
        ("{measure: points}", "lights.measure: lights by points want both"),
        ("{measure: points, yellow: 30, red: 10}", "lights.red: red begins where yellow ends"),
        ("{measure: shares}", "lights.measure: points is expected"),
        ("{points: 10}", "measure: points, yellow: 10, red: 30"),
    ],
)
def test_lights_that_contradict_themselves_are_refused(tmp_path: Path, lights: str, told: str) -> None:
    plan = PLAN.replace("{measure: points, yellow: 10, red: 30}", lights)
    (found,) = faults(tmp_path, plan.replace("targets:\n", ""))
    assert told in found


@pytest.mark.parametrize("written", ["04-02", "13-01", "0-1", "April", "2022-04-01", "4.1", "[]"])
def test_years_begin_with_the_first_of_a_month(tmp_path: Path, written: str) -> None:
    plan = FISCAL.replace("04-01", written).replace("targets:\n", "")
    (found,) = faults(tmp_path, plan)
    assert found == "plan.year_starts: the first day of a month such as 04-01 is expected"


@pytest.mark.parametrize("due", ["2023/25", "2023/24年6月", "2023Q5", "6月31日", "13月", "前", "2023/24H3"])
def test_deadlines_that_cannot_be_are_refused(tmp_path: Path, due: str) -> None:
    table = f'year: 2023\ntasks: [{{number: 1, title: 一, lead: [发改局], due: "{due}"}}]\n'
    (found,) = faults(tmp_path, FISCAL.replace("targets:\n", ""), table)
    assert found.startswith("tasks[0].due: a deadline such as")


def test_a_deadline_before_the_tables_own_year_is_refused(tmp_path: Path) -> None:
    table = "year: 2023\ntasks: [{number: 1, title: 一, lead: [发改局], due: 2023-03-31}]\n"
    assert faults(tmp_path, FISCAL.replace("targets:\n", ""), table) == [
        "tasks[0].due: lies before the table's year"
    ]


def test_a_deadline_without_a_year_is_refused_where_no_table_gives_one(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, write_plan({"one": "count: event, unit: 场, due: 上半年"}))
    assert found.startswith("targets[0].due: a deadline such as")
