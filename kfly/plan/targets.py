"""Targets found by what people type."""

from kfly.errors import KflyError, find_nearest
from kfly.locale import _
from kfly.plan.model import Plan, Target


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
