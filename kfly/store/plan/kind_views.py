"""The views of the kinds in force: made with their tables, made anew as kinds, labels or language change."""

import sqlite3

from kfly.plan.kinds import RESERVED_KINDS
from kfly.store.plan.kinds import read_kinds
from kfly.store.plan.reading import read_language
from kfly.store.schema import views
from kfly.store.schema.tables import quote
from kfly.store.signs import has_signs


def find_views(db: sqlite3.Connection) -> dict[str, str]:
    """Find the views of the kinds: the kind's name, and what its view is called."""
    return {kind: name for name, (kind, _statement) in _read_present(db).items()}


def take_away(db: sqlite3.Connection) -> None:
    """Take all views of kinds away, so that nothing has a name that a new table may want."""
    for name in _read_present(db):
        db.execute(f"DROP VIEW {quote(name)}")


def renew(db: sqlite3.Connection) -> None:
    """See that each kind has its view, as its declaration and the plan's language are now.

    Where the tables look damaged, nothing is done: what is mended calls again.
    """
    if has_signs(db):
        return
    present, wanted = _read_present(db), _write_wanted(db)
    for name, (_kind, statement) in present.items():
        if wanted.get(name) != statement:
            db.execute(f"DROP VIEW {quote(name)}")
    for name, statement in wanted.items():
        if present.get(name, ("", ""))[1] != statement:
            db.execute(statement)


def _read_present(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Read the views of kinds that there are: their kinds and statements, by what they are called."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall()
    kinds = {name: (views.read_kind(name, statement), statement) for name, statement in rows}
    return {name: (kind, statement) for name, (kind, statement) in kinds.items() if kind is not None}


def _write_wanted(db: sqlite3.Connection) -> dict[str, str]:
    """Write the views that there should be, by what they are called."""
    kinds, language = {kind.name: kind for kind in read_kinds(db)}, read_language(db)
    taken = _find_taken(db) | {*kinds, *RESERVED_KINDS}
    wanted: dict[str, str] = {}
    for kind in kinds.values():
        name = views.choose_name(kind, language, taken)
        taken.add(name.casefold())
        wanted[name] = views.write_view(name, kind, kinds, language)
    return wanted


def _find_taken(db: sqlite3.Connection) -> set[str]:
    """Find all names in the file but those of the views of kinds."""
    own = _read_present(db)
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    return {name.casefold() for name in names.difference(own)}
