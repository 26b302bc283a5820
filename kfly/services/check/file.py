"""The check of the file itself: its pages, and references to rows that are not there."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kfly.locale import _
from kfly.plan.changes import Key
from kfly.plan.kinds import Kind
from kfly.registry.registry import Registry
from kfly.services.check.findings import DAMAGED, DATABASE, ERROR, KFLY, RESTORE, TO_FILL_IN, Finding
from kfly.services.check.naming import Naming
from kfly.store import soundness
from kfly.store.damage import InnerDamage
from kfly.store.soundness import Damage, LostReference

REBUILD = ("sqlite3", DATABASE, "REINDEX")


def report_damages(damages: Sequence[Damage]) -> Iterator[Finding]:
    """Report what SQLite has found; the command that mends it is not one of kfly's."""
    for damage in damages:
        command = REBUILD if damage.of_index else RESTORE
        message = _("the file is damaged: {what}", what=damage.message)
        yield Finding(
            severity=ERROR,
            code=DAMAGED,
            kind=damage.table,
            id=None,
            title="",
            message=message,
            command=command,
            about=(damage.message,),
        )


def report_inner_damages(db: sqlite3.Connection, damages: Iterable[InnerDamage]) -> Iterator[Finding]:
    """Report what another program has broken inside, with the undoing of that where the log knows of it."""
    removals = cache(lambda table: soundness.find_removals(db, table))
    for one in damages:
        group = removals(one.table).get(one.lost) if one.lost is not None else None
        yield Finding(
            severity=ERROR,
            code=DAMAGED,
            kind=None,
            id=None,
            title="",
            message=_("is damaged inside: {what}", what=one.message),
            command=(KFLY, "undo", str(group)) if group is not None else RESTORE,
            about=(one.message,),
        )


def report_unreadable_plan() -> Finding:
    """Report that the plan's own tables hold what no plan can."""
    message = _("the plan's own tables cannot be read; nothing else was looked at")
    return Finding(
        severity=ERROR, code=DAMAGED, kind=None, id=None, title="", message=message, command=RESTORE
    )


def report_lost_references(registry: Registry, lost: Iterator[LostReference]) -> Iterator[Finding]:
    """Report the rows that refer to rows that are not there.

    A record's town is not among them: it is compared with the plan's towns, as all its values are checked.
    """
    removals = cache(lambda table: soundness.find_removals(registry.db, table))
    for one in lost:
        group = removals(one.parent).get(_key(one))
        undo = (KFLY, "undo", str(group)) if group is not None else None
        kind = registry.kinds.get(one.table)
        if kind is None:
            message = _(
                "{column} “{value}” is not in {parent}",
                column=one.column,
                value=_listed(one.value),
                parent=one.parent,
            )
            yield Finding(
                severity=ERROR,
                code="lost_reference",
                kind=one.table,
                id=one.row,
                title="",
                message=message,
                command=undo or RESTORE,
                about=(one.column, one.value),
            )
        elif one.parent in registry.kinds:
            yield _of_record(registry, kind, one, undo)


def _of_record(registry: Registry, kind: Kind, one: LostReference, undo: tuple[str, ...] | None) -> Finding:
    field = kind.field(one.column)
    label = field.label.spoken if field else one.column
    parent = registry.kinds[one.parent].label.spoken
    message = _("{label}: {kind} #{id} is not there", label=label, kind=parent, id=one.value)
    naming = Naming(registry, kind)
    put = TO_FILL_IN if field and field.required else ""
    command = undo or naming.setting(one.row, f"{one.column}={put}")
    about = (one.column, one.value)
    return naming.finding(ERROR, "lost_reference", one.row, message, *command, about=about)


def _key(one: LostReference) -> Key:
    """Return the log's name for the row that is not there."""
    key: Key = soundness.key_of(one.value) if isinstance(one.value, tuple) else one.value
    return key


def _listed(value: object) -> str:
    return _(", ").join(map(str, value)) if isinstance(value, tuple) else str(value)
