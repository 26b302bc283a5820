"""The check for records that are called as what the plan promises, without saying that they fulfil it."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from kfly.locale import _
from kfly.plan.kinds import DELIVERABLE, Kind
from kfly.plan.model import Deliverable
from kfly.registry.registry import Registry
from kfly.services.check import likeness
from kfly.services.check.findings import WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import records

SHORTEST, SHARE = 6, 0.7  # signs in one piece that two names share, and their share of the shorter name


def find_unlinked(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find records with the name of a promise, or nearly, where no record is said to fulfil that promise."""
    promise = next((field for field in kind.fields if field.names == DELIVERABLE), None)
    if promise is None:
        return
    found = list(records.select_values(registry.db, kind, ("id", kind.key[0], promise.name)))
    fulfilled = {key for _record, _name, key in found}
    open_ones = [(d, _plain_names(d)) for d in registry.plan.deliverables if d.key not in fulfilled]
    naming = Naming(registry, kind)
    for record, name, key in found:
        if key is None and isinstance(name, str) and (meant := _find_meant(name, open_ones)):
            message = _(
                "{label}: is empty, although its name is that of {promise} in the plan",
                label=promise.label.spoken,
                promise=meant.name.spoken,
            )
            command = naming.setting(record, f"{promise.name}={meant.key}")
            yield naming.finding(
                WARNING, "promise_not_named", record, message, *command, about=(name, meant.key)
            )


def _plain_names(deliverable: Deliverable) -> tuple[str, ...]:
    return tuple(likeness.simplify(name) for name in deliverable.name)


def _find_meant(name: str, promises: list[tuple[Deliverable, tuple[str, ...]]]) -> Deliverable | None:
    """Find the promise whose name is most like a record's, if any is like it enough."""
    text = likeness.simplify(name)
    rated = [(max(_rate(text, plain) for plain in names), promise) for promise, names in promises]
    best = max(rated, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] else None


def _rate(text: str, other: str) -> float:
    """Rate how like two plain names are; 0 for not enough: titles add 关于印发…的通知, and drop 试行."""
    shorter = min(len(text), len(other))
    shared = SequenceMatcher(None, text, other, autojunk=False).find_longest_match().size
    if text == other:
        return 2.0
    return shared / shorter if shared >= SHORTEST and shared >= SHARE * shorter else 0.0
