"""Measure kfly against its budgets: whole processes, side by side, on an ordinary install.

python bench/run.py                 prints each figure; exit 1 when a budget is missed
python bench/run.py --runs 40       more runs of the short commands, on a noisy machine
python bench/run.py --only status   only what has a word in its name; repeated, one of the words
python bench/run.py --write         keeps the figures in bench/results.json and writes docs/performance.md
python bench/run.py --compare       also names the figures that are not within a tenth of those that are kept

What the same commands take in the older build is measured with --write alone, as only the page shows it.

The registry is mixed as that of “kfly demo”, scaled up; some budgets are measured against an older build,
which is installed beside this one. Each pair is run in turn (A B A B …), and the ratio is that of the
medians, so that a machine that slows down in between slows both. What two builds show is compared by
“python bench/figures.py”.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import counties
import page
import papers
import peers
import promises
import sheets
import size
import small
import yearly
from machine import describe_machine, describe_program
from measuring import Budget, Wanted, measure
from results import Measured, Results, compare, merge, read_results, stamp, write_results
from workshop import CHANGED, GROWN, LISTED, SIZES, Build, fill, install_old, install_ours


class Task(NamedTuple):
    """What is measured, and in which part of the page it stands."""

    group: str
    wanted: Wanted

    @property
    def words(self) -> set[str]:
        """What its commands are told."""
        environment = self.wanted.environment if isinstance(self.wanted, Budget) else None
        return {word for command in self.wanted.commands for word in command} | {
            *(environment or {}).values()
        }

    def leave_out_yesterday(self) -> "Task":
        """Leave out what the older build takes for the same commands."""
        if isinstance(self.wanted, Budget):
            return self._replace(wanted=self.wanted._replace(yesterday=()))
        return self

    def measure(self, runs: int) -> list[Measured]:
        """Measure it, and print what comes out."""
        found = measure(self.wanted, runs)
        for one in found:
            print(one.say(), flush=True)
        return [stamp(one, self.group, describe_program()) for one in found]


def main() -> int:
    """Install, measure, print."""
    asked = _read_arguments()
    kept = read_results()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # a plan file that lies about would be taken for the bundled one
        ours, old = install_ours(Path(folder)), install_old(Path(folder))
        absent = peers.prepare(ours)
        for name in absent:
            print(f"not installed, passed over: {name}", flush=True)
        tasks = list_tasks(ours, old)
        words = asked.only or [""]
        chosen = [task for task in tasks if any(word in task.wanted.name for word in words)]
        if not asked.write:  # the older build's column is for the page: at a million it takes most of an hour
            chosen = [task.leave_out_yesterday() for task in chosen]
        for build in (ours, old):
            fill(build, *find_needed(build, chosen))
        sheets.prepare(ours, old)
        prepare(ours, chosen)
        measured = [one for task in chosen for one in task.measure(asked.runs)]
    now = Results(describe_machine(), absent, measured)
    if asked.compare and kept is not None:
        _print_differences(kept, now)
    if asked.write:
        write_results(merge(kept, now, list_names(tasks)))
        page.write_pages()
    return int(any(one.is_missed for one in measured))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--only", action="append")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--compare", action="store_true")
    return parser.parse_args()


def list_tasks(ours: Build, old: Build) -> list[Task]:
    """List all that can be measured here."""
    return [Task(group, wanted) for group, every in _list_groups(ours, old) for wanted in every]


def prepare(ours: Build, tasks: Iterable[Task]) -> None:
    """Make what some commands ask for and the others do without."""
    words = {word for task in tasks for word in task.words}
    for path, make in (
        (ours.file(f"{promises.PROMISING}.db"), promises.prepare),
        (ours.file(counties.FOLDER), counties.prepare),
        (ours.file(f"{yearly.MANY}.db"), yearly.prepare_tasks),
        (ours.file(yearly.DOCUMENT), yearly.prepare_document),
    ):
        if path in words:
            make(ours)


def _list_groups(ours: Build, old: Build) -> Iterator[tuple[str, Iterable[Wanted]]]:
    yield "small", small.list_budgets(ours, old)
    yield "size", size.list_budgets(ours, old)
    yield "size", promises.list_budgets(ours)
    yield "sheets", sheets.list_budgets(ours, old)
    yield "sheets", sheets.list_ceilings(ours)
    yield "papers", papers.list_budgets(ours)
    yield "papers", papers.list_ceilings(ours)
    yield "yearly", yearly.list_budgets(ours)
    yield "yearly", yearly.list_limits(ours)
    yield "counties", counties.list_limits(ours)
    yield "counties", counties.list_budgets(ours)
    yield "counties", counties.list_ceilings(ours)
    yield "peers", peers.list_budgets(ours, old)


def list_names(tasks: Iterable[Task]) -> list[str]:
    """List the names of all figures."""
    return [name for task in tasks for name in task.wanted.names]


def find_needed(build: Build, tasks: Iterable[Task]) -> list[str]:
    """Find which databases of a build some commands ask for: a million records take minutes to make."""
    words = {word for task in tasks for word in task.words}
    return [name for name in (*SIZES, LISTED, GROWN, CHANGED) if build.file(f"{name}.db") in words]


def _print_differences(kept: Results, now: Results) -> None:
    differing = [*compare(kept, now)]
    print(f"{len(differing)} of {len(now.measured)} figures differ by more than a tenth from those kept")
    print(*differing, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
