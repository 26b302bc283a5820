"""The kinds in force, in their tables, and the table that each of them is given."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Field, Kind, Stage
from kfly.plan.model import Name
from kfly.store.schema.tables import has_column, kind_indexes, kind_table

Row = dict[str, Any]


def make_tables(db: sqlite3.Connection, kinds: Iterable[Kind]) -> None:
    """Make the tables of some kinds."""
    for kind in kinds:
        db.execute(kind_table(kind))
        for index in kind_indexes(kind):
            db.execute(index)


def make_rows(kinds: Iterable[Kind]) -> dict[str, list[Row]]:
    """Return the rows that declare some kinds, by their tables."""
    declared = tuple(kinds)
    return {
        "kinds": [_kind_row(kind, position) for position, kind in enumerate(declared)],
        "fields": [_field_row(kind, field, n) for kind in declared for n, field in enumerate(kind.fields)],
        "field_words": [row for kind in declared for row in _word_rows(kind)],
        "stages": [row for kind in declared for row in _stage_rows(kind)],
    }


def _kind_row(kind: Kind, position: int) -> Row:
    return {
        "name": kind.name,
        "position": position,
        "label_zh": kind.label.zh,
        "label_en": kind.label.en,
        "counts_on": kind.counts_on,
        "counts_until": kind.counts_until,
        "graded_by": kind.graded_by,
    }


def _field_row(kind: Kind, field: Field, position: int) -> Row:
    return {
        "kind": kind.name,
        "name": field.name,
        "position": position,
        "type": field.type,
        "label_zh": field.label.zh,
        "label_en": field.label.en,
        "required": int(field.required),
        "key_position": kind.key.index(field.name) if field.name in kind.key else None,
        "unit": field.unit,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "not_above": field.not_above,
        "decimals": field.decimals,
        "refers_to": field.to,
        "names": field.names,
        "personal": int(field.personal),
        "help_zh": field.help.zh,
        "help_en": field.help.en,
    }


def _word_rows(kind: Kind) -> Iterator[Row]:
    for field in kind.fields:
        for role, words in (("choice", field.choices), ("only", field.only), ("alias", field.aliases)):
            for position, word in enumerate(words):
                row = {"kind": kind.name, "field": field.name, "role": role}
                yield {**row, "position": position, "word": word}


def _stage_rows(kind: Kind) -> Iterator[Row]:
    for position, stage in enumerate(kind.stages):
        row = {"kind": kind.name, "position": position, "key": stage.key, "date": stage.date}
        yield {**row, "label_zh": stage.label.zh, "label_en": stage.label.en}


def read_names(db: sqlite3.Connection) -> list[str]:
    """Read the names of the kinds in force, in their order."""
    return [row[0] for row in db.execute("SELECT name FROM kinds ORDER BY position")]


def read_kinds(db: sqlite3.Connection) -> tuple[Kind, ...]:
    """Read the kinds in force, in their order.

    Raises:
        KflyError: another program has taken some kinds or fields away.
    """
    kinds, broken = read_whole_kinds(db)
    if broken:
        told = _(", ").join(sorted(broken))
        raise KflyError(
            _(
                "The database is damaged inside: the kinds {kinds} are gone in part. “kfly check” says more.",
                kinds=told,
            )
        )
    return kinds


def read_whole_kinds(db: sqlite3.Connection) -> tuple[tuple[Kind, ...], frozenset[str]]:
    """Read those kinds in force that are whole, in their order, and the names of the others."""
    words: dict[tuple[str, str, str], list[str]] = {}
    for kind, field, role, word in db.execute(
        "SELECT kind, field, role, word FROM field_words ORDER BY kind, field, role, position"
    ):
        words.setdefault((kind, field, role), []).append(word)
    limit = "not_above" if has_column(db, "fields", "not_above") else "NULL"  # schema 3 has none
    fields: dict[str, list[Field]] = {}
    keys: dict[str, dict[int, str]] = {}
    for row in db.execute(
        "SELECT kind, key_position, name, type, label_zh, label_en, required, unit, minimum, maximum,"
        f" {limit}, decimals, refers_to, names, personal, help_zh, help_en FROM fields"
        " ORDER BY kind, position"
    ):
        field = _field(row, words)
        fields.setdefault(row[0], []).append(field)
        if row[1] is not None:
            keys.setdefault(row[0], {})[row[1]] = field.name
    stages: dict[str, list[Stage]] = {}
    for kind, key, day, zh, en in db.execute(
        "SELECT kind, key, date, label_zh, label_en FROM stages ORDER BY kind, position"
    ):
        stages.setdefault(kind, []).append(Stage(key, day, Name(zh, en)))
    declared = db.execute(
        "SELECT name, label_zh, label_en, counts_on, counts_until, graded_by FROM kinds ORDER BY position"
    ).fetchall()
    kinds = [
        Kind(
            name=name,
            label=Name(zh, en),
            fields=tuple(fields.get(name, ())),
            key=tuple(part for _position, part in sorted(keys.get(name, {}).items())),
            counts_on=counts_on,
            counts_until=counts_until,
            stages=tuple(stages.get(name, ())),
            graded_by=graded_by,
        )
        for name, zh, en, counts_on, counts_until, graded_by in declared
    ]
    broken = frozenset(kind.name for kind in kinds if not _is_whole(keys.get(kind.name)))
    return tuple(kind for kind in kinds if kind.name not in broken), broken


def _is_whole(parts: Mapping[int, str] | None) -> bool:
    """Tell whether a kind has all the fields of its natural key, without which nothing can be called."""
    return parts is not None and max(parts) == len(parts) - 1


def _field(row: tuple[Any, ...], words: dict[tuple[str, str, str], list[str]]) -> Field:
    kind, _position, name, type_, zh, en, required, unit, minimum, maximum, *rest = row
    not_above, decimals, to, names, personal, *help_ = rest
    return Field(
        name=name,
        type=type_,
        label=Name(zh, en),
        required=bool(required),
        unit=unit,
        minimum=minimum,
        maximum=maximum,
        not_above=not_above,
        decimals=decimals,
        choices=tuple(words.get((kind, name, "choice"), ())),
        only=tuple(words.get((kind, name, "only"), ())),
        to=to,
        names=names,
        personal=bool(personal),
        help=Name(*help_),
        aliases=tuple(words.get((kind, name, "alias"), ())),
    )
