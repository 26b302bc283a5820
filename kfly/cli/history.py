"""Commands of the log: who changed what, and taking a change back."""

import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from kfly.cli.options import AsJson, day_asked
from kfly.cli.session import Desk, Session
from kfly.cli.taking_back import chosen, must_be_possible, no_such_change, take_back
from kfly.cli.telling import names_of, told
from kfly.console.screen import Stream, say, show_json
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.changes import Change, Group, taken_back
from kfly.plan.tasks import find_task
from kfly.reports import log as report
from kfly.reports.changes.names import Names
from kfly.reports.changes.telling import described
from kfly.store.log import reading as rows
from kfly.store.log import triggers

TASK = ("task", "任务")
MOST_DIGITS = 18
_NUMBER = re.compile(r"-?\d+", re.ASCII)


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
    with Session.of(ctx).reading() as desk:
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
            names = names_of(desk)
            report.render((_entry(desk, g, gone.get(g.id), of_subject, names) for g in chosen), kept=kept)


def _matches(group: Group, first_day: date | None, user: str | None) -> bool:
    if first_day is not None and report.local_time(group.made_at).date() < first_day:
        return False
    return user is None or group.user == user


def _of_subject(desk: Desk, words: list[str]) -> dict[int, list[Change]]:
    """The changes of one record or task, by their groups."""
    if len(words) != 2:  # noqa: PLR2004  (KIND WHICH)
        raise WrongUsageError(_("Name a kind and a record, or “task” and its number; or nothing for all."))
    kind, which = words
    if not rows.is_kept(desk.db):
        return {}
    if kind in TASK:
        changes = rows.changes_of_task(desk.db, *_task(desk, which))
    else:
        from kfly.registry.past import which_ever

        declared = desk.registry.kind(kind)
        record = which_ever(desk.registry, declared, which)
        changes = rows.changes_of_record(desk.db, declared.name, record)
    found: dict[int, list[Change]] = {}
    for change in changes:
        found.setdefault(change.group, []).append(change)
    return found


def _task(desk: Desk, text: str) -> tuple[int, int]:
    """The year and number of a task that is in the plan, or was once."""
    try:
        task = find_task(desk.plan, text)
    except KflyError:
        known = rows.tasks(desk.db) - {(task.year, task.number) for task in desk.plan.tasks}
        removed = [(y, n) for y, n in known if text.strip() in (str(n), f"{y}/{n}")]
        if len(removed) != 1:
            raise
        return removed[0]
    return task.year, task.number


def _changes(desk: Desk, group: Group, of_subject: dict[int, list[Change]] | None) -> Iterable[Change]:
    return rows.changes(desk.db, group.first, group.last) if of_subject is None else of_subject[group.id]


def _entry(
    desk: Desk, group: Group, undone_by: int | None, of_subject: dict[int, list[Change]] | None, names: Names
) -> report.Entry:
    if of_subject is not None:
        return report.Entry(group, undone_by, described(of_subject[group.id], names, whole=True))
    lines, cut = told(desk, group, names)
    return report.Entry(group, undone_by, lines, cut)


def undo(
    ctx: typer.Context,
    number: Annotated[
        str | None,
        typer.Argument(metavar=N_("[GROUP]"), help=N_("Its number in “kfly log”; your last otherwise.")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=N_("Do not ask."))] = False,
) -> None:
    """Take a change back: all that one command did, and nothing else."""
    asked = _number(number)
    session = Session.of(ctx)
    with session.reading() as desk:
        group = chosen(desk, asked)
        if asking := not yes and sys.stdin.isatty() and sys.stderr.isatty():
            must_be_possible(desk, group)
            lines = _preview(desk, group)
    if asking and not _agreed(lines):
        raise KflyError(_("Nothing was taken back."))
    with session.writing(undoes=group.id) as desk:
        take_back(desk, chosen(desk, group.id))
        own = rows.under_way(desk.db)
        done, _cut = told(desk, own, names_of(desk))
    say(_("Took back #{number}: {command}", number=group.id, command=report.summary(group)))
    say(*(f"  {line}" for line in done))


def _number(text: str | None) -> int | None:
    """The number of a change, as the log writes it or without its sign; there need be none of this number."""
    if text is None:
        return None
    plain = text.strip().removeprefix("#")
    if not _NUMBER.fullmatch(plain):
        raise WrongUsageError(_("{option}: “{value}” is not a whole number.", option=_("GROUP"), value=text))
    if len(plain) > MOST_DIGITS:
        raise no_such_change(plain)
    return int(plain)


def _preview(desk: Desk, group: Group) -> list[str]:
    lines, _cut = told(desk, group, names_of(desk))
    return [report.heading(report.Entry(group, None, ())), *(f"  {line}" for line in lines)]


def _agreed(lines: list[str]) -> bool:
    say(*lines)
    while True:
        answer = str(typer.prompt(_("Take this back? [y/N]"), default="n", show_default=False, err=True))
        word = answer.strip().casefold()
        if word in ("y", "yes", "是", "好"):
            return True
        if word in ("n", "no", "否", "不"):
            return False
