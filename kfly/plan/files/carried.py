"""Tasks that go on with one of an earlier table (结转): it has to be there, and one task alone may do so."""

from collections.abc import Iterable

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document
from kfly.plan.files.shapes import TaskFile
from kfly.plan.numbers import TaskKey, read_task_key, read_task_number


def check_carried(tables: Iterable[tuple[Document, TaskFile | None]]) -> None:
    """Note a fault wherever a task carries one that is not there, of no earlier table, or carried already."""
    read = [(document, file) for document, file in tables]
    known: set[TaskKey] = {
        (file.year, read_task_number(str(item.get("number"))))
        for document, file in read
        if file is not None
        for item in document.items("tasks")
    }
    whole = all(file and document.names_all("tasks", "number") for document, file in read)
    taken: set[TaskKey] = set()
    for document, file in read:
        for position, task in enumerate(file.tasks if file else ()):
            if file is None or task.carries is None:
                continue
            key = read_task_key(task.carries)
            if message := _find_fault(task.carries, key, file.year, known if whole else {key}, taken):
                document.fault(("tasks", position, "carries"), message)
            taken.add(key)


def _find_fault(
    text: str, key: TaskKey, year: int, known: Iterable[TaskKey], taken: Iterable[TaskKey]
) -> str:
    if key[0] >= year:
        return _("a task of an earlier table such as {task} is expected", task=f"{year - 1}/12")
    if key not in known:
        return _("there is no task {number}", number=text)
    return _("{value} is given twice", value=text) if key in taken else ""
