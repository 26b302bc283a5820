"""What state each task is in on a day, and its supervision light (三色督办)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.plan.course import CANCELLED, SUSPENDED, Carrier, Course, CourseEvent, find_carried
from kfly.plan.metrics import AMOUNT, TOTAL, Metric
from kfly.plan.model import Plan, ProgressNote, SignOff, Target, Task
from kfly.plan.periods import Period
from kfly.progress.allotment import Shares, allot
from kfly.progress.course import TaskCourse, follow_course
from kfly.progress.figures import Measured, Recorded, Spans
from kfly.progress.grace import has_only_begun
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.needs import MeasuredNeed, NeedStanding, find_first_day_all_held, measure_need
from kfly.progress.reporting import find_unreported
from kfly.progress.score import score
from kfly.progress.stages import StageStanding, assess_stages, is_unfounded
from kfly.progress.states import CARRIED, DONE, ONGOING, OPEN, OVERDUE, RESTING
from kfly.progress.tally import TaskTally, tally
from kfly.progress.targets import TargetStanding, assess_target, list_metrics

ADDING_UP = (TOTAL, AMOUNT)  # whose records are shared out among the tables


class TaskStanding(NamedTuple):
    """A row of ``tasks``."""

    task: Task  # with the due days in force on the day
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
    stages: tuple[StageStanding, ...] = ()
    unreported: Period | None = None  # the last whole one that should have brought a report, and has not
    due_then: date | None = None  # in force on the day of its completion
    followed: TaskCourse | None = None  # what was decided of it

    @property
    def late(self) -> bool:
        """Whether it was completed after the due date in force on that day."""
        on, due = self.completed_on, self.due_then
        return on is not None and due is not None and on > due

    @property
    def original_due(self) -> date | None:
        """Its due day as its table has it."""
        return self.followed.original.due if self.followed else self.task.due

    @property
    def misses_first_due(self) -> bool:
        """Whether it was completed after the due day of its table, or is not done and that day has passed."""
        first = self.original_due
        if first is None or self.state == OVERDUE:
            return first is not None
        if self.completed_on:
            return self.completed_on > first
        due, left = self.task.due, self.days_left
        return due is not None and left is not None and due - timedelta(days=left) > first

    @property
    def events(self) -> tuple[CourseEvent, ...]:
        """What was decided of it until the day."""
        return self.followed.events if self.followed else ()

    @property
    def rests_since(self) -> date | None:
        """Since when it is carried on, cancelled or suspended."""
        course = self.followed
        carried = self.carrier.on if self.carrier else None
        return carried or (course.cancelled or course.suspended if course else None)

    @property
    def carrier(self) -> Carrier | None:
        """The task of a later table that goes on with it by then."""
        return self.followed.carrier if self.followed and self.state == CARRIED else None

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

    @property
    def overdue_stages(self) -> tuple[StageStanding, ...]:
        """The stages that are overdue while the task itself is not (阶段逾期)."""
        live = self.state in (OPEN, ONGOING)
        return tuple(stage for stage in self.stages if live and stage.state == OVERDUE)

    @property
    def leads(self) -> tuple[str, ...]:
        """Who has to see to it: who leads it, its overdue stages and the next one."""
        pressing = (*self.overdue_stages, *([self.next_stage] if self.next_stage else []))
        return tuple(dict.fromkeys((*self.task.lead, *(name for s in pressing for name in s.stage.lead))))

    @property
    def pressing_due(self) -> date | None:
        """The day by which something is owed next, or was: of its first stage not done, or its own."""
        following = self.next_stage
        return following.stage.due if following else self.task.due

    @property
    def pressing_days(self) -> int | None:
        """The days that are left until then; None of what is done, overdue, or owes nothing by a day."""
        if self.state not in (OPEN, ONGOING):
            return None
        following = self.next_stage
        return following.days_left if following else self.days_left

    @property
    def next_stage(self) -> StageStanding | None:
        """The first stage that is not done."""
        if self.is_done:
            return None
        return next((stage for stage in self.stages if stage.state != DONE), None)


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
    course: Course,
    plan: Plan,
    day: date,
) -> TaskStanding:
    """Work out where a task stands on a day.

    Args:
        task: the task.
        spans: for each metric that its needs name, the spans that count for its table: see :func:`allot`.
        course: what was recorded of it, of whatever date; what is dated after ``day`` is not there yet.
        plan: its run, its yearly targets, and its lights.
        day: the day asked.
    """
    opens, closes = plan.year_window(task.year)
    key = (task.year, task.number)
    followed = follow_course(task, course.events.get(key, ()), day, course.carried.get(key))
    task = followed.task
    recorded = Recorded(spans, plan.calendar)
    asked = [measure_need(need, recorded, task.year, task.due or closes, plan) for need in task.needs]
    needs = tuple(each.stand(day) for each in asked)
    sign_off = course.sign_offs.get(key)
    signed = sign_off if sign_off and sign_off.on <= day else None
    stages = assess_stages(followed, recorded, course, plan, day) if task.stages else ()
    done = signed is not None or (day >= opens and _is_reached(task, needs, stages))
    by_figures = None if task.is_ongoing else _find_reached(stages, asked, opens, day)
    completed_on = (
        min((on for on in (signed and signed.on, by_figures) if on), default=None) if done else None
    )
    state = _find_state(followed, day, completed_on, signed)
    reports = [on for on in course.reports.get(key, ()) if on <= day]
    live = state in (OPEN, ONGOING)
    unreported = find_unreported(task, plan, reports, day) if live else None
    completed_on = completed_on if state == DONE else None
    row = TaskStanding(
        task=task,
        state=state,
        light=NONE,
        needs=needs,
        sign_off=signed,
        completed_on=completed_on,
        days_overdue=(day - task.due).days if task.due and state == OVERDUE else None,
        days_left=(task.due - day).days if task.due and state == OPEN else None,
        before_plan=signed is not None and signed.on < plan.starts,
        unfounded=is_unfounded(signed, asked),
        stages=stages,
        unreported=unreported,
        due_then=followed.find_due(completed_on) if completed_on else None,
        followed=followed,
    )
    light = _light(row, plan, day)
    pending = (*needs, *(row.next_stage.needs if row.next_stage else ()))
    starting = light == NONE and any(n.light != GREEN for n in pending) and has_only_begun(task, plan, day)
    return row._replace(light=light, starting=starting and live)


def _is_reached(task: Task, needs: tuple[NeedStanding, ...], stages: tuple[StageStanding, ...]) -> bool:
    """Tell whether figures and stages say that a task is done; of what is ongoing they never do."""
    asked = [need.met for need in needs] + [stage.state == DONE for stage in stages]
    return not task.is_ongoing and bool(asked) and all(asked)


def _find_state(course: TaskCourse, day: date, completed_on: date | None, signed: SignOff | None) -> str:
    """Find the state: what rests may be done, what is cancelled or carried on only before it was."""
    ended = course.carrier.on if course.carrier else None
    if ended and (completed_on is None or completed_on >= ended):
        return CARRIED
    if course.cancelled and not signed:
        return CANCELLED
    if completed_on:
        return DONE
    if course.suspended:
        return SUSPENDED
    if course.task.due is None:
        return ONGOING
    return OVERDUE if day > course.task.due else OPEN


def _find_reached(
    stages: tuple[StageStanding, ...], asked: Sequence[MeasuredNeed], opens: date, day: date
) -> date | None:
    """Find the day on which the last of all that a task asks was there; None while anything is not."""
    held = [find_first_day_all_held(asked, opens, day)] if asked else []
    reached = [*held, *(stage.completed_on for stage in stages)]
    return max((on for on in reached if on), default=None) if None not in reached else None


def _light(row: TaskStanding, plan: Plan, day: date) -> str:
    task, following = row.task, row.next_stage
    if row.state in (DONE, OVERDUE):
        return GREEN if row.state == DONE else RED
    if row.state in RESTING or plan.calendar.year_of(day) < task.year:
        return NONE
    if row.overdue_stages:
        return RED
    behind = row.state == OPEN and any(need.is_behind(plan.lights) for need in row.needs)
    behind = behind or (following is not None and following.is_behind(plan.lights))
    if row.unreported or (behind and not has_only_begun(task, plan, day)):
        return YELLOW
    if behind:
        return NONE
    soon = task.due is not None and (task.due - day).days <= plan.lights.due_soon_days
    return BLUE if soon or (following and following.light == BLUE) else NONE


def metrics_of(plan: Plan, asked: Iterable[Target], tasks: Iterable[Task]) -> Iterator[Metric]:
    """Yield the metrics that these targets and tasks of a plan need spans of, each once."""
    needs = [need for task in tasks for need, _stage, _due in task.all_needs]
    yield from dict.fromkeys(
        [*list_metrics(asked, plan), *(m for n in needs for m in Measured(n.metric, n.reading).metrics)]
    )


def assess_plan(plan: Plan, spans: Spans, course: Course, day: date) -> Standing:
    """Work out where the plan stands on a day."""
    targets = tuple(assess_target(target, spans, plan, day) for target in plan.targets)
    tasks = assess_tasks(plan, plan.tasks_in_view(day), spans=spans, course=course, day=day)
    return Standing(plan, day, targets, tally(tasks), score(targets, tasks))


def assess_tasks(
    plan: Plan, asked: Iterable[Task], spans: Spans, course: Course, day: date
) -> tuple[TaskStanding, ...]:
    """Work out where some of the plan's tasks stand on a day; no record counts for two tables' needs."""
    asked = tuple(asked)
    course = course._replace(carried=find_carried(plan))
    added_up = {n.metric for task in asked for n, *_rest in task.all_needs if n.reading.how in ADDING_UP}
    shared = {metric: allot(metric, spans[metric], plan, course) for metric in added_up}
    return tuple(
        assess_task(
            task,
            spans=_count_for(task.year, spans, shared),
            course=course,
            plan=plan,
            day=day,
        )
        for task in asked
    )


def _count_for(year: int, spans: Spans, shared: Mapping[Metric, Shares | None]) -> Spans:
    """Return the spans that count for a table: its share, or all where no other table needs them."""
    own = {metric: shares[year] for metric, shares in shared.items() if shares and year in shares}
    return {**spans, **own} if own else spans
