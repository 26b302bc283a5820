"""The columns of one sheet: which field each holds, and how its cells are read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.kinds import Field, Kind
from kfly.plan.signs import BLANKS
from kfly.registry.markers import is_continued, is_example, is_ordinal, is_remark, is_total
from kfly.registry.sheets import headings
from kfly.registry.sheets.faults import CellFault, Faults
from kfly.registry.sheets.form_answers import are_answers, find_points, is_technical
from kfly.registry.sheets.grid import Grid, SheetRow, text_of
from kfly.registry.sheets.headings import Heading, Headings, UnfitUnitError

MOST_UNKNOWN, FEW = 50, 3  # unknown headings that are listed each; those named of more
LONGEST_NAMED = 30  # characters of one of them


class Column(NamedTuple):
    """A column that holds a field."""

    at: int  # counted from 0
    field: Field
    unit: str | None  # of its bare numbers, where that is not the field's own
    is_stated: bool = False  # that unit stands above the table, for whatever is of its sort


class Columns:
    """The heading of a sheet as it was read, and the rows below it."""

    def __init__(self, kind: Kind, grid: Grid, *, ignore_unknown: bool, units: Iterable[str] = ()) -> None:
        self.kind = kind
        self.grid = grid
        self.known: dict[str, Column] = {}
        self.ordinals: list[int] = []
        self.loose: list[int] = []  # columns without a heading
        self.misspelt: set[str] = set()  # fields that a heading was probably meant to be
        self.faults = Faults()
        self.unknown: list[tuple[int, str]] = []  # headings that mean no field, by their column
        self.ignore_unknown = ignore_unknown
        rows = iter(grid.rows)
        first = list(islice(rows, headings.MOST_ABOVE))
        self.are_answers = are_answers(text_of(cell) for cell in first[0].cells) if first else False
        self.technical: list[int] = []  # columns in which a form says something of itself
        words = Headings(kind, units, of_a_form=self.are_answers)
        found = headings.find_heading(first, words, grid.merges)
        at = found[0] if found else None
        self.row = first[at] if at is not None else SheetRow(0, [])
        self.texts = [text_of(cell).strip(BLANKS) for cell in self.row.cells]
        while self.texts and not self.texts[-1]:  # spreadsheets keep empty columns on the right
            self.texts.pop()
        self.above = [text_of(c).strip(BLANKS) for c in first[at - 1].cells[: self.width]] if at else []
        self.has_closed = False  # a line below the table has been seen
        self.passed_over: list[int] = []  # rows that say themselves that they are no records
        self.below: Iterator[SheetRow] = chain(first[(at or 0) + 1 :], rows)
        if at is None:
            self._has_none(words, first)
        else:
            self._read(words, first[:at])

    @property
    def width(self) -> int:
        """The number of columns under the heading."""
        return len(self.texts)

    @property
    def telling(self) -> list[int]:
        """The columns in which a total is called one: the name, the town, the number of the row."""
        named = [
            c.at for c in self.known.values() if c.field.type == "town" or c.field.name == self.kind.key[0]
        ]
        return [*named, *self.numbering]

    @property
    def numbering(self) -> list[int]:
        """The columns that hold no field and can still say that their row is a total."""
        return [*self.ordinals, *self.loose]

    @property
    def unfilled(self) -> list[int]:
        """The columns that are filled in beforehand: the row's number, the town whose sheet it is."""
        town = self.known.get(self.kind.town.name) if self.kind.town else None
        return [*self.ordinals, *([town.at] if town else [])]

    def passes_over(self, row: SheetRow, *, complete: bool) -> bool:
        """Tell whether a row is no record: a total, an example, a line below the table, a heading.

        Such a row is remembered as passed over.

        Args:
            row: one that is not in order.
            complete: nothing is wrong with it but its name.
        """
        texts = [text_of(cell).strip(BLANKS) for cell in row.cells]
        own = {at for at, text in enumerate(texts) if text and at not in row.held}
        if own.issubset(self.unfilled):  # at most what stands in rows that nobody has filled in
            return True
        first = next(filter(None, texts), "")
        name = self.known.get(self.kind.key[0])
        below = is_remark(first) and (not complete or len(own) == 1)
        found = (
            below
            or is_total(first)
            or any(is_total(texts[at]) for at in self.telling if at < len(texts))
            or (name is not None and name.at < len(texts) and is_example(texts[name.at]))
            or (self.has_closed and len(own) == 1 and is_continued(first))
            or texts[: self.width] in (self.texts, self.above)  # the heading on the next page
        )
        if found:
            self.has_closed |= below
            self.passed_over += [row.number] if row.number not in self.passed_over[-1:] else []
        return found

    def is_summed_up(self, row: SheetRow) -> bool:
        """Tell whether a row is called a total beside its fields: 序号 says 合计, 名称 12栋; remember it."""
        found = any(is_total(text_of(row.cells[at])) for at in self.numbering if at < len(row.cells))
        if found:
            self.passed_over.append(row.number)
        return found

    def is_too_wide(self, row: SheetRow) -> bool:
        """Tell whether a row of a text file is wider than its heading: the comma of 5,000 cuts it in two."""
        return self.grid.sheet is None and len(row.cells) > len(self.row.cells)

    def loose_cells(self, row: SheetRow) -> Iterator[tuple[int, str]]:
        """Yield what stands under no heading, by its column."""
        for at in (*self.loose, *range(self.width, len(row.cells))):
            if at < len(row.cells) and (text := text_of(row.cells[at]).strip(BLANKS)):
                yield at, text

    def require(self, given: Mapping[str, str], *, update: bool) -> None:
        """Note a fault for each field that every record must have and no column holds."""
        there = {*self.known, *given, *self.misspelt}
        for field in self.kind.fields if self.known else ():
            if field.required and (not update or field.name in self.kind.key) and field.name not in there:
                message = _(
                    "is required and has no column; add one, or give it with --set {field}=…",
                    field=field.name,
                )
                self._fault(None, field, None, message)

    def _has_none(self, words: Headings, first: list[SheetRow]) -> None:
        name = self.kind.name
        if not first and self.grid.kind:
            return  # a file that says itself that there is no record
        if not first:
            message = _("is empty; a row of headings is expected: see “kfly template {kind}”", kind=name)
        else:
            message = _("has no row of headings that are known: see “kfly template {kind}”", kind=name)
        cells = enumerate(first[0].cells if first else [])
        self.unknown = [(column, text) for column, cell in cells if (text := text_of(cell).strip())]
        if len(self.unknown) <= MOST_UNKNOWN:  # of more the line below says enough
            self._fault(None, None, None, message)
        if self.unknown:
            self.row = first[0]
            self._say_unknown(words)

    def _read(self, words: Headings, above: list[SheetRow]) -> None:
        over = headings.find_parents(self.row, above[-1] if above else None, self.grid.merges)
        lines = [text_of(cell) for row in above for cell in row.cells]
        points = find_points(self.texts) if self.are_answers else ()
        for column, (text, parent) in enumerate(zip(self.texts, over, strict=False)):
            try:
                heading = words.read(text, parent)
                bare = heading if heading and not heading.unit else None
                stated = headings.find_stated_unit(bare.field, lines, words.units) if bare else None
            except UnfitUnitError as unit:
                message = _("is in {unit}, which this field is not measured in", unit=unit)
                self._fault(column, unit.field, text, message)
                self.misspelt.add(unit.field.name)
                continue
            if heading:
                self._found(column, heading, text, stated)
            elif is_ordinal(text):
                self.ordinals.append(column)
            elif not headings.fold_heading(text):
                self.loose.append(column)
            elif self.are_answers and (is_technical(text) or text.strip() in points):
                self.technical.append(column)
            elif not self.ignore_unknown:
                self.unknown.append((column, text))
        self._say_unknown(words)
        self.faults.sort(key=lambda fault: -1 if fault.column is None else fault.column)

    def _say_unknown(self, words: Headings) -> None:
        """Note a fault for each unknown heading; of very many there is one, which names the first of them."""
        if len(self.unknown) > MOST_UNKNOWN:
            texts = [text for _column, text in self.unknown]
            self._fault(None, None, None, explain_many_unknown(self.kind, texts))
            return
        for column, text in self.unknown:
            message, meant = words.unknown(text)
            self._fault(column, None, text, message)
            self.misspelt.update([meant.name] if meant else [])

    def _found(self, column: int, heading: Heading, text: str, stated: str | None) -> None:
        field = heading.field
        if field.name in self.known:
            first = self.texts[self.known[field.name].at]
            self._fault(column, field, text, _("means the same field as “{heading}”", heading=first))
        else:
            self.known[field.name] = Column(column, field, heading.unit or stated, is_stated=not heading.unit)

    def _fault(self, column: int | None, field: Field | None, value: str | None, message: str) -> None:
        row = self.row.number or None
        self.faults.append(
            CellFault(
                file=self.grid.file,
                sheet=self.grid.sheet,
                row=row,
                column=column,
                field=field,
                value=value,
                message=message,
            )
        )


def explain_many_unknown(kind: Kind, texts: Sequence[str]) -> str:
    """Say that very many headings are no fields of a kind, and name the first of them."""
    return _(
        "{count} headings are no fields of {kind}, the first of them {named};"
        " “kfly kinds {name}” lists the fields",
        count=len(texts),
        kind=kind.label.spoken,
        named=_(", ").join(f"“{_cut(text)}”" for text in texts[:FEW]),
        name=kind.name,
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAMED else f"{text[:LONGEST_NAMED]}…"
