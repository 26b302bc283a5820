"""A reader of what a target measures: a count or sum, a share, an average, or what is reported."""

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.promise_shapes import Counted, ShareShape, TargetShape
from kfly.plan.known_kinds import FIGURE, FIGURE_DAY, FIGURE_TARGET, FIGURE_VALUE
from kfly.plan.metrics import A_TOTAL, AVERAGE, KNOWN, LEVEL, SHARE, Condition, Metric, Reading
from kfly.plan.units import convert, count_parts

Measured = tuple[Metric, Reading]


class ReadingReader:
    """Reads what targets measure against the kinds of one plan, noting every fault."""

    def __init__(self, metrics: MetricReader, document: Document) -> None:
        self.metrics = metrics
        self.document = document

    def read(self, target: TargetShape, place: Place) -> Measured | None:
        """Read a target's metric, and how its figure comes out of it; None when it is faulty."""
        if target.share is not None:
            found = self._share(target, target.share, place)
        elif target.average is not None:
            found = self._average(target, target.average, place)
        elif target.reported is not None:
            found = self._reported(target, target.reported, place)
        else:
            return self._total(target, place)
        if found is None:
            return None
        metric, reading = found
        may_sink = reading.is_level or target.baseline is not None
        towns = self.metrics.read_towns(target, metric.kind, place, self.document, upper=may_sink)
        if reading.to is not None and towns is not None:
            if reading.to.kind != metric.kind:
                self.metrics.check_town(reading.to.kind, (*place, "per"), self.document)
            reading = reading._replace(to=reading.to._replace(towns=towns))
        return metric._replace(towns=towns), reading

    def _total(self, target: TargetShape, place: Place) -> Measured | None:
        metric = self.metrics.read(target, place, self.document)
        return None if metric is None else (metric, A_TOTAL)

    def _reported(self, target: TargetShape, how: str, place: Place) -> Measured | None:
        if self.metrics.find_kind(FIGURE, (*place, "reported"), self.document) is None:
            return None
        return measure_reported(target.key, how), Reading(how)

    def _share(self, target: TargetShape, share: ShareShape, place: Place) -> Measured | None:
        at = (*place, "share")
        of = self.metrics.count(share.of, (*at, "of"), self.document, stock=True)
        to = self.metrics.count(share.to, (*at, "to"), self.document, stock=True)
        if of is None or to is None:
            return None
        units = [self._unit_of(part) for part in (share.of, share.to)]
        factor = convert(*units)
        if factor is None:
            first, second = (unit or _("a number") for unit in units)
            message = _(
                "{first} cannot be divided by {second}: both must be of one kind", first=first, second=second
            )
            self.document.fault(at, message)
            return None
        return of, Reading(SHARE, to, factor * count_parts(target.unit.zh))

    def _unit_of(self, counted: Counted) -> str | None:
        field = self.metrics.find_sum(counted)
        return field.unit if field else None

    def _average(self, target: TargetShape, average: str, place: Place) -> Measured | None:
        """Read an average as the sum of a field, over how many of the records have it."""
        _kind, _dot, field = average.partition(".")
        asked = Counted(sum=average, where=target.where, stock=target.stock, dated=target.dated)
        metric = self.metrics.count(asked, place, self.document, stock=True, word="average")
        if metric is None:
            return None
        self.metrics.check_unit(metric, target.unit, place, self.document)
        known = Condition(field, KNOWN, ())
        return metric, Reading(AVERAGE, metric._replace(field=None, where=(*metric.where, known)))


def measure_reported(key: str, how: str) -> Metric:
    """Return the metric of a target whose figures are reported: those of its key, by their own days."""
    of_target = Condition(FIGURE_TARGET, "=", (key,))
    return Metric(FIGURE, FIGURE_VALUE, (of_target,), stock=how == LEVEL, dated=FIGURE_DAY)
