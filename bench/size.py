"""One record, and every figure, at a million records against a thousand."""

from collections.abc import Iterator

from measuring import LONG_RUNS, Budget
from workshop import LISTED, Build

FIGURES = ("status", "measures", "league", "trend talents", "overdue", "tasks")
MOST_MEMORY = 45  # MiB
NEW = "--employer 某公司 --introduced-on 2022-03-04"
# Each leaves the registry as it was, or as large as it was; ``{n}`` is another number each time.
SINGLE = {
    "show": ["show talent 5"],
    "set": ["set talent 5 note=第{n}次"],
    "add and remove": [f"add-talent --name 新人{{n}} {NEW}", "remove talent 新人{n} --reason 试"],
    "done and reopen": ["done 20 --on 2022-06-01", "reopen 20 --reason 试"],
    "progress": ["progress 1 第{n}次"],
}
REFUSED = {
    "a refused duplicate": "add-building --name 创新大厦 --town 澄江街道 --floor-area 5000",
    "a did-you-mean": "show talent 高层次人材",
}


def list_budgets(ours: Build, old: Build) -> Iterator[Budget]:
    """List the budgets of what must not grow with the registry."""
    for words in FIGURES:
        yield _against_few(ours, old, words, [words], 1.2)
    for name, commands in SINGLE.items():
        yield _against_few(ours, old, name, commands, 1.15)._replace(memory=MOST_MEMORY)
    for name, words in REFUSED.items():
        yield _against_few(ours, old, name, [words], 1.15)._replace(memory=MOST_MEMORY, may_fail=True)
    few = _against_few(ours, old, "list --limit 50", ["list talent --limit 50"], 1.3)
    yield few._replace(yesterday=())  # there was no --limit
    pager = {"KFLY_PAGER": "head -20", "TERM": "xterm"}
    for words in ("list talent", "log"):
        paged = _against_few(ours, old, f"{words} through the pager", [words], 1.3)._replace(
            environment=pager, on_terminal=True
        )
        # The older build lays out the whole list before its first screen: that takes it minutes.
        yield paged._replace(yesterday=()) if words == "list talent" else paged
    yield Budget(
        "show in a log of a million changes, against an empty one",
        [ours.kfly("grown", "show", "talent", "5")],
        [ours.kfly("few", "show", "talent", "5")],
        1.2,
        yesterday=[old.kfly("grown", "show", "talent", "5")],
    )
    yield from _against_old(ours, old)


def _against_few(ours: Build, old: Build, name: str, commands: list[str], at_most: float) -> Budget:
    many, few, yesterday = (
        [build.kfly(database, *words.split()) for words in commands]
        for build, database in ((ours, "million"), (ours, "few"), (old, "million"))
    )
    return Budget(
        f"{name} at 1 million, against 1,000", many, few, at_most, runs=LONG_RUNS * 2, yesterday=yesterday
    )


def _against_old(ours: Build, old: Build) -> Iterator[Budget]:
    """List what must be quicker than in the older build."""
    listing, check = (
        [[build.kfly(database, *words)] for build in (ours, old)]
        for database, words in ((LISTED, ("list", "talent")), ("million", ("check",)))
    )
    yield Budget(
        "list of 10,000 as a table in a pipe, against the older build", *listing, 0.3, runs=LONG_RUNS
    )
    # What is improbable about the records of the demo, it says too.
    yield Budget("check of 1 million, against the older build", *check, 0.4, runs=LONG_RUNS, may_fail=True)
