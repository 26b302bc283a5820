"""What a table really is: several, one below the other, each with headings of its own; or none of tasks."""

from collections.abc import Iterator, Sequence

from kfly.drafting.columns import find_headings
from kfly.drafting.documents.blocks import Row, Table
from kfly.drafting.headings import DUE, PARTIES, find_role, fold_heading, is_heading_row, is_weak
from kfly.drafting.organisations import is_name

_LEAST_LABELS = 3  # cells of a row within a table that are headings
_LEAST_BESIDE = 2  # headings in one row of a form
_PEOPLE = frozenset(
    (
        "姓名",
        "职务",
        "电话",
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "办公电话",
        "name",
        "phone",
    )
)
_LOOKED_AT = 12  # rows from the top


def split_table(table: Table) -> Iterator[Table]:
    """Yield the tables that stand below each other in one, as a sheet may hold them.

    Another begins where other headings do, or the same in another order, or below another title; with them
    begin the titles right above.
    """
    begin, labels, titles = 0, _find_labels(table.rows), _find_titles(table.rows)
    for at in range(1, len(table.rows) if labels else 0):
        own = _read_labels(table.rows[at])
        if not own:
            continue
        first = _find_first_title(table.rows, at)
        above = {_text_of(row) for row in table.rows[first:at]} - {""}
        if first > begin and (not own <= labels or not above <= titles):
            yield table._replace(rows=table.rows[begin:first])
            begin = first
            labels, titles = _find_labels(table.rows[begin:]) or own, titles | above
    yield table._replace(rows=table.rows[begin:])


Label = tuple[int, str]  # the first column of the grid that a heading covers, and its words


def _find_labels(rows: Sequence[Row]) -> frozenset[Label]:
    """Find the headings of a table, those of both rows where there are two."""
    found = find_headings(Table(tuple(rows)))
    if found is None:
        return frozenset()
    at, depth, _columns = found
    cells = (cell for row in rows[at : at + depth] for cell in row.cells)
    return frozenset((cell.column, fold_heading(cell.text)) for cell in cells if cell.text)


def _read_labels(row: Row) -> frozenset[Label]:
    """Return what a row's headings say; empty where it is none of headings, without any doubt."""
    own = [cell for cell in row.cells if cell.text and not cell.held]
    texts = [cell.text for cell in own]
    if len(texts) < _LEAST_LABELS or any(map(_has_figures, texts)):
        return frozenset()
    known = [text for text in texts if find_role(text)]
    if len(known) < max(_LEAST_LABELS, len(texts) / 2) or not is_heading_row(texts):
        return frozenset()
    return frozenset((cell.column, fold_heading(cell.text)) for cell in own)


def _has_figures(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _find_titles(rows: Sequence[Row]) -> set[str]:
    """Find the titles above the first headings."""
    found = find_headings(Table(tuple(rows)))
    return {_text_of(row) for row in rows[: found[0]]} if found else set()


def _find_first_title(rows: Sequence[Row], at: int) -> int:
    """Find the first of the titles above some headings: rows of one text each."""
    while at > 0 and _may_be_title(rows[at - 1]):
        at -= 1
    return at


def _may_be_title(row: Row) -> bool:
    """Tell whether a row may be a title; a name behind the first column goes on with a task above."""
    filled = [cell for cell in row.cells if cell.text]
    goes_on = any(cell.column and is_name(cell.text) and not _has_figures(cell.text) for cell in filled)
    return len(filled) <= 1 and not goes_on


def _text_of(row: Row) -> str:
    return " ".join(cell.text for cell in row.cells if cell.text)


def is_form(rows: Sequence[Row]) -> bool:
    """Tell whether headings stand beside what they name: 牵头单位 | 县住建局 | 责任单位 | 县水务局."""
    for row in rows[:_LOOKED_AT]:
        texts = [cell.text for cell in row.cells if cell.text and not cell.held]
        roles = [find_role(text) for text in texts if not is_weak(text)]
        beside = sum(role in (*PARTIES, DUE) for role in roles)
        if beside and sum(map(bool, roles)) >= _LEAST_BESIDE and not is_heading_row(texts):
            return True
    return False


def may_hold_tasks(table: Table) -> bool:
    """Tell whether a table without headings of tasks may hold some: a row looks like headings of such."""
    for row in table.rows[:_LOOKED_AT]:
        roles = {find_role(cell.text) for cell in row.cells if not is_weak(cell.text)} - {""}
        if len(roles) >= _LEAST_BESIDE and roles.intersection((*PARTIES, DUE)):
            return True
    return False


def is_of_people(table: Table) -> bool:
    """Tell whether a table is a list of people: 姓名, 职务, 电话."""
    heads = [{fold_heading(cell.text) for cell in row.cells} for row in table.rows[:_LOOKED_AT]]
    return any(len(texts & _PEOPLE) >= _LEAST_BESIDE for texts in heads) and not may_hold_tasks(table)
