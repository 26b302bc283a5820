"""The check of the log against the rows: what was changed and not logged."""

import sqlite3
from collections.abc import Iterator, Sequence, Set

from kfly.locale import _
from kfly.plan.changes import LoggedRow
from kfly.plan.kinds import NOTE
from kfly.registry.registry import Registry
from kfly.services.check.findings import (
    DATABASE,
    ERROR,
    KFLY,
    TO_FILL_IN,
    WARNING,
    Finding,
    list_some,
)
from kfly.services.check.kept import written
from kfly.services.check.naming import Naming
from kfly.store import soundness
from kfly.store.log import as_logged, drifts, triggers, wholeness
from kfly.store.log.drifts import Compared, Drift

CODE, UNWATCHED = "changed_past_the_log", "unwatched"
LOG = (KFLY, "log")


def check_log(registry: Registry, wrong: Set[tuple[str | None, int | str | None]]) -> Iterator[Finding]:
    """Find the rows that are not as the log left them, and what is wrong with the log itself.

    Args:
        registry: the records.
        wrong: kind and id of those that “set” refuses as they are.
    """
    compared = drifts.compare(registry.db)
    for drift in drifts.find_drifts(registry.db, compared):
        if drift.table in registry.kinds and isinstance(drift.key, int):
            yield _of_record(registry, drift, drift.key)
        else:
            columns = _(", ").join(_columns(drift))
            message = _("is not as the log has it: {columns}", columns=columns)
            yield Finding(
                severity=WARNING,
                code=CODE,
                kind=drift.table,
                id=drift.key,
                title="",
                message=message,
                command=_as_logged(registry, drift),
                about=_drifted(drift),
            )
    db = registry.db
    yield from _find_losses(db, compared)
    mend = _harmless_write(registry, wrong)
    for group in wholeness.find_open_groups(db):
        message = _(
            "group #{number} of the log was left open by another program, as if kfly were at work",
            number=group,
        )
        yield _of_the_log(ERROR, "forged_group", message, mend, group)
    for name in triggers.find_strangers(db):
        message = _("another program's trigger “{name}” stands on the log's own tables", name=name)
        drop = ("sqlite3", DATABASE, triggers.write_drop(name))
        yield _of_the_log(ERROR, "strange_trigger", message, drop, name)
    unwatched = wholeness.find_unwatched(db)
    if unwatched.broken:
        message = _(
            "what writes the log was taken away or altered ({names}); any command that writes puts it back",
            names=list_some(unwatched.broken),
        )
        yield _of_the_log(ERROR, UNWATCHED, message, mend, *unwatched.broken)
    elif unwatched.outdated:
        message = _("changes by other programs are not all logged; any command that writes sees to that")
        yield _of_the_log(WARNING, UNWATCHED, message, mend)


def _find_losses(db: sqlite3.Connection, compared: Sequence[Compared]) -> Iterator[Finding]:
    """Find what was taken out of the log, and what of it cannot be read."""
    if missing := wholeness.count_missing_changes(db):
        message = _("changes taken out of the log: {n}", n=missing)
        yield _of_the_log(WARNING, CODE, message, LOG, missing)
    if missing := wholeness.count_missing_groups(db):
        message = _("groups taken out of the log: {n}", n=missing)
        yield _of_the_log(WARNING, CODE, message, LOG, "groups", missing)
    if empty := wholeness.find_empty_groups(db):
        numbers = list_some([f"#{number}" for number in empty])
        message = _("another program's groups of the log without a change: {numbers}", numbers=numbers)
        yield _of_the_log(WARNING, "empty_group", message, LOG, *empty)
    if unreadable := wholeness.find_unreadable(db, compared):
        message = _("changes of which the log cannot be read: {n}", n=len(unreadable))
        yield _of_the_log(WARNING, "unreadable_log", message, LOG, *unreadable)


def _of_the_log(severity: str, code: str, message: str, command: tuple[str, ...], *about: object) -> Finding:
    return Finding(
        severity=severity,
        code=code,
        kind=None,
        id=None,
        title="",
        message=message,
        command=command,
        about=about,
    )


def _of_record(registry: Registry, drift: Drift, record: int) -> Finding:
    kind = registry.kinds[drift.table]
    naming = Naming(registry, kind)
    if drift.present is None:
        title = kind.name_of({**(drift.logged or {}), "id": record})
        message = _("was removed, and the log does not know of it")
        label = kind.label.spoken
        return Finding(
            severity=WARNING,
            code=CODE,
            kind=kind.name,
            id=record,
            title=title,
            message=message,
            command=_as_logged(registry, drift),
            label=label,
            about=_drifted(drift),
        )
    if drift.logged is None:
        message = _("was removed according to the log, and is there")
        command = (KFLY, "remove", kind.name, naming.which(record), "--reason", TO_FILL_IN)
        return naming.finding(WARNING, CODE, record, message, *command, about=_drifted(drift))
    labels = {field.name: field.label.spoken for field in (*kind.fields, NOTE)}
    logged, present = drift.logged, drift.present
    message = _("; ").join(
        _(
            "{label} is “{present}”, “{logged}” according to the log",
            label=labels.get(name, name),
            present=written(present[name]),
            logged=written(logged[name]),
        )
        for name in drift.columns
    )
    back = naming.setting(
        record, *(f"{name}={_typed(registry, drift, logged, name)}" for name in drift.columns)
    )
    return naming.finding(WARNING, CODE, record, message, *back, about=_drifted(drift))


def _drifted(drift: Drift) -> tuple[object, ...]:
    """Return what tells a drift from others: the row, and its values in the log and in the table."""
    logged, present = drift.logged or {}, drift.present or {}
    values = [(name, logged.get(name), present.get(name)) for name in _columns(drift)]
    return (drift.key, drift.logged is None, drift.present is None, *values)


def _typed(registry: Registry, drift: Drift, row: LoggedRow, name: str) -> str:
    """Write a value of the log as “set” takes it."""
    field = registry.kinds[drift.table].field(name)
    is_reference = field is not None and field.type == "reference" and row[name] is not None
    return f"#{row[name]}" if is_reference else written(row[name])


def _columns(drift: Drift) -> tuple[str, ...]:
    return drift.columns or tuple(drift.present or drift.logged or ())


def _as_logged(registry: Registry, drift: Drift) -> tuple[str, ...]:
    """Write the command that makes a row what was logged; kfly itself cannot use a removed record's id."""
    statement = as_logged.write_statement(registry.db, drift)
    return ("sqlite3", DATABASE, statement) if statement else LOG


def _harmless_write(registry: Registry, wrong: Set[tuple[str | None, int | str | None]]) -> tuple[str, ...]:
    """Find a command that writes but changes nothing: it clears a note that is empty."""
    for kind in registry.kinds.values():
        for record in soundness.find_without(registry.db, kind, NOTE.name):
            if (kind.name, record) not in wrong:
                return Naming(registry, kind).setting(record, f"{NOTE.name}=")
    return LOG
