"""The money, as ``budget`` shows it: by category and year, and the largest payments."""

from fractions import Fraction

from kfly.locale import _, format_number, format_share
from kfly.progress.budget import Budget, Payment
from kfly.progress.shortfall import cap_share
from kfly.reports import words
from kfly.reports.figures import find_unit
from kfly.reports.papers.workbook.sheet import DAY, NUMBER, PART, Cell, Column, Table, View, with_unit
from kfly.reports.status import name_target

TENTHS = 1000


def make_budget(found: Budget) -> View:
    """Make the sheet of the money."""
    tables = [_by_category(found)]
    if found.largest:
        tables.append(_list_largest(found))
    return View(_("Money"), name_target(found.row), tables, [_tell(found)])


def _tell(found: Budget) -> str:
    row = found.row
    used = (cap_share(row.goal, found.spent) if row.goal else None) or Fraction(0)
    return _(
        "{light}; ceiling {ceiling} {unit}, spent {spent}, left {left}; used {used},"
        " of the time {time} have passed.",
        light=words.light(row.light),
        unit=find_unit(row),
        ceiling=format_number(found.ceiling),
        spent=format_number(found.spent),
        left=format_number(found.left),
        used=format_share(used),
        time=format_share(found.time_share),
    )


def _by_category(found: Budget) -> Table:
    unit, actual = find_unit(found.row), found.spent
    columns = [
        Column(_("Category"), widest=34),
        *(Column(with_unit(str(year), unit), NUMBER) for year in found.years),
        Column(with_unit(_("Total"), unit), NUMBER),
        Column(_("Share"), PART),
    ]
    rows: list[list[Cell]] = [
        [
            tally.category,
            *(tally.years[year] for year in found.years),
            tally.spent,
            Fraction(round(tally.spent / actual * TENTHS), TENTHS) if actual else None,
        ]
        for tally in found.categories
    ]
    by_year = [sum((tally.years[year] for tally in found.categories), Fraction(0)) for year in found.years]
    return Table(columns, rows, total=[_("Total"), *by_year, actual, None])


def _list_largest(found: Budget) -> Table:
    unit = find_unit(found.row)
    columns = [
        Column(_("Largest items"), widest=34),
        Column(_("Category"), widest=20),
        Column(_("Day"), DAY),
        Column(with_unit(_("Amount"), unit), NUMBER),
        Column(with_unit(_("Paid back"), unit), NUMBER),
        Column(_("Voucher"), widest=20),
    ]
    return Table(columns, [_item(item) for item in found.largest], _("Largest items"))


def _item(item: Payment) -> list[Cell]:
    return [item.title, item.category, item.on, item.amount, item.refunded or None, item.voucher]
