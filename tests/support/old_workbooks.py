"""Makes workbooks of Excel 97 record by record, as [MS-XLS] says, with whatever a program may do to them."""

import io
import struct
import zipfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALLEST = 512, 4096
LETTERS = "ABCDEFGH"
ADD, TIMES = b"\x03", b"\x05"


class Formula(NamedTuple):
    """A formula by its tokens, and what it has come to: a number, a code of an error, or nothing."""

    tokens: bytes
    result: float | None = None
    error: int | None = None


class Error(NamedTuple):
    """An error that was put in as a value."""

    code: int


class Looking(NamedTuple):
    """A number or text in a number format and a font."""

    value: float | str
    form: str = "General"
    font: int = 0  # one of FONTS


class Rich(NamedTuple):
    """A text of which parts are in other fonts."""

    parts: tuple[tuple[str, int], ...]


Cell = str | float | Formula | Error | Looking | Rich | None
PLAIN, SUPERSCRIPT, SUBSCRIPT, STRUCK = 0, 1, 2, 3
FONTS = {PLAIN: (0, 0), SUPERSCRIPT: (0, 1), SUBSCRIPT: (0, 2), STRUCK: (8, 0)}  # options, how far raised


class Sheet(NamedTuple):
    """One sheet."""

    rows: Sequence[Sequence[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first and last row, first and last column, from 0
    hidden_rows: tuple[int, ...] = ()  # from 0
    hidden_columns: tuple[int, ...] = ()
    name: str = "楼宇"


class Ways(NamedTuple):
    """What programs do in ways of their own."""

    code_page: int | None = 1200
    formula: int = 0x0006  # number of the record
    first_format: int = 164
    has_theme: bool = False  # Excel 2007 and later put a zip into it
    has_summary: bool = False  # office programs say who wrote it
    is_bare: bool = False  # without a container
    encoding: str | None = None  # of Excel 5, whose texts are in a code page; None: Excel 97, in Unicode

    def text(self, text: str, length: str = "H") -> bytes:
        """Return a text as it stands in a record."""
        if self.encoding is None:
            return _text(text, length)
        return struct.pack(f"<{length}", len(text.encode(self.encoding))) + text.encode(self.encoding)

    def begin(self, what: int) -> bytes:
        """Return the record with which the book (5) or a sheet (16) begins."""
        version = struct.pack("<HHHH", 0x0600 if self.encoding is None else 0x0500, what, 0x0DBB, 0x07CC)
        return _record(0x0809, version + (struct.pack("<II", 0, 6) if self.encoding is None else b""))


USUAL = Ways()


def old(path: Path, *sheets: Sheet, ways: Ways = USUAL) -> Path:
    """A workbook of Excel 97."""
    forms = list(
        dict.fromkeys(c.form for s in sheets for row in s.rows for c in row if isinstance(c, Looking))
    )
    looks = [(form, font) for form in ["General", *forms] for font in FONTS]
    bodies = [_sheet(sheet, looks, ways) for sheet in sheets]
    front = _front(looks, ways)
    bounds = [_record(0x85, struct.pack("<IH", 0, 0) + ways.text(sheet.name, "B")) for sheet in sheets]
    at = len(front) + sum(map(len, bounds)) + 4
    for number, body in enumerate(bodies):
        bounds[number] = bounds[number][:4] + struct.pack("<I", at) + bounds[number][8:]
        at += len(body)
    book = front + b"".join(bounds) + _record(0x0A) + b"".join(bodies)
    path.write_bytes(
        book
        if ways.is_bare
        else contain(book, has_summary=ways.has_summary, is_excel_5=ways.encoding is not None)
    )
    return path


def contain(book: bytes, *, has_summary: bool, is_excel_5: bool) -> bytes:
    """Put records into a compound file."""
    streams = {"Book" if is_excel_5 else "Workbook": book} | (
        {"\x05SummaryInformation": b""} if has_summary else {}
    )
    fat, entries, data = [FAT, END], [("Root Entry", 5, END, 0)], b""
    for name, content in streams.items():
        padded = content.ljust(max(SMALLEST, -(-len(content) // SECTOR) * SECTOR), b"\0")
        first, number = len(fat), len(padded) // SECTOR
        fat += [*range(first + 1, first + number), END]
        entries.append((name, 2, first, len(padded)))
        data += padded
    header = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        *(0, 1, 1, 0, SMALLEST, END, 0, END, 0),
    )  # fmt: skip
    assert len(fat) <= 128, "one sector of places is all that this writes"
    directory = b"".join(
        _entry(
            entry, right=number + 1 if 0 < number < len(entries) - 1 else FREE, child=FREE if number else 1
        )
        for number, entry in enumerate(entries)
    ).ljust(SECTOR, b"\0")
    places = struct.pack("<109I", 0, *[FREE] * 108), struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header + places[0] + places[1] + directory + data


def _entry(entry: tuple[str, int, int, int], *, right: int, child: int) -> bytes:
    name, kind, first, length = entry
    word = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I36xIQ", word, len(word) + 2, kind, 1, FREE, right, child, first, length)


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _text(text: str, length: str = "H") -> bytes:
    signs = text.encode("utf-16-le")
    return struct.pack(f"<{length}B", len(signs) // 2, 1) + signs


def _front(looks: list[tuple[str, int]], ways: Ways) -> bytes:
    forms = list(dict.fromkeys(form for form, _font in looks))
    numbers = {form: ways.first_format + at for at, form in enumerate(forms)} | {"General": 0}
    fonts = [FONTS[font] for font in (PLAIN, SUPERSCRIPT, SUBSCRIPT, STRUCK, PLAIN, PLAIN)]
    parts = [
        ways.begin(5),
        _record(0x42, struct.pack("<H", ways.code_page)) if ways.code_page is not None else b"",
        *(
            _record(
                0x31, struct.pack("<5H4B", 220, options, 8, 400, raised, 0, 0, 0, 0) + ways.text("宋体", "B")
            )
            for options, raised in fonts
        ),
        *(
            _record(
                0x041E,
                struct.pack("<H", numbers[form]) + ways.text(form, "H" if ways.encoding is None else "B"),
            )
            for form in forms[1:]
        ),
        *(
            _record(
                0xE0,
                struct.pack("<HHHBBIIIH", font, numbers[form], 1, 0, 0, 0, 0, 0, 0x20C0)[
                    : 20 if ways.encoding is None else 16
                ],
            )
            for form, font in looks
        ),
        _record(0x0896, struct.pack("<HHQI", 0x0896, 0, 0, 0) + _theme()) if ways.has_theme else b"",
    ]
    return b"".join(parts)


def _theme() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("theme/theme/theme1.xml", "<a:theme/>")
    return content.getvalue()


def _sheet(sheet: Sheet, looks: list[tuple[str, int]], ways: Ways) -> bytes:
    width = max(map(len, sheet.rows))
    columns = [_record(0x7D, struct.pack("<6H", c, c, 2000, 0, 1, 0)) for c in sheet.hidden_columns]
    rows = [
        _record(
            0x0208, struct.pack("<6HI", row, 0, width, 300, 0, 0, 0x100 | 0x20 * (row in sheet.hidden_rows))
        )
        for row in range(len(sheet.rows))
    ]
    cells = [
        _cell(cell, struct.pack("<HH", row, column), looks, ways)
        for row, its in enumerate(sheet.rows)
        for column, cell in enumerate(its)
    ]
    merged = struct.pack("<H", len(sheet.merged)) + struct.pack(
        f"<{4 * len(sheet.merged)}H", *chain(*sheet.merged)
    )
    return b"".join(
        [
            ways.begin(16),
            *columns,
            _record(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)),
            *rows,
            *cells,
            _record(0xE5, merged),
            _record(0x0A),
        ]
    )


def _cell(cell: Cell, place: bytes, looks: list[tuple[str, int]], ways: Ways) -> bytes:
    look = looks.index((cell.form, cell.font)) if isinstance(cell, Looking) else 0
    start, value = place + struct.pack("<H", look), cell.value if isinstance(cell, Looking) else cell
    if isinstance(value, str):
        return _record(0x0204, start + ways.text(value)) if value else b""
    if isinstance(value, Formula):
        result = struct.pack("<BxBxxxH", *((3, 0) if value.error is None else (2, value.error)), 0xFFFF)
        if value.result is not None:
            result = struct.pack("<d", value.result)
        return _record(
            ways.formula, start + result + struct.pack("<HIH", 0, 0, len(value.tokens)) + value.tokens
        )
    if isinstance(value, Error):
        return _record(0x0205, start + bytes([value.code, 1]))
    if isinstance(value, Rich):
        return _record(0xD6, start + _rich(value))
    return b"" if value is None else _record(0x0203, start + struct.pack("<d", value))


def _rich(value: Rich) -> bytes:
    runs, at = [], 0
    for text, font in value.parts:
        runs += [at, font]
        at += len(text.encode("utf-16-le")) // 2
    return _text("".join(text for text, _font in value.parts)) + struct.pack(
        f"<H{len(runs)}H", len(runs) // 2, *runs
    )


# Tokens of formulas


def ref(address: str) -> bytes:
    """A cell: C2."""
    return struct.pack("<BHH", 0x44, int(address[1:]) - 1, 0xC000 | LETTERS.index(address[0]))


def number(value: int) -> bytes:
    """A whole number."""
    return struct.pack("<BH", 0x1E, value)


def word(text: str) -> bytes:
    """A text in a formula."""
    return b"\x17" + _text(text, "B")


def call(function: int, arguments: int) -> bytes:
    """A function of however many arguments, by its number: IF is 1."""
    return struct.pack("<BBH", 0x42, arguments, function)


def excel_2(path: Path, rows: Sequence[Sequence[Cell]], encoding: str, code_page: int) -> Path:
    """A sheet of Excel 2: nothing but its cells."""
    parts = [
        _record(0x09, struct.pack("<HH", 2, 0x10)),
        _record(0x42, struct.pack("<H", code_page)),
        _record(0x00, struct.pack("<4H", 0, len(rows), 0, max(map(len, rows)))),
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            start = struct.pack("<HH3x", row, column)
            if isinstance(cell, str):
                words = cell.encode(encoding)
                parts.append(_record(0x04, start + struct.pack("<B", len(words)) + words))
            elif isinstance(cell, Formula):
                result = struct.pack("<BxBxxxHB", 2, cell.error or 0, 0xFFFF, 0)
                parts.append(_record(0x06, start + result + bytes([len(cell.tokens)]) + cell.tokens))
            elif isinstance(cell, int | float):
                parts.append(_record(0x03, start + struct.pack("<d", cell)))
    path.write_bytes(b"".join([*parts, _record(0x0A)]))
    return path
