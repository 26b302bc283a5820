"""The yearly evaluations on the page: the carriers by score, and those still to come."""

from collections.abc import Iterator
from datetime import date

from kfly.locale import _, format_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.evaluations import TOWN, Evaluations, RankedCarrier
from kfly.reports.evaluations import explain_grades, write_change, write_counts, write_outcome
from kfly.reports.papers.page.parts import Column, Section, Table, cut_table
from kfly.reports.registry_words import find_heading, tell_none_recorded

COMMAND = "kfly evaluations"


def tell_evaluations(evaluations: Evaluations, plan: Plan, day: date) -> Section:
    """Tell how the carriers were evaluated in the latest year."""
    found, carriers = evaluations.found, evaluations.carriers
    section = Section(id="evaluations", heading=_("Carriers evaluated for {year}", year=found.year))
    if not found.rows and not found.not_evaluated:
        return section._replace(said=[tell_none_recorded(carriers, day)])
    return section._replace(
        said=[write_counts(found), explain_grades(plan)], tables=list(_list_tables(evaluations, plan))
    )


def _list_tables(evaluations: Evaluations, plan: Plan) -> Iterator[Table]:
    """Yield the ranking, and the list of those that are still to be evaluated; none that is empty."""
    found, titles, names = evaluations.found, evaluations.titles, name_organisations(plan)
    town = Column(find_heading(evaluations.carriers, TOWN, TOWN))
    if found.rows:
        columns = [
            Column(_("Rank"), figures=True),
            Column(_("Carrier")),
            town,
            Column(_("Score"), figures=True),
            Column(_("Outcome")),
            Column(_("From last year")),
        ]
        rows = [_cells(row, evaluations, names) for row in found.rows]
        yield cut_table(Table(_("Carriers by score"), columns, rows), COMMAND)
    if found.not_evaluated:
        caption = _("Not evaluated for {year}: {n}", year=found.year, n=len(found.not_evaluated))
        rows = [[titles[each.id], names.get(each.town, "—")] for each in found.not_evaluated]
        yield cut_table(Table(caption, [Column(_("Carrier")), town], rows), COMMAND)


def _cells(row: RankedCarrier, evaluations: Evaluations, names: dict[str, str]) -> list[str]:
    return [
        str(row.rank),
        evaluations.titles[row.carrier.id],
        names.get(row.carrier.town, "—"),
        format_number(row.result.score),
        write_outcome(row),
        write_change(row),
    ]
