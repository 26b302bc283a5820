"""Reported figures under a heading with a unit: each row's figure is in the unit of its own target."""

from collections.abc import Mapping

from kfly.locale import _
from kfly.plan.kinds import Field, Value
from kfly.plan.signs import normalise
from kfly.registry.quantities import unit_fits
from kfly.registry.registry import Registry
from kfly.registry.sheets.columns import Column
from kfly.registry.values import BadValueError


def read_figure(registry: Registry, column: Column, said: Mapping[str, Value], text: str) -> Value:
    """Read a figure in the unit of its target, from that of its heading where the cell names none.

    A unit that stands above the whole table (单位：万元) holds for the figures of its sort alone.

    Args:
        registry: knows the targets.
        column: where it stands.
        said: what its row has said before, its target among it.
        text: what is in the cell.

    Raises:
        BadValueError: the target is measured in nothing like the unit of the heading; or it is no amount.
    """
    fitted = registry.figures.fit(column.field, said)
    target = registry.figures.find(said)
    if column.unit is None or target is None or _names_a_unit(text):
        return registry.values.reader(fitted)(text)
    if unit_fits(column.unit, fitted.unit):
        return registry.values.reader(fitted, column.unit)(text)
    if column.is_stated:
        return registry.values.reader(fitted)(text)
    raise BadValueError(_refuse(column.unit, fitted, target.name.spoken))


def _names_a_unit(text: str) -> bool:
    """Tell whether a cell says itself in which unit it is: a bare number ends in a digit."""
    return not normalise(text)[-1:].isdigit()


def _refuse(unit: str, fitted: Field, target: str) -> str:
    return _(
        "stands under a heading in {unit}, and {target} is measured in {own};"
        " write the unit beside the figure, or leave it out of the heading",
        unit=unit,
        target=target,
        own=fitted.unit or "—",
    )
