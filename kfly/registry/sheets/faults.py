"""Faults in a sheet, each with its cell."""

from typing import Any, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Field
from kfly.registry.sheets.grid import column_letter

MOST_LISTED = 1000  # faults of a file, and of all files of a command in its JSON; the others are counted


class CellFault(NamedTuple):
    """What is wrong with one cell, a whole row, or the file."""

    file: str
    sheet: str | None  # None where the format knows no sheets
    row: int | None  # as a spreadsheet numbers it; None: the whole sheet
    column: int | None  # counted from 0; None: the whole row
    field: Field | None
    value: str | None
    message: str

    def document(self) -> dict[str, Any]:
        """Return the fault as programs read it."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": None if self.column is None else column_letter(self.column),
            "field": self.field and self.field.name,
            "value": self.value,
            "message": self.message,
        }

    @property
    def cell(self) -> str:
        """Where it is within its file: 楼宇!D7, D7, 楼宇!7, 楼宇."""
        column = "" if self.column is None else column_letter(self.column)
        return "!".join(part for part in (self.sheet, f"{column}{self.row or ''}") if part)

    def __str__(self) -> str:
        """Return the fault as a line for people, the field by its label."""
        where = " ".join(part for part in (self.file, self.cell, self.label) if part)
        return _("{label}: {message}", label=where, message=self.explanation)

    @property
    def label(self) -> str:
        """The field, as people call it."""
        return self.field.label.spoken if self.field else ""

    @property
    def explanation(self) -> str:
        """The value, and what is wrong with it."""
        return (
            _("“{value}” {message}", value=self.value, message=self.message) if self.value else self.message
        )


class Faults(list[CellFault]):
    """The faults of a sheet: all are counted, the first thousand are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def append(self, fault: CellFault) -> None:
        """Count a fault, and keep it if it is one of the first."""
        self.total += 1
        if len(self) < MOST_LISTED:
            super().append(fault)


class SheetRefusedError(KflyError):
    """A file that was refused whole, with what is wrong in it.

    Attributes:
        faults: the first thousand.
        count: how many there are.
    """

    def __init__(self, file: str, faults: list[CellFault], count: int | None = None) -> None:
        self.faults = faults[:MOST_LISTED]
        self.count = len(faults) if count is None else count
        summary = _("{file}: nothing was imported. Faults: {count}.", file=file, count=self.count)
        if self.count > len(self.faults):
            summary += _(" Only the first {n} are listed.", n=len(self.faults))
        whole = self.count == 1 and faults[0].row is None  # the line says all there is to say
        super().__init__(*map(str, self.faults), *([] if whole else [summary]))


def unreadable(file: str, message: str) -> SheetRefusedError:
    """Return the refusal of a file, or of one of its sheets, that cannot be read at all."""
    return SheetRefusedError(
        file,
        [CellFault(file=file, sheet=None, row=None, column=None, field=None, value=None, message=message)],
    )
