"""How the tasks of each lead, leader in charge or town stand: the tally that they are compared by."""

from collections.abc import Callable, Container, Iterable
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.course import CANCELLED, SUSPENDED
from kfly.plan.model import Plan
from kfly.plan.organisations import find_related
from kfly.progress.states import CARRIED, DONE, ONGOING, OPEN, OVERDUE
from kfly.progress.tasks import TaskStanding

LEAD, LEADER, TOWN = "lead", "leader", "town"
TALLIED_BY = (LEAD, LEADER, TOWN)


class DepartmentTally(NamedTuple):
    """The tasks that one organisation leads, alone or with others, or that concern one leader or town.

    ``done`` are those signed off that came on time or late, and those ``unsigned``, done by their figures
    alone (待销号), and ongoing ones that were closed; the rest are overdue, still open, ongoing, suspended or
    cancelled. What a later table goes on with counts there.
    """

    organisation: str  # or the name of a leader
    total: int
    done: int
    on_time: int
    late: int
    unsigned: int
    overdue: int
    open: int
    ongoing: int = 0
    suspended: int = 0
    cancelled: int = 0
    unreported: int = 0  # of which the last period brought no report of progress (反馈逾期)
    on_time_first: int = 0  # of those signed off, by the first due day
    decided_first: int = 0  # by the first due day

    @property
    def on_time_rate(self) -> Fraction | None:
        """按期完成率: what came on time, of all that is decided; None while nothing is.

        Decided is what the office has signed off, and what is overdue: figures alone are no report.
        """
        decided = self.on_time + self.late + self.overdue
        return Fraction(self.on_time, decided) if decided else None

    @property
    def on_time_rate_original(self) -> Fraction | None:
        """Return the same by the due days that tasks had before any extension."""
        return Fraction(self.on_time_first, self.decided_first) if self.decided_first else None


def tally_by(
    what: str, rows: Iterable[TaskStanding], plan: Plan, only: Container[str] | None = None
) -> tuple[DepartmentTally, ...]:
    """Tally the tasks of each lead, leader or town, the one with most overdue first.

    A group that leads is tallied as a group: the table does not say who of its members is to blame. A town
    has what it leads or answers for, itself or in a group; of tasks without a leader none is tallied.

    Args:
        what: LEAD, LEADER or TOWN.
        rows: the tasks.
        plan: whose they are.
        only: the organisations asked for; those that lead with them are left out.
    """
    find = _FINDERS[what](plan)
    found: dict[str, list[TaskStanding]] = {}
    for row in rows:
        for name in find(row) if row.state != CARRIED else ():
            if only is None or name in only:
                found.setdefault(name, []).append(row)
    order = {organisation.name: n for n, organisation in enumerate(plan.organisations)}
    tallies = [_tally(name, its) for name, its in found.items()]
    return tuple(
        sorted(tallies, key=lambda t: (-t.overdue, _rate(t), order.get(t.organisation, 0), t.organisation))
    )


def tally_together(rows: Iterable[TaskStanding]) -> DepartmentTally:
    """Tally tasks whoever has them; what a later table goes on with counts there."""
    return _tally("", [row for row in rows if row.state != CARRIED])


FindNames = Callable[[TaskStanding], Iterable[str]]


def _find_leads(_plan: Plan) -> FindNames:
    return lambda row: row.task.lead


def _find_leaders(_plan: Plan) -> FindNames:
    return lambda row: filter(None, [row.task.leader])


def _find_towns(plan: Plan) -> FindNames:
    related = {place.name: find_related(place, plan) for place in plan.places}
    return lambda row: [
        name for name, its in related.items() if its.intersection((*row.task.lead, *row.task.responsible))
    ]


_FINDERS: dict[str, Callable[[Plan], FindNames]] = {
    LEAD: _find_leads,
    LEADER: _find_leaders,
    TOWN: _find_towns,
}


def _tally(name: str, rows: list[TaskStanding]) -> DepartmentTally:
    states = [row.state for row in rows]
    unsigned = sum(row.awaits_sign_off for row in rows)
    late = sum(row.late and not row.awaits_sign_off for row in rows)
    closed = sum(row.task.is_ongoing and row.is_done for row in rows)  # which was never due
    signed = states.count(DONE) - unsigned - closed
    missed = [row for row in rows if row.misses_first_due and not row.awaits_sign_off]
    late_first = sum(row.is_done for row in missed)
    return DepartmentTally(
        organisation=name,
        total=len(rows),
        done=states.count(DONE),
        on_time=signed - late,
        late=late,
        unsigned=unsigned,
        overdue=states.count(OVERDUE),
        open=states.count(OPEN),
        ongoing=states.count(ONGOING),
        suspended=states.count(SUSPENDED),
        cancelled=states.count(CANCELLED),
        unreported=sum(row.unreported is not None for row in rows),
        on_time_first=signed - late_first,
        decided_first=signed + len(missed) - late_first,
    )


def _rate(tally: DepartmentTally) -> Fraction:
    rate = tally.on_time_rate
    return Fraction(2) if rate is None else rate  # below all that have one
