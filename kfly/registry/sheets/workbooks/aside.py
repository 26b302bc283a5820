"""A process aside that parses workbooks: whatever a file does to its parser, kfly goes on, and says so.

The process is forked before the database is opened and before there is any thread. If it falls silent, or
ends, nobody waits for it any longer.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kfly.locale import _
from kfly.registry.sheets.faults import SheetRefusedError, unreadable
from kfly.registry.sheets.grid import Grid, SheetRow
from kfly.registry.sheets.workbooks.pipe import ParserEndedError, Pipe

PATIENCE = 8.0  # seconds in which a process answers that it has begun
GLANCE = 0.2  # seconds between two looks at how it is
ASLEEP = 10  # times as long it may take while it does nothing: a busy machine, a disk far away


class _Aside:
    """The process aside, as this one knows it."""

    def __init__(self) -> None:
        requests, answers = os.pipe(), os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                from kfly.registry.sheets.workbooks import parser

                parser.wait_for_files(Pipe(requests[0], answers[1]))
            finally:
                os._exit(1)
        os.close(requests[0])
        os.close(answers[1])
        self.pipe = Pipe(answers[0], requests[1])
        self.parser: int | None = None  # the process of the file at work
        self.patience = PATIENCE
        self.is_owed = False  # a batch that was asked for has not been taken
        self.is_gone = False
        self.is_well = False  # it has answered, and will end when nobody asks any more

    def read(self, path: Path, name: str, wanted: str | None) -> list[Grid]:
        """Have a file parsed, and return its sheets; their rows come as they are walked through."""
        self.finish()
        self.patience = PATIENCE
        self.pipe.send((os.path.abspath(path), name, wanted))  # noqa: PTH100  (no link is resolved)
        self.parser, self.patience = self._receive(name)
        self.is_well = True
        grids: list[Grid] = []
        while (answer := self._receive(name)) is not None:
            if isinstance(answer, str):
                self.parser = None
                raise unreadable(name, answer)
            grid, first, is_whole = answer
            rows = self._rows(None if is_whole else len(grids), first, name)
            grids.append(grid._replace(rows=rows))
        return grids

    def finish(self) -> None:
        """Let the file at work go."""
        if self.parser is not None:
            self._settle()
            self.pipe.send(None)
            self.parser = None

    def _settle(self) -> None:
        """Take the batch that nobody wants any more."""
        if self.is_owed:
            self._receive("")
            self.is_owed = False

    def end(self) -> None:
        """Let the process end, now that all is read."""
        if self.is_well:
            with suppress(SheetRefusedError, OSError):  # it has ended for itself, which is an end as well
                self.finish()
        self.kill()

    def kill(self) -> None:
        """End the process, and what it has begun; one that is well ends when nobody can ask any more."""
        if self.is_gone:
            return
        self.is_gone = True
        for process in (self.parser, None if self.is_well else self.pid):
            if process is not None:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        self.pipe.close()
        os.waitpid(self.pid, 0)

    def _rows(self, sheet: int | None, first: list[tuple[Any, ...]], name: str) -> Iterator[SheetRow]:
        yield from (SheetRow(*row) for row in first)
        if sheet is None:
            return
        self._settle()
        self.pipe.send(sheet)
        self.is_owed = True
        while batch := self._receive(name):
            self.pipe.send(sheet)  # the next is made while this one is read
            yield from (SheetRow(*row) for row in batch)
        self.is_owed = False

    def _give_up(self) -> None:
        """Kill the process; the next file has another."""
        self.is_well = False
        if self in _running:
            _running.remove(self)
        self.kill()

    def _is_heard(self) -> bool:
        """Wait for an answer, as long as it may take.

        What counts is the processor time: on a busy machine a sound file takes long as well.
        """
        began, worked = time.monotonic(), _work_of(self.parser)
        while not self.pipe.is_ready(GLANCE):
            if _work_of(self.parser) - worked > self.patience:
                return False
            if time.monotonic() - began > self.patience * ASLEEP:
                return False
        return True

    def _receive(self, name: str) -> Any:
        """Receive an answer; where none comes, the process is no more.

        Raises:
            SheetRefusedError: the parser was ended by its file, or had to be.
        """
        if not self._is_heard():
            self._give_up()
            raise unreadable(name, _("takes too long to read; save it anew as .xlsx"))
        try:
            return self.pipe.receive()
        except (ParserEndedError, OSError):
            self.parser = None
            self._give_up()
            raise unreadable(
                name, _("cannot be read, or is too large for this machine; save it anew as .xlsx")
            ) from None


def _work_of(process: int | None) -> float:
    """Return the seconds that a process has worked; 0 where the system does not say."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    user, system = told.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


_running: list[_Aside] = []


def start() -> None:
    """Fork the process aside, if there is none yet."""
    if not _running:
        _running.append(_Aside())


def stop() -> None:
    """End the process aside, if there is one."""
    while _running:
        _running.pop().end()


@contextmanager
def ready() -> Iterator[None]:
    """Have the process aside ready, from before the database is opened until all is read."""
    start()
    try:
        yield
    finally:
        stop()


def read(path: Path, name: str, wanted: str | None) -> list[Grid]:
    """Read a workbook's sheets that are not empty; hidden ones only when they are ``wanted``.

    Args:
        path: where it lies.
        name: what it is called in messages.
        wanted: the name of the only sheet to read; None for all.

    Raises:
        OSError: it cannot be read.
        SheetRefusedError: it is no workbook, has no such sheet, or was too much for its parser.
    """
    with path.open("rb"):  # the system's own error says more than the library's
        pass
    start()
    return _running[0].read(path, name, wanted)
