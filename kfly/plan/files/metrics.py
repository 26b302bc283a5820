"""A reader that makes checked metrics of a plan file's ``count``, ``sum`` and ``where``."""

import re

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.plan.dates import parse_day
from kfly.plan.files.left_out import list_left_out
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.promise_shapes import Counted, Promise
from kfly.plan.files.shape_values import NameShape
from kfly.plan.kinds import Field, Kind
from kfly.plan.known_kinds import is_figure
from kfly.plan.metrics import UPPER, Condition, Metric
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
        """Read the count or sum of a target, or of a need of its own; None when it is faulty."""
        field = self.find_sum(promise)
        if field is not None:
            _check_unit(field, promise.unit, place, document)
        metric = self.count(promise, place, document)
        towns = self.read_towns(promise, metric and metric.kind, place, document)
        return metric and metric._replace(towns=towns)

    def count(
        self,
        counted: Counted,
        place: Place,
        document: Document,
        *,
        stock: bool = False,
        word: str | None = None,
    ) -> Metric | None:
        """Read what is counted or added up, for no towns yet; None when it is faulty.

        Args:
            counted: as it is written.
            place: where.
            document: in which file.
            stock: whether it is one where the file does not say.
            word: the key behind which it stands, where that is neither ``count`` nor ``sum``.
        """
        word = word or ("count" if counted.count is not None else "sum")
        of, _dot, summed = (counted.sum or "").partition(".")
        name = of if counted.count is None else counted.count
        kind = self.find_kind(name, (*place, word), document)
        if kind is None:
            return None
        before = len(document.faults)
        if is_figure(kind):
            message = _("figures are no records to count; write reported: level, or running, or amount")
            document.fault((*place, word), message)
        self._check_sum(counted, kind, summed, (*place, word), document)
        self._check_dating(counted, kind, place, document)
        conditions = [
            self._condition(kind, field, texts, (*place, "where", field), document)
            for field, texts in counted.where.items()
        ]
        if len(document.faults) > before:
            return None
        return Metric(
            kind=name,
            field=summed or None,
            where=tuple(condition for condition in conditions if condition),
            stock=stock if counted.stock is None else counted.stock,
            dated=counted.dated,
        )

    def find_kind(self, name: str, place: Place, document: Document) -> Kind | None:
        """Find the kind that is named at a place; None where there is none, or a faulty one."""
        kind = self.kinds.get(name)
        if self.plan.is_faulty(("records", name)):
            return None
        if kind is None:
            document.fault(place, self._no_kind(name))
        return kind

    def find_sum(self, counted: Counted) -> Field | None:
        """Find the field that is added up, if it is in order."""
        of, _dot, summed = (counted.sum or "").partition(".")
        kind = self.kinds.get(of)
        field = kind.field(summed) if kind else None
        return field if field and field.is_amount else None

    def _no_kind(self, name: str) -> str:
        if name in list_left_out(self.plan):
            return _("this plan leaves out the kind “{kind}”, under records:", kind=name)
        return _unknown("kind", name, list(self.kinds))

    def _check_sum(self, counted: Counted, kind: Kind, name: str, place: Place, document: Document) -> None:
        numbers = [field.name for field in kind.fields if field.is_amount]
        if counted.sum is not None and name not in numbers:
            document.fault(place, _unknown("number", name, numbers))

    def check_unit(self, metric: Metric, unit: NameShape | None, place: Place, document: Document) -> None:
        """Check that a need's amount is in the unit of what its target adds up."""
        field = self.kinds[metric.kind].field(metric.field or "")
        if field is not None:
            _check_unit(field, unit, place, document)

    def _check_dating(self, counted: Counted, kind: Kind, place: Place, document: Document) -> None:
        dates = [field.name for field in kind.fields if field.type == "date"]
        if counted.dated is None:
            if kind.counts_on is None:
                document.fault(
                    place, _("{kind} has no day to count from; name one with dated:", kind=kind.name)
                )
        elif counted.dated not in dates:
            document.fault((*place, "dated"), _unknown("date", counted.dated, dates))

    def read_towns(
        self,
        promise: Promise,
        kind: str | None,
        place: Place,
        document: Document,
        *,
        upper: bool = False,
    ) -> tuple[str, ...] | None:
        """Read which towns a figure by town covers; None where it is not by town.

        Args:
            promise: as it is written.
            kind: whose records are measured, if that is in order.
            place: where.
            document: in which file.
            upper: whether an upper bound is a level to sink to, and no ceiling.
        """
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
        self.check_town(kind, (*place, "per"), document)
        if not document.is_faulty(place):
            self._check_town_goal(promise, place, document, upper=upper)
        return tuple(o.name for o in self.organisations if o.kind == "town" and o.name not in left_out)

    def check_town(self, kind: str | None, place: Place, document: Document) -> None:
        """Check that records of a kind belong to towns."""
        known = self.kinds.get(kind or "")
        if known is not None and known.town is None:
            document.fault(place, _("{kind} has no field of type town", kind=known.name))

    def _check_town_goal(self, promise: Promise, place: Place, document: Document, *, upper: bool) -> None:
        if promise.comparison is None:
            document.fault((*place, "per"), _("per: town wants an amount such as at_least:"))
        elif promise.comparison in UPPER and not upper:
            message = _("per: town wants at_least: or more_than:; only a level can sink town by town")
            document.fault((*place, "per"), message)

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
