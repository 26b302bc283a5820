"""Loading changed or new plan files: what they change, and putting it in place."""

from collections.abc import Sequence
from typing import NamedTuple

from kfly.plan.changes import Change
from kfly.plan.files.loading import LoadedPlan, revise_files
from kfly.plan.files.marked_yaml import PlanFile
from kfly.plan.model import Plan
from kfly.registry.kinds import STANDING
from kfly.services.changes import MOST, MakeWords, words_for
from kfly.services.moved_dates import keep_first_days
from kfly.services.session import Desk
from kfly.store import totals
from kfly.store.log import reading as log
from kfly.store.log import triggers
from kfly.store.log.tallies import count_changes
from kfly.store.plan.kinds import read_kinds
from kfly.store.revision.revise import revise as revise_database


class Difference(NamedTuple):
    """What a revised plan changes: in lines for people, and every change."""

    lines: Sequence[str]
    changes: Sequence[Change]
    composite: frozenset[str]  # the tables whose keys are of several columns


def revise_plan(
    desk: Desk, files: Sequence[PlanFile], make: MakeWords, *, force: bool, correct: bool = False
) -> Difference:
    """Put the plan of some files in place, within an open group of the log; what they do not say stays.

    Args:
        desk: the database, opened with tables that may be made anew.
        files: ``targets.yaml``, yearly tables, or both.
        make: makes the words in which changes are told.
        force: put it in place even where records or sign-offs have to go.
        correct: due days that are moved were wrong from the beginning, and are no extensions.

    Raises:
        KflyError: the files have faults, or records and sign-offs would have to go.
    """
    present = LoadedPlan(desk.plan, read_kinds(desk.db))
    wanted = revise_files(dict.fromkeys(files), present, STANDING)
    if not correct:
        wanted = keep_first_days(desk, wanted, files)
    revise_database(desk.db, present, wanted, force=force)
    totals.distrust(desk.db)
    return _difference(Desk(desk.db), make, present.plan)


def _difference(desk: Desk, make: MakeWords, before: Plan) -> Difference:
    """Say what the open group has changed: each row of the plan, and records summed up if they are many."""
    words, group = words_for(desk, make), log.read_open_group(desk.db)
    changes = list(log.read_changes(desk.db, group.first, group.last))
    tallies = count_changes(desk.db, group)
    many = {tally.table for tally in tallies if tally.table in desk.registry.kinds and tally.rows > MOST}
    lines = words.describe((change for change in changes if change.table not in many), before=before)
    lines += [words.sum_up(tally) for tally in tallies if tally.table in many]
    return Difference(lines, changes, triggers.composite_keys(desk.db))
