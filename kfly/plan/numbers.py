"""Numbers of tasks: a whole number, or a text such as ``1.06``, ``（三）``, ``A.i``, as tables have it."""

import re
from collections.abc import Iterable

TaskNumber = int | str
TaskKey = tuple[int, TaskNumber]  # year and number of a task

LONGEST = 16  # characters of a text
_WHOLE = re.compile(r"[1-9]\d{0,3}", re.ASCII)
_ORDER = re.compile(r"a\d+")
_TEXT = re.compile(r"[^\s/-][^\s/]*")
_BRACKETS = str.maketrans("", "", "()[]{}<>〔〕【】〈〉《》")


def read_task_number(text: str) -> TaskNumber:
    """Return the number that a text writes; a whole number of 1 to 9999 is one, in quotes or not."""
    return int(text) if _WHOLE.fullmatch(text) else text


def read_task_key(text: str) -> TaskKey:
    """Return the year and the number that ``2022/12`` writes."""
    year, _slash, number = text.partition("/")
    return int(year), read_task_number(number)


def write_task_key(key: TaskKey) -> str:
    """Write a year and a number as ``2022/12``."""
    return "/".join(map(str, key))


def is_task_number(text: str) -> bool:
    """Tell whether a text can be a task's number: one word, without the slash that stands behind years."""
    return len(text) <= LONGEST and text.isprintable() and _TEXT.fullmatch(fold(text)) is not None


def is_kept_for_orders(number: TaskNumber) -> bool:
    """Tell whether a number has the form of an order's beyond the tables (交办), as ``A1``."""
    return _ORDER.fullmatch(fold(str(number))) is not None


def fold(text: str) -> str:
    """Return what a number as people type it is compared by: no matter how wide, in capitals or not."""
    plain = "".join(map(_widen, text)).casefold()
    return plain.lstrip("0") or "0" if plain.isascii() and plain.isdecimal() else plain


def _widen(sign: str) -> str:
    """Return a sign in its usual form; what stands high or low is another one: 1² is no 12."""
    if sign.isascii():
        return sign
    from unicodedata import decomposition, normalize  # what only shows tasks types no number

    return sign if decomposition(sign).startswith(("<super>", "<sub>")) else normalize("NFKC", sign)


def find_numbers(text: str, known: Iterable[TaskNumber]) -> set[TaskNumber]:
    """Find which numbers a text means: the very one, else those alike but for width, else for brackets."""
    numbers = set(known)
    for write in (str, fold, _bare):
        if found := {number for number in numbers if write(str(number)) == write(text)}:
            return found
    return set()


def _bare(text: str) -> str:
    return fold(fold(text).translate(_BRACKETS))
