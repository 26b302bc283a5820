"""Who leads the tasks, on the page: how many of each came on time, by the dates in force and by the first."""

from kfly.locale import _, format_share
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.reports.papers.page.parts import Column, Section, Table
from kfly.reports.tasks_by import TallyOf, explain_rates


def tell_leads(found: TallyOf, plan: Plan) -> Section:
    """Tell how the tasks of each lead stand."""
    names = name_organisations(plan)
    columns = [Column(_("Lead")), *(Column(heading, figures=True) for heading in found.headings)]
    rows = [
        [
            names[tally.organisation],
            *(str(getattr(tally, column)) for column in found.columns),
            format_share(tally.on_time_rate),
            *([format_share(tally.on_time_rate_original)] if found.moved else []),
        ]
        for tally in found.tallies
    ]
    heading = _("Tasks by lead")
    return Section(
        id="leads", heading=heading, said=explain_rates(found), tables=[Table(heading, columns, rows)]
    )
