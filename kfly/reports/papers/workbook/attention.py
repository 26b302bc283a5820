"""What needs attention: the targets and tasks with a red or yellow light, the red ones first."""

from collections.abc import Iterator

from kfly.locale import _
from kfly.plan.organisations import name_organisations
from kfly.progress.lights import LIGHTS, RED, YELLOW
from kfly.progress.overview import Overview
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding
from kfly.reports import words
from kfly.reports.outlook import describe_outlook
from kfly.reports.papers.workbook.sheet import DAY, MARK, Cell, Column, Table, View, tint_lights
from kfly.reports.papers.workbook.targets import name_leads
from kfly.reports.status import name_target, write_figures
from kfly.reports.tasks import join_names, list_course, number_rows, write_days, write_need


def make_attention(overview: Overview) -> View:
    """Make the sheet; where nothing needs attention, it says so."""
    names = name_organisations(overview.plan)
    behind = [row for row in overview.standing.targets if row.light in (RED, YELLOW)]
    late = [(n, row) for n, row in number_rows(overview.tasks) if row.light in (RED, YELLOW)]
    columns = [
        Column(_("Light"), MARK, tint_lights()),
        Column(_("Sort"), MARK),
        Column(_("What"), widest=40),
        Column(_("Due"), DAY),
        Column(_("How it stands"), widest=36),
        Column(_("Forecast, or days"), widest=40),
        Column(_("Lead"), widest=24),
    ]
    rows = [
        *(_tell_target(row, overview) for row in sorted(behind, key=_rank)),
        *(_tell_task(number, row, names) for number, row in sorted(late, key=lambda each: _rank(each[1]))),
    ]
    told = [] if rows else [_("Nothing has a red or a yellow light.")]
    return View(_("Attention"), _("What needs attention"), [Table(columns, rows)], told)


def _rank(row: TargetStanding | TaskStanding) -> int:
    return LIGHTS.index(row.light)


def _tell_target(row: TargetStanding, overview: Overview) -> list[Cell]:
    return [
        words.light(row.light),
        _("target"),
        name_target(row),
        row.due,
        write_figures(row),
        "\n".join(describe_outlook(row)),
        name_leads(row, overview.plan),
    ]


def _tell_task(number: str, row: TaskStanding, names: dict[str, str]) -> list[Cell]:
    return [
        words.light(row.light),
        _("task"),
        f"{number} {row.task.title.spoken}",
        row.pressing_due or _("ongoing"),
        "\n".join(_tell_how_it_stands(row)),
        write_days(row),
        join_names(row.leads, names),
    ]


def _tell_how_it_stands(row: TaskStanding) -> Iterator[str]:
    """Yield its needs and those of its next stage, then what else a light may come from: a missing report."""
    stage = row.next_stage
    yield from map(write_need, (*row.needs, *(stage.needs if stage else ())))
    yield from list_course(row)
