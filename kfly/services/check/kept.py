"""The check of kept values against what their fields take today: another program may have written them."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.signs import BLANKS
from kfly.registry.checks import FieldFault
from kfly.registry.values import EXACT, MOST_REMEMBERED, BadValueError, Values
from kfly.services.check.findings import TO_FILL_IN
from kfly.store import sieve
from kfly.store.sieve import Mesh

MOST_SPELLED = 10**20  # beyond, a number is shown with an exponent
COUNTED = ("date", "year", "integer", "number")  # types that figures are made from


class BadlyKept(NamedTuple):
    """What is wrong with a value that is in the database, and what to put there."""

    fault: FieldFault
    mended: str


class KeptValues:
    """The check of one kind's values, which looks at each different value once."""

    def __init__(self, values: Values, kind: Kind) -> None:
        self._values = values
        self._checked = {f.name: f for f in kind.fields if _is_narrow(f)}
        self._numbers = {name: _bounds(f) for name, f in self._checked.items() if f.type == "number"}
        self._texts = [f.name for f in kind.fields if f.type == "text"]
        self._look = {
            name: lru_cache(MOST_REMEMBERED)(lambda value, field=field: self._looked_at(field, value))
            for name, field in self._checked.items()
        }

    def meshes(self) -> Iterator[Mesh]:
        """Yield what records satisfy whose values are all kept as they should be."""
        for field in self._checked.values():
            yield self._mesh(field).or_empty(field.name)

    def _mesh(self, field: Field) -> Mesh:
        if field.type == "date":
            return sieve.is_day(field.name, f"{EARLIEST}-01-01", f"{LATEST}-12-31")
        if field.type == "year":
            return sieve.is_whole(field.name, EARLIEST, LATEST)
        if field.is_amount:
            least, most, _decimals = _bounds(field)
            if field.type == "integer":
                return sieve.is_whole(field.name, least, most)
            return sieve.is_rounded(field.name, least, most, field.scale)
        words = field.choices
        if field.type == "town":
            words = tuple(place.name for place in self._values.places)
        elif field.names is not None:
            words = tuple(self._values.keys[field.names])
        return sieve.is_among(field.name, [word for word in words if self._is_read_as_it_is(field, word)])

    def _is_read_as_it_is(self, field: Field, word: str) -> bool:
        try:
            return self._values.read(field, word) == word
        except BadValueError:  # not told: only so many words are told with what was meant
            return False

    def faults(self, record: Record) -> list[BadlyKept]:
        """Find what is wrong with a record's values, each taken alone."""
        found = []
        for name, look in self._look.items():
            value = record[name]
            if value is not None and not self._is_sound_number(name, value) and (bad := look(value)):
                found.append(bad)
        return found

    def _is_sound_number(self, name: str, value: Value) -> bool:
        """Tell whether a value is clearly a number that its field takes: most are, and all differ."""
        known = self._numbers.get(name)
        if known is None or not isinstance(value, float):
            return False
        least, most, decimals = known
        return least <= value <= most and round(value, decimals) == value

    def without_blanks(self, record: Record) -> Record:
        """Clear those texts of a record that are nothing but blanks, and return it."""
        for name in self._texts:
            value = record[name]
            if isinstance(value, str) and not value.strip(BLANKS):
                record[name] = None
        return record

    def _looked_at(self, field: Field, value: Value) -> BadlyKept | None:
        text = written(value)
        try:
            read = self._values.read(field, text)
        except BadValueError as error:
            return BadlyKept(FieldFault(field, text, str(error)), TO_FILL_IN)
        if read == value:
            return None
        meant = written(read)
        return BadlyKept(FieldFault(field, text, _("should be kept as “{value}”", value=meant)), meant)


def written(value: Value) -> str:
    """Write a kept value as a person would type it."""
    if isinstance(value, float) and abs(value) < MOST_SPELLED:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return "" if value is None else str(value)


def _bounds(field: Field) -> tuple[float, float, int]:
    """Return the least and the most that a number may be, and its decimals."""
    limit = EXACT / field.scale
    least = max(float(field.minimum), -limit) if field.minimum is not None else -limit
    most = min(float(field.maximum), limit) if field.maximum is not None else limit
    return least, most, field.decimals


def _is_narrow(field: Field) -> bool:
    """Tell whether a field takes only certain values; references are left to SQLite's own check."""
    return field.names is not None or field.type not in ("text", "reference")
