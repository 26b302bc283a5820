"""What a need asks that names a target and gives no amount of its own: what the target promises by then."""

from datetime import date

from kfly.plan.metrics import Goal
from kfly.plan.model import Target
from kfly.plan.periods import Calendar


def find_goal_by(target: Target, due: date, calendar: Calendar) -> Goal | None:
    """Find what a target promises for a day: with amounts by period, that of the day's own period.

    Milestones hold until the next one: between two of them the later one counts. None where nothing
    is promised for that period, or where the amount is another target's figure.
    """
    if target.goal is None or target.follows is not None:
        return None
    if not target.goals:
        return target.goal
    if target.every is not None:
        label = calendar.find_period(target.every, due).label
        amount = next((goal.amount for goal in target.goals if goal.period == label), None)
    else:
        ends = [
            (period.last, goal.amount)
            for goal in target.goals
            if (period := calendar.read_period(goal.period))
        ]
        amount = next((amount for last, amount in ends if due <= last), target.goal.amount)
    return None if amount is None else target.goal._replace(amount=amount)
