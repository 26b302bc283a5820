"""The one look that all tables share: columns that fit the screen, or a block a row where they cannot."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice, pairwise, zip_longest
from operator import attrgetter
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType
from rich.segment import Segment
from rich.text import Text

from kfly.console.screen import measure_width, text, widest_piece, wrap
from kfly.console.widths import count_cells

GAP = 2  # between columns
FRAME = 4  # cells that a panel's frame takes from its width
HEAD = 2  # a table's headings and the rule below them
LONGEST_WORD = 14  # a column is not narrowed below its longest word; longer ones are broken
NARROWEST_MEANING = 12
DECIDING = 500  # rows of a long table by which the widths of its columns are chosen
AT_ONCE = 200  # rows that follow in one go


class Column(NamedTuple):
    """A column of a table."""

    heading: str
    narrowest: int | None = None  # cells it may be narrowed to, its text wrapped; None keeps it whole
    justify: JustifyMethod = "left"
    least: int = 0  # cells it has in any case, for what may come further down


TableRow = Sequence[str | Text]
Cells = list[Text]


def make_table(
    columns: Sequence[Column],
    rows: Iterable[TableRow] = (),
    *,
    sections: Iterable[tuple[str | Text, Iterable[TableRow]]] = (),
    spaced: bool = False,
) -> RenderableType:
    """Make a table as wide as its contents, at most the screen's width: long cells wrap, nothing is cut.

    Args:
        columns: the headings, and how each column behaves.
        rows: the rows of a table without sections.
        sections: each with the title that stands above its rows.
        spaced: with an empty line between rows.
    """
    parts = [(_title(title), [_cells(row) for row in its]) for title, its in [("", rows), *sections]]
    widths = _fit_screen(columns, [row for _title, its in parts for row in its])
    if widths is None:
        return Group(*_blocks(_heading(columns), parts))
    drawn = _draw_head(columns, widths)
    for title, its in parts:
        drawn += [Text()] if spaced and title and len(drawn) > HEAD else []
        drawn += [title] if title else []
        drawn += [_grid(columns, widths, _spaced(its) if spaced else its)] if its else []
    return Group(*drawn)


def make_table_in_parts(columns: Sequence[Column], rows: Iterable[TableRow]) -> Iterator[RenderableType]:
    """Make a table part by part while its rows are read, so that a million need not be there at once.

    The first rows decide how wide the columns are. Where what comes further down is longer, they are widened
    if the screen has room or a number or a word would be broken, below headings of their own; else it wraps.
    """
    coming = iter(rows)
    part = [_cells(row) for row in islice(coming, DECIDING)]
    widths = _fit_screen(columns, part)
    yield _begin_part(columns, widths, part)
    while part := [_cells(row) for row in islice(coming, AT_ONCE)]:
        before, widths = widths, widths and _widen(columns, widths, part)
        if widths and widths == before:
            yield _grid(columns, widths, part)
        else:
            yield Group(Text(), _begin_part(columns, widths, part))


def _begin_part(columns: Sequence[Column], widths: list[int] | None, rows: list[Cells]) -> RenderableType:
    """Draw rows below their headings; a block a row where there are no widths that fit."""
    if widths is None:
        return Group(*_blocks(_heading(columns), [(Text(), rows)]))
    return Group(*_draw_head(columns, widths), _grid(columns, widths, rows))


def _widen(columns: Sequence[Column], widths: list[int], rows: list[Cells]) -> list[int] | None:
    """Return the widths for further rows: wider ones only with room for all, or not to break a word."""
    by_column = list(zip(*rows, strict=True))
    longest = [_measure_longest(cells) for cells in by_column]
    wide = [max(pair) for pair in zip(widths, longest, strict=True)]
    if wide == widths or sum(wide) + GAP * (len(wide) - 1) <= measure_width():
        return wide
    floors = map(_floor, columns, by_column, longest)
    is_broken = any(floor > width for floor, width in zip(floors, widths, strict=True))
    return _fit_screen(columns, rows) if is_broken else widths


def _draw_head(columns: Sequence[Column], widths: list[int]) -> list[RenderableType]:
    """Draw the headings and the rule below them."""
    rule = Text("─" * (sum(widths) + GAP * (len(widths) - 1)), style="dim")
    return [_grid(columns, widths, [_heading(columns)]), rule]


def make_matrix(columns: Sequence[Column], rows: Iterable[TableRow]) -> RenderableType:
    """Make a table of many columns: those that do not fit beside each other stand in bands below.

    Each band begins with the first column, and has every row.
    """
    cells = [_cells(row) for row in rows]
    for size in range(len(columns) - 1, 0, -1):
        bands = [_picked(columns, cells, [0, *run]) for run in _even(range(1, len(columns)), size)]
        if all(_fit_screen(*band) for band in bands):
            drawn = [part for band in bands for part in (Text(), make_table(*band))]
            return Group(*drawn[1:])
    return make_table(columns, cells)


def _picked(columns: Sequence[Column], rows: list[Cells], run: list[int]) -> tuple[list[Column], list[Cells]]:
    return [columns[n] for n in run], [[row[n] for n in run] for row in rows]


def _even(numbers: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    """Split the numbers into runs of at most ``size``, as few as can be and about equally long."""
    runs = -(-len(numbers) // size)
    ends = [len(numbers) * n // runs for n in range(runs + 1)]
    return (numbers[start:end] for start, end in pairwise(ends))


def _heading(columns: Sequence[Column]) -> Cells:
    return [text(column.heading, "bold") for column in columns]


def _fit_screen(columns: Sequence[Column], rows: list[Cells]) -> list[int] | None:
    """Return the width of each column with its heading, on this screen; None where they do not fit."""
    return _fit_columns(columns, [_heading(columns), *rows], measure_width())


def _title(title: str | Text) -> Text:
    return title if isinstance(title, Text) else text(title, "bold cyan")


def make_panel(title: str, rows: Iterable[TableRow]) -> RenderableType:
    """Make a framed list as wide as the screen, a row's last cell its meaning; long ones wrap below."""
    from rich.panel import Panel  # for help pages alone

    cells = [_cells(row) for row in rows]
    columns = [*(Column("") for _cell in cells[0][1:]), Column("", NARROWEST_MEANING)]
    room = measure_width() - FRAME
    widths = _fit_columns(columns, cells, room)
    body = _grid(columns, widths, cells) if widths else Group(*_stacked(cells, room))
    return Panel(body, title=text(title), title_align="left", border_style="dim", width=measure_width())


def _cells(row: TableRow) -> Cells:
    return [text(cell) if isinstance(cell, str) else cell for cell in row]


class _Grid:
    """Rows below each other, written line by line: Rich's own table measures and folds every cell anew."""

    def __init__(self, columns: Sequence[Column], widths: list[int], rows: list[Cells]) -> None:
        self.columns = columns
        self.widths = widths
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        return self._draw_coloured(console) if console.color_system else self._draw_plain()

    def _draw_coloured(self, console: Console) -> Iterator[Segment]:
        gap, end = [Segment(" " * GAP)], Segment.line()
        for row in self.rows:
            cells = [
                list(_write_cell(console, cell, column, width))
                for cell, column, width in zip(row, self.columns, self.widths, strict=True)
            ]
            blank = [[Segment(" " * width)] for width in self.widths]
            for line in range(max(map(len, cells))):
                parts = [its[line] if line < len(its) else blank[at] for at, its in enumerate(cells)]
                yield from _join([*parts[0], *(each for part in parts[1:] for each in (*gap, *part))])
                yield end

    def _draw_plain(self) -> Iterator[Segment]:
        """Draw the rows where nothing is coloured, as in a pipe: thousands of them are no rarity there."""
        gap, end = " " * GAP, Segment.line()
        aligned = [column.justify == "right" for column in self.columns]
        for row in self.rows:
            cells = [
                [cell.plain] if cell.spans else _break_lines(cell.plain, width)
                for cell, width in zip(row, self.widths, strict=True)
            ]
            for line in zip_longest(*cells, fillvalue=""):
                yield Segment(gap.join(map(_pad, line, self.widths, aligned)))
                yield end


def _pad(line: str, width: int, right: bool) -> str:
    """Fill a cell's line up on the side where its column leaves room."""
    blanks = " " * (width - count_cells(line))
    return blanks + line if right else line + blanks


def _join(line: list[Segment]) -> Iterator[Segment]:
    """Join what has the same style: Rich measures and crops each segment by itself."""
    for style, its in groupby(line, key=attrgetter("style")):
        yield Segment("".join(segment.text for segment in its), style)


def _write_cell(console: Console, cell: Text, column: Column, width: int) -> Iterator[list[Segment]]:
    """Write a cell's lines, filled up to the width; one of several styles (a bar) is never narrowed."""
    if cell.spans:
        yield _fill(list(cell.render(console)), width - count_cells(cell.plain), column)
        return
    style = console.get_style(cell.style) if cell.style else None
    for line in _break_lines(cell.plain, width):
        yield _fill([Segment(line, style)], width - count_cells(line), column)


def _break_lines(text: str, width: int) -> list[str]:
    return (text if "\n" not in text and count_cells(text) <= width else wrap(text, width)).split("\n")


def _fill(line: list[Segment], missing: int, column: Column) -> list[Segment]:
    """Fill a line up on the side where its column leaves room."""
    blanks = [Segment(" " * missing)] if missing > 0 else []
    return [*blanks, *line] if column.justify == "right" else [*line, *blanks]


def _grid(columns: Sequence[Column], widths: list[int], rows: list[Cells]) -> RenderableType:
    return _Grid(columns, widths, rows)


def _fold_cell(cell: Text, cells: int) -> Text:
    """Break a cell's text into lines; a cell of several styles (a bar) is never narrowed."""
    return cell if cell.spans else Text(wrap(cell.plain, cells), style=cell.style)


def _spaced(rows: list[Cells]) -> list[Cells]:
    """Put an empty line between the rows."""
    return [line for row in rows for line in (row, [Text()] * len(row))][:-1]


def _blocks(heading: Cells, parts: list[tuple[Text, list[Cells]]]) -> Iterable[RenderableType]:
    """Yield each row as a block: a line a cell behind the column's heading, empty cells left out."""
    columns = (Column("", 8), Column("", 8))
    blocks = [
        (
            title if first == 0 else Text(),
            [list(pair) for pair in zip(heading, row, strict=True) if pair[1].plain],
        )
        for title, its in parts
        for first, row in enumerate(its)
    ]
    widths = _fit_columns(columns, [line for _title, lines in blocks for line in lines], measure_width())
    for number, (title, lines) in enumerate(blocks):
        if number:
            yield Text()
        if title:
            yield title
        yield _grid(columns, widths or [measure_width() // 3, measure_width() // 2], lines)


def _stacked(rows: list[Cells], room: int) -> Iterable[RenderableType]:
    """Yield the cells of each row, the last one below the others."""
    from rich.padding import Padding  # on narrow screens alone

    for *names, meaning in rows:
        yield _fold_cell(Text("  ").join(name for name in names if name.plain), room)
        yield Padding(_fold_cell(meaning, room - GAP), (0, 0, 0, GAP))


def _fit_columns(columns: Sequence[Column], rows: list[Cells], room: int) -> list[int] | None:
    """Return the width of each column: its longest line, or narrowed to the room; None if they cannot fit."""
    by_column = list(zip(*rows, strict=True))
    widths = [
        max(column.least, _measure_longest(cells))
        for column, cells in zip(columns, by_column, strict=False)  # no row, no width
    ]
    excess = sum(widths) + GAP * (len(widths) - 1) - room
    if excess <= 0:
        return widths
    floors = [_floor(*column) for column in zip(columns, by_column, widths, strict=True)]
    if sum(floors) + GAP * (len(floors) - 1) > room:
        return None
    widths = [min(width, room) for width in widths]  # so far each comes down in any case
    for _step in range(sum(widths) + GAP * (len(widths) - 1) - room):
        widest = max(range(len(widths)), key=lambda n: (widths[n] > floors[n], widths[n]))
        widths[widest] -= 1
    return widths


def _measure_longest(cells: Iterable[Text]) -> int:
    """Return the cells that the longest line takes."""
    return max(count_cells(line) for cell in cells for line in cell.plain.split("\n"))


def _floor(column: Column, cells: Sequence[Text], natural: int) -> int:
    """Return the width below which a column cannot be narrowed."""
    if column.narrowest is None:
        return natural
    longest = max(min(widest_piece(cell.plain), LONGEST_WORD) for cell in cells)
    return min(natural, max(column.narrowest, longest))
