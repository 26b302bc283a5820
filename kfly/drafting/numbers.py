"""Numbers of a draft's tasks: the document's; where it gives none, or one twice, others that differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kfly.drafting.headings import NUMBER
from kfly.drafting.rows import TableRow
from kfly.locale import _
from kfly.plan.signs import normalise

Number = int | str

_WHOLE = re.compile(r"(?:第)?([1-9]\d{0,3})(?:[.、．)）]|项|条)?", re.ASCII)
_ORDINAL = re.compile(r"第?([一二三四五六七八九十百]+)[、.．章节部分]|[（(]([一二三四五六七八九十]+)[）)]")
_LONGEST = 16  # characters of a number that is a text
_ORDER = re.compile(r"a\d+", re.IGNORECASE | re.ASCII)


class Numbers(NamedTuple):
    """The numbers of a table.

    Attributes:
        given: that of each row, with what is doubtful about it.
        remarks: what has to be said of them all.
        read: those of the document, before one that covers several rows was told apart.
    """

    given: tuple[tuple[Number, tuple[str, ...]], ...]
    remarks: tuple[str, ...] = ()
    read: tuple[Number, ...] = ()


def give_numbers(rows: Sequence[TableRow]) -> Numbers:
    """Give each row the number of the document.

    Without a column of numbers the rows are counted. Where numbers begin anew in each chapter, the chapter's
    own number stands before them; where one number covers several rows, theirs stand behind it.
    """
    if not any(NUMBER in row.parts for row in rows):
        counted = tuple((number, ()) for number in range(1, len(rows) + 1))
        return Numbers(counted, (_("the rows have no numbers; they were counted"),))
    read = [_read_number(row.parts.get(NUMBER, "")) for row in rows]
    remarks: list[str] = []
    chapters = next((its for its in _list_chapters(rows) if _begins_anew(read, its)), None)
    if chapters is not None:
        read = _number_by_chapter(read, chapters)
        remarks.append(_("numbers begin anew in each chapter; the chapter's stands before them"))
    return Numbers(tuple(_tell_apart(read, rows)), tuple(remarks), tuple(read))


def _list_chapters(rows: Sequence[TableRow]) -> Iterator[list[str]]:
    """Yield what may be the chapters in which numbers begin anew: headings, or a column such as 类别."""
    yield [row.chapter for row in rows]
    others = [dict(row.others) for row in rows]
    for label in others[0]:
        texts = [its.get(label, "") for its in others]
        if all(texts) and _follow_each_other(texts):
            yield texts


def _follow_each_other(texts: Sequence[str]) -> bool:
    """Tell whether equal texts stand together, as those of a column of chapters do."""
    met = [text for text, _same in groupby(texts)]
    return len(met) == len(set(met)) < len(texts)


def _read_number(text: str) -> Number:
    """Read a number: whole ones as such, others as the text they are; empty where there is none."""
    plain = "".join(normalise(text).split())
    whole = _WHOLE.fullmatch(plain)
    return int(whole[1]) if whole else "".join(text.split())


def _begins_anew(numbers: Sequence[Number], chapters: Sequence[str]) -> bool:
    """Tell whether numbers are given again, but never within one chapter."""
    twice = [number for number, times in Counter(number for number in numbers if number).items() if times > 1]
    together = Counter(zip(chapters, numbers, strict=True))
    return bool(twice) and all(together[chapter, n] <= 1 for chapter in set(chapters) for n in twice)


def _number_by_chapter(numbers: Sequence[Number], chapters: Sequence[str]) -> list[Number]:
    order = {chapter: str(at) for at, chapter in enumerate(dict.fromkeys(chapters), start=1)}
    named = {chapter: match[1] or match[2] for chapter in order if (match := _ORDINAL.match(chapter))}
    labels = named if len(named) == len(order) == len(set(named.values())) else order
    return [f"{labels[chapter]}-{n}" if n else n for n, chapter in zip(numbers, chapters, strict=True)]


def _tell_apart(numbers: Sequence[Number], rows: Sequence[TableRow]) -> list[tuple[Number, tuple[str, ...]]]:
    """Give a number that stands before several rows to each of them, with its own behind; say so there."""
    times, met = Counter(numbers), Counter[Number]()
    given: list[tuple[Number, tuple[str, ...]]] = []
    for number, row in zip(numbers, rows, strict=True):
        met[number] += 1
        if not number:
            made = f"?{row.number}"
            given.append((made, (_("it has no number; “{number}” is only a stand-in", number=made),)))
        elif times[number] > 1:
            made = f"{number}-{met[number]}"
            why = _("number {number} stands before {n} rows", number=number, n=times[number])
            given.append((made, (why,)))
        else:
            given.append((number, _doubt(number)))
    return given


def _doubt(number: Number) -> tuple[str, ...]:
    """Say why a number is none that a plan file takes."""
    if isinstance(number, int):
        return ()
    if _ORDER.fullmatch(number):  # as “export tasks” writes it beside the table's own
        order = _(
            "“{number}” is the number of an order beyond the tables: leave it out, or give it another",
            number=number,
        )
        return (order,)
    if len(number) <= _LONGEST and "/" not in number:
        return ()
    return (_("“{number}” is no number that a plan file takes", number=number),)
