"""Figures are written with the decimals that their target asks for, and never as if a promise were kept."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.plan.metrics import AT_LEAST, AT_MOST, COMPARISONS, LESS_THAN, MORE_THAN, Goal
from kfly.reports import words
from kfly.reports.digits import AS_GIVEN, AS_REPORTED, Digits, find_digits

SAID = [find_digits(n, reported=True) for n in range(7)] + [AS_GIVEN, AS_REPORTED]
numbers = st.one_of(
    st.decimals(min_value=-9999, max_value=9999, places=6).map(Fraction),
    st.fractions(min_value=-9999, max_value=9999, max_denominator=3000),
)


def said(decimals: int | None, *, reported: bool = True) -> Digits:
    return find_digits(decimals, reported=reported)


@pytest.mark.parametrize(
    ("figure", "decimals", "written"),
    [
        ("5.123456", None, "5.12"),
        ("5.1", None, "5.1"),
        ("5", None, "5"),
        ("1/3", None, "0.33"),
        ("5.123456", 4, "5.1235"),
        ("5", 1, "5.0"),
        ("5.25", 1, "5.3"),  # halves away from zero, as in spreadsheets
        ("-5.25", 1, "-5.3"),
        ("-0.04", 1, "0.0"),
        ("2.5", 0, "3"),
        ("1234567.891", 2, "1,234,567.89"),
    ],
)
def test_a_reported_figure_is_rounded_to_what_its_target_says_else_to_two(
    figure: str, decimals: int | None, written: str
) -> None:
    assert said(decimals).write(Fraction(figure)) == written
    assert said(decimals).count(Fraction(figure)) == len(written.partition(".")[2])


@pytest.mark.parametrize(
    ("figure", "written"), [("0.0000000001", "0.0000000001"), ("150.0001", "150.0001"), ("2/3", "0.67")]
)
def test_a_sum_is_written_out_where_its_target_says_nothing(figure: str, written: str) -> None:
    assert said(None, reported=False).write(Fraction(figure)) == written


@pytest.mark.parametrize(
    ("figure", "comparison", "amount", "decimals", "written"),
    [
        ("5.96", AT_LEAST, "6", 0, "5.96 / 6"),
        ("5.4", AT_LEAST, "6", 0, "5 / 6"),
        ("6.04", AT_LEAST, "6", 0, "6 / 6"),
        ("6", AT_LEAST, "6", 1, "6.0 / 6.0"),
        ("5.9996", AT_LEAST, "6", None, "5.9996 / 6"),
        ("6.24", AT_LEAST, "6.25", 1, "6.2 / 6.25"),  # what is promised is not rounded
        ("6.25", AT_LEAST, "6.25", 1, "6.25 / 6.25"),
        ("4.04", AT_MOST, "4", 0, "4.04 / ≤4"),
        ("3.96", AT_MOST, "4", 0, "4 / ≤4"),
        ("3.96", LESS_THAN, "4", 0, "3.96 / <4"),
        ("150.004", MORE_THAN, "150", 2, "150.004 / >150.00"),
        ("1/3", AT_LEAST, "1/3", 2, "0.33 / 0.33"),
        ("0.333332", AT_LEAST, "1/3", 2, "0.333332 / 0.333333"),  # of a goal that follows a share
    ],
)
def test_a_figure_has_as_many_decimals_as_tell_whether_its_goal_is_met(
    figure: str, comparison: str, amount: str, decimals: int | None, written: str
) -> None:
    goal = Goal(comparison, Fraction(amount))
    digits = said(decimals).beside(Fraction(figure), goal)
    assert f"{words.figure(Fraction(figure), digits)} / {words.goal(goal, digits)}" == written


@pytest.mark.parametrize(
    ("difference", "decimals", "written"), [("0.04", 0, "0.04"), ("0.6", 0, "1"), ("0", 1, "0.0")]
)
def test_what_is_missing_is_never_0(difference: str, decimals: int, written: str) -> None:
    digits = said(decimals).for_difference(Fraction(difference))
    assert digits.write(Fraction(difference)) == written


@given(figure=numbers, amount=numbers, comparison=st.sampled_from(COMPARISONS), digits=st.sampled_from(SAID))
def test_what_is_written_keeps_the_promise_exactly_if_the_figure_does(
    figure: Fraction, amount: Fraction, comparison: str, digits: Digits
) -> None:
    goal = Goal(comparison, amount)
    _check(figure, goal, digits)


@given(
    figure=numbers,
    off=st.fractions(min_value=Fraction(-1, 50), max_value=Fraction(1, 50)),
    comparison=st.sampled_from(COMPARISONS),
    digits=st.sampled_from(SAID),
)
def test_the_same_holds_for_figures_close_to_their_goal(
    figure: Fraction, off: Fraction, comparison: str, digits: Digits
) -> None:
    _check(figure, Goal(comparison, figure + off), digits)


def _check(figure: Fraction, goal: Goal, digits: Digits) -> None:
    """Read both back as a person does, and compare those."""
    wide = digits.beside(figure, goal)
    shown, promised = wide.write(figure), wide.write_goal(goal.amount)
    read, owed = (Fraction(text.replace(",", "")) for text in (shown, promised))
    assert goal._replace(amount=owed).met(read) == goal.met(figure)
    assert len(shown.partition(".")[2]) >= digits.least
