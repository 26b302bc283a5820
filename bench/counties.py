"""Many counties as one: what a roll-up of a province costs, alone, by several processes, and on a cluster."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path

from measuring import LONG_RUNS, Budget, Command, Limit, run
from results import MEMORY, PROCESSOR
from workshop import COUNTIES, Build, add_extras, fill

MANY = 200
FOLDER = "counties"
DAY = ("--as-of", "2022-11-30")
MOST_MEMORY = 100  # MiB, of each process
MOST_OF_A_SHARE = 1.25  # beside one process's time divided by the processors
WORKERS = 2
ADDRESS = "tcp://127.0.0.1:28786"
WAIT_FOR_WORKERS = """
import sys
from distributed import Client
with Client(sys.argv[1], timeout=60) as client: client.wait_for_workers(int(sys.argv[2]), timeout=60)
"""


def prepare(build: Build) -> None:
    """Make the counties: databases of a few sizes, each copied under many names."""
    fill(build, *COUNTIES)
    folder = Path(build.file(FOLDER))
    folder.mkdir()
    for number, size in zip(range(MANY), cycle(COUNTIES), strict=False):
        shutil.copy(build.file(f"{size}.db"), folder / f"county {number:03}.db")
    add_extras(build, "cluster")


def list_limits(ours: Build) -> Iterator[Limit]:
    """List what each county may cost, whoever reads it."""
    name = "rollup of 200 counties of 2,000 to 10,000 records by one process, each county"
    yield Limit(name, _roll_up(ours, "--jobs", "1"), 0.045, PROCESSOR, MANY)


def list_budgets(ours: Build) -> Iterator[Budget]:
    """List what several processes may cost beside one."""
    alone = [_roll_up(ours, "--jobs", "1")]
    processors = count_processors()
    yield Budget(
        "rollup of 200 counties by a process for each processor, against one process",
        [_roll_up(ours, "--jobs", str(processors))],
        alone,
        MOST_OF_A_SHARE / processors,
        runs=LONG_RUNS,
        memory=MOST_MEMORY,
    )
    yield Budget(
        "rollup of 200 counties on Dask, in processor time of all its processes, against one process",
        [_roll_up(ours, "--cluster", ADDRESS)],
        alone,
        1.5,
        runs=LONG_RUNS,
        around=partial(working, ours),
        by_processor=True,
    )


def list_ceilings(ours: Build) -> Iterator[Limit]:
    """List what may be used of the memory."""
    alone = _roll_up(ours, "--jobs", "1")
    yield Limit("memory of rollup of 200 counties by one process", alone, MOST_MEMORY, MEMORY)


def _roll_up(build: Build, *words: str) -> Command:
    return build.kfly("none", "rollup", build.file(FOLDER), *DAY, *words)


def count_processors() -> int:
    """Count the processors that kfly may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def working(build: Build) -> Iterator[Sequence[int]]:
    """Let a scheduler and its workers run; give the ids of their processes."""
    port = ADDRESS.rpartition(":")[2]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = ["worker", ADDRESS, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    with ExitStack() as ended:
        ids = [_begin(build, ended, words) for words in (scheduler, *[worker] * WORKERS)]
        run([[build.python, "-c", WAIT_FOR_WORKERS, ADDRESS, str(WORKERS)]])
        yield ids


def _begin(build: Build, ended: ExitStack, words: Sequence[str]) -> int:
    """Start a process of Dask's that ends with all the others."""
    process = ended.enter_context(
        subprocess.Popen(
            [str(build.binaries / "dask"), *words],
            cwd=build.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    )
    ended.callback(process.send_signal, signal.SIGKILL)
    return process.pid
