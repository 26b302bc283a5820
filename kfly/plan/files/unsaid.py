"""What a table in an office's document has no columns for (needs, stages, measures, English): it stays."""

from typing import Any

from kfly.plan.files.marked_yaml import Document
from kfly.plan.files.written import Data, table_file
from kfly.plan.model import Plan
from kfly.plan.signs import normalise

NEVER_SAID = ("measure", "needs", "stages", "carries", "report_every")  # in any column that a draft reads
COLUMNS = ("support", "leader", "weight")  # a document has them, or has not


def keep_unsaid(drafted: Document, present: Plan) -> Document:
    """Return a drafted table with what its document cannot say, as the table of its year in force has it.

    That of a task with the same number and title; a task that is called otherwise is another one.
    """
    data = drafted.data
    if not isinstance(data, dict) or data.get("year") not in present.table_years:
        return drafted
    tasks = drafted.items("tasks")
    in_force = {task["number"]: task for task in table_file(present, data["year"])["tasks"]}
    left_out = tuple(key for key in COLUMNS if not any(key in task for task in tasks))
    kept = [_keep(task, in_force.get(task.get("number")), left_out) for task in tasks]
    return drafted._replace(data={**data, "tasks": kept})


def _keep(task: Data, was: Data | None, left_out: tuple[str, ...]) -> Data:
    if was is None or not _is_title(task.get("title"), was["title"]):
        return task
    unsaid = {key: was[key] for key in (*NEVER_SAID, *left_out) if key in was}
    kept = {**unsaid, **task, "title": was["title"]}
    return _move_last_stage(kept) if kept["stages"] else kept


def _is_title(title: Any, names: dict[str, str]) -> bool:
    return isinstance(title, str) and normalise(title) in map(normalise, names.values())


def _move_last_stage(task: Data) -> Data:
    """Return a task whose document says when it is due: with stages, that is the day of the last one."""
    *before, last = task["stages"]
    moved = {**last, "due": task.get("due", last["due"])}
    return {key: value for key, value in task.items() if key != "due"} | {"stages": [*before, moved]}
