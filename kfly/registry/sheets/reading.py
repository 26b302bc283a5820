"""One sheet of a file being read: its rows as records that are ready to be written, and its faults."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from itertools import islice
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.known_kinds import FIGURE_VALUE, is_figure
from kfly.plan.signs import BLANKS
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.registry.sheets.at_once import Block, BlockReader, OddRowsError
from kfly.registry.sheets.columns import Column, Columns
from kfly.registry.sheets.drafts import Drafts
from kfly.registry.sheets.faults import CellFault
from kfly.registry.sheets.figure_units import read_figure
from kfly.registry.sheets.grid import Grid, SheetRow, text_of
from kfly.registry.sheets.kept_rows import BATCH, KeptRows
from kfly.registry.sheets.odd_cells import set_odd_aside, write_cell
from kfly.registry.sheets.spots import name_spot
from kfly.registry.values import BadValueError, Reader, UnknownRecordError, show_value
from kfly.store import records
from kfly.store.log.adding import add_rows

Watch = Callable[[Iterable[SheetRow], int], Iterable[SheetRow]]


class Settings(NamedTuple):
    """How a file is to be read."""

    update: bool = False  # change records that are there already
    ignore_unknown: bool = False  # pass over columns whose heading is no field
    given: Mapping[str, str] = {}  # by the name of the field: what the sheet itself does not say


class RecordUpdate(NamedTuple):
    """A record that was there already, and what was and is now in its fields, by their names."""

    kind: Kind
    title: str
    fields: dict[str, tuple[Value, Value]]


class _Revision(NamedTuple):
    """A record that is there already, and what a row makes of it."""

    record: int
    before: Record
    changes: Record


class _Waiting(NamedTuple):
    """A reference to a record that may stand further down."""

    row: SheetRow
    field: Field
    text: str
    settle: Callable[[int], None]


class _Draft(NamedTuple):
    """What one row says."""

    row: SheetRow
    record: Record
    faults: list[FieldFault]
    waits: list[tuple[Field, str]]  # references to records that may stand further down


class SheetReading:
    """One sheet being read: faults are collected, and nothing is written before the whole file is sound."""

    def __init__(
        self, registry: Registry, drafts: Drafts, grid: Grid, settings: Settings, unread: Set[str]
    ) -> None:
        self.registry = registry
        self.unread = unread  # kinds of which there is more to come
        self.drafts = drafts
        self.kind = drafts.kind
        self.grid = grid
        self.settings = settings
        self.by_target = is_figure(self.kind)
        units = registry.figures.units if self.by_target else ()
        self.columns = Columns(self.kind, grid, ignore_unknown=settings.ignore_unknown, units=units)
        self.columns.require(settings.given, update=settings.update)
        self.faults = self.columns.faults
        self.checks = registry.checks(self.kind)
        self.given = self._read_given()
        self.names = list(dict.fromkeys([*self.columns.known, *self.given]))
        self.added = KeptRows()
        self.revisions: list[_Revision] = []
        self.waiting: list[_Waiting] = []
        self.hidden_rows: list[int] = []  # those that brought something
        self.numbered = bool(self.columns.numbering)
        self.record: Record = {}  # what the row that is being read has said so far
        self.readers = [
            (column.at, column.field, self._reader(column)) for column in self.columns.known.values()
        ]
        drafts.add_sheet(grid.sheet, self.added, self.names)
        self.blocks = BlockReader(
            registry=registry,
            kind=self.kind,
            columns=self.columns,
            drafts=drafts,
            checks=self.checks,
            given=self.given,
            readers=self.readers,
            unread=frozenset(unread),
        )
        if self.by_target:  # a value is read in the unit of its target
            self.readers.sort(key=lambda reader: reader[1].name == FIGURE_VALUE)

    def _reader(self, column: Column) -> Reader:
        values, field = self.registry.values, column.field
        if self.by_target and field.name == FIGURE_VALUE:
            return partial(self._read_figure, column)
        if field.type == "reference":
            return partial(values.find_titled, field)
        return values.reader(field, column.unit)

    def _read_figure(self, column: Column, text: str) -> Value:
        """Read a reported figure in the unit of its target, which the row has named before."""
        return read_figure(self.registry, column, {**self.given, **self.record}, text)

    def read_all(self, watch: Watch) -> None:
        """Read every row, if the heading is in order."""
        if not self.faults:
            rows = iter(watch(self.columns.below, self.grid.height))
            while block := list(islice(rows, BATCH)):
                self._read_block(block)

    def _read_block(self, rows: list[SheetRow]) -> None:
        """Read some rows at once where they are in order, and do not depend on one another's values."""
        try:
            if self.by_target:
                raise OddRowsError
            self._keep_block(self.blocks.read(rows))
        except (OddRowsError, BadValueError):
            self._read_one_by_one(rows)

    def _read_one_by_one(self, rows: Iterable[SheetRow]) -> None:
        for row in rows:
            if not (self.numbered and self.columns.is_summed_up(row)):
                self._read_row(row)

    def _keep_block(self, block: Block) -> None:
        """Keep rows that are all in order, each as a new record."""
        self.drafts.note(block.hashes)
        ids = range(self.drafts.next_id, self.drafts.next_id + len(block.keys))
        self.drafts.next_id = ids.stop
        if self.drafts.is_referred_to:
            for number, key in zip(ids, block.keys, strict=True):
                self.registry.titles.learn(self.kind.name, number, key)
        nothing = [None] * len(ids)
        columns = (block.values.get(name, nothing) for name in self.names)
        self.added.extend(list(zip(ids, *columns, strict=True)), block.numbers)
        if self.grid.hidden.rows:
            self.hidden_rows += [number for number in block.numbers if number in self.grid.hidden.rows]

    def settle(self) -> None:
        """Find the records that are meant by references to rows further down."""
        for row, field, text, settle in self.waiting:
            try:
                settle(self.registry.values.find_titled(field, text))
            except BadValueError as error:
                self._fault(row, field, text, str(error))

    def write(self, registry: Registry) -> None:
        """Write what was read, through a registry of the same records that may write."""
        self.registry = registry
        db = registry.db
        add_rows(db, self.kind.name, ["id", *self.names], self.added.batches())
        for revision in self.revisions:
            if revision.changes:
                records.update(db, self.kind, revision.record, revision.changes)

    def changes(self) -> Iterator[RecordUpdate]:
        """Yield what was changed in records that were there already, as people read it."""
        for revision in self.revisions:
            if revision.changes:
                title = self.registry.title(self.kind, revision.record)
                yield RecordUpdate(
                    self.kind, title, self.registry.compared(self.kind, revision.before, revision.changes)
                )

    def passed_over(self) -> list[int]:
        """Return the rows that say themselves that they are no records."""
        return self.columns.passed_over

    def find_hidden_rows(self) -> list[int]:
        """Return the hidden rows that brought something."""
        return self.hidden_rows

    def hidden_columns(self) -> list[int]:
        """Return the hidden columns that were read."""
        return sorted({column.at for column in self.columns.known.values()} & self.grid.hidden.columns)

    def _read_given(self) -> Record:
        values, faults = self.registry.read(self.kind, self.settings.given)
        for fault in faults:
            self._fault(None, fault.field, fault.value, fault.message)
        return values

    def _read_row(self, row: SheetRow) -> None:
        draft = _Draft(row, {}, [], [])
        (_row, record, faults, waits) = draft
        self.record = record
        cells = (
            set_odd_aside(row, self.columns.known.values(), faults)
            if row.flaws or row.shown or row.held
            else row.cells
        )
        width = len(cells)
        for at, field, read in self.readers:
            if at >= width:
                continue
            cell = cells[at]
            try:
                text = (cell if isinstance(cell, str) else write_cell(cell, field)).strip(BLANKS)
                if not text:
                    continue
                if field.to in self.unread and field.name not in self.kind.key:
                    waits.append((field, text))  # whom it means is known when the last row is
                    continue
                record[field.name] = read(text)
            except UnknownRecordError as error:
                if field.name in self.kind.key:
                    faults.append(FieldFault(field, text, str(error)))
                else:
                    waits.append((field, text))
            except BadValueError as error:
                faults.append(FieldFault(field, text_of(cell).strip(BLANKS), str(error)))
        if record or faults or waits:
            self._judge(draft)
        if width > self.columns.width or self.columns.loose:
            self._check_loose(row)

    def _judge(self, draft: _Draft) -> None:
        """Keep what a row says, or its faults if it has any."""
        row, record, faults, waits = draft
        faults.sort(key=lambda fault: self.columns.known[fault.field.name].at)  # those set aside came first
        if self.given:
            self._fill(draft)
        faulty = {fault.field.name for fault in faults} | {field.name for field, _text in waits}
        key, known, before = self._identified(record, faulty)
        wrong = self.checks.faults({**before, **record} if before else record, faulty)
        misnamed = bool(wrong) and not faults and all(self.checks.is_misnamed(fault) for fault in wrong)
        faults += wrong
        if faults and self.columns.passes_over(row, complete=misnamed):
            return
        for fault in faults:
            self._fault(row, fault.field, fault.value or None, fault.message)
        target: Record | int | None = None
        if key is not None and self._is_alone(row, key, known if before is None else None):
            target = before or self._number(key)
        if target is not None and not faults:
            self._keep(draft, target)
        else:
            for field, text in waits:  # they may be wrong as well
                self.waiting.append(_Waiting(row, field, text, lambda _record: None))

    def _number(self, key: tuple[Value, ...]) -> int:
        """Give a new record its id; what refers to it finds it from now on, even where it is faulty."""
        number = self.drafts.next_id
        self.drafts.next_id += 1
        if self.drafts.is_referred_to:
            self.registry.titles.learn(self.kind.name, number, key)
        return number

    def _identified(
        self, record: Record, faulty: set[str]
    ) -> tuple[tuple[Value, ...] | None, int | None, Record | None]:
        """Return the natural key, the id of its record, and that record if it is to be changed."""
        key = (
            self.registry.key_of(self.kind, record)
            if self.by_target
            else tuple(map(record.get, self.kind.key))
        )
        if (faulty and not faulty.isdisjoint(self.kind.key)) or key.count(None) == len(key):
            return None, None, None
        known = None if self.drafts.is_first else self.registry.find_same(self.kind, record)
        return key, known, self.registry.get(self.kind, known) if known and self.settings.update else None

    def _fill(self, draft: _Draft) -> None:
        """Add what was given for the whole sheet; a cell that says something else is a fault."""
        for name, value in self.given.items():
            if draft.record.setdefault(name, value) != value:
                field = self.columns.known[name].field
                said, other = (
                    show_value(field, v, self.registry.titles) for v in (value, draft.record[name])
                )
                message = _("is not what --set says: {value}", value=said)
                draft.faults.append(FieldFault(field, str(other), message))

    def _is_alone(self, row: SheetRow, key: tuple[Value, ...], known: int | None) -> bool:
        """Tell whether no earlier row has this natural key, nor a record that is not to be changed."""
        here = (self.grid.sheet, row.number)
        first = self.drafts.find_first(key, here)
        if first is not here:
            self._about_key(row, key, self._say_same(*first))
            return False
        if known is not None:
            message = _("is in the registry already, as #{id}; --update changes it", id=known)
            self._about_key(row, key, message)
            return False
        return True

    def _say_same(self, sheet: str | None, number: int) -> str:
        """Say where the record stands that a row is the same as: in a row, or of a wide table in a cell."""
        place = name_spot(number) if number < 0 else str(number)
        if sheet != self.grid.sheet:
            place = f"{sheet}!{place}"
        if number < 0:
            return _("is the same record as cell {cell}", cell=place)
        return _("is the same record as row {row}", row=place)

    def _keep(self, draft: _Draft, before: Record | int) -> None:
        """Keep what a row says of the record that was there ``before``, or of a new one with this id."""
        row, record, _faults, waits = draft
        if row.number in self.grid.hidden.rows:
            self.hidden_rows.append(row.number)
        if isinstance(before, int):
            values = [before, *map(record.get, self.names)]
            self.added.append(values, row.number)
            for field, text in waits:
                at = self.names.index(field.name) + 1
                self.waiting.append(_Waiting(row, field, text, partial(self.added.settle, before, at)))
            return
        changes = {name: value for name, value in record.items() if value != before[name]}
        self.revisions.append(_Revision(int(before["id"] or 0), before, changes))
        for field, text in waits:
            self.waiting.append(_Waiting(row, field, text, partial(_settle, changes, before, field.name)))

    def _check_loose(self, row: SheetRow) -> None:
        """Note a fault for what stands under no heading."""
        loose = [] if self.settings.ignore_unknown else list(self.columns.loose_cells(row))
        is_wide = self.columns.is_too_wide(row)
        if not (loose or is_wide) or self.columns.passes_over(row, complete=False):
            return
        for at, text in loose:
            place = (self.grid.file, self.grid.sheet, row.number, at)
            self.faults.append(CellFault(*place, None, text, _("stands under no heading")))
        if is_wide and not loose:
            message = _(
                "has {cells} cells under {headings} headings; put quotes around values that hold a comma",
                cells=len(row.cells),
                headings=len(self.columns.row.cells),
            )
            self.faults.append(
                CellFault(self.grid.file, self.grid.sheet, row.number, None, None, None, message)
            )

    def _about_key(self, row: SheetRow, key: tuple[Value, ...], message: str) -> None:
        field = self.kind.field(self.kind.key[0])
        if field:
            value = show_value(field, key[0], self.registry.titles)
            self._fault(row, field, None if value is None else str(value), message)

    def _fault(self, row: SheetRow | None, field: Field, value: str | None, message: str) -> None:
        column = self.columns.known.get(field.name) if row else None
        place = (self.grid.file, self.grid.sheet, row and row.number, column and column.at)
        self.faults.append(CellFault(*place, field, value, message))


def _settle(changes: Record, before: Record, name: str, record: int) -> None:
    if before[name] != record:
        changes[name] = record
