"""A plan as its files would say it: the way back from a plan to what :mod:`kfly.plan.files.loading` reads.

So a yearly table that is loaded alone can be checked against the plan in force.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kfly.plan.metrics import AVERAGE, REPORTED, SHARE, Condition, Goal, Metric
from kfly.plan.model import (
    Deliverable,
    Evaluation,
    Lights,
    Measure,
    Name,
    Need,
    Organisation,
    Plan,
    Stage,
    Target,
    Task,
)
from kfly.plan.needs import find_goal_by
from kfly.plan.numbers import write_task_key

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
            **({} if plan.calendar.is_plain else {"year_starts": f"{plan.year_starts:02d}-01"}),
        },
        "lights": _lights(plan.lights),
        "evaluation": _evaluation(plan.evaluation),
        "organisations": [_organisation(organisation) for organisation in plan.organisations],
        "measures": [_measure(measure) for measure in plan.measures],
        "deliverables": [_deliverable(deliverable) for deliverable in plan.deliverables],
        "targets": [_target(target, plan) for target in plan.targets],
        "returns": [
            {"kind": r.kind, "from": list(r.organisations), "every": r.every, "by": r.by}
            for r in plan.returns
        ],
    }


def table_file(plan: Plan, year: int) -> Data:
    """Return what ``tasks_YEAR.yaml`` says."""
    own = (task for task in plan.tasks if task.year == year and not task.is_order)
    return {"year": year, "tasks": [_task(task, plan) for task in own]}


def _both(name: Name) -> Data:
    return {"zh": name.zh, "en": name.en}


def _number(amount: Fraction) -> int | Decimal:
    return int(amount) if amount.denominator == 1 else Decimal(amount.numerator) / amount.denominator


def _given(**values: Any) -> Data:
    return {key: value for key, value in values.items() if value is not None}


def _lights(lights: Lights) -> Data:
    points = {"measure": "points", "red": _number(lights.red)} if lights.red is not None else {}
    return {
        **points,
        "yellow": _number(lights.yellow),
        "due_soon_days": lights.due_soon_days,
        "grace_days": lights.grace_days,
    }


def _evaluation(evaluation: Evaluation) -> Data:
    return {"award": _number(evaluation.award), "warning": _number(evaluation.warning)}


def _target(target: Target, plan: Plan) -> Data:
    return {
        "key": target.key,
        "section": _both(target.section),
        "name": _both(target.name),
        "unit": _both(target.unit),
        "due": target.due.isoformat(),
        **_given(
            measure=target.measure,
            every=target.every,
            decimals=target.decimals,
            weight=None if target.weight is None else _number(target.weight),
            baseline=_baseline(target),
        ),
        **_measured(target, plan),
        **_promised(target),
        "quotas": _amounts(target.quotas),
        "lead": list(target.lead),
        "responsible": list(target.responsible),
    }


def _measured(target: Target, plan: Plan) -> Data:
    """Write what a target measures, and for which towns."""
    metric, how = target.metric, target.reading.how
    towns = _towns(metric, plan)
    if how in REPORTED:
        return {"reported": how, **towns}
    if how == SHARE and target.reading.to is not None:
        return {"share": {"of": _counted(metric), "to": _counted(target.reading.to)}, **towns}
    if how == AVERAGE:
        counted = _counted(metric)
        return {"average": counted.pop("sum"), **counted, **towns}
    return _metric(metric, plan)


def _promised(target: Target) -> Data:
    """Write the amounts of a target: one, those of periods or of towns, or whose figure it is."""
    if target.goal is None:
        return {}
    if target.follows is not None:
        return {target.goal.comparison: {"target": target.follows}}
    if target.goals:
        amounts = {g.period: None if g.amount is None else _number(g.amount) for g in target.goals}
        return {target.goal.comparison: amounts}
    return _asked(target.goal, target.town_goals)


def _baseline(target: Target) -> Data | int | Decimal | str | None:
    if target.town_baselines:
        return _amounts(target.town_baselines)
    return _number(target.baseline) if isinstance(target.baseline, Fraction) else target.baseline


def _amounts(by_town: tuple[tuple[str, Fraction], ...]) -> Data:
    return {town: _number(amount) for town, amount in by_town}


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
    weight = None if task.weight is None else _number(task.weight)
    due = task.due or plan.year_window(task.year)[1]
    return {
        "number": task.number,
        "title": _both(task.title),
        "lead": list(task.lead),
        "responsible": list(task.responsible),
        "support": list(task.support),
        **({"due": task.due.isoformat()} if task.due else {"ongoing": True}),
        "needs": [_need(need, due, plan) for need in task.needs],
        "stages": [_stage(stage, plan) for stage in task.stages],
        **_given(carries=task.carries and write_task_key(task.carries)),
        **_given(measure=task.measure, weight=weight, leader=task.leader, report_every=task.report_every),
    }


def _stage(stage: Stage, plan: Plan) -> Data:
    return {
        "title": _both(stage.title),
        "due": stage.due.isoformat(),
        "lead": list(stage.lead),
        "needs": [_need(need, stage.due, plan) for need in stage.needs],
    }


def _need(need: Need, due: date, plan: Plan) -> Data:
    own = {"name": _both(need.name), "unit": _both(need.unit), **_asked(need.goal, need.town_goals)}
    target = next((target for target in plan.targets if target.key == need.target), None)
    if target is None:
        return {**_metric(need.metric, plan), **own}
    # What it has from its target is left out, so that it follows when the target is revised.
    goal = find_goal_by(target, due, plan.calendar)
    inherited = {"name": _both(target.name), "unit": _both(target.unit), **_asked(goal, target.town_goals)}
    return {"target": target.key, **{key: v for key, v in own.items() if inherited.get(key) != v}}


def _asked(goal: Goal | None, town_goals: tuple[tuple[str, Fraction], ...] = ()) -> Data:
    if goal is None:
        return {}
    return {goal.comparison: _amounts(town_goals) if town_goals else _number(goal.amount)}


def _metric(metric: Metric, plan: Plan) -> Data:
    return {**_counted(metric), **_towns(metric, plan)}


def _counted(metric: Metric) -> Data:
    what = {"count": metric.kind} if metric.field is None else {"sum": f"{metric.kind}.{metric.field}"}
    where = {condition.field: _condition(condition) for condition in metric.where}
    return {**what, "where": where, "stock": metric.stock, **_given(dated=metric.dated)}


def _towns(metric: Metric, plan: Plan) -> Data:
    if metric.towns is None:
        return {}
    left_out = [o.name for o in plan.organisations if o.kind == "town" and o.name not in metric.towns]
    return {"per": "town", "except": left_out}


def _condition(condition: Condition) -> str | list[str]:
    if condition.operator == "in":
        return list(condition.values)
    sign = "" if condition.operator == "=" else condition.operator + " "
    return sign + condition.values[0]
