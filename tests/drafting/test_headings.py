"""What headings of tables mean, in the words that offices use for them; what is doubtful of them is said."""

from pathlib import Path

import pytest

from kfly.drafting.headings import find_role, is_heading_row
from kfly.errors import KflyError
from tests.support.drafted import drafted, titles, told
from tests.support.word_tables import TITLE

MEANINGS = {
    "due": """完成时间 办理时限 起止时间 实施期限 计划竣工时间 结束时间 年度时限 目标时限 反馈时限 完成时效
        时间节点 截止日期 攻坚时限 DueDate Timescale TargetCompletionDate ByWhen CompletionDate""",
    "lead": """牵头单位 牵头负责单位 首责单位 牵头股室 牵头委办局 市级牵头单位 牵头单位及责任人
        LeadDepartment LeadAgency WhoLeads""",
    "responsible": """责任单位 责任股室 承接单位 属地单位 责任分工 任务分工 责任单位及责任人 责任单位/责任人
        办理单位         ResponsibleDepartment ActionOwner Accountable""",
    "support": "配合单位 会办单位 联办单位 会同单位 SupportingDepartments Partners",
    "leader": "分管领导 牵头县领导 分管副县长 包保市领导",
    "title": "工作任务 测评内容 考核指标 反馈问题 对标举措 任务描述 案由 KeyActions Activity WhatWillBeDone",
    "number": "序号 项次 任务号 台账编号 Ref S/N",
    "weight": "分值 赋分 计分 权重（%）",
    "": """开始时间 开工时间 实际完成时间 交办时间 填报时间 督办单位 填报单位 备注 责任人 联系人
        目标值 单位名称 StartDate LeadOfficer Notes""",
}


@pytest.mark.parametrize(
    ("role", "words"), [(role, w) for role, its in MEANINGS.items() for w in its.split()]
)
def test_a_heading_means_what_offices_mean_by_it(role: str, words: str) -> None:
    assert find_role(words) == role


@pytest.mark.parametrize("headings", ["指标 单位 2022年 2023年目标", "序号 单位 姓名 职务", "问题 单位 来源"])
def test_headings_without_who_does_it_are_none_of_tasks(headings: str) -> None:
    assert not is_heading_row(headings.split())


def sheet(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "t.txt"
    path.write_text("\n".join((TITLE, *(row.replace("|", "\t") for row in rows))), encoding="utf-8")
    return path


def test_units_in_which_things_are_counted_are_no_organisations(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "序号|指标名称|单位|目标值|责任单位|完成时限",
        "1|新建公园|个|3|市住建局|年底",
        "2|绿地|亩|9|市住建局|年底",
    )
    draft = drafted(path)
    assert [task.parties.lead for task in draft.tasks] == [("市住建局",), ("市住建局",)]
    assert (draft.tasks[0].comments[1], draft.is_clear) == (("目标值", "3"), True)


def test_a_second_column_of_leads_is_never_dropped_unsaid(tmp_path: Path) -> None:
    draft = drafted(
        sheet(tmp_path, "序号|工作任务|市级牵头单位|镇级牵头单位|时限", "1|治水|市住建局|澄江街道|6月底")
    )
    assert draft.doubts == (
        "“镇级牵头单位” means the same as the heading of another column and was kept as a comment",
    )


def test_what_was_finished_already_is_no_deadline(tmp_path: Path) -> None:
    draft = drafted(
        sheet(tmp_path, "序号|任务|牵头单位|实际完成时间|完成时限", "1|治水|市住建局|5月20日|6月底")
    )
    assert (draft.tasks[0].when.due, draft.is_clear) == ("6月底", True)


def test_where_no_heading_says_what_is_to_be_done_the_first_other_is_taken_with_a_doubt(
    tmp_path: Path,
) -> None:
    draft = drafted(sheet(tmp_path, "序号|督办由来|牵头单位|完成时限", "1|征迁|市住建局|6月底"))
    assert titles(draft) == ["征迁"]
    assert draft.doubts == ("no heading is known to say what is to be done; “督办由来” was taken",)


def test_english_headings_are_read(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "No.|Key action|Responsible organisation|Partners|Timescale|Notes",
        "1.1|Refurbish|市住建局|市财政局|by 30 September 2022|-",
    )
    task = drafted(path).tasks[0]
    assert told(task) == ("1.1", "Refurbish", ("市住建局",), (), "by 30 September 2022")
    assert task.parties.support == ("市财政局",)


def test_a_form_whose_headings_stand_beside_what_they_name_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, "任务名称|管网改造|完成时限|9月底", "牵头单位|市住建局|责任单位|市财政局")
    with pytest.raises(KflyError, match="as forms do; write a row for each task"):
        drafted(path)


@pytest.mark.parametrize("title", ["二〇二二年度重点工作分解表", "二○二二年任务表", "二零二二年任务清单"])
def test_the_year_may_be_written_in_words(tmp_path: Path, title: str) -> None:
    path = tmp_path / "t.txt"
    path.write_text(f"{title}\n序号\t任务\t牵头单位\t时限\n1\t甲\t市科技局\t6月底", encoding="utf-8")
    assert drafted(path).year == 2022
