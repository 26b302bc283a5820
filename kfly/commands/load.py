"""``load``: bring in a changed or new plan file."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson, read_reason, session_of
from kfly.console.screen import say, show_json
from kfly.errors import ReaderGoneError
from kfly.locale import N_, _
from kfly.reports.changes.telling import Words
from kfly.reports.log import change_document
from kfly.services.draft import draft_tables_beside
from kfly.services.load import Difference, revise_plan


def load(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=N_("FILE…"),
            help=N_(
                "The plan's targets.yaml, yearly tables (also in Word or as sheets), or both; what they do"
                " not say stays as it is."
            ),
        ),
    ],
    force: Annotated[
        bool,
        typer.Option(
            "--force", help=N_("Also where records or sign-offs have to go; the log keeps what they held.")
        ),
    ] = False,
    correct: Annotated[
        bool,
        typer.Option(
            "--correct", help=N_("Due dates that differ were wrong from the start, and are no extensions.")
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show the difference, and keep nothing of it."))
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; the log keeps it."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring in a changed or new plan file: its difference is shown, then put in place as a whole."""
    session = session_of(ctx)
    plan_files = draft_tables_beside(files, session)
    why = None if reason is None else read_reason(reason)
    if dry_run:
        with session.rehearsing() as open_desk, open_desk() as desk:
            difference = revise_plan(desk, plan_files, Words, force=force, correct=correct)
    else:
        with session.writing(reshaping=True, reason=why) as desk:
            difference = revise_plan(desk, plan_files, Words, force=force, correct=correct)
            if not as_json:
                _show_before(difference)
    if as_json:
        changes = [change_document(change, difference.composite) for change in difference.changes]
        show_json({"applied": not dry_run, "changes": changes}, done=not dry_run)
    elif not difference.lines:
        say(_("The plan is as these files say already; nothing was changed."))
    elif dry_run:
        say(*difference.lines, _("This is what would change; nothing was changed."))
    else:
        say(_("The plan was revised."))


def _show_before(difference: Difference) -> None:
    """Show the difference while nothing of it is kept yet; where it cannot be written, nothing will be."""
    with suppress(ReaderGoneError):  # a reader who stops early has not refused anything
        say(*difference.lines, done=False)
