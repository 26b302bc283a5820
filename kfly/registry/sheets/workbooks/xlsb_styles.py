"""The styles and texts of a binary workbook: which show a unit, are raised or crossed out."""

import zipfile
from collections.abc import Iterator
from struct import unpack_from
from typing import NamedTuple

from kfly.registry.sheets.grid import Flaw
from kfly.registry.sheets.workbooks.number_formats import PERCENTAGES, gives_unit
from kfly.registry.sheets.workbooks.rich_texts import PLAIN, Marks, Run, cut_runs, judge_runs
from kfly.registry.sheets.workbooks.xlsb_records import read_text, walk_records

_FONT, _FORMAT, _LOOK, _LOOKS_BEGIN, _LOOKS_END = 43, 44, 47, 617, 618
_TEXT = 19
_STRUCK, _RAISED, _LOWERED, _IS_RICH = 8, 1, 2, 1


class Style(NamedTuple):
    """What is of interest in the style of a cell."""

    code: str  # a number format that gives a unit; nothing for another
    font: Marks


class Styles(NamedTuple):
    """The fonts of a workbook, and the styles of its cells."""

    fonts: list[Marks]
    looks: list[Style]

    def look(self, number: int) -> Style:
        """Return a style by the number that cells name."""
        return self.looks[number] if number < len(self.looks) else Style("", PLAIN)

    def judge(self, content: bytes, first: Marks) -> Flaw | None:
        """Return what is wrong with a text that may be rich; it begins in the first font."""
        text, end = read_text(content, 1)
        if not content[0] & _IS_RICH:
            return judge_runs([Run(text, first)])
        (number,) = unpack_from("<I", content, end)
        places = [unpack_from("<HH", content, end + 4 + 4 * run) for run in range(number)]
        return judge_runs(cut_runs(text, first, [(start, self._font(font)) for start, font in places]))

    def _font(self, number: int) -> Marks:
        return self.fonts[number] if number < len(self.fonts) else PLAIN


def read_styles(package: zipfile.ZipFile, part: str | None) -> Styles:
    """Read the styles of a workbook."""
    formats = dict(PERCENTAGES)
    found = Styles([], [])
    is_of_cells = False
    for number, content in _walk(package, part):
        if number == _FORMAT:
            formats[unpack_from("<H", content)[0]] = read_text(content, 2)[0]
        elif number == _FONT:
            options, way = unpack_from("<2xHxxH", content)
            found.fonts.append(Marks(way == _RAISED, way == _LOWERED, bool(options & _STRUCK)))
        elif number in (_LOOKS_BEGIN, _LOOKS_END):
            is_of_cells = number == _LOOKS_BEGIN
        elif number == _LOOK and is_of_cells:
            form, font = unpack_from("<2xHH", content)
            code = formats.get(form, "")
            its_font = found.fonts[font] if font < len(found.fonts) else PLAIN
            found.looks.append(Style(code if gives_unit(code) else "", its_font))
    return found


def read_texts(package: zipfile.ZipFile, part: str | None) -> list[bytes]:
    """Read the texts that cells share, as they are kept."""
    return [content for number, content in _walk(package, part) if number == _TEXT]


def _walk(package: zipfile.ZipFile, part: str | None) -> Iterator[tuple[int, bytes]]:
    if part is not None:
        with package.open(part) as records:
            yield from walk_records(records)
