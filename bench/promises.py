"""A plan that promises everything there is: 100 targets of all kinds, and 10,000 figures."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from measuring import Budget, run
from workshop import Build

PROMISING = "promising"  # the name of its database
FIGURES = 10_000
TOWNS = tuple(f"{letter}镇" for letter in "甲乙丙丁戊己庚辛壬癸")
STARTS, DAYS = date(2022, 1, 1), 1_096
YEARS = "{2022: 60, 2023: 80, 2024: 100}"
REPORTED = (
    'reported: level, every: year, at_least: 6.2, unit: "%"',
    f"reported: running, every: year, at_least: {YEARS}, unit: 亿元",
    "reported: running, at_least: 900, unit: 亿元",
    "reported: amount, at_most: 50000, unit: 万元",
    f'reported: level, baseline: 30, at_most: {YEARS.replace("100", "15")}, unit: "%"',
    "reported: level, baseline: first, at_least: 200, unit: 亿元",
    "reported: level, per: town, baseline: 20, at_least: 80, unit: 分",
    "reported: level, every: quarter, at_least: 60, unit: 分",
    "reported: amount, every: month, at_least: 100, unit: 万元",
)
SHARE = (
    "{of: {sum: building.idle_area, dated: surveyed_on}, to: {sum: building.floor_area, dated: surveyed_on}}"
)
COUNTED = (
    f'share: {SHARE}, at_most: 20, unit: "%"',
    "count: building, at_least: {2022: 10, 2023: 20, 2024: 30}, unit: 栋",
    "average: building.floor_area, dated: surveyed_on, at_least: 5000, unit: m²",
)
TARGETS = 100
ALL = ((*REPORTED * 3, *COUNTED) * 4)[:TARGETS]


def prepare(build: Build) -> None:
    """Make the database of the plan."""
    folder = Path(build.file(PROMISING))
    folder.mkdir()
    plan, figures = folder / "targets.yaml", folder / "figure.csv"
    plan.write_text(_write_plan(), encoding="utf-8")
    with figures.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((("target", "town", "value", "source", "stated_on"), *_list_figures()))
    run(
        [
            build.kfly(PROMISING, "init", "--targets", str(plan)),
            build.kfly(PROMISING, "import", "figure", str(figures)),
        ]
    )


def list_budgets(ours: Build) -> Iterator[Budget]:
    """List the budget of promises of every kind."""
    yield Budget(
        "status of 100 targets of all kinds, 10,000 figures, against the bundled plan with as many records",
        [ours.kfly(PROMISING, "status")],
        [ours.kfly("ten", "status")],
        1.3,
    )


def _write_plan() -> str:
    lines = [
        f"plan: {{name: 望县方案, starts: {STARTS}, ends: 2024-12-31, language: zh}}",
        "lights: {yellow: 0.8, due_soon_days: 30, grace_days: 30}",
        "organisations:",
        *(f"  - {{name: {town}, kind: town}}" for town in TOWNS),
        "targets:",
        *(f"  - {{key: t{n}, section: 目标{n // 10}, name: 指标{n}, {what}}}" for n, what in enumerate(ALL)),
    ]
    return "\n".join(lines) + "\n"


def _list_figures() -> Iterator[tuple[str, str, int, str, date]]:
    """Yield figures of all targets that are reported, the later the higher, spread over the plan's run."""
    reported = [n for n, what in enumerate(ALL) if what.startswith("reported")]
    for number in range(FIGURES):
        target, turn = reported[number % len(reported)], number // len(reported)
        by_town = "per: town" in ALL[target]
        town, step = (TOWNS[turn % len(TOWNS)], turn // len(TOWNS)) if by_town else ("", turn)
        yield f"t{target}", town, 10 + step, f"凭证{number}", STARTS + timedelta(days=step * 9 % DAYS)
