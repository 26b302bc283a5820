"""Rows that are read many at once say what they say one by one: the same records, the same faults."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.registry.registry import Registry
from kfly.registry.sheets import kept_rows
from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.grid import Cell, Grid, SheetRow
from kfly.registry.sheets.intake import check_sheets
from kfly.registry.sheets.kept_rows import BATCH, KeptRows
from kfly.registry.sheets.reading import Settings
from tests.registry.conftest import Open
from tests.support.harbour_city import add_building, take_file

HEADING: list[Cell] = ["序号", "name", "town", "floor_area", "surveyed_on", "renovated_on", "owner"]
TOTAL: list[Cell] = ["合计"]  # makes all the rows beside it be read one by one
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "", "合计", 3.0]),
        st.sampled_from(
            ["甲", "乙楼", "丙", " 丁 ", "", "全镇", "小计", "=1", "Err:502", "戊\u200b", "己\n楼"]
        ),
        st.sampled_from(["华士镇", "城东街道", "高新区", "某镇", "", "华 士 镇"]),
        st.sampled_from(
            ["5000", "5000.25", "5000.001", "0", "-1", "5.2万", "30亩", "", "x", 52000.5, "9" * 17]
        ),
        st.sampled_from(["", "2022-03-01", "2022年3月1日", "2023-01-01", "2022-02-30"]),
        st.sampled_from(["", "2022-02-01", "2022-12-01"]),
        st.sampled_from(["", "某公司", "某\ufffd公司", "+86", "3.2E+17"]),
    ).map(list),
    max_size=6,
)


def read(registry: Registry, rows: list[list[Cell]], settings: Settings) -> object:
    """What a sheet says: its records, or its faults."""
    numbered = [SheetRow(number, list(cells)) for number, cells in enumerate([HEADING, *rows], start=1)]
    grid = Grid("s.xlsx", "s", iter(numbered), len(numbered))
    try:
        checked = check_sheets(registry, [(registry.kind("building"), grid)], settings)
    except SheetRefusedError as refusal:
        return refusal.faults, refusal.count
    (reading,) = checked.readings
    return [list(row) for batch in reading.added.batches() for row in batch], reading.revisions


@settings(deadline=None)  # a busy machine
@given(rows=ROWS, given_owner=st.sampled_from([{}, {"owner": "某公司"}]), update=st.booleans())
@pytest.mark.parametrize("is_first", [True, False])
def test_all_of_it_is_the_same(
    open_bundled: Open,
    rows: list[list[Cell]],
    given_owner: dict[str, str],
    update: bool,
    is_first: bool,
) -> None:
    said = []
    for sheet in (rows, [*rows, TOTAL]):
        with open_bundled.taken_back() as registry:
            if not is_first:
                add_building(registry, "丙", "华士镇")
            said.append(read(registry, sheet, Settings(update=update, given=given_owner)))
    assert said[0] == said[1]


def test_a_record_that_comes_again_far_below_is_a_fault(registry: Registry, tmp_path: Path) -> None:
    names = [f"{number}栋" for number in range(2 * BATCH)]
    names[-1] = names[3]
    lines = "".join(f"{name},华士镇,5000\n" for name in names)
    (tmp_path / "s.csv").write_text(f"name,town,floor_area\n{lines}", encoding="utf-8")
    with pytest.raises(SheetRefusedError) as refused:
        take_file(registry, "building", tmp_path / "s.csv")
    (fault,) = refused.value.faults
    assert (fault.row, fault.message) == (2 * BATCH + 1, "is the same record as row 5")


def test_rows_that_were_put_aside_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_rows, "MOST_HELD", 10)
    kept = KeptRows()
    kept.append([1, "甲", None, 0.5], 2)
    kept.extend([(2, "乙", None, 1.25), (3, "丙", 7, 2.0)], [3, 4])
    kept.settle(2, 2, 9)
    kept.append([4, "丁", None, None], 6)
    assert len(kept) == 4
    assert [row for batch in kept.batches() for row in batch] == [
        [1, "甲", None, 0.5],
        [2, "乙", 9, 1.25],
        [3, "丙", 7, 2.0],
        [4, "丁", None, None],
    ]
    assert [number for _rows, numbers in kept.raw() for number in numbers] == [2, 3, 4, 6]
