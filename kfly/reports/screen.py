"""The screen: its width, what may be printed on it, and the one look that all tables share."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from kfly.reports.wrapping import wrapped

PIPE_WIDTH = 100
NARROWEST = 40
GAP = 2  # between columns

# Control characters move the cursor or change the colour; bidirectional ones turn the line around.
_UNPRINTABLE = {
    code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code != ord("\n")
} | {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}


def width() -> int:
    """The terminal's columns; in a pipe ``COLUMNS`` if it is set, else 100."""
    asked = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty():
        try:
            return max(os.get_terminal_size(sys.stdout.fileno()).columns or PIPE_WIDTH, NARROWEST)
        except OSError:
            return PIPE_WIDTH
    return max(int(asked), NARROWEST) if asked.isascii() and asked.isdigit() else PIPE_WIDTH


def console(*, stderr: bool = False) -> Console:
    """A console that prints text as it is: no markup, no highlighting, no emoji codes."""
    return Console(stderr=stderr, width=width(), markup=False, highlight=False, emoji=False, soft_wrap=False)


def printable(value: str) -> str:
    """Text with its control characters made visible, so that a name can do nothing but show itself."""
    return value.translate(_UNPRINTABLE)


def text(value: str, style: str = "") -> Text:
    """Text for a table's cell."""
    return Text(printable(value), style=style, overflow="fold")


class Column(NamedTuple):
    """A column of a table."""

    heading: str
    narrowest: int | None = None  # cells it may be narrowed to, its text wrapped; None keeps it whole
    justify: JustifyMethod = "left"


Row = Sequence[str | Text]


def table(
    columns: Sequence[Column],
    rows: Iterable[Row] = (),
    *,
    sections: Iterable[tuple[str, Iterable[Row]]] = (),
    spaced: bool = False,
) -> RenderableType:
    """A table as wide as its contents, at most the screen's width: long cells wrap, nothing is cut.

    Args:
        columns: the headings, and how each column behaves.
        rows: the rows of a table without sections.
        sections: each with the title that stands above its rows.
        spaced: with an empty line between rows.
    """
    parts = [
        (title, [[_cell(cell) for cell in row] for row in its]) for title, its in [("", rows), *sections]
    ]
    heading = [text(column.heading, "bold") for column in columns]
    widths = _fitted(columns, [heading, *(row for _title, cells in parts for row in cells)], width())
    rule = Text("─" * (sum(widths) + GAP * (len(widths) - 1)), style="dim")
    drawn: list[RenderableType] = [_grid(columns, widths, [heading]), rule]
    for title, cells in parts:
        if title:
            drawn.append(text(title, "bold cyan"))
        if cells:
            drawn.append(_grid(columns, widths, _spaced(cells) if spaced else cells))
    return Group(*drawn)


def _grid(columns: Sequence[Column], widths: list[int], rows: list[list[Text]]) -> Table:
    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=False)
    for column, cells in zip(columns, widths, strict=True):
        grid.add_column(width=cells, justify=column.justify, overflow="fold")
    for row in rows:
        grid.add_row(*(_folded(cell, cells) for cell, cells in zip(row, widths, strict=True)))
    return grid


def _folded(cell: Text, cells: int) -> Text:
    """A cell's text broken into lines; one of several styles (a bar) is never narrowed."""
    return cell if cell.spans else Text(wrapped(cell.plain, cells), style=cell.style)


def _spaced(rows: list[list[Text]]) -> list[list[Text]]:
    """The rows with an empty line between them."""
    return [line for row in rows for line in (row, [Text()] * len(row))][:-1]


def _cell(value: str | Text) -> Text:
    return text(value) if isinstance(value, str) else value


def _fitted(columns: Sequence[Column], rows: list[list[Text]], room: int) -> list[int]:
    """The width of each column: its longest line, narrowed where that is too much for the screen."""
    widths = [
        max(cell_len(line) for cell in cells for line in cell.plain.split("\n"))
        for cells in zip(*rows, strict=True)
    ]
    excess = sum(widths) + GAP * (len(widths) - 1) - room
    while excess > 0:
        spare = [w - (c.narrowest or w) for w, c in zip(widths, columns, strict=True)]
        if not any(spare):  # too narrow a screen for all to keep whole
            spare = widths
        widest = max(range(len(widths)), key=lambda n: (spare[n] > 0, widths[n]))
        widths[widest] -= 1
        excess -= 1
    return widths


def show(*parts: RenderableType) -> None:
    """Print what a command found. A pipe gets no blanks at the ends of lines."""
    screen = console()
    with screen.capture() as captured:
        for part in parts:
            screen.print(text(part) if isinstance(part, str) else part)
    printed = captured.get()
    if not sys.stdout.isatty():
        printed = "\n".join(line.rstrip() for line in printed.split("\n"))
    sys.stdout.write(printed)
    sys.stdout.flush()


def complain(lines: Iterable[str]) -> None:
    """Print an error on stderr, each fault on a line of its own, however long."""
    for line in lines:
        sys.stderr.write(printable(line).replace("\n", "\\n") + "\n")


def show_json(document: Any) -> None:
    """Print one JSON document, UTF-8 whatever the locale says."""
    import json

    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.buffer.flush()
