"""Reported figures (上报数据): which target each is of, in which unit, and of which town."""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Value
from kfly.plan.known_kinds import FIGURE_DAY, FIGURE_TARGET, FIGURE_TOWN, FIGURE_VALUE
from kfly.plan.metrics import AMOUNT, REPORTED
from kfly.plan.model import Plan, Target
from kfly.registry.checks import Checks, FieldFault

ONCE_A_DAY = (FIGURE_TARGET, FIGURE_TOWN, FIGURE_DAY)  # what tells two figures of a level apart


class Figures(NamedTuple):
    """The targets of a plan that are reported from outside, by their keys."""

    targets: Mapping[str, Target]

    @property
    def units(self) -> tuple[str, ...]:
        """The units that they are in, each once."""
        return tuple(dict.fromkeys(target.unit.zh for target in self.targets.values() if target.unit.zh))

    def find(self, values: Mapping[str, Value]) -> Target | None:
        """Find the target that a figure is of, if it is in order."""
        return self.targets.get(str(values.get(FIGURE_TARGET)))

    def fit(self, field: Field, values: Mapping[str, Value]) -> Field:
        """Return a field as it is for a figure of its target: the value is in the target's unit."""
        target = self.find(values) if field.name == FIGURE_VALUE else None
        return field._replace(unit=target.unit.zh) if target and target.unit.zh else field

    def drops_source(self, values: Mapping[str, Value]) -> bool:
        """Tell whether a day has one figure, whatever its source: only amounts of one day add up."""
        target = self.find(values)
        return target is not None and target.reading.how != AMOUNT


def find_figures(plan: Plan) -> Figures:
    """Find the targets of a plan that are reported."""
    return Figures({target.key: target for target in plan.targets if target.reading.how in REPORTED})


class FigureChecks(Checks):
    """The checks of reported figures: they name a town where their target has one for each, else none."""

    are_of_columns = False  # what a figure must have depends on its target

    def __init__(self, kind: Kind, figures: Figures) -> None:
        super().__init__(kind)
        self.figures = figures

    def faults(self, values: Mapping[str, Value], faulty: Set[str]) -> list[FieldFault]:
        """Find what is wrong with a figure, apart from the fields that are known to be ``faulty``."""
        found = super().faults(values, faulty)
        target = None if FIGURE_TARGET in faulty or FIGURE_TOWN in faulty else self.figures.find(values)
        return found if target is None else [*found, *self._faults_of_town(target, values)]

    def _faults_of_town(self, target: Target, values: Mapping[str, Value]) -> Iterator[FieldFault]:
        town, field, towns = values.get(FIGURE_TOWN), self.fields[FIGURE_TOWN], target.metric.towns
        if towns is None:
            if town is not None:
                message = _("stands empty: {target} has no figures by town", target=target.key)
                yield FieldFault(field, str(town), message)
        elif town is None:
            message = _("is required: {target} has a figure for each town", target=target.key)
            yield FieldFault(field, "", message)
        elif town not in towns:
            yield FieldFault(field, str(town), _("owes nothing of {target}", target=target.key))
