"""``measures``: the plan's lines of work, and one of them with all that it has promised."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Annotated

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, read_day, read_whole_number, session_of
from kfly.errors import KflyError
from kfly.locale import N_, _
from kfly.progress import measures as lines_of_work
from kfly.progress import targets
from kfly.progress.measures import Issue
from kfly.progress.tasks import metrics_of
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
    as_known: AsKnown = None,
) -> Answer:
    """The plan's lines of work: tasks and deliverables done, the lights of the targets they serve."""
    session = session_of(ctx, as_known)
    day, asked = read_day(as_of, known=session.known), read_whole_number(number, "N")
    with session.reading() as desk:
        plan = desk.plan
        in_view = plan.tasks_in_view(day)
        read = spans.read(desk.db, metrics_of(plan.targets, in_view))
        standing = [targets.assess_target(target, read[target.metric], plan, day) for target in plan.targets]
        tasks = desk.stand(in_view, day, read)
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
    """Find the first record until a day that names each deliverable, of every kind that does."""
    for kind in desk.registry.kinds.values():
        field = next((field for field in kind.fields if field.names == DELIVERABLE), None)
        if field is None or kind.counts_on is None:
            continue
        keys = [deliverable.key for deliverable in desk.plan.deliverables]
        for record in rows.select_first(desk.db, kind, field.name, keys, day):
            on, number = date.fromisoformat(str(record[kind.counts_on])), record.get(DOCUMENT_NUMBER)
            yield Issue(str(record[field.name]), on, kind.name_of(record), str(number) if number else None)
