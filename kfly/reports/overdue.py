"""``overdue``: the supervision report, by colour, the worst first."""

from datetime import date

from rich.text import Text

from kfly.locale import _, language
from kfly.progress.targets import BLUE, RED, YELLOW
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.screen import Column, show, table, text
from kfly.reports.tasks import listed, need_line, short_towns, state_cell


def worst_first(rows: list[TaskStanding]) -> list[TaskStanding]:
    """Red before yellow before blue; the longest overdue first, then the nearest due date."""
    order = {RED: 0, YELLOW: 1, BLUE: 2}
    return sorted(rows, key=lambda row: (order.get(row.light, 3), row.task.due, row.task.number))


def render(rows: list[TaskStanding], day: date) -> None:
    """Print the report; rows in the order of :func:`worst_first`."""
    counts = [sum(row.light == light for row in rows) for light in (RED, YELLOW)]
    others = len(rows) - sum(counts)
    heading = _(
        "Supervision as of {day}: {red} overdue, {yellow} behind, {blue} due soon",
        day=day.isoformat(),
        red=counts[0],
        yellow=counts[1],
        blue=others,
    )
    show(text(heading, "bold"))
    if not rows:
        show(_("Nothing to report."))
        return
    columns = (
        Column(_("Light")),
        Column(_("No."), justify="right"),
        Column(_("Task"), narrowest=16),
        Column(_("Lead"), narrowest=10),
        Column(_("Responsible"), narrowest=12),
        Column(_("Due")),
        Column(_("State")),
    )
    show("", table(columns, [_cells(row) for row in rows], spaced=True))


def _cells(row: TaskStanding) -> list[str | Text]:
    task = row.task
    unmet = [need for need in row.needs if not need.met]
    missing = [line for need in unmet for line in (need_line(need), short_towns(need)) if line]
    return [
        text(words.light(row.light), words.colour(row.light)),
        str(task.number),
        "\n".join([task.title.in_(language()), *missing]),
        listed(task.lead),
        listed(task.responsible),
        task.due.isoformat(),
        state_cell(row),
    ]
