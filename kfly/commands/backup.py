"""``backup``: copy the database, and verify the copy."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import STDOUT, session_of
from kfly.console.screen import say
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.services.backup import back_up

TARGET = N_(
    "The copy; a file that is there is never replaced. To restore one: move kfly.db, kfly.db-wal and"
    " kfly.db-shm away, then “kfly --db COPY backup kfly.db”."
)
MEGABYTE = 1_000_000


def backup(
    ctx: typer.Context,
    target: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=TARGET)],
) -> None:
    """Copy the database as it stands, whoever writes meanwhile, and read the copy through."""
    if str(target) == STDOUT:
        raise WrongUsageError(_("FILE: a copy is written to a file and not printed; name one."))
    size = back_up(session_of(ctx).path, target)
    say(_("Backed up to {path}: {size} MB, verified.", path=target, size=f"{size / MEGABYTE:.1f}"))
