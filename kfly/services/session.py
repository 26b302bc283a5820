"""The unit of work: a database opened to read, to write, or to try something, with the plan in it."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kfly import locale
from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.model import Plan, Target, Task
from kfly.store import spans
from kfly.store.file.database import close_scratch, copying, keeps_readers_apart, reading, step, writing
from kfly.store.plan import reading as plan_rows
from kfly.store.plan import sign_offs
from kfly.store.seen import is_as_seen

if TYPE_CHECKING:
    from kfly.plan.known import Known
    from kfly.progress.figures import Spans
    from kfly.progress.targets import TargetStanding
    from kfly.progress.tasks import Standing, TaskStanding
    from kfly.registry.registry import Registry


class Desk:
    """An open database, with what was read from it."""

    def __init__(self, db: sqlite3.Connection, *, damaged: bool = False) -> None:
        self.db, self._damaged = db, damaged

    @cached_property
    def plan(self) -> Plan:
        """The plan in force."""
        return plan_rows.read(self.db)

    @cached_property
    def registry(self) -> "Registry":
        """The records; views that only show figures do not need them."""
        from kfly.registry.registry import Registry

        return Registry(self.db, self.plan, damaged=self._damaged)

    def stand(
        self, tasks: tuple[Task, ...], day: date, measured: "Spans | None" = None
    ) -> "tuple[TaskStanding, ...]":
        """Say where some tasks stand on a day, each with the last progress note until then.

        Args:
            tasks: those asked about.
            day: the day.
            measured: what their metrics amount to, where that is known already.
        """
        from kfly.progress.tasks import assess_tasks, metrics_of  # what records does without
        from kfly.store.plan import progress_notes

        measured = measured or spans.read(self.db, metrics_of(self.plan, (), tasks))
        notes = progress_notes.read_latest(self.db, day)
        course = sign_offs.read_course(self.db)
        rows = assess_tasks(self.plan, tasks, spans=measured, course=course, day=day)
        return tuple(row._replace(note=notes.get((row.task.year, row.task.number))) for row in rows)

    def stand_targets(self, targets: "tuple[Target, ...]", day: date) -> "tuple[TargetStanding, ...]":
        """Say where some targets stand on a day."""
        from kfly.progress.targets import assess_target, list_metrics

        measured = spans.read(self.db, list_metrics(targets, self.plan))
        return tuple(assess_target(target, measured, self.plan, day) for target in targets)

    def standing(self, day: date) -> "Standing":
        """Say where the whole plan stands on a day."""
        from kfly.progress.tasks import assess_plan, metrics_of

        metrics = metrics_of(self.plan, self.plan.targets, self.plan.tasks_in_view(day))
        course = sign_offs.read_course(self.db)
        return assess_plan(self.plan, spans.read(self.db, metrics), course, day)


PATIENCE = 0.1  # seconds that what cannot wait gives to whoever has the database locked
OpenDesk = Callable[[], AbstractContextManager[Desk]]


def _read_language(db: sqlite3.Connection) -> str:
    """Read the plan's language; where another program has damaged it, that is said in the usual one."""
    try:
        return plan_rows.read_language(db)
    except sqlite3.Error:
        return locale.FALLBACK


def _keep_silent(_line: str) -> None:
    """Say nothing: where nothing can be brought up to date, there is nothing to say."""


class Session(NamedTuple):
    """The database that is worked on, and for whom.

    Attributes:
        path: where the database lies.
        command: the words of the command at work, as the log shall know it.
        tell: takes a line that people should see, beside what the command itself says.
        patience: the seconds that a reader waits while somebody else has it locked; None for the usual time.
        known: the moment whose knowledge is read instead of today's; nothing is written then.
    """

    path: Path
    command: Sequence[str] = ()
    tell: Callable[[str], None] = _keep_silent
    patience: float | None = None
    known: "Known | None" = None

    @contextmanager
    def reading(self, *, damaged: bool = False) -> Iterator[Desk]:
        """Open for reading only; ``damaged`` is for what must go on though kinds of record are gone."""
        with reading(self.path, patience=self.patience, scratch=self.known is not None) as db:
            if not locale.is_settled():
                locale.speak(_read_language(db), of_the_plan=True)
            if not damaged:
                self._must_be_whole(db)
            if self.known is not None:
                from kfly.store.past.rewinding import rewind  # nobody else pays for it

                rewind(db, self.known)
                close_scratch(db)
            yield Desk(db, damaged=damaged)

    @contextmanager
    def writing(
        self, undoes: int | None = None, *, reshaping: bool = False, reason: str | None = None
    ) -> Iterator[Desk]:
        """Open with the write lock: all that is done is kept as one group of the log, or nothing is.

        A database of an older kfly is brought up to date first, a copy of it kept beside it.

        Args:
            undoes: the group of the log that is undone.
            reshaping: tables may be made anew.
            reason: why it is done, for the log.
        """
        from kfly.registry.kinds import STANDING
        from kfly.services.command_line import spell_command
        from kfly.store.log import groups, watching
        from kfly.store.schema.migrations import is_due

        locale.settle()
        with ExitStack() as opened:
            opened.enter_context(self._turn())
            db = opened.enter_context(writing(self.path, reshaping=reshaping))
            if is_due(db, STANDING):
                opened.close()
                self._bring_up()
                opened.enter_context(self._turn())
                db = opened.enter_context(writing(self.path, reshaping=reshaping))
            if undoes is None:
                self._must_be_whole(db)
            watched = watching.watch(db)
            opened.enter_context(groups.open_group(db, spell_command(self.command), undoes, reason))
            yield Desk(db, damaged=undoes is not None)
        if watched.broken:
            self._tell_of_triggers()

    @contextmanager
    def rehearsing(self) -> Iterator[OpenDesk]:
        """Open a copy as if for writing; each step sees what was done before it, and nobody has to wait."""
        from kfly.registry.kinds import STANDING
        from kfly.services.command_line import spell_command
        from kfly.store.log import groups, watching
        from kfly.store.schema.migrations import bring_up, is_due

        locale.settle()
        with copying(self.path) as db:
            if is_due(db, STANDING):
                bring_up(db, STANDING)
            self._must_be_whole(db)
            watching.watch(db)
            with groups.open_group(db, spell_command(self.command)):

                @contextmanager
                def begin() -> Iterator[Desk]:
                    with step(db):
                        yield Desk(db)

                yield begin

    @contextmanager
    def checking(self) -> Iterator[Desk]:
        """Open for reading while others may write: what the file keeps its changes in decides how."""
        locale.settle()
        if keeps_readers_apart(self.path):
            with self.reading() as desk:
                yield desk
        else:
            with copying(self.path) as db:
                self._must_be_whole(db)
                yield Desk(db)

    def _turn(self) -> AbstractContextManager[None]:
        """Wait for our turn among kfly's own writers."""
        from kfly.store.file.turns import taking_turn
        from kfly.store.log.groups import find_who

        return taking_turn(self.path, find_who(), self.tell)

    def _bring_up(self) -> None:
        """Bring the database up to this program's schema and the package's kinds, and keep a copy of it."""
        from kfly.registry.kinds import STANDING
        from kfly.store.file import backup, journal
        from kfly.store.schema.migrations import bring_up, is_due

        with ExitStack() as failed:
            with writing(self.path, reshaping=True) as db:
                if not is_due(db, STANDING):
                    return  # somebody else has done it meanwhile
                copy = backup.copy_beside(self.path)
                failed.callback(journal.remove_with_side_files, copy)
                bring_up(db, STANDING)
            failed.pop_all()
        done = _(
            "{path} was brought up to date for this kfly; the old one is kept as {copy}.",
            path=self.path,
            copy=copy,
        )
        self.tell(done)

    def name_damage(self, desk: Desk) -> None:
        """Say what another program has broken, where a command goes on in spite of it."""
        try:
            self._must_be_whole(desk.db)
        except KflyError as error:
            self.tell(str(error))

    def _must_be_whole(self, db: sqlite3.Connection) -> None:
        """Check that there is a plan, and look closer where another program has changed what it rests on.

        Raises:
            KflyError: the plan, a kind, a table … is gone or is none.
        """
        if not is_as_seen(db):
            from kfly.services.damage import refuse_damaged

            refuse_damaged(db, self.path)

    def _tell_of_triggers(self) -> None:
        """Say that the log was not written meanwhile, and is again."""
        told = _(
            "What writes the log of {path} had been taken away or altered, and was put back;"
            " “kfly check” looks for what the log does not know.",
            path=self.path,
        )
        self.tell(told)

    def plan_language(self) -> str | None:
        """Read the plan's language, if there is a plan to ask; nothing is refused here."""
        return self._asked(plan_rows.read_language)

    def plan_reply_to(self) -> str | None:
        """Read who gets the answers to the plan's letters, in the same way."""
        return self._asked(plan_rows.read_reply_to)

    def _asked(self, read: Callable[[sqlite3.Connection], str | None]) -> str | None:
        if not self.path.is_file():
            return None
        try:
            with self.reading() as desk:
                return read(desk.db)
        except KflyError:
            return None
