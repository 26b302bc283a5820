"""``rollup --cluster``: a real scheduler and two workers, one of which is killed in the middle."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from kfly.plan.counties import Missing
from kfly.services.rollup.cluster import cut, read_all
from kfly.services.rollup.county import Job
from kfly.services.rollup.sources import Source
from tests.support.many_counties import DAY, Unforeseen, locked, make_county
from tests.support.processes import environment, process
from tests.support.runner import Cli

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("distributed") is None, reason="no Dask distributed"),
]
WAITED = 60  # seconds for a scheduler and its workers to be there


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler, and two workers: its address, and the workers' processes."""
    told = tmp_path / "scheduler.json"
    variables = environment(LANG="C", DASK_DISTRIBUTED__DASHBOARD__LINK="", PYTHONPATH=":".join(sys.path))
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": variables, "cwd": tmp_path}
    with ExitStack() as ended:

        def begin(command: list[str]) -> subprocess.Popen[bytes]:
            process = ended.enter_context(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
            ended.callback(process.kill)
            return process  # type: ignore[no-any-return]

        begin([*start, "--no-dashboard", "--scheduler-file", str(told)])
        _wait_for(told.exists)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
        single = [*worker, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        both = [begin([*single, "--local-directory", str(tmp_path / f"w{n}")]) for n in range(2)]
        address = json.loads(told.read_text())["address"]
        _wait_for(lambda: _count_workers(address) == 2)
        yield address, both


def _wait_for(there: object) -> None:
    until = time.monotonic() + WAITED
    while not there():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.1)


def _count_workers(address: str) -> int:
    from distributed import Client

    with Client(address, timeout=WAITED, set_as_default=False) as client:
        return len(client.scheduler_info(n_workers=-1)["workers"])


def test_a_cluster_gives_the_same_figures_also_when_a_worker_is_killed(
    empty: Cli, demo_database: Path, workers: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (one, _other) = workers
    folder = empty.folder / "counties"
    folder.mkdir()
    for number in range(12):
        make_county(demo_database, folder / f"{number:02}.db", number)
    asked = ("rollup", str(folder), "--json", "--as-of", DAY)
    alone = process(empty.folder, *asked, "--jobs", "1")
    assert process(empty.folder, *asked, "--cluster", address).stdout == alone.stdout
    shutil.copy(demo_database, folder / "00-locked.db")
    with locked(folder / "00-locked.db"):
        command = [sys.executable, "-m", "kfly", *asked, "--cluster", address, "--patience", "4"]
        with subprocess.Popen(
            command, cwd=empty.folder, env=environment(LANG="C"), stdout=subprocess.PIPE
        ) as running:
            time.sleep(3)
            os.kill(one.pid, signal.SIGKILL)
            printed = running.communicate(timeout=120)[0]
    found = json.loads(printed)
    assert [gone["name"] for gone in found["counties"]["missing"]] == ["00-locked"]
    assert found["targets"] == json.loads(alone.stdout)["targets"]


def test_a_county_that_fails_takes_none_of_its_batch_with_it(
    bundled_database: Path, workers: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    paths = [bundled_database] * 30
    paths[3] = Unforeseen(bundled_database)
    jobs = [Job(Source(str(n), path), date(2022, 11, 30), 1, "en") for n, path in enumerate(paths)]
    assert max(map(len, cut(30, 2))) > 3
    answers = list(read_all(jobs, workers[0]))
    assert sorted(number for number, _answer in answers) == list(range(30))
    assert [answer for _number, answer in answers if isinstance(answer, Missing)] == [
        Missing("3", (), "the cluster could not read it (AssertionError)")
    ]


def test_where_no_scheduler_answers_it_is_said(empty: Cli, bundled_database: Path) -> None:
    shutil.copy(bundled_database, empty.folder / "甲县.db")
    run = process(empty.folder, "--lang", "en", "rollup", "甲县.db", "--cluster", "tcp://127.0.0.1:1")
    assert run.returncode == 1
    assert run.stderr.decode().startswith("No scheduler answers at tcp://127.0.0.1:1:")
    assert run.stderr.count(b"\n") == 1
