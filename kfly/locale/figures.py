"""Numbers as people and programs read them: one function each, whichever report shows them."""

from fractions import Fraction


def to_json_number(figure: Fraction | None) -> int | float | None:
    """Return a number for JSON: whole ones without a point, others as the nearest decimal."""
    if figure is None:
        return None
    return int(figure) if figure.denominator == 1 else float(figure)


def format_number(figure: Fraction, decimals: int = 2) -> str:
    """Write a number for people: thousands apart, exact if its decimals end, else rounded to ``decimals``."""
    if figure.denominator == 1:
        return f"{int(figure):,}"
    exact = 10**10  # the fen of 亿元, the finest step that is kept
    if (figure * exact).denominator == 1:
        steps = int(abs(figure) * exact)
        sign = "-" if figure < 0 else ""
        return f"{sign}{steps // exact:,}.{steps % exact:010d}".rstrip("0")
    rounded = round(figure, decimals)
    return (
        format_number(rounded) if rounded.denominator == 1 else f"{float(rounded):,.{decimals}f}".rstrip("0")
    )


def format_share(figure: Fraction | None) -> str:
    """Write a share in whole percents, rounded down: 99.9 % is not yet all."""
    return "—" if figure is None else f"{int(figure * 100)}%"


def format_part(figure: Fraction) -> str:
    """Write a part of a whole in percents, to the nearest tenth."""
    return format_number(round(figure * 100, 1)) + "%"
