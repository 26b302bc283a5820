"""``buildings``: the pipeline by stage and town, what is overdue, what tailored plans lack, what is idle."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_matrix, make_table
from kfly.locale import _, format_number, to_json_number
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.buildings import (
    DUE_ON,
    FIELDS,
    FLOOR_AREA,
    IDLE_AREA,
    NAME,
    NOT_SURVEYED,
    TOWN,
    Building,
    BuildingTally,
    Pipeline,
)
from kfly.reports.registry_words import find_heading, tell_absent_fields, tell_none_recorded, write_figure


def document(found: Pipeline, kind: Kind, plan: Plan, day: date) -> dict[str, Any]:
    """Return the JSON that other programs rely on; areas in m², ``reached`` counts later stages too."""
    labels, names = name_stages(kind), name_organisations(plan)
    return {
        "as_of": day.isoformat(),
        **_tally(found.total),
        "stages": [
            {
                "key": key,
                "label": labels[key],
                **_tally(tally),
                "reached": _tally(found.reached[key]),
            }
            for key, tally in found.stages.items()
        ],
        "towns": [
            {
                "organisation": names.get(row.town),
                **_tally(row.total),
                "idle_area": to_json_number(row.idle_area),
                "stages": {key: _tally(tally) for key, tally in row.stages.items()},
            }
            for row in found.towns
        ],
        "overdue": [
            {
                **_building(each, kind, names),
                "due": each.due and each.due.isoformat(),
                "days_overdue": each.days_overdue(day),
                "stage": None if each.stage == NOT_SURVEYED else each.stage,
            }
            for each in found.overdue
        ],
        "tailored": {
            "complete": found.complete,
            "missing": dict(found.missing),
            "buildings": [
                {**_building(each, kind, names), "missing": list(each.missing)} for each in found.lacking
            ],
        },
        "idle_area": to_json_number(found.idle_area),
    }


def _tally(tally: BuildingTally) -> dict[str, Any]:
    return {"number": tally.number, "floor_area": to_json_number(tally.floor_area)}


def _building(each: Building, kind: Kind, names: dict[str, str]) -> dict[str, Any]:
    return {"id": each.id, "name": name_building(each, kind), "town": names.get(each.town)}


def name_building(each: Building, kind: Kind) -> str:
    """Name a building, by its number where it has no name."""
    return each.name or kind.without_name(each.id)


def name_stages(kind: Kind) -> dict[str, str]:
    """Return what each stage is called, also the one before the first."""
    return {
        NOT_SURVEYED: _("Not surveyed yet"),
        **{stage.key: stage.label.spoken for stage in kind.stages},
    }


def render(found: Pipeline, kind: Kind, plan: Plan, day: date) -> None:
    """Print the pipeline for people."""
    show(text(_("Buildings as of {day}", day=day.isoformat()), "bold"), *tell_absent_fields(kind, FIELDS))
    if not found.total.number:
        show(tell_none_recorded(kind, day))
        return
    names = name_organisations(plan)
    idle = _("Idle area left in buildings not renovated: {area} m².", area=format_number(found.idle_area))
    pairs = text(_("By town: the number of buildings, and below it their floor area (m²)"), "bold")
    show("", _stages(found, kind), "", pairs, "", _towns(found, kind, names), "", idle, "")
    show(*_overdue(found, kind, names, day), "", *_tailored(found, kind, names))


def _stages(found: Pipeline, kind: Kind) -> RenderableType:
    area = _in_square_metres(find_heading(kind, FLOOR_AREA, FLOOR_AREA))
    columns = [
        Column(_("Stage"), narrowest=8),
        Column(_("Number"), narrowest=6, justify="right"),
        Column(area, narrowest=6, justify="right"),
        Column(_("This far or further"), narrowest=6, justify="right"),
        Column(_("Their area (m²)"), narrowest=6, justify="right"),
    ]
    labels = name_stages(kind)
    rows: list[list[str | Text]] = [
        [labels[key], *_figures(tally), *_figures(found.reached[key])] for key, tally in found.stages.items()
    ]
    total = [_("Total"), *_figures(found.total), "", ""]
    return make_table(columns, [*rows, [text(cell, "bold") for cell in total]])


def _in_square_metres(label: str) -> str:
    return _("{label} ({unit})", label=label, unit="m²")


def _figures(tally: BuildingTally) -> list[str]:
    return [str(tally.number), format_number(tally.floor_area)]


def _towns(found: Pipeline, kind: Kind, names: dict[str, str]) -> RenderableType:
    """Make the matrix of towns and stages."""
    idle = find_heading(kind, IDLE_AREA, IDLE_AREA)
    headings = [*name_stages(kind).values(), _("Total"), _in_square_metres(idle)]
    columns = [
        Column(find_heading(kind, TOWN, TOWN), narrowest=8),
        *(Column(each, narrowest=6, justify="right") for each in headings),
    ]
    rows: list[list[str | Text]] = [
        [
            names.get(row.town, row.town) or "—",
            *_pairs(row.stages.values(), row.total),
            write_figure(row.idle_area),
        ]
        for row in found.towns
    ]
    total = [_("Total"), *_pairs(found.stages.values(), found.total), write_figure(found.idle_area)]
    return make_matrix(columns, [*rows, [text(cell, "bold") for cell in total]])


def _pairs(stages: Iterable[BuildingTally], total: BuildingTally) -> list[str]:
    return ["\n".join(_figures(tally)) if tally.number else "" for tally in (*stages, total)]


def _overdue(found: Pipeline, kind: Kind, names: dict[str, str], day: date) -> list[RenderableType]:
    if not found.overdue:
        return [_("No building is past its own deadline.")]
    columns = (
        Column(find_heading(kind, NAME, NAME), narrowest=10),
        Column(find_heading(kind, TOWN, TOWN), narrowest=8),
        Column(find_heading(kind, DUE_ON, DUE_ON), narrowest=10),
        Column(_("Days overdue"), narrowest=4, justify="right"),
        Column(_("Stage"), narrowest=6),
    )
    labels = name_stages(kind)
    rows: list[list[str | Text]] = [
        [
            name_building(each, kind),
            names.get(each.town, each.town),
            str(each.due),
            text(str(each.days_overdue(day)), "red"),
            labels[each.stage],
        ]
        for each in found.overdue
    ]
    count = _("Past their own deadline and not renovated: {n}", n=len(rows))
    return [text(count, "bold red"), "", make_table(columns, rows)]


def _tailored(found: Pipeline, kind: Kind, names: dict[str, str]) -> list[RenderableType]:
    labels = {part: find_heading(kind, part, part) for part in found.missing}
    if not labels:
        return []
    parts: list[RenderableType] = [
        text(_("Tailored plans (one building, one plan)"), "bold"),
        _(
            "Buildings complete, with {parts}: {complete} of {number}.",
            parts=_(", ").join(labels.values()),
            complete=found.complete,
            number=found.total.number,
        ),
    ]
    if not found.lacking:
        return parts
    counts = [f"{labels[part]} {number}" for part, number in found.missing.items() if number]
    lacking = _(
        "Surveyed, but without some of it: {n} ({counts}).",
        n=len(found.lacking),
        counts=_(", ").join(counts),
    )
    columns = (
        Column(find_heading(kind, NAME, NAME), narrowest=10),
        Column(find_heading(kind, TOWN, TOWN), narrowest=8),
        Column(_("Still lacks"), narrowest=12),
    )
    rows: list[list[str | Text]] = [
        [
            name_building(each, kind),
            names.get(each.town, each.town),
            _(", ").join(labels[part] for part in each.missing),
        ]
        for each in found.lacking
    ]
    return [*parts, lacking, "", make_table(columns, rows)]
