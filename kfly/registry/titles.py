"""Titles of records: the name where that is unique, else ``town/name``; without a name the kind and id."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from kfly.plan.kinds import Kind, Value
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation
from kfly.registry.naming import (
    MOST_COMPARED,
    KindNames,
    call,
    choose_title,
    is_id,
    lacks_name,
    read_nameless,
)
from kfly.store import records

MOST_ASKED = 300  # texts looked for one at a time: a sheet with more is quicker with all titles at hand


class _AllTitles:
    """All records of a kind by what they are called, read once and looked up often."""

    def __init__(self, kind: Kind, rows: Mapping[int, tuple[str, str]]) -> None:
        self.kind = kind
        self.rows = dict(rows)
        self.by_name: dict[str, list[int]] = {}
        self.by_whole_name: dict[str, list[int]] = {}
        for record, (name, qualified) in rows.items():
            self.by_name.setdefault(name, []).append(record)
            self.by_whole_name.setdefault(qualified, []).append(record)
        self.titles = {record: self._title(record) for record in rows}

    def title(self, record: int) -> str | None:
        """Return the title of a record, if there is one of this id."""
        return self.titles.get(record)

    def ids(self, text: str) -> list[int]:
        """Find the records that a text can mean; the whole name of one means only that one."""
        whole = self.by_whole_name.get(text, [])
        return whole if len(whole) == 1 else [*whole, *self.by_name.get(text, [])]

    def without_name(self, text: str) -> list[int]:
        """Find the record that is called by its kind and id, as it has no name: 楼宇 #12, building #12."""
        record = read_nameless(self.kind, text)
        return [record] if record in self.rows and lacks_name(self.kind, *self.rows[record]) else []

    def has(self, record: int) -> bool:
        """Tell whether there is a record of this id."""
        return record in self.titles

    def near(self, _text: str) -> Iterator[str]:
        """Yield the titles that a misspelt one is compared with."""
        yield from self.titles.values()

    def add(self, record: int, name: str, qualified: str) -> None:
        """Add one more."""
        self.rows[record] = (name, qualified)
        self.by_name.setdefault(name, []).append(record)
        self.by_whole_name.setdefault(qualified, []).append(record)
        for namesake in self.by_name[name]:
            self.titles[namesake] = self._title(namesake)

    def _title(self, record: int) -> str:
        return choose_title(self.kind, record, self.rows[record], self.ids)


class Titles:
    """The titles of the records of one database: one asked for at a time, or all of a kind read at once."""

    def __init__(
        self, db: sqlite3.Connection, kinds: Mapping[str, Kind], organisations: tuple[Organisation, ...]
    ) -> None:
        self._db = db
        self._kinds = kinds
        self._organisations = organisations
        self._all: dict[str, _AllTitles] = {}
        self._single: dict[str, KindNames] = {}

    def of(self, kind: str) -> dict[int, str]:
        """Return the title of each record of a kind, by its id; for whoever goes through all of them."""
        return self._read_all(kind).titles

    def title(self, kind: str, record: int) -> str | None:
        """Return the title of one record; None if there is none of this id."""
        return self._named(kind).title(record)

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
        return [int(number)] if is_id(number) and self._named(kind).has(int(number)) else []

    def near(self, kind: str, text: str) -> Iterator[str]:
        """Yield the titles that a text which means no record is compared with; of a large kind only some."""
        if records.has_more_than(self._db, self._kinds[kind], MOST_COMPARED):
            return self._named(kind).near(text)
        return self._read_all(kind).near(text)

    def forget(self, kind: str) -> None:
        """Forget the titles of a kind that was written to, and of the kinds whose titles hold its own."""
        if self._all.pop(kind, None) is None and kind not in self._single:
            return
        self._single.pop(kind, None)
        for other in [self._kinds[name] for name in {*self._all, *self._single}]:
            if any(field.to == kind for field in other.fields if field.name in other.key):
                self.forget(other.name)

    def learn(self, kind: str, record: int, key: Sequence[Value]) -> None:
        """Add a record that is still to be written, so that others can refer to it."""
        self._read_all(kind).add(record, *call(self._kinds[kind], key, self.title))

    def _named(self, kind: str) -> "_AllTitles | KindNames":
        if kind in self._all:
            return self._all[kind]
        names = self._single_names(kind)
        return self._read_all(kind) if names.asked > MOST_ASKED else names

    def _single_names(self, kind: str) -> KindNames:
        if kind not in self._single:
            self._single[kind] = KindNames(self._db, self._kinds[kind], self._single_names)
        return self._single[kind]

    def _read_all(self, kind: str) -> _AllTitles:
        if kind not in self._all:
            declared = self._kinds[kind]
            # A kind that refers back to this one finds ids instead of looping.
            self._all[kind] = _AllTitles(declared, {})
            keys = records.select_values(self._db, declared, ("id", *declared.key))
            rows = {record: call(declared, key, self._title_among_all) for record, *key in keys}
            self._all[kind] = _AllTitles(declared, rows)
        return self._all[kind]

    def _title_among_all(self, kind: str, record: int) -> str | None:
        return self._read_all(kind).title(record)

    def _with_the_plans_town(self, text: str) -> str:
        """Put the plan's name of the town first: ``高新区/创新大厦`` for ``城东街道/创新大厦``."""
        town, slash, name = text.partition("/")
        organisation = match_organisation(town, self._organisations) if slash else None
        return f"{organisation.name}/{name}" if organisation else text
