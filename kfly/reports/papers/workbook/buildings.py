"""The buildings, as ``buildings`` shows them: by town and stage, which are late, what tailored plans lack."""

from collections.abc import Iterable, Iterator
from datetime import date

from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.buildings import DUE_ON, FLOOR_AREA, IDLE_AREA, NAME, TOWN, Building, BuildingTally
from kfly.progress.lights import YELLOW
from kfly.progress.overview import Buildings
from kfly.reports.buildings import name_stages
from kfly.reports.papers.workbook.sheet import DAY, MARK, NUMBER, Cell, Column, Table, View, with_unit
from kfly.reports.registry_words import find_heading

SQUARE_METRES = "m²"


def make_buildings(found: Buildings, plan: Plan, day: date) -> Iterator[View]:
    """Yield the sheets of the buildings; those of what is late or lacking only where something is."""
    names = name_organisations(plan)
    title = _("Buildings by town and stage: how many, and their floor area")
    yield View(_("Building stages"), title, [_by_town(found, names), _by_stage(found)])
    if late := found.pipeline.overdue:
        title = _("Past their own deadline and not renovated: {n}", n=len(late))
        yield View(_("Overdue buildings"), title, [_list_overdue(found, names, day)])
    if lacking := found.pipeline.lacking:
        title = _("Tailored plans that still lack a part: {n}", n=len(lacking))
        yield View(_("Tailored plans"), title, [_list_lacking(found, names)])


def _by_town(found: Buildings, names: dict[str, str]) -> Table:
    pipeline, kind = found.pipeline, found.kind
    columns = [
        Column(find_heading(kind, TOWN, TOWN), widest=34),
        *(column for label in name_stages(kind).values() for column in _list_pair(label)),
        *_list_pair(_("Total")),
        Column(with_unit(find_heading(kind, IDLE_AREA, IDLE_AREA), SQUARE_METRES), NUMBER),
    ]
    rows: list[list[Cell]] = [
        [
            names.get(row.town, row.town) or "—",
            *_pairs([*row.stages.values(), row.total]),
            row.idle_area or None,
        ]
        for row in pipeline.towns
    ]
    total = [_("Total"), *_pairs([*pipeline.stages.values(), pipeline.total]), pipeline.idle_area]
    return Table(columns, rows, total=total)


def _list_pair(label: str) -> list[Column]:
    return [Column(label, NUMBER), Column(with_unit(label, SQUARE_METRES), NUMBER)]


def _pairs(tallies: Iterable[BuildingTally]) -> list[Cell]:
    """Return two cells a tally; empty ones for none."""
    return [cell or None for tally in tallies for cell in (tally.number, tally.floor_area)]


def _by_stage(found: Buildings) -> Table:
    pipeline, labels = found.pipeline, name_stages(found.kind)
    area = with_unit(find_heading(found.kind, FLOOR_AREA, FLOOR_AREA), SQUARE_METRES)
    columns = [
        Column(_("Stage"), widest=34),
        Column(_("Number"), NUMBER),
        Column(area, NUMBER),
        Column(_("This far or further"), NUMBER),
        Column(_("Their area (m²)"), NUMBER),
    ]
    rows: list[list[Cell]] = [
        [labels[key], *_pairs([tally, pipeline.reached[key]])] for key, tally in pipeline.stages.items()
    ]
    total: list[Cell] = [_("Total"), *_pairs([pipeline.total]), None, None]
    return Table(columns, rows, _("By stage"), total)


def _list_overdue(found: Buildings, names: dict[str, str], day: date) -> Table:
    kind, labels = found.kind, name_stages(found.kind)
    columns = [
        Column(find_heading(kind, NAME, NAME), widest=34),
        Column(find_heading(kind, TOWN, TOWN)),
        Column(find_heading(kind, DUE_ON, DUE_ON), DAY),
        Column(_("Days overdue"), NUMBER),
        Column(_("Stage"), MARK),
    ]
    rows: list[list[Cell]] = [
        [
            _name(each, kind),
            names.get(each.town, each.town),
            each.due,
            each.days_overdue(day),
            labels[each.stage],
        ]
        for each in found.pipeline.overdue
    ]
    return Table(columns, rows)


def _list_lacking(found: Buildings, names: dict[str, str]) -> Table:
    kind, parts = found.kind, list(found.pipeline.missing)
    columns = [
        Column(find_heading(kind, NAME, NAME), widest=34),
        Column(find_heading(kind, TOWN, TOWN)),
        *(Column(find_heading(kind, part, part), MARK, {_("missing"): YELLOW}) for part in parts),
    ]
    rows: list[list[Cell]] = [
        [
            _name(each, kind),
            names.get(each.town, each.town),
            *(_("missing") if part in each.missing else "✓" for part in parts),
        ]
        for each in found.pipeline.lacking
    ]
    return Table(columns, rows)


def _name(each: Building, kind: Kind) -> str:
    return each.name or kind.without_name(each.id)
