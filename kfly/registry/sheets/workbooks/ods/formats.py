"""The number formats of OpenDocument: a unit before or behind the digits, and what they are divided by."""

from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.workbooks.ods.names import NUMBER, STYLE

_DIGITS = {NUMBER + name for name in ("number", "scientific-number", "fraction")}
_WORDS = {NUMBER + "text", NUMBER + "currency-symbol"}


class DataStyle(NamedTuple):
    """How a number is shown."""

    before: str = ""
    behind: str = ""
    divisor: float = 1  # what is shown is the number that is kept, divided by it
    is_plain: bool = True  # or it depends on the number, or is no number


def read_data_style(element: ElementTree.Element) -> DataStyle:
    """Read a number, currency or percentage style."""
    before, behind, divisor, has_digits = "", "", 1.0, False
    for part in element:
        if part.tag in _DIGITS:
            has_digits = True
            divisor = float(part.get(NUMBER + "display-factor") or "1")
        elif part.tag in _WORDS and has_digits:
            behind += "".join(part.itertext())
        elif part.tag in _WORDS:
            before += "".join(part.itertext())
    if not has_digits or any(part.tag == STYLE + "map" for part in element):
        return DataStyle()
    if element.tag == NUMBER + "percentage-style":
        divisor /= 100
    return DataStyle(before, behind, divisor, is_plain=False)
