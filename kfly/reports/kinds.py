"""``kinds``: what can be recorded, or the fields of one kind."""

from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _
from kfly.plan.kinds import NOTE, Field, Kind

_TYPES = {
    "text": N_("text"),
    "choice": N_("choice"),
    "date": N_("date"),
    "year": N_("year"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "town": N_("town or zone"),
    "reference": N_("record of {kind}"),
}


def document(kind: Kind) -> dict[str, Any]:
    """Return a kind as one JSON document."""
    return {
        "name": kind.name,
        "label": kind.label.spoken,
        "command": kind.command,
        "key": list(kind.key),
        "counts_on": kind.counts_on,
        "counts_until": kind.counts_until,
        "fields": [_field_document(field) for field in (*kind.fields, NOTE)],
    }


def _field_document(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label.spoken,
        "type": field.type,
        "required": field.required,
        "unit": field.unit,
        "not_above": field.not_above,
        "choices": list(field.choices or field.only),
        "to": field.to,
        "personal": field.personal,
        "help": field.help.spoken,
    }


def render_kinds(kinds: list[Kind]) -> None:
    """Print the kinds."""
    columns = (Column(_("Kind")), Column(_("Name"), 12), Column(_("Command")), Column(_("Required"), 16))
    show(make_table(columns, [_kind_row(kind) for kind in kinds]))


def _kind_row(kind: Kind) -> list[str]:
    required = _(", ").join(field.label.spoken for field in kind.fields if field.required)
    return [kind.name, kind.label.spoken, "kfly " + kind.command, required]


def render_kind(kind: Kind, known: list[Kind]) -> None:
    """Print the fields of one kind."""
    columns = (Column(_("Field")), Column(_("Label"), 12), Column(_("Takes"), 14), Column(_("Meaning"), 16))
    labels = {other.name: other.label.spoken for other in known}
    made = make_table(columns, [_field_row(kind, field, labels) for field in (*kind.fields, NOTE)])
    legend = _("* required; ◆ part of the natural key: two records may not share it")
    if kind.counts_on:
        legend += _("; counts from {field}", field=kind.counts_on)
    show(text(f"{kind.label.spoken} · kfly {kind.command}", "bold"), "", made, "", text(legend, "dim"))


def _field_row(kind: Kind, field: Field, labels: dict[str, str]) -> list[str | Text]:
    marks = ("*" if field.required else "") + ("◆" if field.name in kind.key else "")
    name = text(f"{field.name} {marks}".rstrip(), "bold" if field.name == kind.counts_on else "")
    return [name, field.label.spoken, _takes(field, labels), field.help.spoken]


def _takes(field: Field, labels: dict[str, str]) -> str:
    words = " | ".join(field.choices or field.only)
    kind = _(_TYPES[field.type], kind=labels.get(field.to or ""))
    takes = ": ".join(part for part in (kind, words or field.unit) if part)
    return _("{takes}, not above {field}", takes=takes, field=field.not_above) if field.not_above else takes
