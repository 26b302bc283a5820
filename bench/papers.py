"""What a meeting waits for: its page."""

from collections.abc import Iterator

from measuring import LONG_RUNS, Budget
from workshop import Build

LIBRARIES = "import typer, rich.console, jinja2, sqlite3"
A_SECOND = ["sleep", "1"]


def list_budgets(ours: Build) -> Iterator[Budget]:
    """List the budgets of papers."""
    libraries = [ours.python, "-c", LIBRARIES]
    yield Budget(
        "the page of 10,000 mixed records, against importing its libraries twice and a second",
        [ours.kfly("ten", "report", ours.file("page.html"), "--force")],
        [libraries, libraries, A_SECOND],
        1,
        runs=LONG_RUNS,
    )
