"""``measures``: the plan's lines of work, and one of them with all that it has promised."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsOf, read_day, read_whole_number, session_of
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.progress import measures as lines_of_work
from kfly.progress import targets
from kfly.progress.measures import Issue
from kfly.reports import measures as report
from kfly.services.session import Desk
from kfly.store import records as rows
from kfly.store import spans

DELIVERABLE = "deliverable"  # what a field names whose values are keys of deliverables
DOCUMENT_NUMBER = "document_number"


def measures(
    ctx: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="[N]", help=N_("One line of work, with all that it has promised."))
    ] = None,
    as_of: AsOf = None,
) -> Answer:
    """The plan's lines of work: tasks and deliverables done, the lights of the targets they serve."""
    day, asked = read_day(as_of), read_whole_number(number, "N")
    with session_of(ctx).reading() as desk:
        plan = desk.plan
        read = spans.read(desk.db, dict.fromkeys(target.metric for target in plan.targets))
        standing = [targets.assess_target(target, read[target.metric], plan, day) for target in plan.targets]
        tasks = desk.stand(plan.tasks_in_view(day), day)
        found = lines_of_work.assess_measures(plan, tasks, standing, _issues(desk, day))
    if asked is None:
        return Answer(partial(report.document, found, plan), partial(report.render, found, plan, day))
    row = next((row for row in found if row.measure and row.measure.number == asked), None)
    if row is None:
        numbers = _(", ").join(str(measure.number) for measure in plan.measures) or "—"
        raise KflyError(
            _("There is no line of work {number}; there are: {numbers}.", number=asked, numbers=numbers)
        )
    return Answer(partial(report.measure_document, row, plan), partial(report.render_measure, row, plan, day))


def _issues(desk: Desk, day: date) -> Iterator[Issue]:
    """Find the records until a day that name a deliverable, of whatever kind."""
    for kind in desk.registry.kinds.values():
        field = next((field for field in kind.fields if field.names == DELIVERABLE), None)
        if field is None or kind.counts_on is None:
            continue
        asked = (field.name, kind.counts_on, kind.key[0], DOCUMENT_NUMBER)
        for record in rows.select_columns(desk.db, kind, asked):
            key, on, number = record[field.name], record[kind.counts_on], record.get(DOCUMENT_NUMBER)
            if key and on and str(on) <= day.isoformat():
                title = kind.name_of(record)
                yield Issue(str(key), date.fromisoformat(str(on)), title, str(number) if number else None)
