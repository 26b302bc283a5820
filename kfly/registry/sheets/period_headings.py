"""Headings of columns that are each of one period: 3月, 1—3月累计, 前三季度, 2022Q1, 2024/25Q3, 2022年."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from kfly.plan.dates import EARLIEST, LATEST, last_of_month, parse_day
from kfly.plan.deadlines.spans import Years, find_span
from kfly.registry.sheets.grid import Cell, text_of

LONGEST = 60  # characters of a heading that are looked at; no period is named by as many
_LEAP = 2000  # stands in for a year that is not known, to see whether a heading is of a period at all
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = re.compile(rf"({'|'.join(_ENGLISH)})[a-z]*\.?")
_YEAR_BEHIND = re.compile(r"(?!\d{4})(.*[^'/-])['/-]?((?:19|20|21)\d{2})年?")
_YEAR = re.compile(r"(?:\d{4})(?:/\d{2}(?!\d))?(?:年度?)?")
_BEGUN = re.compile(r"^(?:截[至止]|累计|至)")
_ENDED = re.compile(r"(?:\((?:累计|完成)[数值]?\)|累计|完成|实际|[止末底]|[数值额])+$")
_MONTH = re.compile(r"(\d{4})[-./]?(0?[1-9]|1[0-2])")
_FROM_MONTH = re.compile(r"(.*?)(\d{1,2})月?(?:至|到|[-~‐-―─−])(\d{1,2}月)")
_FROM_QUARTER = re.compile(r"(.*?)(?:前|[1一](?:季度?)?(?:至|到|[-~‐-―─−]))第?([二三四234])个?季度")
_WHOLE = re.compile(r"(.*?)(?:年?全年|年度|full_?year)")
_RANGE = re.compile(r"\d{4}年?(?:/\d{2})?\s*(?:至|到|[-~‐-―─−])\s*\d{4}")
_DAY = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]")
_NAMED = re.compile(r"(?<!\d)((?:19|20|21)\d{2})(?:/(\d{2}))?(?!\d)")


class PeriodHeading(NamedTuple):
    """What a heading says of its column.

    Attributes:
        day: the last day of its period; None where its year is not known.
    """

    day: date | None


def read_period(cell: Cell, years: Years) -> PeriodHeading | None:
    """Read the heading of a period; None where it is none.

    Args:
        cell: as the file keeps it: a spreadsheet makes a day of 2022年3月, the first of that month.
        years: where the plan's years begin, and which is meant where the heading names none.
    """
    if isinstance(cell, date):
        return PeriodHeading(_find_end(cell))
    if isinstance(cell, float) and not cell.is_integer():
        return None  # 2022.1 may have been 2022.10
    text = fold_period(text_of(cell)[:LONGEST])
    for form in dict.fromkeys((text, _ENDED.sub("", _BEGUN.sub("", text)))):
        if form and (day := _read(form, years, years.table or _LEAP)):
            return PeriodHeading(day if years.table or _names_year(form) else None)
    return None


def find_years(texts: Iterable[str], without: Iterable[str] = ()) -> set[int]:
    """Find the years that lines name: not those of whole days, of spans of years, nor of some words.

    Args:
        texts: titles, the names of a sheet and of its file.
        without: words that say nothing of it, such as the plan's own name.
    """
    found: set[int] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        for words in without:
            plain = plain.replace(unicodedata.normalize("NFKC", words), " ")
        plain = _DAY.sub(" ", _RANGE.sub(" ", plain))
        found |= {int(match[1]) for match in _NAMED.finditer(plain) if _may_be(int(match[1]))}
    return found


def read_bare_year(cell: Cell) -> int | None:
    """Read a cell that is nothing but a year: 2022, 2022年, 2024/25."""
    text = fold_period(text_of(cell)[:LONGEST])
    year = int(text[:4]) if _YEAR.fullmatch(text) else 0
    return year if _may_be(year) else None


def fold_period(text: str) -> str:
    """Return a heading in plain small letters, without blanks, months by their numbers, the year first."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).casefold().strip(":*")
    named = _MONTH_NAMES.sub(lambda match: f"{_ENGLISH.index(match[1]) + 1}月", plain)
    turned = _YEAR_BEHIND.fullmatch(named)
    return f"{turned[2]}年{turned[1]}" if turned else named.replace("月份", "月")


def _may_be(year: int) -> bool:
    return EARLIEST <= year <= LATEST


def _names_year(text: str) -> bool:
    return text[:4].isdecimal() and len(text) >= len("2022")


def _find_end(day: date) -> date:
    """Return the end of the month that a spreadsheet keeps as its first day; any other day is itself."""
    if isinstance(day, datetime):
        day = day.date() if day.time() == time() else day
    return last_of_month(day.year, day.month) if day.day == 1 else date(day.year, day.month, day.day)


def _read(text: str, years: Years, table: int) -> date | None:
    meant = Years(years.start, table)
    for form in (text, *_spell_out(text, years)):
        if span := find_span(form.upper(), meant):  # q1, h2; no range, whose figure is not its end's
            return span.last
    try:
        return parse_day(text)
    except ValueError:
        return None


def _spell_out(text: str, years: Years) -> list[str]:
    """Return what else a heading may be as a deadline: 1—3月 is 3月, 前三季度 is 三季度, 全年 is 年底."""
    forms = []
    if match := _MONTH.fullmatch(text):
        forms.append(f"{match[1]}年{match[2]}月")
    if (match := _FROM_MONTH.fullmatch(text)) and int(match[2]) == years.start:
        forms.append(match[1] + match[3])
    if match := _FROM_QUARTER.fullmatch(text):
        forms.append(f"{match[1]}{match[2]}季度")
    if match := _WHOLE.fullmatch(text):
        forms.append(f"{match[1]}年底")
    return forms
