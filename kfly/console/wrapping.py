"""Breaking a cell's text into lines as a reader of Chinese expects: no number torn, no comma ahead."""

import re

from rich.cells import cell_len

# A number or a word of letters stays whole, a closing sign stays with what it closes, an opening one with
# what it opens, a light with what it shines on; every other character may begin a line.
_OPENING = r"[（《“‘「\[(≥≤>]"
_CLOSING = r"[，。、；：？！）》”’」…,.;:?!%\])]"
_PIECE = re.compile(rf"(?:[✓✗●▲■◆] )?{_OPENING}*(?:[!-~²]+|.){_CLOSING}*| +", re.DOTALL)


def wrap(text: str, width: int) -> str:
    """Break a text into lines of at most ``width`` cells; only blanks at a break are lost."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def widest_piece(text: str) -> int:
    """Return the width of the longest number or word: a narrower column would tear it."""
    return max((cell_len(piece) for piece in _PIECE.findall(text)), default=0)


def _lines(text: str, width: int) -> list[str]:
    lines, line, used = [], "", 0
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if used + size > width:
            if line.strip():
                lines.append(line.rstrip())
            line, used = "", 0
            if piece.isspace():
                continue
        line += piece
        used += size
    return [*lines, line]


def _pieces(text: str, width: int) -> list[str]:
    """Split a text into pieces that stay whole; only one wider than the column is broken, sign by sign."""
    pieces = []
    for piece in _PIECE.findall(text):
        pieces += [piece] if cell_len(piece) <= width else list(piece)
    return pieces
