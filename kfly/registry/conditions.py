"""Conditions as people type them: ``floor_area>=5万``, ``town=华士镇``, ``stage=renovated``."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kfly.errors import KflyError, WrongUsageError, find_nearest
from kfly.locale import _
from kfly.plan.derived import code_names, derived_fields
from kfly.plan.kinds import Field, Kind, Value
from kfly.plan.signs import BLANKS, normalise
from kfly.registry.checks import FieldFault
from kfly.registry.kinds import find_field
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError

_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "=", "<>": "!="}
# The first sign ends the name; full-width ones are those of a Chinese keyboard.
_CONDITION = re.compile(
    r"(?P<name>[^<>=!≥≤≠＜＞＝！]*)(?P<sign>[<＜][=＝>＞]?|[>＞][=＝]?|[=＝]{1,2}|[!！][=＝]|[≥≤≠])(?P<value>.*)",
    re.DOTALL,
)


class Comparison(NamedTuple):
    """A field, an operator (``= != >= <= > <``) and the value that the field is held against."""

    field: Field
    operator: str
    value: Value  # as the database keeps it; None for an empty field


def read_conditions(registry: Registry, kind: Kind, words: Sequence[str]) -> list[Comparison]:
    """Read the words of ``--where``; all of them must hold.

    Raises:
        KflyError: a field is unknown, or a value does not fit it: a line for each.
        WrongUsageError: a word is no condition, or two can never hold together.
    """
    found: list[Comparison] = []
    faults: list[str] = []
    for word in words:
        match = _CONDITION.fullmatch(word)
        if match is None:
            raise WrongUsageError(
                _("--where: “{word}” is not of the form field=value or field>=value.", word=word)
            )
        field = find_field(match["name"].strip(BLANKS), kind, derived_fields(kind))
        sign = normalise(match["sign"])
        operator = _SIGNS.get(sign, sign)
        _check_operator(field, operator, match["value"])
        try:
            found.append(Comparison(field, operator, _read_value(registry, kind, field, match["value"])))
        except BadValueError as error:
            faults.append(str(FieldFault(field, match["value"].strip(), str(error))))
    if faults:
        raise KflyError(*faults)
    _check_together(found)
    return found


def _check_operator(field: Field, operator: str, text: str) -> None:
    """Check that a field can be compared so.

    Raises:
        WrongUsageError: it is neither a number nor a date, or there is nothing to compare it with.
    """
    if operator in ("=", "!="):
        return
    if not (field.numeric or field.type == "date"):
        raise WrongUsageError(
            _(
                "--where: {field} cannot be compared with {sign}, only numbers and dates can; use = or !=.",
                field=field.name,
                sign=operator,
            )
        )
    if not text.strip(BLANKS):
        raise WrongUsageError(_("--where: {field}{sign} wants a value.", field=field.name, sign=operator))


def _check_together(found: Iterable[Comparison]) -> None:
    """Check that no field is to have two values at once.

    Raises:
        WrongUsageError: one is.
    """
    values: dict[str, Value] = {}
    for field, operator, value in found:
        if operator == "=" and values.setdefault(field.name, value) != value:
            raise WrongUsageError(
                _("--where: {field} is given two values; no record can have both.", field=field.name)
            )


def _read_value(registry: Registry, kind: Kind, field: Field, text: str) -> Value:
    names = code_names(kind, field)
    wanted = normalise(text).casefold()
    if not names or not wanted:
        return registry.values.read(field, text)
    for code, name in names.items():
        if wanted in (code, *(word.casefold() for word in name)):
            return code
    listed = _(", ").join(f"{code} ({name.spoken})" for code, name in names.items())
    meaning = _("is none of: {choices}", choices=listed)
    near = find_nearest(wanted, [word for code, name in names.items() for word in (code, *name)])
    raise BadValueError(
        _("{meaning}; did you mean “{near}”?", meaning=meaning, near=near) if near else meaning
    )
