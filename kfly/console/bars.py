"""A bar of progress with the trajectory's mark on it."""

from fractions import Fraction
from itertools import groupby

from rich.text import Text

FULL, EMPTY, MARK = "█", "░", "┃"


def draw_bar(share: Fraction, expected: Fraction | None, length: int, style: str) -> Text:
    """Draw a bar of progress.

    Args:
        share: of the goal that is reached; more than all fills the bar.
        expected: the share where the trajectory stands, marked; None draws no mark.
        length: in cells.
        style: of the part that is filled.
    """
    filled = int(min(max(share, Fraction(0)), Fraction(1)) * length)
    if share > 0 and filled == 0:
        filled = 1  # what has begun must be seen
    mark = None if expected is None else min(int(min(expected, Fraction(1)) * length), length - 1)
    signs = [
        (MARK, "bold") if cell == mark else (FULL, style) if cell < filled else (EMPTY, "dim")
        for cell in range(length)
    ]
    drawn = Text()
    for (sign, look), run in groupby(signs):
        drawn.append(sign * len(list(run)), look)
    return drawn
