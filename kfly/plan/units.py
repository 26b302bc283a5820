"""Units of amounts, and how much of one another is: 亿元 in 万元, 亩 in m², 万人 in 人."""

from fractions import Fraction

from kfly.plan.signs import normalise, write_powers

MULTIPLIERS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
MU = Fraction(2000, 3)  # m²; the only unit that is no round number of them
SQUARE_METRES: dict[str, Fraction] = {
    **dict.fromkeys(("", "m2", "m^2", "平方米", "平米", "平方", "sqm"), Fraction(1)),
    "亩": MU,
    "公亩": Fraction(100),
    "公顷": Fraction(10**4),
    "ha": Fraction(10**4),
    **dict.fromkeys(("平方公里", "平方千米"), Fraction(10**6)),
    "km2": Fraction(10**6),
}
PARTS = {"%": 100, "‰": 1000}  # units in which a share is given: so many of them are the whole

_AREA = "m2"


def convert(unit: str | None, into: str | None) -> Fraction | None:
    """Return how much of one unit another one is; None where they measure different things.

    Args:
        unit: what is converted: 亿元; None for a plain number, such as a count.
        into: what it is to be in: 万元.
    """
    (kind, amount), (other, of_other) = _take_apart(unit or ""), _take_apart(into or "")
    return amount / of_other if kind == other else None


def count_parts(unit: str) -> int:
    """Return how many of a unit make the whole of a share: 100 of %, else 1."""
    return PARTS.get(normalise(unit), 1)


def _take_apart(unit: str) -> tuple[str, Fraction]:
    """Return what a unit measures, and how much of that one of it is: 万元 is 10000 of 元."""
    written = write_powers(normalise(unit)).lower()
    for multiplier in sorted(MULTIPLIERS, key=len, reverse=True):
        bare = written.removeprefix(multiplier)
        if written.startswith(multiplier) and bare:
            if bare in SQUARE_METRES:
                return _AREA, MULTIPLIERS[multiplier] * SQUARE_METRES[bare]
            return bare, Fraction(MULTIPLIERS[multiplier])
    return written, Fraction(1)
