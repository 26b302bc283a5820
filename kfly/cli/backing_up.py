"""The command that copies the database."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.session import Session
from kfly.locale import N_, _
from kfly.reports.screen import say

MEGABYTE = 1_000_000


def backup(
    ctx: typer.Context,
    target: Annotated[
        Path, typer.Argument(metavar=N_("FILE"), help=N_("The copy; a file that is there is never replaced."))
    ],
) -> None:
    """Copy the database as it stands, whoever writes meanwhile, and read the copy through.

    To restore it: “kfly --db COPY backup kfly.db”, once the broken one, its -wal and its -shm are moved away.
    """
    from kfly.store.backup import copy

    size = copy(Session.of(ctx).path, target)
    say(_("Backed up to {path}: {size} MB, verified.", path=target, size=f"{size / MEGABYTE:.1f}"))
