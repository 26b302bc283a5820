"""Papers for a meeting, of a hundred thousand records."""

from collections.abc import Iterator

from measuring import LONG_RUNS, Budget, Ceiling
from workshop import Build

DAY = ("--as-of", "2022-11-30")


def list_workbook_budgets(ours: Build) -> Iterator[Budget]:
    """List the budget of the workbook: its views cost little beside the records."""
    export = ours.kfly("many", "export", "-o", ours.file("out.xlsx"), "--force")
    paper = ours.kfly("many", "report", ours.file("paper.xlsx"), *DAY, "--force")
    name = "report of a workbook with 100,000 records, against their export"
    yield Budget(name, [paper], [export], 1.2, runs=LONG_RUNS)


def list_ceilings(ours: Build) -> Iterator[Ceiling]:
    """List what may be used of the memory."""
    paper = ours.kfly("many", "report", ours.file("paper.xlsx"), *DAY, "--force")
    yield Ceiling("memory of a workbook with 100,000 records", paper, 60)
