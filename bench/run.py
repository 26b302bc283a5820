"""Measure kfly against its budgets: whole processes, side by side, on an ordinary install.

python bench/run.py                 prints a ratio for each budget; exit 1 when one is missed
python bench/run.py --runs 40       more runs of the short commands, on a noisy machine
python bench/run.py --only status   only the budgets whose names hold a word

The registry is mixed as that of “kfly demo”, scaled up; some budgets are measured against an older build,
which is installed beside this one. Each pair is run in turn (A B A B …), and the ratio is that of the
medians, so that a machine that slows down in between slows both. What two builds show is compared by
“python bench/figures.py”.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import papers
import promises
import sheets
import size
import small
from measuring import Command, keep, keep_memory
from workshop import CHANGED, GROWN, SIZES, Build, fill, install_old, install_ours


def main() -> int:
    """Install, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # a plan file that lies about would be taken for the bundled one
        ours, old = install_ours(Path(folder)), install_old(Path(folder))
        every = [
            *small.list_budgets(ours),
            *size.list_budgets(ours, old),
            *sheets.list_budgets(ours, old),
            *papers.list_budgets(ours),
            *promises.list_budgets(ours),
        ]
        budgets = [budget for budget in every if asked.only in budget.name]
        limits = [*sheets.list_ceilings(ours), *papers.list_ceilings(ours)]
        ceilings = [each for each in limits if asked.only in each.name]
        commands = [*(c for b in budgets for c in (*b.ours, *b.theirs)), *(each.command for each in ceilings)]
        for build in (ours, old):
            fill(build, *find_needed(build, commands))
        sheets.prepare(ours, old)
        if any(ours.file(f"{promises.PROMISING}.db") in command for command in commands):
            promises.prepare(ours)
        kept = [keep(budget, asked.runs) for budget in budgets]
        kept += [keep_memory(each) for each in ceilings]
    return int(not all(kept))


def find_needed(build: Build, commands: Iterable[Command]) -> list[str]:
    """Find which databases of a build some commands ask for: a million records take minutes to make."""
    words = {word for command in commands for word in command}
    return [name for name in (*SIZES, GROWN, CHANGED) if build.file(f"{name}.db") in words]


if __name__ == "__main__":
    sys.exit(main())
