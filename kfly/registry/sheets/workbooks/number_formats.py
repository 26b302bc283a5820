"""Number formats that give a number its unit: 0.0"万㎡" shows 5.2 as 5.2万㎡, which is 52,000 m².

A format has up to four sections (above zero, below, zero, text), each with places for digits, text in quotes
or behind a stroke, colours and conditions in brackets. A comma behind the last place divides by a thousand. A
point written as text between places, as in 0!.0,"万", divides once more: 52000 is shown as 5.2万.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kfly.registry.sheets.grid import text_of

PERCENTAGES = {9: "0%", 10: "0.00%"}  # that every program knows by their numbers

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<space>[_*].?)"  # as wide as a sign, filled up with a sign
    r"|(?P<digits>General|G/通用格式|[0#?]+)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_DAY_OR_TEXT = re.compile(r"[ymdhsabe@]", re.IGNORECASE)
_NO_UNIT = re.compile(r"[\s+\-–—()（）/:,，.?]|[¥￥]|RMB|CNY|人民币", re.IGNORECASE)  # they multiply nothing


class Section(NamedTuple):
    """One section of a format."""

    condition: tuple[str, Decimal] | None
    before: str  # what stands in front of the digits, and means something
    behind: str
    divisor: Decimal  # the number that is shown is the one that is kept, divided by it

    @property
    def is_plain(self) -> bool:
        """Whether the number is shown by itself, or as a day or a text."""
        return not (self.before or self.behind) and self.divisor == 1

    def show(self, number: Decimal) -> str:
        """Write a number with its unit; what is scaled without one is written so that no field takes it."""
        unit = self.behind or ("" if self.before else f"×{self.divisor:f}")
        return f"{self.before}{(number / self.divisor).normalize():f}{unit}"


PLAIN = Section(None, "", "", Decimal(1))


def show_with_unit(value: float, code: str) -> str | None:
    """Return a number as a person would type what its format shows; None where the format gives no unit.

    The digits stay those that are kept: 5.24 shown as 5.2万 is 5.24万.
    """
    number = Decimal(text_of(value))  # to the 15 digits of a spreadsheet, without the dust of its sums
    section = _choose_section(number, _read_sections(code))
    return None if section.is_plain else section.show(number)


def gives_unit(code: str) -> bool:
    """Tell whether a format gives any number a unit."""
    return any(not section.is_plain for section in _read_sections(code))


def _choose_section(number: Decimal, sections: tuple[Section, ...]) -> Section:
    if any(section.condition for section in sections):
        fitting = (s for s in sections if s.condition is None or _holds(number, *s.condition))
        return next(fitting, PLAIN)
    at = 1 if number < 0 else 2 if number == 0 else 0
    return sections[at if at < min(len(sections), 3) else 0]


def _holds(number: Decimal, sign: str, bound: Decimal) -> bool:
    if sign == "<>":
        return number != bound
    return (
        (number < bound and "<" in sign)
        or (number > bound and ">" in sign)
        or (number == bound and "=" in sign)
    )


@lru_cache
def _read_sections(code: str) -> tuple[Section, ...]:
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["sign"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_Scan(tokens).section() for tokens in sections)


class _Scan:
    """A section being read token by token."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self.before, self.behind = "", ""
        self.condition: tuple[str, Decimal] | None = None
        self.has_digits, self.is_number = False, True
        self.commas = 0  # behind the last digit
        self.is_past_point, self.places = False, 0  # a point written as text, and the digits behind it
        self.percents = 0
        for token in tokens:
            self._take(token)

    def section(self) -> Section:
        """Return what was read."""
        if not (self.has_digits and self.is_number):
            return PLAIN._replace(condition=self.condition)
        divisor = Decimal(1000) ** self.commas * Decimal(10) ** self.places / Decimal(100) ** self.percents
        return Section(self.condition, _NO_UNIT.sub("", self.before), _NO_UNIT.sub("", self.behind), divisor)

    def _take(self, token: re.Match[str]) -> None:
        sort, text = token.lastgroup, token[token.lastgroup or 0]
        if sort == "digits":
            self.has_digits, self.commas = True, 0
            self.places += len(text) if self.is_past_point else 0
        elif sort == "bracket":
            self._take_bracket(text)
        elif sort in ("quoted", "escaped"):
            self._write(text)
        elif sort == "sign":
            self._take_sign(text)

    def _take_bracket(self, text: str) -> None:
        if match := _CONDITION.fullmatch(text):
            self.condition = match[1], Decimal(match[2])
        elif match := _CURRENCY.match(text):
            self._write(match[1])

    def _take_sign(self, sign: str) -> None:
        if sign == "%":
            self.percents += 1
            self._write(sign)
        elif sign == ",":
            self.commas += self.has_digits
        elif _DAY_OR_TEXT.match(sign):
            self.is_number = False
        else:
            self._write(sign if sign != "." else "")

    def _write(self, text: str) -> None:
        if text == "." and self.has_digits:
            self.is_past_point = True
        elif self.has_digits:
            self.behind += text
        else:
            self.before += text
