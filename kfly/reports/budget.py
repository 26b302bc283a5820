"""``budget``: the special fund: spent by category and year, what is left, whether it keeps pace."""

from datetime import date
from fractions import Fraction
from typing import Any

from kfly.console.bars import bar
from kfly.console.screen import show, text
from kfly.console.tables import Column, table
from kfly.locale import _
from kfly.locale.figures import part, plain, share, shown
from kfly.progress.budget import Budget
from kfly.reports import words
from kfly.reports.status import target_name, unit_of


def document(found: Budget, day: date) -> dict[str, Any]:
    """Return the JSON that other programs rely on; shares are of 1."""
    row = found.row
    return {
        "target": row.target.key,
        "as_of": day.isoformat(),
        "unit": unit_of(row),
        "ceiling": plain(found.ceiling),
        "spent": plain(row.actual),
        "left": plain(found.left),
        "share": plain(row.progress),
        "time_share": plain(found.time_share),
        "light": row.light,
        "by_category": [
            {
                "category": tally.category,
                "spent": plain(tally.spent),
                "share": plain(tally.spent / row.actual) if row.actual else None,
                "years": [{"year": year, "spent": plain(amount)} for year, amount in tally.years.items()],
            }
            for tally in found.categories
        ],
        "by_year": [{"year": year, "spent": plain(_of_year(found, year))} for year in found.years],
        "largest": [
            {
                "id": item.id,
                "title": item.title,
                "category": item.category,
                "amount": plain(item.amount),
                "on": item.on.isoformat(),
                "voucher_number": item.voucher or None,
            }
            for item in found.largest
        ],
    }


def _of_year(found: Budget, year: int) -> Fraction:
    return sum((tally.years[year] for tally in found.categories), Fraction(0))


def render(found: Budget, day: date) -> None:
    """Print the budget for people."""
    row = found.row
    heading = _(
        "{target} as of {day} ({unit})", target=target_name(row), day=day.isoformat(), unit=unit_of(row)
    )
    used = row.progress or Fraction(0)
    light = text(words.light(row.light), words.colour(row.light))
    drawn = bar(used, found.time_share, 40, words.colour(row.light))
    show(
        text(heading, "bold"),
        "",
        drawn.append("  ").append_text(light),
        _(
            "Ceiling {ceiling}, spent {spent}, {left}.",
            ceiling=shown(found.ceiling),
            spent=shown(row.actual),
            left=_("left {amount}", amount=shown(found.left))
            if found.left >= 0
            else _("over by {amount}", amount=shown(-found.left)),
        ),
        _(
            "Share used {used}; of the plan's run {time} have passed: {pace}.",
            used=share(used),
            time=share(found.time_share),
            pace=_pace(used, found.time_share),
        ),
    )
    _matrix(found)
    _largest(found)


def _pace(used: Fraction, time: Fraction) -> str:
    """Say whether the money goes as fast as the time, in whole percents."""
    ahead = int(used * 100) - int(time * 100)
    if ahead == 0:
        return _("as fast as the time")
    if ahead > 0:
        return _("ahead of the time by {points} points", points=ahead)
    return _("behind the time by {points} points", points=-ahead)


def _matrix(found: Budget) -> None:
    columns = [
        Column(_("Category"), narrowest=8),
        *(Column(str(year), justify="right") for year in found.years),
        Column(_("Total"), justify="right"),
        Column(_("Share"), justify="right"),
    ]
    actual = found.row.actual
    cells = [
        [
            tally.category,
            *(_amount(tally.years[year]) for year in found.years),
            _amount(tally.spent),
            part(tally.spent / actual) if actual else "—",
        ]
        for tally in found.categories
    ]
    totals = [_("Total"), *(_amount(_of_year(found, year)) for year in found.years), _amount(actual), ""]
    show("", table(columns, [*cells, [text(cell, "bold") for cell in totals]]))


def _amount(amount: Fraction) -> str:
    return shown(amount) if amount else "—"


def _largest(found: Budget) -> None:
    if not found.largest:
        show("", _("Nothing was spent yet."))
        return
    columns = [
        Column(_("Day")),
        Column(_("Largest items"), narrowest=12),
        Column(_("Category"), narrowest=8),
        Column(_("Amount"), justify="right"),
        Column(_("Voucher"), narrowest=8),
    ]
    cells = [
        [item.on.isoformat(), item.title, item.category, shown(item.amount), item.voucher or "—"]
        for item in found.largest
    ]
    show("", table(columns, cells))
