"""Numbers that are missing among those of a document: 3 between 2 and 4, （二） between （一） and （三）."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

Number = int | str

_FIGURES = "零一二三四五六七八九"
_PARTS = re.compile(
    r"(?P<before>.*?)(?P<count>\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?P<behind>[^\d一二三四五六七八九十]*)",
    re.ASCII,  # figures of other scripts (٣) are no count
)
_MOST_MISSING = 200  # numbers that are counted as a gap


class _Series(NamedTuple):
    """What the numbers of one series have in common: all but the count."""

    before: str
    behind: str
    width: int  # of figures: 0 for Chinese ones


def find_gaps(numbers: Sequence[Number]) -> tuple[Number, ...]:
    """Find the numbers that are missing, series by series, in the form of the others.

    A series of whole numbers begins with 1, as does one of several that count within a chapter.
    """
    found: dict[_Series, set[int]] = {}
    for number in numbers:
        if match := _PARTS.fullmatch(str(number)):
            series = _Series(match["before"], match["behind"], _find_width(match["count"]))
            found.setdefault(series, set()).add(_count(match["count"]))
    for padded in [series for series in found if series.width > 1]:  # 01 … 09, and 10
        found[padded] |= found.pop(padded._replace(width=1), set())
    return tuple(gap for series, counts in found.items() for gap in _list_gaps(series, counts))


def _list_gaps(series: _Series, counts: set[int]) -> Iterator[Number]:
    is_whole = series == _Series("", "", 1)
    if (len(counts) == 1 and not is_whole) or max(counts) > len(counts) + _MOST_MISSING:
        return
    for count in range(1, max(counts)):
        if count not in counts:
            yield count if is_whole else f"{series.before}{_write(count, series.width)}{series.behind}"


def _find_width(count: str) -> int:
    """Return how many figures a count is written with; 1 where no zeros stand before it."""
    if not count.isascii():
        return 0
    return len(count) if count.startswith("0") else 1


def _count(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _FIGURES.index(text[-1])
    return 10 * (_FIGURES.index(tens[-1]) if tens else 1) + (_FIGURES.index(ones) if ones else 0)


def _write(count: int, width: int) -> str:
    if width:
        return f"{count:0{width}d}"
    tens, ones = divmod(count, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_FIGURES[tens % 10]}十"
    return ten + (_FIGURES[ones] if ones else "")
