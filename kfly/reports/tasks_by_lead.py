"""``tasks --by lead``: the tally of each lead organisation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_share, to_json_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.departments import DepartmentTally


def document(tallies: Sequence[DepartmentTally], plan: Plan, *, rated: bool) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on; the rate is a share of 1."""
    names = name_organisations(plan)
    return [
        {
            **_figures(tally, ongoing=any(one.ongoing for one in tallies)),
            "organisation": names[tally.organisation],
            "on_time_rate": to_json_number(tally.on_time_rate) if rated else None,
        }
        for tally in tallies
    ]


def _figures(tally: DepartmentTally, *, ongoing: bool) -> dict[str, Any]:
    """Return the figures of a tally; what goes on without an end only where there is such a task."""
    return {name: n for name, n in tally._asdict().items() if ongoing or name != "ongoing"}


def render(tallies: Sequence[DepartmentTally], plan: Plan, day: date, filters: str, *, rated: bool) -> None:
    """Print the tally.

    Args:
        tallies: of each lead.
        plan: whose tasks they are.
        day: the day asked.
        filters: the options that left tasks out; empty where none did.
        rated: whether a share of those on time means something.
    """
    if not tallies:
        show(_("No task matches."))
        return
    names = name_organisations(plan)
    ongoing = any(tally.ongoing for tally in tallies)
    headings = (
        _("Total"),
        _("Done"),
        _("On time"),
        _("Late"),
        _("Unsigned"),
        _("Overdue"),
        _("Open"),
        *([_("Ongoing")] if ongoing else []),
        _("On-time rate"),
    )
    columns = [Column(_("Lead"), narrowest=8), *(Column(heading, justify="right") for heading in headings)]
    rows = [_cells(tally, names[tally.organisation], rated=rated, ongoing=ongoing) for tally in tallies]
    show(
        text(_("Tasks by lead as of {day}", day=day.isoformat()), "bold"),
        *([text(_("Only: {filters}", filters=filters), "yellow")] if filters else []),
        "",
        make_table(columns, rows),
        "",
        _(
            "On-time rate: on time, of those signed off (on time or late) or overdue. What is done by its"
            " figures but unsigned does not count in it. A task with several leads counts for each."
        ),
    )


def _cells(tally: DepartmentTally, name: str, *, rated: bool, ongoing: bool) -> list[str | Text]:
    done = (tally.done, tally.on_time, tally.late, tally.unsigned)
    figures = (tally.total, *done, tally.overdue, tally.open, *([tally.ongoing] if ongoing else []))
    rate = text(format_share(tally.on_time_rate if rated else None), "red" if tally.overdue else "")
    return [name, *map(str, figures), rate]
