"""How wide and how high texts are in a workbook: a Chinese sign takes the room of two Latin ones."""

from collections.abc import Iterable

SAMPLE = 200  # rows that decide how wide a column is
NARROWEST, WIDEST = 10, 44  # characters of a column
LINE, TALLEST = 15.0, 400.0  # points of a line, and of a row


def text_width(text: str) -> int:
    """Return how wide a text's longest line is, in characters of Latin script; a Chinese one takes two."""
    return max([len(line.encode("gb18030", "replace")) for line in text.split("\n")])


def lines_of(text: str, width: int) -> int:
    """Count the lines that a text takes in a column of this width."""
    return sum(max(-(-text_width(line) // width), 1) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """Return the height, in points, of a row of so many lines."""
    return min(lines * LINE, TALLEST)


def row_height(texts: Iterable[tuple[str, int]]) -> float | None:
    """Return the height of a row of wrapped texts in columns of these widths; None for a single line."""
    lines = max(lines_of(text, width) for text, width in texts)
    return height_of(lines) if lines > 1 else None


def column_width(texts: Iterable[str]) -> int:
    """Return a column's width that suits these texts."""
    return min(max(max(map(text_width, texts), default=0) + 3, NARROWEST), WIDEST)
