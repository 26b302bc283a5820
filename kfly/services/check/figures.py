"""The check of reported figures: shares above the whole, days to come, periods without a figure."""

from collections.abc import Iterator, Set
from datetime import date, datetime
from fractions import Fraction
from functools import cache, partial

from kfly.locale import _, format_number
from kfly.plan.kinds import Field, Kind, command_of
from kfly.plan.known_kinds import FIGURE, FIGURE_DAY, FIGURE_VALUE
from kfly.plan.metrics import AMOUNT, LEVEL, SHARE
from kfly.plan.model import Target
from kfly.plan.periods import MONTHS, YEAR
from kfly.plan.units import count_parts
from kfly.progress import rhythm
from kfly.progress.rhythm import Gap
from kfly.progress.targets import assess_target, list_metrics
from kfly.registry.checks import FieldFault
from kfly.registry.registry import Registry
from kfly.services.check.expectations import Expectations, read_expectations
from kfly.services.check.findings import KFLY, TO_FILL_IN, WARNING, Finding, list_some
from kfly.services.check.naming import Naming
from kfly.services.check.promises import TARGET
from kfly.services.session import Desk
from kfly.store import reported, spans

ABOVE_WHOLE = "share_above_whole"


def find_reported_above_whole(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find reported shares above the whole: 620 for 6.20 % is the usual slip."""
    field, naming, expectations = kind.field(FIGURE_VALUE), Naming(registry, kind), read_expectations()
    if field is None:
        return
    by_whole: dict[int, list[str]] = {}
    for target in registry.figures.targets.values():
        if target.reading.how == LEVEL and (whole := _find_whole(target, expectations)):
            by_whole.setdefault(whole, []).append(target.key)
    for whole, keys in by_whole.items():
        for record, value in reported.find_above(registry.db, keys, whole):
            yield _report_value(naming, field, record, value, whole)


def find_shares_above_whole(desk: Desk, day: date, uncountable: Set[str | None]) -> Iterator[Finding]:
    """Find the shares that come to more than the whole on a day, as recorded: a part above what it is of."""
    expectations = read_expectations()
    for target in desk.plan.targets:
        whole = _find_whole(target, expectations) if target.reading.how == SHARE else None
        metrics = [*list_metrics([target], desk.plan)] if whole else []
        if whole is None or not uncountable.isdisjoint(metric.kind for metric in metrics):
            continue
        row = assess_target(target, spans.read(desk.db, metrics), desk.plan, day)
        figures = [(one.town, one.actual) for one in row.each] if row.each else [(None, row.actual)]
        above = [(town, actual) for town, actual in figures if actual is not None and actual > whole]
        if above:
            yield _report_share(target, whole, above)


def find_entered_early(registry: Registry, kind: Kind, until: date) -> Iterator[Finding]:
    """Find figures that were entered before the day they speak of was there: nobody could know them."""
    field, naming = kind.field(FIGURE_DAY), Naming(registry, kind)
    for record, day, made_at in reported.find_entered_early(registry.db, until):
        entered = datetime.fromisoformat(made_at).astimezone().date()
        if field is not None and day > entered:
            message = _("had not come when the figure was entered, on {day}", day=entered.isoformat())
            fault = FieldFault(field, day.isoformat(), message)
            command = naming.setting(record, f"{field.name}={TO_FILL_IN}")
            about = (field.name, day.isoformat(), entered.isoformat())
            yield naming.finding(WARNING, "stated_early", record, str(fault), *command, about=about)


def find_missing_periods(registry: Registry, day: date) -> Iterator[Finding]:
    """Find the periods of which a target has no figure, though it has some of before or since.

    Periods are those of its ``every:``, or shorter ones, where its figures come so.
    """
    plan, months = registry.plan, reported.read_months(registry.db)
    list_due = cache(partial(rhythm.list_due, plan.calendar, day=day, grace_days=plan.lights.grace_days))
    for key, target in registry.figures.targets.items():
        its = months.get(key)
        if its is None:
            continue
        gaps: dict[Gap, list[str]] = {}
        every, is_usual = _choose_period(target, set().union(*its.values()))
        if every is None:
            continue
        due = list_due(every=every, is_usual=is_usual)
        since = max(min(map(min, its.values())), rhythm.number_month(plan.starts))
        for town in target.metric.towns or (None,):
            for gap in rhythm.find_gaps(due, its.get(town, set()), since):
                gaps.setdefault(gap, []).extend([town] if town else [])
        yield from (_report_gap(target, gap, towns) for gap, towns in gaps.items())


def _choose_period(target: Target, months: set[int]) -> tuple[str | None, bool]:
    """Choose the periods that figures are asked of: those of the plan, or shorter ones in which they come."""
    asked = target.every
    usual = None if target.reading.how == AMOUNT else rhythm.find_rhythm(months)
    if usual is not None and MONTHS[usual] < (MONTHS[asked] if asked else MONTHS[YEAR] + 1):
        return usual, True
    return asked, False


def _find_whole(target: Target, expectations: Expectations) -> int | None:
    """Return the figure that a target's should not exceed: 100 of %; None where it has none, or may.

    It may where the plan promises more itself, and where its name says so: growth, completion, an index.
    """
    whole = count_parts(target.unit.zh)
    promised = [
        *(goal.amount for goal in target.goals if goal.amount is not None),
        *(amount for _town, amount in (*target.town_goals, *target.town_baselines)),
        *((target.goal.amount,) if target.goal else ()),
        *((target.baseline,) if isinstance(target.baseline, Fraction) else ()),
    ]
    names = [name.casefold() for name in target.name]
    may_exceed = any(word in name for word in expectations.above_whole for name in names)
    return None if whole == 1 or may_exceed or max(promised, default=Fraction(0)) > whole else whole


def _report_value(naming: Naming, field: Field, record: int, value: float, whole: int) -> Finding:
    shown = format_number(Fraction(str(value)))
    message = _("is more than the whole, which is {whole}", whole=format_number(Fraction(whole)))
    command = naming.setting(record, f"{field.name}={TO_FILL_IN}")
    fault = FieldFault(field, shown, message)
    return naming.finding(WARNING, ABOVE_WHOLE, record, str(fault), *command, about=(field.name, shown))


def _report_share(target: Target, whole: int, above: list[tuple[str | None, Fraction]]) -> Finding:
    told = [f"{town or ''} {format_number(actual)}".strip() for town, actual in above]
    message = _(
        "{figures} is more than the whole, which is {whole}",
        figures=list_some(told),
        whole=format_number(Fraction(whole)),
    )
    about = (target.key, *((town, str(actual)) for town, actual in above))
    return _of_target(target, ABOVE_WHOLE, message, (KFLY, "list", target.metric.kind), about)


def _report_gap(target: Target, gap: Gap, towns: list[str]) -> Finding:
    first, last = gap.first.label, gap.last.label
    message = (
        _("no figure of {first}", first=first)
        if first == last
        else _("no figures of {first} to {last}", first=first, last=last)
    )
    if towns:
        message = _("{message}: {towns}", message=message, towns=list_some(towns))
    named = ("--town", towns[0]) if towns else ()
    ends = ("--stated-on", gap.first.last.isoformat(), "--value", TO_FILL_IN)
    command = (KFLY, command_of(FIGURE), "--target", target.key, *named, *ends)
    about = (target.key, first, last if gap.is_closed else "", *towns)
    return _of_target(target, "period_missing", message, command, about)


def _of_target(
    target: Target, code: str, message: str, command: tuple[str, ...], about: tuple[object, ...]
) -> Finding:
    return Finding(
        severity=WARNING,
        code=code,
        kind=TARGET,
        id=target.key,
        title=target.name.spoken,
        message=message,
        command=command,
        label=_("The target"),
        about=about,
    )
