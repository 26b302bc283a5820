"""A revised plan in place of the one in force: what is renamed is followed, what would be lost is refused."""

import sqlite3
from collections.abc import Iterable, Iterator

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.loading import LoadedPlan
from kfly.plan.model import Organisation
from kfly.store import plan_writing
from kfly.store.losses import losses
from kfly.store.reshaping import reshape
from kfly.store.schema import quoted


def revise(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan, *, force: bool) -> None:
    """Put a revised plan and its kinds in place; records and sign-offs stay.

    Foreign keys must not be enforced meanwhile, and must be checked before the end.

    Args:
        db: in a transaction, within a group of the log.
        present: what is in force.
        wanted: what shall be.
        force: also where records or sign-offs have to go; the log keeps them.

    Raises:
        KflyError: records or sign-offs would have to go: a line for each reason.
    """
    for old, new in renamed(present.plan.organisations, wanted.plan.organisations):
        _rename(db, old, new)
    lost = list(losses(db, present, wanted))
    if lost and not force:
        raise KflyError(
            *(loss.message for loss in lost),
            _("Nothing was changed. “--force” does it all the same; what goes is kept in the log."),
        )
    try:
        for loss in lost:
            loss.accept()
        reshape(db, present.kinds, wanted.kinds)
    except sqlite3.IntegrityError as error:
        raise KflyError(
            _("The records in the registry do not fit the new plan: {why}.", why=error)
        ) from error
    plan_writing.revise(db, wanted.plan, wanted.kinds)


def renamed(present: Iterable[Organisation], wanted: Iterable[Organisation]) -> Iterator[tuple[str, str]]:
    """The organisations that have a new name: one that keeps the old name as an alias takes its place."""
    before, after = {o.name for o in present}, tuple(wanted)
    for organisation in after:
        if organisation.name not in before:
            gone = [a for a in organisation.aliases if a in before and a not in {o.name for o in after}]
            if len(gone) == 1:
                yield gone[0], organisation.name


def _rename(db: sqlite3.Connection, old: str, new: str) -> None:
    """Rename an organisation wherever it is named."""
    # Foreign keys are off, and their ON UPDATE CASCADE with them.
    for table, column in db.execute(
        'SELECT t.name, f."from" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table' AND f.\"table\" = 'organisations'"
    ).fetchall():
        db.execute(
            f"UPDATE {quoted(table)} SET {quoted(column)} = ?2 WHERE {quoted(column)} = ?1", (old, new)
        )
    db.execute("UPDATE organisations SET name = ?2 WHERE name = ?1", (old, new))
    db.execute(
        "UPDATE metric_conditions SET value = ?2 WHERE value = ?1 AND EXISTS (SELECT 1 FROM metrics AS m"
        " JOIN fields AS f ON f.kind = m.kind AND f.name = metric_conditions.field AND f.type = 'town'"
        " WHERE m.id = metric_conditions.metric)",
        (old, new),
    )
    db.execute("UPDATE field_words SET word = ?2 WHERE word = ?1 AND role = 'only'", (old, new))
