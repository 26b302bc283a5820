"""The first sheet, a page: the figures of the whole, as formulas over the other sheets, and two charts."""

from collections.abc import Sequence
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.overview import Overview
from kfly.progress.states import CARRIED, DONE, OPEN, OVERDUE
from kfly.reports import words
from kfly.reports.papers.workbook import targets, tasks
from kfly.reports.papers.workbook.page import Page
from kfly.reports.papers.workbook.summary_charts import draw_league, draw_targets
from kfly.reports.papers.workbook.tables import Placed
from kfly.workbook.widths import LINE

WIDTHS = (11,) * 12  # characters of the columns
BOX = 2  # columns of a figure
CHART, SMALL = 22, 18  # rows of cells that the charts take


class Places(NamedTuple):
    """Where the tables stand that the summary refers to."""

    targets: Placed
    tasks: Placed
    league: Placed | None


class Figure(NamedTuple):
    """A figure in large digits: its name, its formula, what that comes to, the light it is drawn in."""

    name: str
    formula: str
    value: int
    light: str = NONE


def fill_summary(page: Page, overview: Overview, places: Places) -> None:
    """Fill the first sheet."""
    _put_heading(page, overview)
    _put_figures(page, _count_targets(overview, places.targets))
    _put_figures(page, _count_tasks(overview, places.tasks))
    file = page.looks.book.file
    if rows := overview.standing.targets:
        page.sheet.insert_chart(page.row, 0, draw_targets(file, rows, places.targets))
        page.leave(CHART)
    if overview.league and places.league:
        names = name_organisations(overview.plan)
        page.sheet.insert_chart(page.row, 0, draw_league(file, overview.league.places, names, places.league))
        page.leave(SMALL)
    page.set_print()
    page.sheet.fit_to_pages(1, 1)


def _put_heading(page: Page, overview: Overview) -> None:
    name, day = overview.plan.name.spoken, overview.day.isoformat()
    if overview.scope is not None:
        name = _("{name} · {organisation}", name=name, organisation=overview.scope.title.spoken)
    page.put_line(name, page.looks.title)
    page.put_line(_("As of {day}; figures as in “kfly status” and “kfly tasks”.", day=day), page.looks.told)
    page.end_row(LINE / 2)


def _count_targets(overview: Overview, its: Placed) -> list[Figure]:
    rows = overview.standing.targets
    lit = [words.light(row.light, starting=row.starting) for row in rows]
    met = [row for row in rows if row.met and row.goal]
    return [
        Figure(_("All targets"), f"=COUNTA({its.spell(targets.NAME)})", len(rows)),
        Figure(_("Met"), f'=COUNTIF({its.spell(targets.MET)},"{targets.KEPT}")', len(met)),
        *(
            Figure(
                words.light_word(code),
                f'=COUNTIF({its.spell(targets.LIGHT)},"{light}")',
                lit.count(light),
                code,
            )
            for code, light in ((code, words.light(code)) for code in (GREEN, YELLOW, RED))
        ),
    ]


def _count_tasks(overview: Overview, its: Placed) -> list[Figure]:
    tally, state, light = overview.standing.tasks, its.spell(tasks.STATE), its.spell(tasks.LIGHT)
    unsigned = _("awaits sign-off")

    def count(code: str) -> str:
        return f'=COUNTIF({state},"{words.state(code)}")'

    def count_open(code: str) -> str:
        return f'=COUNTIFS({state},"{words.state(OPEN)}",{light},"{words.light(code)}")'

    return [
        Figure(_("All tasks"), f"=COUNT({its.spell(tasks.YEARS)})-{count(CARRIED)[1:]}", tally.total),
        Figure(_("Done"), count(DONE), tally.done, GREEN),
        Figure(_("Of which unsigned"), f'=COUNTIF({its.spell(tasks.SIGNED)},"{unsigned}*")', tally.unsigned),
        Figure(_("Overdue"), count(OVERDUE), tally.overdue, RED),
        Figure(_("Behind"), count_open(YELLOW), tally.behind, YELLOW),
        Figure(_("Due soon"), count_open(BLUE), tally.due_soon, BLUE),
    ]


def _put_figures(page: Page, figures: Sequence[Figure]) -> None:
    """Write a row of boxes, each a name above a figure."""
    looks = [page.looks.make_box(figure.light) for figure in figures]
    for number, (figure, (name, _digits)) in enumerate(zip(figures, looks, strict=True)):
        page.put_across(number * BOX, number * BOX + BOX - 1, figure.name, name)
    page.end_row(LINE * 1.2)
    for number, (figure, (_name, digits)) in enumerate(zip(figures, looks, strict=True)):
        page.join(number * BOX, number * BOX + BOX - 1, digits)
        page.sheet.write_formula(page.row, number * BOX, figure.formula, digits, figure.value)
    page.end_row(LINE * 2.2)
    page.end_row(LINE / 2)
