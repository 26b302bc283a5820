"""Cells that are not what they seem: flawed, shared by several records, shown in a unit, turned into days."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

from kfly.locale import _
from kfly.plan.kinds import Field
from kfly.plan.signs import BLANKS
from kfly.registry.checks import FieldFault
from kfly.registry.sheets.columns import Column
from kfly.registry.sheets.grid import FLAWS, Cell, SheetRow, text_of
from kfly.registry.values import BadValueError

_MULTIPLIES = re.compile(r"[十百千万亿%‰×]")


def set_odd_aside(row: SheetRow, columns: Iterable[Column], faults: list[FieldFault]) -> list[Cell]:
    """Return the cells of a row, amounts as they are shown; faulty ones are noted and left blank."""
    cells = list(row.cells)
    for column in columns:
        at, field = column.at, column.field
        if flaw := row.flaws.get(at):
            faults.append(FieldFault(field, flaw.shown, _(FLAWS[flaw.why])))
            cells[at] = None
        elif field.is_amount and at in row.held and text_of(cells[at]).strip(BLANKS):
            message = _("is merged over several records; give each its own")
            faults.append(FieldFault(field, text_of(cells[at]), message))
            cells[at] = None
        elif field.is_amount and at in row.shown and (field.unit or _MULTIPLIES.search(row.shown[at])):
            cells[at] = row.shown[at]  # 12人 of participants, who have no unit, stays 12
    return cells


def write_cell(cell: Cell, field: Field) -> str:
    """Return a cell that is no text as a person would type it.

    Raises:
        BadValueError: it is a day or a time, and the field holds words: a spreadsheet has made it of 3-5.
    """
    if field.type in ("text", "choice", "town", "reference") and isinstance(cell, date | time | timedelta):
        raise BadValueError(_("was turned into a day or a time by the spreadsheet; enter it anew as text"))
    return text_of(cell)
