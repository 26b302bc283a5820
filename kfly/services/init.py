"""Creating a database from plan files: those here, those named, or the bundled plan's."""

import os
from collections.abc import Sequence
from pathlib import Path

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.files.loading import load_plan
from kfly.plan.files.marked_yaml import PlanFile
from kfly.registry.kinds import STANDING
from kfly.services.command_line import spell_command
from kfly.store import totals
from kfly.store.file.database import SCHEMA, creating
from kfly.store.log import groups
from kfly.store.plan import writing as plan_writing
from kfly.store.schema import migrations

PACKAGED = Path(__file__).parent.parent / "bundled"
CHECKOUT = Path(__file__).parent.parent.parent
TARGETS, TABLES = "targets.yaml", "tasks_*.yaml"


def create(
    path: Path,
    targets: Path,
    tables: Sequence[PlanFile],
    *,
    shared: bool = False,
    command: Sequence[str] = (),
) -> None:
    """Make a database from plan files; an existing one, or a faulty file, is refused."""
    if os.path.lexists(path):  # said before the plan's faults are; what else is wrong with it is said later
        raise KflyError(_("{path} exists already; nothing was changed. Choose another with --db.", path=path))
    loaded = load_plan(targets, tables, STANDING)
    with creating(path, shared=shared) as db:
        groups.create(db)
        totals.create(db)
        migrations.note(db, schema=SCHEMA, kinds=migrations.mark(STANDING))
        with groups.open_group(db, spell_command(command)):
            plan_writing.write(db, loaded.plan, loaded.kinds)


def find_plan_files(targets: Path | None, tasks: list[Path] | None) -> tuple[Path, list[Path]]:
    """Find the files that are meant: those given, else the ones here, else the bundled plan."""
    if targets is None:
        targets = Path(TARGETS) if Path(TARGETS).exists() else bundled() / TARGETS
    return targets, tasks or sorted(targets.parent.glob(TABLES))


def bundled() -> Path:
    """Return the folder of the bundled plan: inside an installed package, or at the top of a checkout."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
