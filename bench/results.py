"""What a run of the bench measured, kept as JSON: the pages on performance are written from it."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parent / "results.json"
RATIO, MEMORY, SECONDS, PROCESSOR = "x", "MiB", "s", "CPU s"
AGREEMENT = 0.1  # two runs agree when no figure of one is further than this share from the other's

Facts = dict[str, str | int]


class Measured(NamedTuple):
    """One figure.

    Attributes:
        name: what was measured, against what.
        unit: of the figure: a ratio of medians, MiB, or seconds, of the clock or of processors.
        value: the figure.
        at_most: its budget; None for a yardstick.
        ours: seconds that this build took.
        theirs: seconds that what it is held against took.
        yesterday: seconds, or MiB, of the older build.
        group: the part of the page where it stands.
        day: when it was measured.
        program: version and commit of what was measured.
    """

    name: str
    unit: str
    value: float
    at_most: float | None
    ours: float | None = None
    theirs: float | None = None
    yesterday: float | None = None
    group: str = ""
    day: str = ""
    program: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether the budget is not met."""
        return self.at_most is not None and self.value > self.at_most

    def say(self) -> str:
        """Write the figure as a line."""
        budget = f"at most {self.at_most:6.3g}" if self.at_most is not None else "yardstick"
        verdict = "MISSED" if self.is_missed else "ok"
        figure = f"{self.value:7.4f}" if self.unit == PROCESSOR else f"{self.value:7.2f}"
        return f"{figure} {self.unit:5} ({budget:14})  {verdict:6}  {self.name}"


class Results(NamedTuple):
    """A run.

    Attributes:
        machine: facts about where.
        absent: yardsticks that were not installed.
        measured: the figures.
    """

    machine: Facts
    absent: Sequence[str]
    measured: Sequence[Measured]


def stamp(measured: Measured, group: str, program: str) -> Measured:
    """Round a figure, as more digits say nothing; note where it stands, when and of what it was measured."""
    numbers = {
        name: round(number, 4)
        for name in ("value", "ours", "theirs", "yesterday")
        if (number := getattr(measured, name)) is not None
    }
    return measured._replace(group=group, day=date.today().isoformat(), program=program, **numbers)


def read_results(path: Path = PATH) -> Results | None:
    """Read what is kept; None where nothing is."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Results(**kept | {"measured": [Measured(**one) for one in kept["measured"]]})


def write_results(results: Results, path: Path = PATH) -> None:
    """Keep a run."""
    kept = results._asdict() | {"measured": [one._asdict() for one in results.measured]}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def merge(before: Results | None, now: Results, names: Sequence[str]) -> Results:
    """Put new figures in the place of the older ones; those no budget asks for any more are dropped.

    Args:
        before: what is kept.
        now: a run, perhaps of some budgets only.
        names: of all that can be measured, in order.
    """
    figures = {one.name: one for one in (*(before.measured if before else ()), *now.measured)}
    return now._replace(measured=[figures[name] for name in names if name in figures])


def compare(before: Results, now: Results) -> Iterator[str]:
    """Name the figures that differ between two runs by more than a tenth."""
    older = {one.name: one.value for one in before.measured}
    for name, _unit, value, *_rest in now.measured:
        was = older.get(name)
        if was is not None and abs(value - was) > AGREEMENT * was:
            yield f"{was:7.2f} -> {value:7.2f} ({value / was - 1:+.0%})  {name}"
