"""Orders beyond the yearly tables (交办): no file says them, and a revised plan keeps them."""

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan, Task


def keep_orders(present: Plan, wanted: Plan) -> Plan:
    """Return a revised plan with the orders of the plan in force, under the new names of organisations.

    Raises:
        KflyError: whom an order names is gone: a line for each.
    """
    orders = [task for task in present.tasks if task.is_order]
    if not orders:
        return wanted
    names = {alias: o.name for o in wanted.organisations for alias in (*o.aliases, o.name)}
    lines = [
        _("{organisation} is gone from the plan, but is named by the order {order}.", organisation=name,
          order=f"{task.year}/{task.number}")
        for task in orders
        for name in (*task.lead, *task.responsible)
        if name not in names
    ]  # fmt: skip
    if lines:
        raise KflyError(*lines)
    return wanted._replace(tasks=(*wanted.tasks, *(_rename(task, names) for task in orders)))


def _rename(task: Task, names: dict[str, str]) -> Task:
    lead, responsible = (tuple(names[name] for name in its) for its in (task.lead, task.responsible))
    return task._replace(lead=lead, responsible=responsible)
