"""Lists without a table: items that say in brackets, or on lines of their own, who does them and by when."""

from pathlib import Path

import pytest

from tests.support.drafted import doubts, drafted, numbers, titles, told

TITLE = "2022年工作要点"


def text(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "t.txt"
    path.write_text("\n".join((TITLE, *lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "bracket",
    [
        "（牵头单位：市科技局；责任单位：市财政局、市住建局；完成时限：6月底）",
        "(牵头单位:市科技局;责任单位:市财政局、市住建局;完成时限:6月底)",
        "〔牵头单位：市科技局，责任单位：市财政局、市住建局，6月底完成〕",
        "【牵头部门：市科技局 责任部门：市财政局，市住建局；完成时间：6月底】",
        "（牵头单位：市科技局；责任单位：市财政局、市住建局；6月底完成）",
        "\n牵头单位：市科技局\n责任单位：市财政局、市住建局\n完成时限：6月底",
        "牵头单位：市科技局；责任单位：市财政局、市住建局；完成时限：6月底。",
        "（市科技局牵头，市财政局、市住建局按职责分工负责，6月底完成）",
    ],
)
def test_every_form_of_bracket_says_who_and_when(tmp_path: Path, bracket: str) -> None:
    draft = drafted(text(tmp_path, f"1. 设立专项资金。{bracket}"))
    assert [told(task) for task in draft.tasks] == [
        (1, "设立专项资金", ("市科技局",), ("市财政局", "市住建局"), "6月底")
    ]
    assert draft.is_clear


def test_nested_brackets_belong_to_the_name(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1. 甲事。〔牵头单位：市财政局，责任单位：各街道（功能区）；6月底完成〕"))
    assert draft.tasks[0].parties.responsible == ("各街道（功能区）",)
    assert [unknown.name for unknown in draft.unknown] == ["各街道（功能区）"]


def test_several_brackets_in_one_item_are_several_tasks(tmp_path: Path) -> None:
    item = (
        "3. 加强服务。建立台账（牵头单位：市科技局；6月底完成）。开展评审（牵头单位：市财政局；9月底完成）。"
    )
    draft = drafted(text(tmp_path, item))
    assert numbers(draft) == ["3-1", "3-2"]
    assert titles(draft) == ["加强服务", "开展评审"]
    assert draft.tasks[0].comments == (("text", "建立台账"),)
    assert [task.parties.lead for task in draft.tasks] == [("市科技局",), ("市财政局",)]


def test_the_heading_of_a_long_item_is_its_title_and_the_rest_a_comment(tmp_path: Path) -> None:
    draft = drafted(
        text(tmp_path, "1. 摸清家底。全面排查闲置楼宇，建立信息库。（牵头单位：市科技局；6月底完成）")
    )
    assert titles(draft) == ["摸清家底"]
    assert draft.tasks[0].comments[0] == ("text", "全面排查闲置楼宇，建立信息库")


def test_figures_behind_the_title_are_proposed_as_well(tmp_path: Path) -> None:
    item = "1. 盘活楼宇。全年改造楼宇10栋。（牵头单位：市科技局；6月底完成）"
    (figure,) = drafted(text(tmp_path, item)).tasks[0].figures
    assert (figure.target, figure.amount) == ("buildings_renovated", "10")


def test_items_that_a_page_has_broken_are_joined(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1. 建立", "信息库（牵头单位：市", "科技局；6月底完成）"))
    assert [told(task)[:3] for task in draft.tasks] == [(1, "建立信息库", ("市科技局",))]


def test_headings_are_chapters_and_items_without_a_bracket_are_passed_over(tmp_path: Path) -> None:
    draft = drafted(
        text(
            tmp_path,
            "一、优化环境",
            "1. 甲事（牵头单位：市科技局；6月底完成）",
            "2. 没有人负责的事，写得很长很长，所以它不是标题。后面还有一句话说明情况。",
            "二、保障措施",
            "3. 乙事（牵头单位：市财政局；9月底完成）",
        )
    )
    assert numbers(draft) == [1, 3]
    assert [task.chapter for task in draft.tasks] == ["一、优化环境", "二、保障措施"]
    assert [passed.why for passed in draft.passed] == ["a heading", "says nobody who does it", "a heading"]
    assert (draft.seen, draft.gaps) == (5, (2,))


def test_numbers_that_begin_anew_take_the_chapter_before_them(tmp_path: Path) -> None:
    item = "1. 甲事（牵头单位：市科技局；6月底完成）"
    draft = drafted(text(tmp_path, "一、环境", item, "二、产业", item))
    assert numbers(draft) == ["一-1", "二-1"]


def test_of_a_list_the_first_leads_where_the_cover_note_says_so(tmp_path: Path) -> None:
    draft = drafted(
        text(
            tmp_path,
            "列第一位的责任单位为牵头单位。",
            "1. 甲事（责任单位：市科技局、市财政局；6月底完成）",
        )
    )
    assert told(draft.tasks[0])[2:4] == (("市科技局",), ("市财政局",))
    assert draft.is_clear


def test_without_such_a_rule_it_is_asked_who_leads(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1. 甲事（责任单位：市科技局、市财政局；6月底完成）"))
    assert draft.tasks[0].parties.lead == ()
    assert doubts(draft) == ["nobody is said to lead it; is it 市科技局?"]


def test_items_beside_a_table_are_told_of(tmp_path: Path) -> None:
    table = ["序号\t内容\t牵头部门\t责任部门\t完成时限", "1\t甲事\t市财政局\t\t6月底"]
    draft = drafted(text(tmp_path, "1. 乙事（牵头单位：市科技局；6月底完成）", *table))
    assert titles(draft) == ["甲事"]
    assert draft.remarks == ("items outside of the table that name organisations, passed over: 1",)


def test_a_bracket_that_is_not_closed_is_doubted(tmp_path: Path) -> None:
    item = "1. 甲事（牵头单位：市科技局；6月底完成；乙事（牵头单位：市财政局；9月底完成）"
    draft = drafted(text(tmp_path, item))
    assert doubts(draft)[0].startswith("a bracket is not closed: “（牵头单位：市科技局；")


def test_a_short_item_among_others_that_says_nobody_is_no_chapter(tmp_path: Path) -> None:
    lines = ["1. 甲事（牵头单位：市科技局；6月底）", "2. 加强宣传。", "3. 乙事（牵头单位：市财政局；6月底）"]
    draft = drafted(text(tmp_path, *lines))
    assert [(passed.why, passed.text) for passed in draft.passed] == [
        ("says nobody who does it", "2. 加强宣传。")
    ]
    assert [task.chapter for task in draft.tasks] == ["", ""]
    assert draft.gaps == (2,)


@pytest.mark.parametrize(
    ("bracket", "responsible", "due"),
    [
        (
            "（市委组织部、市人社局按职责分工负责，2022年12月底前完成）",
            ("市委组织部", "市人社局"),
            "2022年12月底前",
        ),
        ("（市委组织部、市人社局分别负责；9月底）", ("市委组织部", "市人社局"), "9月底"),
        ("（市委组织部、市人社局）。", ("市委组织部", "市人社局"), ""),
    ],
)
def test_who_answers_is_told_before_the_deadline_or_by_names_alone(
    tmp_path: Path, bracket: str, responsible: tuple[str, ...], due: str
) -> None:
    first = "1. 设立专项资金（试行）。（牵头单位：市科技局；6月底）"
    draft = drafted(text(tmp_path, first, f"2. 引进人才{bracket}", "3. 完善办法（试行）"))
    assert titles(draft) == ["设立专项资金（试行）", "引进人才"]
    assert (draft.tasks[1].parties.responsible, draft.tasks[1].when.due) == (responsible, due)
    assert "nobody is said to lead it" in doubts(draft)[0]
    assert [passed.text for passed in draft.passed] == ["3. 完善办法（试行）"]


@pytest.mark.parametrize(
    "bracket",
    [
        "（牵头单位：市科技局；责任单位：市财政局）（6月底前）",
        "（6月底前）（牵头单位：市科技局；责任单位：市财政局）",
        "（牵头单位：市科技局）（责任单位：市财政局）（完成时限：6月底前）",
        "\n（牵头单位：市科技局；责任单位：市财政局）\n（完成时限：6月底前）",
        "【牵头单位】市科技局；【责任单位】市财政局；【完成时限】6月底前",
        "\n【牵头单位】市科技局\n【责任单位】市财政局\n【完成时限】6月底前",
        "〔牵头单位 市科技局；责任单位 市财政局；6月底前〕",
        "（牵头单位—市科技局；责任单位—市财政局；时限—6月底前）",
    ],
)
def test_labels_and_deadlines_may_stand_in_brackets_of_their_own(tmp_path: Path, bracket: str) -> None:
    draft = drafted(text(tmp_path, f"1. 设立专项资金。{bracket}", f"2. 组建集团。{bracket}"))
    told_of_all = [told(task)[1:] for task in draft.tasks]
    assert told_of_all == [
        (title, ("市科技局",), ("市财政局",), "6月底前") for title in ("设立专项资金", "组建集团")
    ]
    assert draft.is_clear


def test_years_of_a_programme_beside_a_bracket_are_no_deadline(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1. 实施三年行动（2022—2025年）（牵头单位：市科技局）"))
    assert titles(draft) == ["实施三年行动（2022—2025年）"]
    assert doubts(draft) == ["no deadline is given"]


@pytest.mark.parametrize(
    ("bracket", "lead", "due"),
    [("（市财政局；6月30日前）", "市财政局", "6月30日前"), ("（9月份，市委组织部）", "市委组织部", "9月份")],
)
def test_a_name_and_a_day_in_a_bracket_make_a_task(tmp_path: Path, bracket: str, lead: str, due: str) -> None:
    draft = drafted(text(tmp_path, f"1. 兑现资金{bracket}"))
    assert [told(task) for task in draft.tasks] == [(1, "兑现资金", (lead,), (), due)]


def test_a_title_on_a_line_of_its_own_ends_with_it(tmp_path: Path) -> None:
    who = "牵头单位：市商务局\n完成时限：6月底"
    draft = drafted(text(tmp_path, f"1.开拓市场\n组织50家企业参加广交会和进博会。\n{who}"))
    assert (titles(draft), draft.tasks[0].comments) == (
        ["开拓市场"],
        (("text", "组织50家企业参加广交会和进博会"),),
    )


def test_a_title_broken_at_the_edge_of_a_page_is_whole(tmp_path: Path) -> None:
    who = "（牵头单位：市商务局；完成时限：6月底）"
    draft = drafted(text(tmp_path, f"1.组织五十家企业参加广交会和进博会并\n签订一批合同{who}"))
    assert titles(draft) == ["组织五十家企业参加广交会和进博会并签订一批合同"]


def test_without_numbers_the_title_may_stand_above_who_does_it(tmp_path: Path) -> None:
    item = ("打造夜间经济集聚区3个。", "牵头单位：市商务局", "完成时限：8月底", "")
    draft = drafted(text(tmp_path, "", *item, *item))
    assert titles(draft) == ["打造夜间经济集聚区3个"] * 2


def test_an_item_above_others_is_their_chapter_alone(tmp_path: Path) -> None:
    who = "（牵头单位：市科技局；6月底）"
    draft = drafted(
        text(tmp_path, "一、重点", f"（一）甲事{who}", "（二）乙类", f"1.丙事{who}", f"（三）丁事{who}")
    )
    assert [(task.title, task.chapter) for task in draft.tasks] == [
        ("甲事", "一、重点"),
        ("丙事", "（二）乙类"),
        ("丁事", "一、重点"),
    ]
    assert draft.is_clear


def test_an_item_that_says_nobody_among_others_of_its_chapter_is_doubted(tmp_path: Path) -> None:
    who = "（牵头单位：市科技局；6月底）"
    lines = (
        f"1.甲事{who}",
        "2.乙事，写得很长很长，所以它不是标题。还有一句。",
        f"3.丙事{who}",
        "二、保障",
        "4.加强领导。",
    )
    draft = drafted(text(tmp_path, *lines))
    assert draft.doubts == ("items that say nobody who does them, passed over: 2",)


def test_who_is_named_before_the_first_number_is_doubted(tmp_path: Path) -> None:
    who = "（牵头单位：市科技局；6月底）"
    assert "before the first numbered item" in drafted(text(tmp_path, f"甲事{who}", f"1.乙事{who}")).doubts[0]


def test_items_behind_a_table_are_doubted(tmp_path: Path) -> None:
    table = ["序号\t内容\t牵头部门\t责任部门\t完成时限", "1\t甲事\t市财政局\t\t6月底"]
    draft = drafted(text(tmp_path, *table, "", "1. 乙事（牵头单位：市科技局；6月底完成）"))
    assert draft.doubts == ("items outside of the table that name organisations, passed over: 1",)


@pytest.mark.parametrize(
    ("marks", "given"),
    [
        (("⑴", "⑵"), ["⑴", "⑵"]),
        (("1）", "2）"), [1, 2]),
        (("任务一：", "任务二："), ["任务一", "任务二"]),
        (("第1条 ", "第2条 "), [1, 2]),
    ],
)
def test_items_are_numbered_in_many_ways(
    tmp_path: Path, marks: tuple[str, str], given: list[int | str]
) -> None:
    who = "（牵头单位：市科技局；6月底）"
    draft = drafted(text(tmp_path, *(f"{mark}推进改革{who}" for mark in marks)))
    assert (numbers(draft), titles(draft)) == (given, ["推进改革"] * 2)


def test_dashes_before_labels_are_no_part_of_them(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1.推进改革", "——牵头单位：市科技局", "• 完成时限：6月底"))
    assert [told(task) for task in draft.tasks] == [(1, "推进改革", ("市科技局",), (), "6月底")]


def find_lead_below(tmp_path: Path, said: str) -> tuple[str, ...]:
    """Who leads an item of two responsible ones below some words."""
    draft = drafted(text(tmp_path, f"{said}。", "1. 甲事（责任单位：市科技局、市财政局；6月底完成）"))
    return draft.tasks[0].parties.lead


@pytest.mark.parametrize(
    "said",
    [
        "每月第一个工作日由市科技局牵头召开会议",
        "责任单位排名不分先后，第一位不是牵头单位",
        "争创全省第一，由市科技局牵头",
    ],
)
def test_words_about_what_is_first_are_no_rule_about_who_leads(tmp_path: Path, said: str) -> None:
    assert find_lead_below(tmp_path, said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "责任单位排名第一的为牵头单位",
        "排在首位的单位为牵头单位",
        "各项任务第一责任单位为牵头单位",
        "列第一位的责任单位为牵头单位",
        "责任单位第一个为牵头单位",
    ],
)
def test_a_rule_about_who_leads_is_said_in_many_ways(tmp_path: Path, said: str) -> None:
    assert find_lead_below(tmp_path, said) == ("市科技局",)


def test_a_rule_within_one_item_says_nothing_of_the_others(tmp_path: Path) -> None:
    ruled = "1. 甲事（责任单位：市科技局、市财政局（排名第一的为牵头单位）；6月底）"
    draft = drafted(text(tmp_path, ruled, "2. 乙事（责任单位：市住建局、市发改委；6月底）"))
    assert [task.parties.lead for task in draft.tasks] == [("市科技局",), ()]


def test_a_numbered_item_is_never_joined_to_the_labels_of_the_one_above(tmp_path: Path) -> None:
    lines = (
        "1.甲事。",
        "责任单位：市科技局",
        "2.乙事（牵头单位：市财政局）",
        "3.丙事。",
        "牵头单位：市住建局",
    )
    draft = drafted(text(tmp_path, *lines))
    assert [(task.number, task.title, task.parties.lead) for task in draft.tasks] == [
        (1, "甲事", ("市科技局",)),
        (2, "乙事", ("市财政局",)),
        (3, "丙事", ("市住建局",)),
    ]


def test_labels_in_boxes_need_nothing_between_them(tmp_path: Path) -> None:
    line = "1.甲事【责任单位】市科技局【配合单位】市财政局【完成时限】持续推进"
    task = drafted(text(tmp_path, line)).tasks[0]
    assert (task.title, task.parties.lead, task.parties.support) == ("甲事", ("市科技局",), ("市财政局",))
    assert (task.when.ongoing, task.doubts) == (True, ())


@pytest.mark.parametrize(
    "line",
    [
        "1.甲事（责任单位：市科技局；6月底），乙事（各镇街园区）。",
        "1.治理。①甲事（市住建局）；②乙事（市科技局；6月底）",
    ],
)
def test_names_beside_the_bracket_of_an_item_are_doubted(tmp_path: Path, line: str) -> None:
    found = doubts(drafted(text(tmp_path, line)))
    assert any(doubt.startswith("organisations are named within its text: ") for doubt in found)


def test_groups_of_places_answer_for_an_item(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1.甲事（各镇街园区负责，6月底）", "2.乙事（各镇负责，6月底）"))
    assert [task.parties.lead for task in draft.tasks] == [("各镇街园区",), ("各镇",)]


def test_what_stands_behind_the_last_item_without_a_number_is_told(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "甲事（市科技局负责，6月底）", "乙事由某单位推进"))
    assert [(passed.why, passed.text) for passed in draft.passed][-1:] == [
        ("text behind an item", "乙事由某单位推进")
    ]
    assert draft.seen == len(draft.tasks) + len(draft.passed)


def test_bullets_and_emphasis_are_no_part_of_a_title(tmp_path: Path) -> None:
    lines = ("- **甲事**（市科技局牵头，6月底）", "• 乙事（1）（市财政局牵头，6月底）")
    assert titles(drafted(text(tmp_path, *lines))) == ["甲事", "乙事（1）"]


def test_labels_behind_a_title_on_its_own_line_say_who_and_when(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1、甲事 牵头单位：市科技局 责任单位：市财政局 完成时限：6月底"))
    assert [told(task) for task in draft.tasks] == [(1, "甲事", ("市科技局",), ("市财政局",), "6月底")]


def test_a_deadline_may_stand_before_who_does_it(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "1.甲事。", "完成时限：年底", "牵头单位：市科技局"))
    assert [told(task) for task in draft.tasks] == [(1, "甲事", ("市科技局",), (), "年底")]


def test_items_without_numbers_may_give_names_alone(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, "一是甲事。（市科技局）", "二是乙事。（市财政局牵头，6月底）"))
    assert [task.parties.lead for task in draft.tasks] == [("市科技局",), ("市财政局",)]
