"""What taking a change back would do to the plan: it must be as sound afterwards as it was before."""

import sqlite3
from collections.abc import Container
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.plan.changes import Group
from kfly.plan.files.loading import LoadedPlan, faults
from kfly.store.plan import reading as plan_rows
from kfly.store.plan.kinds import read_kinds
from kfly.store.revision.losses import losses


class Before(NamedTuple):
    """The plan as it was, and what was wrong with it already."""

    plan: LoadedPlan
    faults: Container[str]


def before(db: sqlite3.Connection) -> Before:
    """The plan in force, before a change is taken back."""
    plan = LoadedPlan(plan_rows.read(db), read_kinds(db))
    return Before(plan, faults(plan))


def must_be_sound(db: sqlite3.Connection, was: Before, group: Group) -> None:
    """See that what a change brought in is not needed by now.

    Args:
        db: the database, in which the change was taken back.
        was: what it was before.
        group: the change.

    Raises:
        KflyError: the plan has faults now, or records and sign-offs no place in it: a line for each.
    """
    plan = LoadedPlan(plan_rows.read(db), read_kinds(db))
    lines = [fault for fault in faults(plan) if fault not in was.faults]
    lines += [loss.message for loss in losses(db, was.plan, plan, {}, since=group.last)]
    if lines:
        raise KflyError(*lines)
