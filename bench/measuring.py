"""Whole processes measured side by side: run in turn (A B A B …), so that a machine that slows slows both."""

import os
import pty
import statistics
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import count
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from results import MEMORY, PROCESSOR, RATIO, SECONDS, Measured

MEBIBYTE = 1024  # KiB, in which Linux counts what a process has used
LONG_RUNS = 5  # of what takes seconds
YESTERDAYS_RUNS = 2  # of what is short: no budget rests on them; what is long is run once

SCREEN = (24, 80)  # lines and columns of the terminal

Command = Sequence[str]


class Budget(NamedTuple):
    """What may take how many times as long as what.

    Attributes:
        name: what is measured, against what.
        ours: commands that are run one after the other; ``{n}`` in a word is another number each time.
        theirs: those that they are measured against.
        at_most: the ratio of the medians that is kept; None for a yardstick that nothing is promised against.
        environment: of both, beside the bench's own.
        runs: how often; None for the usual number.
        before: done before each run, and not measured.
        on_terminal: with a terminal to print on, as the pager needs one.
        may_fail: a refusal is what is measured.
        memory: MiB that one of ours may use.
        yesterday: the same commands of the older build, for comparison.
        around: what must be running meanwhile: the ids of its processes, whose processor time is ours too.
        by_processor: processor time is what counts, of all processes, and not the clock's.
    """

    name: str
    ours: Sequence[Command]
    theirs: Sequence[Command]
    at_most: float | None
    environment: Mapping[str, str] | None = None
    runs: int | None = None
    before: Callable[[], None] | None = None
    on_terminal: bool = False
    may_fail: bool = False
    memory: float | None = None
    yesterday: Sequence[Command] = ()
    around: Callable[[], AbstractContextManager[Sequence[int]]] = partial(nullcontext, ())
    by_processor: bool = False

    @property
    def commands(self) -> list[Command]:
        """All that is run."""
        return [*self.ours, *self.theirs, *self.yesterday]

    @property
    def names(self) -> list[str]:
        """What its figures are called."""
        memory = f"memory of {self.name.partition(', against')[0]}"
        return [self.name] if self.memory is None else [self.name, memory]


class Limit(NamedTuple):
    """How much memory a command may use; how many seconds, it or each part of what it works through.

    Attributes:
        name: what is measured.
        command: what is run.
        at_most: MiB, or seconds.
        unit: MiB; seconds of the clock; or of processors, those of all its processes together.
        parts: how many it works through: seconds are divided by them.
        before: done before it is run, and not measured.
    """

    name: str
    command: Command
    at_most: float
    unit: str = SECONDS
    parts: int = 1
    before: Callable[[], None] | None = None

    @property
    def names(self) -> list[str]:
        """What its figure is called."""
        return [self.name]

    @property
    def commands(self) -> list[Command]:
        """All that is run."""
        return [self.command]


Wanted = Budget | Limit


class Used(NamedTuple):
    """What some commands used.

    Attributes:
        seconds: of the clock, altogether.
        memory: MiB, of the process that used most.
        processor: seconds of processors, of all processes together.
    """

    seconds: float
    memory: float
    processor: float


_numbers = count(1)


def measure(wanted: Wanted, runs: int) -> list[Measured]:
    """Measure whatever is promised; a pair so often, unless it says otherwise."""
    if isinstance(wanted, Budget):
        return _measure_pair(wanted, runs)
    return [_measure_limit(wanted)]


def _measure_pair(budget: Budget, runs: int) -> list[Measured]:
    """Measure a pair in turn: the ratio of its medians and, where that is promised, what memory ours use."""
    with budget.around() as helpers:
        ours, theirs, yesterday = _take_turns(budget, runs, helpers)
    own, others, older = (
        _take_median(used[1:] or used, PROCESSOR if budget.by_processor else SECONDS)
        for used in (ours, theirs, yesterday)
    )
    return [
        Measured(budget.name, RATIO, own / others, budget.at_most, own, others, older or None),
        *_measure_memory(budget, ours, yesterday),
    ]


def _take_turns(budget: Budget, runs: int, helpers: Sequence[int]) -> tuple[list[Used], ...]:
    """Run both in turn, and the older build a few times; those that help are there for ours."""
    ours: list[Used] = []
    theirs: list[Used] = []
    yesterday: list[Used] = []
    for number in range((budget.runs or runs) + 1):  # the first warms up
        turns = [(budget.ours, ours), (budget.theirs, theirs)]
        if budget.yesterday and number <= (0 if budget.runs else YESTERDAYS_RUNS):
            turns.append((budget.yesterday, yesterday))
        for commands, used in turns:
            if budget.before:
                budget.before()
            before = _read_processor_time(helpers)
            found = _run_budgeted(budget, commands)
            used.append(found._replace(processor=found.processor + _read_processor_time(helpers) - before))
    return ours, theirs, yesterday


def _read_processor_time(processes: Sequence[int]) -> float:
    """Read how many seconds of processors running processes have used until now."""
    stats = (Path(f"/proc/{process}/stat").read_text(encoding="utf-8") for process in processes)
    ticks = (stat.rpartition(") ")[2].split()[11:13] for stat in stats)  # utime and stime: see man proc
    return sum(int(tick) for both in ticks for tick in both) / os.sysconf("SC_CLK_TCK")


def _measure_memory(budget: Budget, ours: list[Used], yesterday: list[Used]) -> Iterator[Measured]:
    if budget.memory is not None:
        most = max(each.memory for each in ours)
        older = max((each.memory for each in yesterday), default=None)
        yield Measured(budget.names[1], MEMORY, most, budget.memory, yesterday=older)


def _take_median(used: Sequence[Used], unit: str) -> float:
    """Return the median of seconds, of the clock or of processors."""
    seconds = [each.processor if unit == PROCESSOR else each.seconds for each in used]
    return statistics.median(seconds) if seconds else 0.0


def _measure_limit(limit: Limit) -> Measured:
    """Measure what memory a command uses, or how long it takes once it has warmed up."""
    if limit.before:
        limit.before()
    if limit.unit == MEMORY:
        return Measured(limit.name, MEMORY, run([limit.command]).memory, limit.at_most)
    used = [run([limit.command], quiet=True) for _number in range(LONG_RUNS + 1)][1:]
    return Measured(limit.name, limit.unit, _take_median(used, limit.unit) / limit.parts, limit.at_most)


def _run_budgeted(budget: Budget, commands: Sequence[Command]) -> Used:
    numbered = next(_numbers)
    filled = [[word.replace("{n}", str(numbered)) for word in command] for command in commands]
    return run(filled, budget.environment, on_terminal=budget.on_terminal, may_fail=budget.may_fail)


def run(
    commands: Sequence[Command],
    environment: Mapping[str, str] | None = None,
    *,
    on_terminal: bool = False,
    may_fail: bool = False,
    quiet: bool = False,
) -> Used:
    """Run commands one after the other; quiet, what they say beside their output is not shown."""
    with _output(on_terminal=on_terminal) as output:
        started, largest, processor = time.perf_counter(), 0, 0.0
        for command in commands:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL if may_fail or quiet else None,
                env={**os.environ, **(environment or {})},
            )
            _pid, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if status and not may_fail:
                raise SystemExit(f"failed: {' '.join(command)}")
            largest = max(largest, usage.ru_maxrss)  # of it, or of a process that it waited for
            processor += usage.ru_utime + usage.ru_stime  # and of those
        return Used(time.perf_counter() - started, largest / MEBIBYTE, processor)


@contextmanager
def _output(*, on_terminal: bool) -> Iterator[int]:
    """Open where all is printed to: nowhere, or a terminal that nobody looks at."""
    if not on_terminal:
        yield subprocess.DEVNULL
        return
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, SCREEN)  # without a height there is no first screen, and no pager
    reader = Thread(target=_drain, args=(ours,), daemon=True)
    reader.start()
    try:
        yield theirs
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 1 << 16):
            pass
    except OSError:
        pass  # the last one has closed it
