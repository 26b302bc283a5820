"""A sheet whose cells cannot be found is not taken for another; none spans more than there is room for."""

import zipfile
from pathlib import Path

import pytest

from kfly.registry.sheets.grid import STRUCK as STRUCK_OUT
from kfly.registry.sheets.grid import Flaw
from kfly.registry.sheets.workbooks import xlsb
from kfly.registry.sheets.workbooks.looks import NotLocatedError
from kfly.registry.sheets.workbooks.xlsx import Looks
from tests.support.binary_workbooks import STRUCK, Parts, Rich, binary
from tests.support.open_xml import open_xml

pytestmark = pytest.mark.usefixtures("measured_aside")


def change(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Change the bytes of a part."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content.replace(old, new) if name == part else content)
    return path


def test_a_sheet_of_another_name_is_not_located(tmp_path: Path) -> None:
    with pytest.raises(NotLocatedError):
        xlsb.look(binary(tmp_path / "华士.xlsb", [["甲"]]), "乙")
    with pytest.raises(NotLocatedError):
        Looks(open_xml(tmp_path / "华士.xlsx", [["甲"]])).look("乙")


def test_a_sheet_whose_part_is_not_there_is_not_located(tmp_path: Path) -> None:
    path = binary(tmp_path / "华士.xlsb", [["甲"]], parts=Parts(target="worksheets/sheet2.bin"))
    with pytest.raises(NotLocatedError):
        xlsb.look(path, "楼宇")


def test_a_package_without_a_book_has_no_sheet(tmp_path: Path) -> None:
    path = binary(tmp_path / "华士.xlsb", [["甲"]], parts=Parts(book="xl/other.bin"))
    with pytest.raises(NotLocatedError):
        xlsb.look(path, "楼宇")


def test_a_shared_text_that_is_not_there_has_no_flaw(tmp_path: Path) -> None:
    struck = Rich((("甲", 0), ("乙", STRUCK)))
    path = binary(tmp_path / "华士.xlsb", [[struck]])
    assert list(xlsb.look(path, "楼宇").flaws.values()) == [Flaw(STRUCK_OUT, "甲乙")]

    at = b"\0" * 8
    sheet = "xl/worksheets/sheet1.bin"
    with zipfile.ZipFile(path) as package:
        record = package.read(sheet)
    start = record.index(b"\x07\x0c" + at)
    change(path, sheet, record[start : start + 14], record[start : start + 10] + b"\x63\0\0\0")
    assert xlsb.look(path, "楼宇").flaws == {}


def test_a_sheet_that_spans_more_cells_than_there_is_room_for_is_not_read(tmp_path: Path) -> None:
    path = open_xml(tmp_path / "华士.xlsx", [["甲"]])
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    change(path, "xl/worksheets/sheet1.xml", b"</sheetData>", far)
    with pytest.raises(MemoryError):
        Looks(path)
