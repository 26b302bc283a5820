"""Many rows of a sheet read at once, column by column, as far as there is nothing odd about any of them.

What is odd, be it a fault, a total, a record that is there already, makes this step back: then the rows are
read one by one, which alone knows what to say. Nothing is kept before all of them are found in order.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.signs import BLANKS
from kfly.registry.checks import Checks
from kfly.registry.markers import is_total
from kfly.registry.registry import Registry
from kfly.registry.sheets.columns import Columns
from kfly.registry.sheets.drafts import Drafts, Key
from kfly.registry.sheets.grid import Cell, SheetRow, text_of
from kfly.registry.sheets.odd_cells import write_cell
from kfly.registry.values import MOST_REMEMBERED, Reader, are_plain
from kfly.store import records

ReadColumn = Callable[[Sequence[str]], list[Value]]


class OddRowsError(ValueError):
    """Some rows are to be read one by one."""


class _Column(NamedTuple):
    at: int
    field: Field
    read: ReadColumn


class Block(NamedTuple):
    """Rows that are all in order: their values by field, their keys."""

    values: Mapping[str, Sequence[Value]]
    hashes: frozenset[int]
    keys: Sequence[Key]
    numbers: Sequence[int]


class BlockReader:
    """Reads the rows of one sheet in blocks."""

    def __init__(  # noqa: PLR0913  (a sheet, and what it is read against)
        self,
        *,
        registry: Registry,
        kind: Kind,
        columns: Columns,
        drafts: Drafts,
        checks: Checks,
        given: Record,
        readers: Sequence[tuple[int, Field, Reader]],
        unread: frozenset[str],
    ) -> None:
        self._registry, self._kind = registry, kind
        self._columns, self._drafts, self._checks = columns, drafts, checks
        self._given = given
        self._readers = [_Column(at, field, _read_by(field, read, unread)) for at, field, read in readers]

    def read(self, rows: Sequence[SheetRow]) -> Block:
        """Read some rows.

        Raises:
            OddRowsError: they are to be read one by one.
            BadValueError: for the same reason.
        """
        numbers, cells, held, flaws, shown = zip(*rows, strict=True)
        if any(held) or any(flaws) or any(shown):
            raise OddRowsError
        by_column = list(zip_longest(*cells))
        self._must_be_ordinary(by_column)
        values = self._read_values(by_column, len(rows))
        if not self._checks.pass_all(values):
            raise OddRowsError
        nothing = [None] * len(rows)
        keys = list(zip(*(values.get(name, nothing) for name in self._kind.key), strict=True))
        hashes = self._drafts.bring_new(keys)
        if hashes is None or not (self._drafts.is_first or self._are_unknown(keys)):
            raise OddRowsError
        return Block(values, frozenset(hashes), keys, numbers)

    def _must_be_ordinary(self, by_column: Sequence[Sequence[Cell]]) -> None:
        """Check that no row is a total by its number, and that nothing stands under no heading."""
        width, here = self._columns.width, len(by_column)
        if self._columns.grid.sheet is None and here > len(self._columns.row.cells):
            raise OddRowsError
        for at in self._columns.numbering:
            if at < here and any(is_total(text_of(cell)) for cell in by_column[at]):
                raise OddRowsError
        for at in (*self._columns.loose, *range(width, here)):
            if at < here and any(text_of(cell).strip(BLANKS) for cell in by_column[at]):
                raise OddRowsError

    def _read_values(self, by_column: Sequence[Sequence[Cell]], count: int) -> dict[str, Sequence[Value]]:
        values: dict[str, Sequence[Value]] = {}
        for at, field, read in self._readers:
            if at < len(by_column):
                values[field.name] = read(_texts(by_column[at], field))
        for name, value in self._given.items():
            said = set(values.get(name, ()))
            if not said <= {None, value}:
                raise OddRowsError
            values[name] = [value] * count
        return values

    def _are_unknown(self, keys: Sequence[Key]) -> bool:
        """Tell whether none of these keys is in the registry."""
        names = self._kind.key
        db = self._registry.db
        return all(
            records.find_same_key(db, self._kind, dict(zip(names, key, strict=True))) is None for key in keys
        )


def _texts(cells: Sequence[Cell], field: Field) -> Sequence[str]:
    """Return the cells of a column as texts."""
    if set(map(type, cells)) == {str}:
        return cells  # type: ignore[return-value]
    return [cell if isinstance(cell, str) else write_cell(cell, field) for cell in cells]


def _read_by(field: Field, read: Reader, unread: frozenset[str]) -> ReadColumn:
    """Return what reads a column of a field, each different text once."""
    if field.type == "text" and field.names is None:
        return lambda texts: _read_words(read, texts)
    if field.type == "reference":
        return lambda texts: _read_references(read, texts, is_unread=field.to in unread)
    known: dict[str, Value] = {"": None}

    def read_known(texts: Sequence[str]) -> list[Value]:
        try:
            return list(map(known.__getitem__, texts))
        except KeyError:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            known.update({text: _read_bare(read, text) for text in {*texts}.difference(known)})
            return list(map(known.__getitem__, texts))

    return read_known


def _read_bare(read: Reader, text: str) -> Value:
    bare = text.strip(BLANKS)
    return read(bare) if bare else None


def _read_words(read: Reader, texts: Sequence[str]) -> list[Value]:
    bare = [text.strip(BLANKS) for text in texts]
    if are_plain(bare):
        return [text or None for text in bare]
    return [read(text) if text else None for text in bare]


def _read_references(read: Reader, texts: Sequence[str], *, is_unread: bool) -> list[Value]:
    """Read references; those to records of which there is more to come are no matter for this."""
    found = {text: text.strip(BLANKS) for text in {*texts}}
    if is_unread and any(found.values()):
        raise OddRowsError
    meant = {text: read(bare) if bare else None for text, bare in found.items()}
    return [meant[text] for text in texts]
