"""Supervision notices (督办单): what was issued to whom, about what, to be answered by when."""

from datetime import date
from typing import NamedTuple

from kfly.plan.model import ProgressNote
from kfly.plan.numbers import TaskKey, TaskNumber


class NoticedTask(NamedTuple):
    """A task of a notice, and the colour in which it was supervised."""

    year: int
    number: TaskNumber
    light: str

    @property
    def key(self) -> TaskKey:
        """What tells the task from all others."""
        return self.year, self.number


class NoticedTarget(NamedTuple):
    """A target of a notice, and the light that it had."""

    key: str
    light: str


class Notice(NamedTuple):
    """One notice to one organisation.

    Attributes:
        year: of issue.
        number: counted in its year.
        organisation: the plan's name of whom it went to.
        light: that of its worst task or target.
        issued_on: the day of issue, for which it tells the facts.
        reply_by: the last day for an answer.
        tasks: those it is about, the worst first.
        targets: those it is about, the worst first.
        recorded_at: when it was issued, UTC.
    """

    year: int
    number: int
    organisation: str
    light: str
    issued_on: date
    reply_by: date
    tasks: tuple[NoticedTask, ...]
    recorded_at: str = ""
    targets: tuple[NoticedTarget, ...] = ()

    def is_answered_by(self, note: ProgressNote | None) -> bool:
        """Tell whether the last feedback on a task of it came after it."""
        if note is None or note.on != self.issued_on:
            return note is not None and note.on > self.issued_on
        return note.recorded_at > self.recorded_at

    def find(self, task: TaskKey) -> NoticedTask | None:
        """Find a task of it."""
        return next((noticed for noticed in self.tasks if noticed.key == task), None)

    def find_target(self, key: str) -> NoticedTarget | None:
        """Find a target of it."""
        return next((noticed for noticed in self.targets if noticed.key == key), None)
