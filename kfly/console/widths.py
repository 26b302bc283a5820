"""How many cells of the screen a text takes: as Rich counts, in a fraction of the time."""

from functools import lru_cache

from rich.cells import cell_len

_JOINING = ("\u200d", "\ufe0f")  # with one of these, several signs may be drawn as one


class _Widths(dict[str, int]):
    """The width of each sign that was met."""

    def __missing__(self, sign: str) -> int:
        self[sign] = width = cell_len(sign)
        return width


_WIDTHS = _Widths()


@lru_cache(4096)
def count_cells(text: str) -> int:
    """Count the cells that a text takes on the screen."""
    if any(sign in text for sign in _JOINING):
        return cell_len(text)
    return sum(map(_WIDTHS.__getitem__, text))
