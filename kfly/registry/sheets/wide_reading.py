"""A wide table being read: each of its figures becomes a row of its own, and its faults name its cell."""

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from itertools import chain
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.kinds import Field, Value
from kfly.plan.known_kinds import FIGURE_DAY, FIGURE_TARGET, FIGURE_VALUE
from kfly.plan.signs import BLANKS, normalise
from kfly.registry.markers import is_total
from kfly.registry.quantities import unit_fits
from kfly.registry.registry import Registry
from kfly.registry.sheets.columns import Column
from kfly.registry.sheets.drafts import Drafts
from kfly.registry.sheets.faults import CellFault
from kfly.registry.sheets.grid import NOTHING_HIDDEN, Cell, Grid, SheetRow, text_of
from kfly.registry.sheets.indicators import Indicators
from kfly.registry.sheets.reading import Settings, SheetReading, Watch
from kfly.registry.sheets.spots import find_place, number_spot
from kfly.registry.sheets.wide import PeriodColumn, WideTable, is_no_figure, is_repeated

MOST_JOINED = 1000  # rows of one merged cell that are looked at


class Understood(NamedTuple):
    """How a wide table was read.

    Attributes:
        sheet: where it stands; None where the format knows no sheets.
        indicators: the rows that brought figures.
        periods: the columns of periods.
        first, last: the days of the earliest and of the latest.
        said_by: who names their years.
    """

    sheet: str | None
    indicators: int
    periods: int
    first: date
    last: date
    said_by: Sequence[str]


class WideReading(SheetReading):
    """One wide table being read."""

    def __init__(  # noqa: PLR0913  (a table, and what it is read against)
        self,
        *,
        registry: Registry,
        drafts: Drafts,
        grid: Grid,
        settings: Settings,
        unread: Set[str],
        table: WideTable,
        below: Iterable[SheetRow],
    ) -> None:
        self.table, self.source = table, grid
        self.indicators = Indicators(registry, drafts.kind, settings.given)
        self.units: dict[int, str | None] = {}  # of bare numbers, by row
        self.brought: dict[int, None] = {}  # rows with figures, in order
        self.totals: list[int] = []
        self.aside: list[CellFault] = []  # what is wrong with cells that hold no figure
        self.told: set[tuple[int | None, int | None, str]] = set()
        self.unit: str | None = None  # of the figure that is being read
        self.joined = {
            (row, merge.left)
            for merge in grid.merges
            if merge.right > merge.left and merge.top > table.row.number
            for row in range(merge.top, min(merge.bottom, merge.top + MOST_JOINED) + 1)
        }
        heading = SheetRow(number_spot(table.row.number, 0), [*table.fields, FIGURE_VALUE, FIGURE_DAY])
        rows = chain([heading], self._unfold(below, is_lenient=settings.ignore_unknown))
        figures = grid.height * len(table.periods)
        flat = grid._replace(rows=rows, height=figures, merges=(), hidden=NOTHING_HIDDEN)
        super().__init__(registry, drafts, flat, settings, unread)
        self.faults[:] = [fault._replace(row=table.row.number, column=None) for fault in self.faults]
        for at, text, message in table.wrong:
            self._tell(table.row.number, at, None, text, message)

    def read_all(self, watch: Watch) -> None:
        """Read every figure, if the headings are in order."""
        super().read_all(watch)
        for fault in self.aside if not self.table.wrong else ():
            self.faults.append(fault)
        self.faults.sort(key=lambda fault: (fault.row or 0, -1 if fault.column is None else fault.column))

    def passed_over(self) -> list[int]:
        """Return the rows that are no records, each once."""
        called = {find_place(number)[0] for number in self.columns.passed_over}
        return sorted(called.union(self.totals))

    def find_hidden_rows(self) -> list[int]:
        """Return the hidden rows that brought figures."""
        return [row for row in self.brought if row in self.source.hidden.rows]

    def hidden_columns(self) -> list[int]:
        """Return the hidden columns that were read."""
        read = {*self.table.fields.values(), *(period.at for period in self.table.periods)}
        return sorted(read & self.source.hidden.columns)

    def understood(self) -> Understood:
        """Say how the table was read."""
        days = [period.day for period in self.table.periods]
        return Understood(
            sheet=self.source.sheet,
            indicators=len(self.brought.keys() - self.passed_over()),
            periods=len(days),
            first=min(days),
            last=max(days),
            said_by=self.table.said_by,
        )

    def _unfold(self, below: Iterable[SheetRow], *, is_lenient: bool) -> Iterator[SheetRow]:
        """Yield each figure as a row: the fields of its row, the value, the day."""
        for row in below:
            if not (figures := list(self._list_figures(row))) or is_repeated(row, self.table):
                continue
            if self._is_total(row):
                self.totals.append(row.number)
                continue
            if not is_lenient:
                self._check_loose(row)
            cells = [row.cells[at] if at < len(row.cells) else None for at in self.table.fields.values()]
            if self._name_indicator(row, cells):
                self.brought[row.number] = None
                for period in figures:
                    if self._stands_alone(row, period):
                        yield self._make_row(row, cells, period)

    def _list_figures(self, row: SheetRow) -> Iterator[PeriodColumn]:
        for period in self.table.periods:
            if period.at < len(row.cells):
                text = text_of(row.cells[period.at]).strip(BLANKS)
                if period.at in row.flaws or (text and not is_no_figure(text)):
                    yield period

    def _is_total(self, row: SheetRow) -> bool:
        """Tell whether a row without an indicator of its own is called a total elsewhere."""
        at = self.table.fields.get(FIGURE_TARGET)
        if at is None or (at < len(row.cells) and text_of(row.cells[at]).strip(BLANKS)):
            return False
        return any(is_total(text_of(cell)) for cell in row.cells[: self.table.width])

    def _name_indicator(self, row: SheetRow, cells: list[Cell]) -> bool:
        """Put the target's own name into the row, note its unit; tell whether the unit fits."""
        own = list(self.table.fields)
        at = own.index(FIGURE_TARGET) if FIGURE_TARGET in own else None
        read = self.indicators.read(text_of(cells[at]) if at is not None else "")
        if at is not None and read.text:
            cells[at] = read.text
        unit_at = self.table.unit
        stated = text_of(row.cells[unit_at]) if unit_at is not None and unit_at < len(row.cells) else ""
        unit = normalise(stated.strip(BLANKS))
        self.units[row.number] = read.unit if is_no_figure(unit) else unit
        if read.target is None or is_no_figure(unit) or unit_fits(unit, read.target.unit.zh or unit):
            return True
        message = _("is no unit of {target}, which is measured in {unit}", **read.named)
        self.aside.append(
            CellFault(self.source.file, self.source.sheet, row.number, unit_at, None, stated, message)
        )
        return False

    def _stands_alone(self, row: SheetRow, period: PeriodColumn) -> bool:
        """Tell whether a figure is of its period only; one merged over several is noted as a fault."""
        if (row.number, period.at) not in self.joined:
            return True
        text = text_of(row.cells[period.at])
        message = _("is merged over several periods; give each its own")
        place = (self.source.file, self.source.sheet, row.number, period.at)
        self.aside.append(CellFault(*place, None, text, message))
        return False

    def _make_row(self, row: SheetRow, cells: Sequence[Cell], period: PeriodColumn) -> SheetRow:
        places = [*self.table.fields.values(), period.at]
        return SheetRow(
            number_spot(row.number, period.at),
            [*cells, row.cells[period.at], period.day],
            {new for new, old in enumerate(places) if old in row.held},
            {new: row.flaws[old] for new, old in enumerate(places) if old in row.flaws},
            {new: row.shown[old] for new, old in enumerate(places) if old in row.shown},
        )

    def _read_row(self, row: SheetRow) -> None:
        self.unit = self.units.get(find_place(row.number)[0])
        super()._read_row(row)

    def _read_figure(self, column: Column, text: str) -> Value:
        fitted = self.registry.figures.fit(column.field, {**self.given, **self.record})
        return self.registry.values.reader(fitted, self.unit if fitted.unit else None)(text)

    def _check_loose(self, row: SheetRow) -> None:
        """Note a fault for what stands under no heading."""
        for at in (*self.table.loose, *range(self.table.width, len(row.cells))):
            if at < len(row.cells) and (text := text_of(row.cells[at]).strip(BLANKS)):
                place = (self.source.file, self.source.sheet, row.number, at)
                self.aside.append(CellFault(*place, None, text, _("stands under no heading")))

    def _about_key(self, row: SheetRow, key: tuple[Value, ...], message: str) -> None:
        """Note a fault of the figure as a whole at its own cell."""
        value = self.columns.known[FIGURE_VALUE]
        self._fault(row, value.field, text_of(row.cells[value.at]), message)

    def _fault(self, row: SheetRow | None, field: Field, value: str | None, message: str) -> None:
        if row is None:
            super()._fault(row, field, value, message)
            return
        number, at = find_place(row.number)
        self._tell(number, self.table.fields.get(field.name, at), field, value, message)

    def _tell(
        self, row: int, column: int | None, field: Field | None, value: str | None, message: str
    ) -> None:
        """Note a fault once: that of an indicator is met with each of its figures."""
        if (row, column, message) not in self.told:
            self.told.add((row, column, message))
            place = (self.source.file, self.source.sheet, row, column)
            self.faults.append(CellFault(*place, field, value, message))
