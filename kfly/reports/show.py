"""``show``: one record, every field; a building as one page, its tailored plan (一楼一策) and its stages."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from rich.console import RenderableType
from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.derived import COUNTED
from kfly.plan.kinds import NOTE, Field, Kind, Record
from kfly.plan.model import Plan
from kfly.progress.buildings import DUE_ON, PARTS, building
from kfly.progress.counting import Counting
from kfly.reports import counting
from kfly.reports.records import derived_rows, write_label, write_value

REACHED, AHEAD = "●", "○"


class ShownRecord(NamedTuple):
    """One record as it is to be shown, and toward which targets it counts."""

    kind: Kind
    plan: Plan
    record: Record
    found: Counting


def document(kind: Kind, record: Record, found: Counting) -> dict[str, Any]:
    """Return the JSON that other programs rely on."""
    return {**record, **counting.document(found, kind)}


def render(shown: ShownRecord, day: date) -> None:
    """Print one record; one that goes through stages as the page of its tailored plan."""
    if shown.kind.stages:
        _render_tailored_plan(shown, day)
    else:
        _render_fields(shown)


def _render_fields(shown: ShownRecord) -> None:
    """Print one record, a line a field."""
    kind, record = shown.kind, shown.record
    rows = [(write_label(f), write_value(record[f.name], f) or "—") for f in (*kind.fields, NOTE)]
    rows += _following(shown)
    show(make_table((Column(kind.label.spoken, 8), Column(f"#{record['id']}", 12)), rows))


def _following(shown: ShownRecord) -> list[tuple[str, str]]:
    """List what follows from a record on the day: stage, outcome, the targets it counts toward."""
    counted = counting.list_counting(shown.found, shown.kind, shown.plan)
    rows = derived_rows(shown.kind, shown.record)
    return [*rows, (COUNTED.label.spoken, counted)] if counted else rows


def _render_tailored_plan(shown: ShownRecord, day: date) -> None:
    """Print the page: heading, facts, the parts of the plan, the dates as a line of stages."""
    kind, record = shown.kind, shown.record
    rest = [write_value(record[name], kind.field(name)) for name in kind.key[1:]]
    key = [kind.name_of(record), *rest]
    title = text(" · ".join(part for part in key if part), "bold")
    show(title, "", _facts(shown, day), *_not_recorded(kind, record), *_parts(kind, record))
    show("", text(_("Stages as of {day}", day=day.isoformat()), "bold"), stage_line(kind, record, day))


def _fact_fields(kind: Kind) -> list[Field]:
    apart = {*kind.key, *PARTS, *(stage.date for stage in kind.stages)}
    return [field for field in (*kind.fields, NOTE) if field.name not in apart]


def _facts(shown: ShownRecord, day: date) -> RenderableType:
    kind, record = shown.kind, shown.record
    fields = [field for field in _fact_fields(kind) if record[field.name] is not None]
    rows: list[tuple[str, str | Text]] = [
        (write_label(field), _fact(kind, record, field, day)) for field in fields
    ]
    rows += _following(shown)
    return make_table((Column(kind.label.spoken, 8), Column(f"#{record['id']}", 12)), rows)


def _fact(kind: Kind, record: Record, field: Field, day: date) -> str | Text:
    value = write_value(record[field.name], field)
    late = building(kind, record, day).days_overdue(day) if field.name == DUE_ON else 0
    return text(f"{value}\n{_('overdue {days} d', days=late)}", "red") if late else value


def _not_recorded(kind: Kind, record: Record) -> list[RenderableType]:
    blank = [field for field in _fact_fields(kind) if record[field.name] is None and field is not NOTE]
    names = _(", ").join(field.label.spoken for field in blank)
    return ["", text(_("Not recorded: {fields}", fields=names), "dim")] if blank else []


def _parts(kind: Kind, record: Record) -> Iterable[RenderableType]:
    fields = [field for name in PARTS if (field := kind.field(name))]
    if fields:
        yield ""
        yield text(_("Tailored plan (one building, one plan)"), "bold")
    for field in fields:
        yield ""
        yield text(field.label.spoken, "bold cyan")
        value = write_value(record[field.name], field)
        yield text(value) if value else text(_("not settled yet"), "yellow")


def stage_line(kind: Kind, record: Record, day: date) -> str:
    """Write the stages in their order, each with its date: those that have come, and those still ahead."""
    steps = []
    for stage in kind.stages:
        value = record.get(stage.date)
        come = isinstance(value, str) and value <= day.isoformat()
        steps.append(f"{REACHED if come else AHEAD} {stage.label.spoken} {value or '—'}")
    return " → ".join(steps)
