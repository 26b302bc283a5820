"""Makes binary workbooks (.xlsb) record by record, as [MS-XLSB] says."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Failed(NamedTuple):
    """An error: of a formula, or put in as a value."""

    code: int
    is_formula: bool = True


class Looking(NamedTuple):
    """A number or text in the second style: one with FORM for its format, in the second font."""

    value: float | str


class Rich(NamedTuple):
    """A shared text of which parts are in other fonts."""

    parts: tuple[tuple[str, int], ...]


Cell = str | float | Failed | Looking | Rich | None
FONTS = ((0, 0), (0, 1), (0, 2), (8, 0))  # options, how far raised
PLAIN, SUPERSCRIPT, SUBSCRIPT, STRUCK = range(4)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"


class Parts(NamedTuple):
    """What the parts of the package are called."""

    book: str = "xl/workbook.bin"
    relations: str = "xl/_rels/workbook.bin.rels"
    sheet: str = "xl/worksheets/sheet1.bin"
    target: str = "worksheets/sheet1.bin"


class Layout(NamedTuple):
    """What stands beside the values; rows and columns count from 0."""

    merged: tuple[tuple[int, int, int, int], ...] = ()  # first and last row, first and last column
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    form: str = "General"  # of the second style
    font: int = PLAIN


USUAL, FLAT = Parts(), Layout()


def binary(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    layout: Layout = FLAT,
    parts: Parts = USUAL,
) -> Path:
    """A binary workbook of one sheet."""
    width = max(map(len, rows))
    sheet = [
        _record(129),
        _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)),
        _record(390),
        *(_record(60, struct.pack("<4IH", c, c, 2000, 0, 1)) for c in layout.hidden_columns),
        _record(391),
        _record(145),
    ]
    for row, cells in enumerate(rows):
        flags = 0x1000 if row in layout.hidden_rows else 0
        sheet.append(_record(0, struct.pack("<IIHHBI2I", row, 0, 300, flags, 0, 1, 0, width - 1)))
        sheet += [_cell(column, cell) for column, cell in enumerate(cells) if cell is not None and cell != ""]
    sheet += [_record(146), _record(177, struct.pack("<I", len(layout.merged)))]
    sheet += [
        *(_record(176, struct.pack("<4I", *area)) for area in layout.merged),
        _record(178),
        _record(130),
    ]
    book = [
        _record(131),
        _record(143),
        _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("楼宇")),
        _record(144),
        _record(132),
    ]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGES}/content-types"><Default Extension="bin" ContentType="'
            'application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )
        package.writestr("_rels/.rels", _relation("officeDocument", parts.book))
        package.writestr(parts.book, b"".join(book))
        package.writestr(
            parts.relations,
            _relation(
                "worksheet", parts.target, ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")
            ),
        )
        package.writestr("xl/styles.bin", _styles(layout))
        package.writestr("xl/sharedStrings.bin", _texts(rows))
        package.writestr(parts.sheet, b"".join(sheet))
    return path


def _relation(sort: str, target: str, *others: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{sort}" Target="{target}"/>'
        for number, (sort, target) in enumerate([(sort, target), *others], start=1)
    )
    return f'<Relationships xmlns="{PACKAGES}/relationships">{listed}</Relationships>'


def _styles(layout: Layout) -> bytes:
    fonts = [
        _record(
            43,
            struct.pack("<4H8B", 220, options, 400, raised, *[0] * 8) + struct.pack("<B", 0) + _text("宋体"),
        )
        for options, raised in FONTS
    ]
    looks = [
        _record(47, struct.pack("<3HHI", 0, form, font, 0, 0))
        for form, font in ((0, PLAIN), (170, layout.font))
    ]
    return b"".join(
        [
            _record(278),
            *(
                _record(615, b"\1\0\0\0"),
                _record(44, struct.pack("<H", 170) + _text(layout.form)),
                _record(616),
            ),
            *(_record(611, struct.pack("<I", len(fonts))), *fonts, _record(612)),
            *(_record(617, struct.pack("<I", len(looks))), *looks, _record(618)),
            _record(279),
        ]
    )


def _texts(rows: Sequence[Sequence[Cell]]) -> bytes:
    rich = [_rich(cell) for cells in rows for cell in cells if isinstance(cell, Rich)]
    counts = struct.pack("<II", len(rich), len(rich))
    return b"".join([_record(159, counts), *(_record(19, text) for text in rich), _record(160)])


def _rich(cell: Rich) -> bytes:
    runs, at = [], 0
    for text, font in cell.parts:
        runs += [at, font]
        at += len(text)
    words = _text("".join(text for text, _font in cell.parts))
    return b"\1" + words + struct.pack(f"<I{len(runs)}H", len(runs) // 2, *runs)


def _record(number: int, content: bytes = b"") -> bytes:
    return _sevens(number) + _sevens(len(content)) + content


def _sevens(number: int) -> bytes:
    return bytes([number & 0x7F | 0x80]) + _sevens(number >> 7) if number >> 7 else bytes([number])


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, cell: Cell) -> bytes:
    value = cell.value if isinstance(cell, Looking) else cell
    start = struct.pack("<II", column, isinstance(cell, Looking))
    if isinstance(value, str):
        return _record(6, start + _text(value))
    if isinstance(value, Rich):
        return _record(7, start + bytes(4))  # the only one
    if isinstance(value, Failed):
        formula = struct.pack("<HIB2xI", 0, 3, 0x1C, 0)
        return _record(
            11 if value.is_formula else 3, start + bytes([value.code]) + formula * value.is_formula
        )
    number = value or 0
    if number == int(number):
        return _record(2, start + struct.pack("<i", int(number) << 2 | 2))  # as Excel writes small ones
    return _record(5, start + struct.pack("<d", number))
