"""One value of a record: from what people type to what the database keeps, and back."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice
from math import ceil, floor

from kfly.errors import find_nearest, is_utf8
from kfly.locale import _, language
from kfly.plan.dates import EARLIEST, LATEST, OtherDayError, read_moment
from kfly.plan.kinds import DELIVERABLE, TARGET, YUAN, Field, Value, command_of
from kfly.plan.model import Deliverable, Name, Organisation, Plan, Target
from kfly.plan.organisations import match_organisation
from kfly.plan.signs import BLANKS, normalise, take_out_unseen
from kfly.registry import quantities
from kfly.registry.failures import BEGINNINGS, explain_failure
from kfly.registry.figures import find_figures
from kfly.registry.naming import MOST_COMPARED
from kfly.registry.titles import Titles

MOST_HINTS = 20  # suggestions for one sheet
MOST_REMEMBERED = 5000  # values of one field: a sheet says the same towns, days and choices over and over
EXACT = 10**15  # steps; beyond, a spreadsheet, which keeps 15 digits, would not give back what was typed

LOST = "\ufffd"  # stands where a program could not read a sign

_YEAR = re.compile(r"\d{4}", re.ASCII)
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d{2}", re.ASCII | re.IGNORECASE)  # 3.20281E+17: a long code
_BEGINNINGS = frozenset(BEGINNINGS)
_UNKEPT = re.compile("[\0\ud800-\udfff\ufffe\uffff]")

Reader = Callable[[str], Value]


class BadValueError(ValueError):
    """A value that its field does not take; the message says what is expected."""


class UnknownWordError(BadValueError):
    """A word that means nothing to its field; the nearest is sought only when it is said."""

    def __init__(self, explain: Callable[[], str]) -> None:
        super().__init__()
        self.explain = explain

    def __str__(self) -> str:
        return self.explain()


class UnknownRecordError(UnknownWordError):
    """A reference to a record that is not there, or not yet."""


class Values:
    """Reads values against the organisations and records of one database."""

    def __init__(self, plan: Plan, titles: Titles) -> None:
        self.places = plan.places
        reported = find_figures(plan).targets.values()
        self.keys = {DELIVERABLE: _keys_of(plan.deliverables), TARGET: _keys_of(reported)}
        self.targets = _keys_of(plan.targets)
        self.titles = titles
        self._hints: dict[tuple[str, str], str | None] = {}
        self._known: dict[tuple[str, str | None], Reader] = {}
        self._readers: dict[str, Callable[..., Value]] = {
            "text": self._text,
            "choice": self._choice,
            "date": self._date,
            "year": self._year,
            "integer": self._integer,
            "number": self._number,
            "town": self._town,
            "reference": self._reference,
        }

    def read(self, field: Field, text: str) -> Value:
        """Read the value to keep; None for an empty text.

        Raises:
            BadValueError: the field does not take it.
        """
        bare = text.strip(BLANKS)
        return self.reader(field)(bare) if bare else None

    def reader(self, field: Field, unit: str | None = None) -> Reader:
        """Return what turns a text, bare and not empty, into the field's value, or raises BadValueError.

        Args:
            field: whose values they are.
            unit: of an amount that names none itself, where it is not the field's own (建筑面积（亩）).
        """
        key = (repr(field), unit)
        if key not in self._known:
            self._known[key] = self._made(field, unit)
        return self._known[key]

    def _made(self, field: Field, unit: str | None) -> Reader:
        typed = partial(self._readers[field.type], given=unit) if unit else self._readers[field.type]
        if field.is_amount and not unit:
            typed = _count_plain(field, typed)
        # What an older kfly has kept with marks in it is still found by them.
        clean = _check_kept if field.type == "reference" else _clean

        def read(text: str) -> Value:
            if not text.isprintable():
                text = clean(text)
            if text[0] in BEGINNINGS and (why := explain_failure(text)):
                raise BadValueError(_(why))
            if LOST in text:
                raise BadValueError(_("holds the sign � in place of one that was lost; enter it anew"))
            return typed(field, text)

        # Not these: the record referred to may be added between two reads, and texts seldom repeat.
        return read if field.type in ("text", "reference") else lru_cache(MOST_REMEMBERED)(read)

    def _text(self, field: Field, text: str) -> str:
        if "+" in text and _ROUNDED.fullmatch(text):
            raise BadValueError(_("is a number whose last digits are lost; enter it as text"))
        if field.names is None:
            return unify_line_ends(text)
        return self._key(field.names, text)

    def _key(self, names: str, text: str) -> str:
        """Return the key of the deliverable, or of the reported target, that a text names."""
        keys = self.keys[names]
        found = _find_called(keys, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise BadValueError(_("means several: {which}; say which", which=_(", ").join(found)))
        if names == TARGET and _find_called(self.targets, text):
            raise BadValueError(_("is counted from records; only targets with reported: take figures"))
        known = [word for key, (zh, _en) in keys.items() for word in (key, zh)]
        unknown = _("is no target of the plan"), _("is no deliverable of the plan")
        raise UnknownWordError(partial(self._unknown, unknown[names == DELIVERABLE], text, known))

    def _choice(self, field: Field, text: str) -> str:
        wanted = _squeeze(text)
        for choice in field.choices:
            if _squeeze(choice) == wanted:
                return choice
        raise UnknownWordError(partial(self._none_of, text, field.choices))

    def _date(self, _field: Field, text: str) -> str:
        try:
            return read_moment(normalise(text)).isoformat()
        except OtherDayError:
            raise BadValueError(
                _("is on another day in China than where it was taken down; write the day alone")
            ) from None
        except ValueError:
            raise BadValueError(_("is not a day; write it as 2022-03-01 or 2022年3月1日")) from None

    def _year(self, _field: Field, text: str) -> int:
        plain = normalise(text).removesuffix("年").strip()
        if not (_YEAR.fullmatch(plain) and EARLIEST <= int(plain) <= LATEST):
            raise BadValueError(_("is not a year; write it as 2022"))
        return int(plain)

    def _integer(self, field: Field, text: str, given: str = "") -> int:
        amount = _parse_bounded(field, text, given)
        if amount.denominator != 1:
            raise BadValueError(_("is not a whole number"))
        return int(amount)

    def _number(self, field: Field, text: str, given: str = "") -> float:
        amount = _parse_bounded(field, text, given)
        if (amount * field.scale).denominator != 1:
            raise BadValueError(_("has more decimals than {n}", n=field.decimals))
        return float(amount)

    def _town(self, field: Field, text: str) -> str:
        allowed = tuple(place for place in self.places if not field.only or place.name in field.only)
        organisation = match_organisation(text, allowed) or match_organisation(_squeeze(text), allowed)
        if organisation is not None:
            return organisation.name
        if field.only:
            raise UnknownWordError(partial(self._none_of, text, field.only))
        meaning = _("is not a town or zone of the plan")
        raise UnknownWordError(partial(self._unknown, meaning, text, _labels(allowed)))

    def find_titled(self, field: Field, text: str) -> int:
        """Find the record that a cell refers to: by its title, ``#12`` for the id; a bare 12 is a name.

        Raises:
            BadValueError: none is called so, or several are.
        """
        if text.isascii() and text.isdigit() and not self.titles.called(field.to or "", text):
            raise UnknownRecordError(partial(self._unknown_record, field.to or "", text))
        return int(self.reader(field)(text) or 0)

    def _reference(self, field: Field, text: str) -> int:
        wanted = unify_line_ends(text)
        found = self.titles.ids(field.to or "", wanted)
        if not found and not text.isprintable():
            found = self.titles.ids(field.to or "", take_out_unseen(wanted))
        if len(found) == 1:
            return found[0]
        if found:
            several = _(", ").join(self.titles.title(field.to or "", r) or f"#{r}" for r in found)
            raise BadValueError(_("means several: {which}; say which", which=several))
        raise UnknownRecordError(partial(self._unknown_record, field.to or "", text))

    def _unknown_record(self, kind: str, text: str) -> str:
        meaning = _("is not in the registry; record it first with {command}", command=command_of(kind))
        return self._unknown(meaning, text, self.titles.near(kind, text))

    def _none_of(self, word: str, choices: tuple[str, ...]) -> str:
        return self._unknown(_("is none of: {choices}", choices=_(", ").join(choices)), word, choices)

    def _unknown(self, meaning: str, word: str, known: Iterable[str]) -> str:
        """Say what is wrong with a word, and which one was probably meant.

        Only the first words are compared: a sheet may be full of unknown ones.
        """
        if (meaning, word) not in self._hints and len(self._hints) < MOST_HINTS:
            self._hints[meaning, word] = find_nearest(word, islice(known, MOST_COMPARED))
        near = self._hints.get((meaning, word))
        return _("{meaning}; did you mean “{near}”?", meaning=meaning, near=near) if near else meaning


def are_plain(texts: Sequence[str]) -> bool:
    """Tell whether texts, bare ones, are all kept as they are: one look at them together."""
    whole = "".join(texts)
    return (
        whole.isprintable()
        and LOST not in whole
        and "+" not in whole  # of a rounded number
        and _BEGINNINGS.isdisjoint({text[:1] for text in texts})
    )


def _keys_of(things: Iterable[Deliverable | Target]) -> dict[str, Name]:
    return {thing.key: thing.name for thing in things}


def _find_called(keys: Mapping[str, Name], text: str) -> list[str]:
    """Find the keys that a text means: it is one, or the name of one or several."""
    return [text] if text in keys else [key for key, name in keys.items() if text in name]


def unify_line_ends(text: str) -> str:
    """Return a text with the line ends that the database keeps, wherever it was written."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def can_be_kept(text: str) -> bool:
    """Tell whether the database and any sheet can hold a text: U+FFFE and U+FFFF are no characters at all."""
    return _UNKEPT.search(text) is None


def show_value(field: Field, value: Value, titles: Titles) -> Value:
    """Return a kept value as people read it: references by name, whole numbers without a point."""
    if value is None:
        return None
    if field.type == "reference":
        return titles.title(field.to or "", int(value)) or f"#{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _check_kept(text: str) -> str:
    """Return a text that can be kept.

    Raises:
        BadValueError: it cannot.
    """
    if not can_be_kept(text):
        broken = _("is not valid UTF-8 text"), _("holds a sign that is no character")
        raise BadValueError(broken[is_utf8(text)])
    return text


def _clean(text: str) -> str:
    """Return a text without what nobody sees in it.

    Raises:
        BadValueError: it cannot be kept.
    """
    return take_out_unseen(_check_kept(text))


def _squeeze(text: str) -> str:
    """Return a word in plain small letters, without the blanks put in to make it look wide."""
    return "".join(normalise(text).split()).casefold()


def _parse_bounded(field: Field, text: str, given: str) -> Fraction:
    try:
        amount = quantities.parse_amount(text, field.unit, given)
    except quantities.NotAnAmountError:
        raise BadValueError(_expected(field)) from None
    if field.minimum is not None and amount < Fraction(field.minimum):
        raise BadValueError(_("must not be below {minimum}", minimum=field.minimum))
    if field.maximum is not None and amount > Fraction(field.maximum):
        raise BadValueError(_("must not be above {maximum}", maximum=field.maximum))
    if abs(amount) * field.scale > EXACT:
        raise BadValueError(_("is too large"))
    return amount


def _count_plain(field: Field, read: Callable[[Field, str], Value]) -> Callable[[Field, str], Value]:
    """Return what reads plain amounts in whole steps, as most are; all others, and bad ones, are ``read``."""
    decimals = field.decimals if field.type == "number" else 0
    scale, is_whole = field.scale, field.type == "integer"
    least = max(-EXACT, ceil(Fraction(field.minimum) * scale)) if field.minimum is not None else -EXACT
    most = min(EXACT, floor(Fraction(field.maximum) * scale)) if field.maximum is not None else EXACT

    def read_amount(of: Field, text: str) -> Value:
        steps = quantities.count_steps(text, decimals)
        if steps is None or not least <= steps <= most:
            return read(of, text)
        return steps if is_whole else steps / scale  # whole numbers divided: rounded once, as it should be

    return read_amount


def _expected(field: Field) -> str:
    if field.unit == "m²":
        return _("is not an area; write it as 52000, 5.2万 or 30亩")
    if field.unit in YUAN:
        return _("is not an amount of money; write it as 3500万元 or 0.35亿元, or in {unit}", unit=field.unit)
    return _("is not a number")


def _labels(organisations: tuple[Organisation, ...]) -> list[str]:
    names = [name for o in organisations for name in (o.name, *o.aliases)]
    return names + [o.en for o in organisations] if language() == "en" else names
