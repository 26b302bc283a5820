"""Drafts made by the tests: of a file, with the names of the bundled plan."""

from functools import cache
from pathlib import Path

from kfly.drafting.drafting import Draft, draft_file
from kfly.drafting.names import Names, names_of
from kfly.drafting.tasks import Task
from kfly.plan.files.loading import load_targets
from kfly.registry.kinds import STANDING
from kfly.services.init import bundled


@cache
def bundled_names() -> Names:
    return names_of(load_targets(bundled() / "targets.yaml", STANDING).plan)


def drafted(path: Path, year: int | None = None) -> Draft:
    return draft_file(path, bundled_names(), year)


def told(task: Task) -> tuple[object, ...]:
    """Number, title, lead, responsible and deadline of a task."""
    return (task.number, task.title, task.parties.lead, task.parties.responsible, task.when.due)


def numbers(draft: Draft) -> list[int | str]:
    return [task.number for task in draft.tasks]


def titles(draft: Draft) -> list[str]:
    return [task.title for task in draft.tasks]


def doubts(draft: Draft) -> list[str]:
    return [doubt for task in draft.tasks for doubt in task.doubts]
