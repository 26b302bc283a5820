"""A sparkline: a sign a month, as high as what it has added."""

from collections.abc import Sequence
from fractions import Fraction

SIGNS = "▁▂▃▄▅▆▇█"


def draw_sparkline(added: Sequence[Fraction | None]) -> str:
    """Draw a sign a month, the highest to the top; a blank for None, the lowest sign for nothing added."""
    top = max((amount for amount in added if amount), default=Fraction(0))
    return "".join(" " if amount is None else _sign(amount, top) for amount in added)


def _sign(amount: Fraction, top: Fraction) -> str:
    if amount <= 0 or top <= 0:
        return SIGNS[0]
    return SIGNS[max(1, int(amount / top * (len(SIGNS) - 1)))]  # what was added must be seen
