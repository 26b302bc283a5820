"""The marked copy of a sheet: cells merged twice, and more faults than a sheet takes links."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from kfly.registry.sheets import marked_copy
from kfly.registry.sheets.faults import CellFault
from tests.support.sheet_makers import Cell, Tab, xlsx
from tests.support.workbooks import Workbook

HEAD = ["楼宇名称", "所属镇街", "建筑面积", "摸排日期"]


def fault(
    sheet: str | None, file: str, row: int | None, column: int | None, value: str = "许多"
) -> CellFault:
    return CellFault(
        file=file, sheet=sheet, row=row, column=column, field=None, value=value, message="不是面积"
    )


def merge_once_more(path: Path, area: str) -> Path:
    """Merge cells of the first sheet that are merged already, as no sound program does."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = "xl/worksheets/sheet1.xml"
    merged = f'<mergeCell ref="{area}"/></mergeCells>'.encode()
    parts[part] = re.sub(rb"</mergeCells>", merged, parts[part])
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def test_cells_that_are_merged_twice_are_merged_once_in_the_copy(tmp_path: Path) -> None:
    rows = [["华士镇楼宇"], HEAD, ["甲楼", "华士镇", "许多"]]
    source = merge_once_more(xlsx(tmp_path / "华士.xlsx", Tab("楼宇", rows, ("A1:C1",))), "B1:D1")
    copy = tmp_path / "退回.xlsx"
    marked_copy.write(source, None, [fault("楼宇", source.name, 3, 2)], copy)

    assert re.findall('mergeCell ref="(.*?)"', part(copy, "xl/worksheets/sheet1.xml")) == ["A1:C1"]
    found = CalamineWorkbook.from_path(copy).get_sheet_by_name("楼宇").to_python()
    assert [row[:3] for row in found] == [["华士镇楼宇", "", ""], HEAD[:3], ["甲楼", "华士镇", "许多"]]


def test_days_and_moments_stay_what_they_are_whether_they_are_bad_or_not(tmp_path: Path) -> None:
    values: list[Cell] = [True, date(2022, 3, 1), datetime(2022, 3, 1, 12, 30)]
    source = xlsx(tmp_path / "华士.xlsx", Tab("楼宇", [HEAD, ["甲楼", *values], ["乙楼", *values]]))
    bad = [fault("楼宇", source.name, 3, column) for column in (1, 2, 3)]
    marked_copy.write(source, None, bad, tmp_path / "退回.xlsx")

    found = CalamineWorkbook.from_path(tmp_path / "退回.xlsx").get_sheet_by_name("楼宇").to_python()
    assert [row[1:] for row in found[1:]] == [values, values]
    copy = Workbook(tmp_path / "退回.xlsx")
    for column, form in ((2, "yyyy-mm-dd"), (3, "yyyy-mm-dd hh:mm")):
        assert {copy.number_format("楼宇", row, column) for row in (1, 2)} == {form}
        assert copy.look("楼宇", 1, column) != copy.look("楼宇", 2, column)


def test_faults_beyond_those_that_a_sheet_takes_links_for_are_listed_without(tmp_path: Path) -> None:
    source = tmp_path / "华士.csv"
    source.write_text("楼宇名称\n" + "甲\n" * 20, encoding="utf-8")
    of_the_file = [fault(None, source.name, None, None, str(n)) for n in range(marked_copy.MOST_LINKS - 13)]
    of_cells = [fault(None, source.name, row, 0) for row in range(2, 22)]
    marked_copy.write(source, None, [*of_the_file, *of_cells], tmp_path / "退回.xlsx")

    listed = CalamineWorkbook.from_path(tmp_path / "退回.xlsx").get_sheet_by_index(1).to_python()
    assert [row[0] for row in listed[-20:]] == [f"A{row}" for row in range(2, 22)]
    linked = re.findall('hyperlink ref="A(.*?)"', part(tmp_path / "退回.xlsx", "xl/worksheets/sheet2.xml"))
    assert [int(row) for row in linked] == list(range(marked_copy.MOST_LINKS - 9, marked_copy.MOST_LINKS + 1))
