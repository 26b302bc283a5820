"""Workbooks and CSV files are read as they are shown, and where that is not sure it is said."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kfly.registry.sheets.faults import SheetRefusedError
from tests.support.drafted import doubts, drafted, numbers, titles, told
from tests.support.word_tables import HEADINGS, TITLE

FIRST = (1, "设立专项资金", "市财政局", "市科技局、市住建局", "2022年2月")
FIRST_TOLD = (1, "设立专项资金", ("市财政局",), ("市科技局", "市住建局"), "2022年2月")


def workbook(path: Path, *rows: tuple[object, ...], title: str = TITLE) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Sheet")
        for number, row in enumerate(((title,), HEADINGS, *rows)):
            sheet.write_row(number, 0, row)
    return path


def test_a_sheet_is_read_below_its_title(tmp_path: Path) -> None:
    draft = drafted(workbook(tmp_path / "t.xlsx", FIRST))
    assert ([told(task) for task in draft.tasks], draft.is_clear) == ([FIRST_TOLD], True)
    assert draft.tasks[0].row == ("Sheet", 3)


def test_merged_cells_reach_down_and_across(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("分解表")
        sheet.merge_range("A1:E1", TITLE)
        sheet.write_row(1, 0, HEADINGS)
        sheet.merge_range("A3:E3", "一、优化环境")
        sheet.write_row(3, 0, [1, "甲事", None, None, "2022年2月"])
        sheet.write_row(4, 0, [2, "乙事", None, None, "2022年3月"])
        sheet.merge_range("C4:C5", "市财政局")
    draft = drafted(path)
    assert [task.parties.lead for task in draft.tasks] == [("市财政局",), ("市财政局",)]
    assert draft.tasks[0].chapter == "一、优化环境"


def test_words_in_a_number_format_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, TITLE)
        sheet.write_row(1, 0, HEADINGS)
        sheet.write_row(2, 0, FIRST[:4])
        sheet.write_number(2, 4, 6, book.add_format({"num_format": '0"月底前"'}))
    draft = drafted(path)
    assert draft.tasks[0].when.due == "6月底前" or doubts(draft)


def test_a_number_that_may_be_shown_otherwise_is_doubted(tmp_path: Path) -> None:
    draft = drafted(workbook(tmp_path / "t.xlsx", (1.1, *FIRST[1:4], date(2022, 2, 1))))
    assert len(doubts(draft)) == 2
    assert "may show it otherwise" in doubts(draft)[0]


def test_a_formula_without_a_result_is_doubted(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(((TITLE,), HEADINGS, FIRST)):
            sheet.write_row(number, 0, row)
        sheet.write_formula(2, 1, "=A1&A2", None, "")
    draft = drafted(path)
    assert "formula" in doubts(draft)[0]


def test_a_csv_of_another_office_is_read(tmp_path: Path) -> None:
    path = tmp_path / "2022年.csv"
    path.write_text(
        ",".join(HEADINGS) + '\n1,NA,市财政局,"市科技局,市住建局",2022年2月\n', encoding="gb18030"
    )
    draft = drafted(path)
    assert (titles(draft), draft.tasks[0].parties.responsible) == (["NA"], ("市科技局", "市住建局"))


def test_rows_that_an_open_quote_may_have_swallowed_are_doubted(tmp_path: Path) -> None:
    path = tmp_path / "2022年.csv"
    lines = [",".join(HEADINGS), '1,"甲事,市财政局,市科技局,2022年2月', '2,乙事",市财政局,市科技局,2022年2月']
    path.write_text("\n".join(lines), encoding="utf-8")
    draft = drafted(path)
    assert len(draft.tasks) == 1
    assert "a quote that is not closed may have swallowed rows" in doubts(draft)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(SheetRefusedError):
        drafted(path)


def test_several_sheets_are_read_one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number, name in enumerate(("工业", "农业"), start=1):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, TITLE)
            sheet.write_row(1, 0, HEADINGS)
            sheet.write_row(2, 0, (number, *FIRST[1:]))
    assert numbers(drafted(path)) == [1, 2]


def test_a_row_of_too_few_cells_in_a_csv_file_is_doubted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [TITLE, ",".join(HEADINGS), "1,甲事,市财政局,市科技局,6月底", "2,乙事,市财政局,6月底"]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert doubts(drafted(path)) == ["cells: 4, but headings: 5"]
