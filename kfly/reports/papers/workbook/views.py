"""The sheets of the workbook in their order."""

from collections.abc import Iterator

from kfly.locale import _
from kfly.progress.overview import Overview
from kfly.reports.papers.paper import Paper
from kfly.reports.papers.workbook.attention import make_attention
from kfly.reports.papers.workbook.budget import make_budget
from kfly.reports.papers.workbook.buildings import make_buildings
from kfly.reports.papers.workbook.evaluations import make_evaluations
from kfly.reports.papers.workbook.leads import make_leads
from kfly.reports.papers.workbook.league import make_league
from kfly.reports.papers.workbook.looks import Looks
from kfly.reports.papers.workbook.measures import make_deliverables, make_measures
from kfly.reports.papers.workbook.page import Page
from kfly.reports.papers.workbook.sheet import View
from kfly.reports.papers.workbook.since import make_since
from kfly.reports.papers.workbook.summary import WIDTHS, Places, fill_summary
from kfly.reports.papers.workbook.tables import add_view
from kfly.reports.papers.workbook.targets import make_targets
from kfly.reports.papers.workbook.tasks import make_tasks
from kfly.reports.papers.workbook.trends import CELLS, draw_trends, find_ways, make_trends
from kfly.reports.tasks_by import tally_leads
from kfly.workbook.book import Book


def add_views(paper: Paper, book: Book) -> None:
    """Add the summary, a sheet for each view, and the trends to an open workbook."""
    overview = paper.overview
    day = overview.day.isoformat()
    looks = Looks(book, _("{plan} · as of {day}", plan=overview.plan.name.spoken, day=day))
    summary = Page(looks, _("Summary"), WIDTHS)  # it stands first, and is written last, as are the drawings
    add_view(looks, make_attention(overview))
    if overview.since:
        add_view(looks, make_since(overview.since))
    drawings = Page(looks, _("Trends"), CELLS)
    places = Places(
        targets=add_view(looks, make_targets(overview.standing)),
        tasks=add_view(looks, make_tasks(overview.tasks, overview.plan)),
        league=None,
    )
    if leads := tally_leads(overview):
        add_view(looks, make_leads(leads, overview.plan))
    if overview.measures:
        add_view(looks, make_measures(overview.measures, overview.plan))
    for view in make_deliverables(overview.measures):
        add_view(looks, view)
    if overview.league:
        places = places._replace(league=add_view(looks, make_league(overview.league, overview.plan)))
    for view in _list_registry_views(overview):
        add_view(looks, view)
    ways = find_ways(overview.standing)
    draw_trends(drawings, ways, add_view(looks, make_trends(ways)))
    fill_summary(summary, overview, places)


def _list_registry_views(overview: Overview) -> Iterator[View]:
    """Yield the views that the plan may do without."""
    if overview.buildings:
        yield from make_buildings(overview.buildings, overview.plan, overview.day)
    if overview.budget:
        yield make_budget(overview.budget)
    if overview.evaluations:
        yield make_evaluations(overview.evaluations, overview.plan)
