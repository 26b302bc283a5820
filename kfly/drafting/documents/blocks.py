"""A document as it was read: paragraphs and tables, in their order, and what is to be said of the reading."""

import re
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.signs import take_out_unseen

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


class Cell(NamedTuple):
    """A cell of a table, by the columns of the table's grid.

    Attributes:
        column: the first one that it covers, counted from 0.
        text: what stands in it, a line each paragraph.
        span: how many columns it covers.
        held: the text is that of a cell merged down to here.
        doubt: why it cannot be taken for what it seems to say.
        as_number: a sheet keeps it as a number or a day, and may show it otherwise.
    """

    column: int
    text: str = ""
    span: int = 1
    held: bool = False
    doubt: str = ""
    as_number: bool = False


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        number: as its source counts it: a sheet's row, a text's line, a table's row from 1.
        cells: in the order of their columns; those that the grid leaves out are not there.
        doubt: why it may be cut or shifted.
    """

    number: int
    cells: tuple[Cell, ...]
    doubt: str = ""


class Table(NamedTuple):
    """A table.

    Attributes:
        rows: its rows.
        name: what it is called in messages: a sheet's name, or “table 2”.
        widths: of the columns of its grid, where the document says; only how they compare counts.
    """

    rows: tuple[Row, ...]
    name: str = ""
    widths: tuple[int, ...] = ()


class Paragraph(NamedTuple):
    """A line of text outside of tables."""

    text: str
    number: int = 0  # of the line, or of the paragraph


Block = Paragraph | Table


class Document(NamedTuple):
    """What was read of a file.

    Attributes:
        file: its name.
        blocks: its paragraphs and tables.
        remarks: what was left out, worked out, or read with a word.
    """

    file: str
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [block for block in self.blocks if isinstance(block, Table)]


class DocumentRefusedError(KflyError):
    """A document that cannot be read, or not whole."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(_("{file}: {message}", file=file, message=why))


def clean(text: str) -> str:
    """Return a text without signs that cannot be shown, its blanks single, its lines without empty ones."""
    shown = _CONTROL.sub(
        "", take_out_unseen(text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    )
    lines = (_BLANKS.sub(" ", line).strip().strip("\u3000") for line in shown.split("\n"))
    return "\n".join(line for line in lines if line)
