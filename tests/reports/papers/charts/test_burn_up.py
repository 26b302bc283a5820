"""The burn-up: its lines run where the figures say, and it can be read without seeing it."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from kfly.plan.model import Name
from kfly.progress.targets import TargetStanding
from kfly.reports.papers.charts import draw_burn_up
from kfly.reports.papers.charts.burn_up import SIZE
from kfly.reports.papers.charts.drawing import measure_text
from tests.support.progress_examples import (
    BUILDINGS,
    EXPENDITURE,
    HUNDREDTH_DAY,
    at_least,
    at_most,
    nth_day,
    span,
    standing,
    target,
)

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & \"'\x1b[31m\u202e\ufffe"


def half_way(number: int = 50) -> TargetStanding:
    """Forty of a hundred on the fiftieth of a hundred days, where fifty are expected."""
    promise = target(at_least(100), BUILDINGS, due=HUNDREDTH_DAY)
    return standing(promise, [span("2022-01-05", 40)], nth_day(number))


def read(row: TargetStanding, day: date | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(str(draw_burn_up(row, day or nth_day(50))))


def way(root: ElementTree.Element, line: str) -> list[tuple[float, float]]:
    """Where a line runs; nothing where it is not drawn."""
    found = root.find(f"{SVG}polyline[@class='{line}']")
    points = found.get("points", "").split() if found is not None else []
    return [(float(x), float(y)) for x, y in (point.split(",") for point in points)]


def words(root: ElementTree.Element) -> str:
    return " ".join(each.text or "" for each in root.iter(f"{SVG}text"))


def test_the_actual_line_ends_on_the_day_and_the_others_on_the_deadline() -> None:
    root = read(half_way())
    actual, expected = way(root, "actual"), way(root, "expected")
    left, right = expected[0][0], expected[-1][0]
    assert actual[0][0] == left
    assert actual[-1][0] == pytest.approx(left + (right - left) * 50 / 100, abs=0.1)
    assert way(root, "ahead") == []  # too early to say


def test_heights_are_in_proportion() -> None:
    root = read(half_way())
    (_x, ground), (_y, top) = way(root, "expected")[0], way(root, "expected")[-1]
    assert way(root, "actual")[-1][1] == pytest.approx(ground + (top - ground) * 40 / 100, abs=0.1)
    goal = root.find(f"{SVG}line[@class='goal']")
    assert goal is not None
    assert float(goal.get("y1", "")) == pytest.approx(top, abs=0.1)


def test_the_pace_is_drawn_from_the_day_on_and_ends_at_the_edge() -> None:
    promise = target(at_least(100), BUILDINGS, due=HUNDREDTH_DAY)
    row = standing(promise, [span("2022-01-05", 95)], nth_day(70))
    root = read(row, nth_day(70))
    ahead = way(root, "ahead")
    assert ahead[0] == way(root, "actual")[-1]
    assert min(y for _x, y in ahead) >= 42


def test_it_says_in_words_what_it_shows() -> None:
    root = read(half_way())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "asked"
    told = root.findtext(f"{SVG}desc") or ""
    assert told.startswith("As of 2022-02-19; 40 / 100 ")
    assert "expected 50" in told
    assert "● green" in told or "▲ yellow" in told


def test_its_lines_differ_without_colour() -> None:
    promise = target(at_least(100), BUILDINGS, due=HUNDREDTH_DAY)
    root = read(standing(promise, [span("2022-01-05", 40)], nth_day(70)), nth_day(70))
    strokes = {
        line: root.find(f"{SVG}polyline[@class='{line}']").get("stroke-dasharray")  # type: ignore[union-attr]
        for line in ("actual", "expected", "ahead")
    }
    assert len(set(strokes.values())) == 3
    assert "actual" in words(root)
    assert "trajectory" in words(root)
    assert "at the pace so far" in words(root)


def test_a_ceiling_has_neither_trajectory_nor_forecast() -> None:
    row = standing(
        target(at_most(100), EXPENDITURE, due=HUNDREDTH_DAY), [span("2022-01-05", 120)], nth_day(50)
    )
    root = read(row)
    assert (way(root, "expected"), way(root, "ahead")) == ([], [])
    assert "goal ≤100" in words(root)


def test_what_is_paid_back_may_lie_below_nothing() -> None:
    row = standing(
        target(at_most(100), EXPENDITURE, due=HUNDREDTH_DAY), [span("2022-01-05", -30)], nth_day(50)
    )
    heights = [
        float(each.get("y1", "")) for each in read(row).iter(f"{SVG}line") if each.get("class") == "grid"
    ]
    assert way(read(row), "actual")[-1][1] <= 210 - 22 + 0.1
    assert "-" in words(read(row))
    assert len(heights) > 2


@pytest.mark.parametrize("asked", ["2021-06-01", "2021-12-31", "2022-01-01", "2022-04-10", "2031-01-01"])
def test_any_day_can_be_asked(asked: str) -> None:
    day = date.fromisoformat(asked)
    promise = target(at_least(100), BUILDINGS, due=HUNDREDTH_DAY)
    assert "nan" not in str(draw_burn_up(standing(promise, [], day), day))


def test_a_count_has_no_half_amounts_at_its_side() -> None:
    row = standing(target(at_least(1), BUILDINGS, due=HUNDREDTH_DAY), [], nth_day(50))
    assert "0.5" not in words(read(row))


def test_hostile_names_only_show_themselves() -> None:
    row = half_way()
    row = row._replace(target=row.target._replace(name=Name(HOSTILE, HOSTILE), unit=Name("<b>", "<b>")))
    drawn = str(draw_burn_up(row, nth_day(50)))
    assert not re.search(r"<script|<b>|[\x1b\u202e\ufffe]", drawn)
    shown = ElementTree.fromstring(drawn).findtext(f"{SVG}title")
    assert shown == "<script>alert(1)</script> & \"'\\x1b[31m\\u202e\\ufffe"


def test_no_name_of_a_day_is_cut_off_at_the_edge() -> None:
    promise = target(at_least(9), BUILDINGS, due=date(2022, 12, 31))
    root = read(standing(promise, [span("2022-01-05", 4)], nth_day(50)))
    days = [each for each in root.iter(f"{SVG}text") if re.fullmatch(r"2022-\d\d", each.text or "")]
    assert days
    for each in days:
        half = measure_text(each.text or "") / 2
        assert half <= float(each.get("x", "")) <= SIZE.width - half
