"""The same work on many machines: Dask distributed hands the counties out, and a lost worker's to others.

To hand one out and take its figures costs Dask 4 milliseconds of a processor, to read it 25. So several go
out as one: many while there is much to do, single ones at the end, so that no worker is left with the most.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _
from kfly.plan.counties import County, Missing
from kfly.services.extras import must_have
from kfly.services.rollup.county import Job, read_county

CONNECTING = 15  # seconds to wait for a scheduler
MOST = 16  # counties that go out as one: with a lost worker half a second's work is lost
ROUNDS = 4  # so often each thread is at least given some
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://\S+:\d+", re.ASCII)  # Dask's own kinds
Batch = tuple[int, ...]  # the numbers of counties
Answer = County | Missing


def must_be_an_address(text: str) -> None:
    """Check that an address is written as those of schedulers are.

    Raises:
        WrongUsageError: it is not.
    """
    if not _ADDRESS.fullmatch(text):
        raise WrongUsageError(
            _("--cluster: “{address}” is no address of a scheduler; write tcp://HOST:PORT.", address=text)
        )


def read_all(jobs: Sequence[Job], address: str) -> Iterator[tuple[int, Answer]]:
    """Read all counties on a cluster's workers; yield each with its number as it comes.

    Args:
        jobs: the counties; their paths are those that the workers see.
        address: of the scheduler: ``tcp://HOST:PORT``.

    Raises:
        KflyError: Dask is not installed, nobody answers there, or there are no workers.
    """
    must_have("cluster", "distributed")
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        told = {"address": address, "why": str(error).partition("\n")[0] or type(error).__name__}
        raise KflyError(_("No scheduler answers at {address}: {why}.", **told)) from None
    with client:
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        if not workers:
            raise KflyError(_("The scheduler at {address} has no workers yet.", address=address))
        batches = cut(len(jobs), sum(worker["nthreads"] for worker in workers))
        yield from _work(client, jobs, batches)


def cut(counties: int, threads: int) -> Iterator[Batch]:
    """Cut the numbers of counties into batches, each a share of what is left: the last are single ones."""
    first = 0
    while first < counties:
        size = min(MOST, -(-(counties - first) // (threads * ROUNDS)))
        yield tuple(range(first, first + size))
        first += size


def _work(client: Any, jobs: Sequence[Job], batches: Iterable[Batch]) -> Iterator[tuple[int, Answer]]:
    """Hand the batches out; what comes of none is handed out again, each county for itself."""
    from distributed import as_completed

    numbers: dict[str, Batch] = {}

    def hand_out(these: Sequence[Batch]) -> list[Any]:
        futures = client.map(_read, [[jobs[n] for n in one] for one in these], pure=False, retries=1)
        numbers.update((future.key, one) for future, one in zip(futures, these, strict=True))
        return list(futures)

    working = as_completed(hand_out(list(batches)), loop=client.loop)
    for future in working:
        batch = numbers.pop(future.key)
        if future.status == "finished":
            yield from zip(batch, future.result(), strict=True)
        elif len(batch) > 1:
            working.update(hand_out([(number,) for number in batch]))
        else:
            yield batch[0], _give_up(jobs[batch[0]], future.exception())


def _read(jobs: Sequence[Job]) -> list[Answer]:
    """Read the counties of a batch, where the worker is."""
    return [read_county(job) for job in jobs]


def _give_up(job: Job, error: BaseException | None) -> Missing:
    """Name a county of which several workers have died, or which none could be given."""
    reason = _("the cluster could not read it ({what})", what=type(error).__name__)
    return Missing(job.source.name, job.source.group, reason)
