"""The process aside itself: for each file it forks one more, which parses it within limits.

That one hands out the rows, a batch whenever one is asked for.
"""

import gc
import os
import resource
import signal
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NoReturn

from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.headings import MOST_ABOVE
from kfly.registry.sheets.workbooks import reading
from kfly.registry.sheets.workbooks.formats import weigh
from kfly.registry.sheets.workbooks.pipe import Pipe

PATIENCE = 8.0  # seconds without a word from the parser of a small file
BYTES_A_SECOND = 20_000_000  # of the unpacked file, that even a slow machine parses
MEMORY = 800 << 20  # bytes, beside what the process has from the beginning
BATCH = 1000  # rows


def wait_for_files(pipe: Pipe) -> NoReturn:
    """Wait for files and fork for each; end when nobody asks for more, or when one has died of its file."""
    # What lies about from before the fork is not ours to close: a database's connection least of all.
    gc.freeze()
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    _leave_files(pipe)
    import python_calamine as _calamine  # noqa: F401  (here, while the other process has its own things to do)

    with suppress(BaseException):
        while True:
            path, name, wanted = pipe.receive()
            parser = os.fork()
            if not parser:
                _serve(pipe, Path(path), name, wanted)
            if os.waitpid(parser, 0)[1]:
                break
    os._exit(0)


def _leave_files(pipe: Pipe) -> None:
    """Close what the process has open but the pipe; what its libraries print goes nowhere."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    first, second = sorted((pipe.incoming, pipe.outgoing))
    os.closerange(3, first)
    os.closerange(first + 1, second)
    os.closerange(second + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _serve(pipe: Pipe, path: Path, name: str, wanted: str | None) -> NoReturn:
    """Parse one file within limits, and hand out its sheets and then their rows as they are asked for."""
    status = 1
    with suppress(BaseException):
        _limit()
        pipe.send((os.getpid(), PATIENCE + weigh(path) / BYTES_A_SECOND))
        try:
            grids = reading.read(path, name, wanted)
        except SheetRefusedError as refusal:
            pipe.send(refusal.faults[0].message)  # of the whole file: nothing is known here of cells
            os._exit(0)
        sheets = [iter(grid.rows) for grid in grids]
        for grid, rows in zip(grids, sheets, strict=True):
            first = [tuple(row) for row in islice(rows, MOST_ABOVE)]
            pipe.send((grid._replace(rows=()), first, len(first) < MOST_ABOVE))
        pipe.send(None)
        while (asked := pipe.receive()) is not None:
            pipe.send([tuple(row) for row in islice(sheets[asked], BATCH)])
        status = 0
    os._exit(status)


def _limit() -> None:
    """Take no more memory than is ours, and leave no core behind."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, hard))
