"""The plan's lines of work, read for a day."""

from collections.abc import Iterator
from datetime import date

from kfly.progress import targets
from kfly.progress.measures import Issue, MeasureStanding, assess_measures
from kfly.progress.tasks import metrics_of
from kfly.services.session import Desk
from kfly.store import records as rows
from kfly.store import spans

DELIVERABLE = "deliverable"  # what a field names whose values are keys of deliverables
DOCUMENT_NUMBER = "document_number"


def read_measures(desk: Desk, day: date) -> tuple[MeasureStanding, ...]:
    """Read how far each line of work has come on a day: its tasks, deliverables and targets."""
    plan = desk.plan
    in_view = plan.tasks_in_view(day)
    read = spans.read(desk.db, metrics_of(plan, plan.targets, in_view))
    standing = [targets.assess_target(target, read, plan, day) for target in plan.targets]
    return assess_measures(plan, desk.stand(in_view, day, read), standing, _issues(desk, day))


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
