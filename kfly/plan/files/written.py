"""A plan as its files would say it: the way back from a plan to what :mod:`kfly.plan.files.loading` reads.

So a yearly table that is loaded alone can be checked against the plan in force.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from kfly.plan.metrics import Condition, Goal, Metric
from kfly.plan.model import Deliverable, Measure, Name, Need, Organisation, Plan, Task

Data = dict[str, Any]


def targets_file(plan: Plan) -> Data:
    """Return what ``targets.yaml`` says; of its ``records:`` only which standing kinds are left out."""
    return {
        "records": dict.fromkeys(plan.left_out),
        "plan": {
            "name": _both(plan.name),
            "starts": plan.starts.isoformat(),
            "ends": plan.ends.isoformat(),
            "language": plan.language,
            **_given(reply_to=plan.reply_to),
        },
        "lights": {
            "yellow": _number(plan.lights.yellow),
            "due_soon_days": plan.lights.due_soon_days,
            "grace_days": plan.lights.grace_days,
        },
        "evaluation": {
            "award": _number(plan.evaluation.award),
            "warning": _number(plan.evaluation.warning),
        },
        "organisations": [_organisation(organisation) for organisation in plan.organisations],
        "measures": [_measure(measure) for measure in plan.measures],
        "deliverables": [_deliverable(deliverable) for deliverable in plan.deliverables],
        "targets": [
            {
                "key": target.key,
                "section": _both(target.section),
                "name": _both(target.name),
                "unit": _both(target.unit),
                "due": target.due.isoformat(),
                **_given(measure=target.measure, every="year" if target.every_year else None),
                **_metric(target.metric, plan),
                **_goal(target.goal),
                "quotas": {town: _number(amount) for town, amount in target.quotas},
            }
            for target in plan.targets
        ],
    }


def table_file(plan: Plan, year: int) -> Data:
    """Return what ``tasks_YEAR.yaml`` says."""
    return {"year": year, "tasks": [_task(task, plan) for task in plan.tasks if task.year == year]}


def _both(name: Name) -> Data:
    return {"zh": name.zh, "en": name.en}


def _number(amount: Fraction) -> int | Decimal:
    return int(amount) if amount.denominator == 1 else Decimal(amount.numerator) / amount.denominator


def _given(**values: Any) -> Data:
    return {key: value for key, value in values.items() if value is not None}


def _organisation(organisation: Organisation) -> Data:
    return {
        "name": organisation.name,
        "en": organisation.en,
        "kind": organisation.kind,
        "aliases": list(organisation.aliases),
        **_given(email=_addresses(organisation)),
        **({"members": list(organisation.members)} if organisation.kind == "group" else {}),
    }


def _addresses(organisation: Organisation) -> Data | list[str] | None:
    if organisation.cc:
        return {"to": list(organisation.email), "cc": list(organisation.cc)}
    return list(organisation.email) or None


def _measure(measure: Measure) -> Data:
    lead, responsible = list(measure.lead), list(measure.responsible)
    return {"number": measure.number, "name": _both(measure.name), "lead": lead, "responsible": responsible}


def _deliverable(deliverable: Deliverable) -> Data:
    task = deliverable.task and "/".join(map(str, deliverable.task))
    name = _both(deliverable.name)
    return {"key": deliverable.key, "name": name, **_given(measure=deliverable.measure, task=task)}


def _task(task: Task, plan: Plan) -> Data:
    return {
        "number": task.number,
        "title": _both(task.title),
        "lead": list(task.lead),
        "responsible": list(task.responsible),
        "due": task.due.isoformat(),
        "needs": [_need(need, plan) for need in task.needs],
        **_given(measure=task.measure),
    }


def _need(need: Need, plan: Plan) -> Data:
    own = {"name": _both(need.name), "unit": _both(need.unit), **_goal(need.goal)}
    target = next((target for target in plan.targets if target.key == need.target), None)
    if target is None:
        return {**_metric(need.metric, plan), **own}
    # What it has from its target is left out, so that it follows when the target is revised.
    inherited = {"name": _both(target.name), "unit": _both(target.unit), **_goal(target.goal)}
    return {"target": target.key, **{key: v for key, v in own.items() if inherited.get(key) != v}}


def _goal(goal: Goal | None) -> Data:
    return {goal.comparison: _number(goal.amount)} if goal else {}


def _metric(metric: Metric, plan: Plan) -> Data:
    what = {"count": metric.kind} if metric.field is None else {"sum": f"{metric.kind}.{metric.field}"}
    towns: Data = {}
    if metric.towns is not None:
        left_out = [o.name for o in plan.organisations if o.kind == "town" and o.name not in metric.towns]
        towns = {"per": "town", "except": left_out}
    where = {condition.field: _condition(condition) for condition in metric.where}
    return {**what, **towns, "where": where, "stock": metric.stock, **_given(dated=metric.dated)}


def _condition(condition: Condition) -> str | list[str]:
    if condition.operator == "in":
        return list(condition.values)
    sign = "" if condition.operator == "=" else condition.operator + " "
    return sign + condition.values[0]
