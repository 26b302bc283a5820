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
import sys
import tempfile
from pathlib import Path

import sheets
import size
import small
from measuring import keep, keep_memory
from workshop import SIZES, fill, install_old, install_ours


def main() -> int:
    """Install, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, old = install_ours(Path(folder)), install_old(Path(folder))
        fill(ours, *SIZES)
        fill(old, "ten", "million")
        sheets.prepare(ours)
        budgets = [*small.list_budgets(ours), *size.list_budgets(ours, old), *sheets.list_budgets(ours)]
        kept = [keep(budget, asked.runs) for budget in budgets if asked.only in budget.name]
        kept += [keep_memory(each) for each in sheets.list_ceilings(ours) if asked.only in each.name]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
