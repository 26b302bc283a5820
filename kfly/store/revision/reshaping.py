"""Changing the tables of the kinds from one declaration to another; no record is lost on the way.

Foreign keys must not be enforced meanwhile: a table that is made anew is gone for a moment.
"""

import sqlite3
from collections.abc import Container, Iterable

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.plan.known_kinds import EXPENDITURE
from kfly.store.log import groups, triggers
from kfly.store.plan import kind_views
from kfly.store.plan.kinds import make_tables
from kfly.store.revision.clashes import find_clashes
from kfly.store.schema.tables import kind_indexes, kind_table, quote

# Least values that the package once declared: since schema 4 a refund is a negative payment.
_LOOSENED = {(EXPENDITURE, "amount"): "0"}


def reshape(db: sqlite3.Connection, present: Iterable[Kind], wanted: Iterable[Kind]) -> None:
    """Make the tables of new kinds, make anew those whose columns differ, and drop those of kinds that go.

    The values of a field that goes, or changes its type, stay in the log.
    """
    before = {kind.name: kind for kind in present}
    after = {kind.name: kind for kind in wanted}
    dropped = [name for name in before if name not in after]
    changed = [name for name in after if name in before and _differ(before[name], after[name])]
    added = [kind for name, kind in after.items() if name not in before]
    if dropped or changed or added:
        kind_views.take_away(db)
    for name in dropped:
        db.execute(f"DELETE FROM {quote(name)}")
        db.execute(f"DROP TABLE {quote(name)}")
    for name in changed:
        _make_anew(db, before[name], after[name])
    make_tables(db, added)
    for kind in added:  # one that was here before has used ids, which the log still names
        db.execute(
            'INSERT INTO sqlite_sequence (name, seq) SELECT ?1, max(key) FROM changes WHERE "table" = ?1'
            " HAVING max(key) IS NOT NULL",
            (kind.name,),
        )
    if dropped or changed or added:
        groups.note_reshaped(db)


def lost_fields(present: Kind, wanted: Kind) -> list[str]:
    """Find the fields whose values a kind's new declaration has no place for."""
    return [
        field.name
        for field in present.fields
        if (kept := wanted.field(field.name)) is None or (kept.type, kept.to) != (field.type, field.to)
    ]


def add_standing(present: tuple[Kind, ...], standing: Iterable[Kind]) -> tuple[Kind, ...]:
    """Add to the kinds in force what a newer package has: kinds, fields, choices and other names.

    What the plan has under the same name belongs to the plan and stays.
    """
    kinds = {kind.name: kind for kind in present}
    for newer in standing:
        known = kinds.get(newer.name)
        if known is None:
            kinds[newer.name] = newer
        elif all(map(newer.field, known.key)):  # else it is the plan's own, and only called the same
            kinds[newer.name] = _grown(known, newer)
    return tuple(kinds.values())


def do_without(kinds: Iterable[Kind], left_out: Container[str]) -> tuple[Kind, ...]:
    """Return kinds without those that a plan leaves out, nor what refers to them.

    A newer kind that cannot stand without one of those goes with it.
    """
    kept = [kind for kind in kinds if kind.name not in left_out]
    known = {kind.name for kind in kept}
    whole = [kind for kind in kept if not any(_is_lost(f, known) and _is_vital(f, kind) for f in kind.fields)]
    if len(whole) < len(kept):
        return do_without(whole, left_out)
    return tuple(k._replace(fields=tuple(f for f in k.fields if not _is_lost(f, known))) for k in kept)


def _is_lost(field: Field, known: Container[str]) -> bool:
    return field.to is not None and field.to not in known


def _is_vital(field: Field, kind: Kind) -> bool:
    return field.required or field.name in kind.key


def _grown(kind: Kind, newer: Kind) -> Kind:
    taken = {word.casefold() for f in kind.fields for word in (f.name, *f.label, *f.aliases)}
    fields = []
    for field in kind.fields:
        other = newer.field(field.name)
        if other is not None and other.type == field.type:
            choices = (*field.choices, *(word for word in other.choices if word not in field.choices))
            aliases = (*field.aliases, *(word for word in other.aliases if word.casefold() not in taken))
            field = field._replace(  # noqa: PLW2901
                choices=choices,
                aliases=aliases,
                not_above=field.not_above or other.not_above,
                minimum=None if _is_loosened(kind, field, other) else field.minimum,
            )
        fields.append(field)
    fields += [field for field in newer.fields if taken.isdisjoint({field.name, *field.label})]
    return kind._replace(fields=tuple(fields))


def _is_loosened(kind: Kind, field: Field, newer: Field) -> bool:
    """Tell whether a field has its least value only from an older package, which no longer sets one."""
    return newer.minimum is None and _LOOSENED.get((kind.name, field.name)) == field.minimum


def _differ(present: Kind, wanted: Kind) -> bool:
    return (kind_table(present), kind_indexes(present)) != (kind_table(wanted), kind_indexes(wanted))


def _make_anew(db: sqlite3.Connection, present: Kind, wanted: Kind) -> None:
    _must_fit(
        db, wanted, [field for field in wanted.fields if _is_narrower(present.field(field.name), field)]
    )
    table, passing = quote(present.name), present.name + " new"
    lost = lost_fields(present, wanted)
    for field in lost:
        triggers.note_cleared(db, present.name, field)
    kept = [
        f.name for f in (*wanted.fields, NOTE) if (present.field(f.name) or f is NOTE) and f.name not in lost
    ]
    lacking = {
        f.name for f in wanted.fields if f.required and (f.name not in kept or _has_gaps(db, table, f.name))
    }
    _must_tell_apart(db, present, [f for name in wanted.key if (f := wanted.field(name))], kept)
    db.execute(kind_table(wanted, passing, lacking if _has_records(db, table) else ()))
    for name, type_ in _columns_of_others(db, present):
        if wanted.field(name) is None:
            db.execute(f"ALTER TABLE {quote(passing)} ADD COLUMN {quote(name)} {type_}")
            kept.append(name)
    listed = ", ".join(["id", *map(quote, kept)])
    db.execute(f"INSERT INTO {quote(passing)} ({listed}) SELECT {listed} FROM {table} ORDER BY id")
    # Ids are never used twice, those of removed records included.
    db.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, seq FROM sqlite_sequence WHERE name = ?2"
        " AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
        (passing, present.name),
    )
    db.execute(
        "UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = ?2) WHERE name = ?1",
        (passing, present.name),
    )
    db.execute(f"DROP TABLE {table}")
    db.execute("PRAGMA legacy_alter_table = ON")  # or a view of somebody's on the table would forbid it
    db.execute(f"ALTER TABLE {quote(passing)} RENAME TO {table}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    for index in kind_indexes(wanted):
        db.execute(index)


def _columns_of_others(db: sqlite3.Connection, kind: Kind) -> list[tuple[str, str]]:
    """Find the columns that another program has added to a kind's table, with their types."""
    own = {"id", NOTE.name, *(field.name for field in kind.fields)}
    columns = db.execute("SELECT name, type FROM pragma_table_info(?)", (kind.name,)).fetchall()
    return [(name, type_) for name, type_ in columns if name not in own]


def _has_records(db: sqlite3.Connection, table: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _has_gaps(db: sqlite3.Connection, table: str, field: str) -> bool:
    sql = f"SELECT 1 FROM {table} WHERE {quote(field)} IS NULL LIMIT 1"
    return db.execute(sql).fetchone() is not None


def _is_narrower(before: Field | None, after: Field) -> bool:
    bounds = (after.minimum, after.maximum)
    return before is not None and before.type == after.type and bounds != (before.minimum, before.maximum)


def _must_fit(db: sqlite3.Connection, kind: Kind, narrower: Iterable[Field]) -> None:
    """Check that what the records hold lies within a field's new bounds."""
    for field in narrower:
        column, low, high = quote(field.name), field.minimum, field.maximum
        tests = [f"{column} {sign} {bound}" for sign, bound in (("<", low), (">", high)) if bound is not None]
        sql = f"SELECT count(*) FROM {quote(kind.name)} WHERE {' OR '.join(tests) or 0}"
        (number,) = db.execute(sql).fetchone()
        if number:
            raise KflyError(
                _(
                    "{kind}: {field} must lie within {bounds}, but there are records beyond: {number}."
                    " Correct them first; nothing was changed.",
                    kind=kind.label.spoken,
                    field=field.label.spoken,
                    bounds=f"{low or '-∞'} … {high or '∞'}",
                    number=number,
                )
            )


def _must_tell_apart(
    db: sqlite3.Connection, present: Kind, key: Iterable[Field], kept: Container[str]
) -> None:
    """Check that no two records have the same natural key; a part that none has yet tells all apart."""
    asked = tuple(key)
    if all(field.name in kept or not field.required for field in asked):
        lines = find_clashes(db, present, [field for field in asked if field.name in kept])
        if lines:
            raise KflyError(*lines)
