"""Two hundred counties, some of which cannot be read: every sum is that of a slow script."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.many_counties import DAY, locked, make_county
from tests.support.processes import environment, process
from tests.support.runner import Cli

pytestmark = pytest.mark.slow

MANY = 200


@pytest.fixture
def province(empty: Cli, demo_database: Path, bundled_database: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Two hundred; a damaged, newer, foreign, missing and empty one and three other plans among them."""
    monkeypatch.setenv("KFLY_LANG", "en")
    folder = empty.folder / "counties"
    folder.mkdir()
    made = [make_county(demo_database, folder / f"{n:03}.db", n % 7) for n in range(MANY - 5)]
    for path in made[:3]:
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE targets SET comparison = 'more_than' WHERE key = 'talents'")
    (folder / "damaged.db").write_bytes(bundled_database.read_bytes()[:9_000])
    with closing(sqlite3.connect(shutil.copy(bundled_database, folder / "newer.db"))) as db:
        db.execute("PRAGMA user_version = 999")
    (folder / "foreign.db").write_text("none of ours")
    shutil.copy(bundled_database, folder / "empty.db")
    names = [*(path.name for path in sorted(folder.iterdir())), "missing.db"]
    listed = "\n".join(f"  - {{name: c-{name}, path: counties/{name}}}" for name in names)
    (empty.folder / "counties.yaml").write_text(f"counties:\n{listed}\n")
    assert len(names) == MANY
    return empty


def add_up_slowly(kfly: Cli) -> dict[tuple[str, ...], list[Any]]:
    """Add up what each county's own ``status`` says, one command after the other."""
    sums: dict[tuple[str, ...], list[Any]] = {}
    for path in sorted((kfly.folder / "counties").iterdir()):
        run = kfly("--db", str(path), "status", "--json", "--as-of", DAY)
        if run.code:
            continue
        for row in json.loads(run.out, parse_float=Decimal)["targets"]:
            key = (row["key"], row["unit"], row["comparison"], row["period"])
            found = sums.setdefault(key, [0, 0, 0, 0])
            found[0] += Decimal(row["actual"])
            found[1] += Decimal(row["goal"])
            found[2] += 1
            found[3] += row["met"]
    return sums


def test_every_sum_is_that_of_a_slow_script(province: Cli) -> None:
    run = process(province.folder, "--lang", "en", "rollup", "--json", "--as-of", DAY, "--jobs", "2")
    assert run.returncode == 1, run.stderr
    found = json.loads(run.stdout, parse_float=Decimal)
    assert found["counties"]["read"] == MANY - 4
    assert sorted(one["name"] for one in found["counties"]["missing"]) == [
        "c-damaged.db",
        "c-foreign.db",
        "c-missing.db",
        "c-newer.db",
    ]
    slow = add_up_slowly(province)
    assert len(found["targets"]) == len(slow) == 13
    for row in found["targets"]:
        total, goal, counties, met = slow[row["key"], row["unit"], row["comparison"], row["period"]]
        if row["key"] == "enclave_area":
            assert (row["sum"], row["goal"]) == (None, None)
        else:
            assert (row["sum"], row["goal"]) == (total, goal)
        assert (row["counties"], row["met"]) == (counties, met)


def children(pid: int) -> list[int]:
    """The workers of a running roll-up."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in found}
    return [child for child, line in lines.items() if b"spawn_main" in line]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc")
def test_a_worker_that_is_killed_in_the_middle_is_made_good(
    empty: Cli, demo_database: Path, bundled_database: Path
) -> None:
    folder = empty.folder / "counties"
    folder.mkdir()
    for number in range(12):
        make_county(demo_database, folder / f"{number:02}.db", number)
    shutil.copy(bundled_database, folder / "00-locked.db")
    with locked(folder / "00-locked.db"):  # whoever reads it waits: there is time to kill it
        command = [sys.executable, "-m", "kfly", "rollup", "counties", "--json", "--as-of", DAY]
        with subprocess.Popen(
            [*command, "--jobs", "2", "--patience", "3", "--max-missing", "1"],
            cwd=empty.folder,
            env=environment(LANG="C"),
            stdout=subprocess.PIPE,
        ) as running:
            until = time.monotonic() + 30
            while len(children(running.pid)) < 2 and time.monotonic() < until:
                time.sleep(0.02)
            time.sleep(1)  # both have begun
            os.kill(children(running.pid)[0], signal.SIGKILL)
            printed = running.communicate(timeout=60)[0]
    assert running.returncode == 0
    found = json.loads(printed)
    assert found["counties"]["read"] == 12
    assert [one["name"] for one in found["counties"]["missing"]] == ["00-locked"]
