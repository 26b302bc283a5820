"""What users feel: starting up, with the records of one office."""

from collections.abc import Iterator

from measuring import Budget
from workshop import CHANGED, LAST_KNOWN, Build

LIBRARIES = "import typer, rich.console, rich.table, sqlite3"


def list_budgets(ours: Build, old: Build) -> Iterator[Budget]:
    """List the budgets of short commands."""
    libraries = [ours.python, "-c", LIBRARIES]
    for word in ("status", "tasks", "overdue"):
        yield Budget(
            f"{word} with 1,200 mixed records, against importing its libraries",
            [ours.kfly("office", word)],
            [libraries],
            1.15,
            yesterday=[old.kfly("office", word)],
        )
    yield Budget(
        "since with 1,000 changes of 1,200 records since then, against status",
        [ours.kfly(CHANGED, "since", LAST_KNOWN)],
        [ours.kfly(CHANGED, "status")],
        1.5,
    )
    typer = [ours.python, "-c", "import typer"]
    completion = {"_KFLY_COMPLETE": "complete_bash", "COMP_WORDS": "kfly sta", "COMP_CWORD": "1"}
    yield Budget(
        "completion of a command's name, against importing typer",
        [ours.kfly("few")[:1]],
        [typer],
        1.35,
        completion,
        yesterday=[old.kfly("few")[:1]],
    )
    completion = {
        "_KFLY_COMPLETE": "complete_bash",
        "COMP_WORDS": "kfly show talent 高",
        "COMP_CWORD": "3",
        "KFLY_DB": ours.file("million.db"),
    }
    yield Budget(
        "completion of a record's name at 1 million, against importing typer",
        [ours.kfly("few")[:1]],
        [typer],
        1.3,
        completion,
    )
