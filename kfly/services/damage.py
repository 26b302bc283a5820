"""Saying what is damaged in a database, when a command has failed for no reason that it foresaw."""

import sqlite3
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _
from kfly.store import damage
from kfly.store.file.database import reading
from kfly.store.file.identity import name_of
from kfly.store.plan import reading as plan_rows
from kfly.store.signs import has_signs

MOST_NAMED = 3
# What SQLite says of tables and columns that are not there or are views, and of values that do not fit.
_OF_THE_INSIDE = ("SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_SCHEMA")


def explain_failure(error: Exception, path: Path) -> KflyError | None:
    """Find out whether damage in the database is why a command failed, and name it.

    Returns:
        the refusal that names it; None where nothing is damaged, so that the error is another one.
    """
    if isinstance(error, KflyError) and not _is_of_the_inside(error.__cause__):
        return None
    try:
        with reading(path) as db:
            found = list(islice(damage.find_everything(db), MOST_NAMED + 1))
    except KflyError as refusal:
        return refusal if path.exists() else None
    return _refuse(path, found) if found else None


def refuse_damaged(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a database in which another program has broken what every command rests on.

    Raises:
        KflyError: it has, and this is named.
    """
    try:
        looks_damaged = has_signs(db)
    except sqlite3.OperationalError:  # a table that must be there is gone
        looks_damaged = True
    if looks_damaged and (found := [one.message for one in damage.find_damage(db)]):
        raise _refuse(path, found)
    plan_rows.must_have_plan(db)


def _refuse(path: Path, found: Sequence[str]) -> KflyError:
    more = [_("and more")] if len(found) > MOST_NAMED else []
    told = _("; ").join([*found[:MOST_NAMED], *more])
    return KflyError(
        _("{path} is damaged inside: {what}. “kfly check” says what to do.", path=path, what=told)
    )


def _is_of_the_inside(cause: BaseException | None) -> bool:
    return isinstance(cause, sqlite3.Error) and name_of(cause).startswith(_OF_THE_INSIDE)
