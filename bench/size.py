"""One record, and every figure, at a million records against a thousand."""

from collections.abc import Iterator

from measuring import LONG_RUNS, Budget
from workshop import Build

FIGURES = ("status", "measures", "league", "trend talents", "overdue", "tasks")
MOST_MEMORY = 45  # MiB
NEW = "--employer 某公司 --introduced-on 2022-03-04"
# Each leaves the registry as it was, or as large as it was; ``{n}`` is another number each time.
SINGLE = {
    "show": ["show talent 5"],
    "set": ["set talent 5 note=第{n}次"],
    "add and remove": [f"add-talent --name 新人{{n}} {NEW}", "remove talent 新人{n} --reason 试"],
    "done and reopen": ["done 2 --on 2022-06-01 --force", "reopen 2 --reason 试"],
    "progress": ["progress 1 第{n}次"],
}
REFUSED = {
    "a refused duplicate": "add-building --name 创新大厦 --town 澄江街道 --floor-area 5000",
    "a did-you-mean": "show talent 高层次人材",
}


def list_budgets(ours: Build, old: Build) -> Iterator[Budget]:
    """List the budgets of what must not grow with the registry."""
    for words in FIGURES:
        yield _against_few(ours, words, [words], 1.2)
    for name, commands in SINGLE.items():
        yield _against_few(ours, name, commands, 1.15)._replace(memory=MOST_MEMORY)
    for name, words in REFUSED.items():
        yield _against_few(ours, name, [words], 1.15)._replace(memory=MOST_MEMORY, may_fail=True)
    yield _against_few(ours, "list --limit 50", ["list talent --limit 50"], 1.3)
    pager = {"KFLY_PAGER": "head -20", "TERM": "xterm"}
    for words in ("list talent", "log"):
        yield _against_few(ours, f"{words} through the pager", [words], 1.3)._replace(
            environment=pager, on_terminal=True
        )
    yield Budget(
        "show in a log of a million changes, against an empty one",
        [ours.kfly("grown", "show", "talent", "5")],
        [ours.kfly("few", "show", "talent", "5")],
        1.2,
    )
    yield from _against_old(ours, old)


def _against_few(ours: Build, name: str, commands: list[str], at_most: float) -> Budget:
    many, few = (
        [ours.kfly(database, *words.split()) for words in commands] for database in ("million", "few")
    )
    return Budget(f"{name} at 1 million, against 1,000", many, few, at_most, runs=LONG_RUNS * 2)


def _against_old(ours: Build, old: Build) -> Iterator[Budget]:
    pairs = {"list talent": ("ten", 0.3), "check": ("million", 0.4)}
    for words, (database, at_most) in pairs.items():
        mine, theirs = (build.kfly(database, *words.split()) for build in (ours, old))
        name = f"{words} of the {database} thousand" if database == "ten" else f"{words} of 1 million"
        yield Budget(f"{name}, against the older build", [mine], [theirs], at_most, runs=2, may_fail=True)
