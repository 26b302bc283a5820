"""The value of an OpenDocument cell, and what is wrong with it."""

import re
from collections.abc import Callable
from datetime import datetime
from math import isfinite
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.plan.dates import OtherDayError, read_moment
from kfly.registry.failures import FAILED as FAILED_WORDS
from kfly.registry.sheets.grid import FAILED, NESTED, RAISED, STRUCK, UNCALCULATED, Cell, Flaw, text_of
from kfly.registry.sheets.workbooks.ods.days import find_shown_day, read_day, read_time
from kfly.registry.sheets.workbooks.ods.displays import find_unit, find_unit_of_style, is_plain
from kfly.registry.sheets.workbooks.ods.names import (
    CALC_VALUE_TYPE,
    CURRENCY,
    FORMULA,
    OFFICE,
    PARAGRAPH,
    VALUE,
    VALUE_TYPE,
)
from kfly.registry.sheets.workbooks.ods.styles import Styles
from kfly.registry.sheets.workbooks.ods.texts import NOTHING, Text, Texts

_FAILED = frozenset((*FAILED_WORDS, "#NV", "#ND"))  # the last two are #N/A in other languages
_FAILED_BY_NUMBER = re.compile(r"(?:#ERR|Err:|错误[:：]|錯誤[:：])\s*5\d\d!?", re.IGNORECASE)
_FAILED_IN_OTHER_WORDS = re.compile(r"#[^\s#]+[!?！？/]|\w+[:：]\s*5\d\d")  # of formulas: #WERT!, Ошибка:502
_FIRST_SIGNS = "#Ee错錯 \t\n"  # of what any program shows where a formula has failed
_NUMBERS = ("float", "percentage", "currency")
_FORMULA_MARK = re.compile(r"(?:[A-Za-z]\w*:)?=?")  # of:=, msoxl:=, oooc:=


class CellRead(NamedTuple):
    """What was read of one cell."""

    value: Cell = ""
    flaw: Flaw | None = None
    shown: str | None = None  # a number with the unit that it is shown with


BLANK = CellRead()


class Cells:
    """Reads cells by the styles of their file."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.texts = Texts(styles)
        self.has_formulas = False  # among the cells read so far

    def read(self, cell: ElementTree.Element, style: str | None) -> CellRead:
        """Read a cell that has a style, its own or that of its row or column."""
        quick = self._read_common(cell, style)
        return quick if quick is not None else self._read_any(cell, style)

    def _read_common(self, cell: ElementTree.Element, style: str | None) -> CellRead | None:
        """Read what nearly all cells are, a plain text or number; None for any other."""
        its = cell.attrib
        sort = its.get(VALUE_TYPE)
        if not len(cell):
            return BLANK if sort is None and FORMULA not in its else None
        paragraph = cell[0]
        is_one = len(cell) == 1 and paragraph.tag == PARAGRAPH and not len(paragraph) and not paragraph.attrib
        if not is_one or FORMULA in its or any(self.styles.find_marks("table-cell", style)):
            return None
        words = paragraph.text or ""
        if sort == "string":
            return CellRead(words) if words and words[0] not in _FIRST_SIGNS else None
        if sort == "float" and (value := _read_number(cell, "")) is not None and is_plain(value, words):
            return CellRead(value)
        return None

    def _read_any(self, cell: ElementTree.Element, style: str | None) -> CellRead:
        sort, formula = cell.get(VALUE_TYPE), cell.get(FORMULA)
        text = self.texts.read(cell, style) if len(cell) else NOTHING
        self.has_formulas = self.has_formulas or formula is not None
        if not (sort or formula or text.words or text.has_table):
            return BLANK
        if flaw := _find_failure(cell, formula, text):
            return CellRead(flaw.shown, flaw)
        value = _READ.get(sort or "", _read_text)(cell, text.words)
        if value is None:  # none is kept in the file: what is shown stands for it
            value = text.words
            if formula and not text.words and (sort or not text.is_there):
                shown = "=" + _FORMULA_MARK.sub("", formula, count=1)
                return CellRead(shown, Flaw(UNCALCULATED, shown))
        if flaw := self._find_mark(cell, style, text, value):
            return CellRead(value, flaw)
        return self._read_number(cell, style, text, value) if sort in _NUMBERS else CellRead(value)

    def _find_mark(
        self, cell: ElementTree.Element, style: str | None, text: Text, value: Cell
    ) -> Flaw | None:
        """Find what is wrong with how a cell is set."""
        shown = text.words or text_of(value)
        if text.has_table:
            return Flaw(NESTED, "".join(cell.itertext()).strip())
        is_raised, is_struck = text.is_raised, text.is_struck
        if not text.words and value != "":  # a number without words, by its style alone
            is_raised, is_struck = map(bool, self.styles.find_marks("table-cell", style))
        return Flaw(STRUCK, shown) if is_struck else Flaw(RAISED, shown) if is_raised else None

    def _read_number(self, cell: ElementTree.Element, style: str | None, text: Text, value: Cell) -> CellRead:
        if not isinstance(value, float):
            return CellRead(value)
        if not text.words and (form := self.styles.find_data_style(style)):
            return CellRead(value, None, find_unit_of_style(value, form))
        is_share = cell.get(VALUE_TYPE) == "percentage"
        if day := find_shown_day(value, text.words):
            return CellRead(day)
        return CellRead(
            value, None, find_unit(value, text.words, cell.get(CURRENCY) or "", is_share=is_share)
        )


def _find_failure(cell: ElementTree.Element, formula: str | None, text: Text) -> Flaw | None:
    """Find out whether a formula has failed, by the mark or the words of any program."""
    shown = (text.words or cell.get(OFFICE + "string-value") or "").strip()
    sort = cell.get(VALUE_TYPE)
    if (
        cell.get(CALC_VALUE_TYPE) == "error"
        or sort == "error"
        or (shown[:1] in _FIRST_SIGNS and _tells_of_failure(shown))
    ):
        return Flaw(FAILED, shown or "#ERROR!")
    if formula is not None and _FAILED_IN_OTHER_WORDS.fullmatch(shown):
        return Flaw(FAILED, shown)
    number = _read_number(cell, "") if sort in _NUMBERS else None
    if number is not None and not isfinite(number):
        return Flaw(FAILED, shown or str(number))
    return None


def _tells_of_failure(shown: str) -> bool:
    """Tell whether words are what programs show where a formula has failed; few of them mark the cell."""
    return shown.upper() in _FAILED or bool(_FAILED_BY_NUMBER.fullmatch(shown))


def _read_number(cell: ElementTree.Element, _words: str) -> float | None:
    try:
        return float(cell.get(VALUE) or "")
    except ValueError:
        return None


def _read_boolean(cell: ElementTree.Element, _words: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(cell.get(OFFICE + "boolean-value", ""))


def _read_day(cell: ElementTree.Element, words: str) -> Cell:
    kept = cell.get(OFFICE + "date-value") or ""
    day = read_day(kept)
    if day is None:
        return words or kept or None
    try:
        in_china = read_moment(kept)
    except OtherDayError:
        return kept  # told where it is read as a day
    except ValueError:
        return day
    return day if in_china == (day.date() if isinstance(day, datetime) else day) else in_china


def _read_time(cell: ElementTree.Element, words: str) -> Cell:
    kept = cell.get(OFFICE + "time-value") or ""
    found = read_time(kept)
    return found if found is not None else words or kept or None


def _read_string(cell: ElementTree.Element, words: str) -> str:
    return words or cell.get(OFFICE + "string-value") or ""


def _read_text(_cell: ElementTree.Element, words: str) -> str | None:
    return words or None


_READ: dict[str, Callable[[ElementTree.Element, str], Cell]] = {
    **dict.fromkeys(_NUMBERS, _read_number),
    "boolean": _read_boolean,
    "date": _read_day,
    "time": _read_time,
    "string": _read_string,
}
