"""What completion offers: kinds, records, fields and their values, organisations, tasks, targets.

Nothing is refused here and nothing is waited for: from a database that is missing, locked or foreign comes
nothing.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import language
from kfly.plan.kinds import DELIVERABLE, TARGET
from kfly.plan.model import PLACES
from kfly.plan.numbers import find_numbers, fold
from kfly.services.session import PATIENCE
from kfly.store import suggestions as rows
from kfly.store.file.database import reading
from kfly.store.suggestions import FieldRow

Named = rows.Named
_NAMED = {DELIVERABLE: rows.read_deliverables, TARGET: rows.read_reported_targets}
NOTE = FieldRow("note", "text", "备注", "Note", None, None)


class Suggestions:
    """What one database offers for the word that is being typed."""

    def __init__(self, path: Path, typed: str) -> None:
        self.path = path
        self.typed = typed

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        with reading(self.path, patience=PATIENCE) as db:
            yield db

    def kinds(self) -> list[Named]:
        """Offer the kinds of record: by name, or by Chinese label where that is being typed."""
        with self._asking() as db:
            return self._either((name, zh, en) for name, zh, en in rows.read_kinds(db))

    def records(self, kind: str) -> list[Named]:
        """Offer the records of a kind, as people call it, by their titles."""
        with self._asking() as db:
            name = _find_kind(db, kind)
            return [(title, "") for title in rows.find_titles(db, name, self.typed)] if name else []

    def fields(self, kind: str, behind: str = "") -> list[Named]:
        """Offer the fields of a kind, each with a sign ``behind`` it."""
        with self._asking() as db:
            name = _find_kind(db, kind)
            known = [*rows.read_fields(db, name), NOTE] if name else []
            found = self._either((field.name, field.label_zh, field.label_en) for field in known)
            return [(word + behind, meaning) for word, meaning in found]

    def assignments(self, kind: str) -> list[Named]:
        """Offer ``field=``, and behind that what the field takes."""
        field, equals, value = self.typed.partition("=")
        if not equals:
            return self.fields(kind, behind="=")
        found = Suggestions(self.path, value).values(kind, field)
        return [(f"{field}={word}", meaning) for word, meaning in found]

    def values(self, kind: str, field: str) -> list[Named]:
        """Offer what a field takes: its choices, towns, records of another kind, keys of deliverables."""
        with self._asking() as db:
            name = _find_kind(db, kind)
            known = rows.read_fields(db, name) if name else []
            wanted = field.replace("-", "_")
            its = next((f for f in known if wanted in (f.name, f.label_zh, f.label_en)), None)
            if name is None or its is None:
                return []
            if its.type == "choice":
                return self.beginning((word, "") for word in rows.read_words(db, name, its.name, "choice"))
            if its.type == "town":
                only = rows.read_words(db, name, its.name, "only")
                towns = rows.read_organisations(db, PLACES)
                return self._either((n, n, en) for n, en, _kind in towns if not only or n in only)
            if its.refers_to:
                return [(title, "") for title in rows.find_titles(db, its.refers_to, self.typed)]
            named = _NAMED.get(its.names or "")
            return self._either(named(db)) if named else []

    def organisations(self) -> list[Named]:
        """Offer whoever leads or answers for something, by name; in English where that is being typed."""
        with self._asking() as db:
            return self._people(rows.read_organisations(db))

    def towns(self) -> list[Named]:
        """Offer the towns and zones."""
        with self._asking() as db:
            return self._people(rows.read_organisations(db, PLACES))

    def tasks(self) -> list[Named]:
        """Offer the tasks by number, with the year where there are several tables."""
        with self._asking() as db:
            known = rows.read_tasks(db)
        several = len({year for year, *_rest in known}) > 1
        return self.beginning(
            (f"{year}/{number}" if several else str(number), _spoken(*title))
            for year, number, *title in known
        )

    def leaders(self) -> list[Named]:
        """Offer the leaders in charge of tasks by name."""
        with self._asking() as db:
            return self.beginning((name, "") for name in rows.read_leaders(db))

    def stages(self, task: str) -> list[Named]:
        """Offer the stages of a task, as people call it, by number."""
        with self._asking() as db:
            known = rows.read_stages(db)
        year, slash, number = fold(task.strip()).rpartition("/")
        of_year = [row for row in known if not slash or str(row[0]) == year]
        called = find_numbers(number, (row[1] for row in of_year))
        return self.beginning((str(row[2]), _spoken(*row[3:])) for row in of_year if row[1] in called)

    def targets(self) -> list[Named]:
        """Offer the targets by key, or by Chinese name where that is being typed."""
        with self._asking() as db:
            return self._either(rows.read_targets(db))

    def listed_fields(self, kind: str) -> list[Named]:
        """Offer the fields of a kind for the last part of a list with commas."""
        before, comma, last = self.typed.rpartition(",")
        found = Suggestions(self.path, last).fields(kind)
        return [(before + comma + word, meaning) for word, meaning in found]

    def measures(self) -> list[Named]:
        """Offer the lines of work by number."""
        with self._asking() as db:
            return self.beginning((number, _spoken(zh, en)) for number, zh, en in rows.read_measures(db))

    def _people(self, known: list[tuple[str, str, str]]) -> list[Named]:
        names = [(name, en) for name, en, _kind in known]
        if self.typed[:1].isascii() and self.typed:
            names += [(en, name) for name, en, _kind in known if en != name]
        return self.beginning(names)

    def _either(self, known: Iterable[tuple[str, str, str]]) -> list[Named]:
        """Offer words that have labels; the Chinese labels themselves where one is being typed."""
        words = [(word, zh, en) for word, zh, en in known]
        if self.typed and not self.typed.isascii():
            return self.beginning((zh, word) for word, zh, _en in words)
        return self.beginning((word, _spoken(zh, en)) for word, zh, en in words)

    def beginning(self, known: Iterable[Named]) -> list[Named]:
        """Keep of some words those that begin as what is being typed."""
        return [(word, meaning) for word, meaning in known if word.startswith(self.typed)]


def _spoken(zh: str, en: str) -> str:
    return zh if language() == "zh" else en


def _find_kind(db: sqlite3.Connection, text: str) -> str | None:
    """Find the kind that a word of the command line names."""
    wanted = text.casefold().replace("-", "_")
    for name, zh, en in rows.read_kinds(db):
        if wanted in (name, zh, en.casefold(), en.casefold().replace(" ", "_")):
            return name
    return None


NOTHING_TO_OFFER = (KflyError, sqlite3.Error, OSError, UnicodeError)  # the file cannot be asked just now
