"""The standing kinds, and how people name a kind or a field."""

from collections.abc import Iterable
from pathlib import Path

from kfly.errors import KflyError, nearest
from kfly.locale import _
from kfly.plan.kinds import NOTE, Field, Kind

STANDING = Path(__file__).parent / "kinds.yaml"


def standing() -> tuple[Kind, ...]:
    """The kinds of the package's own file, for when there is no database to ask."""
    from kfly.plan.kind_files import kinds_of
    from kfly.plan.marked_yaml import read

    kinds = kinds_of(read(STANDING))
    if kinds is None:
        raise KflyError(_("The installation is damaged: {path} cannot be read.", path=STANDING))
    return kinds


def find_kind(text: str, kinds: Iterable[Kind]) -> Kind:
    """The kind of this name, with hyphen or underscore, or of this label.

    Raises:
        KflyError: there is none; the nearest is offered.
    """
    known = list(kinds)
    wanted = text.strip().replace("-", "_").casefold()
    for kind in known:
        if wanted in (kind.name, kind.label.zh, kind.label.en.casefold()):
            return kind
    near = nearest(wanted, [name for kind in known for name in (kind.name, kind.label.zh)])
    raise KflyError(
        _("There is no kind of record “{name}”; did you mean “{near}”?", name=text, near=near)
        if near
        else _("There is no kind of record “{name}”; “kfly kinds” lists them.", name=text)
    )


def find_field(text: str, kind: Kind) -> Field:
    """The field of this name, with hyphen or underscore, or of this label.

    Raises:
        KflyError: the kind has none; the nearest is offered.
    """
    wanted = text.strip().replace("-", "_").casefold()
    fields = (*kind.fields, NOTE)
    for field in fields:
        if wanted in (field.name, field.label.zh.casefold(), field.label.en.casefold()):
            return field
    near = nearest(wanted, [name for field in fields for name in (field.name, field.label.zh)])
    raise KflyError(
        _("{kind} has no field “{name}”; did you mean “{near}”?", kind=kind.name, name=text, near=near)
        if near
        else _("{kind} has no field “{name}”; “kfly kinds {kind}” lists them.", kind=kind.name, name=text)
    )
