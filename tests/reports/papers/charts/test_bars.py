"""Bars of towns, stages and money: as long as their figures, with the figures beside them."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kfly.progress.overview import Overview
from kfly.reports.papers.charts import draw_fund, draw_pipeline, draw_towns
from kfly.services.session import Session
from kfly.services.views.overview import read_overview

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def overview(demo_database: Path) -> Overview:
    with Session(demo_database).reading() as desk:
        return read_overview(desk, date(2022, 11, 30))


def lengths(svg: str, kind: str) -> list[float]:
    return [
        float(bar.get("width", ""))
        for bar in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if bar.get("class") == kind
    ]


def words(svg: str) -> list[str]:
    return [each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_each_town_has_a_bar_as_long_as_its_score(overview: Overview) -> None:
    assert overview.league
    drawn = str(draw_towns(overview.league, overview.plan))
    scores = [place.score for place in overview.league.places]
    assert lengths(drawn, "bar") == [pytest.approx(360 * score, abs=0.1) for score in scores if score]
    assert words(drawn)[1] == "100"
    assert words(drawn).count("—") == scores.count(None)


def test_stages_show_who_is_there_and_paler_who_came_further(overview: Overview) -> None:
    assert overview.buildings
    found = overview.buildings.pipeline
    drawn = str(draw_pipeline(overview.buildings))
    number = found.total.number
    assert lengths(drawn, "bar") == [
        pytest.approx(360 * tally.number / number, abs=0.1) for tally in found.stages.values() if tally.number
    ]
    assert lengths(drawn, "beyond") == [
        pytest.approx(360 * tally.number / number, abs=0.1)
        for tally in found.reached.values()
        if tally.number
    ]
    assert "2 (8.38), this far 2" in words(drawn)


def test_the_fund_is_drawn_beside_the_time(overview: Overview) -> None:
    assert overview.budget
    drawn = str(draw_fund(overview.budget))
    mark = next(m for m in ElementTree.fromstring(drawn).iter(f"{SVG}rect") if m.get("class") == "mark")
    assert float(mark.get("x", "")) == pytest.approx(360 * float(overview.budget.time_share) - 1, abs=0.1)
    assert lengths(drawn, "bar")[0] == pytest.approx(360 * 1916.5 / 10000, abs=0.1)
    assert any(word.startswith("1,916.5 / ≤10,000 ") and word.endswith(" · 19%") for word in words(drawn))
    assert "1,880.5 · 98.1%" in words(drawn)


def test_a_name_too_long_for_a_line_goes_on_below(overview: Overview) -> None:
    assert overview.budget
    tally = overview.budget.categories[0]._replace(category="很长的类别" * 30 + "<&>")
    drawn = str(draw_fund(overview.budget._replace(categories=(tally,))))
    said = "".join(words(drawn))
    assert "很长的类别" * 3 in said
    assert said.replace("1,880.5 · 98.1%", "").endswith("很长的类别<&>")


def test_nothing_spent_and_no_buildings_draw_empty_bars(overview: Overview) -> None:
    assert overview.budget
    assert overview.buildings
    row = overview.budget.row._replace(actual=Fraction(0))
    assert len(lengths(str(draw_fund(overview.budget._replace(row=row, categories=()))), "bar")) == 0
    none = overview.buildings.pipeline.total._replace(number=0)
    stages = dict.fromkeys(overview.buildings.pipeline.stages, none)
    empty = overview.buildings.pipeline._replace(total=none, stages=stages, reached=stages)
    assert lengths(str(draw_pipeline(overview.buildings._replace(pipeline=empty))), "bar") == []
