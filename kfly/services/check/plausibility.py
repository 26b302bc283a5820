"""The check of values that are allowed but hardly meant: sizes, scores, days, and names that name nothing."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import _, format_number
from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.model import Plan
from kfly.plan.signs import normalise
from kfly.registry.checks import FieldFault
from kfly.services.check.expectations import Expectations
from kfly.services.check.findings import TO_FILL_IN
from kfly.services.check.kept import written
from kfly.services.check.passing import LETTERS, LETTERS_AND_DIGITS
from kfly.store import sieve
from kfly.store.sieve import Mesh

PERCENT = 100
LONGEST_EMPTY_WORD = 8  # signs; longer texts that begin with a letter or a digit say something


class Doubt(NamedTuple):
    """What is improbable about one value, and what to put there."""

    fault: FieldFault
    mended: str = TO_FILL_IN


Look = Callable[[Value], Doubt | None]


class Plausibility:
    """The check of one kind's values, each by itself, on a day."""

    def __init__(self, kind: Kind, plan: Plan, day: str, expectations: Expectations) -> None:
        self._rules = list(_make_rules(kind, plan, day, expectations))

    def meshes(self) -> Iterator[Mesh]:
        """Yield what records satisfy of which nothing is improbable for certain."""
        for rule in self._rules:
            yield rule.mesh.or_empty(rule.field)

    def doubts(self, record: Record) -> Iterator[Doubt]:
        """Yield what is improbable about the values of a record."""
        for field, look, _mesh in self._rules:
            value = record[field]
            if value is not None and (doubt := look(value)):
                yield doubt


class _Rule(NamedTuple):
    """A look at a value; what a value is like that it certainly has nothing to say of."""

    field: str
    look: Look
    mesh: Mesh


def _make_rules(kind: Kind, plan: Plan, day: str, expectations: Expectations) -> Iterator[_Rule]:
    fields = {field.name: field for field in kind.fields}

    def known(names: list[str] | dict[str, list[float]] | None) -> list[Field]:
        return [fields[name] for name in names or () if name in fields]

    for field in _find_dates_of_the_past(kind, expectations.ahead.get(kind.name, [])):
        yield _look_ahead(field, day)
    if not any(target.metric.kind == kind.name and target.metric.stock for target in plan.targets):
        for field in known(expectations.since_plan.get(kind.name)):
            yield _look_back(field, plan.starts.isoformat())
    sizes = expectations.sizes.get(kind.name, {})
    for field in known(sizes):
        yield _look_at_size(field, *sizes[field.name])
    for field in known(expectations.scores.get(kind.name)):
        yield _look_at_score(field)
    texts = [field for field in kind.fields if field.type == "text" and field.names is None]
    for field in (field for field in texts if field.required):
        yield _look_at_text(field, expectations.empty_words)
    if (named := fields[kind.key[0]]) in texts:
        yield _look_at_name(named)


def _find_dates_of_the_past(kind: Kind, ahead: list[str]) -> Iterator[Field]:
    """Find the dates, and years of the natural key, that are of what has happened."""
    dates = {kind.counts_on, kind.counts_until, *(stage.date for stage in kind.stages)}
    for field in kind.fields:
        is_year = field.type == "year" and field.name in kind.key
        if (field.name in dates or is_year) and field.name not in ahead:
            yield field


def _look_ahead(field: Field, day: str) -> _Rule:
    last = _in_field(field, day)

    def look(value: Value) -> Doubt | None:
        if not isinstance(value, type(last)) or value <= last:  # type: ignore[operator]
            return None
        return _doubt(field, value, "date_to_come", _("has not come yet"))

    return _Rule(field.name, look, sieve.is_within(field.name, most=last))


def _look_back(field: Field, starts: str) -> _Rule:
    first = _in_field(field, starts)

    def look(value: Value) -> Doubt | None:
        if not isinstance(value, type(first)) or value >= first:  # type: ignore[operator]
            return None
        message = _("lies before the plan, which begins on {day}", day=starts)
        return _doubt(field, value, "date_before_plan", message, starts)

    return _Rule(field.name, look, sieve.is_within(field.name, least=first))


def _in_field(field: Field, day: str) -> str | int:
    """Return a day as a field has it: some hold only the year."""
    return int(day[:4]) if field.type == "year" else day


def _look_at_size(field: Field, least: float, most: float) -> _Rule:
    def look(value: Value) -> Doubt | None:
        if not isinstance(value, int | float) or least <= value <= most:
            return None
        low, high = (format_number(Fraction(str(bound))) for bound in (least, most))
        message = _(
            "is hardly meant; from {low} to {high} {unit} is usual", low=low, high=high, unit=field.unit
        )
        return _doubt(field, value, "improbable_size", message)

    return _Rule(field.name, look, sieve.is_within(field.name, least, most))


def _look_at_score(field: Field) -> _Rule:
    def look(value: Value) -> Doubt | None:
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            return None
        doubt = _doubt(field, value, "score_as_share", _("looks like a share; scores are out of 100"))
        return doubt._replace(mended=f"{(Decimal(repr(value)) * PERCENT).normalize():f}") if value else doubt

    return _Rule(field.name, look, sieve.is_outside(field.name, 0, 1))


def _look_at_text(field: Field, empty_words: frozenset[str]) -> _Rule:
    def look(value: Value) -> Doubt | None:
        if not isinstance(value, str) or (len(value) > LONGEST_EMPTY_WORD and value[0].isalnum()):
            return None
        if any(map(str.isalnum, value)) and normalise(value).casefold() not in empty_words:
            return None
        return _doubt(field, value, "says_nothing", _("says nothing"))

    return _Rule(field.name, look, _says_something(field, empty_words))


def _says_something(field: Field, empty_words: frozenset[str]) -> Mesh:
    """Return what texts are like that begin with a letter or a digit, as no empty word does, or are long."""
    firsts = {form for word in empty_words for form in (word[0], word[0].upper()) if form.isalnum()}
    begins = sieve.is_like(field.name, f"[{LETTERS_AND_DIGITS}]*")
    other = sieve.is_like(field.name, f"[^{''.join(sorted(firsts))}]*", f"{'?' * (LONGEST_EMPTY_WORD + 1)}*")
    return Mesh(f"{begins.sql} AND {other.sql}", (*begins.values, *other.values))


def _look_at_name(field: Field) -> _Rule:
    def look(value: Value) -> Doubt | None:
        if not isinstance(value, str) or not normalise(value).replace(" ", "").isdecimal():
            return None
        return _doubt(field, value, "name_of_digits", _("is a number, not a name"))

    return _Rule(field.name, look, sieve.is_like(field.name, f"[{LETTERS}]*"))


def _doubt(field: Field, value: Value, code: str, message: str, against: str = "") -> Doubt:
    return Doubt(FieldFault(field, written(value), message, code, against))
