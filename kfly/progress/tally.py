"""The tasks in one line: how many are in which state."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kfly.plan.course import CANCELLED, SUSPENDED
from kfly.progress.lights import BLUE, RED, YELLOW
from kfly.progress.states import CARRIED, DONE, ONGOING, OPEN, OVERDUE

if TYPE_CHECKING:
    from kfly.progress.tasks import TaskStanding


class TaskTally(NamedTuple):
    """The tasks in one line.

    ``behind`` and ``due_soon`` are the open ones with a yellow and a blue light; ``forced`` and ``unsigned``
    the done ones that were signed off against their figures, and that nobody has signed off yet (待销号).
    ``carried`` are not in the total: what carries them is.
    """

    total: int
    done: int
    overdue: int
    open: int
    behind: int
    due_soon: int
    forced: int = 0
    unsigned: int = 0
    ongoing: int = 0
    staged: int = 0  # open ones of which a stage is overdue (阶段逾期)
    suspended: int = 0
    cancelled: int = 0
    carried: int = 0


def tally(standings: "Iterable[TaskStanding]") -> TaskTally:
    """Count the tasks by state and by light."""
    rows = list(standings)
    states = [row.state for row in rows]
    open_lights = [row.light for row in rows if row.state == OPEN]
    return TaskTally(
        total=len(rows) - states.count(CARRIED),
        done=states.count(DONE),
        overdue=states.count(OVERDUE),
        open=len(open_lights),
        behind=open_lights.count(YELLOW),
        due_soon=open_lights.count(BLUE),
        forced=sum(row.forced for row in rows),
        unsigned=sum(row.awaits_sign_off for row in rows),
        ongoing=states.count(ONGOING),
        staged=open_lights.count(RED),
        suspended=states.count(SUSPENDED),
        cancelled=states.count(CANCELLED),
        carried=states.count(CARRIED),
    )
