"""Putting a revised plan in place: what is renamed is followed, and what would be lost is refused."""

import sqlite3

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.files.loading import LoadedPlan
from kfly.store.plan import writing as plan_writing
from kfly.store.revision.losses import find_losses
from kfly.store.revision.renaming import find_successors, follow
from kfly.store.revision.reshaping import reshape


def revise(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan, *, force: bool) -> None:
    """Put a revised plan and its kinds in place; records and sign-offs stay.

    Foreign keys must not be enforced meanwhile, and must be checked before the end.

    Args:
        db: in a transaction, within a group of the log.
        present: what is in force.
        wanted: what is to be in force.
        force: put it in place even where records or sign-offs have to go; the log keeps them.

    Raises:
        KflyError: records or sign-offs would have to go: a line for each reason.
    """
    moved = find_successors(present.plan.organisations, wanted.plan.organisations)
    follow(db, moved, present.plan.organisations, present.kinds)
    lost = list(find_losses(db, present, wanted, moved))
    if lost and not force:
        raise KflyError(
            *(loss.message for loss in lost),
            _("Nothing was changed. “--force” does it all the same; what goes is kept in the log."),
        )
    try:
        for loss in lost:
            loss.accept()
        reshape(db, present.kinds, wanted.kinds)
    except sqlite3.IntegrityError as error:  # from a rule that another program has set
        raise KflyError(
            _("The records in the registry do not fit the new plan; nothing was changed: see “kfly check”.")
        ) from error
    plan_writing.update_plan(db, wanted.plan, wanted.kinds)
