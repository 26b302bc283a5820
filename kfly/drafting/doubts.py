"""All that an office has to settle in a draft, line by line."""

from collections.abc import Iterator

from kfly.drafting.drafting import Draft
from kfly.drafting.tasks import Task
from kfly.locale import _


def list_doubts(draft: Draft) -> list[str]:
    """List what has to be settled before a draft is a plan file: of the whole, of names, of single tasks."""
    return list(_list(draft))


def _list(draft: Draft) -> Iterator[str]:
    yield from draft.doubts
    for unknown in draft.unknown:
        tasks = _(", ").join(map(str, unknown.tasks))
        if unknown.near:
            yield _(
                "the plan does not know {name} (tasks {tasks}); did you mean “{near}”?",
                name=unknown.name,
                tasks=tasks,
                near=unknown.near,
            )
        else:
            yield _("the plan does not know {name} (tasks {tasks})", name=unknown.name, tasks=tasks)
    for task in draft.tasks:
        for doubt in task.doubts:
            yield _(
                "{place}, task {number}: {message}", place=name_place(task), number=task.number, message=doubt
            )


def name_place(task: Task) -> str:
    """Say where in its document a task stands."""
    table, number = task.row
    return _("{table}, row {row}", table=table, row=number) if table else _("line {row}", row=number)
