"""``enclaves``: what each town has set up in each year, against what it owes, and who hosts it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from rich.console import RenderableType

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _, format_number, to_json_number
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan, Target
from kfly.plan.organisations import name_organisations
from kfly.progress.enclaves import FLOOR_AREA, HOST, Enclaves, TownEnclaves, YearArea
from kfly.reports import words
from kfly.reports.registry_words import find_heading, tell_absent_fields, tell_none_recorded, write_figure

Rows = Sequence[TownEnclaves]


def document(found: Enclaves, kind: Kind, plan: Plan) -> dict[str, Any]:
    """Return the JSON that other programs rely on; null for what a town that owes nothing has not got."""
    names, target = name_organisations(plan), found.target
    return {
        "year": found.year,
        "goal": to_json_number(target.goal.amount) if target and target.goal else None,
        "unit": find_unit(target, kind),
        "towns": [_town(row, names) for row in found.towns],
    }


def _town(row: TownEnclaves, names: dict[str, str]) -> dict[str, Any]:
    return {
        "organisation": names[row.town],
        "owed": to_json_number(row.owed),
        "area": to_json_number(row.area),
        "met": row.met,
        "missing": to_json_number(row.missing),
        "hosts": [{"organisation": names[host], "area": to_json_number(area)} for host, area in row.hosts],
        "years": [{"year": y.year, "area": to_json_number(y.area), "met": y.met} for y in row.years],
    }


def find_unit(target: Target | None, kind: Kind) -> str:
    """Return the unit of the figures."""
    if target:
        return target.unit.spoken
    field = kind.field(FLOOR_AREA)
    return (field and field.unit) or ""


def render(found: Enclaves, kind: Kind, plan: Plan, day: date) -> None:
    """Print the enclaves for people."""
    unit, rows = find_unit(found.target, kind), found.towns
    title = _("Enclaves of {year} as of {day} ({unit})", year=found.year, day=day.isoformat(), unit=unit)
    show(text(title, "bold"), _goal(found.target, unit), *tell_absent_fields(kind, (FLOOR_AREA, HOST)))
    if not any(figure.area for row in rows for figure in row.years):
        show(tell_none_recorded(kind, day))
    if rows:
        names = name_organisations(plan)
        show("", _table(rows, kind, found.year, names), "", *_summary(rows))


def _goal(target: Target | None, unit: str) -> str:
    if target is None or target.goal is None:
        return _("The plan sets the towns no yearly goal for them.")
    return _(
        "Goal: {name}, {sign} {goal} {unit} a year from each town that owes it.",
        name=target.name.spoken,
        sign=words.sign(target.goal.comparison),
        goal=format_number(target.goal.amount),
        unit=unit,
    )


def _table(rows: Rows, kind: Kind, year: int, names: dict[str, str]) -> RenderableType:
    years = [figure.year for figure in rows[0].years]
    columns = [
        Column(_("Town"), narrowest=8),
        *(Column(str(of), narrowest=6, justify="right") for of in years),
        Column(_("Short in {year}", year=year), narrowest=8, justify="right"),
        Column(_("{name} ({year})", name=find_heading(kind, HOST, HOST), year=year), narrowest=12),
    ]
    cells = [
        [names[row.town], *map(_marked, row.years), _short(row), "\n".join(_hosted(row.hosts, names))]
        for row in rows
    ]
    by_year = zip(*(row.years for row in rows), strict=True)
    totals = [format_number(sum((f.area for f in figures), Fraction(0))) for figures in by_year]
    short = write_figure(sum((row.missing or Fraction(0) for row in rows), Fraction(0)))
    total = [_("Total"), *totals, short, "\n".join(_hosted(_by_host(rows), names))]
    return make_table(columns, [*cells, [text(cell, "bold") for cell in total]])


def _marked(of: YearArea) -> str:
    mark = "" if of.met is None else " ✓" if of.met else " ✗"
    return format_number(of.area) + mark


def _short(row: TownEnclaves) -> Any:
    if row.owed is None:
        return _("owes none")
    return text(format_number(row.missing or Fraction(0)), "red") if not row.met else ""


def _hosted(hosts: Sequence[tuple[str, Fraction]], names: dict[str, str]) -> list[str]:
    return [f"{names[host]} {format_number(area)}" for host, area in hosts]


def _by_host(rows: Rows) -> list[tuple[str, Fraction]]:
    areas: dict[str, Fraction] = {}
    for row in rows:
        for host, area in row.hosts:
            areas[host] = areas.get(host, Fraction(0)) + area
    return sorted(areas.items(), key=lambda pair: -pair[1])


def _summary(rows: Rows) -> list[str]:
    owing = [row.met for row in rows if row.owed is not None]
    return [_("Met by {met} of {owing} towns.", met=sum(map(bool, owing)), owing=len(owing))] if owing else []
