"""Documents checked against their shapes, each fault noted in a person's words."""

import re
from copy import deepcopy
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kfly.errors import find_nearest_key
from kfly.locale import N_, _
from kfly.plan.deadlines.spans import Years
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.shape_values import Shape

Shaped = TypeVar("Shaped", bound=Shape)

_MEANINGS = {
    "missing": N_("is missing"),
    "string_type": N_("text is expected; put a number or word like this in quotes"),
    "int_type": N_("a whole number is expected"),
    "bool_type": N_("true or false is expected"),
    "list_type": N_("a list is expected"),
    "dict_type": N_("keys and values are expected"),
    "model_type": N_("keys and values are expected"),
    "model_attributes_type": N_("keys and values are expected"),
    "too_short": N_("must not be empty"),
    "string_too_short": N_("must not be empty"),
    "string_pattern_mismatch": N_("is not spelled as it must be: {pattern}"),
    "greater_than_equal": N_("must be at least {ge}"),
    "less_than_equal": N_("must be at most {le}"),
}


def shape_document(
    document: Document, into: type[Shaped], data: Any = None, years: Years | None = None
) -> Shaped | None:
    """Return what of a document's data is in shape, noting all faults; None when nothing can be kept.

    A faulty part is left out, and whatever cannot stand without it, so that the rest can still be checked.

    Args:
        document: takes the faults, at their lines.
        into: the shape.
        data: shaped instead of the document's own data, when that had to be prepared.
        years: those that its deadlines speak of.
    """
    left = deepcopy(document.data if data is None else data)
    noted = False
    while True:
        try:
            return into.model_validate(left, context=years)
        except ValidationError as error:
            faults = [(detail, _find_place(detail, left)) for detail in error.errors()]
        for detail, place in faults if not noted else ():
            document.fault(place, _explain(detail, into, place))
        noted = True
        missing = {place for detail, place in faults if detail["type"] == "missing"}
        spared = {place for place in missing if _generalise(place) in into.spare}
        for place in spared:
            _at(left, place[:-1])[place[-1]] = deepcopy(into.spare[_generalise(place)])
        faulty = {
            place[:-1] if place in missing else place for _detail, place in faults if place not in spared
        }
        if () in faulty:
            return None
        _leave_out(left, faulty, document)


def _leave_out(data: Any, places: set[Place], document: Document) -> None:
    """Take these places out of the data."""
    # From the end of each list, and what is within a place before the place.
    order = [[(isinstance(step, str), step) for step in place] for place in places]
    for marked in sorted(order, reverse=True):
        *way, last = (step for _text, step in marked)
        holder = _at(data, tuple(way))
        if isinstance(last, int):
            del document.stood.setdefault(document.written(tuple(way)), list(range(len(holder))))[last]
        del holder[last]


def _generalise(place: Place) -> Place:
    """Return a place in any item of its lists: ``tasks[3].due`` as ``tasks[*].due``."""
    return tuple("*" if isinstance(step, int) else step for step in place)


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data


def _find_place(detail: ErrorDetails, data: Any) -> Place:
    """Return where a fault is, without the steps that pydantic adds for union branches and faulty keys."""
    place: Place = ()
    for step in detail["loc"]:
        known = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step in known:
            data = data[step]
            place = (*place, step)
    return (*place, detail["loc"][-1]) if detail["type"] == "missing" else place


def _explain(detail: ErrorDetails, into: type[BaseModel], place: Place) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context["error"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(str(place[-1]), _model_at(into, place[:-1]))
    if detail["type"] == "literal_error":
        return _one_of(re.findall("'([^']*)'", context["expected"]))
    meaning = _MEANINGS.get(detail["type"])
    return _(meaning, **context) if meaning else detail["msg"]


def _one_of(words: list[str]) -> str:
    """Say which words can stand at a place; pydantic quotes them in its own way, and in English."""
    if len(words) == 1:
        return _("{word} is expected", word=words[0])
    return _("one of {expected} is expected", expected=_(", ").join(words))


def _unknown_key(key: str, model: Any) -> str:
    taught = getattr(model, "taught", {}).get(key)
    if taught:
        return _("is not a key that is known here: {how}", how=_(taught))
    known = [f.alias or name for name, f in getattr(model, "model_fields", {}).items()]
    near = find_nearest_key(key, known)
    if near:
        return _("is not a key that is known here; did you mean “{near}”?", near=near)
    return _("is not a key that is known here; it takes: {known}", known=_(", ").join(known))


def _model_at(model: Any, place: Place) -> Any:
    """Return the shape at a place."""
    steps = iter(place)
    for step in steps:
        if isinstance(step, int):
            continue
        fields = getattr(model, "model_fields", {})
        field = next(f for name, f in fields.items() if step in (name, f.alias))
        if get_origin(field.annotation) is dict:
            next(steps, None)  # a key of the file's own, such as the name of a kind
        model = _model_in(field.annotation)
    return model


def _model_in(annotation: Any) -> Any:
    """Find the shape in ``list[Shape]``, ``dict[str, Shape]``, ``Annotated[Shape, …]``, ``Shape | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [_model_in(argument) for argument in get_args(annotation)]
    return next((model for model in inner if model is not None), None)
