"""What is measured in words: a metric and its conditions, a share, an average, what is reported."""

from collections.abc import Mapping

from kfly.locale import N_, _, format_number
from kfly.plan.kinds import Kind
from kfly.plan.metrics import (
    AT_LEAST,
    AT_MOST,
    AVERAGE,
    KNOWN,
    LESS_THAN,
    MORE_THAN,
    REPORTED,
    SHARE,
    Condition,
    Goal,
    Metric,
)
from kfly.plan.model import Name, Target
from kfly.reports.changes.names import READINGS
from kfly.reports.records import write_operator

Kinds = Mapping[str, Kind]
_AMOUNTS = {
    AT_LEAST: N_("at least {amount} {unit}"),
    MORE_THAN: N_("more than {amount} {unit}"),
    AT_MOST: N_("at most {amount} {unit}"),
    LESS_THAN: N_("less than {amount} {unit}"),
}


def write_amount(goal: Goal, unit: Name, metric: Metric) -> str:
    """Write what is promised: 不低于12栋; of a figure by town, what each of them owes."""
    told = _(_AMOUNTS[goal.comparison], amount=format_number(goal.amount), unit=unit.spoken).strip()
    return _("in each of {n} towns {amount}", n=len(metric.towns), amount=told) if metric.towns else told


def write_metric(metric: Metric, kinds: Kinds) -> str:
    """Write how something is counted: of what, under which conditions, from which day on."""
    kind = kinds.get(metric.kind)
    if kind is None:
        return metric.kind
    what = kind.label.spoken
    if metric.field is not None:
        what = _("sum of {field} of {kind}", field=_label(kind, metric.field), kind=what)
    parts = [_condition(condition, kind) for condition in metric.where]
    if metric.dated is not None:
        parts.append(_("by {field}", field=_label(kind, metric.dated)))
    if metric.stock:
        parts.append(_("whenever it began"))
    return _("{kind} ({conditions})", kind=what, conditions=_("; ").join(parts)) if parts else what


def _condition(condition: Condition, kind: Kind) -> str:
    """Write a condition: 建筑面积 ≥ 50,000; a value of several is one of them."""
    label, operator = _label(kind, condition.field), write_operator(condition.operator)
    if condition.operator == KNOWN:
        return _("{field} known", field=label)
    return f"{label} {operator} {'/'.join(condition.values)}"


def _label(kind: Kind, name: str) -> str:
    field = kind.field(name)
    return field.label.spoken if field else name


def write_measured(target: Target, kinds: Kinds) -> str:
    """Write what a target measures: a count or sum, a share of two, an average, or what is reported."""
    how, to = target.reading.how, target.reading.to
    if how in REPORTED:
        return _("reported from outside: {how}", how=_(READINGS[how]))
    if how == SHARE and to is not None:
        of, whole = write_metric(target.metric, kinds), write_metric(to, kinds)
        return _("share: {of} / {to}", of=of, to=whole)
    told = write_metric(target.metric, kinds)
    return _("average: {metric}", metric=told) if how == AVERAGE else _("counted: {metric}", metric=told)


def tell_counting(title: str, before: Metric, after: Metric, kinds: Kinds) -> str:
    """Say how something is counted now that was counted in another way, and for which towns."""
    was, now = write_metric(before, kinds), write_metric(after, kinds)
    told = [_("{before} → {after}", before=was, after=now)] if was != now else []
    gained = [f"+ {town}" for town in after.towns or () if town not in (before.towns or ())]
    lost = [f"− {town}" for town in before.towns or () if town not in (after.towns or ())]
    told += [_(", ").join([*gained, *lost])] if gained or lost else []
    if not told:
        return say_counted_otherwise(title)
    return _("{title}: counted: {told}", title=title, told=_("; ").join(told))


def say_counted_otherwise(title: str) -> str:
    """Say that something is counted in another way, where it cannot be said in which."""
    return _("{title}: counted in another way", title=title)
