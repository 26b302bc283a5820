"""The command that brings in a changed or new plan file."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from kfly.cli.options import AsJson
from kfly.cli.session import Desk, Session
from kfly.errors import ReaderGoneError
from kfly.locale import N_, _
from kfly.plan.changes import Group


def load(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=N_("FILE…"),
            help=N_("The plan's targets.yaml, yearly tables, or both; what they do not say stays as it is."),
        ),
    ],
    force: Annotated[
        bool,
        typer.Option(
            "--force", help=N_("Also where records or sign-offs have to go; the log keeps what they held.")
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show the difference, and keep nothing of it."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in a changed or new plan file: its difference is shown, then put in place as a whole."""
    from kfly.console.screen import say, show_json

    session = Session.of(ctx)
    if dry_run:
        with session.rehearsing() as open_desk, open_desk() as desk:
            difference = _revised(desk, files, force=force)
    else:
        with session.writing(reshaping=True) as desk:
            difference = _revised(desk, files, force=force)
            if not as_json:
                _show_before(difference)
    if as_json:
        show_json({"applied": not dry_run, "changes": difference.documents}, done=not dry_run)
    elif not difference.lines:
        say(_("The plan is as these files say already; nothing was changed."))
    elif dry_run:
        say(*difference.lines, _("This is what would change; nothing was changed."))
    else:
        say(_("The plan was revised."))


def _show_before(difference: "Difference") -> None:
    """Show the difference while nothing of it is kept yet; where it cannot be written, nothing will be."""
    from kfly.console.screen import say

    with suppress(ReaderGoneError):  # one who has seen enough has refused nothing
        say(*difference.lines, done=False)


class Difference(NamedTuple):
    """What a revised plan changes."""

    lines: list[str]
    documents: list[dict[str, Any]]


def _revised(desk: Desk, files: list[Path], *, force: bool) -> Difference:
    """Put the plan of some files in place; what that changes."""
    from kfly.plan.files.loading import LoadedPlan, revise
    from kfly.registry.kinds import STANDING
    from kfly.store.log import reading as log
    from kfly.store.plan.kinds import read_kinds
    from kfly.store.revision import revise as revising

    present = LoadedPlan(desk.plan, read_kinds(desk.db))
    wanted = revise(dict.fromkeys(files), present, STANDING)
    revising.revise(desk.db, present, wanted, force=force)
    return _difference(Desk(desk.db), log.under_way(desk.db))


def _difference(desk: Desk, group: Group) -> Difference:
    """What the group at work has changed: the plan's rows each, records summed up where they are many."""
    from kfly.cli.telling import MOST, names_of
    from kfly.reports.changes.telling import described, summed_up
    from kfly.reports.log import change_document
    from kfly.store.log import reading as log
    from kfly.store.log import triggers

    names = names_of(desk)
    changes = list(log.changes(desk.db, group.first, group.last))
    tallies = log.tallies(desk.db, group)
    many = {tally.table for tally in tallies if tally.table in desk.registry.kinds and tally.rows > MOST}
    lines = described((change for change in changes if change.table not in many), names)
    lines += [summed_up(tally, names) for tally in tallies if tally.table in many]
    composite = triggers.composite_keys(desk.db)
    return Difference(lines, [change_document(change, composite) for change in changes])
