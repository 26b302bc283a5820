"""What is unmet is never told as all of it, nor as nothing missing."""

from fractions import Fraction

import pytest

from kfly.plan.metrics import Goal
from kfly.progress.shortfall import cap_share, measure_lack
from tests.support.progress_examples import at_least, at_most, more_than

COUNT, SUM = True, False


@pytest.mark.parametrize(
    ("goal", "actual", "whole", "lack"),
    [
        pytest.param(more_than(15), "15", COUNT, "1", id="超15 at 15"),
        pytest.param(more_than(15), "14", COUNT, "2", id="超15 at 14"),
        pytest.param(more_than(15), "16", COUNT, "0", id="超15 at 16"),
        pytest.param(more_than(0), "0", COUNT, "1", id="超0 at 0"),
        pytest.param(more_than(150), "150", SUM, "0.01", id="超150亿元 at 150"),
        pytest.param(more_than(150), "149.996", SUM, "0.01", id="less than a step below it"),
        pytest.param(more_than(150), "149.99", SUM, "0.01", id="a step below it"),
        pytest.param(more_than(150), "140", SUM, "10", id="超150亿元 at 140"),
        pytest.param(more_than(150), "150.000001", SUM, "0", id="超150亿元 passed by a hair"),
        pytest.param(at_least(15), "15", COUNT, "0", id="15 at 15"),
        pytest.param(at_least(15), "14", COUNT, "1", id="15 at 14"),
        pytest.param(at_least("2.5"), "2", COUNT, "1", id="a count of two and a half lacks a whole one"),
        pytest.param(at_least(5000), "4999.99", SUM, "0.01", id="an area"),
        pytest.param(at_least(150), "149.996", SUM, "0.004", id="what is exact stays exact"),
        pytest.param(at_least(150), "44999/300", SUM, "0.01", id="a third of a step is not shown as 0"),
        pytest.param(at_least(150), "0", SUM, "150", id="all of it"),
        pytest.param(at_most(100), "100", SUM, "0", id="a ceiling that holds"),
        pytest.param(at_most(100), "100.01", SUM, "0.01", id="a ceiling exceeded"),
        pytest.param(at_most(100), "90", SUM, "0", id="a ceiling with room"),
    ],
)
def test_what_is_missing(goal: Goal, actual: str, whole: bool, lack: str) -> None:
    assert measure_lack(goal, Fraction(actual), whole=whole) == Fraction(lack)


@pytest.mark.parametrize(
    ("goal", "actual", "share"),
    [
        pytest.param(more_than(15), "15", "0.99", id="超15 at 15"),
        pytest.param(more_than(15), "16", "16/15", id="超15 at 16"),
        pytest.param(more_than(150), "149.9999", "0.99", id="超150 just below"),
        pytest.param(more_than(15), "6", "0.4", id="far from it"),
        pytest.param(at_least(15), "15", "1", id="15 at 15"),
        pytest.param(at_least(1000), "999", "0.99", id="999 of 1,000"),
        pytest.param(at_least(15), "30", "2", id="twice as much"),
        pytest.param(at_most(10000), "10000", "1", id="a ceiling reached and not exceeded"),
        pytest.param(at_most(10000), "10000.01", "1.01", id="a ceiling exceeded by a fen"),
        pytest.param(at_most(10000), "12500", "1.25", id="a ceiling exceeded by a quarter"),
        pytest.param(more_than(0), "0", None, id="超0: of nothing there is no share"),
        pytest.param(at_most(0), "1", None, id="a ceiling of nothing"),
    ],
)
def test_the_share_that_is_shown(goal: Goal, actual: str, share: str | None) -> None:
    assert cap_share(goal, Fraction(actual)) == (None if share is None else Fraction(share))
