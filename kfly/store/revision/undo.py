"""Checks that the plan is as sound after a change is undone as it was before."""

import sqlite3
from collections.abc import Container
from typing import NamedTuple

from kfly.errors import KflyError
from kfly.plan.changes import ChangeGroup
from kfly.plan.files.loading import LoadedPlan, find_plan_faults
from kfly.store.plan import reading as plan_rows
from kfly.store.plan.kinds import read_kinds, read_whole_kinds
from kfly.store.revision.losses import find_losses


class Before(NamedTuple):
    """The plan as it was, and what was wrong with it already."""

    plan: LoadedPlan
    faults: Container[str]


def read_before(db: sqlite3.Connection) -> Before | None:
    """Read the plan in force before a change is undone, with its faults; None where it is damaged."""
    kinds, broken = read_whole_kinds(db)
    if broken:
        return None
    plan = LoadedPlan(plan_rows.read(db), kinds)
    return Before(plan, find_plan_faults(plan))


def must_be_sound(db: sqlite3.Connection, was: Before, group: ChangeGroup) -> None:
    """Check that what a change brought in is not needed by now.

    Args:
        db: the database, in which the change was undone.
        was: the plan as it was before that.
        group: the change.

    Raises:
        KflyError: the plan has new faults, or no place for records and sign-offs: a line for each.
    """
    plan = LoadedPlan(plan_rows.read(db), read_kinds(db))
    lines = [fault for fault in find_plan_faults(plan) if fault not in was.faults]
    lines += [loss.message for loss in find_losses(db, was.plan, plan, {}, since=group.last)]
    if lines:
        raise KflyError(*lines)
