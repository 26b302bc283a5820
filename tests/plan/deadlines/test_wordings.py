"""How real tables write deadlines: what each wording means in a table of 2022, and what is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.plan.dates import EARLIEST
from kfly.plan.deadlines.reading import DeadlineError, TaskDeadline, read_deadline, read_task_deadline
from kfly.plan.deadlines.spans import Years
from kfly.plan.deadlines.wording import make_plain
from kfly.plan.periods import HALF, MONTH, QUARTER, YEAR

TABLE = Years(1, 2022)


def split(wordings: str) -> list[str]:
    return [wording.strip() for wording in wordings.split("|")]


DAYS = {
    "2022-06-30": split("""
        2022年6月底前 | 6月底 | 6月30日前 | 2022年上半年 | 上半年 | 6月末 | 6月底之前 | 6月底以前 |
        6月 | 6月份 | 六月底前 | 二〇二二年六月底前 | 二零二二年六月三十日 | ２０２２年６月３０日 |
        ２０２２年６月底前 | 2022年6月30日之前 | 2022年6月30日 | 2022年06月30日 | 6月30日（星期四） |
        6月30日(周四)前 | 2022.6 | 2022.06 | 2022/6 | 2022-06 | 2022.6.30 | 2022/6/30 | 2022-06-30 |
        20220630 | 二季度 | 第二季度 | 第2季度 | 2022年二季度末 | Q2 | 2022Q2 | 2022 Q2 | Q2 2022 |
        2022H1 | H1 2022 | 前两季度 | 6月下旬 | 到6月底 | 至6月底 | 于6月30日前 | 于2022年6月30日前 |
        截至2022年6月底 | 截止6月30日 | 在6月底前 | 不迟于6月30日 | 力争6月底前完成 |
        确保6月底前全面完成 | 6月底完成 | 6月底前竣工 | 6月底前完成验收 | 2022年6月底前完成。 |
        （2022年6月底前） | 完成时限：2022年6月底 | 1—6月 | 1-6月 | 2022年1—6月 | 2022年3月至6月 |
        3月1日至6月30日 | 从3月到6月 | 2022.1-2022.6 | 2021年启动，2022年6月30日前完成 |
        3月开工，6月底竣工 | June 2022 | june | Jun 2022 | June 30, 2022 | 30 June 2022 |
        30th of June | June 30th | by 30 June 2022 | by the end of June 2022 | end of June |
        end June 2022 | by June | no later than 30 June | second quarter of 2022 |
        the second quarter | first half of 2022 | by the end of Q2 2022 | until 30 June 2022 |
        from March to June 2022 | on or before 30 June 2022 | to be completed by June 2022 |
        before 30 June 2022 | 2022年6月30日止 | 止于6月30日 | 截至6月30日止 | 6月30日17:00前 | 6月30日24时前 |
        6月30日下班前 | 6月30日（含）前 | 6月30日前（含当日） | 6月（底）前 | 6月底（前） | 6月中下旬 |
        6月底前出台方案 | 6月底前印发实施 | 6月底前建成投用 | 6月底前取得阶段性成效 | 6月底前完成摸排、整治 |
        6月底前及时完成 | 6月底前完成（含验收） | 6月底前完成，超期追责 | 6月底前完成，报送工作情况 |
        6月底前完成产业结构调整 | 6月底前完成办学条件改善 | 6月底前形成长效机制 | 6月底前报送 |
        一至二季度 | 1-2季度 | 第一至二季度 |
        2022年3月 - 6月 | 三至六月 | 3月启动，6月底完成 | 2022-06-30 00:00:00 | June-2022 | Jun-2022 |
        30-Jun-2022 | Q2-2022 | Q2/2022 | 2022-Q2 | H1/2022 | 1H 2022 | end Q2 | end of H1 | end-June 2022 |
        by June 2022 at the latest | 1 June - 30 June 2022 | starting 1 June, completed by 30 June
    """),
    "2022-12-31": split("""
        12月底前 | 十二月底 | 年内 | 年底 | 年底前 | 年末 | 年底前完成 | 2022年底 | 2022年底前 |
        2022年年底前 | 2022年末 | 2022 | 2022年 | 2022年度 | 2022年内 | 全年 | 2022年全年 | 下半年 |
        四季度 | 2022年第四季度 | Q4 | 12月31日前 | 本年底前 | 本年度内 | 今年年底 | 力争年内完成 |
        到2022年 | 到2022年底前 | （2020—2022年） | 2020-2022年 | 2020年至2022年 | end of 2022 |
        by the end of 2022 | year-end | year-end 2022 | end of the year | this year |
        within the year | in 2022 | December 2022 | fourth quarter | the last quarter of 2022 |
        second half of the year | H2 | 2022年6月—12月 | 2022年6～12月 | 岁末 | 2022岁末 | 12月31日24:00前 |
        一至四季度 | end-2022 | by the year's end | EOY | EOY 2022 | FY2022 | throughout the year | 2H2022 |
        throughout 2022 | 年底前高质量完成 | 四季度（10—12月） | 三、四季度 | 11、12月份 | 第三、四季度 |
        年终 | 年终前 | 2022年终 | 年度内 | 2022年度内完成 | 2022.12.31日前 | 2022-12-31日 | 二0二二年底 |
        H2 2022 | during 2022 | June to December | June–December 2022
    """),
    "2022-09-30": split("""
        三季度 | 第三季度末 | 2022年第三季度 | 前三季度 | 三季度末前 | Q3 2022 |
        third quarter of 2022 | September | 9月中下旬 | 一至三季度 | Q1-Q3 | Q3
    """),
    "2022-06-10": split("""
        6月上旬 | 2022年6月上旬完成
    """),
    "2022-06-20": split("""
        6月中旬 | 6月中旬内 | 2022年6月中旬 | 6月上中旬
    """),
    "2022-03-15": split("""
        3月1日至15日 | 3月1-15日 | 3月15日前 | 15 March
    """),
    "2023-03-31": split("""
        次年3月底前 | 2023年一季度 | 2022年11月至2023年3月 | 11月至次年3月 | 明年3月底前
    """),
    "2017-02-28": split("""
        2016年12月1日至2017年2月28日
    """),
    "2022-03-31": split("""
        首季度 | 一季度末 | 第一季度 | Q1 | 1st quarter 2022
    """),
    "2022-07-01": split("""
        7月1日前 | before 1 July 2022 | before July 1, 2022
    """),
    "2022-08-10": split("""
        8月10日前 | 2022.8.10前 | 八月十日以前
    """),
    "2014-12-31": split("""
        2014年4月10日到2014年12月31日
    """),
    "2027-12-31": split("""
        到2027年 | 2027年底前 | by 2027
    """),
}
ONGOING = {
    None: split("""
        长期 | 长期坚持 | 持续推进 | 常态化 | 常态化推进 | 持续 | 年内持续推进 | 2022年持续推进 |
        2022年6月起持续推进 | 全年持续推进 | 长期推进 | 常年 | 持续推进，长期坚持 | ongoing |
        Ongoing | ongoing in 2022 | continuous | long-term | 全年推进 | 2022年全年推进 | 贯穿全年 |
        长期执行 | 长期有效 | 长效坚持 | 常态长效 | 持续整改 | 持续加强 | 持续提升 | 持续巩固 | 日常性工作 |
        持续性工作 | 即日起长期坚持 | 年内（持续推进） | on-going |
        长期性工作 | 日常工作 | 经常开展 | 3月启动，全年推进 | rolling | year-round
    """),
    MONTH: split("""
        每月 | 每个月 | 按月 | 逐月推进 | 每月底 | 每月20日前 | 每月报送 | 持续推进，每月调度 |
        持续推进（每月调度） | 每月至少一次 | 每月月底前 | 每月25日之前 | 每月25日前报送进度 |
        monthly | every month | 每月5日前 | 2022年每月 | 2022年3月起每月报送
    """),
    QUARTER: split("""
        每季度 | 每季 | 每季度末 | 每季度末月20日前 | 在每季度末（分别在6月、9月和12月底） |
        每季度第一个月10日前 | 每季度末最后一个月25日前 | quarterly report |
        长期坚持，每季度报告一次 | 每季度不少于1次 | 按季度 | quarterly | every quarter | ongoing, quarterly
    """),
    HALF: split("""
        持续推进，每半年总结一次 | 每半年 | 每半年度 | half-yearly | every six months
    """),
    YEAR: split("""
        每年 | 每年度 | annually | every year | 每年6月底前 | 每年12月底前完成 | 每年一季度
    """),
}
TWO_READINGS = {
    "2027年前": ("2026-12-31", "2027-12-31"),
    "到2027年前": ("2026-12-31", "2027-12-31"),
    "8月前": ("2022-07-31", "2022-08-31"),
    "八月前完成": ("2022-07-31", "2022-08-31"),
    "2022年8月之前": ("2022-07-31", "2022-08-31"),
    "8月份以前": ("2022-07-31", "2022-08-31"),
    "三季度前": ("2022-06-30", "2022-09-30"),
    "下半年前": ("2022-06-30", "2022-12-31"),
    "6月下旬前": ("2022-06-20", "2022-06-30"),
    "6月中旬前": ("2022-06-10", "2022-06-20"),
    "上半年前": ("2021-12-31", "2022-06-30"),
    "第二季度前": ("2022-03-31", "2022-06-30"),
    "2022.12前": ("2022-11-30", "2022-12-31"),
    "before July": ("2022-06-30", "2022-07-31"),
    "before 2027": ("2026-12-31", "2027-12-31"),
    "before August 2022": ("2022-07-31", "2022-08-31"),
    "before Q3 2022": ("2022-06-30", "2022-09-30"),
}
STARTS = split("""
    5月底前动工 | 2020年启动 | 2022年9月1日起 | 从2023年第二季度起 | 6月开工 | 年内开工 |
    预计或争取年内开工 | 5月底前开工建设 | 自2022年3月起 | 6月启动实施 | starting May 2022 |
    starts in May | from June 2022 | begin by March | 6月底前启动招标 | 2022年3月起 | 下半年开始 |
    2022年3月起实施 | 自2022年4月1日起施行 | 即日起 | 6月底前完成前期工作后开工
""")
SEVERAL = (
    "6月底前，并长期坚持",
    "持续推进，6月底前",
    "2022年6月底前完成，并长期坚持",
    "6月底前完成、9月底前完成",
    "每月，每季度",
    "3月底，6月底",
    "6月和12月",
    "6月底及12月底前",
    "9月底前完成招标并开工",
    "9月底前完成招标，年底开工",
    "至2022年底并长期坚持",
    "长期坚持，6月底",
    "6月底前完成招标、年底竣工",
    "6月底前,并持续推进",
    "12月底,持续推进",
    "持续到6月底",
    "12月底前持续推进",
    "长期坚持至2025年底",
    "每月报送至年底",
    "6月底前（力争5月底）",
    "每年3月、9月",
    "每年3月和9月",
    "每年6月底前报送，2022年完成",
)
REFUSED = [
    "",
    "九" * 200,
    *split("""
    尽快 | 待定 | 春节前 | 国庆节前 | 7日之内 | 30日内 | 一个月内 | 3个月内 | 两年内 | 当月下旬 |
    月末 | 本月底前 | 底 | 中期（1-2年） | 短期攻坚、中期推进和长期坚持 | 22年底 | 6月31日 |
    2月29日 | 2022年13月 | 13月底 | 2022年0月 | 1899年底 | 2200年 | 6月初 | 年中 | 每周 | 每日 |
    11月至2月 | 2022年11月至2月 | 2022-13 | 2022/24 | 2022-02-30 | 6.30 | 30 | 见附件 | 完成50% |
    6月底前完成50% | 预计6月完成 | 第五季度 | Q5 | soon | asap | mid-June | early 2022 |
    within 7 days | spring | weekly | 立即 | 即知即改 | 立行立改 | 适时 | 按序时进度 |
    2022年“五一”前 | 十四五末 | 6月底前完成一半 | 6月底前完成过半 | 6月底前完成第一阶段 | 每两个月 |
    6月31日前完成 | 12月31日0时前 | Jun-22 | 06/05/2022 |
    every week | June 31 | 30 February 2022 | true | None |
    6月底前完成招标年底竣工 | 6月底前完成后长期坚持 | 6月底前完成方案制定下半年组织实施 |
    6月底前完成首批建设 |
    6月底前完成大部分 | 6月底前完成三分之一 | 6月底前完成任务过半 | 6月底前分批完成 | 6月底前逐步完成 |
    6月底前完成，其余年底前完成 |
    6月底前完成（一期） | 6月底前完成（首批） | 6月底前完成，后续持续推进 | 6月底前完成，其余后续完成 |
    6月底前完成前三项 | 6月底前，如遇汛期顺延 | 6月底（延期至9月底） | 6月底（原3月底） | 6月30日前一周 |
    6、12月 |
    5、6月底 | 不早于6月30日 | ongoing until December 2022 | June 2022 onwards | 05/06/2022 | 6月30日0时 |
    长期未定 | 6月6月 | 2022年2022年 | 终 | 每年二次 | 6月底前完成半数 | 6月底前完成两个项目 |
    6月底前完成首个 | 6月底前完成首轮 | 6月底前完成头批 |
        6月底前完成主体工程，国庆节投用 | 6月底前完成，确保入汛投用 | 6月底前完成，可顺延 |
    6月底前完成，可适当延期 | 6月底前完成，根据上级要求调整 | 6月底前完成，条件成熟时推广 |
    6月底前完成，适时评估 | 6月底前完成，择期验收 | 6月底前完成，尽快投用 | 6月底前完成（特殊情况除外）
"""),
]


def listed(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(wording, day) for day, wordings in table.items() for wording in wordings]


@pytest.mark.parametrize(("wording", "day"), listed(DAYS))
def test_a_deadline_is_the_last_day_that_the_words_can_mean(wording: str, day: str) -> None:
    assert read_deadline(wording, TABLE).isoformat() == day


@pytest.mark.parametrize(
    ("wording", "every"), [(wording, every) for every, its in ONGOING.items() for wording in its]
)
def test_what_goes_on_has_no_deadline(wording: str, every: str | None) -> None:
    assert read_task_deadline(wording, TABLE) == TaskDeadline(None, every)
    with pytest.raises(DeadlineError):
        read_deadline(wording, TABLE)


def test_a_deadline_may_say_how_often_a_report_is_wanted() -> None:
    found = read_task_deadline("年内完成，每季度报送进展", TABLE)
    assert (str(found.due), found.report_every) == ("2022-12-31", QUARTER)


@pytest.mark.parametrize(("wording", "days"), TWO_READINGS.items())
def test_what_can_mean_two_days_is_refused_with_both(wording: str, days: tuple[str, str]) -> None:
    with pytest.raises(DeadlineError) as refused:
        read_task_deadline(wording, TABLE)
    assert str(refused.value) == f"“{wording}” can mean {days[0]} or {days[1]}; write the day itself"


@pytest.mark.parametrize("wording", STARTS)
def test_a_start_is_no_deadline(wording: str) -> None:
    with pytest.raises(DeadlineError, match="says when something starts") as refused:
        read_task_deadline(wording, TABLE)
    assert f"“{wording}”" in str(refused.value)


@pytest.mark.parametrize("wording", SEVERAL)
def test_two_things_in_one_cell_are_refused(wording: str) -> None:
    with pytest.raises(DeadlineError, match=f"“{wording}” says several things"):
        read_task_deadline(wording, TABLE)


@pytest.mark.parametrize("wording", REFUSED)
def test_all_else_is_refused_and_quoted(wording: str) -> None:
    with pytest.raises(DeadlineError) as refused:
        read_task_deadline(wording, TABLE)
    assert f"“{wording}”" in str(refused.value)


@pytest.mark.parametrize(
    ("wording", "day"),
    [
        ("2024/25Q3", "2024-12-31"),
        ("三季度", "2024-12-31"),
        ("上半年", "2024-09-30"),
        ("年底", "2025-03-31"),
        ("2024年", "2025-03-31"),
        ("2024/25", "2025-03-31"),
        ("end of 2024", "2025-03-31"),
        ("2月底", "2025-02-28"),
        ("5月底", "2024-05-31"),
        ("2024年2月底", "2024-02-29"),
        ("11月至2月", "2025-02-28"),
        ("前三季度", "2024-12-31"),
    ],
)
def test_a_plan_whose_years_begin_in_april_means_its_own(wording: str, day: str) -> None:
    assert read_deadline(wording, Years(4, 2024)).isoformat() == day


def test_a_year_left_out_where_no_table_says_which_is_refused() -> None:
    assert read_deadline("2022年6月底", Years()).isoformat() == "2022-06-30"
    for wording in ("6月底", "年底", "Q3", "June"):
        with pytest.raises(DeadlineError):
            read_deadline(wording, Years())


@given(
    text=st.text(
        alphabet="0123456789年月日底末前至到-—. ()（），第三季度上半旬每持续长期起完成内Qqend ofJune２一十〇",
        max_size=20,
    )
)
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    with suppress(DeadlineError):
        found = read_task_deadline(text, TABLE)
        assert found.due is None or found.due.year >= EARLIEST


@given(text=st.text(max_size=30))
def test_anything_at_all_is_made_plain(text: str) -> None:
    assert isinstance(make_plain(text), str)
