"""A bar of progress with the trajectory's mark on it."""

from fractions import Fraction

from rich.text import Text

FULL, EMPTY, MARK = "█", "░", "┃"


def bar(share: Fraction, expected: Fraction | None, length: int, style: str) -> Text:
    """A bar.

    Args:
        share: of the goal that is reached; more than all fills the bar.
        expected: the share where the trajectory stands, marked; None draws no mark.
        length: in cells.
        style: of the part that is filled.
    """
    filled = int(min(max(share, Fraction(0)), Fraction(1)) * length)
    if share > 0 and filled == 0:
        filled = 1  # what was begun is seen
    drawn = Text()
    mark = None if expected is None else min(int(min(expected, Fraction(1)) * length), length - 1)
    for cell in range(length):
        if cell == mark:
            drawn.append(MARK, "bold")
        else:
            drawn.append(FULL if cell < filled else EMPTY, style if cell < filled else "dim")
    return drawn
