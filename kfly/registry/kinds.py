"""The standing kinds, and kinds and fields found by what people call them."""

from collections.abc import Collection, Iterable
from pathlib import Path

from kfly.errors import KflyError, WrongUsageError, find_nearest
from kfly.locale import _
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.plan.signs import normalise

STANDING = Path(__file__).parent / "kinds.yaml"


def read_standing_kinds() -> tuple[Kind, ...]:
    """Read the kinds of the package's own file, for when there is no database to ask."""
    from kfly.plan.files.kind_files import merge_kinds, read_standing

    kinds = merge_kinds(read_standing(STANDING))
    if kinds is None:
        raise KflyError(_("The installation is damaged: {path} cannot be read.", path=STANDING))
    return kinds


def find_kind(text: str, kinds: Iterable[Kind]) -> Kind:
    """Find the kind of this name, with hyphen or underscore, or of this label.

    Raises:
        KflyError: there is none; the nearest is offered.
    """
    known = list(kinds)
    wanted = _fold_word(text)
    for kind in known:
        if _is_called(wanted, kind.name, kind.label):
            return kind
    near = find_nearest(wanted, [name for kind in known for name in (kind.name, kind.label.zh)])
    raise KflyError(
        _("There is no kind of record “{name}”; did you mean “{near}”?", name=text, near=near)
        if near
        else _("There is no kind of record “{name}”; “kfly kinds” lists them.", name=text)
    )


def refuse_left_out(text: str, left_out: Collection[str]) -> None:
    """Refuse a standing kind that the plan in force leaves out, by any name of it.

    Raises:
        KflyError: it is one of those left out.
    """
    wanted = _fold_word(text)
    for kind in read_standing_kinds() if left_out else ():
        if kind.name in left_out and _is_called(wanted, kind.name, kind.label):
            raise KflyError(_("{kind}: this plan does not record any.", kind=kind.label.spoken))


def find_field(text: str, kind: Kind, others: Iterable[Field] = ()) -> Field:
    """Find the field of this name, with hyphen or underscore, of this label, or of this alias.

    Args:
        text: what it is called.
        kind: whose field it is.
        others: what may be named beside the kind's own fields.

    Raises:
        KflyError: the kind has none; the nearest is offered.
    """
    wanted = _fold_word(text)
    fields = (*kind.fields, NOTE, *others)
    for field in fields:
        if _is_called(wanted, field.name, (*field.label, *field.aliases)):
            return field
    near = find_nearest(wanted, [name for field in fields for name in (field.name, field.label.zh)])
    label = kind.label.spoken
    raise KflyError(
        _("{kind}: there is no field “{name}”; did you mean “{near}”?", kind=label, name=text, near=near)
        if near
        else _(
            "{kind}: there is no field “{name}”; “kfly kinds {command}” lists them.",
            kind=label,
            name=text,
            command=kind.name,
        )
    )


def _fold_word(text: str) -> str:
    """Turn full-width signs into plain ones, in small letters: sheets write 镇（街道） and 镇(街道)."""
    return normalise(text).casefold()


def _is_called(wanted: str, name: str, words: Iterable[str]) -> bool:
    return wanted.replace("-", "_") == name or wanted in map(_fold_word, words)


def parse_assignments(words: list[str], kind: Kind) -> dict[str, str]:
    """Read ``field=value`` words into texts, by the name of the field.

    Raises:
        KflyError: a word has no =, a field is not known, or is named twice.
    """
    texts: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise WrongUsageError(_("“{word}” is not of the form field=value.", word=word))
        field = find_field(name, kind).name
        if field in texts:
            raise WrongUsageError(_("{field} is given twice.", field=field))
        texts[field] = value
    return texts
