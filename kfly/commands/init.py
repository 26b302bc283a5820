"""``init``: create the database from the plan's files."""

from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import session_of
from kfly.console.screen import complain, show
from kfly.locale import N_, _
from kfly.plan.kinds import Kind
from kfly.services.command_line import spell_command
from kfly.services.draft import draft_tables
from kfly.services.init import create, find_plan_files
from kfly.store.file import journal


def init(
    ctx: typer.Context,
    targets: Annotated[
        Path | None,
        typer.Option(
            "--targets", metavar=N_("FILE"), help=N_("The plan; targets.yaml here, or the bundled one.")
        ),
    ] = None,
    tasks: Annotated[
        list[Path] | None,
        typer.Option(
            "--tasks",
            metavar=N_("FILE"),
            help=N_("A yearly table, also in Word or as a sheet; tasks_*.yaml beside the plan. Repeatable."),
        ),
    ] = None,
    shared: Annotated[bool, typer.Option("--shared", help=N_("Let the group write to it too."))] = False,
) -> None:
    """Create the database: the plan's targets and tasks, all records still to come."""
    session = session_of(ctx)
    promised, tables = find_plan_files(targets, tasks)
    create(session.path, promised, draft_tables(tables, promised), shared=shared, command=session.command)
    if shared:
        _warn_of_the_folder(session.path)
    with session.reading() as desk:
        plan = desk.plan
        show(
            _(
                "Created {path}. Targets: {targets}, tasks: {tasks}.",
                path=session.path,
                targets=len(plan.targets),
                tasks=len(plan.tasks),
            ),
            _advise(list(desk.registry.kinds.values())),
            done=True,
        )


def _advise(kinds: list[Kind]) -> str:
    """Say what can be done next: to record something of what this plan records, if it does at all."""
    if not kinds:
        return _("Next: “kfly status” to see how the plan stands.")
    return _(
        "Next: “kfly {command} --help” to record, “kfly status” to see how the plan stands.",
        command=kinds[0].command,
    )


def _warn_of_the_folder(path: Path) -> None:
    """Warn if the group cannot work there: it makes files beside the database, and reads those of others."""
    folder = path.absolute().parent
    if not journal.is_open_to_group(folder):
        warning = _(
            "The group cannot work in {folder} yet: run “{command}”, too.",
            folder=folder,
            command=spell_command(["chmod", "g+ws", str(folder)]),
        )
        complain([warning])
