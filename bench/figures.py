"""Compare what two builds show: each figure of random registries on many days; the later may say more.

python bench/figures.py              200 registries, ten days each; exit 1 when anything differs
python bench/figures.py --number 20  fewer

The other build is the last one before totals were kept up to date.
"""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workshop import Build, install_old, install_ours

VIEWS = ("status --json", "status --by town --json", "tasks --json", "league --json", "measures --json")
BEFORE = "ea1eeff"
FIRST, DAYS = date(2021, 12, 1), 1300
MARK = "\x1e"  # before each document
# Where an older build calls a thing otherwise, it is what it shows that counts: run in one process each.
SHOW = """
import sys
from contextlib import redirect_stdout
from io import TextIOWrapper, BytesIO
from kfly.cli import main
for line in sys.stdin.read().splitlines():
    sys.stdout.write("\\x1e"); sys.stdout.flush()
    main(line.split())
    sys.stdout.flush()
"""


def main() -> int:
    """Make registries, ask both builds, and tell what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--number", type=int, default=200)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as folder:
        builds = [install_ours(Path(folder)), install_old(Path(folder), BEFORE)]
        differing = sum(not _is_same(builds, seed) for seed in range(number))
    print(f"{number - differing} of {number} registries show the same")
    return int(differing > 0)


def _is_same(builds: list[Build], seed: int) -> bool:
    chance = random.Random(seed)
    days = [FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(10)]
    ours, theirs = (_show(build, seed, days) for build in builds)
    same = len(ours) == len(theirs) and all(map(_says_the_same, ours, theirs))
    if not same:
        print(f"registry {seed} differs", flush=True)
    return same


def _says_the_same(ours: Any, theirs: Any) -> bool:
    """Tell whether a document says all that an older one did, and the same; it may say more."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(key in ours and _says_the_same(ours[key], value) for key, value in theirs.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_says_the_same, ours, theirs))
    return bool(ours == theirs)


def _show(build: Build, seed: int, days: list[date]) -> list[Any]:
    """Return the documents that a build shows of a registry on some days."""
    database = build.folder / "random.db"
    database.unlink(missing_ok=True)
    subprocess.run([*build.kfly("random", "init")], check=True, capture_output=True)
    _fill(database, random.Random(seed))
    subprocess.run(
        [*build.kfly("random", "progress", "1", "x", "--on", "2022-01-05")], check=True, capture_output=True
    )
    lines = [f"--lang zh --db random.db {view} --as-of {day}" for day in days for view in VIEWS]
    done = subprocess.run(
        [build.python, "-c", SHOW],
        input="\n".join(lines),
        text=True,
        cwd=build.folder,
        capture_output=True,
        check=True,
    )
    return [json.loads(document) for document in done.stdout.split(MARK)[1:]]


def _fill(path: Path, chance: random.Random) -> None:
    """Record whatever a plan counts, at random."""

    def day() -> str:
        return (FIRST + timedelta(days=chance.randrange(DAYS))).isoformat()

    with closing(sqlite3.connect(path)) as db, db:
        towns = [
            row[0] for row in db.execute("SELECT name FROM organisations WHERE kind IN ('town', 'zone')")
        ]
        kinds = {
            "building": lambda: {
                "floor_area": chance.choice([900.25, 5000, 12000.5, 50000]),
                "renovated_on": day(),
            },
            "enclave": lambda: {
                "host": "高新区",
                "floor_area": chance.choice([1200.01, 5000, 3000.1]),
                "established_on": day(),
            },
            "platform": lambda: {"established_on": day()},
            "operator": lambda: {"introduced_on": day()},
            "investor": lambda: {"registered_on": day(), "ended_on": chance.choice([None, day()])},
            "talent_project": lambda: {"landed_on": day()},
            "talent": lambda: {"introduced_on": day()},
        }
        for kind, make in kinds.items():
            for number in range(chance.randrange(60)):
                row = {"name": f"{kind}{number}", "town": chance.choice(towns), **make()}
                marks = ", ".join("?" * len(row))
                db.execute(f'INSERT INTO "{kind}" ({", ".join(row)}) VALUES ({marks})', tuple(row.values()))
        for number in range(chance.randrange(20)):
            row = (
                f"基金{number}",
                chance.choice(["风险投资", "天使投资"]),
                chance.choice([0.01, 12.5, 40]),
                day(),
            )
            db.execute("INSERT INTO fund (name, type, size, registered_on) VALUES (?, ?, ?, ?)", row)


if __name__ == "__main__":
    sys.exit(main())
