"""``budget``: the special fund: spent by category and year, what is left, whether it keeps pace."""

from datetime import date
from fractions import Fraction
from typing import Any

from kfly.console.bars import draw_bar
from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_number, format_part, format_share, to_json_number
from kfly.progress.budget import Budget, Payment
from kfly.progress.shortfall import cap_share
from kfly.reports import words
from kfly.reports.figures import find_unit
from kfly.reports.status import name_target


def document(found: Budget, day: date) -> dict[str, Any]:
    """Return the JSON that other programs rely on; shares are of 1."""
    row = found.row
    return {
        "target": row.target.key,
        "as_of": day.isoformat(),
        "unit": find_unit(row),
        "ceiling": to_json_number(found.ceiling),
        "spent": to_json_number(row.actual),
        "refunded": to_json_number(found.refunded),
        "left": to_json_number(found.left),
        "share": to_json_number(row.progress),
        "time_share": to_json_number(found.time_share),
        "light": row.light,
        "by_category": [
            {
                "category": tally.category,
                "spent": to_json_number(tally.spent),
                "share": to_json_number(tally.spent / row.actual) if row.actual else None,
                "years": [
                    {"year": year, "spent": to_json_number(amount)} for year, amount in tally.years.items()
                ],
            }
            for tally in found.categories
        ],
        "by_year": [{"year": year, "spent": to_json_number(sum_year(found, year))} for year in found.years],
        "largest": [
            {
                "id": item.id,
                "title": item.title,
                "category": item.category,
                "amount": to_json_number(item.amount),
                "refunded": to_json_number(item.refunded),
                "on": item.on.isoformat(),
                "voucher_number": item.voucher or None,
            }
            for item in found.largest
        ],
    }


def sum_year(found: Budget, year: int) -> Fraction:
    """Add up what was spent in a year on all categories."""
    return sum((tally.years[year] for tally in found.categories), Fraction(0))


def render(found: Budget, day: date) -> None:
    """Print the budget for people."""
    row = found.row
    heading = _(
        "{target} as of {day} ({unit})", target=name_target(row), day=day.isoformat(), unit=find_unit(row)
    )
    used = (cap_share(row.goal, found.spent) if row.goal else None) or Fraction(0)
    light = text(words.light(row.light), words.colour(row.light))
    drawn = draw_bar(used, found.time_share, 40, words.colour(row.light))
    show(
        text(heading, "bold"),
        "",
        drawn.append("  ").append_text(light),
        *describe_budget(found),
    )
    _matrix(found)
    _largest(found)


def describe_budget(found: Budget) -> list[str]:
    """Say what is left, whether the spending keeps pace with the time, and what was paid back."""
    row = found.row
    used = (cap_share(row.goal, found.spent) if row.goal else None) or Fraction(0)
    left = (
        _("left {amount}", amount=format_number(found.left))
        if found.left >= 0
        else _("over by {amount}", amount=format_number(-found.left))
    )
    ceiling, spent = format_number(found.ceiling), format_number(found.spent)
    lines = [
        _("Ceiling {ceiling}, spent {spent}, {left}.", ceiling=ceiling, spent=spent, left=left),
        _(
            "Share used {used}; of the plan's run {time} have passed: {pace}.",
            used=format_share(used),
            time=format_share(found.time_share),
            pace=_pace(used, found.time_share),
        ),
    ]
    if found.refunded:
        paid, back = (format_number(amount) for amount in (found.spent + found.refunded, found.refunded))
        lines.append(_("Paid {paid}, of which {refunded} were paid back.", paid=paid, refunded=back))
    return lines


def _pace(used: Fraction, time: Fraction) -> str:
    """Say whether the money goes as fast as the time, in whole percents."""
    ahead = int(used * 100) - int(time * 100)
    if ahead == 0:
        return _("as fast as the time")
    if ahead > 0:
        return _("ahead of the time by {points} pp", points=ahead)
    return _("behind the time by {points} pp", points=-ahead)


def _matrix(found: Budget) -> None:
    columns = [
        Column(_("Category"), narrowest=8),
        *(Column(str(year), justify="right") for year in found.years),
        Column(_("Total"), justify="right"),
        Column(_("Share"), justify="right"),
    ]
    actual = found.spent
    cells = [
        [
            tally.category,
            *(write_amount(tally.years[year]) for year in found.years),
            write_amount(tally.spent),
            format_part(tally.spent / actual) if actual else "—",
        ]
        for tally in found.categories
    ]
    totals = [
        _("Total"),
        *(write_amount(sum_year(found, year)) for year in found.years),
        write_amount(actual),
        "",
    ]
    show("", make_table(columns, [*cells, [text(cell, "bold") for cell in totals]]))


def write_amount(amount: Fraction) -> str:
    """Write an amount for a cell; a dash for nothing."""
    return format_number(amount) if amount else "—"


def _largest(found: Budget) -> None:
    if not found.largest:
        show("", _("Nothing was spent yet."))
        return
    columns = [
        Column(_("Day")),
        Column(_("Largest items"), narrowest=12),
        Column(_("Category"), narrowest=8),
        Column(_("Amount"), justify="right"),
        *([Column(_("Paid back"), justify="right")] if any(item.refunded for item in found.largest) else []),
        Column(_("Voucher"), narrowest=8),
    ]
    show("", make_table(columns, [_item_cells(item, len(columns)) for item in found.largest]))


def _item_cells(item: Payment, columns: int) -> list[str]:
    """Write one of the largest items; the last column but one is there only where something was paid back."""
    cells = [item.on.isoformat(), item.title, item.category, format_number(item.amount)]
    back = [write_amount(item.refunded)] if columns > len(cells) + 1 else []
    return [*cells, *back, item.voucher or "—"]
