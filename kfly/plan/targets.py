"""Targets found by what people type, and by whom they concern."""

from collections.abc import Mapping
from functools import partial

from kfly.errors import KflyError, find_nearest
from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.metrics import REPORTED
from kfly.plan.model import Measure, Plan, Target
from kfly.plan.organisations import keep_concerning


def find_target(plan: Plan, text: str) -> Target:
    """Find the target of a key, with hyphen or underscore, or of a name.

    Raises:
        KflyError: there is none; the nearest is offered.
    """
    wanted = text.strip().replace("-", "_")
    for target in plan.targets:
        if wanted == target.key or text.strip() in target.name:
            return target
    near = find_nearest(wanted, [word for target in plan.targets for word in (target.key, *target.name)])
    raise KflyError(
        _("There is no target “{key}”; did you mean “{near}”?", key=text, near=near)
        if near
        else _("There is no target “{key}”; “kfly status --json” has their keys.", key=text)
    )


def spell_unit(target: Target) -> str:
    """Write the unit of a target's figures: the metric's own, or towns."""
    return _("towns") if target.metric.towns is not None else target.unit.spoken


def adds_up(target: Target) -> bool:
    """Tell whether a target's figure may be added to another plan's: no level's, and no count of towns."""
    return not target.reading.is_level and target.metric.towns is None


def spell_decimals(target: Target) -> int | None:
    """Return with how many decimals a target's row is shown; None where it says nothing, or counts towns."""
    return None if target.metric.towns is not None else target.decimals


def is_reported(target: Target) -> bool:
    """Tell whether a target's row is reported, a share or an average: no count or sum of records."""
    return target.reading.can_lack_data and target.metric.towns is None


def find_lead(target: Target, plan: Plan) -> tuple[str, ...]:
    """Return who leads a target: named by itself, else by its measure."""
    measure = _find_measure(target, plan)
    return target.lead or (measure.lead if measure else ())


def find_responsible(target: Target, plan: Plan) -> tuple[str, ...]:
    """Return who answers for a target: named by itself, else by its measure."""
    measure = _find_measure(target, plan)
    return target.responsible or (measure.responsible if measure and not target.lead else ())


def is_divided(target: Target, kinds: Mapping[str, Kind]) -> bool:
    """Tell whether a target has a figure for each town: its records name one, or it is reported by town."""
    if target.reading.how in REPORTED:
        return target.metric.towns is not None
    metrics = (target.metric, *([target.reading.to] if target.reading.to else []))
    return all(kinds[metric.kind].town is not None for metric in metrics)


def targets_concerning(plan: Plan, org: str | None, lead: str | None) -> tuple[Target, ...]:
    """Return the targets that an organisation leads or answers for, and that another leads.

    Raises:
        KflyError: there is no such organisation.
    """
    return keep_concerning(
        plan, plan.targets, (org, lead), partial(find_lead, plan=plan), partial(find_responsible, plan=plan)
    )


def _find_measure(target: Target, plan: Plan) -> Measure | None:
    return next((m for m in plan.measures if m.number == target.measure), None)
