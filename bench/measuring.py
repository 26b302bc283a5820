"""Whole processes measured side by side: run in turn (A B A B …), so that a machine that slows slows both."""

import os
import pty
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Thread
from typing import NamedTuple

MEBIBYTE = 1024  # KiB, in which Linux counts what a process has used
LONG_RUNS = 5  # of what takes seconds

Command = Sequence[str]


class Budget(NamedTuple):
    """What may take how many times as long as what.

    Attributes:
        name: what is measured, against what.
        ours: commands that are run one after the other; ``{n}`` in a word is another number each time.
        theirs: those that they are measured against.
        at_most: the ratio of the medians that is kept.
        environment: of both, beside the bench's own.
        runs: how often; None for the usual number.
        before: done before each run, and not measured.
        on_terminal: with a terminal to print on, as the pager needs one.
        may_fail: a refusal is what is measured.
        memory: MiB that one of ours may use.
    """

    name: str
    ours: Sequence[Command]
    theirs: Sequence[Command]
    at_most: float
    environment: Mapping[str, str] | None = None
    runs: int | None = None
    before: Callable[[], None] | None = None
    on_terminal: bool = False
    may_fail: bool = False
    memory: float | None = None


class Ceiling(NamedTuple):
    """How much memory a command may use, in MiB."""

    name: str
    command: Command
    at_most: float
    before: Callable[[], None] | None = None


class Used(NamedTuple):
    """What some commands used: seconds altogether, and MiB at most."""

    seconds: float
    memory: float


_numbers = count(1)


def keep(budget: Budget, runs: int) -> bool:
    """Measure a pair, print the ratio, and tell whether the budget is kept."""
    ours: list[Used] = []
    theirs: list[Used] = []
    for _ in range((budget.runs or runs) + 1):  # the first warms up
        for commands, used in ((budget.ours, ours), (budget.theirs, theirs)):
            if budget.before:
                budget.before()
            used.append(_run_budgeted(budget, commands))
    medians = [statistics.median(each.seconds for each in used[1:]) for used in (ours, theirs)]
    kept = report(medians[0] / medians[1], budget.at_most, "x", budget.name)
    if budget.memory is not None:
        used_at_most = max(each.memory for each in ours)
        kept &= report(used_at_most, budget.memory, "MiB", f"memory of {budget.name}")
    return kept


def keep_memory(ceiling: Ceiling) -> bool:
    """Measure what a command uses, print it, and tell whether it is allowed."""
    if ceiling.before:
        ceiling.before()
    return report(run([ceiling.command]).memory, ceiling.at_most, "MiB", ceiling.name)


def report(measured: float, at_most: float, unit: str, name: str) -> bool:
    """Print one figure; whether its budget is kept."""
    verdict = "ok" if measured <= at_most else "MISSED"
    print(f"{measured:7.2f} {unit:3} (at most {at_most:6.2f})  {verdict:6}  {name}", flush=True)
    return measured <= at_most


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
