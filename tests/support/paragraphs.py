"""Reads several tables in one print, each by itself; between them stand sentences."""

from itertools import groupby

from rich.cells import cell_len

from tests.support.screen import squeezed


def unread(texts: list[str], printed: str) -> list[str]:
    """Which of the texts cannot be read in any paragraph, neither as lines nor down a column of its table."""
    paragraphs = printed.split("\n\n")
    readable = [squeezed(text) for part in paragraphs for text in (part, *_columns(part))]
    return [text for text in texts if not any(squeezed(text) in column for column in readable)]


def _columns(paragraph: str) -> list[str]:
    lines = paragraph.strip("\n").splitlines()
    if not any(line and not line.strip("─") for line in lines):
        return []
    rows = [_cells(line) for line in lines if line.strip("─")]
    width = max(map(len, rows))
    padded = [row + [" "] * (width - len(row)) for row in rows]
    blank = [all(row[x] == " " for row in padded) for x in range(width)]
    runs = [(is_gap, list(run)) for is_gap, run in groupby(range(width), lambda x: blank[x])]
    starts = [0, *(places[-1] + 1 for is_gap, places in runs if is_gap and len(places) > 1)]
    ends = [*starts[1:], width]
    return ["".join("".join(row[a:b]) for row in padded) for a, b in zip(starts, ends, strict=True)]


def _cells(line: str) -> list[str]:
    """A sign for each cell; a wide one takes two, the second empty."""
    return [part for sign in line for part in (sign, *[""] * (cell_len(sign) - 1))]
