"""New things of the plan in words: what is promised, how much, by when, by whom.

A wrong digit in a plan file shows here, before it is put in place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kfly.locale import N_, _, format_number
from kfly.plan.changes import LoggedRow
from kfly.plan.kinds import Field, Kind
from kfly.plan.metrics import AT_LEAST, AT_MOST, MORE_THAN, Condition, Goal, Metric
from kfly.plan.model import Name, Plan, Target, Task
from kfly.plan.organisations import name_organisations
from kfly.reports.records import write_operator

_AMOUNTS = {
    AT_LEAST: N_("at least {amount} {unit}"),
    MORE_THAN: N_("more than {amount} {unit}"),
    AT_MOST: N_("at most {amount} {unit}"),
}

Kinds = Mapping[str, Kind]


def tell_promise(table: str, row: LoggedRow, plan: Plan, kinds: Kinds) -> str:
    """Say what a new row promises; nothing for a row whose name says all.

    Args:
        table: the row's table.
        row: the row.
        plan: the plan that has it.
        kinds: the kinds that have it.
    """
    tell = _TELLING.get(table)
    return _("; ").join(tell(row, plan, kinds)) if tell else ""


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
    return f"{label} {operator} {'/'.join(condition.values)}"


def _label(kind: Kind, name: str) -> str:
    field = kind.field(name)
    return field.label.spoken if field else name


def _target(row: LoggedRow, plan: Plan, kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["key"])
    if target is not None:
        yield target.name.spoken
        if target.goal is not None:
            yield write_amount(target.goal, target.unit, target.metric)
        if target.every_year:
            yield _("every year")
        yield _due(target.due)
        yield from _of_measure(target.measure)
        yield _("counted: {metric}", metric=write_metric(target.metric, kinds))


def _need(row: LoggedRow, plan: Plan, kinds: Kinds) -> Iterator[str]:
    task = _find_task(plan, row["year"], row["task"])
    if task is not None and row["position"] < len(task.needs):
        need = task.needs[row["position"]]
        yield write_amount(need.goal, need.unit, need.metric)
        if need.target is None:  # else it is counted as its target is
            yield _("counted: {metric}", metric=write_metric(need.metric, kinds))


def _quota(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["target"])
    if target is not None:
        amount = dict(target.quotas).get(row["organisation"])
        if amount is not None:
            yield f"{format_number(amount)} {target.unit.spoken}".strip()


def _task(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    task = _find_task(plan, row["year"], row["number"])
    if task is not None:
        yield task.title.spoken
        yield _due(task.due)
        yield from _roles(task.lead, (), plan)  # who else answers for it would fill the screen
        yield from _of_measure(task.measure)


def _organisation(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    found = next((o for o in plan.organisations if o.name == row["name"]), None)
    if found is not None:
        yield _(_KINDS_OF_ORGANISATION[found.kind])
        if found.email:
            yield _("e-mail {address}", address=_(", ").join(found.email))
        if found.cc:
            yield _("copies to {address}", address=_(", ").join(found.cc))
        if found.aliases:
            yield _("also called {names}", names=_(", ").join(found.aliases))
        if found.members:
            yield _("members {names}", names=_names(found.members, plan))


def _measure(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    found = next((m for m in plan.measures if m.number == row["number"]), None)
    if found is not None:
        yield found.name.spoken
        yield from _roles(found.lead, found.responsible, plan)


def _deliverable(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    found = next((d for d in plan.deliverables if d.key == row["key"]), None)
    if found is not None:
        yield found.name.spoken
        yield from _of_measure(found.measure)
        if found.task is not None:
            yield _("task {number}", number="/".join(map(str, found.task)))


def _field(row: LoggedRow, _plan: Plan, kinds: Kinds) -> Iterator[str]:
    kind = kinds.get(row["kind"])
    field = kind.field(row["name"]) if kind else None
    if field is not None:
        yield field.label.spoken
        yield field.type if field.unit is None else f"{field.type} ({field.unit})"
        if field.required:
            yield _("required")
        yield from _bounds(field)
        if field.choices:
            yield _("choices {words}", words=_(", ").join(field.choices))


def _bounds(field: Field) -> Iterator[str]:
    for bound, sign in ((field.minimum, "≥"), (field.maximum, "≤")):
        if bound is not None:
            yield f"{sign} {bound}"


def _kind(row: LoggedRow, _plan: Plan, kinds: Kinds) -> Iterator[str]:
    kind = kinds.get(row["name"])
    if kind is not None:
        yield kind.label.spoken


def _due(day: date) -> str:
    return _("due {day}", day=day.isoformat())


def _of_measure(number: int | None) -> Iterable[str]:
    return [] if number is None else [_("measure {number}", number=number)]


def _roles(lead: tuple[str, ...], responsible: tuple[str, ...], plan: Plan) -> Iterator[str]:
    if lead:
        yield _("lead {names}", names=_names(lead, plan))
    if responsible:
        yield _("responsible {names}", names=_names(responsible, plan))


def _names(organisations: Iterable[str], plan: Plan) -> str:
    names = name_organisations(plan)
    return _(", ").join(names.get(name, name) for name in organisations)


def _find_target(plan: Plan, key: str) -> Target | None:
    return next((target for target in plan.targets if target.key == key), None)


def _find_task(plan: Plan, year: int, number: int) -> Task | None:
    return next((task for task in plan.tasks if (task.year, task.number) == (year, number)), None)


_KINDS_OF_ORGANISATION = {
    "department": N_("department"),
    "town": N_("town"),
    "zone": N_("zone"),
    "company": N_("company"),
    "group": N_("group"),
}

_TELLING: dict[str, Callable[[dict[str, Any], Plan, Kinds], Iterator[str]]] = {
    "targets": _target,
    "task_needs": _need,
    "quotas": _quota,
    "tasks": _task,
    "organisations": _organisation,
    "measures": _measure,
    "deliverables": _deliverable,
    "fields": _field,
    "kinds": _kind,
}


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


def find_metric(table: str, row: LoggedRow, plan: Plan) -> Metric | None:
    """Find how a target, or a task's need, is counted in a plan."""
    if table == "targets":
        target = _find_target(plan, row["key"])
        return target.metric if target else None
    task = _find_task(plan, row["year"], row["task"])
    needs = task.needs if task else ()
    return needs[row["position"]].metric if row["position"] < len(needs) else None
