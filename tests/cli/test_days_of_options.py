"""Days as options take them: a whole day, a word for one, or a month or year, which mean their last day."""

from datetime import date

import pytest

from kfly.cli import options
from kfly.errors import KflyError, WrongUsageError
from tests.support.runner import Cli

TODAY = date(2023, 3, 31)

READ = {
    "2022-11-30": "2022-11-30",
    " 2022/3/1 ": "2022-03-01",
    "2022年3月1日": "2022-03-01",
    "20220301": "2022-03-01",
    "２０２２－１１－３０": "2022-11-30",
    "今天": "2023-03-31",
    "today": "2023-03-31",
    "昨天": "2023-03-30",
    "Yesterday": "2023-03-30",
    "上月末": "2023-02-28",
    "上月底": "2023-02-28",
    "上个月末": "2023-02-28",
    "End  of last month": "2023-02-28",
    "2022-11": "2022-11-30",
    "2024-2": "2024-02-29",
    "2022年11月": "2022-11-30",
    "2022年11月底": "2022-11-30",
    "2022": "2022-12-31",
    "２０２２": "2022-12-31",
    "2022年": "2022-12-31",
    "2022年底": "2022-12-31",
}
NO_DAYS = ["", " ", "2022-13", "2022-00", "0000", "1899", "22", "2022-02-30", "11月", "明天", "last"]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda: TODAY)


@pytest.mark.parametrize("typed", READ)
def test_what_is_asked_about_may_be_said_in_many_ways(typed: str) -> None:
    assert options.read_day(typed).isoformat() == READ[typed]


def test_nothing_is_today() -> None:
    assert (options.read_day(None), options.read_past_day(None)) == (TODAY, TODAY)


def test_the_end_of_last_month_in_january_is_that_of_the_year_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda: date(2023, 1, 1))

    assert options.read_day("上月末") == date(2022, 12, 31)
    assert options.read_day("昨天") == date(2022, 12, 31)


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_is_no_day_is_refused_and_the_ways_are_named(typed: str) -> None:
    with pytest.raises(WrongUsageError, match=r"--since: .* is not a day; .* 2022-11 or 2022 .* yesterday"):
        options.read_day(typed, "--since")


@pytest.mark.parametrize("typed", ["2022-11", "2022", "2022年11月", "今天", "yesterday", "上月末", ""])
def test_what_is_kept_takes_whole_days_only(typed: str) -> None:
    with pytest.raises(WrongUsageError, match=r"--on: .* is not a day; write it as 2022-11-30"):
        options.read_past_day(typed)


def test_what_is_kept_has_come() -> None:
    assert options.read_past_day("2023年3月31日") == TODAY
    with pytest.raises(KflyError, match="has not come yet"):
        options.read_past_day("2023-04-01")


def test_a_month_answers_for_its_last_day(kfly: Cli) -> None:
    assert kfly.json("status", "--as-of", "2022年11月") == kfly.json("status", "--as-of", "2022-11-30")
    assert kfly.json("status", "--as-of", "2022")["as_of"] == "2022-12-31"


def test_the_log_takes_them_too(kfly: Cli) -> None:
    assert kfly.json("log", "--since", "2022年") != []
    assert kfly.json("log", "--since", "2199") == []
