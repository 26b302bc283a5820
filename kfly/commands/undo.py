"""``undo``: take a change back, all that one command did."""

import re
from typing import Annotated

import typer

from kfly.cli.consent import ask_for_consent, can_ask
from kfly.cli.options import session_of
from kfly.console.screen import say
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _
from kfly.plan.changes import ChangeGroup
from kfly.reports import log as report
from kfly.reports.changes.groups import summarise_group
from kfly.reports.changes.telling import Words
from kfly.services.changes import describe_group
from kfly.services.session import Desk
from kfly.services.undo import Undo, no_such_change
from kfly.store.log import reading as rows

MOST_DIGITS = 18
_NUMBER = re.compile(r"-?\d+", re.ASCII)


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
    session = session_of(ctx)
    with session.reading(damaged=True) as desk:
        session.name_damage(desk)
        looking = Undo(desk, Words)
        group = looking.find(asked)
        if asking := not yes and can_ask():
            looking.must_be_possible(group)
            lines = _preview(desk, group, looking)
    if asking:
        say(*lines)
        if not ask_for_consent(_("Take this back? [y/N]")):
            raise KflyError(_("Nothing was taken back."))
    with session.writing(undoes=group.id) as desk:
        doing = Undo(desk, Words)
        doing.apply(doing.find(group.id))
        done, _cut = describe_group(desk, rows.read_open_group(desk.db), doing.words)
    say(_("Took back #{number}: {command}", number=group.id, command=summarise_group(group)))
    say(*(f"  {line}" for line in done))


def _number(text: str | None) -> int | None:
    """Read the number of a change, with or without the ``#`` of the log; None if it is not given."""
    if text is None:
        return None
    plain = text.strip().removeprefix("#")
    if not _NUMBER.fullmatch(plain):
        raise WrongUsageError(_("{option}: “{value}” is not a whole number.", option=_("GROUP"), value=text))
    if len(plain) > MOST_DIGITS:
        raise no_such_change(plain)
    return int(plain)


def _preview(desk: Desk, group: ChangeGroup, looking: Undo) -> list[str]:
    lines, _cut = describe_group(desk, group, looking.words)
    return [report.write_heading(report.LogEntry(group, None, ())), *(f"  {line}" for line in lines)]
