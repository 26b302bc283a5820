"""What papers tell is what the views show, read at once; of an organisation its own part."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kfly.plan.organisations import find_organisation
from kfly.progress.overview import Overview
from kfly.services.session import Session
from kfly.services.views.overview import read_overview
from tests.support.runner import Cli

DAY = date(2022, 11, 30)


def overview(path: Path, of: str | None = None) -> Overview:
    with Session(path).reading() as desk:
        return read_overview(desk, DAY, find_organisation(of, desk.plan.organisations) if of else None)


@pytest.fixture(scope="module")
def whole(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Overview:
    return overview(Path(shutil.copy(demo_database, tmp_path_factory.mktemp("office") / "kfly.db")))


def test_it_holds_every_target_and_every_task_in_view(whole: Overview) -> None:
    assert [row.target for row in whole.standing.targets] == list(whole.plan.targets)
    assert [row.task.number for row in whole.tasks] == list(range(1, 21))
    assert [row.measure.number for row in whole.measures if row.measure] == list(range(1, 10))
    assert whole.day == DAY


def test_its_figures_are_those_of_the_views(whole: Overview, filled: Cli) -> None:
    on = ("--as-of", DAY.isoformat())
    shown = {row["key"]: row["actual"] for row in filled.json("status", *on)["targets"]}
    assert {row.target.key: row.actual for row in whole.standing.targets} == shown
    assert whole.league
    assert whole.league.places[0].town in str(filled.json("league", *on)[0])
    assert whole.buildings
    assert whole.buildings.pipeline.total.number == filled.json("buildings", *on)["number"]
    assert whole.evaluations
    assert whole.evaluations.found.counts == filled.json("evaluations", *on)["counts"]
    assert whole.budget
    assert whole.budget.row.actual == shown["special_fund"]


def test_of_an_organisation_it_holds_its_tasks_and_the_targets_of_its_lines_of_work(filled: Cli) -> None:
    part = overview(filled.db, "市财政局")
    numbers = [row["number"] for row in filled.json("tasks", "--org", "市财政局", "--as-of", DAY.isoformat())]
    assert [row.task.number for row in part.tasks] == numbers
    assert part.standing.tasks.total == len(numbers)
    own = {each.number for each in part.plan.measures if "市财政局" in (*each.lead, *each.responsible)}
    assert {row.target.measure for row in part.standing.targets} <= own
    assert (part.league, part.buildings, part.budget, part.evaluations) == (None, None, None, None)


def test_buildings_with_both_coordinates_have_a_place(filled: Cli) -> None:
    add = ("add-building", "--town", "新桥镇", "--floor-area", "1200", "--surveyed-on", "2022-03-01")
    filled.ok(*add, "--name", "有图楼", "--longitude", "120.4123", "--latitude", "31.7712")
    filled.ok(*add, "--name", "半图楼", "--longitude", "120.4")
    found = overview(filled.db).buildings
    assert found
    (site,) = [one for one in found.sites if one.town == "新桥镇"]
    assert (site.name, site.stage, site.floor_area) == ("有图楼", "surveyed", Fraction(1200))
    assert (site.longitude, site.latitude) == (120.4123, 31.7712)


def test_a_plan_without_buildings_evaluations_and_money_is_told_without_them(empty: Cli) -> None:
    Path("targets.yaml").write_text(
        "plan: {name: 小方案, starts: 2022-01-01, ends: 2022-12-31, language: zh}\n"
        "organisations:\n  - {name: 甲镇, en: Jia, kind: town}\n"
        "records:"
        "\n  {building: null, enclave: null, carrier: null, evaluation: null, talent_project: null,"
        " expenditure: null}\n"
        "targets:\n  - {key: talents, section: 一, name: 人才, count: talent, at_least: 3, unit: 名}\n",
        encoding="utf-8",
    )
    run = empty("init", "--targets", "targets.yaml")
    assert run.code == 0, run.err
    found = overview(empty.db)
    assert (found.buildings, found.budget, found.evaluations) == (None, None, None)
    assert [row.target.key for row in found.standing.targets] == ["talents"]
