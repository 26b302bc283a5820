"""A sheet goes in whole, or not at all with every fault and its cell."""

from pathlib import Path

import pytest

from kfly.registry.registry import Registry
from kfly.registry.sheets.faults import CellFault, SheetRefusedError
from kfly.registry.sheets.grid import column_letter
from kfly.registry.sheets.intake import Intake
from kfly.store.file.database import writing
from kfly.store.plan import reading as plan_rows
from tests.support.harbour_city import add, add_building, take_file

HEADING = "name,town,floor_area"


def take(registry: Registry, tmp_path: Path, text: str, kind: str = "building") -> Intake:
    (tmp_path / "s.csv").write_bytes(text.encode())
    return take_file(registry, kind, tmp_path / "s.csv")


def added(number: int) -> Intake:
    """What is done with a sheet of new records."""
    return Intake(number, [], 0, [])


def refused(registry: Registry, tmp_path: Path, text: str, kind: str = "building") -> SheetRefusedError:
    with pytest.raises(SheetRefusedError) as raised:
        take(registry, tmp_path, text, kind)
    assert all((fault.file, fault.sheet) == ("s.csv", None) for fault in raised.value.faults)
    return raised.value


def faults(registry: Registry, tmp_path: Path, text: str, kind: str = "building") -> list[CellFault]:
    """The faults of a sheet of which something could be read."""
    refusal = refused(registry, tmp_path, text, kind)
    summary = f"s.csv: nothing was imported. Faults: {len(refusal.faults)}."
    assert refusal.lines == (*map(str, refusal.faults), summary)
    return list(refusal.faults)


def cells(found: list[CellFault]) -> list[tuple[int | None, str | None, str | None, str | None]]:
    return [
        (
            fault.row,
            None if fault.column is None else column_letter(fault.column),
            fault.field and fault.field.name,
            fault.value,
        )
        for fault in found
    ]


def test_every_row_is_recorded(registry: Registry, tmp_path: Path) -> None:
    sheet = (
        "name,town,floor_area,renovated_on\n创新大厦,城东街道,5.2万㎡,2022年11月1日\n科技大厦,华士镇,30亩,\n"
    )
    assert take(registry, tmp_path, sheet) == added(2)
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
    assert take(registry, tmp_path, f"{heading}\n创新大厦,高新区,5000\n") == added(1)


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
    assert take(registry, tmp_path, f"{HEADING},owner,note\n创新大厦,高新区,5000\n") == added(1)


@pytest.mark.parametrize(
    ("heading", "nearest"),
    [
        ("idle_aera", "idle_area"),
        ("Idel area", "idle_area"),
        ("闲置总面积", "闲置面积"),
        ("产权单位名", "产权单位"),
    ],
)
def test_an_unknown_heading_is_refused_with_the_nearest(
    registry: Registry, tmp_path: Path, heading: str, nearest: str
) -> None:
    [fault] = faults(registry, tmp_path, f"{HEADING},{heading}\n创新大厦,高新区,5000,5000\n")
    assert cells([fault]) == [(1, "D", None, heading)]
    assert fault.message == f"is no field of Buildings; did you mean “{nearest}”?"


def test_a_required_field_whose_heading_is_misspelt_is_not_missing_too(
    registry: Registry, tmp_path: Path
) -> None:
    found = faults(registry, tmp_path, "name,town,flor_area\n创新大厦,高新区,abc\n")
    assert cells(found) == [(1, "C", None, "flor_area")]
    assert found[0].message == "is no field of Buildings; did you mean “floor_area”?"


def test_every_unknown_heading_is_listed(registry: Registry, tmp_path: Path) -> None:
    found = faults(registry, tmp_path, f"x,{HEADING},y y,\n")
    assert cells(found) == [(1, "A", None, "x"), (1, "E", None, "y y")]
    assert {fault.message for fault in found} == {
        "is no field of Buildings; “kfly kinds building” lists them",
    }


@pytest.mark.parametrize("end", ["", "\n", "\n创新大厦,高新区\n"])
def test_a_sheet_that_names_no_field_is_refused_with_its_first_row(
    registry: Registry, tmp_path: Path, end: str
) -> None:
    found = faults(registry, tmp_path, f"\nfoo,,flor_area,{end}")
    assert cells(found) == [
        (None, None, None, None),
        (2, "A", None, "foo"),
        (2, "C", None, "flor_area"),
    ]
    assert [fault.message for fault in found] == [
        "has no row of headings that are known: see “kfly template building”",
        "is no field of Buildings; “kfly kinds building” lists them",
        "is no field of Buildings; did you mean “floor_area”?",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", " , ,\r\n"])
def test_an_empty_sheet_is_refused_in_one_line(registry: Registry, tmp_path: Path, text: str) -> None:
    refusal = refused(registry, tmp_path, text)
    assert refusal.lines == ("s.csv: is empty; a row of headings is expected: see “kfly template building”",)
    assert cells(refusal.faults) == [(None, None, None, None)]


@pytest.mark.parametrize("heading", ["floor_area", "建筑面积", "面积", "Floor area", "建筑面积（亩）"])
def test_a_second_heading_of_the_same_field_is_refused(
    registry: Registry, tmp_path: Path, heading: str
) -> None:
    [fault] = faults(registry, tmp_path, f"name,town,总建筑面积,{heading}\n创新大厦,高新区,5000,5000\n")
    assert cells([fault]) == [(1, "D", "floor_area", heading)]
    assert fault.message == "means the same field as “总建筑面积”"


def test_a_required_field_without_a_column_is_refused(registry: Registry, tmp_path: Path) -> None:
    found = faults(registry, tmp_path, "name,owner\n创新大厦,甲厂\n")
    assert cells(found) == [(1, None, "town", None), (1, None, "floor_area", None)]
    assert [fault.message for fault in found] == [
        "is required and has no column; add one, or give it with --set town=…",
        "is required and has no column; add one, or give it with --set floor_area=…",
    ]


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
    text = f"{HEADING}\n创新大厦,高新区,abc\n,高新区,1\n科技大厦,高新区,2,多\n"
    assert refused(registry, tmp_path, text).lines == (
        "s.csv C2 Floor area: “abc” is not an area; write it as 52000, 5.2万 or 30亩",
        "s.csv A3 Building: is required",
        "s.csv D4: “多” stands under no heading",
        "s.csv: nothing was imported. Faults: 3.",
    )
    assert refused(registry, tmp_path, "name,town\n").lines == (
        "s.csv 1 Floor area: is required and has no column; add one, or give it with --set floor_area=…",
        "s.csv: nothing was imported. Faults: 1.",
    )


def test_a_fault_is_a_document_for_programs(registry: Registry, tmp_path: Path) -> None:
    [cell, missing] = faults(registry, tmp_path, f"{HEADING}\n创新大厦,,abc\n")
    assert cell.document() == {
        "file": "s.csv",
        "sheet": None,
        "row": 2,
        "column": "C",
        "field": "floor_area",
        "value": "abc",
        "message": "is not an area; write it as 52000, 5.2万 or 30亩",
    }
    assert (missing.document()["column"], missing.document()["value"]) == ("B", None)
    [without_column] = faults(registry, tmp_path, "name,town\n")
    assert list(without_column.document().values())[:-1] == ["s.csv", None, 1, None, "floor_area", None]


def test_a_fault_of_a_workbook_names_its_sheet(registry: Registry) -> None:
    field = registry.kind("building").field("floor_area")
    fault = CellFault("s.xlsx", "楼宇", 2, 2, field, "abc", "is not an area")
    assert str(fault) == "s.xlsx 楼宇!C2 Floor area: “abc” is not an area"
    assert str(fault._replace(column=None, value=None)) == "s.xlsx 楼宇!2 Floor area: is not an area"
    assert str(fault._replace(row=None, column=None, field=None, value=None)) == "s.xlsx 楼宇: is not an area"
    assert fault.document()["sheet"] == "楼宇"


def test_a_cell_under_no_heading_is_refused(registry: Registry, tmp_path: Path) -> None:
    text = "name,,town,floor_area\n创新大厦,多,高新区,5000, ,又\n科技大厦,,高新区,5000\n"
    found = faults(registry, tmp_path, text)
    assert cells(found) == [(2, "B", None, "多"), (2, "F", None, "又")]
    assert {fault.message for fault in found} == {"stands under no heading"}


def test_an_empty_heading_over_an_empty_column_does_no_harm(registry: Registry, tmp_path: Path) -> None:
    text = "name, ,town,,floor_area,,\n创新大厦,,高新区, ,5000,,\n科技大厦,,高新区,,6000,\n"
    assert take(registry, tmp_path, text) == added(2)
    shown = registry.show(registry.kind("building"), 2)
    assert (shown["name"], shown["town"], shown["floor_area"]) == ("科技大厦", "高新区", 6000)


def test_the_same_record_twice_in_a_sheet_points_at_the_first_row(registry: Registry, tmp_path: Path) -> None:
    rows = ("高新区,创新大厦,1", "高新区,科技大厦,2", "城东街道,创新大厦,3", "华士镇,创新大厦,4")
    sheet = "\n".join(("town,name,floor_area", *rows))
    [fault] = faults(registry, tmp_path, sheet)
    assert cells([fault]) == [(4, "B", "name", "创新大厦")]
    assert fault.message == "is the same record as row 2"


def test_every_further_row_of_a_record_points_at_the_first(registry: Registry, tmp_path: Path) -> None:
    sheet = f"{HEADING}\n创新大厦,高新区,abc\n\n创新大厦,高新区,1\n创新大厦,高新区,-1\n"
    found = faults(registry, tmp_path, sheet)
    assert cells(found) == [
        (2, "C", "floor_area", "abc"),
        (4, "A", "name", "创新大厦"),
        (5, "C", "floor_area", "-1"),
        (5, "A", "name", "创新大厦"),
    ]
    assert {found[1].message, found[3].message} == {"is the same record as row 2"}


def test_empty_parts_of_a_key_are_the_same_in_a_sheet_too(registry: Registry, tmp_path: Path) -> None:
    sheet = "name,employer,introduced_on\n王伟,,2022-03-01\n王伟,甲厂,2022-03-01\n王伟, ,2022-04-01\n"
    assert cells(faults(registry, tmp_path, sheet, "talent")) == [(4, "A", "name", "王伟")]


def test_a_record_that_is_in_the_registry_already_is_refused(registry: Registry, tmp_path: Path) -> None:
    add_building(registry, "科技大厦", "高新区")
    [fault] = faults(registry, tmp_path, f"{HEADING}\n创新大厦,高新区,1\n科技大厦,城东街道,2\n")
    assert cells([fault]) == [(3, "A", "name", "科技大厦")]
    assert fault.message == "is in the registry already, as #1; --update changes it"


def test_a_record_called_by_another_is_pointed_at_by_that_ones_name(
    harbour: Registry, tmp_path: Path
) -> None:
    company = add(harbour, "company", name="港口集团")
    add(harbour, "berth", company="港口集团", since="2025-03-01")
    sheet = f"since,company\n2025-03-01,#{company}\n2025-04-01,港口集团\n2025年4月1日,港口集团\n"
    found = faults(harbour, tmp_path, sheet, "berth")
    assert cells(found) == [(2, "B", "company", "港口集团"), (4, "B", "company", "港口集团")]
    assert [fault.message for fault in found] == [
        "is in the registry already, as #1; --update changes it",
        "is the same record as row 3",
    ]


def test_a_reference_finds_what_was_recorded_before(registry: Registry, tmp_path: Path) -> None:
    add_building(registry, "创新大厦", "高新区")
    sheet = "name,type,recognized_on,building\n众创园,孵化器,2022-03-01,城东街道/创新大厦\n"
    take(registry, tmp_path, sheet, "carrier")
    assert registry.show(registry.kind("carrier"), 1)["building"] == "创新大厦"


def test_a_reference_finds_an_earlier_row_of_its_own_sheet(harbour: Registry, tmp_path: Path) -> None:
    assert take(harbour, tmp_path, "name,parent\n港口集团,\n港口物流,港口集团\n", "company") == added(2)
    assert harbour.show(harbour.kind("company"), 2)["parent"] == "港口集团"


def test_a_reference_finds_a_later_row_of_its_own_sheet(harbour: Registry, tmp_path: Path) -> None:
    sheet = "name,parent\n港口物流,港口集团\n港口拖轮,港口物流\n港口集团,\n自己,自己\n"
    assert take(harbour, tmp_path, sheet, "company") == added(4)
    company = harbour.kind("company")
    assert [harbour.show(company, record)["parent"] for record in (1, 2, 3, 4)] == [
        "港口集团",
        "港口物流",
        None,
        "自己",
    ]
    assert harbour.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_reference_to_no_row_and_no_record_is_refused(harbour: Registry, tmp_path: Path) -> None:
    sheet = "name,parent\n港口物流,港口集体\n港口拖轮,火星\n港口集团,\n"
    found = faults(harbour, tmp_path, sheet, "company")
    assert cells(found) == [(2, "B", "parent", "港口集体"), (3, "B", "parent", "火星")]
    assert [fault.message for fault in found] == [
        "is not in the registry; record it first with add-company; did you mean “港口集团”?",
        "is not in the registry; record it first with add-company",
    ]


def test_a_reference_to_two_later_rows_is_refused(harbour: Registry, tmp_path: Path) -> None:
    sheet = "name,code,parent\n港口物流,,港口集团\n港口集团,1,\n港口集团,2,\n"
    [fault] = faults(harbour, tmp_path, sheet, "company")
    assert cells([fault]) == [(2, "C", "parent", "港口集团")]
    assert fault.message.startswith("means several: ")
    assert fault.message.endswith("2/港口集团; say which")


def test_one_wrong_row_makes_no_fault_of_a_later_one(harbour: Registry, tmp_path: Path) -> None:
    sheet = "name,parent,founded_on\n错误,,2025-02-30\n港口集团,,\n港口物流,港口集团,\n港口集团,,\n"
    assert cells(faults(harbour, tmp_path, sheet, "company")) == [
        (2, "C", "founded_on", "2025-02-30"),
        (5, "A", "name", "港口集团"),
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
