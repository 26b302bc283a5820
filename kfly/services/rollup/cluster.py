"""The same work on many machines: Dask distributed hands the counties out, and a lost worker's to others."""

import re
from collections.abc import Iterator, Sequence

from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _
from kfly.plan.counties import County, Missing
from kfly.services.extras import must_have
from kfly.services.rollup.county import Job, read_county

CONNECTING = 15  # seconds to wait for a scheduler
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://\S+:\d+", re.ASCII)  # Dask's own kinds


def must_be_an_address(text: str) -> None:
    """Check that an address is written as those of schedulers are.

    Raises:
        WrongUsageError: it is not.
    """
    if not _ADDRESS.fullmatch(text):
        raise WrongUsageError(
            _("--cluster: “{address}” is no address of a scheduler; write tcp://HOST:PORT.", address=text)
        )


def read_all(jobs: Sequence[Job], address: str) -> Iterator[tuple[int, County | Missing]]:
    """Read all counties on a cluster's workers; yield each with its number as it comes.

    Args:
        jobs: the counties; their paths are those that the workers see.
        address: of the scheduler: ``tcp://HOST:PORT``.

    Raises:
        KflyError: Dask is not installed, nobody answers there, or there are no workers.
    """
    must_have("cluster", "distributed")
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        told = {"address": address, "why": str(error).partition("\n")[0] or type(error).__name__}
        raise KflyError(_("No scheduler answers at {address}: {why}.", **told)) from None
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise KflyError(_("The scheduler at {address} has no workers yet.", address=address))
        futures = client.map(read_county, jobs, pure=False, retries=1)
        numbers = {future.key: number for number, future in enumerate(futures)}
        for future in as_completed(futures, loop=client.loop):
            number = numbers[future.key]
            if future.status == "finished":
                yield number, future.result()
            else:
                yield number, _give_up(jobs[number], future.exception())


def _give_up(job: Job, error: BaseException | None) -> Missing:
    """Name a county of which several workers have died, or which none could be given."""
    reason = _("the cluster could not read it ({what})", what=type(error).__name__)
    return Missing(job.source.name, job.source.group, reason)
