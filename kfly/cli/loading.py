"""The command that brings in a changed or new plan file."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson
from kfly.cli.session import Desk, Session
from kfly.locale import N_
from kfly.store.log import Change


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
    session = Session.of(ctx)
    if dry_run:
        with session.rehearsing() as open_desk, open_desk() as desk:
            changes = _revise(desk, files, session.path, force=force)
    else:
        with session.writing(reshaping=True) as desk:
            changes = _revise(desk, files, session.path, force=force)
    for c in changes:
        print(c.table, c.key, c.columns if c.before and c.after else (c.before, c.after))


def _revise(desk: Desk, files: list[Path], path: Path, *, force: bool) -> list[Change]:
    from kfly.plan.loading import LoadedPlan, revise
    from kfly.registry.kinds import STANDING
    from kfly.store import log, revising
    from kfly.store.kind_rows import read_kinds

    present = LoadedPlan(desk.plan, read_kinds(desk.db))
    wanted = revise(dict.fromkeys(files), present, STANDING, path.name)
    revising.revise(desk.db, present, wanted, force=force)
    group = log.groups(desk.db)[-1]
    return list(log.changes(desk.db, group.first, group.last))
