"""Plain text: lines whose columns are cut by tabs, bars or wide gaps, and tables copied a cell a line."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kfly.drafting.documents.aligned import find_columns, find_pieces
from kfly.drafting.documents.blocks import (
    Block,
    Cell,
    Document,
    DocumentRefusedError,
    Paragraph,
    Row,
    Table,
    clean,
)
from kfly.drafting.documents.decoding import decode, read_bytes
from kfly.locale import _

IsHeading = Callable[[Sequence[str]], bool]

_BARS = re.compile(r"[|│┃]")
_BAR = re.compile(r"(?<!\\)\|")  # Markdown writes \| for a bar within a cell
_BREAK, _EMPHASIS = re.compile(r"<br\s*/?>", re.IGNORECASE), re.compile(r"(\*\*|__)(.+?)\1")  # of Markdown
_RULE = re.compile(r"[\s|│┃+\-=:─━┄┈├┼┤┌┬┐└┴┘┏┳┓┗┻┛┣╋┫┠╂┨]+")
_GAP = re.compile(r"(?: {2,}|\u3000+| *\t[ \t]*)")
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,4}(?:[.-]\d{1,3})?[）).、．]?", re.ASCII)
_LEAST_COLUMNS = 3


def read(path: Path, name: str, is_heading: IsHeading) -> Document:
    """Read a text.

    Args:
        path: where it lies.
        name: what it is called in messages.
        is_heading: tells whether some words are the headings of a table.

    Raises:
        DocumentRefusedError: it cannot be read, or a table in it cannot be told into cells.
    """
    lines = decode(read_bytes(path, name), name).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Document(name, tuple(_Text(lines, name, is_heading).read()))


class _Text:
    """A text being read."""

    def __init__(self, lines: list[str], name: str, is_heading: IsHeading) -> None:
        self.lines, self.name, self.is_heading = lines, name, is_heading
        self.tables = 0

    def read(self) -> Iterator[Block]:
        """Yield the lines of the text, and its tables."""
        at = 0
        while at < len(self.lines):
            cut = self._find_cut(self.lines[at])
            if cut is not None:
                end = self._find_end(at, cut)
                yield self._read_table(at, end, cut)
                at = end
                continue
            width = self._find_copied(at)
            if width:
                yield self._read_copied(at, width)
                return
            if text := clean(_EMPHASIS.sub(r"\2", self.lines[at])):
                yield Paragraph(text, at + 1)
            at += 1

    def _find_cut(self, line: str) -> Callable[[str], list[str]] | None:
        """Find how a line of headings is cut into them; None if it is none."""
        for cut in (_cut_at_tabs, _cut_at_bars, _cut_at_gaps):
            cells = cut(line)
            if len(cells) >= _LEAST_COLUMNS and self.is_heading(cells):
                return cut
        return None

    def _find_end(self, begin: int, cut: Callable[[str], list[str]]) -> int:
        """Find where a table ends: before the last lines that are not cut as it is.

        A line of one piece that begins below a heading but the first still belongs to it.
        """
        end = begin + 1
        headings = find_pieces(self.lines[begin])
        for at in range(begin + 1, len(self.lines)):
            goes_on = cut is _cut_at_gaps and at == end and (find_columns(self.lines[at], headings) or [0])[0]
            if len(cut(self.lines[at])) > 1 or goes_on:
                end = at + 1
        return end

    def _read_table(self, begin: int, end: int, cut: Callable[[str], list[str]]) -> Table:
        width = len(cut(self.lines[begin]))
        self.tables += 1
        return Table(tuple(self._rows(begin, end, cut, width)), _("table {n}", n=self.tables))

    def _rows(self, begin: int, end: int, cut: Callable[[str], list[str]], width: int) -> Iterator[Row]:
        """Yield the rows of a table: a line each; of one ruled row by row, all lines between two rules."""
        lines: list[Row] = []
        ruled = self._is_ruled(begin, end)
        for at in range(begin, end):
            line = self.lines[at]
            if _is_rule(line):
                if ruled and lines:
                    yield _join_lines(lines)
                    lines = []
            elif line.strip():
                row = self._read_line(at, begin, cut, width)
                if ruled:
                    lines.append(row)
                else:
                    yield row
        if lines:
            yield _join_lines(lines)

    def _is_ruled(self, begin: int, end: int) -> bool:
        """Tell whether rules part the rows of a table, and not only its headings from them."""
        kinds = [_is_rule(line) for line in self.lines[begin:end] if line.strip()]
        while kinds and kinds[-1]:
            kinds.pop()
        return sum(kinds) > 1

    def _read_line(self, at: int, begin: int, cut: Callable[[str], list[str]], width: int) -> Row:
        cells = cut(self.lines[at])
        columns: Sequence[int] | None = range(len(cells)) if len(cells) == width else None
        if columns is None and cut is _cut_at_gaps:
            columns = find_columns(self.lines[at], find_pieces(self.lines[begin]))
        doubt = _("cells: {n}, but headings: {width}", n=len(cells), width=width) if columns is None else ""
        places = range(len(cells)) if columns is None else columns
        found = (Cell(column, clean(text)) for column, text in zip(places, cells, strict=True))
        return Row(at + 1, tuple(found), doubt)

    def _find_copied(self, begin: int) -> int:
        """Count the headings that stand a line each from here on; 0 where none do."""
        words: list[str] = []
        for line in self.lines[begin:]:
            if not line.strip():
                continue
            if not self.is_heading([line]):
                break
            words.append(line)
        return len(words) if len(words) >= _LEAST_COLUMNS and self.is_heading(words) else 0

    def _read_copied(self, begin: int, width: int) -> Table:
        """Read a table that was copied a cell a line; nothing but counting tells its cells.

        Raises:
            DocumentRefusedError: the counts do not agree.
        """
        lines = [(at, text) for at in range(begin, len(self.lines)) if (text := clean(self.lines[at]))]
        groups = [lines[at : at + width] for at in range(0, len(lines), width)]
        numbered = [_NUMBERED.fullmatch(group[0][1]) is not None for group in groups[1:]]
        if len(groups[-1]) != width or not all(numbered) or not numbered:
            wrong = next((g for g, right in zip(groups[1:], numbered, strict=True) if not right), groups[-1])
            why = _(
                "line {line}: a table was copied here a cell a line, and it cannot be told which cells belong"
                " together; copy it into a spreadsheet or Word, and save that",
                line=wrong[0][0] + 1,
            )
            raise DocumentRefusedError(self.name, why)
        self.tables += 1
        rows = (
            Row(group[0][0] + 1, tuple(Cell(column, text) for column, (_at, text) in enumerate(group)))
            for group in groups
        )
        return Table(tuple(rows), _("table {n}", n=self.tables))


def _is_rule(line: str) -> bool:
    return bool(line.strip("\t ")) and _RULE.fullmatch(line) is not None


def _join_lines(lines: Sequence[Row]) -> Row:
    """Join the lines of a row, cell by cell."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        for cell in line.cells:
            texts.setdefault(cell.column, []).append(cell.text)
    cells = tuple(Cell(column, clean("\n".join(parts))) for column, parts in sorted(texts.items()))
    return Row(lines[0].number, cells, next((line.doubt for line in lines if line.doubt), ""))


def _cut_at_tabs(line: str) -> list[str]:
    return line.split("\t")


def _cut_at_bars(line: str) -> list[str]:
    plain = _BARS.sub("|", line).strip()
    cells = _BAR.split(plain.removeprefix("|").removesuffix("|"))
    return [_EMPHASIS.sub(r"\2", _BREAK.sub("\n", cell)).replace(r"\|", "|") for cell in cells]


def _cut_at_gaps(line: str) -> list[str]:
    return _GAP.split(line.strip())
