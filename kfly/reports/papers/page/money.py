"""The special fund on the page: what was spent on what, beside the time that has passed."""

from kfly.locale import _
from kfly.progress.budget import Budget
from kfly.reports.budget import describe_budget, sum_year, write_amount
from kfly.reports.figures import find_unit
from kfly.reports.papers.charts import draw_fund
from kfly.reports.papers.page.parts import Chart, Column, Section, Table
from kfly.reports.status import name_target


def tell_fund(budget: Budget) -> Section:
    """Tell where the money stands."""
    tables = [_list_years(budget), *([_list_largest(budget)] if budget.largest else [])]
    return Section(
        id="money",
        heading=_("{label} ({unit})", label=name_target(budget.row), unit=find_unit(budget.row)),
        said=describe_budget(budget)
        if budget.row.actual
        else [*describe_budget(budget), _("Nothing was spent yet.")],
        charts=[Chart(draw_fund(budget))],
        tables=tables,
    )


def _list_years(budget: Budget) -> Table:
    columns = [
        Column(_("Category")),
        *(Column(str(year), figures=True) for year in budget.years),
        Column(_("Total"), figures=True),
    ]
    rows = [
        [
            tally.category,
            *(write_amount(tally.years[year]) for year in budget.years),
            write_amount(tally.spent),
        ]
        for tally in budget.categories
    ]
    years = (write_amount(sum_year(budget, year)) for year in budget.years)
    return Table(
        _("Spent by category and year"),
        columns,
        [*rows, [_("Total"), *years, write_amount(budget.spent)]],
    )


def _list_largest(budget: Budget) -> Table:
    columns = [
        Column(_("Day")),
        Column(_("Largest items")),
        Column(_("Category")),
        Column(_("Amount"), figures=True),
        Column(_("Paid back"), figures=True),
    ]
    rows = [
        [
            item.on.isoformat(),
            item.title,
            item.category,
            write_amount(item.amount),
            write_amount(item.refunded),
        ]
        for item in budget.largest
    ]
    return Table(_("Largest items"), columns, rows)
