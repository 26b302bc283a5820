"""Where the stages of a task stand: each is done, overdue or open by itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kfly.plan.course import Course
from kfly.plan.model import Lights, Plan, SignOff, Stage
from kfly.progress.course import TaskCourse
from kfly.progress.figures import Recorded
from kfly.progress.grace import has_only_begun
from kfly.progress.lights import BLUE, GREEN, NONE, RED, YELLOW
from kfly.progress.needs import MeasuredNeed, NeedStanding, find_first_day_all_held, measure_need
from kfly.progress.states import DONE, OPEN, OVERDUE, RESTING


class StageStanding(NamedTuple):
    """A stage on a day."""

    stage: Stage  # with the due day in force on the day
    number: int  # from 1
    state: str
    light: str
    needs: tuple[NeedStanding, ...]
    sign_off: SignOff | None
    completed_on: date | None
    days_overdue: int | None = None
    days_left: int | None = None
    due_then: date | None = None  # in force on the day of its completion
    unfounded: bool = False  # signed off by figures that, as recorded today, did not hold on that day

    @property
    def late(self) -> bool:
        """Whether it was completed after the due date in force on that day."""
        on, due = self.completed_on, self.due_then
        return on is not None and due is not None and on > due

    def is_behind(self, lights: Lights) -> bool:
        """Tell whether it is open and a need of it lags so far that its task is behind."""
        return self.state == OPEN and any(need.is_behind(lights) for need in self.needs)


def assess_stages(
    followed: TaskCourse, recorded: Recorded, course: Course, plan: Plan, day: date
) -> tuple[StageStanding, ...]:
    """Work out where the stages of a task stand on a day; only the next one is yellow or blue.

    In the first days of the task's table none is yellow.

    Args:
        followed: the task as it stood on the day.
        recorded: what its needs amount to.
        course: what was recorded of it.
        plan: its run, and its lights.
        day: the day asked.
    """
    found, open_before = [], False
    for row in _assess(followed, recorded, course, plan, day):
        found.append(row._replace(light=NONE) if open_before and row.light in (YELLOW, BLUE) else row)
        open_before |= row.state == OPEN
    return tuple(found)


def _assess(
    followed: TaskCourse, recorded: Recorded, course: Course, plan: Plan, day: date
) -> Iterator[StageStanding]:
    task = followed.task
    opens, _closes = plan.year_window(task.year)
    starting = has_only_begun(task, plan, day)
    for number, stage in enumerate(task.stages, 1):
        asked = [measure_need(need, recorded, task.year, stage.due, plan) for need in stage.needs]
        needs = tuple(each.stand(day) for each in asked)
        sign_off = course.stages.get((task.year, task.number, number))
        signed = sign_off if sign_off and sign_off.on <= day else None
        by_figures = day >= opens and bool(needs) and all(need.met for need in needs)
        state = DONE if signed or by_figures else followed.resting or (OVERDUE if day > stage.due else OPEN)
        held = find_first_day_all_held(asked, opens, day) if state == DONE else None
        completed_on = min((d for d in (signed and signed.on, held) if d), default=None)
        row = StageStanding(
            stage=stage,
            number=number,
            state=state,
            light=NONE,
            needs=needs,
            sign_off=signed,
            completed_on=completed_on,
            days_overdue=(day - stage.due).days if state == OVERDUE else None,
            days_left=(stage.due - day).days if state == OPEN else None,
            due_then=followed.find_due(completed_on, number) if completed_on else None,
            unfounded=is_unfounded(signed, asked),
        )
        lit = day >= opens or signed is not None
        yield row._replace(light=_light(row, plan, day, starting=starting)) if lit else row


def is_unfounded(signed: SignOff | None, asked: Sequence[MeasuredNeed]) -> bool:
    """Tell whether something was signed off by figures that, as recorded today, did not hold on that day.

    What was forced claims no figures.
    """
    if signed is None or signed.forced:
        return False
    return not all(each.holds(signed.on) for each in asked)


def _light(row: StageStanding, plan: Plan, day: date, *, starting: bool) -> str:
    if row.state in RESTING:
        return NONE
    if row.state != OPEN:
        return GREEN if row.state == DONE else RED
    if row.is_behind(plan.lights):
        return NONE if starting else YELLOW
    return BLUE if (row.stage.due - day).days <= plan.lights.due_soon_days else NONE
