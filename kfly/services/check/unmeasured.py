"""The check for records without the field that a share or an average is made of."""

from collections.abc import Iterator, Set
from datetime import date

from kfly.locale import _
from kfly.plan.metrics import AVERAGE, SHARE, Metric
from kfly.plan.model import Target
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.services.check.findings import TO_FILL_IN, WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import asking


def find_unmeasured(registry: Registry, day: date, uncountable: Set[str | None]) -> Iterator[Finding]:
    """Find records that count as 0 in a share, or not at all in an average, for want of a field."""
    told: set[tuple[str, str, int]] = set()
    for target in registry.plan.targets:
        for metric in _list_metrics(target):
            if metric.kind in uncountable:
                continue
            for record in asking.find_lacking(registry.db, metric, day):
                place = (metric.kind, str(metric.field), record)
                if place not in told:
                    told.add(place)
                    yield from _report(registry, target, metric, record)


def _list_metrics(target: Target) -> list[Metric]:
    """List the metrics of a share or an average that sum a field."""
    reading = target.reading
    both = (target.metric, reading.to) if reading.how == SHARE else (target.metric,)
    return [m for m in both if m and m.field] if reading.how in (SHARE, AVERAGE) else []


def _report(registry: Registry, target: Target, metric: Metric, record: int) -> Iterator[Finding]:
    kind = registry.kinds[metric.kind]
    naming, field = Naming(registry, kind), kind.field(metric.field or "")
    if field is not None:
        name = target.name.spoken
        message = (
            _("is not given, so the record counts as 0 in “{target}”", target=name)
            if target.reading.how == SHARE
            else _("is not given, so “{target}” leaves the record out", target=name)
        )
        command = naming.setting(record, f"{field.name}={TO_FILL_IN}")
        fault = FieldFault(field, "", message)
        about = (field.name, target.key)
        yield naming.finding(WARNING, "unmeasured", record, str(fault), *command, about=about)
