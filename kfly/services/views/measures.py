"""The plan's lines of work, read for a day."""

from collections.abc import Iterator
from datetime import date

from kfly.progress import targets
from kfly.progress.measures import Issue, MeasureStanding, assess_measures
from kfly.services.session import Desk
from kfly.store import records as rows
from kfly.store import spans

DELIVERABLE = "deliverable"  # what a field names whose values are keys of deliverables
DOCUMENT_NUMBER = "document_number"


def read_measures(desk: Desk, day: date) -> tuple[MeasureStanding, ...]:
    """Read how far each line of work has come on a day: its tasks, deliverables and targets."""
    plan = desk.plan
    read = spans.read(desk.db, targets.list_metrics(plan.targets, plan))
    standing = [targets.assess_target(target, read, plan, day) for target in plan.targets]
    tasks = desk.stand(plan.tasks_in_view(day), day)
    return assess_measures(plan, tasks, standing, _issues(desk, day))


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
