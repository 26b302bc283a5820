"""The time of a run, as people write it."""

import pytest

from kfly.errors import KflyError
from kfly.mail.patience import Patience, parse_patience, write_patience


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (5, 300),
        ("5", 300),
        ("0.5", 30),
        ("90s", 90),
        ("90 秒", 90),
        ("5 min", 300),
        ("10分钟", 600),
        ("1 h", 3600),
        ("24小时", 86400),
    ],
)
def test_a_time_is_read_in_minutes_unless_it_says_otherwise(written: object, seconds: float) -> None:
    assert parse_patience(written) == seconds


@pytest.mark.parametrize("written", [0, -1, "", "soon", "0.5 s", "25 h", "5 d", True, None, [5], "5 5", "٥"])
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(KflyError, match="a time from 1 s to 24 h is expected"):
        parse_patience(written)


@pytest.mark.parametrize(
    ("seconds", "written"), [(300, "5 min"), (90, "90 s"), (0.5, "0.5 s"), (3600, "60 min")]
)
def test_a_time_is_written_in_minutes_where_that_comes_out_even(seconds: float, written: str) -> None:
    assert write_patience(seconds) == written


def test_a_wait_that_would_take_all_that_is_left_is_not_begun() -> None:
    time = Patience(0.05)
    assert time.wait(0.001)
    assert not time.wait(1)
