"""The targets of a plan: what each measures and promises, and which of them follow one another."""

from fractions import Fraction

from kfly.locale import _
from kfly.plan.files.goal_reader import GoalReader, TownAmounts
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.organisation_reader import OrganisationReader
from kfly.plan.files.promise_shapes import TargetShape
from kfly.plan.files.quota_reader import QuotaReader
from kfly.plan.files.reading_reader import Measured, ReadingReader
from kfly.plan.files.shapes import TargetFile
from kfly.plan.files.task_reader import check_measure, describe_unknown_target
from kfly.plan.metrics import TOTAL
from kfly.plan.model import Target


class TargetReader:
    """The targets of one plan; faults are noted in its document."""

    def __init__(
        self, document: Document, organisations: OrganisationReader, metrics: MetricReader, goals: GoalReader
    ) -> None:
        self.document = document
        self.organisations = organisations
        self.readings = ReadingReader(metrics, document)
        self.goals = goals
        self.quotas = QuotaReader(metrics.kinds, organisations.organisations, document)

    def read(self, file: TargetFile) -> tuple[Target, ...]:
        """Read all targets."""
        found = {n: t for n, shape in enumerate(file.targets) if (t := self._target(file, n, shape))}
        by_key = {target.key: target for target in found.values()}
        for number, target in found.items():
            if target.follows is not None and target.goal is not None:
                place = ("targets", number, target.goal.comparison, "target")
                self._check_followed(target, target.follows, by_key, place)
        return tuple(found.values())

    def _target(self, file: TargetFile, number: int, target: TargetShape) -> Target | None:
        place = ("targets", number)
        if target.key in [earlier.key for earlier in file.targets[:number]]:
            self.document.fault((*place, "key"), _("{value} is given twice", value=target.key))
        check_measure(self.document, self.document, place, target.measure)
        if target.due is not None and target.due < file.plan.starts:
            self.document.fault((*place, "due"), _("lies before the plan starts"))
        lead, responsible = (
            self.organisations.names(self.document, (*place, role), getattr(target, role))
            for role in ("lead", "responsible")
        )
        measured = self.readings.read(target, place)
        if measured is None:
            return None
        metric, reading = measured
        promised = self.goals.read(target, metric.towns, place, self.document)
        baseline, town_baselines = self._baseline(target, measured, place)
        return Target(
            key=target.key,
            section=target.section.name(),
            name=target.name.name(),
            metric=metric,
            goal=promised.goal,
            unit=target.unit.name(),
            due=target.due or promised.due or file.plan.ends,
            every=target.every,
            measure=target.measure,
            quotas=self.quotas.read(target.quotas, metric, promised.goal, (*place, "quotas"), reading),
            reading=reading,
            goals=promised.goals,
            town_goals=promised.town_goals,
            follows=promised.follows,
            baseline=baseline,
            town_baselines=town_baselines,
            decimals=target.decimals,
            weight=target.weight,
            lead=lead,
            responsible=responsible,
        )

    def _baseline(
        self, target: TargetShape, measured: Measured, place: Place
    ) -> tuple[Fraction | str | None, TownAmounts]:
        """Read from where a target's line runs, as it is for all towns and for single ones."""
        written, towns, at = target.baseline, measured[0].towns, (*place, "baseline")
        if written is None:
            return None, ()
        if why := _why_no_baseline(target, measured):
            self.document.fault(at, why)
        elif isinstance(written, dict):
            if towns is None:
                self.document.fault(at, _("a baseline by town wants per: town"))
            else:
                return None, self.goals.read_baselines(written, towns, at, self.document)
        else:
            return written, ()
        return None, ()

    def _check_followed(self, target: Target, key: str, by_key: dict[str, Target], place: Place) -> None:
        """Check that the target that one follows is there, in the same unit, and follows it in no circle."""
        followed = by_key.get(key)
        if followed is None:
            keys = [str(item.get("key")) for item in self.document.items("targets")]
            if key not in keys:
                self.document.fault(place, describe_unknown_target(key, keys))
        elif _comes_back(target, by_key):
            self.document.fault(place, _("these targets follow each other in a circle"))
        elif followed.metric.towns is not None:
            self.document.fault(
                place, _("{target} has a figure for each town; it cannot be followed", target=key)
            )
        elif followed.unit.zh != target.unit.zh:
            message = _(
                "{target} is in {unit}; both must be in one unit", target=key, unit=followed.unit.spoken
            )
            self.document.fault(place, message)


def _why_no_baseline(target: TargetShape, measured: Measured) -> str:
    """Say why a target can have no baseline; the text is empty where it can."""
    metric, reading = measured
    if not reading.is_level and not (reading.how == TOTAL and metric.stock):
        return _("is for levels and stocks; what adds up begins at 0: give the increase alone as the amount")
    if target.from_first and reading.how == TOTAL:
        return _("first: is for what can have no figure yet; a count or sum has one on every day")
    if target.comparison is None:
        return _("a baseline without an amount leads nowhere; give one such as at_least:")
    return ""


def _comes_back(target: Target, by_key: dict[str, Target]) -> bool:
    """Tell whether those that a target follows lead back to it."""
    passed: set[str] = set()
    step: Target | None = target
    while step is not None and step.follows is not None and step.follows not in passed:
        passed.add(step.follows)
        step = by_key.get(step.follows)
    return target.key in passed
