"""Which targets some records count toward on a day."""

from collections.abc import Iterable, Iterator
from datetime import date

from kfly.plan.kinds import Kind, Record
from kfly.progress.counting import Counting, Referred, count_record
from kfly.services.session import Desk
from kfly.store import spans


def count_records(desk: Desk, kind: Kind, records: Iterable[Record], day: date) -> Iterator[Counting]:
    """Say of each record, as the database keeps it, toward which targets it counts on a day.

    The names of other records are read only where a target asks for them.
    """
    referred = _read_referred(desk, kind)
    return (count_record(desk.plan, kind, values, referred, day) for values in records)


def _read_referred(desk: Desk, kind: Kind) -> Referred:
    metrics = [target.metric for target in desk.plan.targets if target.metric.kind == kind.name]
    asked = {condition.field for metric in metrics for condition in metric.where}
    kinds = {field.to for field in kind.fields if field.to and field.name in asked}
    return {name: spans.read_called(desk.db, name) for name in kinds}
