"""A draft of a yearly table: its tasks, every doubt where it stands, and an account of every row."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kfly.drafting.documents.blocks import Block, Document, Paragraph, Table
from kfly.drafting.documents.reading import read_document
from kfly.drafting.gaps import find_gaps
from kfly.drafting.headings import DUE, LEAD, PARTIES, RESPONSIBLE, TITLE, find_role, is_heading_row, is_weak
from kfly.drafting.items import find_items
from kfly.drafting.names import Names
from kfly.drafting.numbers import give_numbers
from kfly.drafting.organisations import is_name
from kfly.drafting.rows import Found, Passed, TableRow
from kfly.drafting.tables import find_tasks, find_year
from kfly.drafting.tasks import Number, Task, TaskMaker
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.dates import EARLIEST, LATEST
from kfly.plan.deadlines.spans import Years

_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_TITLE_LINES, _LONGEST_TITLE = 15, 60  # where a document's own title is looked for


class Unknown(NamedTuple):
    """An organisation that the plan does not know."""

    name: str
    near: str  # the plan's name that it may mean; empty if none is near
    tasks: tuple[Number, ...]


class Draft(NamedTuple):
    """A yearly table out of a document.

    Attributes:
        file: the document.
        year: of the table.
        tasks: in the order of the document.
        passed: rows that are no tasks, and why.
        seen: how many rows there were.
        gaps: numbers that are missing among the others.
        unknown: organisations that the plan does not know.
        columns: headings that have no place in a plan file; their texts are comments.
        remarks: what has to be said of the reading.
        doubts: of the document as a whole.
    """

    file: str
    year: int
    tasks: tuple[Task, ...]
    passed: tuple[Passed, ...]
    seen: int
    gaps: tuple[Number, ...]
    unknown: tuple[Unknown, ...]
    columns: tuple[str, ...]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether an office has nothing to settle."""
        return not (self.doubts or self.unknown or any(task.doubts for task in self.tasks))


def draft_file(path: Path, names: Names, year: int | None = None) -> Draft:
    """Draft a yearly table out of a document of any format.

    Args:
        path: the document.
        names: what the plan knows.
        year: of the table, where the document does not say, or holds several.

    Raises:
        KflyError: it cannot be read, holds no tasks, or does not say its year.
    """
    return draft(read_document(path, is_heading_row), names, year)


def draft(document: Document, names: Names, year: int | None = None) -> Draft:
    """Draft a yearly table out of a document that was read.

    Raises:
        KflyError: it holds no tasks, or does not say its year.
    """
    found, remarks = _find(document, year)
    of_year = year or _find_year(document, found.rows)
    years = Years(names.year_start, of_year)
    numbers = give_numbers(found.rows)
    make = TaskMaker(found, names, years)
    tasks = tuple(make.make_task(row, *number) for row, number in zip(found.rows, numbers.given, strict=True))
    return Draft(
        file=document.file,
        year=of_year,
        tasks=tasks,
        passed=found.passed,
        seen=found.seen,
        gaps=find_gaps(numbers.read),
        unknown=_find_unknown(tasks, names),
        columns=tuple(dict.fromkeys(column.label for column in found.columns if not column.role)),
        remarks=(*document.remarks, *found.remarks, *remarks, *numbers.remarks),
        doubts=(*found.doubts, *_doubt_columns(found)),
    )


def _find(document: Document, year: int | None) -> tuple[Found, list[str]]:
    """Find the tasks in the tables; without any, in the lists.

    Raises:
        KflyError: there are none.
    """
    found, listed = find_tasks(document, year), find_items(document)
    if found.rows:
        return _tell_items(document, found, listed)
    if listed.rows:
        return listed, []
    if found.passed and year is not None:
        raise KflyError(_("{file} holds no tasks of {year}.", file=document.file, year=year))
    if found.doubts:
        raise KflyError(_("{file}: {message}", file=document.file, message=found.doubts[0]))
    if found.columns:
        raise KflyError(_("{file}: the table holds no tasks.", file=document.file))
    raise KflyError(
        _(
            "{file}: no table of tasks was found, and no items that say in brackets who leads them; the"
            " headings of a table should be such as No., Task, Lead, Responsible, Due.",
            file=document.file,
        )
    )


def _tell_items(document: Document, found: Found, listed: Found) -> tuple[Found, list[str]]:
    """Tell of items beside the tables that say who does them: those before are what an annex says once more.

    Those behind a table are doubted: nothing says them again.
    """
    first = next(n for n, block in enumerate(document.blocks) if _is_table(block, found.rows[0].table))
    behind = find_items(document._replace(blocks=document.blocks[first:]))
    said = _("items outside of the table that name organisations, passed over: {n}", n=len(listed.rows))
    if behind.rows:
        return found._replace(doubts=(*found.doubts, said)), []
    return found, [said] * bool(listed.rows)


def _is_table(block: Block, name: str) -> bool:
    return isinstance(block, Table) and block.name == name


def _find_year(document: Document, rows: Sequence[TableRow]) -> int:
    """Find the one year that the titles name, or else the file's name.

    Raises:
        KflyError: there is none, or there are several.
    """
    years = sorted({row.year for row in rows if row.year is not None})
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    titled = find_year([line for line in lines[:_TITLE_LINES] if len(line) <= _LONGEST_TITLE])
    if not years and titled is not None:
        years = [titled]
    if not years:
        years = sorted({int(year) for year in _YEAR_IN_NAME.findall(document.file)})
    if len(years) == 1 and EARLIEST <= years[0] <= LATEST:
        return years[0]
    if years:
        several = _("{file} speaks of several years ({years}): “kfly draft --year” says which is meant.")
        raise KflyError(several.format(file=document.file, years=_(", ").join(map(str, years))))
    none = _("{file} does not say of which year it is: “kfly draft --year” says so.", file=document.file)
    raise KflyError(none)


def _doubt_columns(found: Found) -> Iterator[str]:
    """Yield what is doubtful of the headings: who does it, what is to be done, and what two of them mean."""
    if found.columns and all(column.role not in (LEAD, RESPONSIBLE) for column in found.columns):
        yield _("no column says who leads or answers for the tasks")
    for column in found.columns:
        if column.role == TITLE and find_role(column.label) != TITLE:
            yield _("no heading is known to say what is to be done; “{label}” was taken", label=column.label)
    said = [other for row in found.rows for other in row.others]
    for label in dict.fromkeys(c.label for c in found.columns if c.instead_of in (*PARTIES, DUE)):
        # 单位 may be what things are counted in: 个, 万元.
        if any(its == label and (is_name(text) or not is_weak(label)) for its, text in said):
            yield _(
                "“{label}” means the same as the heading of another column and was kept as a comment",
                label=label,
            )


def _find_unknown(tasks: Sequence[Task], names: Names) -> tuple[Unknown, ...]:
    """Find the organisations that the plan does not know, in the order in which they come."""
    found: dict[str, list[Number]] = {}
    for task in tasks:
        for name in (*task.parties.lead, *task.parties.responsible, *task.parties.support):
            if not names.is_known(name):
                found.setdefault(name, []).append(task.number)
    return tuple(Unknown(name, names.find_near(name), tuple(where)) for name, where in found.items())
