"""The styles of an Open XML workbook: which of its cells show a unit, or are crossed out."""

import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.workbooks.number_formats import PERCENTAGES, gives_unit
from kfly.registry.sheets.workbooks.rich_texts import read_marks
from kfly.registry.sheets.workbooks.xml import find, parse


class Style(NamedTuple):
    """What is of interest in the style of a cell."""

    code: str | None  # a number format that gives a unit
    is_struck: bool


def read_styles(package: zipfile.ZipFile, part: str | None) -> dict[str, Style]:
    """Read the styles that are of interest, by the number that cells name."""
    if part is None:
        return {}
    root = parse(package, part)
    formats = {
        **PERCENTAGES,
        **{int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in _children(root, "numFmts")},
    }
    struck = [read_marks(font).is_struck for font in _children(root, "fonts")]
    found = {}
    for number, look in enumerate(_children(root, "cellXfs")):
        code = formats.get(int(look.get("numFmtId", "0")), "")
        font = int(look.get("fontId", "0"))
        style = Style(code if gives_unit(code) else None, font < len(struck) and struck[font])
        if style.code or style.is_struck:
            found[str(number)] = style
    return found


def _children(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    group = find(root, name)
    yield from group if group is not None else ()
