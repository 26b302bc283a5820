"""``rollup -o FILE.xlsx``: many counties as one workbook: the whole, the groups, each county."""

from collections.abc import Iterator
from fractions import Fraction

from kfly.locale import _
from kfly.plan.counties import County
from kfly.progress.lights import LIGHTS
from kfly.progress.rollup import Line, Rollup, count_reds, show_progress
from kfly.reports import words
from kfly.reports.papers.workbook.looks import Looks
from kfly.reports.papers.workbook.sheet import (
    DAY,
    MARK,
    NUMBER,
    SHARE,
    YEAR,
    Cell,
    Column,
    Table,
    View,
    cut_to_percents,
    make_amount,
    make_promised,
    tint_lights,
)
from kfly.reports.papers.workbook.tables import add_view
from kfly.reports.rollup import (
    WITHIN,
    explain,
    find_digits_beside,
    find_goal,
    name_line,
    write_heading,
    write_ranking_heading,
)
from kfly.workbook.book import Book


def add_rollup(found: Rollup, book: Book) -> None:
    """Add all sheets to an open workbook."""
    looks = Looks(book, write_heading(found))
    for view in _list_views(found):
        add_view(looks, view)


def _list_views(found: Rollup) -> Iterator[View]:
    yield _make_whole(found)
    if found.groups:
        yield _make_groups(found)
    yield _make_ranking(found)
    yield _make_figures(found)
    if found.missing:
        yield _make_missing(found)


def _make_whole(found: Rollup) -> View:
    table = Table(_line_columns(), [_line_cells(line) for line in found.lines])
    return View(_("All counties"), write_heading(found), [table], list(explain(found)))


def _line_columns() -> list[Column]:
    return [
        Column(_("Target"), widest=30),
        Column(_("Total"), NUMBER),
        Column("", MARK),
        Column(_("Goal"), NUMBER),
        Column(_("Unit"), MARK),
        Column(_("Counties"), YEAR),
        Column(_("With a figure"), YEAR),
        Column(_("Met"), YEAR),
        *(Column(words.light_word(light), YEAR) for light in LIGHTS),
    ]


def _line_cells(line: Line) -> list[Cell]:
    promised = find_goal(line)
    sign = words.sign(promised.comparison) if promised else None
    digits = find_digits_beside(line, line.total, promised)
    total = make_amount(line.total, digits)
    goal = None if line.goal is None else make_promised(line.goal, digits)
    counted = (line.counties, line.reporting, line.met)
    lights = (line.lights[light] for light in LIGHTS)
    return [name_line(line), total, sign, goal, line.unit, *counted, *lights]


def _make_groups(found: Rollup) -> View:
    columns = [Column(_("Group"), widest=24), *_line_columns()]
    rows = [[WITHIN.join(group.group), *_line_cells(line)] for group in found.groups for line in group.lines]
    counted = Table(
        [Column(_("Group"), widest=24), Column(_("Counties"), YEAR), Column(_("Not added"), YEAR)],
        [[WITHIN.join(group.group), group.read, group.missing] for group in found.groups],
        caption=_("How many counties stand in it"),
    )
    return View(_("Groups"), _("Groups"), [Table(columns, rows), counted])


def _make_ranking(found: Rollup) -> View:
    columns = [
        Column(_("Rank"), YEAR),
        Column(_("County"), widest=20),
        Column(_("Group"), widest=24),
        Column(_("Score"), NUMBER),
        Column(_("Red"), YEAR),
        Column(_("Share"), SHARE),
    ]
    rows: list[list[Cell]] = [
        [
            place.place,
            place.county.name,
            WITHIN.join(place.county.group),
            None if place.county.score is None else Fraction(round(place.county.score, 1)),
            count_reds(place.county),
            cut_to_percents(place.shown),
        ]
        for place in found.ranking
    ]
    return View(_("Ranking"), write_ranking_heading(found), [Table(columns, rows)])


def _figure_columns() -> list[Column]:
    return [
        Column(_("County"), widest=20),
        Column(_("Group"), widest=24),
        Column(_("As of"), DAY),
        Column(_("Target"), widest=30),
        Column(_("Period"), MARK),
        Column(_("Actual"), NUMBER),
        Column(_("Goal")),
        Column(_("Unit"), MARK),
        Column(_("Progress"), SHARE),
        Column(_("Light"), MARK, tints=tint_lights()),
    ]


def _figure_rows(county: County) -> Iterator[list[Cell]]:
    for row in county.rows:
        promised = find_goal(row)
        digits = find_digits_beside(row, row.actual, promised)
        goal = words.goal(promised, digits) if promised else None
        yield [
            county.name,
            WITHIN.join(county.group),
            county.as_of,
            row.name,
            None if row.period == "plan" else row.period,
            make_amount(row.actual, digits),
            goal,
            row.unit,
            cut_to_percents(show_progress(row)),
            words.light_word(row.light),
        ]


def _make_figures(found: Rollup) -> View:
    rows = [cells for county in found.counties for cells in _figure_rows(county)]
    return View(_("Each county"), _("Figures of each county"), [Table(_figure_columns(), rows)])


def _make_missing(found: Rollup) -> View:
    columns = [Column(_("County"), widest=20), Column(_("Group"), widest=24), Column(_("Why"), widest=60)]
    rows: list[list[Cell]] = [[one.name, WITHIN.join(one.group), one.reason] for one in found.missing]
    tables = [Table(columns, rows)]
    last = [cells for one in found.missing if one.last for cells in _figure_rows(one.last)]
    if last:
        tables.append(Table(_figure_columns(), last, caption=_("Their last figures, which are not added")))
    return View(_("Not added"), _("Not added"), tables)
