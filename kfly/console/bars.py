"""Bars of progress with the trajectory's mark, and sparklines of a sign a month."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from rich.text import Text

FULL, EMPTY, MARK = "█", "░", "┃"
SIGNS = "▁▂▃▄▅▆▇█"


def draw_bar(share: Fraction, expected: Fraction | None, length: int, style: str) -> Text:
    """Draw a bar of progress.

    Args:
        share: of the goal that is reached; all or more fills the bar, less leaves a cell to be seen.
        expected: the share where the trajectory stands, marked; None draws no mark.
        length: in cells.
        style: of the part that is filled.
    """
    filled = int(min(max(share, Fraction(0)), Fraction(1)) * length)
    if share > 0 and filled == 0:
        filled = 1  # what has begun must be seen
    mark = None if expected is None else min(int(min(expected, Fraction(1)) * length), length - 1)
    if share < 1 and mark == filled == length - 1:
        filled -= 1  # or the mark would stand for the cell that is missing
    signs = [
        (MARK, "bold") if cell == mark else (FULL, style) if cell < filled else (EMPTY, "dim")
        for cell in range(length)
    ]
    drawn = Text()
    for (sign, look), run in groupby(signs):
        drawn.append(sign * len(list(run)), look)
    return drawn


def draw_sparkline(added: Sequence[Fraction | None]) -> str:
    """Draw a sign a month, the highest to the top; a blank for None, the lowest sign for nothing added."""
    top = max((amount for amount in added if amount), default=Fraction(0))
    return "".join(" " if amount is None else _sign(amount, top) for amount in added)


def _sign(amount: Fraction, top: Fraction) -> str:
    if amount <= 0 or top <= 0:
        return SIGNS[0]
    return SIGNS[max(1, int(amount / top * (len(SIGNS) - 1)))]  # what was added must be seen
