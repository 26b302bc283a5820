"""``buildings``: how far the buildings are; ``show building``: the tailored plan as one page."""

import json
from typing import Any

import pytest

from tests.support.paragraphs import unread
from tests.support.runner import Cli
from tests.support.screen import widest

DAY = ("--as-of", "2022-11-30")
LABELS = {
    "zh": ("建设目标", "资源配置", "专业定位", "运营机构"),
    "en": ("Purpose", "Resources", "Positioning", "Operator"),
}


def by_stage(document: dict[str, Any]) -> dict[str, int]:
    return {stage["key"]: stage["number"] for stage in document["stages"]}


def test_the_document_has_what_programs_rely_on(filled: Cli) -> None:
    document = filled.json("--lang", "en", "buildings", *DAY)
    town = next(row for row in document["towns"] if row["organisation"] == "Jiangyin High-tech Zone")

    assert document["stages"][0] == {
        "key": "not_surveyed",
        "label": "Not surveyed yet",
        "number": 1,
        "floor_area": 3800,
        "reached": {"number": 12, "floor_area": 207100},
    }
    assert by_stage(document) == {
        "not_surveyed": 1,
        "surveyed": 2,
        "planned": 1,
        "renovating": 2,
        "renovated": 4,
        "open": 2,
    }
    assert (town["number"], town["floor_area"], town["idle_area"]) == (2, 63600, 0)
    assert town["stages"]["renovating"] == {"number": 1, "floor_area": 55000}
    assert document["overdue"] == [
        {
            "id": 11,
            "name": "云亭老供销社",
            "town": "Yunting Subdistrict",
            "due": "2022-10-31",
            "days_overdue": 30,
            "stage": "renovating",
        }
    ]
    assert document["tailored"]["complete"] == 2
    assert document["tailored"]["missing"] == {
        "purpose": 6,
        "resources": 9,
        "positioning": 8,
        "operator": 9,
    }
    assert document["tailored"]["buildings"][-1] == {
        "id": 11,
        "name": "云亭老供销社",
        "town": "Yunting Subdistrict",
        "missing": ["resources", "positioning", "operator"],
    }
    assert document["idle_area"] == 27700


def test_stages_towns_and_the_registry_add_up_to_the_same(filled: Cli) -> None:
    for day in ("2021-12-31", "2022-06-30", "2022-11-30", "2024-12-31"):
        document = filled.json("buildings", "--as-of", day)
        for figure in ("number", "floor_area"):
            in_towns = [town[figure] for town in document["towns"]]
            in_cells = [cell[figure] for town in document["towns"] for cell in town["stages"].values()]
            in_stages = [stage[figure] for stage in document["stages"]]
            assert sum(in_towns) == sum(in_cells) == sum(in_stages) == document[figure]
        assert sum(town["idle_area"] for town in document["towns"]) == document["idle_area"]
        listed = [record["stage"] for record in filled.json("list", "building", "--as-of", day)]
        assert by_stage(document) == {
            key: listed.count(None if key == "not_surveyed" else key) for key in by_stage(document)
        }


def test_what_has_reached_renovated_is_what_the_target_counts(filled: Cli) -> None:
    for day in ("2022-07-25", "2022-09-30", "2022-11-30"):
        stages = filled.json("buildings", "--as-of", day)["stages"]
        reached = next(stage["reached"] for stage in stages if stage["key"] == "renovated")
        assert reached["number"] == filled.target("buildings_renovated", "--as-of", day)["actual"]


def test_towns_without_buildings_are_left_out(filled: Cli) -> None:
    towns = [town["organisation"] for town in filled.json("--lang", "zh", "buildings", *DAY)["towns"]]
    assert "月城镇" not in towns
    assert len(towns) == 11
    assert "月城镇" not in filled.ok("--lang", "zh", "buildings", *DAY)


def test_for_people_it_says_what_is_late_what_is_missing_and_what_is_idle(filled: Cli) -> None:
    shown = filled.ok("--lang", "en", "buildings", *DAY)
    for line in (
        "Buildings as of 2022-11-30",
        "Idle area left in buildings not renovated: 27,700 m².",
        "Past their own deadline and not renovated: 1",
        "Buildings complete, with Purpose, Resources, Positioning, Operator: 2 of 12.",
        "Surveyed, but without some of it: 9 (Purpose 6, Resources 9, Positioning 8, Operator 9).",
    ):
        assert line in shown


def test_an_empty_registry_says_so(kfly: Cli) -> None:
    assert "Buildings: none recorded up to 2022-11-30" in kfly.ok("--lang", "en", "buildings", *DAY)
    document = kfly.json("buildings", *DAY)
    assert (document["towns"], document["overdue"], document["idle_area"]) == ([], [], 0)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160"])
def test_at_any_width_nothing_is_cut(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, language: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    printed = filled.ok("--lang", language, "buildings", *DAY)
    document = filled.json("--lang", language, "buildings", *DAY)

    named = [row["name"] for row in (*document["overdue"], *document["tailored"]["buildings"])]
    towns = [town["organisation"] for town in document["towns"]]
    areas = [f"{stage['floor_area']:,}" for stage in document["stages"]]
    assert widest(printed) <= int(columns)
    assert unread([*named, *towns, *areas, "2022-10-31", "27,700"], printed) == []


def test_tables_of_80_columns_keep_their_columns_in_chinese(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert filled.ok("--lang", "zh", "buildings", *DAY).count("\n" + "─" * 40) == 4


@pytest.mark.parametrize("name", ["[red]红楼[/red]", "=1+1", "{name}", "<script>x</script>"])
def test_a_name_shows_itself(kfly: Cli, name: str) -> None:
    due = ("--due-on", "2022-01-31", "--surveyed-on", "2022-01-01")
    kfly.ok("add-building", f"--name={name}", "--town", "云亭街道", "--floor-area", "100", *due)
    kfly.ok("set", "building", "1", f"purpose={name}")
    assert kfly.ok("buildings", *DAY).count(name) == 2
    assert kfly.ok("show", "building", "1").count(name) == 2
    assert kfly.json("buildings", *DAY)["overdue"][0]["name"] == name


@pytest.mark.parametrize("language", LABELS)
def test_show_prints_the_tailored_plan_as_a_page(filled: Cli, language: str) -> None:
    lines = filled.ok("--lang", language, "show", "building", "创新大厦", *DAY).splitlines()
    assert lines[0] == "创新大厦 · 澄江街道"
    under = {label: lines[lines.index(label) + 1] for label in LABELS[language]}
    assert list(under.values()) == [
        "建成综合性科创孵化大厦",
        "专项资金1200万元和共享实验室",
        "集成电路设计",
        "澄江科创服务公司",
    ]


def test_what_the_plan_lacks_and_a_deadline_missed_are_said_on_the_page(filled: Cli) -> None:
    lines = filled.ok("--lang", "en", "show", "building", "云亭老供销社", *DAY).splitlines()
    assert [lines[lines.index(label) + 1] for label in LABELS["en"]] == [
        "建成青年创业社区",
        *["not settled yet"] * 3,
    ]
    assert any(line.strip() == "overdue 30 d" for line in lines)
    assert any(line.startswith("Not recorded: Address, Owner") for line in lines)


def test_the_stages_are_a_line_of_dates_as_of_the_day(filled: Cli) -> None:
    page = filled.ok("--lang", "en", "show", "building", "创新大厦", "--as-of", "2022-10-31")
    assert (
        page.replace("\n", " ")
        .rstrip()
        .endswith(
            "● Surveyed 2022-02-10 → ● Planned 2022-03-15 → ● Renovating 2022-04-01 →"
            " ● Renovated 2022-10-01 → ○ Open 2022-11-08"
        )
    )


def test_its_json_and_the_other_kinds_are_shown_as_ever(filled: Cli) -> None:
    record = json.loads(filled.ok("show", "building", "创新大厦", *DAY, "--json"))
    assert list(record)[:3] == ["id", "name", "town"]
    assert record["stage"] == "open"
    assert filled.ok("--lang", "en", "show", "operator", "1", *DAY).splitlines()[0] == "Operators      #1"
