"""``status --short``: one line a target, to fit a small screen."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from rich.text import Text

from kfly.console.screen import measure_width, show, text
from kfly.console.tables import GAP, Column, make_table
from kfly.console.widths import count_cells
from kfly.locale import _, format_share
from kfly.plan.metrics import Goal
from kfly.progress.shortfall import measure_lack
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import Standing
from kfly.reports import words
from kfly.reports.figures import write_difference
from kfly.reports.status import name_target, write_below, write_figures, write_tally

Cells = tuple[Text, ...]


def render(standing: Standing) -> None:
    """Print the plan's standing for people: a line a target, last the tasks.

    Where the words of the lights would take a second line, their signs stand alone, and are explained below.
    """
    heading = _("{plan} · as of {day}", plan=standing.plan.name.spoken, day=standing.as_of.isoformat())
    headings = [_("Target"), "", _("Actual / goal"), _("Share"), _("Gap")]
    rows = _rows(standing, words.light)
    legend: list[Text] = []
    if not _fits(headings, rows):
        rows = _rows(standing, lambda code: words.light_sign(code) or "—")
        legend = [text(_legend(standing), "dim")]
    columns = [Column(name, 10 if name else None) for name in headings]
    columns[3] = columns[3]._replace(justify="right", narrowest=None)
    below = [*map(text, write_below(standing)), *legend]
    show(text(heading, "bold"), make_table(columns, rows), "", write_tally(standing.tasks), *below)


def _rows(standing: Standing, write_light: Callable[[str], str]) -> list[Cells]:
    return [
        (
            text(name_target(row)),
            text(write_light(row.light), words.colour(row.light)),
            text(write_figures(row)),
            text(format_share(row.shown_share)),
            text(describe_gap(row, standing.as_of)),
        )
        for row in standing.targets
    ]


def _fits(headings: Sequence[str], rows: Sequence[Cells]) -> bool:
    """Tell whether each row can stand on one line."""
    lines = [headings, *([cell.plain for cell in row] for row in rows)]
    widths = [max(map(count_cells, column)) for column in zip(*lines, strict=True)]
    return sum(widths) + GAP * (len(widths) - 1) <= measure_width()


def _legend(standing: Standing) -> str:
    return "  ".join(dict.fromkeys(words.light(row.light) for row in standing.targets))


def describe_gap(row: TargetStanding, day: date) -> str:
    """Say in a few words what is missing of the goal, or what a ceiling leaves; in the figures' own unit."""
    if row.goal is None:
        return _("tracked only")
    if row.actual is None:
        return _("no data")
    held = row.held or row.goal
    if row.target.is_ceiling:
        return _describe_room(row, held, row.actual)
    if held.met(row.actual):
        return _("met") if row.met else _("met for now")
    return _describe_lack(row, held, row.actual, day)


def _describe_lack(row: TargetStanding, held: Goal, actual: Fraction, day: date) -> str:
    missing = abs(held.trajectory_end(whole=row.gauge.whole) - actual)
    if not missing:
        return _("to be undercut") if held.is_upper else _("to be exceeded")
    amount = write_difference(row, missing)
    if held.is_upper:
        return _("{amount} over", amount=amount)
    return _("{amount} short", amount=amount) if day > row.due else _("{amount} to go", amount=amount)


def _describe_room(row: TargetStanding, ceiling: Goal, actual: Fraction) -> str:
    """Say what a ceiling leaves, or by how much it is exceeded."""
    if over := measure_lack(ceiling, actual, whole=False):
        return _("{amount} over", amount=write_difference(row, over))
    return _("{amount} left", amount=write_difference(row, ceiling.amount - actual))
