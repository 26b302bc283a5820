"""Many counties as one: what is added, what never is, and who stands where."""

from datetime import date
from fractions import Fraction
from functools import partial
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kfly.plan.counties import County, CountyRow, KeptDay, Missing
from kfly.progress.lights import LIGHTS
from kfly.progress.rollup import Rollup, roll_up, show_progress
from kfly.progress.rollup_trend import follow

DAY = date(2022, 11, 30)


def row(key: str = "talents", **changed: object) -> CountyRow:
    usual = CountyRow(
        key=key,
        name="高层次人才",
        unit="名",
        comparison="at_least",
        period="plan",
        adds_up=True,
        actual=Fraction(40),
        goal=Fraction(100),
        met=False,
        light="yellow",
        progress=Fraction(2, 5),
    )
    return usual._replace(**changed)  # type: ignore[arg-type]


def county(name: str, *rows: CountyRow, group: str = "", score: Fraction | None = None) -> County:
    return County(name, tuple(group.split("/")) if group else (), DAY, rows, score)


def together(*counties: County, missing: tuple[Missing, ...] = (), by: str | None = None) -> Rollup:
    return roll_up(counties, missing, DAY, by)


def test_figures_and_goals_of_one_target_add_up_exactly() -> None:
    tenth = row(actual=Fraction(1, 10), goal=Fraction(1, 5))
    (line,) = together(*(county(str(n), tenth) for n in range(3))).lines
    assert (line.total, line.goal, line.counties) == (Fraction(3, 10), Fraction(3, 5), 3)


def test_what_differs_in_unit_comparison_or_period_has_a_line_of_its_own_beside_its_kin() -> None:
    found = together(
        county("甲", row(), row("area")),
        county("乙", row(unit="人")),
        county("丙", row(comparison="more_than")),
        county("丁", row(period="2022")),
        county("戊", row()),
    )
    assert [(line.key, line.unit, line.comparison, line.period, line.counties) for line in found.lines] == [
        ("talents", "名", "at_least", "plan", 2),
        ("talents", "人", "at_least", "plan", 1),
        ("talents", "名", "more_than", "plan", 1),
        ("talents", "名", "at_least", "2022", 1),
        ("area", "名", "at_least", "plan", 1),
    ]


def test_levels_and_counts_of_towns_are_not_added_but_those_who_meet_theirs_counted() -> None:
    vacancy = partial(row, adds_up=False, unit="%", comparison="at_most")
    found = together(
        county("甲", vacancy(actual=Fraction(4), met=True, light="green")),
        county("乙", vacancy(actual=Fraction(424, 100), light="red")),
    )
    (line,) = found.lines
    assert (line.total, line.goal, line.met, line.reporting) == (None, None, 1, 2)
    assert line.lights == {"red": 1, "yellow": 0, "blue": 0, "green": 1, "none": 0}


def test_who_has_no_data_stands_in_no_total_and_is_counted_among_those_who_promised() -> None:
    found = together(county("甲", row()), county("乙", row(actual=None, progress=None, light="none")))
    (line,) = found.lines
    assert (line.total, line.goal, line.reporting, line.counties, line.promising) == (40, 200, 1, 2, 2)


def test_without_any_data_there_is_no_total() -> None:
    (line,) = together(county("甲", row(actual=None))).lines
    assert line.total is None


def test_what_is_only_tracked_has_no_goal() -> None:
    (line,) = together(county("甲", row(goal=None, comparison=None))).lines
    assert (line.total, line.goal, line.promising) == (40, None, 0)


def test_who_is_missing_is_added_to_nothing_though_its_last_figures_are_known() -> None:
    gone = Missing("乙", (), "迟报", county("乙", row(actual=Fraction(99))))
    found = together(county("甲", row()), missing=(gone,))
    assert found.lines[0].total == 40
    assert found.expected == 2
    assert [place.county.name for place in found.ranking] == ["甲"]


def test_a_province_holds_its_cities_and_each_group_its_own_counties() -> None:
    found = together(
        county("甲", row(), group="江苏省/无锡市"),
        county("丙", row(), group="浙江省"),
        county("乙", row(), group="江苏省/苏州市"),
        missing=(Missing("丁", ("江苏省", "苏州市"), "缺"),),
    )
    told = [(group.group, group.read, group.missing, group.lines[0].total) for group in found.groups]
    assert told == [
        (("江苏省",), 2, 1, 80),
        (("江苏省", "无锡市"), 1, 0, 40),
        (("江苏省", "苏州市"), 1, 1, 40),
        (("浙江省",), 1, 0, 40),
    ]


def test_a_group_of_which_nobody_answered_is_named_all_the_same() -> None:
    (group,) = together(missing=(Missing("丁", ("江苏省",), "缺"),)).groups
    assert (group.group, group.read, group.missing, group.lines) == (("江苏省",), 0, 1, ())


def places(found: Rollup) -> list[tuple[int, str]]:
    return [(place.place, place.county.name) for place in found.ranking]


def test_counties_are_ranked_by_score_then_by_fewest_reds_then_by_the_share_kept() -> None:
    red = row("area", light="red")
    found = together(
        county("没有得分", row(met=True)),
        county("多红", row(), red, score=Fraction(80)),
        county("少红", row(), score=Fraction(80)),
        county("头名", red, score=Fraction(90)),
        county("也少红", row(), score=Fraction(80)),
    )
    assert places(found) == [(1, "头名"), (2, "少红"), (2, "也少红"), (4, "多红"), (5, "没有得分")]


def test_ranked_by_a_target_its_way_decides_and_who_has_none_comes_last() -> None:
    found = together(
        county("没有", row("area")),
        county("退步", row(progress=Fraction(-1, 2))),
        county("过半", row(progress=Fraction(3, 5))),
        by="talents",
    )
    assert places(found) == [(1, "过半"), (2, "退步"), (3, "没有")]
    assert [place.share for place in found.ranking] == [Fraction(3, 5), Fraction(-1, 2), None]


def test_ranked_by_a_ceiling_who_exceeded_it_comes_last_and_the_further_the_later() -> None:
    ceiling = row(comparison="at_most", met=True)
    found = together(
        county("超得多", ceiling._replace(met=False, progress=Fraction(7, 5))),
        county("超得少", ceiling._replace(met=False, progress=Fraction(6, 5))),
        county("用得少", ceiling._replace(progress=Fraction(1, 5))),
        county("用得多", ceiling._replace(progress=Fraction(9, 10))),
        by="talents",
    )
    assert places(found) == [(1, "用得多"), (2, "用得少"), (3, "超得少"), (4, "超得多")]


def test_ranked_by_a_level_to_keep_below_less_is_better_and_no_way_is_shown() -> None:
    level = row(comparison="at_most", adds_up=False, met=True, light="green")
    found = together(
        county("很高", level._replace(met=False, progress=Fraction(31, 15))),
        county("偏高", level._replace(met=False, progress=Fraction(16, 15))),
        county("达标", level._replace(progress=Fraction(10, 15))),
        county("没有", level._replace(progress=Fraction(0))),
        by="talents",
    )
    assert places(found) == [(1, "没有"), (2, "达标"), (3, "偏高"), (4, "很高")]
    assert [place.shown for place in found.ranking] == [None] * 4


def test_ranked_by_a_line_that_falls_from_its_baseline_the_way_decides() -> None:
    falling = row(comparison="at_most", adds_up=False)
    found = together(
        county("未动", falling._replace(progress=Fraction(-1, 15))),
        county("超额", falling._replace(met=True, progress=Fraction(6, 5))),
        county("半途", falling._replace(progress=Fraction(1, 2))),
        by="talents",
    )
    assert places(found) == [(1, "超额"), (2, "半途"), (3, "未动")]


def test_a_goal_of_nothing_that_is_kept_has_no_share_and_stands_above_what_is_unmet() -> None:
    found = together(
        county("未达", row(progress=Fraction(9, 10))),
        county("零目标", row(goal=Fraction(0), met=True, progress=None)),
        county("无数据", row(actual=None, progress=None)),
        by="talents",
    )
    assert places(found) == [(1, "零目标"), (2, "未达"), (3, "无数据")]


def test_a_level_above_what_it_is_to_keep_below_keeps_nothing_of_its_promise() -> None:
    assert row(comparison="at_most", adds_up=False, progress=Fraction(31, 15), light="red").share == 0


def test_who_has_promised_nothing_is_ranked_last_though_nothing_of_it_is_red() -> None:
    found = together(county("无目标", row(goal=None)), county("有红灯", row(light="red")))
    assert places(found) == [(1, "有红灯"), (2, "无目标")]


def test_targets_of_different_keys_that_are_called_alike_know_of_it() -> None:
    found = together(county("甲", row()), county("乙", row("people"), row("area", name="面积")))
    assert [line.has_namesake for line in found.lines] == [True, True, False]
    assert not any(
        line.has_namesake for line in together(county("甲", row()), county("乙", row(unit="人"))).lines
    )


def test_a_broken_ceiling_keeps_nothing_of_its_promise_and_no_data_neither() -> None:
    broken = row(comparison="at_most", progress=Fraction(6, 5), light="red")
    assert broken.share == 0
    assert row(actual=None, progress=None).share == 0
    assert row(progress=Fraction(7, 5), met=True).share == 1
    assert row(goal=None).share is None


figures = st.none() | st.integers(-1000, 1000).map(lambda tenths: Fraction(tenths, 10))
rows = st.builds(
    row,
    st.sampled_from(["a", "b"]),
    unit=st.sampled_from(["名", "栋"]),
    actual=figures,
    goal=figures,
    met=st.booleans(),
    light=st.sampled_from(LIGHTS),
    adds_up=st.booleans(),
)
counties = st.lists(st.lists(rows, max_size=2, unique_by=lambda each: each.key), max_size=6)


@given(counties, st.integers(0, 99))
def test_the_order_in_which_counties_are_named_changes_no_figure(
    all_rows: list[list[CountyRow]], seed: int
) -> None:
    named = [county(str(number), *its) for number, its in enumerate(all_rows)]
    mixed = Random(seed).sample(named, len(named))
    assert sorted(map(repr, together(*named).lines)) == sorted(map(repr, together(*mixed).lines))


@given(counties)
def test_every_row_stands_in_one_line_and_every_light_is_counted_once(
    all_rows: list[list[CountyRow]],
) -> None:
    lines = together(*(county(str(number), *its) for number, its in enumerate(all_rows))).lines
    assert sum(line.counties for line in lines) == sum(map(len, all_rows))
    assert all(sum(line.lights.values()) == line.counties for line in lines)


def kept(day: int, *answered: str, **rows: CountyRow) -> KeptDay:
    return KeptDay(date(2022, 11, day), rows, frozenset({*rows, *answered}))


def test_a_county_that_did_not_answer_stands_with_its_last_figures_and_is_named() -> None:
    days = [
        kept(28, 甲=row(actual=Fraction(1)), 乙=row(actual=Fraction(10))),
        kept(29, 甲=row(actual=Fraction(2))),
        kept(30, 乙=row(actual=Fraction(30)), 丙=row(actual=Fraction(100))),
    ]
    way = follow("talents", days)
    assert way is not None
    assert [(p.total, p.counties, p.carried) for p in way.points] == [
        (11, 2, ()),
        (12, 2, ("乙",)),
        (132, 3, ("甲",)),
    ]


def test_a_county_that_answered_and_has_the_target_no_longer_stands_in_it_no_longer() -> None:
    days = [kept(28, 甲=row(), 乙=row()), kept(29, "乙", 甲=row()), kept(30, 甲=row())]
    way = follow("talents", days)
    assert way is not None
    assert [(p.total, p.counties, p.carried) for p in way.points] == [(80, 2, ()), (40, 1, ()), (40, 1, ())]


def test_what_was_reached_last_year_says_nothing_of_this_one() -> None:
    days = [
        kept(30, 甲=row(period="2022"), 乙=row(period="2022")),
        KeptDay(date(2023, 1, 31), {"甲": row(period="2023", actual=Fraction(3))}, frozenset("甲")),
    ]
    way = follow("talents", days)
    assert way is not None
    assert [(p.total, p.carried) for p in way.points] == [(80, ()), (3, ())]


def test_counties_of_another_unit_stand_not_in_the_way_but_are_named() -> None:
    way = follow("talents", [kept(30, 甲=row(), 乙=row(), 丙=row(unit="人"))])
    assert way is not None
    assert (way.points[0].total, way.others) == (80, ("丙",))


def test_nor_do_those_whose_promise_begins_anew_in_another_rhythm() -> None:
    yearly, half = row(period="2022"), row(period="2022H2")
    days = [kept(29, 甲=yearly, 乙=yearly, 丙=half), kept(30, 甲=yearly, 丙=half)]
    way = follow("talents", days)
    assert way is not None
    assert [(p.period, p.total, p.carried) for p in way.points] == [("2022", 80, ()), ("2022", 80, ("乙",))]
    assert way.others == ("丙",)


def test_of_a_day_on_which_nobody_has_a_figure_none_is_counted_as_reporting() -> None:
    way = follow("talents", [kept(30, 甲=row(actual=None, progress=None))])
    assert way is not None
    assert (way.points[0].total, way.points[0].counties, way.points[0].reporting) == (None, 1, 0)


def test_nothing_kept_is_no_way() -> None:
    assert follow("talents", []) is None


def test_what_is_unmet_is_never_shown_as_all_of_it_and_a_broken_ceiling_always_above() -> None:
    unmet = row(comparison="more_than", progress=Fraction(1))
    nearly, full = Fraction(99, 100), Fraction(1)
    assert show_progress(unmet) == nearly
    assert show_progress(unmet._replace(met=True, progress=Fraction(7, 5))) == Fraction(7, 5)
    ceiling = row(comparison="at_most", progress=Fraction(1001, 1000))
    assert show_progress(ceiling) == Fraction(101, 100)
    level = ceiling._replace(adds_up=False, progress=Fraction(6, 5))
    assert show_progress(level) is None
    assert show_progress(row(progress=None)) is None
    for by in (None, "talents"):
        (place,) = together(county("甲", unmet), by=by).ranking
        assert (place.share, place.shown) == (full, nearly)
    (kept,) = together(county("乙", row(met=True), row("area", goal=None))).ranking
    assert kept.shown == 1
