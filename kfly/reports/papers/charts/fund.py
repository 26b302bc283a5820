"""What was spent of a ceiling on money, beside the time that has passed, and on what."""

from fractions import Fraction

from markupsafe import Markup

from kfly.locale import _, format_number, format_part, format_share
from kfly.progress.budget import Budget, CategoryTally
from kfly.reports import words
from kfly.reports.figures import find_unit
from kfly.reports.papers.charts.bars import WIDTH, Bar, draw_bars
from kfly.reports.status import name_target


def draw_fund(budget: Budget, width: int = WIDTH) -> Markup:
    """Draw the share that is used, with a mark where the time stands, and a bar a category."""
    bars = [
        _whole(budget),
        Bar(_("The mark: {share} of the time have passed.", share=format_share(budget.time_share))),
        *(_part(tally, budget.spent) for tally in budget.categories),
    ]
    told = _("; ").join(f"{bar.label} {bar.told}".strip() for bar in bars)
    return draw_bars(name_target(budget.row), told, bars, "money", width)


def _whole(budget: Budget) -> Bar:
    row = budget.row
    figures = (
        f"{format_number(budget.spent)} / {words.goal(row.goal)}" if row.goal else format_number(budget.spent)
    )
    told = f"{figures} {find_unit(row)} · {words.share(row)}"
    used = budget.spent / budget.ceiling if budget.ceiling else Fraction(0)
    return Bar(_("Spent"), told, _clamp(used), mark=_clamp(budget.time_share))


def _part(tally: CategoryTally, spent: Fraction) -> Bar:
    """Make the bar of a category: its part of what was spent."""
    part = tally.spent / spent if spent else Fraction(0)
    told = f"{format_number(tally.spent)} · {format_part(part)}" if spent else format_number(tally.spent)
    return Bar(tally.category, told, _clamp(part))


def _clamp(share: Fraction) -> float:
    return float(min(max(share, Fraction(0)), Fraction(1)))
