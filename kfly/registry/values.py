"""One value of a record: from what people type to what the database keeps, and back."""

from collections.abc import Callable
from fractions import Fraction

from kfly.errors import nearest
from kfly.locale import _, language
from kfly.plan.dates import EARLIEST, LATEST, parse_day
from kfly.plan.kinds import YUAN, Field
from kfly.plan.model import Organisation
from kfly.plan.organisations import named
from kfly.registry import quantities
from kfly.registry.titles import Titles
from kfly.store.records import Value

EXACT = 2**53  # beyond it, SQLite's REAL no longer keeps every step


class BadValueError(ValueError):
    """A value that its field does not take; the message says what is expected."""


class Values:
    """Reads values against the organisations and records of one database."""

    def __init__(self, organisations: tuple[Organisation, ...], titles: Titles) -> None:
        self.organisations = organisations
        self.titles = titles
        self._readers: dict[str, Callable[[Field, str], Value]] = {
            "choice": self._choice,
            "date": self._date,
            "year": self._year,
            "integer": self._integer,
            "number": self._number,
            "town": self._town,
            "reference": self._reference,
        }

    def read(self, field: Field, text: str) -> Value:
        """The value to keep; None for an empty text.

        Raises:
            BadValueError: the field does not take it.
        """
        stripped = text.strip()
        if not stripped:
            return None
        if "\0" in stripped or any("\ud800" <= sign <= "\udfff" for sign in stripped):
            raise BadValueError(_("is not valid UTF-8 text"))
        reader = self._readers.get(field.type)
        return reader(field, stripped) if reader else stripped

    def _choice(self, field: Field, text: str) -> str:
        wanted = quantities.normal(text).casefold()
        for choice in field.choices:
            if quantities.normal(choice).casefold() == wanted:
                return choice
        raise BadValueError(_none_of(text, field.choices))

    def _date(self, _field: Field, text: str) -> str:
        try:
            return parse_day(quantities.normal(text)).isoformat()
        except ValueError:
            raise BadValueError(_("is not a day; write it as 2022-03-01 or 2022年3月1日")) from None

    def _year(self, _field: Field, text: str) -> int:
        plain = quantities.normal(text).removesuffix("年").strip()
        if not (plain.isascii() and plain.isdigit() and EARLIEST <= int(plain) <= LATEST):
            raise BadValueError(_("is not a year; write it as 2022"))
        return int(plain)

    def _integer(self, field: Field, text: str) -> int:
        amount = _bounded(field, text)
        if amount.denominator != 1:
            raise BadValueError(_("is not a whole number"))
        return int(amount)

    def _number(self, field: Field, text: str) -> float:
        amount = _bounded(field, text)
        if (amount * field.scale).denominator != 1:
            raise BadValueError(_("has more than {n} decimals", n=field.decimals))
        return float(amount)

    def _town(self, field: Field, text: str) -> str:
        allowed = tuple(
            o
            for o in self.organisations
            if o.kind in ("town", "zone") and (not field.only or o.name in field.only)
        )
        organisation = named(text, allowed)
        if organisation is not None:
            return organisation.name
        if field.only:
            raise BadValueError(_none_of(text, field.only))
        raise BadValueError(_unknown(_("is not a town or zone of the plan"), text, _labels(allowed)))

    def _reference(self, field: Field, text: str) -> int:
        found = self.titles.ids(field.to or "", text)
        if len(found) == 1:
            return found[0]
        titles = self.titles.of(field.to or "")
        if found:
            several = ", ".join(titles[record] for record in found)
            raise BadValueError(_("means several: {which}; say which", which=several))
        command = "add-" + (field.to or "").replace("_", "-")
        meaning = _("is not in the registry; record it first with {command}", command=command)
        raise BadValueError(_unknown(meaning, text, list(titles.values())[:5000]))


def shown(field: Field, value: Value, titles: Titles) -> Value:
    """A kept value as people and programs read it: references by name, whole numbers without a point."""
    if value is None:
        return None
    if field.type == "reference":
        return titles.of(field.to or "").get(int(value), f"#{value}")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _bounded(field: Field, text: str) -> Fraction:
    try:
        amount = quantities.parse(text, field.unit)
    except quantities.NotAnAmountError:
        raise BadValueError(_expected(field)) from None
    if field.minimum is not None and amount < Fraction(field.minimum):
        raise BadValueError(_("must not be below {minimum}", minimum=field.minimum))
    if field.maximum is not None and amount > Fraction(field.maximum):
        raise BadValueError(_("must not be above {maximum}", maximum=field.maximum))
    if abs(amount) * field.scale > EXACT:
        raise BadValueError(_("is too large"))
    return amount


def _expected(field: Field) -> str:
    if field.unit == "m²":
        return _("is not an area; write it as 52000, 5.2万 or 30亩")
    if field.unit in YUAN:
        return _("is not an amount of money; write it as 3500万元 or 0.35亿元, or in {unit}", unit=field.unit)
    return _("is not a number")


def _labels(organisations: tuple[Organisation, ...]) -> list[str]:
    names = [name for o in organisations for name in (o.name, *o.aliases)]
    return names + [o.en for o in organisations] if language() == "en" else names


def _unknown(meaning: str, word: str, known: list[str]) -> str:
    near = nearest(word, known)
    return _("{meaning}; did you mean “{near}”?", meaning=meaning, near=near) if near else meaning


def _none_of(word: str, choices: tuple[str, ...]) -> str:
    near = nearest(word, choices)
    listed = _("is none of: {choices}", choices=", ".join(choices))
    return _("{meaning}; did you mean “{near}”?", meaning=listed, near=near) if near else listed
