"""Deadlines in the words of documents: those a plan file takes, ongoing work, and what is doubted."""

import pytest

from kfly.drafting.deadlines import When, read_when
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
        ("6月底前完成摸排、整治", "6月底前完成摸排、整治"),
        ("by 30 June 2022", "by 30 June 2022"),
        ("end-June 2022", "end-June 2022"),
        ("3月启动\n6月底前完成", "3月启动,6月底前"),
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
        ("每年6月底前", "year"),
        ("持续推进，每月调度", "month"),
        ("全年推进", ""),
        ("every six months", "half"),
        ("ongoing", ""),
    ],
)
def test_ongoing_work_has_no_deadline(words: str, every: str) -> None:
    when = read_when(words, YEARS)
    assert (when.due, when.ongoing, when.report_every, when.doubt) == ("", True, every, "")


def test_of_a_start_and_an_end_the_end_counts() -> None:
    assert read_when("2020年启动，2021年6月30日前完成", YEARS).due == "2020年启动,2021年6月30日前"


@pytest.mark.parametrize("words", ["5月底前动工", "2020年启动", "从2023年第二季度起"])
def test_a_start_is_no_deadline(words: str) -> None:
    assert read_when(words, YEARS).doubt == f"“{words}” says when something starts; write the last day for it"


@pytest.mark.parametrize(
    "words", ["7日之内", "当月下旬", "待定", "短期攻坚、中期推进和长期坚持", "by June 2022, then ongoing"]
)
def test_what_no_plan_file_takes_is_quoted_with_what_to_write(words: str) -> None:
    assert read_when(words, YEARS) == When(
        doubt=f"a deadline such as 2022-11-30, 2022年11月 or 2022年底 is expected, not “{words}”"
    )


def test_of_what_can_mean_two_days_both_are_named() -> None:
    doubt = "“8月前” can mean 2022-07-31 or 2022-08-31; write the day itself"
    assert read_when("8月前", YEARS) == When(doubt=doubt)


def test_a_report_that_the_words_ask_for_goes_with_the_deadline() -> None:
    when = read_when("年内完成，每季度报送进展", YEARS)
    assert (when.due, when.report_every) == ("年内完成,每季度报送进展", "quarter")


@pytest.mark.parametrize(
    ("words", "stages"),
    [
        ("6月底前出台方案，12月底前完成", [("出台方案", "6月底前"), ("完成", "12月底前")]),
        ("6月底前完成摸排和整治；年底前验收", [("完成摸排和整治", "6月底前"), ("验收", "年底前")]),
        ("6月底前完成方案，12月底前设立", [("完成方案", "6月底前"), ("设立", "12月底前")]),
        (
            "3月15日前摸底\n6月底前\n2023年6月",
            [("摸底", "3月15日前"), ("6月底前", "6月底前"), ("2023年6月", "2023年6月")],
        ),
        ("by 30 June; by end of 2022", [("by 30 June", "by 30 June"), ("by end of 2022", "by end of 2022")]),
    ],
)
def test_several_days_are_proposed_as_stages(words: str, stages: list[tuple[str, str]]) -> None:
    when = read_when(words, YEARS)
    assert "write one, and others as stages" in when.doubt
    assert [tuple(stage) for stage in when.stages] == stages


@pytest.mark.parametrize("words", ["12月底前、6月底前", "6月底前，并长期坚持", "6月底前，待定"])
def test_days_that_run_backwards_or_stand_beside_other_words_are_no_stages(words: str) -> None:
    when = read_when(words, YEARS)
    assert when.doubt
    assert when.stages == ()


def test_words_that_are_no_deadline_alone_name_a_stage_behind_its_day() -> None:
    stages = read_when("6月底前全面梳理，年底前推进到村", YEARS).stages
    assert [tuple(stage) for stage in stages] == [("全面梳理", "6月底前"), ("推进到村", "年底前")]
    assert read_when("6月底前期，12月底前后", YEARS).stages == ()


def test_a_missing_deadline_is_a_doubt() -> None:
    assert read_when(" ", YEARS).doubt == "no deadline is given"
