"""Whole processes measured side by side: run in turn (A B A B …), so that a machine that slows slows both."""

import os
import pty
import statistics
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Thread
from typing import NamedTuple

from results import MEMORY, RATIO, Measured

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

    @property
    def commands(self) -> list[Command]:
        """All that is run."""
        return [*self.ours, *self.theirs, *self.yesterday]

    @property
    def names(self) -> list[str]:
        """What its figures are called."""
        memory = f"memory of {self.name.partition(', against')[0]}"
        return [self.name] if self.memory is None else [self.name, memory]


class Ceiling(NamedTuple):
    """How much memory a command may use, in MiB."""

    name: str
    command: Command
    at_most: float
    before: Callable[[], None] | None = None

    @property
    def names(self) -> list[str]:
        """What its figure is called."""
        return [self.name]


class Used(NamedTuple):
    """What some commands used: seconds altogether, and MiB at most."""

    seconds: float
    memory: float


_numbers = count(1)


def measure(budget: Budget, runs: int) -> list[Measured]:
    """Measure a pair in turn: the ratio of its medians and, where that is promised, what memory ours use."""
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
            used.append(_run_budgeted(budget, commands))
    own, others, older = (_take_median(used[1:] or used) for used in (ours, theirs, yesterday))
    return [
        Measured(budget.name, RATIO, own / others, budget.at_most, own, others, older or None),
        *_measure_memory(budget, ours, yesterday),
    ]


def _measure_memory(budget: Budget, ours: list[Used], yesterday: list[Used]) -> Iterator[Measured]:
    if budget.memory is not None:
        most = max(each.memory for each in ours)
        older = max((each.memory for each in yesterday), default=None)
        yield Measured(budget.names[1], MEMORY, most, budget.memory, yesterday=older)


def _take_median(used: list[Used]) -> float:
    return statistics.median(each.seconds for each in used) if used else 0.0


def measure_ceiling(ceiling: Ceiling) -> Measured:
    """Measure what memory a command uses."""
    if ceiling.before:
        ceiling.before()
    return Measured(ceiling.name, MEMORY, run([ceiling.command]).memory, ceiling.at_most)


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
) -> Used:
    """Run commands one after the other."""
    with _output(on_terminal=on_terminal) as output:
        started, largest = time.perf_counter(), 0
        for command in commands:
            process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL if may_fail else None,
                env={**os.environ, **(environment or {})},
            )
            _pid, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if status and not may_fail:
                raise SystemExit(f"failed: {' '.join(command)}")
            largest = max(largest, usage.ru_maxrss)
        return Used(time.perf_counter() - started, largest / MEBIBYTE)


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
