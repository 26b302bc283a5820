"""What state each task is in on a day, and its supervision light (三色督办)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.metrics import AMOUNT, TOTAL, Metric
from kfly.plan.model import Plan, ProgressNote, SignOff, Target, Task
from kfly.progress.allotment import Shares, SignOffs, allot
from kfly.progress.figures import Measured, Recorded, Spans
from kfly.progress.grace import in_grace
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.needs import NeedStanding, find_first_day_all_held, measure_need
from kfly.progress.score import score
from kfly.progress.targets import TargetStanding, assess_target, list_metrics

DONE, OVERDUE, OPEN = "done", "overdue", "open"
STATES = (DONE, OVERDUE, OPEN)
ADDING_UP = (TOTAL, AMOUNT)  # whose records are shared out among the tables


class TaskStanding(NamedTuple):
    """A row of ``tasks``."""

    task: Task
    state: str
    light: str
    needs: tuple[NeedStanding, ...]
    sign_off: SignOff | None  # in force on the day
    completed_on: date | None
    days_overdue: int | None
    days_left: int | None
    before_plan: bool = False  # it was signed off before the plan began
    unfounded: bool = False  # signed off by figures that, as recorded today, did not hold on that day
    note: ProgressNote | None = None  # the last one until the day; no rule looks at it
    starting: bool = False  # unlit though below its line, as its table has only begun (起步)

    @property
    def late(self) -> bool:
        """Whether it was completed after its due date."""
        return self.completed_on is not None and self.completed_on > self.task.due

    @property
    def forced(self) -> bool:
        """Whether it was signed off although its needs were not met."""
        return self.sign_off is not None and self.sign_off.forced

    @property
    def is_done(self) -> bool:
        """Whether it is done, by its figures or by a sign-off."""
        return self.state == DONE

    @property
    def awaits_sign_off(self) -> bool:
        """Done by its figures, but nobody has signed it off: 已达标待销号."""
        return self.state == DONE and self.sign_off is None


class TaskTally(NamedTuple):
    """The tasks in one line.

    ``behind`` and ``due_soon`` are the open ones with a yellow and a blue light; ``forced`` and ``unsigned``
    the done ones that were signed off against their figures, and that nobody has signed off yet (待销号).
    """

    total: int
    done: int
    overdue: int
    open: int
    behind: int
    due_soon: int
    forced: int = 0
    unsigned: int = 0


class Standing(NamedTuple):
    """What ``status`` shows."""

    plan: Plan
    as_of: date
    targets: tuple[TargetStanding, ...]
    tasks: TaskTally
    score: Fraction | None = None  # 0 to 100; None without weights


def assess_task(
    task: Task,
    spans: Spans,
    sign_off: SignOff | None,
    plan: Plan,
    day: date,
) -> TaskStanding:
    """Work out where a task stands on a day.

    Args:
        task: the task.
        spans: for each metric that its needs name, the spans that count for its table: see :func:`allot`.
        sign_off: its sign-off in force today, of whatever date; one after ``day`` is not there yet.
        plan: its run, its yearly targets, and its lights.
        day: the day asked.
    """
    opens, _closes = plan.year_window(task.year)
    asked = [measure_need(need, Recorded(spans, plan.calendar), task, plan) for need in task.needs]
    needs = tuple(each.stand(day) for each in asked)
    signed = sign_off if sign_off and sign_off.on <= day else None
    by_figures = day >= opens and bool(needs) and all(need.met for need in needs)
    state = DONE if signed or by_figures else OVERDUE if day > task.due else OPEN
    light = _light(task=task, state=state, needs=needs, plan=plan, day=day)
    held = find_first_day_all_held(asked, opens, day) if state == DONE else None
    return TaskStanding(
        task=task,
        state=state,
        light=light,
        needs=needs,
        sign_off=signed,
        completed_on=min((d for d in (signed and signed.on, held) if d), default=None),
        days_overdue=(day - task.due).days if state == OVERDUE else None,
        days_left=(task.due - day).days if state == OPEN else None,
        starting=light == NONE and any(n.light != GREEN for n in needs) and _in_grace(task, plan, day),
        before_plan=signed is not None and signed.on < plan.starts,
        unfounded=signed is not None
        and not signed.forced
        and not all(each.gauge.met(signed.on) for each in asked),
    )


def tally(standings: Iterable[TaskStanding]) -> TaskTally:
    """Count the tasks by state and by light."""
    rows = list(standings)
    open_lights = [row.light for row in rows if row.state == OPEN]
    return TaskTally(
        total=len(rows),
        done=sum(row.state == DONE for row in rows),
        overdue=sum(row.state == OVERDUE for row in rows),
        open=len(open_lights),
        behind=open_lights.count(YELLOW),
        due_soon=open_lights.count(BLUE),
        forced=sum(row.forced for row in rows),
        unsigned=sum(row.awaits_sign_off for row in rows),
    )


def _light(task: Task, state: str, needs: tuple[NeedStanding, ...], plan: Plan, day: date) -> str:
    if state != OPEN:
        return GREEN if state == DONE else RED
    if plan.calendar.year_of(day) < task.year:
        return NONE
    if any(need.is_behind(plan.lights) for need in needs):
        return NONE if _in_grace(task, plan, day) else YELLOW
    return BLUE if (task.due - day).days <= plan.lights.due_soon_days else NONE


def _in_grace(task: Task, plan: Plan, day: date) -> bool:
    """Tell whether its table has only begun: its window runs from the table's first day until it is due."""
    begun, _ends = plan.year_window(task.year)
    return in_grace(begun, task.due, day, plan.lights.grace_days)


def metrics_of(plan: Plan, asked: Iterable[Target], tasks: Iterable[Task]) -> Iterator[Metric]:
    """Yield the metrics that these targets and tasks of a plan need spans of, each once."""
    needs = [need for task in tasks for need in task.needs]
    yield from dict.fromkeys(
        [*list_metrics(asked, plan), *(m for n in needs for m in Measured(n.metric, n.reading).metrics)]
    )


def assess_plan(plan: Plan, spans: Spans, sign_offs: SignOffs, day: date) -> Standing:
    """Work out where the plan stands on a day."""
    targets = tuple(assess_target(target, spans, plan, day) for target in plan.targets)
    tasks = assess_tasks(plan, asked=plan.tasks_in_view(day), spans=spans, sign_offs=sign_offs, day=day)
    return Standing(plan, day, targets, tally(tasks), score(targets, tasks))


def assess_tasks(
    plan: Plan, asked: Iterable[Task], spans: Spans, sign_offs: SignOffs, day: date
) -> tuple[TaskStanding, ...]:
    """Work out where some of the plan's tasks stand on a day; no record counts for two tables' needs."""
    asked = tuple(asked)
    added_up = {n.metric for task in asked for n in task.needs if n.reading.how in ADDING_UP}
    shared = {metric: allot(metric, spans[metric], plan, sign_offs) for metric in added_up}
    return tuple(
        assess_task(
            task,
            spans=_count_for(task.year, spans, shared),
            sign_off=sign_offs.get((task.year, task.number)),
            plan=plan,
            day=day,
        )
        for task in asked
    )


def _count_for(year: int, spans: Spans, shared: Mapping[Metric, Shares | None]) -> Spans:
    """Return the spans that count for a table: its share, or all where no other table needs them."""
    own = {metric: shares[year] for metric, shares in shared.items() if shares and year in shares}
    return {**spans, **own} if own else spans
