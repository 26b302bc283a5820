"""The same figures, written with a column a period or with a row a figure, become the same records."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.plan.dates import last_of_month
from kfly.registry.registry import Registry
from kfly.registry.sheets.grid import Cell, Grid, Merge, SheetRow
from kfly.registry.sheets.intake import take_in
from kfly.registry.sheets.reading import Settings
from kfly.services.init import create
from kfly.store import records
from tests.registry.conftest import Open, opened
from tests.support.promise_city import write_plan

TARGETS = {
    "growth": 'reported: level, unit: "%"',
    "invested": "reported: running, unit: 亿元",
    "paid": "reported: amount, unit: 万元",
    "income": "reported: level, per: town, at_least: 3, unit: 元",
}
Figures = Mapping[tuple[str, str | None, int, int], float]  # target, town, year, month

places = st.one_of(
    st.tuples(st.sampled_from(["growth", "invested", "paid"]), st.none()),
    st.tuples(st.just("income"), st.sampled_from(["东镇", "西镇", "南镇"])),
)
months = st.tuples(st.integers(2022, 2024), st.integers(1, 12))
numbers = st.integers(-(10**9), 10**9).map(lambda steps: steps / 1000)
sets = st.dictionaries(st.tuples(places, months).map(lambda one: (*one[0], *one[1])), numbers, min_size=1)


@pytest.fixture(scope="module")
def open_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    folder = tmp_path_factory.mktemp("city")
    (folder / "targets.yaml").write_text(write_plan(TARGETS), encoding="utf-8")
    create(folder / "kfly.db", folder / "targets.yaml", [])
    with opened(folder / "kfly.db") as city:
        yield city


def number(rows: list[list[Cell]], merges: tuple[Merge, ...] = ()) -> Grid:
    """A sheet of these rows."""
    return Grid("表.xlsx", "表", [SheetRow(at, cells) for at, cells in enumerate(rows, 1)], len(rows), merges)


def write_long(figures: Figures) -> Grid:
    """A row a figure."""
    rows: list[list[Cell]] = [["指标", "镇街", "数值", "数据截止日"]]
    rows += [
        [target, town, value, last_of_month(year, month).isoformat()]
        for (target, town, year, month), value in figures.items()
    ]
    return number(rows)


def write_wide(figures: Figures, form: str) -> Grid:
    """A column a month: each with its year, or below a year that spans its months."""
    columns = sorted({key[2:] for key in figures})
    named: list[Cell] = [f"{year}年{month}月" for year, month in columns]
    above: list[list[Cell]] = [["指标表"]]
    if form == "below its year":
        years = [year for year, _month in columns]
        firsts = [year if years.index(year) == at else None for at, year in enumerate(years)]
        above = [[None, None, *(f"{year}年" if year else None for year in firsts)]]
        named = [f"1—{month}月" if month > 1 else "1月" for _year, month in columns]
    rows: list[list[Cell]] = [
        [target, town, *(figures.get((target, town, *column), "—") for column in columns)]
        for target, town in dict.fromkeys(key[:2] for key in figures)
    ]
    return number([*above, ["指标", "镇街", *named], *rows])


def take(registry: Registry, grid: Grid) -> list[tuple[Any, ...]]:
    """Take a sheet in; all records that there are then."""
    kind = registry.kinds["figure"]
    take_in(registry, [(kind, grid)], Settings())
    names = [field.name for field in kind.fields]
    return sorted(records.select_values(registry.db, kind, names), key=repr)


@given(figures=sets, form=st.sampled_from(["with its year", "below its year"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_wide_table_says_what_a_long_one_does(open_city: Open, figures: Figures, form: str) -> None:
    with open_city.taken_back() as registry:
        wide = take(registry, write_wide(figures, form))
    with open_city.taken_back() as registry:
        long = take(registry, write_long(figures))
    assert wide == long
    assert len(wide) == len(figures)


def test_both_are_the_same_records_to_an_update(open_city: Open) -> None:
    figures: Figures = {("growth", None, 2022, 3): 6.2, ("income", "东镇", 2022, 3): 5.0}
    with open_city.taken_back() as registry:
        take(registry, write_long(figures))
        kind = registry.kinds["figure"]
        intake = take_in(registry, [(kind, write_wide(figures, "with its year"))], Settings(update=True))
        assert (intake.added, intake.updated, intake.unchanged) == (0, [], 2)
