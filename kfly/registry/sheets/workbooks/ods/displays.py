"""What a cell shows of its number: with a unit, scaled, or by other words altogether."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kfly.registry.sheets.grid import text_of
from kfly.registry.sheets.workbooks.ods.formats import DataStyle

_WIDE = str.maketrans("０１２３４５６７８９．，％＋－−", "0123456789.,%+--")
_SWAPPED = str.maketrans(".,", ",.")  # 5.200,5
_NUMBER = re.compile(
    r"(?P<before>\D*?)"
    r"(?P<whole>\d{1,3}(?:[,，'’ \u00a0\u202f]\d{3})+(?!\d)|\d+|(?=\.\d))(?:\.(?P<part>\d+))?"
    r"(?:E(?P<exponent>[+-]?\d+))?"
    r"(?P<behind>(?![.,]?\d).*)",
    re.DOTALL | re.ASCII,
)
_PLAIN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_FRACTION = re.compile(r"[+-]?(?:(\d+)\s+)?(\d+)\s*/\s*(\d+)", re.ASCII)
_GROUPS = re.compile(r"[\d\s()-]+", re.ASCII)
_NUMERALS = re.compile(r"[负〇零一二三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟萬億两廿卅]+")
_NO_UNIT = re.compile(r"[\s+\-–—()（）]|[¥￥]|RMB|CNY|人民币", re.IGNORECASE)  # they multiply nothing
_NOT_WIDE_ENOUGH = re.compile("#+")
_OWN_MONEY = ("", "CNY", "RMB", "JPY", "XXX")  # programs take the ¥ of a format for a yen
_MOST_DIGITS = 300  # of what a spreadsheet can hold
_POWERS = (0, *range(1, 13), *range(-1, -13, -1))


class _Typed(NamedTuple):
    """A number as it is shown."""

    before: str
    digits: Decimal
    step: Decimal  # of its last digit
    behind: str


def find_unit(value: float, words: str, currency: str = "", *, is_share: bool = False) -> str | None:
    """Return a number as a person would type what its cell shows; None where that is the number itself.

    The digits stay those that are kept: 52340 shown as 5.2万 is 5.234万. What is scaled without a unit,
    and what cannot be what the cell holds, is written so that no field of amounts takes it.

    Args:
        value: what the cell holds.
        words: what it shows.
        currency: the code of its money, where it has one.
        is_share: whether it is a percentage by its type.
    """
    if not currency and is_plain(value, words):
        return None
    bare = words.translate(_WIDE).strip()
    if not bare or _NOT_WIDE_ENOUGH.fullmatch(bare) or _NUMERALS.fullmatch(bare):
        return _write(value, 0, "", "" if currency.upper() in _OWN_MONEY else currency)
    if _is_same_otherwise(value, bare):
        return None
    typed, swapped = _read(bare), _read(bare.translate(_SWAPPED))
    if typed is None and swapped is None:
        return None if value == 0 and not _NO_UNIT.sub("", bare) else _write_both(value, words)
    for shown in filter(None, (typed, swapped)):
        power = _find_power(value, shown, is_share=is_share)
        if power is not None:
            behind = _strip(shown.behind)
            has_own = "¥" in bare or "￥" in bare or currency.upper() in _OWN_MONEY
            return _write(value, power, _strip(shown.before), behind or ("" if has_own else currency))
    return _write_both(value, words)


def is_plain(value: float, words: str) -> bool:
    """Tell at once what is true of most cells: they show their number, and nothing besides."""
    match = _PLAIN.fullmatch(words)
    places = len(match[1] or ".") - 1 if match else 0
    return match is not None and abs(float(words.replace(",", "")) - value) < 0.4999 * 10.0**-places


def find_unit_of_style(value: float, style: DataStyle) -> str | None:
    """Return the same for a cell that has a format only, and no words."""
    if style.is_plain:
        return None
    power = next(
        (p for p in _POWERS if abs(Decimal(10) ** p - Decimal(style.divisor)) < Decimal(10) ** -15), None
    )
    if power is None:
        return f"{text_of(value)}÷{style.divisor:g}"
    return _write(value, power, _strip(style.before), _strip(style.behind))


def _read(bare: str) -> _Typed | None:
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return None
    part, exponent = match["part"] or "", int(match["exponent"] or "0")
    if abs(exponent) > _MOST_DIGITS:
        return None
    digits = Decimal(
        re.sub(r"\D", "", match["whole"]) + "." + part if part else re.sub(r"\D", "", match["whole"])
    )
    return _Typed(
        match["before"], digits.scaleb(exponent), Decimal(1).scaleb(exponent - len(part)), match["behind"]
    )


def _find_power(value: float, shown: _Typed, *, is_share: bool) -> int | None:
    """Find by which power of ten the number was divided before it was rounded to what is shown."""
    kept = abs(Decimal(repr(value)))
    for power in _likely_powers(shown, is_share=is_share):
        if abs(kept.scaleb(-power) - shown.digits) <= shown.step * Decimal("0.500001"):
            return power
    return None


def _likely_powers(shown: _Typed, *, is_share: bool) -> Iterator[int]:
    if is_share or "%" in shown.behind + shown.before:
        yield from (-2, 0)
    elif "‰" in shown.behind:
        yield from (-3, 0)
    elif shown.digits == 0:
        yield 0  # of a nought nobody can tell what it was divided by
    else:
        yield from _POWERS


def _is_same_otherwise(value: float, bare: str) -> bool:
    """Tell whether the words are the number all the same: a fraction, or digits in groups as in 0510-8686."""
    if match := _FRACTION.fullmatch(bare):
        whole, over, under = (int(part or 0) for part in match.groups())
        return under > 0 and abs(whole + over / under - abs(value)) <= 1 / under
    return bool(_GROUPS.fullmatch(bare)) and re.sub(r"\D", "", bare).lstrip("0") == text_of(abs(value))


def _strip(affix: str) -> str:
    return _NO_UNIT.sub("", affix)


def _write(value: float, power: int, before: str, behind: str) -> str | None:
    if not before and not behind and power == 0:
        return None
    number = Decimal(f"{value:.15g}").scaleb(-power)
    scale = f"×{Decimal(10) ** power:f}" if power and not before and not behind else ""
    return f"{before}{_plain(number)}{behind}{scale}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def _write_both(value: float, words: str) -> str:
    return f"{words.strip()} = {text_of(value)}"
