"""What records of a kind are called, asked for one at a time: as quick in a registry of any size.

The rules are those of ``titles.py``; here each question goes through the index on the natural key.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations, pairwise

from kfly.errors import is_utf8
from kfly.locale.encoding import read_bytes
from kfly.plan.kinds import Field, Kind, Value, is_a_name
from kfly.store import records

LONGEST_ID = 19  # digits; SQLite gives out none with more
MOST_COMPARED = 5000  # records of a kind among whose titles a misspelt one is sought
MOST_AROUND = 100  # of a larger kind only those that stand right before and right behind it by name
MOST_KEPT = 20_000  # answers
BETWEEN = " · "  # the parts of a key that speaks of a part of the plan

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII)

NamesOf = Callable[[str], "KindNames"]


class KindNames:
    """The records of one kind by what they are called; each answer is kept until it is forgotten."""

    def __init__(self, db: sqlite3.Connection, kind: Kind, names_of: NamesOf) -> None:
        self.kind = kind
        self.asked = 0  # how many different texts were looked for
        self._db = db
        self._names_of = names_of  # of the kinds that the key refers to
        self._titles: dict[int, str | None] = {}
        self._found: dict[str, list[int]] = {}
        self._is_busy = False

    def title(self, record: int) -> str | None:
        """Return the title of a record: its name if that means no other, else the whole name, else the id."""
        if record not in self._titles:
            _make_room(self._titles)
            self._titles[record] = self._find_title(record)
        return self._titles[record]

    def ids(self, text: str) -> list[int]:
        """Find the records that a text can mean; the whole name of one means only that one."""
        if text not in self._found:
            _make_room(self._found)
            self.asked += 1
            self._found[text] = self._find(text)
        return self._found[text]

    def without_name(self, text: str) -> list[int]:
        """Find the record that is called by its kind and id, as it has no name: 楼宇 #12, building #12."""
        record = read_nameless(self.kind, text)
        called = self.called(record) if record is not None else None
        return [record] if record is not None and called and lacks_name(self.kind, *called) else []

    def has(self, record: int) -> bool:
        """Tell whether there is a record of this id."""
        return records.read_key(self._db, self.kind, record) is not None

    def near(self, text: str) -> Iterator[str]:
        """Yield the titles of the records that stand around a text by their names."""
        for record in records.find_around(
            self._db, self.kind, read_bytes(text.rpartition("/")[2]), MOST_AROUND
        ):
            title = self.title(record)
            if title is not None:
                yield title

    def called(self, record: int) -> tuple[str, str] | None:
        """Return a record's name, and the name behind the other parts of the key; None if it is not there."""
        key = records.read_key(self._db, self.kind, record)
        if key is None:
            return None
        with self._busy():
            return call(self.kind, key, self._title_of)

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Keep a key that leads back to this kind from looping: it finds ids instead."""
        self._is_busy, was_busy = True, self._is_busy
        try:
            yield
        finally:
            self._is_busy = was_busy

    def _title_of(self, kind: str, record: int) -> str | None:
        names = self._names_of(kind)
        return None if names._is_busy else names.title(record)

    def _find_title(self, record: int) -> str | None:
        called = self.called(record)
        return choose_title(self.kind, record, called, lambda text: self._find(text, 2)) if called else None

    def _find(self, text: str, most: int = -1) -> list[int]:
        """Find the records that a text can mean, or so many of them."""
        with self._busy():
            whole = list(dict.fromkeys(self._of_whole_name(text)))
            if len(whole) == 1:
                return whole
            named = records.find_by_key(self._db, self.kind, [self._values(0, text)], most)
        return list(dict.fromkeys([*whole, *named]))

    def _of_whole_name(self, text: str) -> Iterator[int]:
        """Find the records whose whole name this is, in whichever way it falls into the parts of a key."""
        size, nameless = len(self.kind.key), not self._field(0).required
        split = _split_spoken(text, size) if speaks_of(self.kind) else _split(text, size, nameless=nameless)
        for parts in split:
            values = [self._values(position, part) for position, part in enumerate(parts)]
            for record in records.find_by_key(self._db, self.kind, values):
                called = self.called(record)
                if called and called[1] == text:
                    yield record

    def _field(self, position: int) -> Field:
        field = self.kind.field(self.kind.key[position])
        assert field is not None  # noqa: S101  (a plan file whose key names no field is refused)
        return field

    def _values(self, position: int, text: str) -> Sequence[Value]:
        """Return what a part of the key may hold that is written so."""
        field = self._field(position)
        if field.type == "reference":
            return self._referred(field, text)
        if field.type in ("number", "integer", "year") and text:
            number = float(text) if _NUMBER.fullmatch(text) else None
            return [number] if number is not None and write_part(number) == text else []
        return [text] if is_utf8(text) else []

    def _referred(self, field: Field, text: str) -> Sequence[Value]:
        """Find the records that are called so, where a key refers to them."""
        if not text:
            return [""]
        names = self._names_of(field.to or "")
        number = text.rpartition("#")[2]
        numbered = [int(number)] if is_id(number) else []
        if names._is_busy:
            return numbered
        return [
            record
            for record in dict.fromkeys([*names.ids(text), *numbered])
            if (names.title(record) or f"#{record}") == text
        ]


def call(kind: Kind, key: Sequence[Value], title_of: Callable[[str, int], str | None]) -> tuple[str, str]:
    """Return what a natural key is called: the name, and the name behind the other parts.

    Args:
        kind: whose key it is.
        key: its parts.
        title_of: tells the title of a record of another kind.
    """
    name, *others = [_call_part(kind, position, part, title_of) for position, part in enumerate(key)]
    if speaks_of(kind):
        return name, BETWEEN.join(filter(None, [name, *others]))
    return name, "/".join([*others, name] if name else filter(None, others))


def speaks_of(kind: Kind) -> bool:
    """Tell whether the first part of a key is no name of its own, but that of a part of the plan.

    Such a record is called by its whole key, what it speaks of first: income · 西镇 · 2022-06-20.
    """
    field = kind.field(kind.key[0])
    return field is not None and field.names is not None


def _call_part(kind: Kind, position: int, value: Value, title_of: Callable[[str, int], str | None]) -> str:
    field = kind.field(kind.key[position])
    if field is not None and field.type == "reference" and isinstance(value, int):
        return title_of(field.to or "", value) or f"#{value}"
    return write_part(value)


def write_part(value: Value) -> str:
    """Write a part of a key as titles have it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def choose_title(
    kind: Kind, record: int, called: tuple[str, str], find: Callable[[str], Sequence[int]]
) -> str:
    """Choose a record's title: the name if it means no other record; else the whole name; else the id.

    Args:
        kind: whose record it is.
        record: its id.
        called: its name, and the name behind the other parts of its key.
        find: finds the records that a text can mean, or some of them.
    """
    if not called[0][:1].isalnum() and lacks_name(kind, *called):
        words = kind.without_name(record)
        return words if not find(words) else f"#{record}"
    alone = (text for text in called[speaks_of(kind) :] if text and find(text) == [record])
    return next(alone, f"#{record}")


def read_nameless(kind: Kind, text: str) -> int | None:
    """Read the id of a record that is called by its kind and id, having no name: 楼宇 #12, building #12."""
    words, _space, number = text.rpartition(" ")
    is_called = is_id(number, "#") and words in (kind.label.zh, kind.name.replace("_", " "))
    return int(number[1:]) if is_called else None


def lacks_name(kind: Kind, name: str, whole: str) -> bool:
    """Tell whether a record has no name to be called by, nor other words that stand for one."""
    field = kind.field(kind.key[0])
    return not is_a_name(name) and not (whole and not name and field and not field.required)


def is_id(text: str, sign: str = "") -> bool:
    """Tell whether a text is an id, behind a sign if one is asked for."""
    digits = text.removeprefix(sign)
    return len(digits) + len(sign) == len(text) < LONGEST_ID and digits.isascii() and digits.isdigit()


def _split(text: str, size: int, *, nameless: bool) -> Iterator[list[str]]:
    """Yield the keys of so many parts, the name first, whose whole name a text can be."""
    words = text.split("/")
    for *others, name in _cut(words, size):
        if name:
            yield [name, *others]
    if nameless:
        for filled in range(size):
            for places in combinations(range(1, size), filled):
                for parts in _cut(words, filled) if filled else [[]] if not text else []:
                    at = dict(zip(places, parts, strict=True))
                    yield [at.get(place, "") for place in range(size)]


def _split_spoken(text: str, size: int) -> Iterator[list[str]]:
    """Yield the keys of so many parts whose whole name, without what is empty, a text can be."""
    name, *others = text.split(BETWEEN)
    for places in combinations(range(1, size), len(others)):
        at = dict(zip(places, others, strict=True))
        yield [name, *(at.get(place, "") for place in range(1, size))]


def _cut(words: Sequence[str], size: int) -> Iterator[list[str]]:
    """Join words to so many parts, in every way that keeps their order."""
    for cuts in combinations(range(1, len(words)), size - 1):
        ends = [0, *cuts, len(words)]
        yield ["/".join(words[start:end]) for start, end in pairwise(ends)]


def _make_room(kept: dict[int, str | None] | dict[str, list[int]]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
