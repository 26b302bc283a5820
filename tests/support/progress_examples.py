"""Small plans to reason about by hand.

Two calendars keep the sums easy. From the eve of the plan, 31 December 2021, to its end are 1096 days. And a
promise due on 10 April 2022, the hundredth day, with a goal of 100 is expected to grow by one a day: on the
fiftieth day it should stand at 50.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from kfly.plan.course import Course
from kfly.plan.metrics import AT_LEAST, AT_MOST, MORE_THAN, Goal, Metric, Span
from kfly.plan.model import Evaluation, Lights, Name, Need, Plan, SignOff, Target, Task
from kfly.progress import targets, tasks

Day = str | date
Amount = int | str | Fraction

NANZHA, YUNTING, YUECHENG, CHENGJIANG = "南闸街道", "云亭街道", "月城镇", "澄江街道"

BUILDINGS = Metric("building", None)  # a count, a flow
EXPENDITURE = Metric("expenditure", "amount")  # a sum, a flow
INVESTORS = Metric("investor", None, stock=True)
FUND_SCALE = Metric("fund", "size", stock=True)
ENCLAVES = Metric("enclave", "floor_area", towns=(NANZHA, YUNTING, YUECHENG))

EVE = date(2021, 12, 31)
HUNDREDTH_DAY = date(2022, 4, 10)


def day(text: Day) -> date:
    """A day, written as 2022-03-01."""
    return date.fromisoformat(text) if isinstance(text, str) else text


def nth_day(number: int) -> date:
    """The day of that number in 2022 (1 is 1 January)."""
    return EVE + timedelta(days=number)


def at_least(amount: Amount) -> Goal:
    """不低于."""
    return Goal(AT_LEAST, Fraction(amount))


def more_than(amount: Amount) -> Goal:
    """超."""
    return Goal(MORE_THAN, Fraction(amount))


def at_most(amount: Amount) -> Goal:
    """A ceiling."""
    return Goal(AT_MOST, Fraction(amount))


def span(since: Day, amount: Amount = 1, *, until: Day | None = None, town: str | None = None) -> Span:
    """Records worth ``amount`` that count from ``since`` on."""
    return Span(day(since), day(until) if until else None, Fraction(amount), town)


def target(
    goal: Goal | None,
    metric: Metric = BUILDINGS,
    *,
    due: Day = "2024-12-31",
    every: str | None = None,
    key: str = "asked",
) -> Target:
    """A target of the plan."""
    name = Name(key, key)
    return Target(key, name, name, metric, goal, name, day(due), every)


def need(goal: Goal, metric: Metric = BUILDINGS, names: str | None = "asked") -> Need:
    """A need; it names the target that ``target`` builds unless told otherwise."""
    return Need(Name("need", "need"), metric, goal, Name("unit", "unit"), names)


def task(number: int, due: Day, *needs: Need, year: int = 2022) -> Task:
    """A row of a yearly table."""
    return Task(year, number, Name("task", "task"), ("市科技局",), (), day(due), None, needs)


def signed(on: Day, *, number: int = 1, year: int = 2022, forced: bool = False) -> SignOff:
    """A sign-off."""
    return SignOff(year, number, day(on), forced)


def plan(
    *rows: Task,
    starts: Day = "2022-01-01",
    ends: Day = "2024-12-31",
    lights: Lights | None = None,
    promises: tuple[Target, ...] = (),
) -> Plan:
    """A plan with these tasks."""
    return Plan(
        name=Name("plan", "plan"),
        starts=day(starts),
        ends=day(ends),
        language="zh",
        lights=lights or Lights(yellow=Fraction(4, 5), due_soon_days=30),
        evaluation=Evaluation(Fraction(85), Fraction(60)),
        organisations=(),
        measures=(),
        deliverables=(),
        targets=promises,
        tasks=rows,
    )


PLAN = plan()


def standing(promise: Target, spans: Iterable[Span], as_of: Day, of: Plan = PLAN) -> targets.TargetStanding:
    """Where a target stands."""
    return targets.assess_target(promise, {promise.metric: list(spans)}, of, day(as_of))


def task_standing(
    row: Task,
    spans: Mapping[Metric, list[Span]],
    as_of: Day,
    sign_off: SignOff | None = None,
    of: Plan = PLAN,
) -> tasks.TaskStanding:
    """Where a task stands; what its needs count of is nothing unless given."""
    known = {asked.metric: spans.get(asked.metric, []) for asked in row.needs}
    course = Course({(row.year, row.number): sign_off} if sign_off else {})
    return tasks.assess_task(row, known, course, of, day(as_of))
