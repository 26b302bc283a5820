"""The buildings on the page: how far they have come, where they stand, what is late."""

from collections.abc import Iterator
from datetime import date

from kfly.locale import _, format_number
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations
from kfly.progress.buildings import DUE_ON, FLOOR_AREA, IDLE_AREA, NAME, TOWN
from kfly.progress.overview import Buildings
from kfly.reports.buildings import name_building, name_stages
from kfly.reports.papers.charts import draw_map, draw_pipeline
from kfly.reports.papers.page.parts import Chart, Column, Section, Table, cut_table
from kfly.reports.registry_words import find_heading, tell_none_recorded


def tell_buildings(buildings: Buildings, plan: Plan, day: date) -> Section:
    """Tell how far the buildings have come on a day."""
    section = Section(id="buildings", heading=buildings.kind.label.spoken)
    if not buildings.pipeline.total.number:
        return section._replace(said=[tell_none_recorded(buildings.kind, day)])
    return section._replace(
        said=list(_describe(buildings)),
        charts=list(_draw(buildings, plan)),
        tables=[_list_towns(buildings, plan), *_list_overdue(buildings, plan, day)],
    )


def _describe(buildings: Buildings) -> Iterator[str]:
    found = buildings.pipeline
    yield _(
        "Buildings: {n}, {area} m²; past their own deadline: {late}.",
        n=found.total.number,
        area=format_number(found.total.floor_area),
        late=len(found.overdue),
    )
    yield _("Idle area left in buildings not renovated: {area} m².", area=format_number(found.idle_area))


def _draw(buildings: Buildings, plan: Plan) -> Iterator[Chart]:
    yield Chart(draw_pipeline(buildings))
    drawn = draw_map(buildings, plan)
    if drawn is not None:
        told = _("Places as recorded (WGS 84); a town's name stands at the mean of its buildings.")
        yield Chart(drawn, told)


def _list_towns(buildings: Buildings, plan: Plan) -> Table:
    names, kind = name_organisations(plan), buildings.kind
    labels = name_stages(kind)
    columns = [
        Column(find_heading(kind, TOWN, TOWN)),
        *(Column(label, figures=True) for label in labels.values()),
        Column(_("Total"), figures=True),
        Column(_in_square_metres(find_heading(kind, FLOOR_AREA, FLOOR_AREA)), figures=True),
        Column(_in_square_metres(find_heading(kind, IDLE_AREA, IDLE_AREA)), figures=True),
    ]
    rows = [
        [
            names.get(row.town, row.town) or "—",
            *(str(row.stages[key].number or "") for key in labels),
            str(row.total.number),
            format_number(row.total.floor_area),
            format_number(row.idle_area),
        ]
        for row in buildings.pipeline.towns
    ]
    return Table(_("Buildings by town and stage"), columns, rows)


def _in_square_metres(label: str) -> str:
    return _("{label} ({unit})", label=label, unit="m²")


def _list_overdue(buildings: Buildings, plan: Plan, day: date) -> Iterator[Table]:
    """Yield the table of what is past its own deadline; none where nothing is."""
    names, kind, labels = name_organisations(plan), buildings.kind, name_stages(buildings.kind)
    late = buildings.pipeline.overdue
    if not late:
        return
    columns = [
        Column(find_heading(kind, NAME, NAME)),
        Column(find_heading(kind, TOWN, TOWN)),
        Column(find_heading(kind, DUE_ON, DUE_ON)),
        Column(_("Days overdue"), figures=True),
        Column(_("Stage")),
    ]
    rows = [
        [
            name_building(each, kind),
            names.get(each.town, each.town),
            str(each.due),
            str(each.days_overdue(day)),
            labels[each.stage],
        ]
        for each in late
    ]
    caption = _("Past their own deadline and not renovated: {n}", n=len(late))
    yield cut_table(Table(caption, columns, rows), "kfly buildings")
