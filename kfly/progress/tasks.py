"""What state each task is in on a day, and its supervision light (三色督办)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.model import Goal, Metric, Need, Plan, ProgressNote, SignOff, Span, Target, Task
from kfly.progress.allotment import Shares, SignOffs, allot, names_yearly_target
from kfly.progress.gauge import Gauge, TownFigure
from kfly.progress.grace import in_grace
from kfly.progress.targets import BLUE, GREEN, NONE, RED, YELLOW, TargetStanding, assess_target

DONE, OVERDUE, OPEN = "done", "overdue", "open"
STATES = (DONE, OVERDUE, OPEN)


Spans = Mapping[Metric, Sequence[Span]]


class NeedStanding(NamedTuple):
    """Where one need of a task stands."""

    need: Need
    actual: Fraction
    goal: Goal
    met: bool
    expected: Fraction | None
    each: tuple[TownFigure, ...]

    @property
    def share(self) -> Fraction | None:
        """What is reached of where its own straight line should stand; None where nothing is expected."""
        return self.actual / self.expected if self.expected else None


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


def assess_task(
    task: Task,
    spans: Mapping[Metric, Sequence[Span]],
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
    gauges = [_gauge(need, spans[need.metric], task, plan) for need in task.needs]
    needs = tuple(_need(need, gauge, task, day) for need, gauge in zip(task.needs, gauges, strict=True))
    signed = sign_off if sign_off and sign_off.on <= day else None
    by_figures = day >= opens and bool(needs) and all(need.met for need in needs)
    state = DONE if signed or by_figures else OVERDUE if day > task.due else OPEN
    light = _light(task=task, state=state, needs=needs, plan=plan, day=day)
    held = _first_day_all_held(gauges, opens, day) if state == DONE else None
    return TaskStanding(
        task=task,
        state=state,
        light=light,
        needs=needs,
        sign_off=signed,
        completed_on=min((d for d in (signed and signed.on, held) if d), default=None),
        days_overdue=(day - task.due).days if state == OVERDUE else None,
        days_left=(task.due - day).days if state == OPEN else None,
        starting=light == NONE and any(_is_below(need) for need in needs) and _in_grace(task, plan, day),
        before_plan=signed is not None and signed.on < plan.starts,
        unfounded=signed is not None
        and not signed.forced
        and not all(gauge.met(signed.on) for gauge in gauges),
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


def _gauge(need: Need, spans: Sequence[Span], task: Task, plan: Plan) -> Gauge:
    """Measure a need from the first day of its table's year on; of a yearly target in that year alone."""
    start, end = plan.year_window(task.year)
    yearly = names_yearly_target(need, plan)
    return Gauge(metric=need.metric, goal=need.goal, spans=spans, start=start, end=end if yearly else None)


def _need(need: Need, gauge: Gauge, task: Task, day: date) -> NeedStanding:
    line = gauge.line(gauge.start - timedelta(days=1), task.due)
    return NeedStanding(
        need=need,
        actual=gauge.on(day),
        goal=gauge.goal or need.goal,  # of the row: for ``per: town`` how many towns there are
        met=gauge.met(day),
        expected=gauge.rounded(line.on(day)) if line else None,
        each=gauge.each(day),
    )


def _light(task: Task, state: str, needs: tuple[NeedStanding, ...], plan: Plan, day: date) -> str:
    if state != OPEN:
        return GREEN if state == DONE else RED
    if day.year < task.year:
        return NONE
    if any(_is_below(need, plan.lights.yellow) for need in needs):
        return NONE if _in_grace(task, plan, day) else YELLOW
    return BLUE if (task.due - day).days <= plan.lights.due_soon_days else NONE


def _is_below(need: NeedStanding, share: Fraction = Fraction(1)) -> bool:
    """Tell whether a need stands below a share of its own straight line."""
    return need.expected is not None and need.actual < share * need.expected


def _in_grace(task: Task, plan: Plan, day: date) -> bool:
    """Tell whether its table has only begun: its window runs from the table's first day until it is due."""
    begun, _ends = plan.year_window(task.year)
    return in_grace(begun, task.due, day, plan.lights.grace_days)


def _first_day_all_held(gauges: list[Gauge], opens: date, day: date) -> date | None:
    """Find the first day from the table's own first one on, on which all needs held at once."""
    if not gauges:
        return None
    if len(gauges) == 1:
        return gauges[0].first_met(opens, day)
    candidates = {opens, *(change for gauge in gauges for change in gauge.series.days)}
    for candidate in sorted(d for d in candidates if opens <= d <= day):
        if all(gauge.met(candidate) for gauge in gauges):
            return candidate
    return None


def metrics_of(asked: Iterable[Target], tasks: Iterable[Task]) -> Iterator[Metric]:
    """Yield the metrics that these targets and tasks need spans of, each once."""
    yield from dict.fromkeys(
        [target.metric for target in asked] + [need.metric for task in tasks for need in task.needs]
    )


def assess_plan(plan: Plan, spans: Spans, sign_offs: SignOffs, day: date) -> Standing:
    """Work out where the plan stands on a day."""
    return Standing(
        plan=plan,
        as_of=day,
        targets=tuple(assess_target(target, spans[target.metric], plan, day) for target in plan.targets),
        tasks=tally(
            assess_tasks(plan, asked=plan.tasks_in_view(day), spans=spans, sign_offs=sign_offs, day=day)
        ),
    )


def assess_tasks(
    plan: Plan, asked: Iterable[Task], spans: Spans, sign_offs: SignOffs, day: date
) -> tuple[TaskStanding, ...]:
    """Work out where some of the plan's tasks stand on a day; no record counts for two tables' needs."""
    asked = tuple(asked)
    shared = {metric: allot(metric, spans[metric], plan, sign_offs) for metric in metrics_of((), asked)}
    return tuple(
        assess_task(
            task,
            spans={n.metric: _counted(n.metric, task.year, spans, shared) for n in task.needs},
            sign_off=sign_offs.get((task.year, task.number)),
            plan=plan,
            day=day,
        )
        for task in asked
    )


def _counted(
    metric: Metric, year: int, spans: Spans, shared: Mapping[Metric, Shares | None]
) -> Sequence[Span]:
    """Return the spans that count for a table: its share, or all where no other table needs them."""
    shares = shared[metric]
    return spans[metric] if shares is None else shares[year]
