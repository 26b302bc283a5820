"""What a revised plan would take away: sign-offs and feedback of tasks, records, values of fields."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import starmap
from typing import Any, NamedTuple

from kfly.locale import _
from kfly.plan.files.loading import LoadedPlan
from kfly.plan.kinds import DELIVERABLE, Field, Kind
from kfly.plan.model import Organisation, Plan, Task
from kfly.store.revision.lost_decisions import find_lost_decisions
from kfly.store.revision.lost_figures import find_lost_figures
from kfly.store.revision.lost_returns import find_lost_returns
from kfly.store.revision.reshaping import lost_fields
from kfly.store.schema.tables import quote

_OF_TASK, _BY = "year = ? AND task = ?", "organisation = ?"


class Loss(NamedTuple):
    """Something that must be removed, or may be given up, before the revised plan can be put in place."""

    message: str
    accept: Callable[[], None]


def find_losses(
    db: sqlite3.Connection,
    present: LoadedPlan,
    wanted: LoadedPlan,
    moved: Mapping[str, str],
    *,
    since: int | None = None,
) -> Iterator[Loss]:
    """Find all that the revised plan has no place for.

    Args:
        db: the database, in which organisations have their new names already.
        present: what is in force.
        wanted: what is to be in force.
        moved: the new names of organisations, by their old ones.
        since: only the sign-offs made after this change of the log count.
    """
    yield from _find_lost_tasks(db, present, wanted, since)
    yield from _find_lost_stages(db, present, wanted)
    yield from _find_lost_notes(db, present, wanted)
    yield from _find_lost_evidence(db, present, wanted)
    for message, accept in find_lost_returns(db, present.plan, wanted.plan):
        yield Loss(message, accept)
    yield from starmap(Loss, find_lost_decisions(db, present, wanted))
    yield from _find_lost_towns(db, present, wanted, moved)
    for message in find_lost_figures(db, present, wanted, undone=since is not None):
        yield Loss(message, _goes_with_the_table)
    for kind in present.kinds:
        kept = next((other for other in wanted.kinds if other.name == kind.name), None)
        if kept is None:
            yield from _find_lost_kind(db, kind)
        else:
            yield from _find_emptied_fields(db, kind, kept)
            yield from _find_lost_words(db, kind, kept, _Words(present, wanted, moved))


def _find_lost_tasks(
    db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan, since: int | None
) -> Iterator[Loss]:
    kept = {(task.year, task.number): task for task in wanted.plan.tasks}
    for task in present.plan.tasks:
        signed_on = _signed_on(db, task, since)
        now = kept.get((task.year, task.number))
        if signed_on and now is not None and now.title.zh != task.title.zh:
            message = _(
                "Task {year}/{number} was signed off on {day} as “{title}”, but is “{new}” now;"
                " numbers of signed-off tasks are to stay.",
                year=task.year,
                number=task.number,
                day=signed_on,
                title=task.title.spoken,
                new=now.title.spoken,
            )
            yield Loss(message, _goes_with_the_table)
        if signed_on and now is None:
            message = _(
                "Task {year}/{number} is gone from the plan, but was signed off on {day}: {title}",
                year=task.year,
                number=task.number,
                day=signed_on,
                title=task.title.spoken,
            )
            yield Loss(message, partial(_remove_sign_offs, db, task))


def _find_lost_stages(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan) -> Iterator[Loss]:
    """Find the sign-offs of stages that their task, which stays, no longer has, or not at their place."""
    now = {(task.year, task.number): task for task in wanted.plan.tasks}
    sql = "SELECT id, stage, signed_on FROM sign_offs WHERE year = ? AND task = ? AND stage IS NOT NULL"
    for task in present.plan.tasks:
        kept = now.get((task.year, task.number))
        rows = db.execute(sql, (task.year, task.number)).fetchall() if kept and task.stages else ()
        for sign_off, stage, on in rows:
            titles = [its.title.zh for its in kept.stages] if kept else []
            if titles[stage - 1 : stage] != [task.stages[stage - 1].title.zh]:
                message = _(
                    "Stage {stage} of task {year}/{number} is gone from the plan, but was signed off on"
                    " {day}.",
                    stage=stage,
                    year=task.year,
                    number=task.number,
                    day=on,
                )
                yield Loss(message, partial(_remove_sign_off, db, sign_off))


def _remove_sign_off(db: sqlite3.Connection, sign_off: int) -> None:
    db.execute("DELETE FROM evidence WHERE sign_off = ?", (sign_off,))
    db.execute("DELETE FROM sign_offs WHERE id = ?", (sign_off,))


def _signed_on(db: sqlite3.Connection, task: Task, since: int | None) -> str | None:
    sql = "SELECT max(signed_on) FROM sign_offs WHERE year = ? AND task = ?"
    values = [task.year, task.number]
    if since is not None:
        sql += (
            " AND id IN (SELECT key FROM changes WHERE \"table\" = 'sign_offs' AND before IS NULL AND id > ?)"
        )
        values.append(since)
    day: str | None = db.execute(sql, values).fetchone()[0]
    return day


def _remove_sign_offs(db: sqlite3.Connection, task: Task) -> None:
    of_task = "SELECT id FROM sign_offs WHERE year = ? AND task = ?"
    db.execute(f"DELETE FROM evidence WHERE sign_off IN ({of_task})", (task.year, task.number))
    db.execute("DELETE FROM sign_offs WHERE year = ? AND task = ?", (task.year, task.number))


def _find_lost_notes(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan) -> Iterator[Loss]:
    """Find the notes that the revised plan has no place for; organisations have their new names already."""
    kept = {(task.year, task.number) for task in wanted.plan.tasks}
    for task in present.plan.tasks:
        if (task.year, task.number) not in kept and (
            number := _count_notes(db, _OF_TASK, task.year, task.number)
        ):
            message = _(
                "Task {year}/{number} is gone from the plan, but has feedback: {n}.",
                year=task.year,
                number=task.number,
                n=number,
            )
            yield Loss(message, partial(_remove_notes, db, task))
    names = {organisation.name for organisation in wanted.plan.organisations}
    for organisation in present.plan.organisations:
        if organisation.name not in names and (number := _count_notes(db, _BY, organisation.name)):
            message = _(
                "{organisation} is gone from the plan, but has given feedback: {n}.",
                organisation=organisation.title.spoken,
                n=number,
            )
            yield Loss(message, partial(_forget, db, organisation))


def _find_lost_evidence(db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan) -> Iterator[Loss]:
    """Find the tasks that go, though files were added to them; those of sign-offs go with these."""
    kept = {(task.year, task.number) for task in wanted.plan.tasks}
    sql = f"SELECT count(*) FROM task_evidence WHERE {_OF_TASK}"
    for task in present.plan.tasks:
        (number,) = db.execute(sql, (task.year, task.number)).fetchone()
        if number and (task.year, task.number) not in kept:
            message = _(
                "Task {year}/{number} is gone from the plan, but has evidence of its own: {n}.",
                year=task.year,
                number=task.number,
                n=number,
            )
            yield Loss(message, partial(_remove_evidence, db, task))


def _remove_evidence(db: sqlite3.Connection, task: Task) -> None:
    db.execute(f"DELETE FROM task_evidence WHERE {_OF_TASK}", (task.year, task.number))


def _count_notes(db: sqlite3.Connection, where: str, *values: str | int) -> int:
    return int(db.execute(f"SELECT count(*) FROM progress_notes WHERE {where}", values).fetchone()[0])


def _remove_notes(db: sqlite3.Connection, task: Task) -> None:
    db.execute(f"DELETE FROM progress_notes WHERE {_OF_TASK}", (task.year, task.number))


def _forget(db: sqlite3.Connection, organisation: Organisation) -> None:
    db.execute(f"UPDATE progress_notes SET organisation = NULL WHERE {_BY}", (organisation.name,))


def _find_lost_towns(
    db: sqlite3.Connection, present: LoadedPlan, wanted: LoadedPlan, moved: Mapping[str, str]
) -> Iterator[Loss]:
    known = {moved.get(name, name) for name in _places(present.plan)}
    gone = known - _places(wanted.plan)
    others = {o.name for o in wanted.plan.organisations}
    for kind in present.kinds:
        for field in (field for field in kind.fields if field.type == "town"):
            column = quote(field.name)
            sql = f"SELECT {column}, count(*) FROM {quote(kind.name)} WHERE {column} IS NOT NULL GROUP BY 1"
            for town, number in db.execute(sql).fetchall():
                if town in gone:
                    named = {"town": town, "kind": kind.label.spoken, "number": number}
                    message = _town_lost(named, is_there=town in others)
                    yield Loss(message, partial(_let_go, db, present.kinds, kind, field, town))


def _places(plan: Plan) -> set[str]:
    return {place.name for place in plan.places}


def _town_lost(named: dict[str, Any], *, is_there: bool) -> str:
    if is_there:
        return _("{town} is no town or zone any more, but {kind} has records of it: {number}.", **named)
    return _(
        "{town} is gone from the towns and zones, but {kind} has records of it: {number}."
        " Was it renamed? Then keep the old name among its aliases.",
        **named,
    )


def _let_go(db: sqlite3.Connection, kinds: tuple[Kind, ...], kind: Kind, field: Field, town: str) -> None:
    """Clear a town from the records that can do without one, and remove the others."""
    column = quote(field.name)
    if not field.required:
        db.execute(f"UPDATE {quote(kind.name)} SET {column} = NULL WHERE {column} = ?", (town,))
        return
    sql = f"SELECT id FROM {quote(kind.name)} WHERE {column} = ?"
    _remove(db, kinds, kind, [row[0] for row in db.execute(sql, (town,))])


def _remove(db: sqlite3.Connection, kinds: tuple[Kind, ...], kind: Kind, ids: list[int]) -> None:
    """Remove records, and those that cannot stand without them."""
    for record in ids:
        db.execute(f"DELETE FROM {quote(kind.name)} WHERE id = ?", (record,))
        for other in kinds:
            for field in (field for field in other.fields if field.to == kind.name):
                table, column = quote(other.name), quote(field.name)
                if field.required:
                    sql = f"SELECT id FROM {table} WHERE {column} = ?"
                    _remove(db, kinds, other, [row[0] for row in db.execute(sql, (record,))])
                else:
                    db.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", (record,))


def _find_lost_kind(db: sqlite3.Connection, kind: Kind) -> Iterator[Loss]:
    (number,) = db.execute(f"SELECT count(*) FROM {quote(kind.name)}").fetchone()
    if number:
        message = _(
            "{kind} is gone from the plan's kinds of record, but there are records of it: {number}.",
            kind=kind.label.spoken,
            number=number,
        )
        yield Loss(message, _goes_with_the_table)


def _find_emptied_fields(db: sqlite3.Connection, present: Kind, wanted: Kind) -> Iterator[Loss]:
    lost = lost_fields(present, wanted)
    for field in present.fields:
        if field.name in lost and (number := _count(db, present, f"{quote(field.name)} IS NOT NULL")):
            named = {"kind": present.label.spoken, "field": field.label.spoken}
            yield Loss(_lost_field(wanted, field, number, named), _goes_with_the_table)


class _Words:
    """What a field may say, by the plan in force and by the revised one."""

    def __init__(self, present: LoadedPlan, wanted: LoadedPlan, moved: Mapping[str, str]) -> None:
        self.present, self.wanted, self.moved = present.plan, wanted.plan, moved

    def lost(self, before: Field, after: Field) -> Iterator[str]:
        """Yield the words that a field may no longer say."""
        yield from (word for word in before.choices if word not in after.choices)
        if before.names == after.names == DELIVERABLE:
            kept = {deliverable.key for deliverable in self.wanted.deliverables}
            yield from (d.key for d in self.present.deliverables if d.key not in kept)
        if after.only:
            allowed = before.only or sorted(_places(self.present))
            moved = dict.fromkeys(self.moved.get(town, town) for town in allowed)
            places = _places(self.wanted)  # a town that is gone altogether is reported elsewhere
            yield from (town for town in moved if town in places and town not in after.only)


def _find_lost_words(db: sqlite3.Connection, present: Kind, wanted: Kind, words: _Words) -> Iterator[Loss]:
    """Find the words that a field loses; the records that have them may keep them."""
    lost = lost_fields(present, wanted)
    for field in present.fields:
        kept = wanted.field(field.name)
        for word in words.lost(field, kept) if kept and field.name not in lost else ():
            if number := _count(db, present, f"{quote(field.name)} = ?", word):
                message = _(
                    "{kind}: {field} may no longer be “{choice}”, but there are records with it: {number}.",
                    choice=word,
                    number=number,
                    kind=present.label.spoken,
                    field=field.label.spoken,
                )
                yield Loss(message, _goes_with_the_table)


def _lost_field(wanted: Kind, field: Field, number: int, named: dict[str, str]) -> str:
    if wanted.field(field.name) is None:
        return _(
            "{kind}: {field} is gone, but there are records with a value in it: {number}.",
            number=number,
            **named,
        )
    return _(
        "{kind}: {field} is of another type now, but there are records with a value in it: {number}.",
        number=number,
        **named,
    )


def _count(db: sqlite3.Connection, kind: Kind, where: str, *values: str) -> int:
    sql = f"SELECT count(*) FROM {quote(kind.name)} WHERE {where}"
    return int(db.execute(sql, values).fetchone()[0])


def _goes_with_the_table() -> None:
    """Do nothing beforehand: the table is made anew, or the value may stay."""
