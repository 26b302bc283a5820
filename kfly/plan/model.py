"""The plan's words as values: targets, tasks, needs, and who answers for them.

These are named tuples, not dataclasses: ``status`` builds them at every start, and a dataclass costs it
half a millisecond to define.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import language
from kfly.plan.metrics import A_TOTAL, Goal, Metric, PeriodGoal, Reading
from kfly.plan.numbers import TaskKey, TaskNumber
from kfly.plan.periods import YEAR, Calendar
from kfly.plan.returns import Return

AWARD, PASS, WARNING = "award", "pass", "warning"
OUTCOMES = (AWARD, PASS, WARNING)  # of an evaluation, the best first


class Name(NamedTuple):
    """A name in both languages."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """Return the name in ``zh`` or ``en``."""
        return self.en if language == "en" else self.zh

    @property
    def spoken(self) -> str:
        """The name in the language in use."""
        return self.in_(language())


class Lights(NamedTuple):
    """The office's convention for its lights; the plan document gives none."""

    yellow: Fraction  # share of the trajectory below which a light is no longer yellow but red
    due_soon_days: int
    grace_days: int = 0  # the first days of a window, in which nothing is called late
    red: Fraction | None = None  # of lights in points: the lag beyond which they are red; None: by shares

    @property
    def in_points(self) -> bool:
        """Whether the lag in percentage points decides, and ``yellow`` is the lag from which on."""
        return self.red is not None


class Evaluation(NamedTuple):
    """Scores of 0 to 100: from ``award`` on a carrier is rewarded, below ``warning`` it is warned (四、3)."""

    award: Fraction
    warning: Fraction

    def outcome(self, score: Fraction) -> str:
        """Return what a score leads to: ``award`` (奖励), ``pass`` (合格) or ``warning`` (亮牌警示)."""
        if score >= self.award:
            return AWARD
        return WARNING if score < self.warning else PASS


PLACES = ("town", "zone")  # the kinds of organisation to which records belong


class Organisation(NamedTuple):
    """A department, town, zone or company that answers for something, or a group of them."""

    name: str
    en: str
    kind: str
    aliases: tuple[str, ...] = ()
    email: tuple[str, ...] = ()  # whom its letters go to, as people write addresses
    cc: tuple[str, ...] = ()  # who gets copies of them
    members: tuple[str, ...] = ()  # of a group: the organisations it opens up to

    @property
    def title(self) -> Name:
        """The name in both languages."""
        return Name(self.name, self.en)

    @property
    def is_place(self) -> bool:
        """Whether it is a town or a zone: 镇街园区, to which records belong."""
        return self.kind in PLACES


class Measure(NamedTuple):
    """One of the plan's lines of work (三、主要工作)."""

    number: int
    name: Name
    lead: tuple[str, ...]
    responsible: tuple[str, ...]


class Deliverable(NamedTuple):
    """A document or body that the plan promises."""

    key: str
    name: Name
    measure: int | None
    task: TaskKey | None  # year and number of the task that delivers it


class Target(NamedTuple):
    """A metric, a comparison, a goal and a deadline (二、具体目标).

    Attributes:
        goal: what is promised by the deadline; None: tracked only. With goals by period the last of them, by
            town the largest, and 0 where it follows another target.
        every: the period that begins anew: ``year``, ``half``, ``quarter``, ``month``; None: the whole plan.
        quotas: what single towns and zones owe of it.
        reading: how the figure comes out of the metric.
        goals: what is promised period by period, where that differs.
        town_goals: of a ``per: town`` target: what single towns owe, where that differs.
        follows: the key of the target whose figure is the goal (同步).
        baseline: from where the line runs: a figure, ``first`` for the first one, None for 0 or no line.
        town_baselines: of a ``per: town`` target: those of single towns.
        decimals: how its figures are shown; None: as given, two at most.
        weight: in the score; None: it has none.
        lead: who leads it; empty: who leads its measure.
        responsible: who answers for it; empty: who answers for its measure.
    """

    key: str
    section: Name
    name: Name
    metric: Metric
    goal: Goal | None
    unit: Name
    due: date
    every: str | None = None
    measure: int | None = None
    quotas: tuple[tuple[str, Fraction], ...] = ()
    reading: Reading = A_TOTAL
    goals: tuple[PeriodGoal, ...] = ()
    town_goals: tuple[tuple[str, Fraction], ...] = ()
    follows: str | None = None
    baseline: Fraction | str | None = None
    town_baselines: tuple[tuple[str, Fraction], ...] = ()
    decimals: int | None = None
    weight: Fraction | None = None
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()

    @property
    def every_year(self) -> bool:
        """Whether its figure begins anew each year."""
        return self.every == YEAR

    @property
    def is_ceiling(self) -> bool:
        """Whether it is a bound to keep below while the figure grows, not a level to keep or to sink to."""
        upper = self.goal is not None and self.goal.is_upper
        return upper and not self.reading.is_level and self.baseline is None and not self.town_baselines


class Need(NamedTuple):
    """A metric that a task must reach."""

    name: Name
    metric: Metric
    goal: Goal
    unit: Name
    target: str | None  # the target it names, whose trajectory it then marks
    reading: Reading = A_TOTAL  # that target's
    town_goals: tuple[tuple[str, Fraction], ...] = ()  # of a ``per: town`` metric: what single towns owe


class Stage(NamedTuple):
    """A step of a task with a due day of its own (阶段)."""

    title: Name
    due: date
    lead: tuple[str, ...] = ()  # where that is not who leads the task
    needs: tuple[Need, ...] = ()


class Task(NamedTuple):
    """A row of a yearly breakdown table (重点工作分解表).

    Attributes:
        due: its last day, with stages that of the last one; None: it is ongoing (长期坚持).
        needs: what it must reach itself; its stages have their own.
        weight: in the score; None: it has none.
        support: who helps, and owes no rate (配合单位).
        leader: the name of the leader in charge (分管领导).
        report_every: the period of which each wants a report of progress: one of PERIODS; None: none does.
        stages: its steps, in order.
        carries: the task of an earlier table that it goes on with (结转).
        assigned_on: the day on which it was ordered beyond the tables (交办); None: it stands in a table.
        assigned_by: the meeting that ordered it.
    """

    year: int
    number: TaskNumber
    title: Name
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    due: date | None
    measure: int | None
    needs: tuple[Need, ...]
    weight: Fraction | None = None
    support: tuple[str, ...] = ()
    leader: str | None = None
    report_every: str | None = None
    stages: tuple[Stage, ...] = ()
    carries: TaskKey | None = None
    assigned_on: date | None = None
    assigned_by: str | None = None

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads it, or a stage of it."""
        return tuple(dict.fromkeys((*self.lead, *(name for stage in self.stages for name in stage.lead))))

    @property
    def is_order(self) -> bool:
        """Whether it was ordered beyond the tables."""
        return self.assigned_on is not None

    def is_there(self, day: date) -> bool:
        """Tell whether it is there on a day: an order is not, before it was given."""
        return self.assigned_on is None or self.assigned_on <= day

    @property
    def is_ongoing(self) -> bool:
        """Whether it goes on without an end."""
        return self.due is None

    @property
    def all_needs(self) -> tuple[tuple[Need, int | None, date | None], ...]:
        """Its needs and those of its stages, each with the stage's number and with its due day."""
        own = ((need, None, self.due) for need in self.needs)
        staged = ((n, k, stage.due) for k, stage in enumerate(self.stages, 1) for n in stage.needs)
        return (*own, *staged)


class EvidenceFile(NamedTuple):
    """A file that proves something of a task, as it was when it was shown."""

    path: str  # its name; older releases kept where it lay
    size: int  # bytes
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, without the folders it lay in."""
        return self.path.rpartition("/")[2]


SIGN_OFF, FEEDBACK, ADDED = "sign_off", "feedback", "added"  # with what evidence came; added: by itself


class Evidence(NamedTuple):
    """A file of evidence, with what it came, and whether its bytes are in the database."""

    file: EvidenceFile
    came_with: str  # SIGN_OFF, FEEDBACK or ADDED
    on: date | None  # the day of that sign-off or feedback
    added_at: str  # UTC
    kept: bool
    withdrawn: bool = False  # its sign-off was taken back


class SignOff(NamedTuple):
    """The office's own word that a task is finished (销号)."""

    year: int
    number: TaskNumber
    on: date
    forced: bool
    note: str | None = None
    evidence: tuple[EvidenceFile, ...] = ()
    recorded_at: str = ""  # UTC
    reopened_at: str | None = None
    reopen_reason: str | None = None
    stage: int | None = None  # of the task that alone is finished, from 1


class ProgressNote(NamedTuple):
    """What was reported of a task on its way (反馈); a percentage is its author's word, no light's."""

    year: int
    number: TaskNumber
    on: date
    text: str
    percent: int | None = None
    organisation: str | None = None  # who reported it
    recorded_at: str = ""  # UTC
    evidence: tuple[EvidenceFile, ...] = ()


class Plan(NamedTuple):
    """One whole action plan."""

    name: Name
    starts: date
    ends: date
    language: str
    lights: Lights
    evaluation: Evaluation
    organisations: tuple[Organisation, ...]
    measures: tuple[Measure, ...]
    deliverables: tuple[Deliverable, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    left_out: tuple[str, ...] = ()  # the standing kinds of record that it does without
    reply_to: str | None = None  # who gets the answers to its letters
    year_starts: int = 1  # the month on whose first day its years begin
    returns: tuple[Return, ...] = ()  # what is to be sent, and from whom

    @property
    def calendar(self) -> Calendar:
        """Its run and its years."""
        return Calendar(self.starts, self.ends, self.year_starts)

    @property
    def eve(self) -> date:
        """The day before the plan starts, on which every trajectory stands at 0."""
        return self.starts - timedelta(days=1)

    @property
    def places(self) -> tuple[Organisation, ...]:
        """The towns and zones, in the plan's order."""
        return tuple(organisation for organisation in self.organisations if organisation.is_place)

    def year_window(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of a year, cut to the plan's run.

        For a year outside the plan the last day lies before the first: nothing counts in it.
        """
        return self.calendar.year_window(year)

    def tasks_in_view(self, day: date) -> tuple[Task, ...]:
        """Return the tasks of all tables up to the day's year, and always those of the earliest table.

        Orders beyond the tables are in view from their own day on.
        """
        latest = max(self.calendar.year_of(day), min(self.table_years, default=0))
        return tuple(task for task in self.tasks if task.year <= latest and task.is_there(day))

    @property
    def table_years(self) -> tuple[int, ...]:
        """The years of its tables."""
        return tuple(sorted({task.year for task in self.tasks if not task.is_order}))
