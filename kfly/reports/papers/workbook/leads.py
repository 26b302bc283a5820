"""Who leads the tasks: a row each, as ``tasks --by lead`` shows them."""

from kfly.locale import _
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.reports.papers.workbook.sheet import NUMBER, PART, Column, Table, View
from kfly.reports.tasks_by import TallyOf, explain_rates


def make_leads(found: TallyOf, plan: Plan) -> View:
    """Make the sheet."""
    names, figures = name_organisations(plan), len(found.columns)
    columns = [
        Column(_("Lead"), widest=30),
        *(Column(heading, NUMBER) for heading in found.headings[:figures]),
        *(Column(heading, PART) for heading in found.headings[figures:]),
    ]
    rows = [
        [
            names[tally.organisation],
            *(getattr(tally, column) for column in found.columns),
            tally.on_time_rate,
            *([tally.on_time_rate_original] if found.moved else []),
        ]
        for tally in found.tallies
    ]
    return View(_("By lead"), _("Tasks by lead"), [Table(columns, rows)], explain_rates(found))
