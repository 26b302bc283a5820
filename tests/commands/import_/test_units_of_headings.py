"""In what unit a column is: one that is not known is refused, one that is known is no mere remark."""

import json
from typing import Any

import pytest

from tests.support.runner import Cli
from tests.support.sheet_makers import Cell, Rows, Tab, xlsx

BUILDING = ["楼宇名称", "所属镇街"]
EVENT = ["活动名称", "活动地点", "举办日期"]


def came(kfly: Cli, kind: str, rows: Rows, field: str) -> Any:
    """What a field of the only record is, once a sheet is taken in."""
    path = xlsx(kfly.folder / "表.xlsx", Tab("Sheet1", rows))
    run = kfly("--lang", "en", "import", kind, str(path), "--json")
    assert (run.code, run.err) == (0, ""), run.out
    (record,) = kfly.json("list", kind)
    return record[field]


def refused_unit(kfly: Cli, kind: str, rows: Rows) -> tuple[Any, ...]:
    """Place and message of the one fault of a sheet, of which nothing is kept."""
    path = xlsx(kfly.folder / "表.xlsx", Tab("Sheet1", rows))
    run = kfly("--lang", "en", "import", kind, str(path), "--json")
    assert (run.code, run.err) == (1, ""), run.out
    (error,) = json.loads(run.out)["errors"]
    assert kfly.json("list", kind) == []
    return tuple(error[key] for key in ("row", "field", "value", "message"))


def not_measured_in(unit: str) -> str:
    return f"is in {unit}, which this field is not measured in"


def contract(heading: str, *above: list[Cell], amount: Cell = 5_000_000) -> Rows:
    head = ["项目名称", "合作企业", "合作院所", "签约日期", heading]
    return [*above, head, ["新材料研发", "华西集团", "江南大学", "2022-03-01", amount]]


def fund(heading: str, *above: list[Cell], size: Cell = 35000) -> Rows:
    head = ["基金名称", "基金类型", "注册日期", heading]
    return [*above, head, ["霞客基金", "创业投资", "2022-03-01", size]]


def building(heading: str, *above: list[Cell], area: Cell = 2) -> Rows:
    return [*above, [*BUILDING, heading], ["甲楼", "华士镇", area]]


def event(heading: str, number: Cell = 2) -> Rows:
    return [[*EVENT, heading], ["路演第1期", "霞客湾", "2022-03-01", number]]


YUAN = ["元人民币", "人民币元", "RMB", "以元计", "单位元", "￥", "¥", "元", "人民币", "单位：元", "按元计"]


@pytest.mark.parametrize("remark", YUAN)
def test_a_heading_says_in_many_words_that_its_money_is_in_yuan(kfly: Cli, remark: str) -> None:
    assert came(kfly, "collaboration", contract(f"合同金额（{remark}）"), "amount") == 500


@pytest.mark.parametrize(
    "heading", ["合同金额(RMB)", "合同金额 [元人民币]", "合同金额（￥，含税）", "合同金额/元"]
)
def test_the_brackets_of_a_unit_may_be_others_or_say_more(kfly: Cli, heading: str) -> None:
    assert came(kfly, "collaboration", contract(heading), "amount") == 500


@pytest.mark.parametrize("remark", ["人民币万元", "万元人民币", "万元", "单位：万元", "以万元计", "RMB万元"])
def test_a_heading_in_wan_yuan_is_converted_for_a_field_in_yi_yuan(kfly: Cli, remark: str) -> None:
    assert came(kfly, "fund", fund(f"基金规模（{remark}）"), "size") == 3.5


@pytest.mark.parametrize(
    ("remark", "area"),
    [
        ("平方千米", 2_000_000),
        ("公亩", 200),
        ("平方公里", 2_000_000),
        ("公顷", 20_000),
        ("㎡", 2),
        ("平方米", 2),
    ],
)
def test_an_area_is_converted_from_the_unit_of_its_heading(kfly: Cli, remark: str, area: float) -> None:
    assert came(kfly, "building", building(f"建筑面积（{remark}）"), "floor_area") == area


def test_an_are_is_no_mu(kfly: Cli) -> None:
    assert came(kfly, "building", building("建筑面积", area="2公亩"), "floor_area") == 200


@pytest.mark.parametrize("unit", ["美元", "千美元", "万美元", "欧元", "港币", "%"])
def test_money_of_another_kind_is_refused(kfly: Cli, unit: str) -> None:
    heading = f"合同金额（{unit}）"
    found = refused_unit(kfly, "collaboration", contract(heading))
    assert found == (1, "amount", heading, not_measured_in(unit))


@pytest.mark.parametrize("unit", ["平方英尺", "㎡/层", "万元", "间"])
def test_what_is_no_area_in_square_metres_is_refused(kfly: Cli, unit: str) -> None:
    heading = f"建筑面积（{unit}）"
    row, field, value, message = refused_unit(kfly, "building", building(heading))
    assert (row, field, value) == (1, "floor_area", heading)
    assert message.endswith("which this field is not measured in")


@pytest.mark.parametrize("unit", ["千人", "百人", "万人", "千人次"])
def test_a_multiple_of_people_is_refused_where_people_are_counted(kfly: Cli, unit: str) -> None:
    heading = f"参加人数（{unit}）"
    found = refused_unit(kfly, "event", event(heading))
    assert found == (1, "participants", heading, not_measured_in(unit))


@pytest.mark.parametrize("remark", ["人", "含线上", "人次", "必填"])
def test_a_remark_on_people_changes_nothing(kfly: Cli, remark: str) -> None:
    assert came(kfly, "event", event(f"参加人数（{remark}）"), "participants") == 2


REMARKS = ["含税", "必填", "预计", "精确到小数点后两位", "不含税", "按合同填写", "2022年", "合计", "总计"]


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_on_money_changes_nothing(kfly: Cli, remark: str) -> None:
    assert came(kfly, "collaboration", contract(f"合同金额（{remark}）", amount=500), "amount") == 500


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_leaves_the_unit_stated_above_as_it_is(kfly: Cli, remark: str) -> None:
    rows = contract(f"合同金额（{remark}）", ["单位：元"])
    assert came(kfly, "collaboration", rows, "amount") == 500


def test_a_score_out_of_a_hundred_is_no_hundredfold(kfly: Cli) -> None:
    kfly.ok("add-carrier", "--name", "创客空间", "--type", "众创空间", "--recognized-on", "2022-01-01")
    rows: Rows = [["载体", "年度", "评估得分（百分制）", "评估日期"], ["创客空间", 2022, 88.5, "2022-12-01"]]
    assert came(kfly, "evaluation", rows, "score") == 88.5


STATED = [
    "单位：人民币元",
    "单位（元）",
    "单位 元",
    "单位：元",
    "金额单位：元",
    "（单位：元）",
    "货币单位：人民币元",
]


@pytest.mark.parametrize("line", STATED)
def test_a_line_above_the_heading_says_that_money_is_in_yuan(kfly: Cli, line: str) -> None:
    assert came(kfly, "collaboration", contract("合同金额", ["", "", line]), "amount") == 500


@pytest.mark.parametrize("line", ["货币单位：人民币万元", "单位：万元", "单位（万元）", "单位 万元"])
def test_a_line_above_the_heading_says_that_money_is_in_wan_yuan(kfly: Cli, line: str) -> None:
    assert came(kfly, "fund", fund("基金规模", ["基金汇总表"], ["", "", line]), "size") == 3.5


@pytest.mark.parametrize("line", ["单位：美元", "货币单位：万美元", "单位（美元）", "单位 美元"])
def test_money_of_another_kind_in_a_line_above_is_refused(kfly: Cli, line: str) -> None:
    row, field, value, message = refused_unit(kfly, "collaboration", contract("合同金额", [line]))
    assert (row, field, value) == (2, "amount", "合同金额")
    assert "美元" in message


def test_a_line_about_money_says_nothing_of_areas(kfly: Cli) -> None:
    assert came(kfly, "building", building("建筑面积", ["单位：美元"]), "floor_area") == 2


@pytest.mark.parametrize(
    "line", ["填报单位：华士镇", "单位：华士镇", "填报单位（盖章）：华士镇", "责任单位 科技局"]
)
def test_the_body_that_fills_the_sheet_in_is_no_unit(kfly: Cli, line: str) -> None:
    rows = contract("合同金额", [line], amount=500)
    assert came(kfly, "collaboration", rows, "amount") == 500


def test_the_unit_is_found_beside_the_body_that_fills_the_sheet_in(kfly: Cli) -> None:
    rows = contract("合同金额", ["填报单位：华士镇", "", "单位：元"])
    assert came(kfly, "collaboration", rows, "amount") == 500


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("1万", 6_666_666.67),
        (1, 666.67),
        ("1", 666.67),
        ("5000㎡", 5000),
        ("2公顷", 20_000),
        ("1万平方米", 10_000),
    ],
)
def test_a_cell_has_the_unit_of_its_heading_unless_it_names_one(kfly: Cli, cell: Cell, area: float) -> None:
    assert came(kfly, "building", building("建筑面积（亩）", area=cell), "floor_area") == area
