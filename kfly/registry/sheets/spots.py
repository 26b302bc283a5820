"""Spots: the numbers of figures that each stand in a cell, not in a row of their own.

They are negative, so that no row of any sheet has one.
"""

from kfly.registry.sheets.grid import column_letter

_WIDTH = 2**24  # columns; no format has as many


def number_spot(row: int, column: int) -> int:
    """Return the number of the cell in a row (from 1) and a column (from 0)."""
    return -(row * _WIDTH + column)


def find_place(number: int) -> tuple[int, int]:
    """Return the row and the column of a spot."""
    return divmod(-number, _WIDTH)


def name_spot(number: int) -> str:
    """Return what people call the cell of a spot: D7."""
    row, column = find_place(number)
    return f"{column_letter(column)}{row}"
