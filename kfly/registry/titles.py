"""Titles of records: the name where that is unique, else ``town/name``; without a name the kind and id."""

import sqlite3
from collections.abc import Mapping, Sequence

from kfly.plan.kinds import Kind, Value, is_a_name
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation
from kfly.store import records

LONGEST_ID = 19  # digits; SQLite gives out none with more


class _KindTitles:
    """The records of a kind by what they are called, read once and looked up often."""

    def __init__(self, kind: Kind, rows: Mapping[int, tuple[str, str]]) -> None:
        self.kind = kind
        self.rows = dict(rows)
        self.by_name: dict[str, list[int]] = {}
        self.by_whole_name: dict[str, list[int]] = {}
        for record, (name, qualified) in rows.items():
            self.by_name.setdefault(name, []).append(record)
            self.by_whole_name.setdefault(qualified, []).append(record)
        self.titles = {record: self._title(record) for record in rows}

    def ids(self, text: str) -> list[int]:
        """Find the records that a text can mean; the whole name of one means only that one."""
        whole = self.by_whole_name.get(text, [])
        return whole if len(whole) == 1 else [*whole, *self.by_name.get(text, [])]

    def without_name(self, text: str) -> list[int]:
        """Find the record that is called by its kind and id, as it has no name: 楼宇 #12, building #12."""
        words, _space, number = text.rpartition(" ")
        record = int(number[1:]) if _is_number(number) else 0
        called = words in (self.kind.label.zh, self.kind.name.replace("_", " "))
        return [record] if called and record in self.rows and self._lacks_name(record) else []

    def add(self, record: int, name: str, qualified: str) -> None:
        """Add one more."""
        self.rows[record] = (name, qualified)
        self.by_name.setdefault(name, []).append(record)
        self.by_whole_name.setdefault(qualified, []).append(record)
        for namesake in self.by_name[name]:
            self.titles[namesake] = self._title(namesake)

    def _title(self, record: int) -> str:
        """Return the name if it means no other record; else the whole name; else the id."""
        name, qualified = self.rows[record]
        if not name[:1].isalnum() and self._lacks_name(record):
            words = self.kind.without_name(record)
            return words if not self.ids(words) else f"#{record}"
        alone = (text for text in (name, qualified) if text and self.ids(text) == [record])
        return next(alone, f"#{record}")

    def _lacks_name(self, record: int) -> bool:
        """Tell whether a record has no name to be called by, nor other words that stand for one."""
        name, qualified = self.rows[record]
        field = self.kind.field(self.kind.key[0])
        return not is_a_name(name) and not (qualified and not name and field and not field.required)


def _is_number(text: str) -> bool:
    digits = text.removeprefix("#")
    return len(digits) < len(text) < LONGEST_ID and digits.isascii() and digits.isdigit()


class Titles:
    """The titles of the records of one database, read once a kind."""

    def __init__(
        self, db: sqlite3.Connection, kinds: Mapping[str, Kind], organisations: tuple[Organisation, ...]
    ) -> None:
        self._db = db
        self._kinds = kinds
        self._organisations = organisations
        self._known: dict[str, _KindTitles] = {}

    def of(self, kind: str) -> dict[int, str]:
        """Return the title of each record of a kind, by its id."""
        return self._named(kind).titles

    def ids(self, kind: str, text: str) -> list[int]:
        """Find the records that a text can mean: by name, by ``town/name``, or by id if it is all digits."""
        known = self._named(kind)
        wanted = dict.fromkeys((text, self._with_the_plans_town(text)))
        found = dict.fromkeys(record for word in wanted for record in known.ids(word))
        return sorted(found) or known.without_name(text) or self.numbered(kind, text)

    def called(self, kind: str, text: str) -> bool:
        """Tell whether any record is called so."""
        return bool(self._named(kind).ids(text))

    def numbered(self, kind: str, text: str) -> list[int]:
        """Find the record whose id a text is: ``12`` or ``#12``."""
        number = text.removeprefix("#")
        is_id = number.isascii() and number.isdigit() and len(number) < LONGEST_ID
        return [int(number)] if is_id and int(number) in self._named(kind).titles else []

    def forget(self, kind: str) -> None:
        """Forget the titles of a kind that was written to, and of the kinds whose titles hold its own."""
        self._known.pop(kind, None)
        for other in [self._kinds[name] for name in self._known]:
            if any(field.to == kind for field in other.fields if field.name in other.key):
                self.forget(other.name)

    def learn(self, kind: str, record: int, key: Sequence[Value]) -> None:
        """Add a record that is still to be written, so that others can refer to it."""
        self._named(kind).add(record, *self._called(self._kinds[kind], key))

    def _named(self, kind: str) -> _KindTitles:
        if kind not in self._known:
            declared = self._kinds[kind]
            # A kind that refers back to this one finds ids instead of looping.
            self._known[kind] = _KindTitles(declared, {})
            keys = records.select_values(self._db, declared, ("id", *declared.key))
            rows = {record: self._called(declared, key) for record, *key in keys}
            self._known[kind] = _KindTitles(declared, rows)
        return self._known[kind]

    def _called(self, kind: Kind, key: Sequence[Value]) -> tuple[str, str]:
        """Return the name, and the name behind the other parts of the natural key."""
        name, *others = [self._part(kind, n, part) for n, part in enumerate(key)]
        return name, "/".join([*others, name] if name else filter(None, others))

    def _part(self, kind: Kind, position: int, value: Value) -> str:
        field = kind.field(kind.key[position])
        if field is not None and field.type == "reference" and isinstance(value, int):
            return self.of(field.to or "").get(value, f"#{value}")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def _with_the_plans_town(self, text: str) -> str:
        """Put the plan's name of the town first: ``高新区/创新大厦`` for ``城东街道/创新大厦``."""
        town, slash, name = text.partition("/")
        organisation = match_organisation(town, self._organisations) if slash else None
        return f"{organisation.name}/{name}" if organisation else text
