"""``league`` and ``status --by town``: figures that are those of ``status``; quotas of the plan."""

from fractions import Fraction
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support import ROOT
from tests.support.runner import Cli

DAY = ("--as-of", "2022-11-30")
DAYS = ("2022-01-31", "2022-11-30", "2023-06-30", "2025-03-01")
PLAN = (ROOT / "targets.yaml").read_text(encoding="utf-8")


def with_quotas(kfly: Cli, quotas: str, key: str = "buildings_renovated") -> Path:
    path = kfly.folder / "targets.yaml"
    path.write_text(
        PLAN.replace(f"  - key: {key}\n", f"  - key: {key}\n    quotas: {quotas}\n"), encoding="utf-8"
    )
    assert "quotas" in path.read_text(encoding="utf-8")
    return path


@pytest.mark.parametrize("day", DAYS)
def test_towns_and_records_without_one_add_up_to_status(filled: Cli, day: str) -> None:
    found = filled.json("status", "--by", "town", "--as-of", day)
    rows = filled.json("status", "--as-of", day)["targets"]
    assert found["total"] == {row["key"]: row["actual"] for row in rows}
    for row in rows:
        figures = {town["organisation"]: town["figures"][row["key"]] for town in found["towns"]}
        if row["each"]:
            assert {each["organisation"]: each["actual"] for each in row["each"]}.items() <= figures.items()
        else:
            whole = sum(map(Fraction, map(str, figures.values()))) + Fraction(
                str(found["without_town"][row["key"]])
            )
            assert whole == Fraction(str(row["actual"]))


def test_the_league_tells_the_same_figures(filled: Cli) -> None:
    matrix = {
        town["organisation"]: town["figures"] for town in filled.json("status", "--by", "town", *DAY)["towns"]
    }
    places = filled.json("league", *DAY)
    assert {place["organisation"]: place["contributions"] for place in places} == matrix
    assert [place["rank"] for place in places[:5]] == [1, 1, 1, 1, 5]
    assert places[4]["organisation"] == "新桥镇"
    assert places[4]["score"] == 0.72
    assert {place["score"] for place in places[11:]} == {None}


def test_a_quota_is_a_goal_of_its_town(filled: Cli) -> None:
    with_quotas(filled, "{高新区: 4, 周庄镇: 1}")
    told = filled.ok("--lang", "en", "load", "targets.yaml")
    assert "new quota buildings_renovated 高新区: 4 buildings" in told
    places = {place["organisation"]: place for place in filled.json("league", *DAY)}
    assert places["高新区"]["score"] == 0.25
    (goal,) = places["高新区"]["goals"]
    assert (goal["target"], goal["actual"], goal["goal"], goal["share"]) == (
        "buildings_renovated",
        1,
        4,
        0.25,
    )
    assert len(places["周庄镇"]["goals"]) == 2
    assert "改造楼宇 1/4 栋 25%" in filled.ok("--lang", "zh", "league", *DAY)


def test_a_changed_quota_is_told_and_taken_back(filled: Cli) -> None:
    with_quotas(filled, "{高新区: 4}")
    filled.ok("load", "targets.yaml")
    with_quotas(filled, "{高新区: 5}")
    told = filled.ok("--lang", "en", "load", "targets.yaml")
    assert told.startswith("quota buildings_renovated 高新区: amount 4 → 5\n")
    filled.ok("undo", "--yes")
    assert filled.ok("--lang", "en", "load", "targets.yaml") == told


def test_quotas_outlive_a_load_of_a_table_alone(filled: Cli) -> None:
    with_quotas(filled, "{高新区: 4}")
    filled.ok("load", "targets.yaml")
    table = (ROOT / "tasks_2022.yaml").read_text(encoding="utf-8")
    (filled.folder / "tasks_2022.yaml").write_text(
        table.replace("at_least: 10}", "at_least: 11}"), encoding="utf-8"
    )
    filled.ok("load", "tasks_2022.yaml")
    assert {p["organisation"]: p["score"] for p in filled.json("league", *DAY)}["高新区"] == 0.25


@pytest.mark.parametrize(
    ("key", "quotas", "told"),
    [
        ("buildings_renovated", "{高新去: 4}", "高新区"),
        ("buildings_renovated", "{市科技局: 4}", "市科技局"),
        ("buildings_renovated", "{高新区: 4, 江阴高新区: 1}", "twice"),
        ("buildings_renovated", "{高新区: 0}", "above 0"),
        ("buildings_renovated", "{高新区: -1}", "above 0"),
        ("buildings_renovated", "{高新区: four}", "a number is expected"),
        ("buildings_renovated", "[高新区]", "quotas"),
        ("enclave_area", "{月城镇: 4}", "per: town"),
        ("special_fund", "{月城镇: 4}", "ceiling"),
        ("fund_scale", "{月城镇: 4}", "no town"),
    ],
)
def test_a_faulty_quota_is_told_with_its_line(filled: Cli, key: str, quotas: str, told: str) -> None:
    with_quotas(filled, quotas, key)
    run = filled("--lang", "en", "load", "targets.yaml")
    assert run.code == 1
    assert run.err.startswith("targets.yaml:")
    assert told in run.err


def test_by_a_target_they_are_ranked_by_its_figure(filled: Cli) -> None:
    places = filled.json("league", "--by", "改造楼宇", *DAY)
    figures = [place["contributions"]["buildings_renovated"] for place in places]
    assert figures == sorted(figures, reverse=True)
    assert "buildings_renovated" in filled.refused("--lang", "en", "league", "--by", "building_renovated")
    assert "town" in filled.refused("status", "--by", "lead", code=2)


def test_the_matrix_has_a_row_a_town_and_a_column_a_target(filled: Cli) -> None:
    lines = filled.ok("--lang", "zh", "status", "--by", "town", *DAY).splitlines()
    (town,) = (line.split() for line in lines if line.startswith("徐霞客镇"))
    assert town[1:] == ["1", "0", "5,000", "0", "0", "1", "—", "13", "7", "57", "—", "—"]
    (total,) = (line for line in lines if line.startswith("合计"))
    assert total.split()[1:5] == ["■", "6", "●", "1"]


def test_what_does_not_fit_side_by_side_stands_in_bands_that_name_every_town(
    filled: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = filled.ok("--lang", "zh", "status", "--by", "town", *DAY).splitlines()
    assert [line.split()[1:] for line in lines if line.startswith("徐霞客镇")] == [
        ["1", "0", "5,000", "0", "0", "1"],
        ["—", "13", "7", "57", "—", "—"],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["40", "60", "80", "100", "160", "200"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_screen(
    filled: Cli, monkeypatch: pytest.MonkeyPatch, columns: str, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for command in (("league",), ("league", "--by", "talents"), ("status", "--by", "town")):
        shown = filled.ok("--lang", language, *command, *DAY)
        assert max(map(cell_len, shown.splitlines())) <= int(columns)
        assert "…" not in shown


def test_an_empty_registry_has_a_league_too(kfly: Cli) -> None:
    assert {place["score"] for place in kfly.json("league", *DAY)} == {0, None}
    assert "0" in kfly.ok("league", *DAY)
