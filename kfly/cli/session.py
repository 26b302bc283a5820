"""What a command starts from: the database file, opened for reading or for writing, and the plan in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _

if TYPE_CHECKING:
    import sqlite3

    from kfly.plan.model import Plan, Task
    from kfly.progress.standing import Standing
    from kfly.progress.tasks import TaskStanding
    from kfly.registry.registry import Registry

DATABASE_VARIABLE = "KFLY_DB"
DEFAULT_DATABASE = "kfly.db"


class Desk:
    """An open database, with what was read from it."""

    def __init__(self, db: "sqlite3.Connection") -> None:
        self.db = db

    @cached_property
    def plan(self) -> "Plan":
        """The plan in force."""
        from kfly.store.plan import reading as plan_rows

        return plan_rows.read(self.db)

    @cached_property
    def registry(self) -> "Registry":
        """The records."""
        from kfly.registry.registry import Registry

        return Registry(self.db, self.plan)

    def stand(self, tasks: tuple["Task", ...], day: date) -> tuple["TaskStanding", ...]:
        """Where some tasks stand on a day, each with the last progress note until then."""
        from kfly.progress.standing import metrics_of, of_tasks
        from kfly.store import spans
        from kfly.store.plan import progress_notes, sign_offs

        measured = spans.read(self.db, metrics_of((), tasks))
        notes = progress_notes.latest(self.db, day)
        rows = of_tasks(self.plan, tasks, measured, sign_offs.in_force(self.db), day)
        return tuple(row._replace(note=notes.get((row.task.year, row.task.number))) for row in rows)

    def standing(self, day: date) -> "Standing":
        """Where the whole plan stands on a day."""
        from kfly.progress.standing import metrics_of, of_plan
        from kfly.store import spans
        from kfly.store.plan import sign_offs

        metrics = metrics_of(self.plan.targets, self.plan.tasks_in_view(day))
        return of_plan(self.plan, spans.read(self.db, metrics), sign_offs.in_force(self.db), day)


OpenDesk = Callable[[], AbstractContextManager[Desk]]


class _RehearsalEnds(Exception):  # noqa: N818  (no error)
    """Takes back what was only tried."""


class Session(NamedTuple):
    """The database that the command line names, and the command, as the log shall know it."""

    path: Path
    command: str = ""

    @classmethod
    def of(cls, ctx: Any) -> "Session":
        """The session of a command, from the options before its name."""
        root = ctx.find_root()
        return cls(Path(root.params.get("db") or DEFAULT_DATABASE), root.obj or "")

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Open for reading only."""
        from kfly.store.file.database import reading

        with reading(self.path) as db:
            yield Desk(db)

    @contextmanager
    def writing(self, undoes: int | None = None, *, reshaping: bool = False) -> Iterator[Desk]:
        """Open with the write lock: all that is done is one group of the log and stays, or nothing does.

        A database of an older kfly is brought up to date first, a copy of it kept beside it.

        Args:
            undoes: the group of the log that is taken back.
            reshaping: tables may be made anew.
        """
        from kfly.registry.kinds import STANDING
        from kfly.store.file.database import writing
        from kfly.store.log import groups, triggers
        from kfly.store.schema.migrations import is_due

        with ExitStack() as opened:
            db = opened.enter_context(writing(self.path, reshaping=reshaping))
            if is_due(db, STANDING):
                opened.close()
                self._bring_up()
                db = opened.enter_context(writing(self.path, reshaping=reshaping))
            triggers.watch(db)
            opened.enter_context(groups.group(db, self.command, undoes))
            yield Desk(db)

    @contextmanager
    def rehearsing(self) -> Iterator[OpenDesk]:
        """As if writing, step by step, each seeing what was done before it; in the end nothing is kept."""
        from kfly.registry.kinds import STANDING
        from kfly.store.file.database import step, writing
        from kfly.store.log import groups, triggers
        from kfly.store.schema.migrations import bring_up, is_due

        with suppress(_RehearsalEnds), writing(self.path, reshaping=True) as db:
            if is_due(db, STANDING):
                bring_up(db, STANDING)
            triggers.watch(db)
            with groups.group(db, self.command):

                @contextmanager
                def begin() -> Iterator[Desk]:
                    with step(db):
                        yield Desk(db)

                yield begin
                raise _RehearsalEnds

    def _bring_up(self) -> None:
        """See that the database is of this program's schema, and has the package's kinds."""
        from kfly.console.screen import complain
        from kfly.registry.kinds import STANDING
        from kfly.store.file import backup, side_files
        from kfly.store.file.database import writing
        from kfly.store.schema.migrations import bring_up, is_due

        with ExitStack() as failed:
            with writing(self.path, reshaping=True) as db:
                if not is_due(db, STANDING):
                    return  # somebody else has done it meanwhile
                copy = backup.copy_beside(self.path)
                failed.callback(side_files.remove, copy)
                bring_up(db, STANDING)
            failed.pop_all()
        done = _(
            "{path} was brought up to date for this kfly; the old one is kept as {copy}.",
            path=self.path,
            copy=copy,
        )
        complain([done])

    def plan_language(self) -> str | None:
        """The language of the plan, if there is one to ask; nothing is refused here."""
        if not self.path.is_file():
            return None
        from kfly.store.plan import reading as plan_rows

        try:
            with self.reading() as desk:
                return plan_rows.language(desk.db)
        except KflyError:
            return None
