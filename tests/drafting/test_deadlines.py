"""Deadlines in the words of documents: those a plan file takes, ongoing work, and what is doubted."""

import pytest

from kfly.drafting.deadlines import read_when
from kfly.plan.deadlines.spans import Years

YEARS = Years(1, 2022)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("2022年11月", "2022年11月"),
        ("2022 年 11 月", "2022年11月"),
        ("２０２２年１１月", "2022年11月"),
        ("12月底前", "12月底前"),
        ("6月底完成", "6月底"),
        ("2021年6月30日前完成", "2021年6月30日前"),
        ("到2019年6月底", "2019年6月底"),
        ("于2023年2月10日前", "2023年2月10日前"),
        ("2022年\n年底", "2022年年底"),
        ("三季度", "三季度"),
        ("2024年09月26日", "2024年09月26日"),
    ],
)
def test_words_that_a_plan_file_takes_stay_as_they_are(words: str, due: str) -> None:
    assert read_when(words, YEARS).due == due


@pytest.mark.parametrize(
    ("words", "every"),
    [
        ("持续推进", ""),
        ("长期坚持", ""),
        ("常态化推进", ""),
        ("年内持续推进", ""),
        ("每月", "month"),
        ("每季度末月20日前", "quarter"),
        ("每半年", "half"),
        ("每年", "year"),
    ],
)
def test_ongoing_work_has_no_deadline(words: str, every: str) -> None:
    when = read_when(words, YEARS)
    assert (when.due, when.ongoing, when.report_every, when.doubt) == ("", True, every, "")


def test_of_a_start_and_an_end_the_end_counts() -> None:
    assert read_when("2020年启动，2021年6月30日前完成", YEARS).due == "2020年启动,2021年6月30日前"


@pytest.mark.parametrize("words", ["5月底前动工", "2020年启动", "从2023年第二季度起"])
def test_a_start_is_no_deadline(words: str) -> None:
    assert read_when(words, YEARS).doubt == f"“{words}” says when it starts, not by when it is done"


@pytest.mark.parametrize(
    "words", ["2027年前", "8月前", "7日之内", "当月下旬", "待定", "短期攻坚、中期推进和长期坚持"]
)
def test_what_no_plan_file_takes_is_quoted(words: str) -> None:
    when = read_when(words, YEARS)
    assert (when.due, when.ongoing) == ("", False)
    assert when.doubt == f"“{words}” is no deadline that a plan file takes"


def test_a_missing_deadline_is_a_doubt() -> None:
    assert read_when(" ", YEARS).doubt == "no deadline is given"
