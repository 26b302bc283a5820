"""CSV as spreadsheets and people write it: several encodings, several separators."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kfly.locale import _
from kfly.registry.sheets.faults import unreadable
from kfly.registry.sheets.grid import Cell, Grid, SheetRow

SEPARATORS = ",\t;"
MOST_DAMAGED = 10  # sound characters beyond ASCII, to one that is damaged
MOST_LOOKED_AT = 30  # rows, to tell which separator a file uses
ENCODINGS = ("utf-8-sig", "gb18030")  # the second is what Excel writes on Chinese Windows

csv.field_size_limit(2**31 - 1)  # a note may be longer than the 128 KiB that Python expects

# What begins like a formula is written behind a mark, which is taken off again here.
FORMULA, MARK = ("=", "+", "-", "@"), "'"


def read(path: Path, name: str) -> Grid:
    """Read the rows of a CSV file.

    Args:
        path: where it lies.
        name: what it is called in messages.

    Raises:
        OSError: it cannot be read.
        SheetRefusedError: its encoding is not known. What is no CSV shows as its rows are walked through.
    """
    text = _decode(path.read_bytes(), name)
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(text)
    return Grid(name, None, _rows(text, separator, name), text.count("\n") + 1)


def guard_formula(text: str) -> str:
    """Put a mark before a text that a spreadsheet would take for a formula."""
    return MARK + text if text.lstrip(MARK).startswith(FORMULA) else text


def unguard_formula(text: str) -> str:
    """Return the text that :func:`guard_formula` was given."""
    return text[1:] if text[:1] == MARK and text.lstrip(MARK).startswith(FORMULA) else text


def _decode(content: bytes, name: str) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ENCODINGS
    for encoding in ENCODINGS[:1] if _is_nearly_utf8(content) else encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(name, _("is neither UTF-8 nor GB18030; save it as “CSV UTF-8”"))


def _is_nearly_utf8(content: bytes) -> bool:
    """Tell whether a file is UTF-8 but for some damaged bytes; as GB18030 it would read as nonsense."""
    if content.startswith(codecs.BOM_UTF8):
        return True
    text = content.decode(errors="replace")
    damaged = text.count("\ufffd")
    return damaged * MOST_DAMAGED < len(text) - len(text.encode("ascii", "ignore")) - damaged


def _separator(text: str) -> str:
    """Choose the separator that cuts the most of the first rows, and the most evenly."""
    return max(SEPARATORS, key=lambda separator: _measure_cut(text, separator))


def _measure_cut(text: str, separator: str) -> tuple[float, float, int]:
    """Return the share of rows cut, the share with the commonest number of cells, and that number."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), MOST_LOOKED_AT))
    except csv.Error:
        return (0, 0, 0)
    cells = Counter(len(row) for row in rows if len(row) > 1)
    number = max(cells, key=lambda number: (cells[number], number), default=0)
    total = max(sum(map(bool, rows)), 1)
    return (cells.total() / total, cells[number] / total, number)


def _rows(text: str, separator: str, name: str) -> Iterator[SheetRow]:
    number = 0
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, read in enumerate(rows, start=1):
            if any(read) and any(map(str.strip, read)):
                cells: list[Cell] = [unguard_formula(cell) if cell[:1] == MARK else cell for cell in read]
                yield SheetRow(number, cells)
    except csv.Error as error:
        raise unreadable(name, _("is not CSV in row {row}: {why}", row=number + 1, why=error)) from None
