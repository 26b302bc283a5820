"""With how many decimals figures are written: as a target says, and enough to see whether its goal is met."""

from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import Goal

FINEST = 10  # decimals that are written out where nothing is rounded: the fen of 亿元
FINEST_STEPS: int = 10**FINEST
USUAL = 2  # decimals of what does not end, and at most of what was reported


class Digits(NamedTuple):
    """How many decimals figures are written with.

    Attributes:
        least: always so many.
        most: rounded to so many, halves away from zero, as spreadsheets do.
        exact: whether only that is rounded which does not end.
    """

    least: int = 0
    most: int = USUAL
    exact: bool = True

    def write(self, figure: Fraction) -> str:
        """Write a figure for people: thousands apart."""
        return self._spell(self.round(figure))

    def write_goal(self, amount: Fraction) -> str:
        """Write what is promised: it is not rounded, unless it does not end."""
        return self._spell(self.round_goal(amount))

    def round(self, figure: Fraction) -> Fraction:
        """Return a figure as it is shown."""
        return figure if self.exact and _ends(figure) else _round(figure, self.most)

    def round_goal(self, amount: Fraction) -> Fraction:
        """Return what is promised as it is shown."""
        return amount if _ends(amount) else _round(amount, self.most)

    def count(self, figure: Fraction) -> int:
        """Count the decimals that a figure is written with."""
        return len(self.write(figure).partition(".")[2])

    def beside(self, figure: Fraction, goal: Goal | None) -> "Digits":
        """Return the digits with which a figure is seen to meet its goal, or not to: 5.96 of 6 is no 6."""
        digits = self
        while goal is not None and not digits._tells(figure, goal):
            digits = digits._replace(most=digits.most + 1)
        return digits

    def for_difference(self, difference: Fraction) -> "Digits":
        """Return the digits with which a difference is seen: what is missing is never 0."""
        digits = self
        while difference and not digits.round(difference):
            digits = digits._replace(most=digits.most + 1)
        return digits

    def _tells(self, figure: Fraction, goal: Goal) -> bool:
        """Tell whether a figure looks as it is: met or not, and no other than the goal that it equals."""
        shown, promised = self.round(figure), self.round_goal(goal.amount)
        seen = goal._replace(amount=promised).met(shown) == goal.met(figure)
        return seen and (figure != goal.amount or shown == promised)

    def _spell(self, shown: Fraction) -> str:
        """Write a figure that ends, with no needless zeros but those that are always wanted."""
        places = max(FINEST, self.most)
        whole, part = divmod(int(abs(shown) * 10**places), 10**places)
        decimals = f"{part:0{places}d}".rstrip("0").ljust(self.least, "0")
        sign = "-" if shown < 0 else ""
        return f"{sign}{whole:,}.{decimals}" if decimals else f"{sign}{whole:,}"


AS_GIVEN = Digits()  # of counts and sums: all that there are
AS_REPORTED = Digits(exact=False)  # of levels, and of what comes from outside


def find_digits(decimals: int | None, *, reported: bool) -> Digits:
    """Return how many decimals figures have, by what their target says of them.

    Args:
        decimals: what it says; None: nothing.
        reported: whether they are reported, a share or an average, not records that are counted or added.
    """
    if decimals is not None:
        return Digits(decimals, decimals, exact=False)
    return AS_REPORTED if reported else AS_GIVEN


def _ends(figure: Fraction) -> bool:
    return (figure * FINEST_STEPS).denominator == 1


def _round(figure: Fraction, places: int) -> Fraction:
    """Round to so many decimals, halves away from zero."""
    steps = int(abs(figure) * 10**places + Fraction(1, 2))
    return Fraction(-steps if figure < 0 else steps, 10**places)
