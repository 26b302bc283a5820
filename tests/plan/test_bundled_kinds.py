"""The sixteen kinds of record that kfly ships, field by field."""

import pytest

from kfly.plan.files.loading import load_plan
from kfly.plan.kinds import DECIMALS, Field, Kind
from tests.support import ROOT
from tests.support.other_city import SHIPPED_KINDS

# The kind's name and its fields: * required, ◆ in the natural key, ! counts from, × counts until, ~ personal;
# then a field's type, unit, choices or towns, or the kind it refers to.
KINDS = {
    "building": """楼宇
        name*◆ town*◆:town address owner ownership:国有/集体/企业 certificate_number
        floor_area*:m² idle_area:m² land_area:m² land_tenure:国有出让/国有划拨/国有租赁/集体建设用地/其他
        land_use:工业/仓储/科研/商服/教育/公共管理与公共服务/住宅/新型复合产业用地(Mx)/其他
        condition:闲置/部分闲置/在用/在建/新建 longitude:number latitude:number contact~ phone~ implementer
        purpose resources positioning operator→operator
        surveyed_on:date planned_on:date due_on:date started_on:date renovated_on!:date opened_on:date""",
    "enclave": """科创飞地
        name*◆ town*◆:town host*:高新区/临港开发区/澄江街道 floor_area*:m² building→building
        established_on*!:date""",
    "carrier": """科创载体
        name*◆ type*:众创空间/孵化器/加速器/新型研发机构/产业园 level:江阴市级/无锡市级/省级/国家级
        town:town building→building operator→operator recognized_on*!:date""",
    "platform": """创新创业服务平台
        name*◆ type host_organisation town:town established_on*!:date""",
    "operator": """专业运营机构
        name*◆ origin:国内/国外 town:town introduced_on*!:date""",
    "investor": """股权投资机构
        name*◆ town:town registered_on*!:date ended_on×:date""",
    "fund": """基金
        name*◆ type*:风险投资/创业投资/股权投资/天使投资/产业引导/其他 manager→investor size*:亿元
        registered_on*!:date ended_on×:date""",
    "talent_project": """创新创业人才项目
        name*◆ leader~ company level:国家级/省级/无锡市级/江阴市级/镇街级 town:town building→building
        landed_on*!:date""",
    "collaboration": """产学研合作项目
        name*◆ company*◆ institute* town:town amount:万元 signed_on*!:date""",
    "talent": """高层次人才
        name*◆~ employer◆ code◆ category:双创人才/太湖计划/暨阳英才/其他 town:town introduced_on*!:date""",
    "event": """活动
        name*◆ type:招才引智/培训/创新创业大赛/孵化器活动/其他 venue* brand participants:integer
        held_on*◆!:date""",
    "policy": """政策与机制
        name*◆ type:管理办法/行动方案/机构/机制/其他 promise document_number issued_on!:date""",
    "expenditure": """专项资金支出
        purpose*◆ category*:载体改造/载体运营/项目投资/人才培训/综合服务 amount*◆:万元 corrects→expenditure
        building→building payee voucher_number◆ paid_on*◆!:date""",
    "evaluation": """载体评估
        carrier*◆→carrier year*◆:year score*:number assessor problems advice assessed_on*!:date""",
    "figure": """上报数据
        target*◆ town◆:town value*:number source◆ stated_on*◆!:date""",
    "meeting": """推进会
        subject*◆ decisions held_on*◆!:date""",
}


@pytest.fixture(scope="module")
def kinds() -> dict[str, Kind]:
    loaded = load_plan(ROOT / "targets.yaml", [ROOT / "tasks_2022.yaml"], SHIPPED_KINDS)
    return {kind.name: kind for kind in loaded.kinds}


def written(kind: Kind, field: Field) -> str:
    """A field in the notation of the table above."""
    marks = (
        ("*", field.required),
        ("◆", field.name in kind.key),
        ("!", field.name == kind.counts_on),
        ("×", field.name == kind.counts_until),
        ("~", field.personal),
    )
    text = field.name + "".join(mark for mark, holds in marks if holds)
    if field.to:
        return f"{text}→{field.to}"
    detail = "/".join(field.choices or field.only) or field.unit or field.type
    return text if field.type == "text" else f"{text}:{detail}"


def fields(kinds: dict[str, Kind]) -> list[tuple[str, Field]]:
    return [(kind.name, field) for kind in kinds.values() for field in kind.fields]


def test_there_are_sixteen_kinds_in_their_order(kinds: dict[str, Kind]) -> None:
    assert list(kinds) == list(KINDS)
    assert len(kinds) == 16


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_the_fields_of_the_design(kinds: dict[str, Kind], name: str) -> None:
    kind = kinds[name]
    assert [kind.label.zh, *(written(kind, field) for field in kind.fields)] == KINDS[name].split()


def test_a_building_goes_through_five_stages(kinds: dict[str, Kind]) -> None:
    stages = [(stage.key, stage.date) for stage in kinds["building"].stages]
    assert stages == [
        ("surveyed", "surveyed_on"),
        ("planned", "planned_on"),
        ("renovating", "started_on"),
        ("renovated", "renovated_on"),
        ("open", "opened_on"),
    ]
    assert [kind.name for kind in kinds.values() if kind.stages] == ["building"]


def test_only_an_evaluation_is_graded_by_a_score_of_0_to_100(kinds: dict[str, Kind]) -> None:
    assert {kind.name: kind.graded_by for kind in kinds.values() if kind.graded_by} == {"evaluation": "score"}
    score = kinds["evaluation"].field("score")
    assert score is not None
    assert (score.minimum, score.maximum) == ("0", "100")


def test_no_area_no_amount_and_no_head_count_may_be_negative(kinds: dict[str, Kind]) -> None:
    counted = [(kind, field) for kind, field in fields(kinds) if field.unit or field.type == "integer"]
    assert len(counted) == 8
    assert {field.minimum for kind, field in counted if kind != "expenditure"} == {"0"}


def test_a_payment_may_be_negative_as_money_is_paid_back(kinds: dict[str, Kind]) -> None:
    amount = kinds["expenditure"].field("amount")
    assert amount is not None
    assert amount.minimum is None


def test_no_more_of_a_building_stands_idle_than_there_is(kinds: dict[str, Kind]) -> None:
    limited = {(kind, field.name): field.not_above for kind, field in fields(kinds) if field.not_above}
    assert limited == {("building", "idle_area"): "floor_area"}


def test_areas_keep_two_decimals_and_money_the_fen(kinds: dict[str, Kind]) -> None:
    for kind, field in fields(kinds):
        if field.unit:
            assert field.decimals == {"m²": 2, "万元": 6, "亿元": 10}[field.unit], (kind, field.name)
    assert DECIMALS["元"] == 2


def test_every_field_carries_a_label_and_a_help_text(kinds: dict[str, Kind]) -> None:
    assert [(kind, f.name) for kind, f in fields(kinds) if not (f.label.zh and f.help.zh)] == []


def test_the_command_that_records_one_is_named_for_the_kind(kinds: dict[str, Kind]) -> None:
    assert kinds["building"].command == "add-building"
    assert kinds["talent_project"].command == "add-talent-project"
