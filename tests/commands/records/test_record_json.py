"""Records as JSON: ``id`` and the field names of the registry (design, section 4)."""

from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf

FIELDS = {
    "building": (
        "name town address owner ownership certificate_number floor_area idle_area land_area land_tenure"
        " land_use condition longitude latitude contact phone implementer purpose resources positioning"
        " operator surveyed_on planned_on due_on started_on renovated_on opened_on"
    ),
    "enclave": "name town host floor_area building established_on",
    "carrier": "name type level town building operator recognized_on",
    "platform": "name type host_organisation town established_on",
    "operator": "name origin town introduced_on",
    "investor": "name town registered_on ended_on",
    "fund": "name type manager size registered_on ended_on",
    "talent_project": "name leader company level town building landed_on",
    "collaboration": "name company institute town amount signed_on",
    "talent": "name employer code category town introduced_on",
    "event": "name type venue brand participants held_on",
    "policy": "name type promise document_number issued_on",
    "expenditure": "purpose category amount corrects building payee voucher_number paid_on",
    "evaluation": "carrier year score assessor problems advice assessed_on",
    "figure": "target town value source stated_on",
    "meeting": "subject decisions held_on",
}
RECORDED = {kind: its for kind, its in FIELDS.items() if kind != "figure"}  # this plan's targets have none
EVERY_KIND = (
    "operator --name 甲机构 --introduced-on 2022-03-01 --origin 国内",
    "building --name 甲楼 --town 澄江街道 --floor-area 5.2万 --operator 甲机构",
    "enclave --name 甲飞地 --town 华士镇 --host 高新区 --floor-area 5000 --established-on 2022-03-01",
    "carrier --name 甲载体 --type 孵化器 --recognized-on 2022-03-01 --building 甲楼",
    "platform --name 甲平台 --established-on 2022-03-01",
    "investor --name 甲投资 --registered-on 2021-03-01",
    "fund --name 甲基金 --type 创业投资 --size 3.5亿元 --registered-on 2022-03-01 --manager 甲投资",
    "talent-project --name 甲项目 --landed-on 2022-03-01",
    "collaboration --name 甲合作 --company 甲公司 --institute 甲学院 --signed-on 2022-03-01 --amount 12.5",
    "talent --name 甲 --introduced-on 2022-03-01",
    "event --name 甲活动 --venue 甲场 --held-on 2022-03-01 --participants 120",
    "policy --name 甲办法 --issued-on 2022-03-01",
    "expenditure --purpose 改造 --category 载体改造 --amount 36.5 --paid-on 2022-03-01",
    "evaluation --carrier 甲载体 --year 2022 --score 90.5 --assessed-on 2022-12-01",
    "meeting --subject 推进会 --held-on 2022-03-01",
)


@pytest.fixture
def full(kfly: Cli, shelf: Shelf) -> Cli:
    """One record of every kind but reported figures."""

    def prepare() -> None:
        for words in EVERY_KIND:
            kind, *options = words.split()
            kfly.ok(f"add-{kind}", *options)

    shelf.lay("one of every kind", kfly.folder, prepare)
    return kfly


def test_every_kind_has_its_fields_and_a_note(full: Cli) -> None:
    for kind, fields in RECORDED.items():
        (record,) = full.json("list", kind)
        derived = {"building": ["stage"], "evaluation": ["outcome"]}.get(kind, [])
        counting = ["counts_toward", "not_counted"]
        assert list(record) == ["id", *fields.split(), "note", *derived, *counting], kind


def test_adding_prints_the_record(kfly: Cli) -> None:
    record = kfly.json(
        *("add-building", "--name", "创新大厦", "--town", "城东街道", "--floor-area", "５.２万㎡"),
        *("--surveyed-on", "2022年2月10日", "--longitude", "-120.25"),
    )

    given = {name: value for name, value in record.items() if value is not None}
    assert list(record) == ["id", *FIELDS["building"].split(), "note"]
    assert given == {
        "id": 1,
        "name": "创新大厦",
        "town": "高新区",  # 城东街道 is its alias
        "floor_area": 52000,
        "surveyed_on": "2022-02-10",
        "longitude": -120.25,
    }


def test_what_is_listed_is_what_is_shown(full: Cli) -> None:
    for kind in RECORDED:
        (listed,) = full.json("list", kind)
        assert full.json("show", kind, str(listed["id"])) == listed


def test_references_are_shown_by_name(full: Cli) -> None:
    assert full.json("show", "building", "甲楼")["operator"] == "甲机构"
    assert full.json("show", "carrier", "甲载体")["building"] == "甲楼"
    assert full.json("show", "evaluation", "1")["carrier"] == "甲载体"


def test_a_reference_to_one_of_two_of_a_name_is_shown_with_its_town(full: Cli) -> None:
    full.ok("add-building", "--name", "甲楼", "--town", "华士镇", "--floor-area", "1")

    assert full.json("show", "carrier", "甲载体")["building"] == "澄江街道/甲楼"


def test_numbers_are_numbers_without_dust(full: Cli) -> None:
    fund, work = full.json("show", "fund", "甲基金"), full.json("show", "collaboration", "甲合作")

    assert (fund["size"], work["amount"]) == (3.5, 12.5)
    assert full.json("show", "event", "甲活动")["participants"] == 120
    assert full.json("show", "evaluation", "1")["year"] == 2022


def test_a_score_is_graded(full: Cli) -> None:
    grades = {"85": "award", "84.9": "pass", "60": "pass", "59.9": "warning"}

    for score, outcome in grades.items():
        full.ok("set", "evaluation", "1", f"score={score}")
        assert full.json("show", "evaluation", "1")["outcome"] == outcome


def test_a_change_prints_the_record_as_it_is_now(full: Cli) -> None:
    record = full.json("set", "building", "甲楼", "idle_area=30亩", "note=已核")

    assert (record["id"], record["idle_area"], record["note"]) == (1, 20000, "已核")


def test_an_import_counts_what_it_did(kfly: Cli, tmp_path: Path) -> None:
    sheet = tmp_path / "楼宇.csv"
    sheet.write_text("name,town,floor_area\n甲楼,澄江街道,5.2万\n乙楼,华士镇,30亩\n", encoding="utf-8")

    assert kfly.json("import", "building", str(sheet)) == {
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "errors": [],
        "error_count": 0,
    }


def test_kinds_tell_their_fields(kfly: Cli) -> None:
    kinds = kfly.json("kinds")
    building = kfly.json("kinds", "building")

    assert [kind["name"] for kind in kinds] == list(FIELDS)
    assert building == kinds[0]
    assert [field["name"] for field in building["fields"]] == [*FIELDS["building"].split(), "note"]
    area = next(field for field in building["fields"] if field["name"] == "floor_area")
    assert (area["type"], area["unit"], area["required"], area["label"]) == ("number", "m²", True, "建筑面积")
