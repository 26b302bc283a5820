"""CSV as spreadsheets and people write it: several encodings, several separators."""

import codecs
import csv
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from stat import S_ISREG

from kfly.locale import _
from kfly.registry.sheets import gb18030, misread
from kfly.registry.sheets.faults import unreadable
from kfly.registry.sheets.grid import Cell, Flaw, Grid, SheetRow

GB18030 = "gb18030"
SEPARATORS = ",\t;"
MOST_DAMAGED = 10  # sound characters beyond ASCII, to one that is damaged
MOST_LOOKED_AT = 30  # rows, to tell which separator a file uses

csv.field_size_limit(2**31 - 1)  # a note may be longer than the 128 KiB that Python expects

# What begins like a formula is written behind a mark, which is taken off again here.
FORMULA, MARK = ("=", "+", "-", "@"), "'"
# Others write ="0012", so that a spreadsheet leaves the zeros of a code alone.
GUARDED = re.compile(r'\s*=\s*"((?:[^"]|"")*)"\s*')
BEGINNINGS = (*(MARK + sign for sign in (*FORMULA, MARK)), '="', '= "')  # of what is guarded
NO_FLAWS: dict[int, Flaw] = {}


def read(path: Path, name: str) -> Grid:
    """Read the rows of a CSV file.

    Args:
        path: where it lies.
        name: what it is called in messages.

    Raises:
        OSError: it cannot be read.
        SheetRefusedError: its encoding is not known. What is no CSV shows as its rows are walked through.
    """
    before = path.stat()
    text, encoding = _decode(path.read_bytes(), name)
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(text)
    judge = misread.find_judge(text, gb18030=encoding == GB18030)
    is_guarded = any(beginning in text for beginning in BEGINNINGS)
    # The rows are read from the file itself: a large text need not be kept while they are.
    lines = (
        _reread(path, encoding, before, name) if S_ISREG(before.st_mode) else io.StringIO(text, newline="")
    )
    rows = _rows(lines, separator, name, judge, is_guarded=is_guarded)
    return Grid(name, None, rows, text.count("\n") + 1)


def _reread(path: Path, encoding: str, before: os.stat_result, name: str) -> Iterator[str]:
    """Yield the lines of a file that was decoded before.

    Raises:
        SheetRefusedError: somebody has changed it since.
    """
    try:
        with path.open(encoding=encoding, newline="") as file:
            if _stamp(os.fstat(file.fileno())) != _stamp(before):
                raise unreadable(name, _("was changed while it was read; try again"))
            yield from map(gb18030.renew, file) if encoding == GB18030 else file
    except (OSError, UnicodeDecodeError):
        raise unreadable(name, _("was changed while it was read; try again")) from None


def _stamp(its: os.stat_result) -> tuple[int, int, int]:
    return its.st_ino, its.st_size, its.st_mtime_ns


def guard_formula(text: str) -> str:
    """Put a mark before a text that a spreadsheet would take for a formula."""
    return MARK + text if text.lstrip(MARK).startswith(FORMULA) else text


def unguard_formula(text: str) -> str:
    """Return the text that :func:`guard_formula` was given."""
    return text[1:] if text[:1] == MARK and text.lstrip(MARK).startswith(FORMULA) else text


def unguard(text: str) -> str:
    """Return a text without the mark of :func:`guard_formula`, or the ``="…"`` of another program."""
    if text[:1] == MARK:
        return unguard_formula(text)
    match = GUARDED.fullmatch(text) if "=" in text else None
    return match[1].replace('""', '"') if match else text


def _decode(content: bytes, name: str) -> tuple[str, str]:
    """Decode a file, and tell its encoding; GB18030 is what Excel writes on Chinese Windows."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16"), "utf-16"
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8-sig"), "utf-8-sig"
        if not _is_nearly_utf8(content):
            return gb18030.decode(content), GB18030
    except UnicodeDecodeError:
        pass
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


def _rows(
    lines: Iterable[str], separator: str, name: str, judge: misread.Judge | None, *, is_guarded: bool
) -> Iterator[SheetRow]:
    number = 0
    try:
        rows = csv.reader(lines, delimiter=separator, strict=True)
        for number, read in enumerate(rows, start=1):
            if any(map(str.strip, read)):
                cells: list[Cell] = [unguard(cell) for cell in read] if is_guarded else [*read]
                flaws = misread.find_flaws(cells, judge) if judge else NO_FLAWS
                yield SheetRow(number, cells, (), flaws)
    except csv.Error as error:
        raise unreadable(name, _("is not CSV in row {row}: {why}", row=number + 1, why=error)) from None
