"""A reader that makes checked metrics of a plan file's ``count``, ``sum`` and ``where``."""

import re

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.dates import parse_day
from kfly.plan.files.left_out import list_left_out
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.shapes import NameShape, Promise
from kfly.plan.kinds import Field, Kind
from kfly.plan.metrics import Condition, Metric
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation

_OPERATORS = (">=", "<=", "!=", ">", "<")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)", re.ASCII)


class MetricReader:
    """Reads metrics against the kinds and organisations of one plan, noting every fault.

    A metric is not blamed for a kind that is faulty itself.
    """

    def __init__(
        self, kinds: tuple[Kind, ...], organisations: tuple[Organisation, ...], plan: Document
    ) -> None:
        self.plan = plan
        self.kinds = {kind.name: kind for kind in kinds}
        self.organisations = organisations

    def read(self, promise: Promise, place: Place, document: Document) -> Metric | None:
        """Read the metric of a target, or a need's own metric; None when it is faulty."""
        word = "count" if promise.count is not None else "sum"
        of, _dot, summed = (promise.sum or "").partition(".")
        name = of if promise.count is None else promise.count
        kind = self.kinds.get(name)
        if self.plan.is_faulty(("records", name)):
            return None
        if kind is None:
            document.fault((*place, word), self._no_kind(name))
            return None
        before = len(document.faults)
        self._check_sum(promise, kind, summed, (*place, word), document)
        self._check_dating(promise, kind, place, document)
        conditions = [
            self._condition(kind, field, texts, (*place, "where", field), document)
            for field, texts in promise.where.items()
        ]
        towns = self._towns(promise, kind, place, document)
        if len(document.faults) > before:
            return None
        return Metric(
            kind=name,
            field=summed or None,
            where=tuple(condition for condition in conditions if condition),
            stock=promise.stock,
            dated=promise.dated,
            towns=towns,
        )

    def _no_kind(self, name: str) -> str:
        if name in list_left_out(self.plan):
            return _("this plan leaves out the kind “{kind}”, under records:", kind=name)
        return _unknown("kind", name, list(self.kinds))

    def _check_sum(self, promise: Promise, kind: Kind, name: str, place: Place, document: Document) -> None:
        if promise.sum is None:
            return
        field = kind.field(name)
        numbers = [field.name for field in kind.fields if field.is_amount]
        if field is None or field.name not in numbers:
            document.fault(place, _unknown("number", name, numbers))
        else:
            _check_unit(field, promise.unit, place[:-1], document)

    def check_unit(self, metric: Metric, unit: NameShape | None, place: Place, document: Document) -> None:
        """Check that a need's amount is in the unit of what its target adds up."""
        field = self.kinds[metric.kind].field(metric.field or "")
        if field is not None:
            _check_unit(field, unit, place, document)

    def _check_dating(self, promise: Promise, kind: Kind, place: Place, document: Document) -> None:
        dates = [field.name for field in kind.fields if field.type == "date"]
        if promise.dated is None:
            if kind.counts_on is None:
                document.fault(
                    place, _("{kind} has no day to count from; name one with dated:", kind=kind.name)
                )
        elif promise.dated not in dates:
            document.fault((*place, "dated"), _unknown("date", promise.dated, dates))

    def _towns(
        self, promise: Promise, kind: Kind, place: Place, document: Document
    ) -> tuple[str, ...] | None:
        left_out = []
        for number, text in enumerate(promise.except_):
            organisation = match_organisation(text, self.organisations)
            if organisation is None or organisation.kind != "town":
                towns = [o.name for o in self.organisations if o.kind == "town"]
                document.fault((*place, "except", number), _unknown("town", text, towns))
            else:
                left_out.append(organisation.name)
        if promise.per is None:
            if promise.except_ and not document.is_faulty(place):
                document.fault((*place, "except"), _("stands only beside per: town"))
            return None
        if kind.town is None:
            document.fault((*place, "per"), _("{kind} has no field of type town", kind=kind.name))
        if (promise.at_most is not None or promise.goal is None) and not document.is_faulty(place):
            document.fault((*place, "per"), _("per: town wants at_least: or more_than:"))
        return tuple(o.name for o in self.organisations if o.kind == "town" and o.name not in left_out)

    def _condition(
        self, kind: Kind, name: str, texts: list[str], place: Place, document: Document
    ) -> Condition | None:
        field = kind.field(name)
        if field is None:
            document.fault(place, _unknown("field", name, [field.name for field in kind.fields]))
            return None
        operator = next((sign for sign in _OPERATORS if texts[0].startswith(sign)), "")
        if len(texts) > 1 or not operator:
            operator, values = ("in" if len(texts) > 1 else "="), [text.strip() for text in texts]
        else:
            values = [texts[0][len(operator) :].strip()]
        read = [self._value(field, value, place, document) for value in values]
        if operator in (">=", "<=", ">", "<") and not (field.numeric or field.type == "date"):
            document.fault(place, _("only numbers and dates can be compared with {sign}", sign=operator))
        return Condition(name, operator, tuple(dict.fromkeys(value for value in read if value is not None)))

    def _value(self, field: Field, text: str, place: Place, document: Document) -> str | None:
        """Return the value as the registry keeps it."""
        if field.type == "choice" and text not in field.choices:
            document.fault(place, _unknown("choice", text, list(field.choices)))
        elif field.type == "town":
            organisation = match_organisation(text, self.organisations)
            if organisation is not None and organisation.is_place:
                return organisation.name
            towns = [o.name for o in self.organisations if o.is_place]
            document.fault(place, _unknown("town", text, towns))
        elif field.type == "reference":
            town, slash, name = text.partition("/")
            organisation = match_organisation(town, self.organisations) if slash else None
            return f"{organisation.name}/{name}" if organisation else text
        elif field.numeric and not _NUMBER.fullmatch(text):
            document.fault(place, _("“{text}” is not a plain number", text=text))
        elif field.type == "date":
            try:
                return parse_day(text).isoformat()
            except ValueError:
                document.fault(place, _("a day such as 2022-01-31 is expected"))
        return text


def _check_unit(field: Field, unit: NameShape | None, place: Place, document: Document) -> None:
    if field.unit and unit and unit.zh != field.unit:
        message = _("{field} is kept in {unit}; state the goal in it", field=field.name, unit=field.unit)
        document.fault((*place, "unit"), message)


def _unknown(what: str, word: str, known: list[str]) -> str:
    messages = {
        "kind": _("there is no kind “{word}”", word=word),
        "field": _("the kind has no field “{word}”", word=word),
        "number": _("the kind has no number “{word}” to add up", word=word),
        "date": _("the kind has no date “{word}”", word=word),
        "choice": _("“{word}” is none of the field's choices", word=word),
        "town": _("no town is called “{word}”", word=word),
    }
    near = find_nearest(word, known)
    if near:
        return messages[what] + _("; did you mean “{near}”?", near=near)
    return messages[what] + (_("; known: {known}", known=_(", ").join(known)) if known else "")
