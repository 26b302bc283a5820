"""Whatever is reported of others, elsewhere or later, a row stays as it is."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.plan.metrics import AMOUNT, FIRST, LEVEL, RUNNING, Condition, Metric, Reading, Span
from kfly.plan.model import Target
from kfly.progress.targets import TargetStanding, assess_target
from tests.support.progress_examples import NANZHA, YUNTING, at_least, at_most, plan, target

OWN = Metric("figure", "value", (Condition("target", "=", ("own",)),), dated="stated_on")
OTHER = OWN._replace(where=(Condition("target", "=", ("other",)),))
PLAN = plan()  # of 2022 to 2024
amounts = st.fractions(-100, 100, max_denominator=100)
days = st.dates(date(2021, 12, 31), date(2025, 6, 30))
told = st.dictionaries(days, amounts, max_size=8)
targets = st.builds(
    lambda how, goal, every: target(goal, OWN._replace(stock=how == LEVEL), every=every)._replace(
        reading=Reading(how)
    ),
    st.sampled_from((LEVEL, RUNNING, AMOUNT)),
    st.one_of(amounts.map(at_least), amounts.map(at_most)),
    st.sampled_from((None, "year", "half", "quarter", "month")),
)


def list_spans(figures: dict[date, Fraction], town: str | None = None) -> list[Span]:
    return [Span(on, None, figures[on], town) for on in sorted(figures)]


def tell(row: TargetStanding) -> TargetStanding:
    """Return a row without what it was measured by."""
    return row._replace(gauge=None, line=None)  # type: ignore[arg-type]


@settings(deadline=None)
@given(targets, told, told, days)
def test_what_comes_after_the_day_or_of_another_target_changes_nothing(
    promise: Target, figures: dict[date, Fraction], others: dict[date, Fraction], on: date
) -> None:
    known = {day: amount for day, amount in figures.items() if day <= on}
    alone = assess_target(promise, {promise.metric: list_spans(known)}, PLAN, on)
    beside = {promise.metric: list_spans(figures), OTHER: list_spans(others)}
    assert tell(assess_target(promise, beside, PLAN, on)) == tell(alone)


@settings(deadline=None)
@given(st.sampled_from((None, Fraction(20), FIRST)), told, told, days)
def test_another_towns_figures_change_nothing_of_a_town(
    baseline: Fraction | str | None, figures: dict[date, Fraction], others: dict[date, Fraction], on: date
) -> None:
    metric = OWN._replace(stock=True, towns=(NANZHA, YUNTING))
    promise = target(at_least(50), metric)._replace(reading=Reading(LEVEL), baseline=baseline)
    own = list_spans(figures, NANZHA)
    alone, beside = (
        assess_target(promise, {metric: [*own, *more]}, PLAN, on)
        for more in ([], list_spans(others, YUNTING))
    )
    assert alone.each[0] == beside.each[0]
