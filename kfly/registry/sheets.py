"""Sheets of records in: all rows, or none with every fault and its cell."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kfly.errors import KflyError, reason
from kfly.locale import _, language
from kfly.plan.kinds import Field, Kind, Value
from kfly.registry.kinds import find_field
from kfly.registry.registry import Registry
from kfly.store import records


class CellFault(NamedTuple):
    """What is wrong with one cell, a whole row, or the heading."""

    file: str
    sheet: str | None  # None for CSV
    row: int | None  # as a spreadsheet numbers it: the heading is 1; None: the whole file
    column: str | None  # its letter
    field: str | None
    value: str | None
    message: str

    def told(self, kind: Kind) -> str:
        """The fault as a line for people, the field by its label."""
        field = kind.field(self.field or "")
        label = field.label.in_(language()) if field else self.field
        subject = " ".join(part for part in (label, self.value and f"“{self.value}”") if part)
        message = _("{label}: {message}", label=subject, message=self.message) if subject else self.message
        return f"{self.file}:{self.column or ''}{self.row} {message}"


class SheetRefusedError(KflyError):
    """A sheet that was refused whole, with what is wrong in it."""

    def __init__(self, lines: Sequence[str], faults: Sequence[CellFault]) -> None:
        super().__init__(*lines)
        self.faults = faults


class Sheet(NamedTuple):
    """A file's heading and the rows below it, as text."""

    file: str
    heading: list[str]
    heading_row: int
    rows: list[tuple[int, list[str]]]  # with the number of each


def read_csv(path: Path) -> Sheet:
    """A CSV file in UTF-8, with or without a byte order mark; empty rows are passed over.

    Raises:
        SheetRefusedError: it cannot be read, is not UTF-8, or is empty.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = enumerate(csv.reader(file, strict=True), start=1)
            numbered = [(n, row) for n, row in rows if any(cell.strip() for cell in row)]
    except OSError as error:
        raise _unreadable(path, _("{path} cannot be read: {why}.", path=path, why=reason(error))) from None
    except UnicodeDecodeError:
        raise _unreadable(path, _("{path} is not UTF-8; save it as “CSV UTF-8”.", path=path)) from None
    except csv.Error as error:
        raise _unreadable(path, _("{path} is not CSV: {why}.", path=path, why=error)) from None
    if not numbered:
        raise _unreadable(path, _("{path} is empty: a heading of field names is expected.", path=path))
    (heading_row, heading), *below = numbered
    while not heading[-1].strip():  # spreadsheets save empty columns on the right
        heading.pop()
    return Sheet(path.name, heading, heading_row, below)


def _unreadable(path: Path, message: str) -> SheetRefusedError:
    return SheetRefusedError([message], [CellFault(path.name, None, None, None, None, None, message)])


def take_in(registry: Registry, kind: Kind, sheet: Sheet) -> int:
    """Record every row of a sheet; how many. The caller's transaction is to be left when this raises.

    Raises:
        SheetRefusedError: any cell, row or heading is wrong.
    """
    reading = _Reading(registry, kind, sheet)
    reading.read_heading()
    if not reading.faults:
        for number, cells in sheet.rows:
            reading.take(number, cells)
    if reading.faults:
        summary = _("Nothing was imported: {count} faults.", count=len(reading.faults))
        raise SheetRefusedError([*(fault.told(kind) for fault in reading.faults), summary], reading.faults)
    return len(sheet.rows)


def letter(column: int) -> str:
    """The letter of a column, counted from 0: A to Z, then AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _Reading:
    """One sheet being read; faults pile up, and the caller takes back the sound rows when there are any."""

    def __init__(self, registry: Registry, kind: Kind, sheet: Sheet) -> None:
        self.registry = registry
        self.kind = kind
        self.sheet = sheet
        self.fields: list[Field] = []
        self.faults: list[CellFault] = []
        self.seen: dict[tuple[Value, ...], int] = {}

    def fault(
        self, row: int, column: int | None, field: Field | None, value: str | None, message: str
    ) -> None:
        where = letter(column) if column is not None else None
        name = field.name if field else None
        self.faults.append(CellFault(self.sheet.file, None, row, where, name, value, message))

    def read_heading(self) -> None:
        """Which column is which field."""
        row = self.sheet.heading_row
        for column, heading in enumerate(self.sheet.heading):
            try:
                field = find_field(heading, self.kind)
            except KflyError as error:
                self.fault(row, column, None, heading, str(error))
                continue
            if field in self.fields:
                self.fault(row, column, field, heading, _("stands twice in the heading"))
            self.fields.append(field)
        if not self.faults:
            for field in self.kind.fields:
                if field.required and field not in self.fields:
                    self.fault(row, None, field, None, _("is required and has no column"))

    def take(self, number: int, cells: list[str]) -> None:
        """Check one row, and keep it if all is well with it: a later row may refer to it."""
        before = len(self.faults)
        for column, cell in enumerate(cells[len(self.fields) :], start=len(self.fields)):
            if cell.strip():
                self.fault(number, column, None, cell, _("stands outside the headed columns"))
        texts = dict(zip((field.name for field in self.fields), cells, strict=False))
        values, faults = self.registry.read(self.kind, texts)
        faults += self.registry.faults_of(self.kind, values, faults)
        for fault in faults:
            at = self.fields.index(fault.field) if fault.field in self.fields else None
            self.fault(number, at, fault.field, fault.value or None, fault.message)
        if not faults:
            self._check_key(number, values, texts)
        if len(self.faults) == before:
            self.registry.insert(self.kind, values)

    def _check_key(self, number: int, values: dict[str, Value], texts: dict[str, str]) -> None:
        key = tuple(values.get(name) for name in self.kind.key)
        first = self.seen.setdefault(key, number)
        known = records.same_key(self.registry.db, self.kind, values)
        if first != number:
            self.fault(number, None, None, None, _("is the same record as row {row}", row=first))
        elif known is not None:
            called = texts.get(self.kind.key[0])
            self.fault(number, None, None, called, _("is in the registry already, as #{id}", id=known))
