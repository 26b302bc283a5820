"""``evaluations``: the carriers of a year by score, and those that are still to be evaluated."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_number, to_json_number
from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import CARRIER
from kfly.plan.model import AWARD, WARNING, Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.evaluations import TOWN, Carrier, Evaluated, RankedCarrier
from kfly.reports import words
from kfly.reports.registry_words import find_heading, tell_none_recorded

Titles = Mapping[int, str]  # of the carriers
_COLOURS = {AWARD: "green", WARNING: "red"}


def document(found: Evaluated, titles: Titles, plan: Plan) -> dict[str, Any]:
    """Return the JSON that other programs rely on; ``change`` in points, null without a score last year."""
    names = name_organisations(plan)
    return {
        "year": found.year,
        "evaluated": [
            {
                "rank": row.rank,
                **_carrier(row.carrier, titles, names),
                "score": to_json_number(row.result.score),
                "outcome": row.result.outcome,
                "change": to_json_number(row.change),
                "previous_outcome": row.previous.outcome if row.previous else None,
                "second_warning": row.second_warning,
            }
            for row in found.rows
        ],
        "not_evaluated": [_carrier(each, titles, names) for each in found.not_evaluated],
        "counts": found.counts,
    }


def _carrier(each: Carrier, titles: Titles, names: dict[str, str]) -> dict[str, Any]:
    return {CARRIER: titles[each.id], "town": names.get(each.town)}


def render(found: Evaluated, titles: Titles, carriers: Kind, plan: Plan, day: date) -> None:
    """Print the ranking for people."""
    show(text(_("Carriers evaluated for {year}, as of {day}", year=found.year, day=day.isoformat()), "bold"))
    if not found.rows and not found.not_evaluated:
        show(tell_none_recorded(carriers, day))
        return
    names = name_organisations(plan)
    show(write_counts(found), text(explain_grades(plan), "dim"))
    if found.rows:
        show("", _ranking(found, titles, carriers, names))
    if found.not_evaluated:
        count = _("Not evaluated for {year}: {n}", year=found.year, n=len(found.not_evaluated))
        columns = (
            Column(_("Carrier"), narrowest=10),
            Column(find_heading(carriers, TOWN, TOWN), narrowest=8),
        )
        rows = [[titles[each.id], names.get(each.town, "—")] for each in found.not_evaluated]
        show("", text(count, "bold"), "", make_table(columns, rows))


def write_counts(found: Evaluated) -> str:
    """Write how many carriers were evaluated, and how many came to each outcome."""
    return _(
        "Evaluated: {n} of {total}; {counts}.",
        n=len(found.rows),
        total=len(found.rows) + len(found.not_evaluated),
        counts=_(", ").join(f"{words.outcome(code)} {n}" for code, n in found.counts.items()),
    )


def explain_grades(plan: Plan) -> str:
    """Say from which scores on a carrier is rewarded, and below which it is warned."""
    grades = plan.evaluation
    return _(
        "{award} from {best} points on, {warning} below {worst}.",
        award=words.outcome(AWARD),
        best=format_number(grades.award),
        warning=words.outcome(WARNING),
        worst=format_number(grades.warning),
    )


def _ranking(found: Evaluated, titles: Titles, carriers: Kind, names: dict[str, str]) -> RenderableType:
    columns = (
        Column(_("Rank"), justify="right"),
        Column(_("Carrier"), narrowest=10),
        Column(find_heading(carriers, TOWN, TOWN), narrowest=8),
        Column(_("Score"), justify="right"),
        Column(_("Outcome"), narrowest=8),
        Column(_("From last year"), narrowest=10),
    )
    return make_table(columns, [_cells(row, titles, names) for row in found.rows])


def _cells(row: RankedCarrier, titles: Titles, names: dict[str, str]) -> list[str | Text]:
    return [
        str(row.rank),
        titles[row.carrier.id],
        names.get(row.carrier.town, "—"),
        format_number(row.result.score),
        text(write_outcome(row), _COLOURS.get(row.result.outcome, "")),
        write_change(row),
    ]


def write_outcome(row: RankedCarrier) -> str:
    """Write what an evaluation led to, and below it whether that was a warning for the second time."""
    outcome = words.outcome(row.result.outcome)
    return "\n".join([outcome, *([_("second warning in a row")] if row.second_warning else [])])


def write_change(row: RankedCarrier) -> str:
    """Write the points gained or lost and, where the outcome is another, the two outcomes."""
    if row.previous is None or row.change is None:
        return _("no score last year")
    points = write_signed(row.change)
    before, now = row.previous.outcome, row.result.outcome
    return points if before == now else f"{points}\n{words.outcome(before)} → {words.outcome(now)}"


def write_signed(change: Fraction) -> str:
    """Write a change with its sign."""
    return f"{'+' if change > 0 else ''}{format_number(change)}"
