"""Measure kfly against its budgets: whole processes, side by side, on an ordinary install.

python bench/run.py            prints a ratio for each budget; exit 1 when one is missed
python bench/run.py --runs 40  more runs, on a noisy machine

Each pair is run in turn (A B A B …), and the ratio is that of the medians, so that a machine that slows down
in between slows both.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
RECORDS = 1000


class Budget(NamedTuple):
    """What may take how many times as long as what."""

    name: str
    ours: list[str]
    theirs: list[str]
    at_most: float
    environment: dict[str, str] | None = None


def main() -> int:
    """Install, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        binaries, database = prepare(Path(folder))
        results = [(budget, ratio(budget, runs)) for budget in budgets(binaries, database)]
    for budget, measured in results:
        verdict = "ok" if measured <= budget.at_most else "MISSED"
        print(f"{measured:5.2f} x (at most {budget.at_most:.2f})  {verdict:6}  {budget.name}")
    return int(any(measured > budget.at_most for budget, measured in results))


def budgets(binaries: Path, database: Path) -> list[Budget]:
    """The budgets."""
    python, kfly = str(binaries / "python"), [str(binaries / "kfly"), "--db", str(database)]
    libraries = [python, "-c", "import typer, rich.console, rich.table, sqlite3"]
    count = [str(binaries / "sqlite-utils"), "query", str(database), "select count(*) from talent"]
    completion = {"_KFLY_COMPLETE": "complete_bash", "COMP_WORDS": "kfly sta", "COMP_CWORD": "1"}
    return [
        Budget(
            "status with 1,000 records, against importing its libraries", [*kfly, "status"], libraries, 1.35
        ),
        Budget(
            "status with 1,000 records, against sqlite-utils query of one count", [*kfly, "status"], count, 1
        ),
        Budget(
            "completion of a command's name, against importing typer",
            kfly[:1],
            [python, "-c", "import typer"],
            1.35,
            completion,
        ),
    ]


def prepare(folder: Path) -> tuple[Path, Path]:
    """An ordinary install in a fresh environment, and a database with 1,000 records."""
    venv.create(folder / "venv", with_pip=True)
    binaries, database = folder / "venv" / "bin", folder / "bench.db"
    run([str(binaries / "pip"), "install", "--quiet", str(ROOT)])
    kfly = [str(binaries / "kfly"), "--db", str(database)]
    run([*kfly, "init"])
    sheet = folder / "talents.csv"
    rows = [f"人才{n},企业{n % 40},2022-{n % 12 + 1:02}-{n % 28 + 1:02},澄江街道" for n in range(RECORDS)]
    sheet.write_text("\n".join(["name,employer,introduced_on,town", *rows]), encoding="utf-8")
    run([*kfly, "import", "talent", str(sheet)])
    return binaries, database


def run(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Run a command to its end; the seconds it took."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
    return time.perf_counter() - started


def ratio(budget: Budget, runs: int) -> float:
    """The ratio of the medians, run in turn after one warm-up each."""
    ours, theirs = [], []
    for _ in range(runs + 1):
        ours.append(run(budget.ours, budget.environment))
        theirs.append(run(budget.theirs))
    return statistics.median(ours[1:]) / statistics.median(theirs[1:])


if __name__ == "__main__":
    sys.exit(main())
