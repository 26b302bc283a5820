"""The colour in which each task is supervised: its class, and worse where notices stay unanswered.

The plan knows three colours (三色督办): blue for what is due soon, yellow for what is behind, red for what is
overdue. A notice that nobody has answered by its day with a report of progress (反馈) makes a blue task
yellow, and then red.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.notices import Notice
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.supervision import Supervision
from kfly.progress.targets import TargetStanding
from kfly.progress.tasks import TaskStanding

COLOURS = (RED, YELLOW, BLUE)  # the worst first


class Supervised(NamedTuple):
    """A task to be supervised.

    Attributes:
        row: where it stands.
        light: the colour.
        last: the last notice about it to the same organisation.
        ignored: that notice was not answered in time, and made the colour worse.
        is_news: the organisation was not told this colour, or a worse one, already.
    """

    row: TaskStanding
    light: str
    last: Notice | None = None
    ignored: bool = False
    is_news: bool = True


class SupervisedTarget(NamedTuple):
    """A target to be supervised, in the colour of its light: nobody reports progress on one.

    Attributes:
        row: where it stands.
        last: the last notice about it to the same organisation, in the same period.
    """

    row: TargetStanding
    last: Notice | None = None

    @property
    def light(self) -> str:
        """The colour."""
        return self.row.light

    @property
    def is_news(self) -> bool:
        """Whether the organisation was not told this colour, or a worse one, already."""
        told = self.last.find_target(self.row.target.key) if self.last else None
        return told is None or _is_worse(self.light, told.light)


def colour_targets(found: Supervision, earlier: Sequence[Notice]) -> tuple[SupervisedTarget, ...]:
    """Colour the targets of an organisation, the worst first.

    A notice of an earlier period of a target that begins anew says nothing of this one.

    Args:
        found: what it leads that is supervised.
        earlier: the notices to it until the day, in their order.
    """
    return tuple(SupervisedTarget(row, _find_last(row, earlier)) for row in found.targets or ())


def _find_last(row: TargetStanding, earlier: Sequence[Notice]) -> Notice | None:
    since = row.period.first if row.period else None
    own = (notice for notice in reversed(earlier) if notice.find_target(row.target.key))
    return next((notice for notice in own if since is None or notice.issued_on >= since), None)


def colour_tasks(found: Supervision, earlier: Sequence[Notice], day: date) -> tuple[Supervised, ...]:
    """Colour the tasks of an organisation, the worst first.

    Args:
        found: its tasks by their class.
        earlier: the notices to it until the day, in their order.
        day: the day asked.
    """
    rows = [(row, light) for light, rows in zip(COLOURS, found.classes, strict=True) for row in rows or ()]
    coloured = [_colour(row, light, earlier, day) for row, light in rows]
    return tuple(sorted(coloured, key=lambda one: COLOURS.index(one.light)))


def _colour(row: TaskStanding, light: str, earlier: Sequence[Notice], day: date) -> Supervised:
    key = row.task.year, row.task.number
    last = next((notice for notice in reversed(earlier) if notice.find(key)), None)
    told = last.find(key) if last else None
    if last is None or told is None:
        return Supervised(row, light)
    if last.is_answered_by(row.note):
        return Supervised(row, light, last, is_news=_is_worse(light, told.light))
    ignored = day > last.reply_by and told.light != RED
    least = COLOURS[COLOURS.index(told.light) - 1] if ignored else told.light
    final = find_worst((light, least))
    return Supervised(
        row, final, last, ignored=ignored and _is_worse(final, light), is_news=_is_worse(final, told.light)
    )


def find_worst(lights: Iterable[str]) -> str:
    """Return the worst of some colours."""
    return min(lights, key=COLOURS.index)


def _is_worse(one: str, other: str) -> bool:
    return COLOURS.index(one) < COLOURS.index(other)
