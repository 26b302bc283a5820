"""Checks of a record as a whole: required fields, a name that is one, days in order, parts in a whole."""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Value
from kfly.registry.markers import is_any_marked, is_marked

MISSING, MISNAMED, BACKWARDS, TOO_LARGE = "missing_value", "misnamed", "dates_backwards", "larger_than_whole"


class FieldFault(NamedTuple):
    """What is wrong with one value of a record."""

    field: Field
    value: str
    message: str
    code: str = "bad_value"  # what sort of fault it is, for programs
    against: str = ""  # the value of another field that it does not go with

    def __str__(self) -> str:
        label = self.field.label.spoken
        if not self.value:
            return _("{label}: {message}", label=label, message=self.message)
        return _("{label}: “{value}” {message}", label=label, value=self.value, message=self.message)


class Checks:
    """The checks of one kind, made once for the thousand records of a sheet.

    Attributes:
        are_of_columns: the rules look at columns of the record alone, so that SQL can let sound ones pass.
    """

    are_of_columns = True

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fields = {field.name: field for field in kind.fields}
        self.required = frozenset(field.name for field in kind.fields if field.required)
        self.courses = [[stage.date for stage in kind.stages]] if len(kind.stages) > 1 else []
        if kind.counts_on and kind.counts_until:
            self.courses.append([kind.counts_on, kind.counts_until])
        self.limits = [(f, self.fields[f.not_above]) for f in kind.fields if f.not_above in self.fields]
        self.called_by = self.fields[kind.key[0]]

    def faults(self, values: Mapping[str, Value], faulty: Set[str]) -> list[FieldFault]:
        """Find what is wrong with a record, apart from the fields that are known to be ``faulty``."""
        faults: list[FieldFault] = []
        if not all(map(values.get, self.required)) or not values.get(self.called_by.name):  # or it is 0
            faults += self._missing(values, faulty)
        if self.called_by.type == "text":
            faults += self._misnamed(values)
        if self.courses:
            faults += self._backwards(values, faulty)
        if self.limits:
            faults += self._beyond(values, faulty)
        return faults

    def pass_all(self, columns: Mapping[str, Sequence[Value]]) -> bool:
        """Tell whether many records, whose values stand in columns, are all in order; if not, ask of each."""
        needed = {*self.required, self.called_by.name}
        if not all(name in columns and all(columns[name]) for name in needed):  # or a value is 0
            return False
        if self.called_by.type == "text" and is_any_marked(columns[self.called_by.name]):
            return False
        given = ([columns[name] for name in course if name in columns] for course in self.courses)
        if any(not _is_in_order(days) for days in given if len(days) > 1):
            return False
        return not any(
            field.name in columns
            and whole.name in columns
            and any(map(_is_above, columns[field.name], columns[whole.name]))
            for field, whole in self.limits
        )

    def is_misnamed(self, fault: FieldFault) -> bool:
        """Tell whether a fault is only that the name is one by which sheets mark a row that is no record."""
        return fault.code == MISNAMED

    def _missing(self, values: Mapping[str, Value], faulty: Set[str]) -> Iterator[FieldFault]:
        missing = {name for name in self.required if values.get(name) is None}
        if faulty.isdisjoint(self.kind.key) and all(values.get(name) is None for name in self.kind.key):
            missing.add(self.called_by.name)  # nothing would tell it from another
        if missing:
            for name, field in self.fields.items():
                if name in missing and name not in faulty:
                    yield FieldFault(field, "", _("is required"), MISSING)

    def _misnamed(self, values: Mapping[str, Value]) -> Iterator[FieldFault]:
        name = values.get(self.called_by.name)
        if isinstance(name, str) and is_marked(name):
            message = _("is what sheets call a row that is no record")
            yield FieldFault(self.called_by, name, message, MISNAMED)

    def _backwards(self, values: Mapping[str, Value], faulty: Set[str]) -> Iterator[FieldFault]:
        """Yield a fault for each date that lies before the one it must follow; skip those not given."""
        for course in self.courses:
            given = [
                (name, str(day))
                for name in course
                if (day := values.get(name)) is not None and name not in faulty
            ]
            for (earlier, first), (later, second) in pairwise(given):
                if second < first:
                    label = self.fields[earlier].label.spoken
                    message = _("lies before {label}, {day}", label=label, day=first)
                    yield FieldFault(self.fields[later], second, message, BACKWARDS, first)

    def _beyond(self, values: Mapping[str, Value], faulty: Set[str]) -> Iterator[FieldFault]:
        """Yield a fault for each number above the one that limits it: idle is no more than there is."""
        for field, whole in self.limits:
            value, most = values.get(field.name), values.get(whole.name)
            if faulty.isdisjoint((field.name, whole.name)) and _is_above(value, most):
                message = _("is more than {label}, {value}", label=whole.label.spoken, value=_written(most))
                yield FieldFault(field, _written(value), message, TOO_LARGE, _written(most))


def _is_in_order(columns: Sequence[Sequence[Value]]) -> bool:
    """Tell whether the days of each record, of those that are given, come one after the other."""
    rows = ([str(day) for day in days if day is not None] for days in zip(*columns, strict=True))
    return all(days == sorted(days) for days in rows)


def _is_above(value: Value, most: Value) -> bool:
    return isinstance(value, int | float) and isinstance(most, int | float) and value > most


def _written(value: Value) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
