"""What a command starts from: the database file, opened for reading or for writing, and the plan in it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kfly.errors import KflyError

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
        from kfly.store import plan_rows

        return plan_rows.read(self.db)

    @cached_property
    def registry(self) -> "Registry":
        """The records."""
        from kfly.registry.registry import Registry

        return Registry(self.db, self.plan)

    def stand(self, tasks: tuple["Task", ...], day: date) -> tuple["TaskStanding", ...]:
        """Where some tasks stand on a day."""
        from kfly.progress.standing import metrics_of, of_tasks
        from kfly.store import sign_offs, spans

        measured = spans.read(self.db, metrics_of((), tasks))
        return of_tasks(self.plan, tasks, measured, sign_offs.in_force(self.db), day)

    def standing(self, day: date) -> "Standing":
        """Where the whole plan stands on a day."""
        from kfly.progress.standing import metrics_of, of_plan
        from kfly.store import sign_offs, spans

        metrics = metrics_of(self.plan.targets, self.plan.tasks_in_view(day))
        return of_plan(self.plan, spans.read(self.db, metrics), sign_offs.in_force(self.db), day)


OpenDesk = Callable[[], AbstractContextManager[Desk]]


class _RehearsalEnds(Exception):  # noqa: N818  (no error)
    """Takes back what was only tried."""


class Session(NamedTuple):
    """The database that the command line names."""

    path: Path

    @classmethod
    def of(cls, ctx: Any) -> "Session":
        """The session of a command, from the options before its name."""
        return cls(Path(ctx.find_root().params.get("db") or DEFAULT_DATABASE))

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Open for reading only."""
        from kfly.store.database import reading

        with reading(self.path) as db:
            yield Desk(db)

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Open with the write lock: all that is done stays together, or nothing does."""
        from kfly.store.database import writing

        with writing(self.path) as db:
            yield Desk(db)

    @contextmanager
    def rehearsing(self) -> Iterator[OpenDesk]:
        """As if writing, step by step, each seeing what was done before it; in the end nothing is kept."""
        from kfly.store.database import step, writing

        with suppress(_RehearsalEnds), writing(self.path) as db:

            @contextmanager
            def begin() -> Iterator[Desk]:
                with step(db):
                    yield Desk(db)

            yield begin
            raise _RehearsalEnds

    def plan_language(self) -> str | None:
        """The language of the plan, if there is one to ask; nothing is refused here."""
        if not self.path.is_file():
            return None
        from kfly.store import plan_rows

        try:
            with self.reading() as desk:
                return plan_rows.language(desk.db)
        except KflyError:
            return None
