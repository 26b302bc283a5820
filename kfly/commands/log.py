"""``log``: who changed what, when, with which command, and what was there before."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import AsJson, day_asked, session_of
from kfly.console.screen import Stream, show_json
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.changes import Change, Group, taken_back
from kfly.plan.tasks import find_task
from kfly.registry.past import which_ever
from kfly.reports import log as report
from kfly.reports.changes.groups import local_time
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
    as_json: AsJson = False,
) -> None:
    """Every change, the latest first: who, when, with which command, and what was there before."""
    first_day = day_asked(since, "--since") if since is not None else None
    with session_of(ctx).reading() as desk:
        kept = rows.is_kept(desk.db)
        of_subject = _of_subject(desk, subject) if subject else None
        groups = rows.groups(desk.db)
        gone = taken_back(groups)
        chosen = [g for g in reversed(groups) if _matches(g, first_day, user)]
        if of_subject is not None:
            chosen = [g for g in chosen if g.id in of_subject]
        if as_json:
            composite = triggers.composite_keys(desk.db)
            found = (
                report.document(g, gone.get(g.id), _changes(desk, g, of_subject), composite) for g in chosen
            )
            show_json(Stream(found))
        else:
            words = words_for(desk, Words)
            report.render((_entry(desk, g, gone.get(g.id), of_subject, words) for g in chosen), kept=kept)


def _matches(group: Group, first_day: date | None, user: str | None) -> bool:
    if first_day is not None and local_time(group.made_at).date() < first_day:
        return False
    return user is None or group.user == user


def _of_subject(desk: Desk, words: list[str]) -> ByGroup:
    """Find the changes of one record or task, by their groups."""
    if len(words) != 2:  # noqa: PLR2004  (KIND WHICH)
        raise WrongUsageError(_("Name a kind and a record, or “task” and its number; or nothing for all."))
    kind, which = words
    if not rows.is_kept(desk.db):
        return {}
    if kind in TASK:
        changes = rows.changes_of_task(desk.db, *_task(desk, which))
    else:
        declared = desk.registry.kind(kind)
        changes = rows.changes_of_record(desk.db, declared.name, which_ever(desk.registry, declared, which))
    found: ByGroup = {}
    for change in changes:
        found.setdefault(change.group, []).append(change)
    return found


def _task(desk: Desk, text: str) -> tuple[int, int]:
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


def _changes(desk: Desk, group: Group, of_subject: ByGroup | None) -> Iterable[Change]:
    return rows.changes(desk.db, group.first, group.last) if of_subject is None else of_subject[group.id]


def _entry(
    desk: Desk, group: Group, undone_by: int | None, of_subject: ByGroup | None, words: ChangeWords
) -> report.Entry:
    if of_subject is not None:
        return report.Entry(group, undone_by, words.describe(of_subject[group.id], whole=True))
    lines, cut = describe_group(desk, group, words)
    return report.Entry(group, undone_by, lines, cut)
