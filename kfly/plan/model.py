"""The plan's words as values: targets, tasks, needs, and who answers for them.

These are named tuples, not dataclasses: ``status`` builds them at every start, and a dataclass costs it
half a millisecond to define.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from kfly.locale import language

AT_LEAST = "at_least"  # 不低于, 不少于, 以上, 达, and a bare number
MORE_THAN = "more_than"  # 超
AT_MOST = "at_most"  # a ceiling
COMPARISONS = (AT_LEAST, MORE_THAN, AT_MOST)
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
    task: tuple[int, int] | None  # year and number of the task that delivers it


class Condition(NamedTuple):
    """One line of a metric's ``where``: a field against one value, or against any of several."""

    field: str
    operator: str  # =, in, >=, <=, >, <, !=
    values: tuple[str, ...]


class Metric(NamedTuple):
    """A count of a kind's records, or the sum of one of its fields, filtered."""

    kind: str
    field: str | None  # summed; None counts records
    where: tuple[Condition, ...] = ()
    stock: bool = False  # counts what exists on the day, whenever it began
    dated: str | None = None  # counts from this date field, not from the kind's own
    towns: tuple[str, ...] | None = None  # of a ``per: town`` metric: the towns it covers

    @property
    def whole(self) -> bool:
        """Whether expected and projected figures are rounded down, as for counts and per-town rows."""
        return self.field is None or self.towns is not None


class Span(NamedTuple):
    """What some of a metric's records amount to: it counts from ``since`` until the day before ``until``."""

    since: date
    until: date | None  # None: for good
    amount: Fraction
    town: str | None = None  # of a ``per: town`` metric


class Goal(NamedTuple):
    """An amount and the way it is compared: the plan's boundary word."""

    comparison: str
    amount: Fraction

    def met(self, actual: Fraction) -> bool:
        """Tell whether an actual figure keeps the promise."""
        if self.comparison == MORE_THAN:
            return actual > self.amount
        if self.comparison == AT_MOST:
            return actual <= self.amount
        return actual >= self.amount

    def steps_test(self, scale: int) -> Callable[[int], bool]:
        """Return what tells whether a figure in whole steps, of which so many make one, keeps the promise."""
        bound = self.amount * scale
        if self.comparison == MORE_THAN:
            return bound.__floor__().__lt__
        return bound.__floor__().__ge__ if self.comparison == AT_MOST else bound.__ceil__().__le__

    def trajectory_end(self, *, whole: bool) -> Fraction:
        """Return where the trajectory must arrive: one above the goal for a count that must exceed it."""
        return self.amount + 1 if whole and self.comparison == MORE_THAN else self.amount


class Target(NamedTuple):
    """A metric, a comparison, a goal and a deadline (二、具体目标)."""

    key: str
    section: Name
    name: Name
    metric: Metric
    goal: Goal | None  # None: tracked only
    unit: Name
    due: date
    every_year: bool = False
    measure: int | None = None
    quotas: tuple[tuple[str, Fraction], ...] = ()  # what single towns and zones owe of it


class Need(NamedTuple):
    """A metric that a task must reach."""

    name: Name
    metric: Metric
    goal: Goal
    unit: Name
    target: str | None  # the target it names, whose trajectory it then marks


class Task(NamedTuple):
    """A row of a yearly breakdown table (重点工作分解表)."""

    year: int
    number: int
    title: Name
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    due: date
    measure: int | None
    needs: tuple[Need, ...]


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
    number: int
    on: date
    forced: bool
    note: str | None = None
    evidence: tuple[EvidenceFile, ...] = ()
    recorded_at: str = ""  # UTC
    reopened_at: str | None = None
    reopen_reason: str | None = None


class ProgressNote(NamedTuple):
    """What was reported of a task on its way (反馈); a percentage is its author's word, no light's."""

    year: int
    number: int
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
        return max(date(year, 1, 1), self.starts), min(date(year, 12, 31), self.ends)

    def tasks_in_view(self, day: date) -> tuple[Task, ...]:
        """Return the tasks of all tables up to the day's year, and always those of the earliest table."""
        if not self.tasks:
            return ()
        earliest = min(task.year for task in self.tasks)
        return tuple(task for task in self.tasks if task.year <= max(day.year, earliest))
