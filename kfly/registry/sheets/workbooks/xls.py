"""Excel 97 and before, read by xlrd: what the workbook reader leaves out."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from kfly.registry.sheets.grid import FAILED, Flaw, Hidden
from kfly.registry.sheets.workbooks.looks import Look, Place


def look(path: Path, sheet: str) -> Look:
    """Look at a sheet of Excel 97."""
    import xlrd

    try:
        with xlrd.open_workbook(str(path), formatting_info=True, on_demand=True, logfile=StringIO()) as book:
            cells = book.sheet_by_name(sheet)
            hidden = Hidden(
                frozenset(row + 1 for row, its in cells.rowinfo_map.items() if its.hidden),
                frozenset(column for column, its in cells.colinfo_map.items() if its.hidden),
            )
            return Look(hidden=hidden, flaws=dict(_find_failed(cells)))
    except Exception:
        return Look()


def _find_failed(cells: Any) -> Iterator[tuple[Place, Flaw]]:
    """Yield the cells of type error."""
    import xlrd

    for row in range(cells.nrows):
        for column, sort in enumerate(cells.row_types(row)):
            if sort == xlrd.XL_CELL_ERROR:
                code = cells.cell_value(row, column)
                yield (row + 1, column), Flaw(FAILED, xlrd.error_text_from_code.get(code, "#ERROR!"))
