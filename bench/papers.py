"""What a meeting waits for: its page, and its workbook."""

from collections.abc import Iterator

from measuring import LONG_RUNS, Budget, Limit
from results import MEMORY
from workshop import Build

LIBRARIES = "import typer, rich.console, jinja2, sqlite3"
A_SECOND = ["sleep", "1"]
DAY = ("--as-of", "2022-11-30")


def list_budgets(ours: Build) -> Iterator[Budget]:
    """List the budgets of papers; a workbook's views cost little beside the records."""
    libraries = [ours.python, "-c", LIBRARIES]
    yield Budget(
        "the page of 10,000 mixed records, against importing its libraries twice and a second",
        [ours.kfly("ten", "report", ours.file("page.html"), "--force")],
        [libraries, libraries, A_SECOND],
        1,
        runs=LONG_RUNS,
    )
    export = ours.kfly("many", "export", "-o", ours.file("out.xlsx"), "--force")
    paper = ours.kfly("many", "report", ours.file("paper.xlsx"), *DAY, "--force")
    name = "report of a workbook with 100,000 records, against their export"
    yield Budget(name, [paper], [export], 1.2, runs=LONG_RUNS)


def list_ceilings(ours: Build) -> Iterator[Limit]:
    """List what may be used of the memory."""
    paper = ours.kfly("many", "report", ours.file("paper.xlsx"), *DAY, "--force")
    yield Limit("memory of a workbook with 100,000 records", paper, 60, MEMORY)
