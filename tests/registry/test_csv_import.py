"""A sheet goes in whole, or not at all with every fault and its cell."""

from pathlib import Path

import pytest
from harbour_city import add, add_building

from kfly.registry.registry import Registry
from kfly.registry.sheets import CellFault, SheetRefusedError, read_csv, take_in
from kfly.store import plan_rows
from kfly.store.database import writing

HEADING = "name,town,floor_area"


def take(registry: Registry, tmp_path: Path, text: str, kind: str = "building") -> int:
    (tmp_path / "s.csv").write_text(text, encoding="utf-8")
    return take_in(registry, registry.kind(kind), read_csv(tmp_path / "s.csv"))


def faults(registry: Registry, tmp_path: Path, text: str, kind: str = "building") -> list[CellFault]:
    with pytest.raises(SheetRefusedError) as refused:
        take(registry, tmp_path, text, kind)
    assert refused.value.lines[-1] == f"Nothing was imported: {len(refused.value.faults)} faults."
    assert all((fault.file, fault.sheet) == ("s.csv", None) for fault in refused.value.faults)
    return list(refused.value.faults)


def cells(found: list[CellFault]) -> list[tuple[int, str | None, str | None, str | None]]:
    return [(fault.row, fault.column, fault.field, fault.value) for fault in found]


def test_every_row_is_recorded(registry: Registry, tmp_path: Path) -> None:
    sheet = (
        "name,town,floor_area,renovated_on\n创新大厦,城东街道,5.2万㎡,2022年11月1日\n科技大厦,华士镇,30亩,\n"
    )
    assert take(registry, tmp_path, sheet) == 2
    first, second = (registry.show(registry.kind("building"), record) for record in (1, 2))
    assert (first["town"], first["floor_area"], first["renovated_on"]) == ("高新区", 52000, "2022-11-01")
    assert (second["name"], second["floor_area"], second["renovated_on"]) == ("科技大厦", 20000, None)


@pytest.mark.parametrize(
    "heading",
    [
        "name,town,floor_area",
        "NAME, Town ,floor-area",
        "楼宇名称,所属镇街,建筑面积",
        "Building,Town,Floor area",
        "名称,镇街园区,面积",
        "楼宇(载体)名称,镇(街道),总建筑面积",
        "\ufeff楼宇,属地,ｆｌｏｏｒ_ａｒｅａ",
    ],
)
def test_headings_are_names_labels_or_aliases(registry: Registry, tmp_path: Path, heading: str) -> None:
    assert take(registry, tmp_path, f"{heading}\n创新大厦,高新区,5000\n") == 1


def test_columns_may_stand_in_any_order_and_the_note_is_one(registry: Registry, tmp_path: Path) -> None:
    take(registry, tmp_path, "备注,建筑面积,town,Building\n好,5000,高新区,创新大厦\n")
    shown = registry.show(registry.kind("building"), 1)
    assert (shown["name"], shown["town"], shown["floor_area"], shown["note"]) == (
        "创新大厦",
        "高新区",
        5000,
        "好",
    )


def test_a_row_may_end_early(registry: Registry, tmp_path: Path) -> None:
    assert take(registry, tmp_path, f"{HEADING},owner,note\n创新大厦,高新区,5000\n") == 1


def test_an_unknown_heading_is_refused_with_the_nearest(registry: Registry, tmp_path: Path) -> None:
    [fault] = faults(registry, tmp_path, "name,town,flor_area\n创新大厦,高新区,5000\n")
    assert (fault.row, fault.column, fault.field, fault.value) == (1, "C", None, "flor_area")
    assert fault.message.endswith("there is no field “flor_area”; did you mean “floor_area”?")


def test_every_unknown_heading_is_listed(registry: Registry, tmp_path: Path) -> None:
    found = faults(registry, tmp_path, f"x,{HEADING},y y,\n")
    assert cells(found) == [(1, "A", None, "x"), (1, "E", None, "y y")]


def test_a_heading_that_stands_twice_is_refused(registry: Registry, tmp_path: Path) -> None:
    [fault] = faults(registry, tmp_path, f"{HEADING},建筑面积\n创新大厦,高新区,5000,6000\n")
    assert cells([fault]) == [(1, "D", "floor_area", "建筑面积")]
    assert fault.message == "stands twice in the heading"


def test_a_required_field_without_a_column_is_refused(registry: Registry, tmp_path: Path) -> None:
    found = faults(registry, tmp_path, "name,owner\n创新大厦,甲厂\n")
    assert cells(found) == [(1, None, "town", None), (1, None, "floor_area", None)]
    assert {fault.message for fault in found} == {"is required and has no column"}


def test_a_fault_of_a_heading_further_down_names_its_row(registry: Registry, tmp_path: Path) -> None:
    assert cells(faults(registry, tmp_path, "\n,,\nname,owner,town\n")) == [(3, None, "floor_area", None)]


def test_every_fault_of_every_row_is_listed_with_its_cell(registry: Registry, tmp_path: Path) -> None:
    sheet = (
        "楼宇名称,镇街,面积,摸排日期,改造完成日期\n"
        "创新大厦,火星,5.2元,2022-02-30,\n"
        "科技大厦,华士镇,5000,,\n"
        '"两\n行",,-1,2022-05-01,2022-04-01\n'
        "\n"
        ",华士镇,52000.123,,\n"
    )
    assert cells(faults(registry, tmp_path, sheet)) == [
        (2, "B", "town", "火星"),
        (2, "C", "floor_area", "5.2元"),
        (2, "D", "surveyed_on", "2022-02-30"),
        (4, "C", "floor_area", "-1"),
        (4, "B", "town", None),
        (4, "E", "renovated_on", "2022-04-01"),
        (6, "C", "floor_area", "52000.123"),
        (6, "A", "name", None),
    ]


def test_a_fault_is_told_in_one_line(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(SheetRefusedError) as refused:
        take(registry, tmp_path, f"{HEADING}\n创新大厦,高新区,abc\n,高新区,1\n")
    assert refused.value.lines == (
        "s.csv:C2 Floor area “abc”: is not an area; write it as 52000, 5.2万 or 30亩",
        "s.csv:A3 Building: is required",
        "Nothing was imported: 2 faults.",
    )


def test_a_cell_outside_the_headed_columns_is_refused(registry: Registry, tmp_path: Path) -> None:
    [fault] = faults(registry, tmp_path, f"{HEADING}\n创新大厦,高新区,5000, ,多\n科技大厦,高新区,5000,,\n")
    assert cells([fault]) == [(2, "E", None, "多")]
    assert fault.message == "stands outside the headed columns"


def test_the_same_record_twice_in_a_sheet_points_at_the_first_row(registry: Registry, tmp_path: Path) -> None:
    sheet = f"{HEADING}\n创新大厦,高新区,1\n科技大厦,高新区,2\n创新大厦,城东街道,3\n创新大厦,华士镇,4\n"
    [fault] = faults(registry, tmp_path, sheet)
    assert (cells([fault]), fault.message) == ([(4, None, None, None)], "is the same record as row 2")


def test_empty_parts_of_a_key_are_the_same_in_a_sheet_too(registry: Registry, tmp_path: Path) -> None:
    sheet = "name,employer,introduced_on\n王伟,,2022-03-01\n王伟,甲厂,2022-03-01\n王伟, ,2022-04-01\n"
    assert cells(faults(registry, tmp_path, sheet, "talent")) == [(4, None, None, None)]


def test_a_record_that_is_in_the_registry_already_is_refused(registry: Registry, tmp_path: Path) -> None:
    add_building(registry, "科技大厦", "高新区")
    [fault] = faults(registry, tmp_path, f"{HEADING}\n创新大厦,高新区,1\n科技大厦,城东街道,2\n")
    assert cells([fault]) == [(3, None, None, "科技大厦")]
    assert fault.message == "is in the registry already, as #1"


def test_a_reference_finds_what_was_recorded_before(registry: Registry, tmp_path: Path) -> None:
    add_building(registry, "创新大厦", "高新区")
    sheet = "name,type,recognized_on,building\n众创园,孵化器,2022-03-01,城东街道/创新大厦\n"
    take(registry, tmp_path, sheet, "carrier")
    assert registry.show(registry.kind("carrier"), 1)["building"] == "创新大厦"


def test_a_reference_finds_an_earlier_row_of_its_own_sheet(harbour: Registry, tmp_path: Path) -> None:
    assert take(harbour, tmp_path, "name,parent\n港口集团,\n港口物流,港口集团\n", "company") == 2
    assert harbour.show(harbour.kind("company"), 2)["parent"] == "港口集团"


def test_a_reference_to_a_later_row_is_refused(harbour: Registry, tmp_path: Path) -> None:
    found = faults(harbour, tmp_path, "name,parent\n港口物流,港口集团\n港口集团,\n", "company")
    assert cells(found) == [(2, "B", "parent", "港口集团")]


def test_one_wrong_row_makes_no_fault_of_a_later_one(harbour: Registry, tmp_path: Path) -> None:
    sheet = "name,parent,founded_on\n错误,,2025-02-30\n港口集团,,\n港口物流,港口集团,\n港口集团,,\n"
    assert cells(faults(harbour, tmp_path, sheet, "company")) == [
        (2, "C", "founded_on", "2025-02-30"),
        (5, None, None, None),
    ]


def test_a_refused_sheet_leaves_the_registry_as_it_was(database: Path, tmp_path: Path) -> None:
    with writing(database) as db:
        add_building(Registry(db, plan_rows.read(db)), "科技大厦")
    rows = "".join(f"第{n}座,高新区,100\n" for n in range(250))
    with pytest.raises(SheetRefusedError), writing(database) as db:
        take(Registry(db, plan_rows.read(db)), tmp_path, f"{HEADING}\n{rows}最后一座,高新区,-1\n")
    with writing(database) as db:
        registry = Registry(db, plan_rows.read(db))
        assert registry.titles.of("building") == {1: "科技大厦"}
        assert add(registry, "building", name="创新大厦", town="高新区", floor_area="1") == 2
