"""New things of the plan in words: what is promised, how much, by when, by whom.

A wrong digit in a plan file shows here, before it is put in place.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from kfly.locale import N_, _, format_number
from kfly.plan.changes import LoggedRow
from kfly.plan.kinds import Field
from kfly.plan.metrics import Metric
from kfly.plan.model import Plan, Target, Task
from kfly.plan.numbers import TaskNumber
from kfly.plan.organisations import name_organisations
from kfly.plan.tables import COUNTING
from kfly.reports import words
from kfly.reports.changes.measured import Kinds, write_amount, write_measured, write_metric
from kfly.reports.changes.names import EVERY


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


def _target(row: LoggedRow, plan: Plan, kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["key"])
    if target is None:
        return
    yield target.name.spoken
    yield from _promised(target)
    if target.every is not None:
        yield _(EVERY[target.every])
    yield _due(target.due)
    yield from _of_measure(target.measure)
    yield from _roles(target.lead, target.responsible, plan)
    yield write_measured(target, kinds)


def _promised(target: Target) -> Iterator[str]:
    """Write the one amount of a target, and from where its line runs; several are told by themselves."""
    if target.goal is not None and target.follows is not None:
        sign = words.sign(target.goal.comparison)
        yield _("{sign} the figure of {target}", sign=sign, target=target.follows)
    elif target.goal is not None and not (target.goals or target.town_goals):
        yield write_amount(target.goal, target.unit, target.metric)
    if target.baseline is not None:
        first = isinstance(target.baseline, str)
        told = _("the first figure") if first else _with_unit(Fraction(target.baseline), target)
        yield _("from {amount} on", amount=told)


def _with_unit(amount: Fraction, target: Target) -> str:
    return f"{format_number(amount)} {target.unit.spoken}".strip()


def _period_goal(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["target"])
    if target is not None and target.goal is not None:
        amount = next((g.amount for g in target.goals if g.period == row["period"]), None)
        goal = target.goal if amount is None else target.goal._replace(amount=amount)
        yield _("tracked only") if amount is None else write_amount(goal, target.unit, target.metric)


def _town_goal(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["target"])
    amount = dict(target.town_goals).get(row["organisation"]) if target else None
    if target is not None and target.goal is not None and amount is not None:
        goal = target.goal._replace(amount=amount)
        yield write_amount(goal, target.unit, target.metric._replace(towns=None))


def _town_baseline(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["target"])
    amount = dict(target.town_baselines).get(row["organisation"]) if target else None
    if target is not None and amount is not None:
        yield _with_unit(amount, target)


def _need_by_town(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    task = _find_task(plan, row["year"], row["task"])
    need = task.needs[row["need"]] if task and row["need"] < len(task.needs) else None
    amount = dict(need.town_goals).get(row["organisation"]) if need else None
    if need is not None and amount is not None:
        goal = need.goal._replace(amount=amount)
        yield write_amount(goal, need.unit, need.metric._replace(towns=None))


def _need(row: LoggedRow, plan: Plan, kinds: Kinds) -> Iterator[str]:
    task = _find_task(plan, row["year"], row["task"])
    if task is not None and row["position"] < len(task.all_needs):
        need, *_rest = task.all_needs[row["position"]]
        if not need.town_goals:
            yield write_amount(need.goal, need.unit, need.metric)
        if need.target is None:  # else it is counted as its target is
            yield _("counted: {metric}", metric=write_metric(need.metric, kinds))


def _quota(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    target = _find_target(plan, row["target"])
    if target is not None:
        amount = dict(target.quotas).get(row["organisation"])
        if amount is not None:
            yield _with_unit(amount, target)


def _task(row: LoggedRow, plan: Plan, _kinds: Kinds) -> Iterator[str]:
    task = _find_task(plan, row["year"], row["number"])
    if task is not None:
        yield task.title.spoken
        yield _due(task.due) if task.due else _("ongoing")
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


def _find_task(plan: Plan, year: int, number: TaskNumber) -> Task | None:
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
    "period_goals": _period_goal,
    "town_goals": _town_goal,
    "town_baselines": _town_baseline,
    "need_town_goals": _need_by_town,
    "tasks": _task,
    "organisations": _organisation,
    "measures": _measure,
    "deliverables": _deliverable,
    "fields": _field,
    "kinds": _kind,
}


def find_metric(table: str, row: LoggedRow, plan: Plan, column: str = COUNTING[0]) -> Metric | None:
    """Find how a target, or a task's need, is counted in a plan; or what a target is divided by."""
    if table == "targets":
        target = _find_target(plan, row["key"])
        if target is None:
            return None
        return target.metric if column == COUNTING[0] else target.reading.to
    task = _find_task(plan, row["year"], row["task"])
    needs = task.all_needs if task else ()
    return needs[row["position"]][0].metric if row["position"] < len(needs) else None
