"""``log``: who changed what, when, with which command, and what was there before."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import AsJson, AsKnown, read_day, session_of
from kfly.console.screen import Stream, paged, show_json
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.changes import Change, ChangeGroup, pair_undone
from kfly.plan.numbers import TaskKey
from kfly.plan.tasks import find_task
from kfly.registry.past import find_record_ever
from kfly.reports import log as report
from kfly.reports.changes.groups import to_local_time
from kfly.reports.changes.telling import Words
from kfly.services.changes import ChangeWords, describe_group, words_for
from kfly.services.session import Desk
from kfly.store.log import reading as rows
from kfly.store.log import triggers

TASK = ("task", "任务")

ByGroup = dict[int, list[Change]]


def log(
    ctx: typer.Context,
    subject: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("[KIND WHICH, or task N]"), help=N_("One record, or one task.")),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar=N_("DATE"), help=N_("Only from this day on."))
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar=N_("NAME"), help=N_("Only what this user changed."))
    ] = None,
    as_known: AsKnown = None,
    as_json: AsJson = False,
) -> None:
    """Every change, the latest first: who, when, with which command, and what was there before."""
    first_day = read_day(since, "--since") if since is not None else None
    session = session_of(ctx, as_known)
    with paged(), session.reading(damaged=True) as desk:
        session.name_damage(desk)
        kept = rows.has_log(desk.db)
        of_subject = _of_subject(desk, subject) if subject else None
        gone = pair_undone(rows.read_undoing(desk.db))
        chosen = (
            group
            for group in rows.read_latest_groups(desk.db)
            if _matches(group, first_day, user) and (of_subject is None or group.id in of_subject)
        )
        if as_json:
            composite = triggers.composite_keys(desk.db)
            found = (
                report.document(g, gone.get(g.id), _changes(desk, g, of_subject), composite) for g in chosen
            )
            show_json(Stream(found))
        else:
            words = words_for(desk, Words)
            report.render(
                (
                    _entry(desk=desk, group=g, undone_by=gone.get(g.id), of_subject=of_subject, words=words)
                    for g in chosen
                ),
                kept=kept,
            )


def _matches(group: ChangeGroup, first_day: date | None, user: str | None) -> bool:
    if first_day is not None and to_local_time(group.made_at).date() < first_day:
        return False
    return user is None or group.user == user


def _of_subject(desk: Desk, words: list[str]) -> ByGroup:
    """Find the changes of one record or task, by their groups."""
    if len(words) != 2:  # noqa: PLR2004  (KIND WHICH)
        raise WrongUsageError(_("Name a kind and a record, or “task” and its number; or nothing for all."))
    kind, which = words
    if not rows.has_log(desk.db):
        return {}
    if kind in TASK:
        changes = rows.read_changes_of_task(desk.db, *_task(desk, which))
    else:
        declared = desk.registry.kind(kind)
        changes = rows.read_changes_of_record(
            desk.db, declared.name, find_record_ever(desk.registry, declared, which)
        )
    found: ByGroup = {}
    for change in changes:
        found.setdefault(change.group, []).append(change)
    return found


def _task(desk: Desk, text: str) -> TaskKey:
    """Find the year and number of a task that is in the plan, or was once."""
    try:
        task = find_task(desk.plan, text)
    except KflyError:
        known = rows.tasks(desk.db) - {(task.year, task.number) for task in desk.plan.tasks}
        removed = [(y, n) for y, n in known if text.strip() in (str(n), f"{y}/{n}")]
        if len(removed) != 1:
            raise
        return removed[0]
    return task.year, task.number


def _changes(desk: Desk, group: ChangeGroup, of_subject: ByGroup | None) -> Iterable[Change]:
    return rows.read_changes(desk.db, group.first, group.last) if of_subject is None else of_subject[group.id]


def _entry(
    desk: Desk, group: ChangeGroup, undone_by: int | None, of_subject: ByGroup | None, words: ChangeWords
) -> report.LogEntry:
    if of_subject is not None:
        return report.LogEntry(group, undone_by, words.describe(of_subject[group.id], whole=True))
    lines, cut = describe_group(desk, group, words)
    return report.LogEntry(group, undone_by, lines, cut)
