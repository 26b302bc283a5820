"""Several processes that read counties side by side; one that dies is made good.

``concurrent.futures`` gives all that is left up when a single worker dies. Here each worker has a pipe of its
own, so that it is known which county it was at.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from kfly.locale import _
from kfly.plan.counties import County, Missing
from kfly.services.rollup.county import Job, read_county

ATTEMPTS = 2  # at a county; whoever dies of it twice will die of it again
AT_ONCE = 2  # counties that a worker has before it, so that it never waits for the next
Answer = County | Missing


def count_processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Answer]]:
    """Read all counties; yield each with its number as it comes.

    Args:
        jobs: the counties.
        workers: how many processes; one does all the work here, without another.
    """
    workers = min(workers, len(jobs))
    if workers <= 1:
        for number, job in enumerate(jobs):
            yield number, read_county(job)
        return
    with _Crew(jobs, workers) as crew:
        yield from crew.work()


class _Task(NamedTuple):
    """A county that is to be read, and how often somebody has died of it."""

    number: int
    deaths: int = 0


class _Worker:
    """A process, its pipe, and the counties it has before it, the one that it is at first."""

    def __init__(self) -> None:
        context = get_context("spawn")  # a fork would share our open files, locks among them
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.tasks: deque[_Task] = deque()

    def end(self) -> None:
        """End the process at once; nothing of it is needed any more."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


class _Crew:
    """All workers, and what is left to do."""

    def __init__(self, jobs: Sequence[Job], workers: int) -> None:
        self.jobs = jobs
        self.left = deque(_Task(number) for number in range(len(jobs)))
        self.workers = [_Worker() for _number in range(workers)]

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(self, *_error: object) -> None:
        for worker in self.workers:
            worker.end()

    def work(self) -> Iterator[tuple[int, Answer]]:
        """Hand the counties out, and yield what comes back, in whatever order it does."""
        missing = len(self.jobs)
        while missing:
            for worker in self.workers:
                self._hand_out(worker)
            for ready in wait([worker.pipe for worker in self.workers]):
                worker = next(each for each in self.workers if each.pipe is ready)
                for answered in self._take(worker):
                    missing -= 1
                    yield answered

    def _hand_out(self, worker: _Worker) -> None:
        while self.left and len(worker.tasks) < AT_ONCE:
            task = self.left.popleft()
            worker.tasks.append(task)
            with suppress(OSError):  # it is dead: its end of the pipe says so in a moment
                worker.pipe.send(self.jobs[task.number])

    def _take(self, worker: _Worker) -> Iterator[tuple[int, Answer]]:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._make_good(worker)
        else:
            yield worker.tasks.popleft().number, answer

    def _make_good(self, dead: _Worker) -> Iterator[tuple[int, Answer]]:
        """Put another in a dead worker's place, and its counties back; or give one up."""
        dead.end()
        self.workers[self.workers.index(dead)] = _Worker()
        guilty = dead.tasks.popleft() if dead.tasks else None
        self.left.extendleft(reversed(dead.tasks))
        if guilty is None:
            return
        guilty = guilty._replace(deaths=guilty.deaths + 1)
        if guilty.deaths < ATTEMPTS:
            self.left.append(guilty)
            return
        source = self.jobs[guilty.number].source
        reason = _("the process that read it ended twice (exit code {code})", code=dead.process.exitcode)
        yield guilty.number, Missing(source.name, source.group, reason)


def _serve(pipe: Connection) -> None:
    """Read the counties that come through the pipe until it is closed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, who ends us then
    with suppress(EOFError, OSError):
        while True:
            pipe.send(read_county(pipe.recv()))
