"""The pace and the pace needed in words."""

from fractions import Fraction

import pytest

from kfly.progress.forecast import Forecast
from kfly.reports.outlook import describe_paces


def _forecast(pace: Fraction, needed: Fraction) -> Forecast:
    return Forecast(
        projected=Fraction(100),
        on_course=False,
        reached_on=None,
        pace=pace,
        pace_needed=needed,
        too_early=False,
        last_year=None,
        milestone=None,
    )


@pytest.mark.parametrize(
    ("pace", "needed", "written"),
    [
        (Fraction(2), Fraction(5), "pace 2, needs 5 (× 2.5)"),
        (Fraction(2), Fraction(201, 100), "pace 2, needs 2.01 (× 1.005)"),
        (Fraction(1000), Fraction(1030), "pace 1,000, needs 1,030 (× 1.03)"),
        (Fraction(1, 100), Fraction(2), "pace <0.1, needs 2 (× 200)"),
        (Fraction(1, 100), Fraction(2, 100), "pace 0.01, needs 0.02 (× 2)"),
        (Fraction(3), Fraction(3), "pace 3, needs 3 (× 1)"),
    ],
)
def test_a_pace_that_falls_a_little_short_is_not_shown_as_the_one_needed(
    pace: Fraction, needed: Fraction, written: str
) -> None:
    assert describe_paces(_forecast(pace, needed)) == [written]
