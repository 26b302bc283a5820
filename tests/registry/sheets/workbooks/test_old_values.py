"""Days, failures and shared formulas of Excel 97 and before, from their very records."""

from datetime import date, datetime, time
from pathlib import Path
from struct import pack

import pytest
import python_calamine

from kfly.registry.sheets.grid import FAILED, STRUCK, UNCALCULATED, Flaw
from kfly.registry.sheets.workbooks import biff, xls
from kfly.registry.sheets.workbooks.looks import NotLocatedError
from kfly.registry.sheets.workbooks.xls_formats import make_day
from tests.support.old_workbooks import STRUCK as STRUCK_FONT
from tests.support.old_workbooks import Cell, Error, Formula, Looking, Sheet, number, old, ref, word

SINCE_1900, SINCE_1904 = 0, 1
NO_RESULT = pack("<BxBxxxH", 3, 0, 0xFFFF)
BEGINS, ENDS = pack("<HHHHHHII", 0x0809, 16, 0x0600, 16, 0, 0, 0, 6), pack("<HH", 0x0A, 0)


def record(kind: int, content: bytes) -> bytes:
    return pack("<HH", kind, len(content)) + content


def formula(row: int, column: int, tokens: bytes, result: bytes = NO_RESULT) -> bytes:
    return record(0x06, pack("<HHH", row, column, 0) + result + pack("<HIH", 0, 0, len(tokens)) + tokens)


def book(path: Path, *records: bytes, ends: bytes = ENDS) -> Path:
    """A bare workbook of one sheet that holds these records."""
    bounds = record(0x85, pack("<IHBB", len(BEGINS) + 4 + 10 + 4, 0, 2, 0) + b"AB")
    path.write_bytes(BEGINS + bounds + ENDS + BEGINS + b"".join(records) + ends)
    return path


def open_old(path: Path) -> xls.OldBook | xls.RescuedBook:
    return xls.open_book(path, python_calamine.CalamineWorkbook.from_path)


@pytest.mark.parametrize(
    ("serial", "mode", "day"),
    [
        (44621, SINCE_1900, date(2022, 3, 1)),
        (44621.5, SINCE_1900, datetime(2022, 3, 1, 12)),
        (43159, SINCE_1904, date(2022, 3, 1)),
        (59, SINCE_1900, date(1900, 2, 28)),  # before the leap day that there was not
        (61, SINCE_1900, date(1900, 3, 1)),
        (0.75, SINCE_1900, time(18)),
        (-1, SINCE_1900, -1),
        (3_000_000, SINCE_1900, 3_000_000),  # beyond the year 9999
    ],
)
def test_a_number_shown_as_a_day_is_that_day(serial: float, mode: int, day: object) -> None:
    assert make_day(serial, mode) == day


def test_an_empty_text_that_is_struck_out_is_no_flaw_and_a_day_is(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["说明", "日期"],
        [Looking(" ", font=STRUCK_FONT), Looking(44621, "yyyy-mm-dd", STRUCK_FONT)],
    ]
    opened = open_old(old(tmp_path / "旧.xls", Sheet(rows)))

    assert opened.look(tmp_path, "楼宇").flaws == {(2, 1): Flaw(STRUCK, "2022-03-01")}


def test_truth_is_truth_and_an_error_is_nothing_beside_its_flaw(tmp_path: Path) -> None:
    path = book(
        tmp_path / "旧.xls",
        record(0x0205, pack("<HHHBB", 0, 0, 0, 1, 0)),
        record(0x0205, pack("<HHHBB", 0, 1, 0, 0x2A, 1)),
        record(0x0205, pack("<HHHBB", 0, 2, 0, 0x99, 1)),
    )
    found = biff.read_book(path)

    assert found.sheets[0].failed == {(1, 1): "#N/A", (1, 2): "#ERROR!"}
    assert xls.find_flaws(found, 0, lambda _place: False)[1, 1] == Flaw(FAILED, "#N/A")


def test_a_shared_formula_is_judged_by_the_tokens_beside_its_first_cell(tmp_path: Path) -> None:
    points_to_first = b"\x01" + pack("<HH", 0, 0)
    shared = record(0x04BC, pack("<HHBBxB", 0, 2, 0, 0, 3) + pack("<H", 3) + word("")[:3])
    calculated = formula(5, 0, number(1), pack("<d", 1.0))
    path = book(
        tmp_path / "旧.xls",
        formula(0, 0, points_to_first),
        shared,
        formula(1, 0, points_to_first),
        formula(2, 0, b"\x01" + pack("<HH", 9, 9)),  # points to where none is: it may be anything
        formula(3, 0, number(5)),
        calculated,
    )
    found = biff.read_book(path)

    assert found.was_calculated
    assert xls.find_flaws(found, 0, lambda _place: False) == {(4, 1 - 1): Flaw(UNCALCULATED, "")}


def test_formulas_that_go_round_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    to_a2, to_a1 = (b"\x44" + pack("<HH", row, 0xC000) for row in (1, 0))
    path = book(
        tmp_path / "旧.xls",
        formula(0, 0, to_a2),
        formula(1, 0, to_a1),
        formula(2, 0, number(1), pack("<d", 1.0)),
    )

    assert set(xls.find_flaws(biff.read_book(path), 0, lambda _place: False)) == {(1, 0), (2, 0)}


def test_a_chart_within_a_sheet_hides_nothing_behind_it(tmp_path: Path) -> None:
    failed = pack("<BxBxxxH", 2, 0x07, 0xFFFF)
    path = book(
        tmp_path / "旧.xls", BEGINS, formula(7, 7, number(1), failed), ENDS, formula(0, 0, number(1), failed)
    )

    assert biff.read_book(path).sheets[0].failed == {(1, 0): "#DIV/0!"}


def test_a_sheet_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    failed = pack("<BxBxxxH", 2, 0x07, 0xFFFF)
    path = book(tmp_path / "旧.xls", formula(0, 0, number(1), failed), ends=b"")

    assert biff.read_book(path).sheets[0].failed == {(1, 0): "#DIV/0!"}


def test_a_sheet_that_does_not_begin_where_the_book_says_is_no_workbook(tmp_path: Path) -> None:
    path = book(tmp_path / "旧.xls")
    path.write_bytes(path.read_bytes().replace(pack("<I", len(BEGINS) + 18), pack("<I", 4), 1))

    with pytest.raises(ValueError, match="4"):
        biff.read_book(path)


def test_sheets_of_a_workbook_of_excel_4_begin_behind_their_headers(tmp_path: Path) -> None:
    begins = pack("<HHHHH", 0x0409, 6, 0, 0x10, 0)
    failed = record(0x0406, pack("<HHH", 0, 0, 0) + pack("<BxBxxxH", 2, 0x17, 0xFFFF) + pack("<HH", 0, 0))
    body = begins + failed + ENDS
    path = tmp_path / "旧.xlw"
    path.write_bytes(
        pack("<HHHHH", 0x0409, 6, 0, 0x100, 0) + record(0x8F, pack("<IB", len(body), 1) + b"A") + body + ENDS
    )

    assert [sheet.failed for sheet in biff.read_book(path).sheets] == [{(1, 0): "#REF!"}]


def test_a_workbook_whose_records_are_cut_is_not_trusted_with_its_formulas(tmp_path: Path) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(b"\x09\x08\x10\x00")

    with pytest.raises(NotLocatedError):
        xls.open_book(path, lambda _path: None)  # type: ignore[arg-type,return-value]


def test_a_rescued_workbook_of_other_sheets_than_its_records_say_is_not_trusted(tmp_path: Path) -> None:
    path = old(tmp_path / "旧.xls", Sheet([["甲"]]), Sheet([["乙"]], name="乙"))
    rescued = xls.RescuedBook(python_calamine.CalamineWorkbook.from_path(path), biff.read_book(path))

    assert rescued.look(path, "乙").flaws == {}
    rescued.found.sheets.pop()
    with pytest.raises(NotLocatedError):
        rescued.look(path, "乙")


def test_a_truth_value_is_one_and_no_number(tmp_path: Path) -> None:
    path = old(tmp_path / "旧.xls", Sheet([["甲", Error(1), Error(0)]]))
    held = path.read_bytes()
    for column, value in ((1, 1), (2, 0)):  # of an error and of a truth value the last byte alone differs
        place = pack("<5HB", 0x0205, 8, 0, column, 0, value)
        assert place + b"\1" in held
        held = held.replace(place + b"\1", place + b"\0")
    path.write_bytes(held)
    opened = open_old(path)

    assert list(opened.get_sheet_by_name("楼宇").iter_rows()) == [["甲", True, False]]
    assert opened.look(path, "楼宇").flaws == {}


def test_a_unit_is_that_of_numbers_and_texts_have_none(tmp_path: Path) -> None:
    path = old(tmp_path / "旧.xls", Sheet([[Looking(30, '0"亩"'), Looking("三十", '0"亩"')]]))

    assert open_old(path).look(path, "楼宇").shown == {(1, 0): "30亩"}


def test_a_formula_that_points_beyond_the_sheet_was_never_calculated(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["甲", Formula(ref("H9")), Formula(number(1), result=1.0)]]
    path = old(tmp_path / "旧.xls", Sheet(rows))

    assert open_old(path).look(path, "楼宇").flaws == {(1, 1): Flaw(UNCALCULATED, "")}


def test_a_workbook_that_is_not_there_is_no_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_old(tmp_path / "无.xls")
