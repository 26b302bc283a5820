"""A cell as a person would type it, and the faults of cells as they are counted and told."""

from datetime import date, datetime, time

import pytest

from kfly.registry.sheets.faults import MOST_LISTED, CellFault, Faults, SheetRefusedError
from kfly.registry.sheets.grid import Cell, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("甲楼", "甲楼"),
        (True, "TRUE"),
        (False, "FALSE"),
        (5000.0, "5000"),
        (3 * 3.3, "9.9"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (1234567890123456789.0, "1.23456789012346e+18"),  # its last digits are lost
        (date(2022, 3, 1), "2022-03-01"),
        (datetime(2022, 3, 1), "2022-03-01"),
        (datetime(2022, 3, 1, 12, 30), "2022-03-01 12:30:00"),
        (time(12, 30), "12:30:00"),
        (None, ""),
    ],
)
def test_a_cell_is_written_as_it_would_be_typed(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


def fault(row: int | None, value: str | None = None) -> CellFault:
    return CellFault(
        file="华士.xlsx", sheet="楼宇", row=row, column=None, field=None, value=value, message="无效"
    )


def test_all_faults_are_counted_and_the_first_thousand_are_kept() -> None:
    faults = Faults()
    for row in range(MOST_LISTED + 3):
        faults.append(fault(row))

    assert faults.total == MOST_LISTED + 3
    assert [kept.row for kept in faults] == list(range(MOST_LISTED))


def test_a_refusal_says_how_many_faults_there_are_beyond_those_it_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KFLY_LANG", "en")
    refused = SheetRefusedError("华士.xlsx", [fault(row) for row in range(MOST_LISTED)], count=1234)

    *lines, summary = str(refused).splitlines()
    assert len(lines) == MOST_LISTED
    assert "1234" in summary
    assert "1000" in summary


def test_a_refusal_for_one_fault_of_the_whole_sheet_is_one_line() -> None:
    assert str(SheetRefusedError("华士.xlsx", [fault(None)])).count("\n") == 0
    assert len(str(SheetRefusedError("华士.xlsx", [fault(7)])).splitlines()) == 2
