"""How the tasks of each lead organisation stand: the tally that departments are compared by."""

from collections.abc import Container, Iterable
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import Plan
from kfly.progress.states import DONE, ONGOING, OPEN, OVERDUE
from kfly.progress.tasks import TaskStanding


class DepartmentTally(NamedTuple):
    """The tasks that one organisation leads, alone or with others.

    ``done`` are those signed off that came on time or late, and those ``unsigned``, done by their figures
    alone (待销号), and ongoing ones that were closed; the rest are overdue, still open, or ongoing.
    """

    organisation: str
    total: int
    done: int
    on_time: int
    late: int
    unsigned: int
    overdue: int
    open: int
    ongoing: int = 0

    @property
    def on_time_rate(self) -> Fraction | None:
        """按期完成率: what came on time, of all that is decided; None while nothing is.

        Decided is what the office has signed off, and what is overdue: figures alone are no report.
        """
        decided = self.on_time + self.late + self.overdue
        return Fraction(self.on_time, decided) if decided else None


def tally_by_lead(
    rows: Iterable[TaskStanding], plan: Plan, only: Container[str] | None = None
) -> tuple[DepartmentTally, ...]:
    """Tally the tasks of each organisation that leads one of them, the one with most overdue first.

    A group that leads is tallied as a group: the table does not say who of its members is to blame.

    Args:
        rows: the tasks.
        plan: whose they are.
        only: the organisations asked for; those that lead with them are left out.
    """
    led: dict[str, list[TaskStanding]] = {}
    for row in rows:
        for organisation in row.task.lead:
            if only is None or organisation in only:
                led.setdefault(organisation, []).append(row)
    order = {organisation.name: n for n, organisation in enumerate(plan.organisations)}
    tallies = [_tally(organisation, its) for organisation, its in led.items()]
    return tuple(sorted(tallies, key=lambda t: (-t.overdue, _rate(t), order[t.organisation])))


def _tally(organisation: str, rows: list[TaskStanding]) -> DepartmentTally:
    states = [row.state for row in rows]
    unsigned = sum(row.awaits_sign_off for row in rows)
    late = sum(row.late and not row.awaits_sign_off for row in rows)
    closed = sum(row.task.is_ongoing and row.is_done for row in rows)  # which was never due
    return DepartmentTally(
        organisation=organisation,
        total=len(rows),
        done=states.count(DONE),
        on_time=states.count(DONE) - unsigned - late - closed,
        late=late,
        unsigned=unsigned,
        overdue=states.count(OVERDUE),
        open=states.count(OPEN),
        ongoing=states.count(ONGOING),
    )


def _rate(tally: DepartmentTally) -> Fraction:
    rate = tally.on_time_rate
    return Fraction(2) if rate is None else rate  # below all that have one
