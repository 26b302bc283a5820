"""Ceilings: the warning when a record brings a figure above one; it is recorded all the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from kfly.clock import today
from kfly.locale import _, format_number
from kfly.plan.kinds import Kind
from kfly.plan.model import Target
from kfly.services.session import Desk


@contextmanager
def watching_ceilings(desk: Desk, kind: Kind, told: list[str]) -> Iterator[None]:
    """Watch whether what is done to records of a kind exceeds a ceiling, or exceeds it by more than before.

    Args:
        desk: the open database.
        kind: whose records are written.
        told: takes a line for each such ceiling, to be shown once the records are kept.
    """
    ceilings = [
        target for target in desk.plan.targets if target.is_ceiling and target.metric.kind == kind.name
    ]
    before = _excess(desk, ceilings)
    yield
    for target, excess in _excess(desk, ceilings).items():
        if excess > before[target]:
            told.append(
                _(
                    "{target}: the ceiling is exceeded by {excess} {unit}; it was recorded all the same.",
                    target=target.name.spoken,
                    excess=format_number(excess),
                    unit=target.unit.spoken,
                )
            )


def _excess(desk: Desk, ceilings: list[Target]) -> dict[Target, Fraction]:
    """Return by how much all that is recorded, payments to come included, exceeds each ceiling."""
    if not ceilings:
        return {}
    from kfly.progress import targets  # most kinds have no ceiling
    from kfly.store import spans

    read = spans.read(desk.db, targets.list_metrics(ceilings, desk.plan))
    found = {}
    for target in ceilings:
        row = targets.assess_target(target, read, desk.plan, max(today(), target.due))
        figures = [(row.actual, row.goal.amount if row.goal else None)]
        if target.every is not None:
            figures = [(each.actual, each.goal) for each in row.periods]
        known = ((actual, most) for actual, most in figures if actual is not None and most is not None)
        over = (max(actual - most, Fraction(0)) for actual, most in known)
        found[target] = sum(over, Fraction(0))
    return found
