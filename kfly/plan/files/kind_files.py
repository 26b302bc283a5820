"""The kinds in force: the standing ones, with what a plan file adds to them under ``records:``."""

from collections.abc import Container, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.files.left_out import explain_left_out, leave_out, list_left_out
from kfly.plan.files.marked_yaml import Document, read_yaml
from kfly.plan.files.shapes import FieldShape, KindFile, KindShape
from kfly.plan.files.shaping import shape_document
from kfly.plan.kinds import (
    DECIMALS,
    DEFAULT_DECIMALS,
    NOTE,
    RESERVED_FIELDS,
    RESERVED_KINDS,
    YUAN,
    Field,
    Kind,
    Stage,
)
from kfly.plan.model import Name

# What a plan file may change in a standing field; its type and its place in the key stay.
ADJUSTABLE = ("only", "choices", "label", "help", "aliases", "required", "minimum", "maximum", "not_above")


_COMPARED = ("integer", "number")  # types of which one may limit the other


@lru_cache(maxsize=2)
def read_standing(file: Path) -> Document:
    """Read the standing kinds once, however many plans are laid over them: no plan changes the document."""
    return read_yaml(file)


def merge_kinds(standing: Document, plan: Document | None = None) -> tuple[Kind, ...] | None:
    """Add a plan's kinds to the standing ones, noting faults in the documents; None if none can be kept."""
    document = plan or standing
    records = plan.data.get("records") if plan and isinstance(plan.data, dict) else None
    own = {} if records is None else records
    kept = leave_out(standing.data["records"], own, document) if plan else standing.data["records"]
    merged = _lay_over(kept, own, document)
    shaped = shape_document(document, KindFile, {"records": merged})
    if shaped is None:
        return None
    for name, kind in shaped.records.items():
        if not document.is_faulty(("records", name)):
            _check(name, kind, list(merged), document)
    return tuple(_kind(name, kind) for name, kind in shaped.records.items())


def _lay_over(standing: dict[str, Any], records: Any, document: Document) -> dict[str, Any]:
    """Lay the plan's kinds and fields over the standing ones; a field of both keeps what is not changed."""
    if not isinstance(records, dict):
        document.fault(("records",), _("keys and values are expected"))
        return standing
    merged = dict(standing)
    gone = list_left_out(document)
    for name, kind in records.items():
        if name in gone:
            continue
        if name not in standing or not isinstance(kind, dict):
            merged[name] = kind
            continue
        for key in kind:
            if key != "fields":
                document.fault(
                    ("records", name, key), _("cannot be changed: {kind} is a standing kind", kind=name)
                )
        own = kind.get("fields", {})
        if not isinstance(own, dict):
            document.fault(("records", name, "fields"), _("keys and values are expected"))
            continue
        fields = dict(standing[name]["fields"])
        for field, changes in own.items():
            if document.is_faulty(("records", name, "fields", field)):
                continue
            fields[field] = _adjust(fields.get(field), changes, (name, field), document)
        merged[name] = {**standing[name], "fields": fields}
    return merged


def _adjust(field: dict[str, Any] | None, changes: Any, at: tuple[str, str], document: Document) -> Any:
    if field is None or not isinstance(changes, dict):
        return changes
    for key in changes:
        if key not in ADJUSTABLE:
            message = _(
                "cannot be changed in a standing field; these can: {keys}", keys=_(", ").join(ADJUSTABLE)
            )
            document.fault(("records", at[0], "fields", at[1], key), message)
    adjusted = {**field, **{key: value for key, value in changes.items() if key in ADJUSTABLE}}
    standing, added = field.get("choices"), changes.get("choices")
    if isinstance(standing, list) and isinstance(added, list):
        adjusted["choices"] = [*standing, *(choice for choice in added if choice not in standing)]
    return adjusted


def _check(name: str, kind: KindShape, kinds: list[str], document: Document) -> None:
    place = ("records", name)
    if name in RESERVED_KINDS or name.startswith("sqlite_"):
        document.fault(place, _("is a name that kfly uses itself; choose another"))
    dates = [field for field, shape in kind.fields.items() if shape.type == "date"]
    named: list[tuple[str, str | None, list[str]]] = [("key", part, list(kind.fields)) for part in kind.key]
    named += [("counts_on", kind.counts_on, dates), ("counts_until", kind.counts_until, dates)]
    named += [("stages", stage.date, dates) for stage in kind.stages]
    named.append(("graded_by", kind.graded_by, [f for f, s in kind.fields.items() if s.type == "number"]))
    for key, field, known in named:
        if field is not None and field not in known:
            document.fault((*place, key), _not_a_field(field, known))
    if not kind.key:
        document.fault((*place, "key"), _("is missing: name the fields that tell two records apart"))
    elif len(set(kind.key)) < len(kind.key):
        document.fault((*place, "key"), _("names a field twice"))
    for part in (part for part in kind.key if part in kind.fields and kind.fields[part].to == name):
        document.fault((*place, "key"), _("{field} refers to the kind itself", field=part))
    for field, shaped in kind.fields.items():
        for message in (
            *_field_faults(field, shaped, kinds, list_left_out(document)),
            *_limit_faults(field, kind),
        ):
            document.fault((*place, "fields", field), message)
    for label, first, second in _find_shared_headings(kind):
        message = _("“{label}” already stands for {field}", label=label, field=first)
        document.fault((*place, "fields", second), message)


def _not_a_field(field: str, known: list[str]) -> str:
    near = find_nearest(field, known)
    if near:
        return _(
            "“{field}” is not a field that can stand here; did you mean “{near}”?", field=field, near=near
        )
    return _("“{field}” is not a field that can stand here", field=field)


def _field_faults(name: str, field: FieldShape, kinds: list[str], left_out: Container[str]) -> Iterator[str]:
    if name in RESERVED_FIELDS:
        yield _("is a name that kfly uses itself; choose another")
    if (field.type == "choice") != bool(field.choices):
        yield _("a choice, and nothing else, wants choices:")
    if len(set(field.choices)) < len(field.choices):
        yield _("a choice is given twice")
    if (field.type == "reference") != (field.to is not None):
        yield _("a reference, and nothing else, wants to:")
    if field.to is not None and field.to not in kinds:
        yield explain_left_out(field.to) if field.to in left_out else _not_a_kind(field.to, kinds)
    if field.only and field.type != "town":
        yield _("only: is for fields of type town")
    numeric = field.type in ("integer", "number")
    if not numeric and (field.unit or field.minimum is not None or field.maximum is not None):
        yield _("unit:, minimum: and maximum: are for numbers")
    if field.decimals is not None and field.type != "number":
        yield _("decimals: is for fields of type number")
    if field.unit in YUAN and field.type == "integer":
        yield _("money wants type number: it is kept to the fen")


def _limit_faults(name: str, kind: KindShape) -> Iterator[str]:
    """Yield what is wrong with the field that a field may not exceed."""
    field = kind.fields[name]
    if field.not_above is None:
        return
    known = [other for other, shaped in kind.fields.items() if other != name and _is_alike(field, shaped)]
    if field.type not in _COMPARED:
        yield _("not_above: is for numbers")
    elif field.not_above not in known:
        message = _not_a_field(field.not_above, known)
        yield _("not_above: {message}; a number in the same unit is expected", message=message)


def _is_alike(field: FieldShape, other: FieldShape) -> bool:
    return other.type in _COMPARED and other.unit == field.unit


def _not_a_kind(kind: str, known: list[str]) -> str:
    near = find_nearest(kind, known)
    if near:
        return _("“{kind}” is not a kind of record; did you mean “{near}”?", kind=kind, near=near)
    return _("“{kind}” is not a kind of record", kind=kind)


def _find_shared_headings(kind: KindShape) -> Iterator[tuple[str, str, str]]:
    """Yield each heading that could mean two fields, with both."""
    owner = {label.casefold(): NOTE.name for label in (NOTE.name, *NOTE.label)}  # every kind has it
    for name, field in kind.fields.items():
        for label in dict.fromkeys([name, field.label.zh, field.label.en, *field.aliases]):
            if owner.setdefault(label.casefold(), name) != name:
                yield label, owner[label.casefold()], name


def _kind(name: str, kind: KindShape) -> Kind:
    return Kind(
        name=name,
        label=kind.name.name(),
        fields=tuple(_field(field, shaped) for field, shaped in kind.fields.items()),
        key=tuple(kind.key),
        counts_on=kind.counts_on,
        counts_until=kind.counts_until,
        stages=tuple(Stage(stage.key, stage.date, stage.label.name()) for stage in kind.stages),
        graded_by=kind.graded_by,
    )


def _field(name: str, field: FieldShape) -> Field:
    decimals = DECIMALS.get(field.unit or "", DEFAULT_DECIMALS) if field.decimals is None else field.decimals
    return Field(
        name=name,
        type=field.type,
        label=field.label.name(),
        required=field.required,
        unit=field.unit,
        minimum=_decimal(field.minimum),
        maximum=_decimal(field.maximum),
        not_above=field.not_above,
        decimals=decimals,
        choices=tuple(field.choices),
        only=tuple(field.only),
        to=field.to,
        names=field.names,
        personal=field.personal,
        help=field.help.name() if field.help else Name("", ""),
        aliases=tuple(field.aliases),
    )


def _decimal(amount: Fraction | None) -> str | None:
    """Return an amount as exact decimal text: 1/2 would be a division in SQL."""
    return None if amount is None else f"{Decimal(amount.numerator) / amount.denominator:f}"
