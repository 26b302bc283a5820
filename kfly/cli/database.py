"""Commands about the database file itself."""

import os
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.session import Session
from kfly.errors import KflyError
from kfly.locale import N_, _

PACKAGED = Path(__file__).parent.parent / "bundled"
CHECKOUT = Path(__file__).parent.parent.parent
TARGETS, TABLES = "targets.yaml", "tasks_*.yaml"


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
            help=N_("A yearly table; tasks_*.yaml beside the plan. Repeatable."),
        ),
    ] = None,
    shared: Annotated[bool, typer.Option("--shared", help=N_("Let the group write to it too."))] = False,
) -> None:
    """Create the database: the plan's targets and tasks, all records still to come."""
    from kfly.console.screen import show

    session = Session.of(ctx)
    create(session.path, *plan_files(targets, tasks), shared=shared, command=session.command)
    if shared:
        _warn_of_the_folder(session.path)
    with session.reading() as desk:
        plan = desk.plan
        show(
            _(
                "Created {path}: {targets} targets, {tasks} tasks.",
                path=session.path,
                targets=len(plan.targets),
                tasks=len(plan.tasks),
            ),
            _("Next: “kfly add-building --help” to record, “kfly status” to see how the plan stands."),
            done=True,
        )


def _warn_of_the_folder(path: Path) -> None:
    """The group has to make files beside the database, and to read those that others make."""
    from kfly.cli.group import spelled
    from kfly.console.screen import complain
    from kfly.store.file import side_files

    folder = path.absolute().parent
    if not side_files.is_open_to_group(folder):
        warning = _(
            "The group cannot work in {folder} yet: run “{command}”, too.",
            folder=folder,
            command=spelled(["chmod", "g+ws", str(folder)]),
        )
        complain([warning])


def create(path: Path, targets: Path, tables: list[Path], *, shared: bool = False, command: str = "") -> None:
    """Make a database from plan files; an existing one, or a faulty file, is refused."""
    from kfly.plan.files.loading import load
    from kfly.registry.kinds import STANDING
    from kfly.store.file.database import SCHEMA, creating
    from kfly.store.log import groups
    from kfly.store.plan import writing as plan_writing
    from kfly.store.schema import migrations

    if os.path.lexists(path):  # said before the plan's faults are; what else is wrong with it is said later
        raise KflyError(_("{path} exists already; nothing was changed. Choose another with --db.", path=path))
    loaded = load(targets, tables, STANDING)
    with creating(path, shared=shared) as db:
        groups.create(db)
        migrations.note(db, schema=SCHEMA, kinds=migrations.mark(STANDING))
        with groups.group(db, command):
            plan_writing.write(db, loaded.plan, loaded.kinds)


def plan_files(targets: Path | None, tasks: list[Path] | None) -> tuple[Path, list[Path]]:
    """The files that are meant: those given, else the ones here, else the bundled plan."""
    if targets is None:
        targets = Path(TARGETS) if Path(TARGETS).exists() else bundled() / TARGETS
    return targets, tasks or sorted(targets.parent.glob(TABLES))


def bundled() -> Path:
    """The folder of the bundled plan: inside an installed package, or at the top of a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
