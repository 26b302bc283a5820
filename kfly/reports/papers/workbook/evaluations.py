"""The carriers of a year by score, as ``evaluations`` shows them, those not evaluated yet last."""

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.evaluations import TOWN, Evaluations, RankedCarrier
from kfly.reports import words
from kfly.reports.papers.workbook.sheet import MARK, NUMBER, YEAR, Cell, Column, Table, View, tint_outcomes
from kfly.reports.registry_words import find_heading


def make_evaluations(shown: Evaluations, plan: Plan) -> View:
    """Make the sheet of the carriers."""
    found, names = shown.found, name_organisations(plan)
    columns = [
        Column(_("Rank"), YEAR),
        Column(_("Carrier"), widest=40),
        Column(find_heading(shown.carriers, TOWN, TOWN), widest=20),
        Column(_("Score"), NUMBER),
        Column(_("Outcome"), MARK, tints=tint_outcomes(), widest=24),
        Column(_("From last year (points)"), NUMBER),
        Column(_("Outcome last year"), MARK),
    ]
    rows = [_cells(row, shown, names) for row in found.rows]
    waiting: list[list[Cell]] = [
        [None, shown.titles[each.id], names.get(each.town, "—"), None, _("not evaluated yet"), None, ""]
        for each in found.not_evaluated
    ]
    return View(
        name=_("Evaluations"),
        title=_("Carriers evaluated for {year}", year=found.year),
        tables=[Table(columns, [*rows, *waiting])],
    )


def _cells(row: RankedCarrier, shown: Evaluations, names: dict[str, str]) -> list[Cell]:
    warned = [_("second warning in a row")] if row.second_warning else []
    return [
        row.rank,
        shown.titles[row.carrier.id],
        names.get(row.carrier.town, "—"),
        row.result.score,
        "\n".join([words.outcome(row.result.outcome), *warned]),
        row.change,
        words.outcome(row.previous.outcome) if row.previous else "",
    ]
