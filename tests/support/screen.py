"""Reads what was printed the way a person does: a wrapped cell is one text."""

from itertools import groupby

from rich.cells import cell_len


def widest(printed: str) -> int:
    """The width of the longest line, in cells."""
    return max((cell_len(line) for line in printed.splitlines()), default=0)


def squeezed(text: str) -> str:
    """The text without blanks and frames; a line break inside a text goes with them."""
    return "".join(text.replace("│", "").split())


def missing(texts: list[str], printed: str) -> list[str]:
    """Which of the texts cannot be read in what was printed, neither in a column nor in a block of lines."""
    readable = [squeezed(printed), *(squeezed(column) for column in _columns(printed))]
    wanted = ((text, squeezed(text)) for text in texts)
    return [text for text, signs in wanted if not any(signs in column for column in readable)]


def _columns(printed: str) -> list[str]:
    """The columns of a table, each read from top to bottom; none where there is no table."""
    lines = printed.splitlines()
    rule = next((n for n, line in enumerate(lines) if line and not line.strip("─")), None)
    if rule is None:
        return []
    rows = [_cells(line) for line in lines[rule - 1 :] if line.strip("─")]
    table = [row for row in rows if not _is_a_title(row)]
    width = max(map(len, table))
    padded = [row + [" "] * (width - len(row)) for row in table]
    blank = [all(row[x] == " " for row in padded) for x in range(width)]
    columns, start = [], 0
    for is_gap, run in groupby(range(width), lambda x: blank[x]):
        places = list(run)
        if is_gap and len(places) >= 2:
            columns.append((start, places[0]))
            start = places[-1] + 1
    return ["".join("".join(row[a:b]) for row in padded) for a, b in [*columns, (start, width)]]


def _is_a_title(row: list[str]) -> bool:
    """Whether a line has one text alone: a section's title, or the words below a table."""
    return row[0] != " " and "  " not in "".join(row).rstrip()


def _cells(line: str) -> list[str]:
    """A sign for each cell; a wide one takes two, the second empty."""
    return [part for sign in line for part in (sign, *[""] * (cell_len(sign) - 1))]
