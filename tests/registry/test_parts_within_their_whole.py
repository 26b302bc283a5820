"""A number that another field limits: no more of a building stands idle than there is of it."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.registry.registry import Registry
from kfly.registry.sheets.faults import SheetRefusedError
from tests.registry.test_check_records import check, put
from tests.support.harbour_city import add_building, take_file

REFUSAL = "Idle area: “5000.5” is more than Floor area, 5000"


@pytest.mark.parametrize("idle", ["0", "4999.99", "5000"])
def test_as_much_may_stand_idle_as_there_is(registry: Registry, idle: str) -> None:
    record = add_building(registry, "甲", floor_area="5000", idle_area=idle)
    assert registry.show(registry.kind("building"), record)["idle_area"] == float(idle)


def test_more_is_refused_when_it_is_recorded(registry: Registry) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, "甲", floor_area="5000", idle_area="5000.5")
    assert refused.value.lines == (REFUSAL,)


@pytest.mark.parametrize("change", [{"idle_area": "6000.5"}, {"floor_area": "5000"}])
def test_more_is_refused_whichever_of_the_two_is_changed(registry: Registry, change: dict[str, str]) -> None:
    record = add_building(registry, "甲", floor_area="6000", idle_area="5000.5")
    kind = registry.kind("building")
    with pytest.raises(KflyError, match="is more than Floor area"):
        registry.change(kind, record, change)
    registry.change(kind, record, {"floor_area": "7000", "idle_area": "6000.5"})
    assert registry.show(kind, record)["idle_area"] == 6000.5


def test_more_is_refused_in_a_sheet_with_its_cell(registry: Registry, tmp_path: Path) -> None:
    sheet = tmp_path / "甲.csv"
    sheet.write_text(
        "楼宇名称,所属镇街,建筑面积,闲置面积\n甲,高新区,5000,5000.5\n乙,高新区,5000,50\n", encoding="utf-8"
    )
    with pytest.raises(SheetRefusedError) as refused:
        take_file(registry, "building", sheet)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (2, 3)
    assert fault.message == "is more than Floor area, 5000"


def test_a_value_that_is_wrong_by_itself_limits_nothing(registry: Registry) -> None:
    with pytest.raises(KflyError) as refused:
        add_building(registry, "甲", floor_area="五千", idle_area="5000")
    assert len(refused.value.lines) == 1


def test_what_is_there_already_is_an_error_with_a_command_that_mends_it(registry: Registry) -> None:
    record = add_building(registry, "甲", floor_area="5000")
    put(registry, "building", record, idle_area=5000.5)
    (finding,) = check(registry, "building")
    assert (finding.severity, finding.code, finding.message) == ("error", "larger_than_whole", REFUSAL)
    assert finding.command == ("kfly", "set", "building", str(record), "idle_area=…")
    registry.change(registry.kind("building"), record, {"idle_area": "500.5"})
    assert check(registry, "building") == []
