"""The styles of an OpenDocument file: what is raised or struck out, hidden, or shown with a unit."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.workbooks.ods.formats import DataStyle, read_data_style
from kfly.registry.sheets.workbooks.ods.names import NUMBER, STYLE, TABLE

_LINES = ("text-line-through-style", "text-line-through-type")
MOST_PARENTS = 30  # a chain that is longer goes in a circle


class Marks(NamedTuple):
    """How a text is set; None where that is left to what stands around it."""

    raised: bool | None = None
    struck: bool | None = None

    def over(self, outer: "Marks") -> "Marks":
        """Return these marks, within others."""
        return Marks(*(own if own is not None else other for own, other in zip(self, outer, strict=True)))


PLAIN = Marks(raised=False, struck=False)


class _Style(NamedTuple):
    parent: str | None
    marks: Marks
    is_shown: bool | None  # of a sheet
    data_style: str | None


class Styles:
    """All styles of one file; those that a program made for itself go before those with a title."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], _Style] = {}
        self._data_styles: dict[str, DataStyle] = {}
        self._marks: dict[tuple[str, str], Marks] = {}

    def learn(self, elements: Iterable[ElementTree.Element]) -> None:
        """Take in the styles of one part of the file; later ones replace those of the same name."""
        for element in elements:
            if element.tag in (STYLE + "style", STYLE + "default-style"):
                name = element.get(STYLE + "name", "")
                key = element.get(STYLE + "family", ""), name
                # An automatic style may be called like its own parent.
                if key in self._known and element.get(STYLE + "parent-style-name") == name:
                    self._known[key[0], f"{name}\0"] = self._known[key]
                    element.set(STYLE + "parent-style-name", f"{name}\0")
                self._known[key] = _read_style(element)
            elif element.tag.startswith(NUMBER):
                self._data_styles[element.get(STYLE + "name", "")] = read_data_style(element)
        self._marks.clear()

    def find_marks(self, family: str, name: str | None) -> Marks:
        """Find how a style sets its text, by its parents and the default where it does not say."""
        key = family, name or ""
        if key not in self._marks:
            marks = Marks()
            for style in self._walk(family, name):
                marks = marks.over(style.marks)
            self._marks[key] = marks
        return self._marks[key]

    def is_shown(self, name: str | None) -> bool:
        """Tell whether a sheet is shown."""
        said = [style.is_shown for style in self._walk("table", name) if style.is_shown is not None]
        return not said or said[0]

    def find_data_style(self, name: str | None) -> DataStyle | None:
        """Find how the numbers of a cell's style are shown."""
        for style in self._walk("table-cell", name):
            if style.data_style is not None:
                return self._data_styles.get(style.data_style)
        return None

    def _walk(self, family: str, name: str | None) -> Iterable[_Style]:
        """Yield a style, its parents, and last the default of its family."""
        for _step in range(MOST_PARENTS):
            style = self._known.get((family, name or ""))
            if style is None:
                break
            yield style
            if not name:
                return
            name = style.parent
        if name and (default := self._known.get((family, ""))):
            yield default


def _read_style(element: ElementTree.Element) -> _Style:
    raised = struck = is_shown = None
    for part in element:
        if part.tag == STYLE + "text-properties":
            raised, struck = _read_raised(part), _read_struck(part)
        elif part.tag == STYLE + "table-properties" and (display := part.get(TABLE + "display")):
            is_shown = display != "false"
    parent, data_style = element.get(STYLE + "parent-style-name"), element.get(STYLE + "data-style-name")
    return _Style(parent, Marks(raised, struck), is_shown, data_style)


def _read_raised(properties: ElementTree.Element) -> bool | None:
    """Read where text stands: ``super 58%``, ``-33% 58%``; ``0% 100%`` is on the line."""
    place = (properties.get(STYLE + "text-position") or "").split()
    return None if not place else place[0].rstrip("%").lstrip("+-").strip("0.") != ""


def _read_struck(properties: ElementTree.Element) -> bool | None:
    said = [value for name in _LINES if (value := properties.get(STYLE + name))]
    return None if not said else "none" not in said
