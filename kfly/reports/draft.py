"""``draft``: what was read, written and passed over, and what is to be settled."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from kfly.drafting.doubts import list_doubts
from kfly.drafting.drafting import Draft
from kfly.drafting.rows import Passed
from kfly.drafting.tasks import Task
from kfly.locale import _

MOST_SHOWN = 20  # doubts, and rows of one reason


def document(draft: Draft, output: str | None, text: str) -> dict[str, Any]:
    """Return the JSON of a draft; the text of the plan file only where it was not written."""
    return {
        "file": draft.file,
        "year": draft.year,
        "output": output,
        "clear": draft.is_clear,
        "rows": {
            "seen": draft.seen,
            "written": len(draft.tasks),
            "passed_over": [passed._asdict() for passed in draft.passed],
        },
        "gaps": list(draft.gaps),
        "unknown": [{**unknown._asdict(), "near": unknown.near or None} for unknown in draft.unknown],
        "doubts": list_doubts(draft),
        "remarks": list(draft.remarks),
        "tasks": [_document_task(task) for task in draft.tasks],
        **({} if output else {"yaml": text}),
    }


def _document_task(task: Task) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title,
        "lead": task.parties.lead,
        "responsible": task.parties.responsible,
        "support": task.parties.support,
        "leader": task.leader or None,
        "due": task.when.due or None,
        "ongoing": task.when.ongoing,
        "report_every": task.when.report_every or None,
        "weight": task.weight or None,
        "table": task.row[0] or None,
        "row": task.row[1],
        "doubts": task.doubts,
        "figures": [figure._asdict() for figure in task.figures],
    }


def summarise(draft: Draft) -> list[str]:
    """Return the account of a draft, for people: rows, gaps, names, doubts."""
    return list(_summarise(draft))


def _summarise(draft: Draft) -> Iterator[str]:
    counts = _(
        "{file}: rows seen {seen}, written {written}, passed over {passed}.",
        file=draft.file,
        seen=draft.seen,
        written=len(draft.tasks),
        passed=len(draft.passed),
    )
    yield counts
    yield from _tell_passed(draft.passed)
    if draft.gaps:
        yield _("Numbers that are missing: {numbers}", numbers=_(", ").join(map(str, draft.gaps)))
    if draft.columns:
        names = _(", ").join(draft.columns)
        yield _("Columns without a place in a plan file, kept as comments: {names}", names=names)
    yield from draft.remarks
    doubts = list_doubts(draft)
    yield from (_("To be settled: {doubt}", doubt=doubt) for doubt in doubts[:MOST_SHOWN])
    if len(doubts) > MOST_SHOWN:
        yield _("To be settled in all: {n}; each stands in the file as a comment.", n=len(doubts))
    if not doubts:
        yield _("Everything was clear; the file loads as it is.")


def _tell_passed(passed: tuple[Passed, ...]) -> Iterator[str]:
    """Yield a line a reason and table: which rows were passed over."""
    by_reason = sorted(passed, key=attrgetter("table", "why", "number"))
    for (table, why), rows in groupby(by_reason, key=attrgetter("table", "why")):
        numbers = [str(row.number) for row in rows]
        listed = _(", ").join(numbers[:MOST_SHOWN]) + (" …" if len(numbers) > MOST_SHOWN else "")
        where = (
            _("{table}, rows {rows}", table=table, rows=listed) if table else _("lines {rows}", rows=listed)
        )
        yield _("Passed over ({why}): {where}", why=why, where=where)
