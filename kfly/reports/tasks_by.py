"""``tasks --by lead|leader|town``: the tally of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_matrix
from kfly.locale import N_, _, format_share, to_json_number
from kfly.plan.model import Plan
from kfly.plan.organisations import find_related, name_organisations
from kfly.progress.departments import LEAD, LEADER, TOWN, DepartmentTally, tally_by
from kfly.progress.overview import Overview

_ALWAYS = ("total", "done", "on_time", "late", "unsigned", "overdue", "open")
_WHERE_ANY = ("ongoing", "suspended", "cancelled", "unreported")  # shown where a plan has such tasks
_HEADINGS = {
    "total": N_("Total"),
    "done": N_("Done"),
    "on_time": N_("On time"),
    "late": N_("Late"),
    "unsigned": N_("Unsigned"),
    "overdue": N_("Overdue"),
    "open": N_("Open"),
    "ongoing": N_("Ongoing"),
    "suspended": N_("Suspended"),
    "cancelled": N_("Cancelled"),
    "unreported": N_("Report missing"),
}
_TITLES = {
    LEAD: (N_("Tasks by lead as of {day}"), N_("Lead")),
    LEADER: (N_("Tasks by leader in charge as of {day}"), N_("Leader in charge")),
    TOWN: (N_("Tasks by town as of {day}"), N_("Town")),
}


class TallyOf(NamedTuple):
    """What is tallied.

    Attributes:
        by: LEAD, LEADER or TOWN.
        tallies: of each.
        rated: whether a share of those on time means something.
        filters: the options that left tasks out; empty where none did.
    """

    by: str
    tallies: Sequence[DepartmentTally]
    rated: bool
    filters: str

    @property
    def columns(self) -> list[str]:
        """The figures that are shown: what is nowhere has no column."""
        return [*_ALWAYS, *(name for name in _WHERE_ANY if any(getattr(t, name) for t in self.tallies))]

    @property
    def moved(self) -> bool:
        """Whether extensions make a difference: the rate by the first due days is shown as well."""
        return any(tally.on_time_rate != tally.on_time_rate_original for tally in self.tallies)

    @property
    def headings(self) -> list[str]:
        """What stands above the figures and the rates."""
        first = [_("By the first date")] if self.moved else []
        return [*(_(_HEADINGS[name]) for name in self.columns), _("On-time rate"), *first]


def tally_leads(overview: Overview) -> TallyOf | None:
    """Tally the tasks of a paper by who leads them, in a part by those whose part it is; None without any."""
    plan, scope = overview.plan, overview.scope
    only = None if scope is None else find_related(scope, plan)
    tallies = tally_by(LEAD, overview.tasks, plan, only)
    return TallyOf(LEAD, tallies, rated=True, filters="") if tallies else None


def document(found: TallyOf, plan: Plan) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on; the rates are shares of 1."""
    names = name_organisations(plan)
    return [
        {
            "leader" if found.by == LEADER else "organisation": names.get(
                tally.organisation, tally.organisation
            ),
            **{name: getattr(tally, name) for name in found.columns},
            "on_time_rate": to_json_number(tally.on_time_rate) if found.rated else None,
            "on_time_rate_original": to_json_number(tally.on_time_rate_original) if found.rated else None,
        }
        for tally in found.tallies
    ]


def render(found: TallyOf, plan: Plan, day: date) -> None:
    """Print the tally."""
    if not found.tallies:
        show(_("No task matches."))
        return
    names = name_organisations(plan)
    title, who = _TITLES[found.by]
    columns = [Column(_(who), narrowest=8), *map(_make_column, found.headings)]
    rows = [
        _cells(tally, names.get(tally.organisation, tally.organisation), found) for tally in found.tallies
    ]
    show(
        text(_(title, day=day.isoformat()), "bold"),
        *([text(_("Only: {filters}", filters=found.filters), "yellow")] if found.filters else []),
        "",
        make_matrix(columns, rows),
        "",
        *explain_rates(found),
    )


def _make_column(heading: str) -> Column:
    """Make a column of figures; a heading of several words may wrap between them, no other does."""
    return Column(heading, narrowest=6 if " " in heading else None, justify="right")


def explain_rates(found: TallyOf) -> list[str]:
    """Say what the rates are of."""
    told = _(
        "On-time rate: on time, of those signed off (on time or late) or overdue. What is done by its"
        " figures but unsigned does not count in it. A task with several leads counts for each."
    )
    return [
        told,
        *([_("By the first date: the same by the dates before any extension.")] if found.moved else []),
    ]


def _cells(tally: DepartmentTally, name: str, found: TallyOf) -> list[str | Text]:
    figures = [str(getattr(tally, column)) for column in found.columns]
    rate = text(format_share(tally.on_time_rate if found.rated else None), "red" if tally.overdue else "")
    first = format_share(tally.on_time_rate_original if found.rated else None)
    return [name, *figures, rate, *([first] if found.moved else [])]
