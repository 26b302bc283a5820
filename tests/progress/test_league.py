"""The contest among towns: contributions, scores, ranks and their changes."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import AT_LEAST, LEVEL, Goal, Metric, Reading, Span
from kfly.plan.model import Lights, Organisation, Plan, Target
from kfly.progress.league import Place, contributions, league
from tests.support.progress_examples import (
    BUILDINGS,
    CHENGJIANG,
    ENCLAVES,
    INVESTORS,
    NANZHA,
    PLAN,
    YUECHENG,
    YUNTING,
    at_least,
    at_most,
    day,
    more_than,
    span,
    target,
)

TOWNS = tuple(Organisation(name, name, "town") for name in (CHENGJIANG, NANZHA, YUNTING, YUECHENG))
QUOTAS = ((CHENGJIANG, Fraction(4)), (NANZHA, Fraction(2)))


def city(*promises: Target) -> Plan:
    return PLAN._replace(organisations=TOWNS, targets=promises)


RENOVATED = target(at_least(10), BUILDINGS, key="renovated")._replace(quotas=QUOTAS)
AREA = target(at_least(5000), ENCLAVES, key="area", every="year")


def ranked(
    plan: Plan, spans: dict[Metric, list[Span]], as_of: str = "2022-06-30", by: str | None = None
) -> tuple[Place, ...]:
    return league(plan, spans, day(as_of), by)


def buildings(*counts: tuple[str | None, int], on: str = "2022-03-01") -> list[Span]:
    return [span(on, count, town=town) for town, count in counts]


def test_what_each_town_has_contributed_and_no_town_adds_up_to_all() -> None:
    spans = {BUILDINGS: buildings((NANZHA, 3), (YUNTING, 1), (None, 2), ("某镇", 4))}
    found = {c.town: c.figures["renovated"] for c in contributions(city(RENOVATED), spans, day("2022-06-30"))}
    assert found == {CHENGJIANG: 0, NANZHA: 3, YUNTING: 1, YUECHENG: 0, None: 6}


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2021-12-31", False), ("2022-01-01", True), ("2022-06-30", True), ("2022-07-01", False)],
)
def test_it_is_counted_in_the_targets_own_window(on: str, *, counts: bool) -> None:
    (_chengjiang, nanzha, *_rest) = contributions(
        city(RENOVATED), {BUILDINGS: buildings((NANZHA, 1), on=on)}, day("2022-06-30")
    )
    assert nanzha.figures["renovated"] == counts


def test_a_stock_counts_whenever_it_began_and_a_yearly_one_in_its_year_alone() -> None:
    plan = city(target(more_than(3), INVESTORS, key="investors"), AREA)
    spans = {
        INVESTORS: [span("2015-01-01", 1, town=NANZHA)],
        ENCLAVES: [span("2022-05-01", 3000, town=NANZHA), span("2023-05-01", 1000, town=NANZHA)],
    }
    (_chengjiang, nanzha, *_rest) = contributions(plan, spans, day("2023-06-30"))
    assert nanzha.figures == {"investors": 1, "area": 1000}


@pytest.mark.parametrize(
    ("renovated", "area", "score"),
    [
        (0, 0, Fraction(0)),
        (1, 0, Fraction(1, 4)),  # a half of one goal, none of the other
        (1, 2500, Fraction(1, 2)),
        (2, 5000, Fraction(1)),
        (20, 50000, Fraction(1)),  # more than all is all
        (20, 2500, Fraction(3, 4)),  # and does not make up for what is missing elsewhere
    ],
)
def test_the_score_is_the_mean_of_what_is_reached_of_each_goal(
    renovated: int, area: int, score: Fraction
) -> None:
    spans = {BUILDINGS: buildings((NANZHA, renovated)), ENCLAVES: [span("2022-05-01", area, town=NANZHA)]}
    (place,) = (place for place in ranked(city(RENOVATED, AREA), spans) if place.town == NANZHA)
    assert place.score == score
    assert [goal.target.key for goal in place.goals] == ["renovated", "area"]


def test_equals_share_a_rank_and_the_next_is_left_out() -> None:
    spans = {ENCLAVES: [span("2022-05-01", 5000, town=NANZHA), span("2022-05-01", 6000, town=YUECHENG)]}
    places = ranked(city(AREA), spans)
    assert [(p.town, p.rank) for p in places] == [(NANZHA, 1), (YUECHENG, 1), (YUNTING, 3), (CHENGJIANG, 4)]


def test_who_owes_nothing_has_no_score_and_stands_below_by_what_it_gave() -> None:
    plan = city(RENOVATED, target(at_least(9), INVESTORS, key="investors"))
    spans = {
        BUILDINGS: buildings((YUNTING, 5), (YUECHENG, 1)),
        INVESTORS: [span("2022-02-01", 1, town=YUECHENG)],
    }
    places = ranked(plan, spans)
    assert [(p.town, p.score) for p in places] == [
        (CHENGJIANG, 0),
        (NANZHA, 0),
        (YUECHENG, None),  # gave to two targets
        (YUNTING, None),
    ]


def test_by_a_target_the_figure_alone_decides() -> None:
    spans = {BUILDINGS: buildings((CHENGJIANG, 3), (YUNTING, 4), (NANZHA, 3))}
    assert [(p.town, p.rank) for p in ranked(city(RENOVATED), spans, by="renovated")] == [
        (YUNTING, 1),
        (CHENGJIANG, 2),
        (NANZHA, 2),
        (YUECHENG, 4),
    ]


def test_a_change_of_rank_is_told_against_thirty_days_before() -> None:
    spans = {BUILDINGS: [*buildings((CHENGJIANG, 1)), *buildings((NANZHA, 2), on="2022-06-01")]}
    changes = {
        p.town: (p.rank, p.rank_before, p.change) for p in ranked(city(RENOVATED), spans, "2022-06-30")
    }
    assert {town: change[1] for town, change in changes.items()} == {
        CHENGJIANG: 1,
        NANZHA: 2,
        YUNTING: 3,
        YUECHENG: 3,
    }
    assert changes[NANZHA][0] == 1
    assert changes[NANZHA][2] == 1
    assert changes[CHENGJIANG][2] == -1


def test_before_the_plan_began_there_was_no_rank() -> None:
    assert {p.rank_before for p in ranked(city(RENOVATED), {BUILDINGS: []}, "2022-01-20")} == {None}
    assert None not in {p.rank_before for p in ranked(city(RENOVATED), {BUILDINGS: []}, "2022-01-31")}


def with_grace(plan: Plan) -> Plan:
    return plan._replace(lights=Lights(yellow=Fraction(4, 5), due_soon_days=30, grace_days=30))


TWO_YEARS = {
    BUILDINGS: buildings((NANZHA, 1)),
    ENCLAVES: [
        span("2022-05-01", 2500, town=NANZHA),
        span("2022-05-01", 5000, town=YUNTING),
        span("2023-01-10", 4000, town=YUECHENG),
    ],
}


@pytest.mark.parametrize(
    ("as_of", "year", "areas"),
    [
        pytest.param("2022-12-31", 2022, [2500, 5000, 0], id="the last day of a year"),
        pytest.param("2023-01-01", 2022, [2500, 5000, 0], id="the first of the next"),
        pytest.param("2023-01-30", 2022, [2500, 5000, 0], id="the last day of its grace"),
        pytest.param("2023-01-31", 2023, [0, 0, 4000], id="the day after"),
        pytest.param("2025-01-10", 2024, [0, 0, 0], id="after the plan"),
    ],
)
def test_in_the_first_days_of_a_year_a_yearly_goal_is_judged_by_the_year_before(
    as_of: str, year: int, areas: list[int]
) -> None:
    places = ranked(with_grace(city(AREA)), TWO_YEARS, as_of)
    goals = {place.town: place.goals[0] for place in places if place.goals}
    assert [goals[town].actual for town in (NANZHA, YUNTING, YUECHENG)] == areas
    assert {(goal.year, goal.counted) for goal in goals.values()} == {(year, True)}


def test_contributions_stay_those_of_the_day() -> None:
    places = ranked(with_grace(city(AREA)), TWO_YEARS, "2023-01-15")
    figures = {place.town: place.figures["area"] for place in places}
    assert (figures[NANZHA], figures[YUECHENG]) == (0, 4000)


def test_the_first_year_has_none_before_it_and_its_goals_are_left_out_of_the_score() -> None:
    plan = with_grace(city(RENOVATED, AREA))
    spans = {BUILDINGS: buildings((NANZHA, 1), on="2022-01-03"), ENCLAVES: []}
    nanzha = {place.town: place for place in ranked(plan, spans, "2022-01-10")}[NANZHA]
    assert {goal.target.key: goal.counted for goal in nanzha.goals} == {"renovated": True, "area": False}
    assert nanzha.score == Fraction(1, 2)
    later = {place.town: place for place in ranked(plan, spans, "2022-01-31")}[NANZHA]
    assert later.score == Fraction(1, 4)


def test_with_nothing_to_judge_by_nobody_has_a_score() -> None:
    plan = with_grace(city(AREA))
    places = ranked(plan, {ENCLAVES: [span("2022-01-03", 10, town=YUNTING)]}, "2022-01-10")
    assert {place.score for place in places} == {None}
    assert (places[0].town, places[0].rank) == (YUNTING, 1)


def test_a_quota_of_a_yearly_target_is_judged_by_the_year_before_too() -> None:
    promise = target(at_least(30), BUILDINGS, key="renovated", every="year")._replace(quotas=QUOTAS)
    places = ranked(with_grace(city(promise)), {BUILDINGS: buildings((NANZHA, 1))}, "2023-01-15")
    assert {place.town: place.score for place in places}[NANZHA] == Fraction(1, 2)


def test_by_a_yearly_target_the_figure_of_the_year_before_decides() -> None:
    plan = with_grace(city(AREA))
    first = [ranked(plan, TWO_YEARS, d, by="area")[0] for d in ("2023-01-15", "2023-02-15")]
    assert [(place.town, place.ranked_figure) for place in first] == [(YUNTING, 5000), (YUECHENG, 4000)]


def test_a_quota_of_what_must_be_exceeded_is_met_at_its_amount() -> None:
    promise = target(more_than(15), INVESTORS, key="investors")._replace(quotas=QUOTAS)
    places = ranked(city(promise), {INVESTORS: [span("2020-01-01", 2, town=NANZHA)]})
    (goal,) = {place.town: place for place in places}[NANZHA].goals
    assert (goal.goal.comparison, goal.met, goal.share) == (AT_LEAST, True, 1)


@pytest.mark.parametrize(
    ("area", "share"), [(0, 1), (5000, 1), (5001, 0)], ids=["none", "as much as may be", "more"]
)
def test_a_ceiling_of_each_town_is_kept_or_it_is_not(area: int, share: int) -> None:
    plan = city(target(at_most(5000), ENCLAVES, key="area"))
    places = ranked(plan, {ENCLAVES: [span("2022-05-01", area, town=NANZHA)]})
    assert {place.town: place.score for place in places}[NANZHA] == share


def weighing(promise: Target, weight: int | None) -> Target:
    return promise._replace(weight=None if weight is None else Fraction(weight))


# 澄江街道 owes 4 buildings and no area; 南闸街道 2 and 5,000 m²; the others the area alone. On 30 June:
# 澄江街道 2 of 4 = 1/2; 南闸街道 2 of 2 = 1 and 1,000 of 5,000 = 1/5; 云亭街道 3,500 of 5,000 = 7/10.
GIVEN = {
    BUILDINGS: buildings((CHENGJIANG, 2), (NANZHA, 2)),
    ENCLAVES: [span("2022-05-01", 1000, town=NANZHA), span("2022-05-01", 3500, town=YUNTING)],
}


@pytest.mark.parametrize(
    ("renovated", "area", "ranks"),
    [
        # nothing weighs, or all alike: 南闸 (1 + 1/5) / 2 = 3/5
        (None, None, [(YUNTING, 1, "7/10"), (NANZHA, 2, "3/5"), (CHENGJIANG, 3, "1/2"), (YUECHENG, 4, "0")]),
        (5, 5, [(YUNTING, 1, "7/10"), (NANZHA, 2, "3/5"), (CHENGJIANG, 3, "1/2"), (YUECHENG, 4, "0")]),
        # 南闸 (3 × 1 + 1 × 1/5) / 4 = 4/5
        (3, 1, [(NANZHA, 1, "4/5"), (YUNTING, 2, "7/10"), (CHENGJIANG, 3, "1/2"), (YUECHENG, 4, "0")]),
        # 南闸 (1 × 1 + 3 × 1/5) / 4 = 2/5
        (1, 3, [(YUNTING, 1, "7/10"), (CHENGJIANG, 2, "1/2"), (NANZHA, 3, "2/5"), (YUECHENG, 4, "0")]),
        # the area has no weight beside one that has: it stands aside, and who owes it alone has no score
        (2, None, [(NANZHA, 1, "1"), (CHENGJIANG, 2, "1/2"), (YUNTING, 3, None), (YUECHENG, 4, None)]),
    ],
)
def test_goals_weigh_in_the_score_as_their_targets_do(
    renovated: int | None, area: int | None, ranks: list[tuple[str, int, str | None]]
) -> None:
    places = ranked(city(weighing(RENOVATED, renovated), weighing(AREA, area)), GIVEN)
    assert [(p.town, p.rank, p.score) for p in places] == [
        (town, rank, None if score is None else Fraction(score)) for town, rank, score in ranks
    ]


def test_a_weight_of_what_no_town_owes_changes_no_rank() -> None:
    investors = weighing(target(at_least(9), INVESTORS, key="investors"), 7)
    plain = ranked(city(RENOVATED, AREA), GIVEN)
    beside = ranked(city(RENOVATED, AREA, investors), {**GIVEN, INVESTORS: []})
    assert [(p.town, p.rank, p.score) for p in beside] == [(p.town, p.rank, p.score) for p in plain]


@pytest.mark.parametrize(
    ("goal", "order"),
    [
        (at_most(4), [NANZHA, YUNTING, CHENGJIANG, YUECHENG]),
        (at_least(4), [CHENGJIANG, YUNTING, NANZHA, YUECHENG]),
    ],
)
def test_by_a_level_the_better_figure_comes_first_and_last_who_has_none(goal: Goal, order: list[str]) -> None:
    jobless = Metric("figure", "value", towns=(CHENGJIANG, NANZHA, YUNTING, YUECHENG))
    promise = target(goal, jobless, key="jobless")._replace(reading=Reading(LEVEL))
    figures = [
        span("2022-03-01", amount, town=town)
        for town, amount in ((CHENGJIANG, 6), (NANZHA, -1), (YUNTING, 5))
    ]
    assert [place.town for place in ranked(city(promise), {jobless: figures}, by="jobless")] == order
