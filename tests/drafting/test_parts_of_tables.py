"""What one table may hold: several tables, chapters with numbered chapters, rows that go on with others."""

from pathlib import Path

import pytest
import xlsxwriter

from kfly.errors import KflyError
from tests.support.drafted import doubts, drafted, numbers, told

HEADS = ("序号", "工作任务", "牵头单位", "责任单位", "完成时限")
TURNED = ("序号", "工作任务", "完成时限", "牵头单位", "责任单位")
FIRST = (1, "甲项工作", "市科技局", "市财政局", "6月底")


def book(path: Path, *rows: tuple[object, ...], merges: tuple[tuple[int, ...], ...] = ()) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("表")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    return path


def test_a_table_below_another_is_read_by_its_own_headings(tmp_path: Path) -> None:
    turned = (1, "乙项工作", "9月底", "市住建局", "市发改委")
    path = book(
        tmp_path / "t.xlsx", ("2022年上半年任务",), HEADS, FIRST, (), ("2022年下半年任务",), TURNED, turned
    )
    draft = drafted(path)
    assert [told(task) for task in draft.tasks] == [
        ("1-1", "甲项工作", ("市科技局",), ("市财政局",), "6月底"),
        ("2-1", "乙项工作", ("市住建局",), ("市发改委",), "9月底"),
    ]
    assert (draft.tasks[1].chapter, draft.is_clear) == ("2022年下半年任务", True)


def test_a_table_of_another_year_below_keeps_its_year(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, FIRST, (), ("2023年任务表",), HEADS, FIRST)
    assert [drafted(path, year).tasks[0].row for year in (2022, 2023)] == [("表", 3), ("表", 7)]


def test_headings_in_two_rows_need_no_merged_cells(tmp_path: Path) -> None:
    upper = ("序号", "工作任务", "责任分工", None, "完成时限")
    lower = (None, None, "牵头单位", "配合单位", None)
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), upper, lower, FIRST))
    assert told(draft.tasks[0]) == (1, "甲项工作", ("市科技局",), (), "6月底")
    assert draft.tasks[0].parties.support == ("市财政局",)


@pytest.mark.parametrize("number", ["一", "（一）", "第一部分", "A"])
def test_a_chapter_may_have_a_number_of_its_own(tmp_path: Path, number: str) -> None:
    path = book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, (number, "基础设施"), FIRST)
    draft = drafted(path)
    assert numbers(draft) == [1]
    assert (draft.tasks[0].chapter.endswith("基础设施"), draft.is_clear) == (True, True)


def test_a_merged_chapter_with_a_number_like_those_of_tasks_is_a_chapter(tmp_path: Path) -> None:
    path = book(
        tmp_path / "t.xlsx", ("2022年任务表",), HEADS, ("1", "基础设施"), FIRST, merges=((2, 1, 2, 4),)
    )
    assert [passed.why for passed in drafted(path).passed][-1] == "a chapter"


def test_a_task_that_says_neither_who_nor_when_is_no_chapter(tmp_path: Path) -> None:
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, FIRST, (2, "乙项工作")))
    assert numbers(draft) == [1, 2]
    assert doubts(draft) == ["nobody leads it", "no deadline is given"]


def test_numbers_that_begin_anew_in_each_class_are_told_apart_by_it(tmp_path: Path) -> None:
    rows = [("教育", *FIRST), (None, 2, *FIRST[1:]), ("医疗", *FIRST), (None, 2, *FIRST[1:])]
    path = book(
        tmp_path / "t.xlsx",
        ("2022年任务表",),
        ("类别", *HEADS),
        *rows,
        merges=((2, 0, 3, 0), (4, 0, 5, 0)),
    )
    draft = drafted(path)
    assert (numbers(draft), draft.is_clear) == (["1-1", "1-2", "2-1", "2-2"], True)


def test_a_row_of_progress_goes_on_with_the_task_above(tmp_path: Path) -> None:
    rows = [(*FIRST, "1月：已办2件"), (None, None, None, None, None, "2月：已办4件")]
    merges = tuple((2, column, 3, column) for column in range(5))
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), (*HEADS, "进展"), *rows, merges=merges))
    assert numbers(draft) == [1]
    assert draft.tasks[0].comments == (("进展", "1月：已办2件"), ("进展", "2月：已办4件"))
    assert draft.passed[-1].why == "goes on with the row above"


def test_a_list_of_people_behind_the_tasks_is_no_doubt(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as workbook:
        for rows in (
            (("2022年任务表",), HEADS, FIRST),
            (("姓名", "单位", "电话"), ("王强", "市科技局", "1")),
        ):
            sheet = workbook.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    draft = drafted(tmp_path / "t.xlsx")
    assert (numbers(draft), draft.is_clear) == ([1], True)


def test_a_rule_in_a_row_across_the_table_says_who_leads(tmp_path: Path) -> None:
    heads, row = ("序号", "工作任务", "责任单位", "完成时限"), (1, "甲项工作", "市科技局、市财政局", "6月底")
    path = book(
        tmp_path / "t.xlsx", ("2022年任务表",), heads, row, ("责任单位排名第一的为牵头单位，不另通知。",)
    )
    draft = drafted(path)
    assert (draft.tasks[0].parties.lead, draft.tasks[0].parties.responsible) == (("市科技局",), ("市财政局",))


def test_parts_of_a_task_numbered_like_those_who_do_them_are_doubted(tmp_path: Path) -> None:
    row = (1, "1.编制规划\n2.建设平台", "1.市发改委\n2.市科技局", "", "6月底")
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, row))
    assert draft.tasks[0].title == "1.编制规划 2.建设平台"
    assert doubts(draft) == ["its parts and “1.市发改委 2.市科技局” are numbered: who does which of them?"]


def test_a_name_spaced_out_to_the_width_of_others_is_one(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("2022年任务表",), (*HEADS, "分管领导"), (*FIRST, "王  强"))
    assert drafted(path).tasks[0].leader == "王强"


@pytest.mark.parametrize("number", ["1.1", "（1）", "①", "X-1"])
def test_a_part_of_a_task_that_says_nothing_is_no_chapter(tmp_path: Path, number: str) -> None:
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, FIRST, (number, "子任务")))
    assert [task.title for task in draft.tasks] == ["甲项工作", "子任务"]
    assert "nobody leads it" in doubts(draft)


def test_below_a_heading_of_leads_the_word_organisation_means_leads(tmp_path: Path) -> None:
    upper = ("序号", "工作任务", "牵头单位", None, "配合单位", None, "完成时限")
    lower = (None, None, "单位", "责任人", "单位", "责任人", None)
    row = (1, "甲项工作", "市科技局", "王强", "市财政局", "李明", "6月底")
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), upper, lower, row))
    assert (draft.tasks[0].parties.lead, draft.tasks[0].parties.support) == (("市科技局",), ("市财政局",))
    assert draft.is_clear


def test_organisations_under_a_second_heading_are_doubted_though_it_may_mean_units(tmp_path: Path) -> None:
    heads = ("序号", "工作任务", "单位", "责任单位", "完成时限")
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), heads, FIRST))
    assert draft.tasks[0].parties.lead == ("市财政局",)
    assert draft.doubts[0].startswith("“单位” means the same as the heading of another column")


def test_who_checked_the_table_is_no_task(tmp_path: Path) -> None:
    signed = ("审核人：张三", None, "填表人：李四")
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, FIRST, signed))
    assert (numbers(draft), draft.passed[-1].why, draft.is_clear) == ([1], "a note", True)


def test_of_two_cells_under_the_title_the_first_is_what_the_task_belongs_to(tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    path.write_text(
        "<p>2022年任务表</p><table><tr><td>序号<td colspan=2>工作任务<td>牵头单位<td>完成时限</tr>"
        "<tr><td>1<td>创新<td>建设平台<td>市科技局<td>6月底</tr></table>",
        encoding="utf-8",
    )
    draft = drafted(path)
    assert (draft.tasks[0].title, draft.tasks[0].comments[0]) == ("建设平台", ("工作任务", "创新"))
    assert doubts(draft) == ["two cells stand under 工作任务"]


def test_a_day_of_issue_at_the_end_of_a_year_does_not_say_the_year_of_the_table(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ("重点任务分解",), ("印发日期：2022年12月28日",), HEADS, FIRST)
    with pytest.raises(KflyError, match="does not say of which year it is"):
        drafted(path)


def test_a_task_whose_cells_are_merged_is_no_chapter(tmp_path: Path) -> None:
    rows = ((1, "甲项工作", "", "", ""), (2, *FIRST[1:]), (3, *FIRST[1:]))
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), HEADS, *rows, merges=((2, 1, 2, 4),)))
    assert numbers(draft) == [1, 2, 3]
    assert doubts(draft)[0].startswith("one cell stands under several headings")


def test_chapters_that_are_numbered_as_their_tasks_stay_chapters(tmp_path: Path) -> None:
    chapters = [(n, f"第{n}类", "", "", "") for n in (1, 2, 3)]
    rows = (chapters[0], FIRST, (2, *FIRST[1:]), chapters[1], FIRST, chapters[2], FIRST)
    path = book(
        tmp_path / "t.xlsx",
        ("2022年任务表",),
        HEADS,
        *rows,
        merges=((2, 1, 2, 4), (5, 1, 5, 4), (7, 1, 7, 4)),
    )
    assert numbers(drafted(path)) == ["1-1", "1-2", "2-1", "3-1"]


def test_when_a_task_begins_is_no_deadline_though_both_stand_below_one_heading(tmp_path: Path) -> None:
    heads = (*HEADS, "")
    below = ("", "", "", "", "开始时间", "完成时间")
    rows = ((*FIRST[:4], "3月", "6月底"), (2, *FIRST[1:4], "4月", ""))
    path = book(tmp_path / "t.xlsx", ("2022年任务表",), heads, below, *rows, merges=((1, 4, 1, 5),))
    draft = drafted(path)
    assert [task.when.due for task in draft.tasks] == ["6月底", ""]
    assert doubts(draft) == ["no deadline is given"]


@pytest.mark.parametrize(
    ("persons", "leader"),
    [
        ("王  强\n李小明", "王强、李小明"),
        ("副市长\n张三", "副市长张三"),
        ("市委常委、\n副市长", "市委常委、副市长"),
        ("欧\n阳", "欧阳"),
    ],
)
def test_persons_on_lines_of_their_own_are_several(tmp_path: Path, persons: str, leader: str) -> None:
    heads = (*HEADS, "分管领导")
    draft = drafted(book(tmp_path / "t.xlsx", ("2022年任务表",), heads, (*FIRST, persons)))
    assert draft.tasks[0].leader == leader


def test_a_name_below_a_task_is_no_title_of_the_table_below(tmp_path: Path) -> None:
    below = (None, None, "市人社局")
    path = book(
        tmp_path / "t.xlsx", ("2022年任务表",), HEADS, FIRST, below, (), ("2022年实事",), HEADS, FIRST
    )
    draft = drafted(path)
    assert [task.parties.lead for task in draft.tasks] == [("市科技局",), ("市人社局",), ("市科技局",)]
    assert not draft.is_clear
