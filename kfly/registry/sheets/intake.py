"""The import of a file of records: all its rows, or none and every fault with its cell."""

import gc
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from itertools import chain, islice
from typing import NamedTuple

from kfly.plan.kinds import Kind
from kfly.plan.known_kinds import is_figure
from kfly.registry.registry import Registry
from kfly.registry.sheets.drafts import Drafts
from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.grid import Grid
from kfly.registry.sheets.headings import MOST_ABOVE
from kfly.registry.sheets.reading import RecordUpdate, Settings, SheetReading, Watch
from kfly.registry.sheets.sources import OWN
from kfly.registry.sheets.wide import find_wide_table
from kfly.registry.sheets.wide_reading import Understood, WideReading
from kfly.store import records


class Intake(NamedTuple):
    """What was done with the rows of a file."""

    added: int
    updated: list[RecordUpdate]
    unchanged: int
    passed_over: list[tuple[str | None, int]]  # sheet and row of totals, examples, lines below a table
    hidden_rows: Sequence[tuple[str | None, int]] = ()  # that were read all the same
    hidden_columns: Sequence[tuple[str | None, int]] = ()  # counted from 0
    hidden_sheets: tuple[str, ...] = ()  # that were not read
    other_sheets: tuple[str, ...] = ()  # with the same headings, not read either
    wide_tables: tuple[Understood, ...] = ()  # how those were read that have a column a period
    technical: tuple[str, ...] = ()  # headings of columns in which a form says something of itself


class CheckedSheets(NamedTuple):
    """The sheets of a file, read and found in order."""

    readings: Sequence[SheetReading]
    hidden_sheets: tuple[str, ...]

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kinds of record that they hold, by name."""
        return {reading.kind.name: reading.kind for reading in self.readings}


def check_sheets(
    registry: Registry,
    sheets: Sequence[tuple[Kind, Grid]],
    settings: Settings,
    watch: Watch = lambda rows, _total: rows,
) -> CheckedSheets:
    """Read the rows of a file's sheets against what is recorded; nothing is written.

    Args:
        registry: what is recorded.
        sheets: in an order in which each refers to those before it.
        settings: how they are to be read.
        watch: is handed the rows and about how many there are, and hands them on.

    Raises:
        SheetRefusedError: any cell, row or heading is wrong.
    """
    drafts = {kind.name: Drafts(registry, kind) for kind, _grid in sheets}
    readings = [
        _open_reading(
            registry=registry,
            drafts=drafts[kind.name],
            grid=grid,
            settings=settings,
            unread={later.name for later, _grid in sheets[at:]},
        )
        for at, (kind, grid) in enumerate(sheets)
    ]
    with _without_collector():
        for reading in readings:
            reading.read_all(watch)
    for reading in readings:
        reading.settle()
        reading.drafts.forget_keys()  # there is much to write yet
    if any(reading.faults for reading in readings):
        faults = [fault for reading in readings for fault in reading.faults]
        count = sum(reading.faults.total for reading in readings)
        raise SheetRefusedError(sheets[0][1].file, faults, count)
    return CheckedSheets(
        readings, tuple(name for name in sheets[0][1].hidden_sheets if name not in OWN) if sheets else ()
    )


def _open_reading(
    *, registry: Registry, drafts: Drafts, grid: Grid, settings: Settings, unread: Set[str]
) -> SheetReading:
    """Begin to read a sheet: as a wide table where it is one, else a record a row."""
    if not is_figure(drafts.kind):
        return SheetReading(registry, drafts, grid, settings, unread)
    rows = iter(grid.rows)
    first = list(islice(rows, MOST_ABOVE))
    ignored = settings.ignore_unknown
    found = find_wide_table(drafts.kind, grid, first, registry.plan, ignore_unknown=ignored)
    if found is None:
        return SheetReading(registry, drafts, grid._replace(rows=chain(first, rows)), settings, unread)
    at, table = found
    return WideReading(
        registry=registry,
        drafts=drafts,
        grid=grid,
        settings=settings,
        unread=unread,
        table=table,
        below=chain(first[at + 1 :], rows),
    )


def keep(checked: CheckedSheets, registry: Registry) -> Intake:
    """Record what was read; the caller rolls the transaction back when this raises.

    Args:
        checked: sheets that were read against these records.
        registry: where they go.
    """
    readings = checked.readings
    records.defer_references(registry.db)
    for reading in readings:
        reading.write(registry)
    for name in checked.kinds:
        registry.titles.forget(name)
    return Intake(
        sum(len(reading.added) for reading in readings),
        [change for reading in readings for change in reading.changes()],
        sum(not revision.changes for reading in readings for revision in reading.revisions),
        [(reading.grid.sheet, row) for reading in readings for row in reading.passed_over()],
        tuple((reading.grid.sheet, row) for reading in readings for row in reading.find_hidden_rows()),
        tuple((reading.grid.sheet, at) for reading in readings for at in reading.hidden_columns()),
        checked.hidden_sheets,
        tuple(name for reading in readings for name in reading.grid.other_sheets),
        tuple(reading.understood() for reading in readings if isinstance(reading, WideReading)),
        tuple(r.columns.texts[at] for r in readings for at in r.columns.technical),
    )


def take_in(
    registry: Registry,
    sheets: Sequence[tuple[Kind, Grid]],
    settings: Settings,
    watch: Watch = lambda rows, _total: rows,
) -> Intake:
    """Check the rows of a file's sheets and record them, both in the transaction that is open.

    Raises:
        SheetRefusedError: any cell, row or heading is wrong.
    """
    return keep(check_sheets(registry, sheets, settings, watch), registry)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the garbage collector: rows hold no cycles, and looking for some takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
