"""The map: places as they are recorded, true to scale, stages told apart by shapes, towns by names."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kfly.progress.overview import Overview, Site
from kfly.reports.papers.charts import draw_map
from kfly.services.session import Session
from kfly.services.views.overview import read_overview

SVG = "{http://www.w3.org/2000/svg}"
HUASHI, ZHOUZHUANG = "华士镇", "周庄镇"


@pytest.fixture(scope="module")
def overview(demo_database: Path) -> Overview:
    with Session(demo_database).reading() as desk:
        return read_overview(desk, date(2022, 11, 30))


def site(
    longitude: float, latitude: float, town: str = HUASHI, stage: str = "open", name: str = "甲楼"
) -> Site:
    return Site(name, town, stage, Fraction(1200), longitude, latitude)


def draw(overview: Overview, *sites: Site) -> str | None:
    assert overview.buildings
    return draw_map(overview.buildings._replace(sites=sites), overview.plan)


def spots(svg: str) -> dict[str, tuple[float, float]]:
    """Where the marks stand, by the words that go with them."""
    found = {}
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if title := path.findtext(f"{SVG}title"):
            x, y = re.findall(r"^M(\S+) ([\d.]+)", path.get("d", ""))[0]
            found[title] = float(x), float(y)
    return found


def towns(svg: str) -> list[str | None]:
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text") if t.get("class") == "town"]


def test_without_places_there_is_no_map(overview: Overview) -> None:
    assert draw(overview) is None


def test_north_is_up_and_east_is_right_true_to_scale(overview: Overview) -> None:
    south_west, north_east = site(120.1, 31.8, name="西南"), site(120.3, 31.9, name="东北")
    drawn = draw(overview, south_west, north_east)
    assert drawn
    (x1, y1), (x2, y2) = spots(drawn).values()
    assert x1 < x2
    assert y1 > y2
    assert (x2 - x1) / (y1 - y2) == pytest.approx(2 * 0.8495, rel=0.01)  # cos 31.85° of a degree


def test_marks_say_name_town_stage_and_area(overview: Overview) -> None:
    drawn = draw(overview, site(120.1, 31.8, name="<甲> & 乙\u202e"))
    assert drawn
    (told,) = spots(drawn)
    assert told.startswith("<甲> & 乙\\u202e · Huashi")
    assert told.endswith("1,200 m²")


def test_stages_have_shapes_of_their_own(overview: Overview) -> None:
    assert overview.buildings
    stages = list(overview.buildings.pipeline.stages)
    drawn = draw(overview, *(site(120.1 + n / 50, 31.8, stage=stage) for n, stage in enumerate(stages)))
    assert drawn
    marked = [group.findall(f"{SVG}path") for group in ElementTree.fromstring(drawn).iter(f"{SVG}g")]
    shapes = [path.get("d", "").partition("m")[2] for paths in marked for path in paths]
    assert len(set(shapes)) == len(stages)
    assert len(shapes) == 2 * len(stages)  # and a sample of each in the legend


def test_towns_stand_once_at_the_mean_of_their_buildings(overview: Overview) -> None:
    drawn = draw(overview, site(120.1, 31.8), site(120.3, 31.8), site(120.2, 31.9, ZHOUZHUANG))
    assert drawn
    assert len(towns(drawn)) == 2
    (named,) = [
        t for t in ElementTree.fromstring(drawn).iter(f"{SVG}text") if (t.text or "").startswith("Huashi")
    ]
    assert float(named.get("x", "")) == pytest.approx(180, abs=1)


def test_a_slip_of_a_digit_does_not_shrink_the_rest(overview: Overview) -> None:
    near = [site(120.1 + n / 100, 31.8, name=f"楼{n}") for n in range(5)]
    with_slip = draw(overview, *near, site(12.01, 31.8, name="错"))
    assert with_slip
    assert spots(with_slip) == spots(draw(overview, *near) or "")
    assert "1 far away left out" in with_slip


def test_one_building_alone_is_a_map_too(overview: Overview) -> None:
    drawn = draw(overview, site(120.1, 31.8))
    assert drawn
    ((x, y),) = spots(drawn).values()
    assert x == pytest.approx(180, abs=1)
    assert y == pytest.approx(150, abs=20)
    assert "km" in drawn


def test_the_poles_do_no_harm(overview: Overview) -> None:
    assert draw(overview, site(0, 90), site(180, 90), site(-180, -90))


def test_ten_thousand_buildings_stay_small(overview: Overview) -> None:
    many = (site(120 + n % 100 / 200, 31.7 + n // 100 / 400) for n in range(10_000))
    drawn = draw(overview, *many)
    assert drawn
    assert len(drawn) < 600_000
