"""Plain text is cut into cells only where its columns can be told."""

from pathlib import Path

import pytest

from kfly.drafting.documents.blocks import DocumentRefusedError
from kfly.errors import KflyError
from tests.support.drafted import doubts, drafted, numbers, told
from tests.support.word_tables import HEADINGS, TITLE

FIRST = ("1", "设立专项资金", "市财政局", "市科技局、市住建局", "2022年2月")
SECOND = ("2", "组建集团", "市委组织部", "——", "2022年3月")
TOLD = [
    (1, "设立专项资金", ("市财政局",), ("市科技局", "市住建局"), "2022年2月"),
    (2, "组建集团", ("市委组织部",), (), "2022年3月"),
]


def text(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "t.txt"
    path.write_text("\n".join((TITLE, "", *lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize("between", ["\t", "   ", "\u3000\u3000", " | ", "│"])
def test_columns_are_cut_by_tabs_gaps_or_bars(tmp_path: Path, between: str) -> None:
    draft = drafted(text(tmp_path, *(between.join(row) for row in (HEADINGS, FIRST, SECOND))))
    assert [told(task) for task in draft.tasks] == TOLD
    assert draft.is_clear


def test_a_table_with_frames_is_read(tmp_path: Path) -> None:
    rule = "|---|---|---|---|---|"
    rows = [f"| {' | '.join(row)} |" for row in (HEADINGS, FIRST, SECOND)]
    assert [told(task) for task in drafted(text(tmp_path, rows[0], rule, *rows[1:])).tasks] == TOLD


def test_a_row_of_other_cells_than_headings_is_doubted(tmp_path: Path) -> None:
    short = "\t".join(SECOND[:4])
    draft = drafted(text(tmp_path, "\t".join(HEADINGS), "\t".join(FIRST), short))
    assert numbers(draft) == [1, 2]
    assert "cells: 4, but headings: 5" in doubts(draft)


ALIGNED = (
    "序号  内容              牵头部门    责任部门    完成时限",
    "1     设立专项资金      市财政局    市科技局    2022年2月",
    "2     组建集团          市委组织部              2022年3月",
)


def test_a_cell_that_is_left_out_shifts_none_where_the_columns_are_aligned(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, *ALIGNED))
    assert told(draft.tasks[1]) == (2, "组建集团", ("市委组织部",), (), "2022年3月")
    assert draft.is_clear


def test_a_last_line_below_a_heading_is_not_lost(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, *ALIGNED, "      （含子公司）", "  主办：办公室"))
    assert draft.seen == 4
    assert [task.title for task in draft.tasks] == ["设立专项资金", "组建集团", "（含子公司）"]
    assert "it has no number" in doubts(draft)[0]


def test_where_columns_are_not_aligned_a_cell_left_out_is_doubted(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, *ALIGNED[:2], "2   组建集团   市委组织部   2022年3月"))
    assert doubts(draft)[0] == "cells: 4, but headings: 5"


def test_a_bar_may_stand_within_a_cell(tmp_path: Path) -> None:
    rows = ["| 序号 | 内容 | 牵头部门 |", "|---|---|---|", r"| 1 | 甲\|乙 | 市科技局 |"]
    assert [task.title for task in drafted(text(tmp_path, *rows)).tasks] == ["甲|乙"]


def test_of_two_columns_for_the_title_the_one_that_differs_by_row_is_taken(tmp_path: Path) -> None:
    rows = [
        "序号\t重点任务\t具体举措\t牵头单位\t时限",
        "1\t环境\t甲事\t市科技局\t6月",
        "2\t环境\t乙事\t市科技局\t6月",
    ]
    draft = drafted(text(tmp_path, *rows))
    assert [task.title for task in draft.tasks] == ["甲事", "乙事"]
    assert draft.tasks[0].comments == (("重点任务", "环境"),)


def test_headings_repeated_on_a_new_page_are_passed_over(tmp_path: Path) -> None:
    rows = ["\t".join(row) for row in (HEADINGS, FIRST, HEADINGS, SECOND)]
    draft = drafted(text(tmp_path, *rows[:2], "", *rows[2:]))
    assert [told(task) for task in draft.tasks] == TOLD
    assert [passed.why for passed in draft.passed] == ["headings", "headings repeated"]


def test_a_table_copied_a_cell_a_line_is_read_where_the_counts_agree(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, *HEADINGS, *FIRST, *SECOND))
    assert [told(task) for task in draft.tasks] == TOLD


@pytest.mark.parametrize("lines", [(*FIRST, *SECOND[:3]), (*FIRST[:3], *FIRST[4:], *SECOND), ()])
def test_a_copied_table_whose_counts_disagree_is_refused(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(DocumentRefusedError, match="a cell a line"):
        drafted(text(tmp_path, *HEADINGS, *lines))


def test_a_text_without_tasks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match="no table of tasks was found"):
        drafted(text(tmp_path, "没有表格。"))


@pytest.mark.parametrize("name", ["t.pdf", "t", "t.pptx"])
def test_another_format_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF")
    with pytest.raises(DocumentRefusedError, match=r"is none of \.docx"):
        drafted(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefusedError, match="there is no such file"):
        drafted(tmp_path / "none.docx")


BOXED = """
┌────┬──────────┬────────┬──────────┬────────┐
│序号│  内容    │牵头部门│ 责任部门 │完成时限│
├────┼──────────┼────────┼──────────┼────────┤
│ 1  │引进高层次│市科技局│市委组织部│6月底前 │
│    │人才团队5 │        │市人社局  │        │
│    │个        │        │          │        │
├────┼──────────┼────────┼──────────┼────────┤
│ 2  │建设研究院│市科技局│市财政局  │年底    │
└────┴──────────┴────────┴──────────┴────────┘"""


def test_lines_between_two_rules_are_one_row(tmp_path: Path) -> None:
    draft = drafted(text(tmp_path, *BOXED.split("\n")))
    assert [told(task) for task in draft.tasks] == [
        (1, "引进高层次人才团队5个", ("市科技局",), ("市委组织部", "市人社局"), "6月底前"),
        (2, "建设研究院", ("市科技局",), ("市财政局",), "年底"),
    ]
    assert draft.is_clear


def test_breaks_and_bold_type_of_markdown_are_no_text(tmp_path: Path) -> None:
    rows = [
        "| 序号 | 内容 | 牵头部门 | 时限 |",
        "|---|---|---|---|",
        "| 1 | **甲事** | 市科技局<br>市财政局 | 6月底 |",
    ]
    assert told(drafted(text(tmp_path, *rows)).tasks[0]) == (1, "甲事", ("市科技局", "市财政局"), (), "6月底")
