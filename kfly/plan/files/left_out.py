"""Standing kinds that a plan does without: ``building: null`` under its ``records:``."""

from typing import Any

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document
from kfly.plan.kinds import DELIVERABLE


def list_left_out(plan: Document) -> tuple[str, ...]:
    """List the standing kinds that a plan leaves out, as ``building: null`` under its ``records:``."""
    records = plan.data.get("records") if isinstance(plan.data, dict) else None
    return tuple(name for name, kind in records.items() if kind is None) if isinstance(records, dict) else ()


def leave_out(standing: dict[str, Any], records: Any, document: Document) -> dict[str, Any]:
    """Take away the kinds that a plan leaves out, and the fields by which others refer to them.

    A field that cannot be done without, or promised deliverables that could not be recorded, are faults.
    """
    gone = list_left_out(document)
    if not gone:
        return standing
    for name in gone:
        if name not in standing:
            document.fault(("records", name), _("is no standing kind; there is nothing to leave out"))
    kept = {name: kind for name, kind in standing.items() if name not in gone}
    for name, kind in kept.items():
        lost = {field: its for field, its in kind["fields"].items() if its.get("to") in gone}
        for field, its in lost.items():
            if its.get("required") or field in kind["key"]:
                message = _(
                    "cannot be left out alone: {kind} needs it as its {field}", kind=name, field=field
                )
                document.fault(("records", its["to"]), message)
                return standing
            if field in _fields_of(records.get(name)):
                document.fault(("records", name, "fields", field), explain_left_out(its["to"]))
        fields = {field: its for field, its in kind["fields"].items() if field not in lost}
        kept[name] = {**kind, "fields": fields}
    _must_hold_deliverables(standing, kept, records, document)
    return kept


def explain_left_out(kind: str) -> str:
    """Say what is wrong with a field that refers to a kind that the plan leaves out."""
    return _("refers to {kind}, which this plan leaves out", kind=kind)


def _must_hold_deliverables(
    standing: dict[str, Any], kept: dict[str, Any], records: dict[str, Any], document: Document
) -> None:
    """Check that promised deliverables can be recorded: they have their line where their kind is left out."""
    gone = [name for name, kind in standing.items() if _names_deliverables(kind) and name not in kept]
    left = any(map(_names_deliverables, [*kept.values(), *records.values()]))
    if document.items("deliverables") and gone and not left:
        message = _("are recorded as {kind}, which this plan leaves out; keep it", kind=", ".join(gone))
        document.fault(("deliverables",), message)


def _names_deliverables(kind: Any) -> bool:
    fields = _fields_of(kind).values()
    return any(isinstance(field, dict) and field.get("names") == DELIVERABLE for field in fields)


def _fields_of(kind: Any) -> dict[str, Any]:
    """Return the fields of a kind as a plan file has them, which may be anything."""
    fields = kind.get("fields") if isinstance(kind, dict) else None
    return fields if isinstance(fields, dict) else {}
