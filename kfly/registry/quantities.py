"""Amounts as people type them: ``5.2万``, ``52,000㎡``, ``30亩``, ``3.5亿元``."""

import re
from fractions import Fraction

from kfly.plan.kinds import YUAN
from kfly.plan.signs import normalise, write_powers
from kfly.plan.units import MULTIPLIERS, SQUARE_METRES, convert

LONGEST = 100  # characters; Python itself refuses to read a number of some thousand digits

_AMOUNT = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?\s*(?P<unit>[^\d\s.,+-][^\s]*)?",
    re.ASCII,
)


_PLAIN = re.compile(r"(-?\d{1,15})(?:\.(\d+))?", re.ASCII)


class NotAnAmountError(ValueError):
    """The text is no number, or not in a unit that fits."""


def parse_amount(text: str, unit: str | None, given: str = "") -> Fraction:
    """Read an amount in the field's unit, exactly; one typed in 亩 is rounded to 0.01 m².

    Args:
        text: what was typed.
        unit: the field's: ``m²``, ``万元``, ``亿元``, ``元``, any other word, or None.
        given: the unit of amounts that name none themselves, from the heading above them.

    Raises:
        NotAnAmountError: it is no number, its commas are misplaced, or its unit does not fit.
    """
    match = _AMOUNT.fullmatch(normalise(text)) if len(text) <= LONGEST else None
    if match is None:
        raise NotAnAmountError(text)
    typed = match["unit"] or ""
    if typed in MULTIPLIERS and given and unit_fits(typed + given, unit):
        typed += given
    number = Fraction(match["whole"].replace(",", "") + (match["part"] or ""))
    amount = (-number if match["sign"] in ("-", "−") else number) * _factor(typed, unit)
    if unit == "m²" and typed.endswith("亩") and not typed.endswith("公亩"):
        return Fraction((amount * 100 + Fraction(1, 2)).__floor__(), 100)
    return amount


def count_steps(text: str, decimals: int) -> int | None:
    """Count the smallest steps that a plain number is; None for any other, or one of finer steps."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    whole, part = match.groups("")
    return int(whole + part.ljust(decimals, "0")) if len(part) <= decimals else None


def unit_fits(typed: str, unit: str | None) -> bool:
    """Tell whether amounts can be in a unit where the field's is another."""
    try:
        _factor(typed, unit)
    except NotAnAmountError:
        return False
    return True


def _factor(typed: str, unit: str | None) -> Fraction:
    """Return how much of the field's unit one of the typed unit is."""
    typed = write_powers(typed)
    if unit == "m²":
        return _split(typed, SQUARE_METRES)
    if not typed:
        return Fraction(1)
    if unit in YUAN:
        # 万 and 亿 alone mean 万元 and 亿元 where money is meant.
        return _split(typed, {"": Fraction(1), "元": Fraction(1), "人民币": Fraction(1)}) / YUAN[unit]
    own = write_powers(normalise(unit or "")).lower()
    # Where the unit is 万人, 5万 could be 5 or 50000 of them; such a bare multiplier is refused.
    bare = {} if own.startswith(tuple(filter(None, MULTIPLIERS))) else {"": Fraction(1)}
    factor = convert(typed, own)  # 人 where the unit is 万人
    return _split(typed, {**bare, own: Fraction(1)}) if factor is None else factor


def _split(typed: str, units: dict[str, Fraction]) -> Fraction:
    """Read a multiplier and a unit, as in ``万平方米``."""
    for multiplier in sorted(MULTIPLIERS, key=len, reverse=True):
        unit = typed.removeprefix(multiplier).lower()
        if typed.startswith(multiplier) and unit in units:
            return MULTIPLIERS[multiplier] * units[unit]
    raise NotAnAmountError(typed)
