"""What is read of an OpenDocument cell: its value, what it shows of it, and what is wrong with it."""

from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest

from kfly.registry.sheets.grid import FAILED, NESTED, STRUCK, UNCALCULATED, Flaw
from kfly.registry.sheets.workbooks.ods.cells import BLANK, CellRead, Cells
from kfly.registry.sheets.workbooks.ods.styles import Styles
from tests.support.opendocument import cell, document, number, row, table, words

OUT = (
    '<style:style style:name="out" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<number:number-style style:name="N1"><number:number/><number:text>亩</number:text></number:number-style>'
    '<style:style style:name="mu" style:family="table-cell" style:data-style-name="N1"/>'
)


def read(xml: str, style: str | None = None) -> CellRead:
    """Read the only cell of a file."""
    root = ElementTree.fromstring(document(table(row(xml)), styles=OUT))
    styles = Styles()
    styles.learn(root[0])
    return Cells(styles).read(root[1][0][0][0][0], style)


@pytest.mark.parametrize("xml", [cell(), cell("<text:p/>"), cell("<text:p/>", formula="")])
def test_a_cell_that_says_nothing_is_blank(xml: str) -> None:
    assert read(xml) == BLANK


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"value_type": "boolean", "boolean_value": "true"}, True),
        ({"value_type": "boolean", "boolean_value": "0"}, False),
        ({"value_type": "date", "date_value": "2022-03-01"}, date(2022, 3, 1)),
        ({"value_type": "date", "date_value": "2022-03-01T12:30:00"}, datetime(2022, 3, 1, 12, 30)),
        ({"value_type": "date", "date_value": "2022-03-01T24:00:00"}, datetime(2022, 3, 2)),
        ({"value_type": "date", "date_value": "0022-03-01"}, date(22, 3, 1)),
        ({"value_type": "date", "date_value": "2022-03-01T20:00:00Z"}, "2022-03-01T20:00:00Z"),
        ({"value_type": "time", "time_value": "PT12H30M00S"}, time(12, 30)),
        ({"value_type": "time", "time_value": "PT36H"}, timedelta(hours=36)),
        ({"value_type": "string", "string_value": "甲楼"}, "甲楼"),
        ({"value_type": "float", "value": "5000"}, 5000.0),
    ],
)
def test_a_value_without_words_is_what_is_kept(attributes: dict[str, str], value: object) -> None:
    assert read(cell(**attributes)) == CellRead(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ({"value_type": "boolean", "boolean_value": "vielleicht"}, "是"),
        ({"value_type": "date", "date_value": "2022-02-30"}, "2月30日"),
        ({"value_type": "date"}, "3月1日"),
        ({"value_type": "time", "time_value": "12:30"}, "十二点半"),
        ({"value_type": "float", "value": "viele"}, "许多"),
        ({}, "甲楼"),
    ],
)
def test_words_stand_for_a_value_that_cannot_be_read(attributes: dict[str, str], shown: str) -> None:
    assert read(cell(f"<text:p>{shown}</text:p>", **attributes)) == CellRead(shown)


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ({"value_type": "date", "date_value": "2022-02-30"}, "2022-02-30"),
        ({"value_type": "time", "time_value": "12:30"}, "12:30"),
    ],
)
def test_a_day_or_time_that_is_none_stays_as_it_is_kept(attributes: dict[str, str], kept: str) -> None:
    assert read(cell(**attributes)) == CellRead(kept)


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (number("NaN", None, formula="of:=1/0"), "nan"),
        (number("INF", "无穷", formula="of:=1/0"), "无穷"),
        (cell(value_type="error"), "#ERROR!"),
        (cell(value_type="string", string_value="#DIV/0!"), "#DIV/0!"),
        (words("Ошибка:502", formula="of:=1/0"), "Ошибка:502"),
        (words("Err:504"), "Err:504"),
    ],
)
def test_a_formula_that_has_failed_is_a_flaw_whatever_marks_it(xml: str, shown: str) -> None:
    assert read(xml) == CellRead(shown, Flaw(FAILED, shown))


def test_a_formula_that_was_never_calculated_is_shown_as_it_was_typed() -> None:
    assert read(cell(formula="of:=[.A1]*5", value_type="float")) == CellRead(
        "=[.A1]*5", Flaw(UNCALCULATED, "=[.A1]*5")
    )


def test_a_number_without_words_is_struck_out_by_its_style() -> None:
    assert read(number(5000), "out") == CellRead(5000.0, Flaw(STRUCK, "5000"))
    assert read(cell(value_type="date", date_value="2022-03-01"), "out") == CellRead(
        date(2022, 3, 1), Flaw(STRUCK, "2022-03-01")
    )


def test_a_table_within_a_cell_is_a_flaw_with_all_its_words() -> None:
    inner = table(row("甲", "乙"), is_sub_table="true")

    assert read(cell(inner)).flaw == Flaw(NESTED, "甲乙")


def test_a_number_that_shows_its_unit_is_read_with_it() -> None:
    assert read(number(30), "mu") == CellRead(30.0, None, "30亩")
    assert read(number(5.2, "5.2万㎡")) == CellRead(5.2, None, "5.2万㎡")
    assert read(number(44621, "2022-03-01")) == CellRead(date(2022, 3, 1))
    assert read(number(5000, "5,000", currency="USD", value_type="currency")).shown == "5000USD"
