"""Lists of organisations are told apart as an official reads them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.drafting.headings import LEAD, RESPONSIBLE, SUPPORT
from kfly.drafting.organisations import split_organisations
from kfly.drafting.parties import read_parties
from tests.support.drafted import bundled_names

NAMES = [organisation.name for organisation in bundled_names().organisations]

# Met in real documents. What stands in a list: lead, responsible, support.
LISTS = [
    ("区发改局", "", "区发改局", ""),
    ("立山经济开发区，各街道、区直各部门", "", "立山经济开发区|各街道|区直各部门", ""),
    ("立山经济开发区，各街道，税务局", "", "立山经济开发区|各街道|税务局", ""),
    (
        "市政府办公室、市行政审批制度改革工作领导小组办公室牵头，市级各有关部门及各县市区政府按职责分工负责",
        "市政府办公室|市行政审批制度改革工作领导小组办公室",
        "市级各有关部门|各县市区政府",
        "",
    ),
    ("区国土分局牵头，区规划分局、区级相关部门配合", "区国土分局", "", "区规划分局|区级相关部门"),
    (
        "区发改局牵头，区财政局、区水务局等部门，区国投公司、各街道办事处配合",
        "区发改局",
        "",
        "区财政局|区水务局|区国投公司|各街道办事处",
    ),
    (
        "〔牵头单位：区政府办公室，责任单位：区政府有关部门，各街道（功能区）〕",
        "区政府办公室",
        "区政府有关部门|各街道（功能区）",
        "",
    ),
    ("牵头单位：区政府办公室；责任单位：区司法局等有关部门", "区政府办公室", "区司法局", ""),
    (
        "市疫情防控指挥部办公室、市卫生健康委等，各县（市、区）政府（管委会）",
        "",
        "市疫情防控指挥部办公室|市卫生健康委|各县（市、区）政府（管委会）",
        "",
    ),
    ("国务院各部门分别负责", "", "国务院各部门", ""),
    ("省税务局，各市人民政府，省沈抚示范区管委会", "", "省税务局|各市人民政府|省沈抚示范区管委会", ""),
    ("县水务局\n县住建局\n县护城河指挥部", "", "县水务局|县住建局|县护城河指挥部", ""),
    ("县政务服务中心\n县代建中心", "", "县政务服务中心|县代建中心", ""),
    ("各科室", "", "各科室", ""),
    ("牵头责任单位：水利局；配合单位：有关乡镇", "水利局", "", "有关乡镇"),
    (
        "各县区人民政府 （管委会），市政府各部门、各直属机构，市属各企业，各大中专院校",
        "",
        "各县区人民政府（管委会）|市政府各部门|各直属机构|市属各企业|各大中专院校",
        "",
    ),
    ("公安消防支队牵头", "公安消防支队", "", ""),
    (
        "各镇（街道）人民政府（办事处），临港经济开发区管委会，区政府各部门、直属机构",
        "",
        "各镇（街道）人民政府（办事处）|临港经济开发区管委会|区政府各部门|直属机构",
        "",
    ),
    (
        "发展改革委会同中央农办、农业部、粮食局等部门研究提出落实意见",
        "发展改革委",
        "",
        "中央农办|农业部|粮食局",
    ),
    ("列第一位的责任单位为牵头单位或汇总单位", "", "", ""),
    ("牵头领导：省政府分管领导同志", "", "", ""),
    # Their relatives.
    ("市科技局 市财政局", "", "市科技局|市财政局", ""),
    ("市 科 技 局", "", "市科技局", ""),
    ("市自然资源和规划局、市文化和旅游局", "", "市自然资源和规划局|市文化和旅游局", ""),
    ("市教育局和市财政局", "", "市教育局|市财政局", ""),
    ("市教育局、市财政局及各镇街园区", "", "市教育局|市财政局|各镇街园区", ""),
    ("市发改委、市商务局等按职责分工负责", "", "市发改委|市商务局", ""),
    ("市科技局牵头、市财政局配合", "市科技局", "", "市财政局"),
    ("市工商联合会、市供销合作社联合社", "", "市工商联合会|市供销合作社联合社", ""),
    ("市科技局（牵头）、市财政局", "市科技局", "市财政局", ""),
    ("市科技局（牵头单位）、市财政局、各镇街", "市科技局", "市财政局|各镇街", ""),
    ("市科技局〔牵头〕 市财政局〔配合〕", "市科技局", "", "市财政局"),
    ("市科技局（主办），市财政局（协办），各镇街园区（责任）", "市科技局", "各镇街园区", "市财政局"),
    ("市科技局（会同市财政局）", "", "市科技局", "市财政局"),
    ("市科技局（牵头，市财政局、市住建局配合）", "市科技局", "", "市财政局|市住建局"),
    ("市科技局\n（市财政局配合）", "", "市科技局", "市财政局"),
    ("牵头单位（市科技局），责任单位（市财政局）", "市科技局", "市财政局", ""),
    ("牵头单位（科室）：市科技局", "市科技局", "", ""),
    ("由市科技局牵头，市财政局配合", "市科技局", "", "市财政局"),
    ("1.市科技局 2.市财政局", "", "市科技局|市财政局", ""),
    ("1、市科技局\n2、市财政局", "", "市科技局|市财政局", ""),
    ("①市科技局②市财政局", "", "市科技局|市财政局", ""),
    ("市科技局/市财政局", "", "市科技局|市财政局", ""),
    ("市发展和改革委（市粮食局）", "", "市发展和改革委（市粮食局）", ""),
    ("各镇（街道）、园区，市各有关部门", "", "各镇（街道）、园区|市各有关部门", ""),
    ("全市各部门", "", "全市各部门", ""),
    ("市有关部门和单位", "", "市有关部门和单位", ""),
    ("各镇街和园区", "", "各镇街和园区", ""),
    ("市人力资源\n和社会保障局\n市财政局", "", "市人力资源和社会保障局|市财政局", ""),
    ("市科技\n局、市财政局", "", "市科技局|市财政局", ""),
    ("供电公司\n移动\n电信", "", "供电公司|移动|电信", ""),
    ("市科技局牵头，会同市财政局、市住建局", "市科技局", "", "市财政局|市住建局"),
    ("市科技局牵头会同市财政局", "市科技局", "", "市财政局"),
    ("市科技局，会同市财政局、市住建局", "市科技局", "", "市财政局|市住建局"),
    ("市科技局牵头，会同市财政局负责，各镇街园区配合", "市科技局", "", "市财政局|各镇街园区"),
    ("市科技局、市财政局等部门和各镇街园区", "", "市科技局|市财政局|各镇街园区", ""),
    ("市科技局等部门和单位", "", "市科技局", ""),
    ("牵头单位 市科技局 配合单位 市财政局", "市科技局", "", "市财政局"),
    ("牵头单位——市科技局；责任单位——市财政局、市住建局", "市科技局", "市财政局|市住建局", ""),
    ("市科技局牵头 市财政局配合", "市科技局", "", "市财政局"),
    ("市科技局（牵头）市财政局 市住建局", "市科技局", "市财政局|市住建局", ""),
    ("市科技局（牵头）及市财政局", "市科技局", "市财政局", ""),
    ("市科技局为牵头单位，市财政局为配合单位", "市科技局", "", "市财政局"),
    ("牵头单位为市科技局，责任单位为市财政局、市住建局", "市科技局", "市财政局|市住建局", ""),
    ("华为牵头，市科技局配合", "华为", "", "市科技局"),
    ("市科技局牵头并负责实施", "市科技局", "", ""),
    ("市科技局负责总牵头，市财政局予以配合", "市科技局", "", "市财政局"),
    ("市科技局牵头，市财政局会同", "市科技局", "", "市财政局"),
    ("市科技局主办、市财政局会办", "市科技局", "", "市财政局"),
    ("主办：市科技局；会办：市财政局", "市科技局", "", "市财政局"),
    ("牵 头 单 位：市科技局\n责 任 单 位：市财政局", "市科技局", "市财政局", ""),
    ("牵头\n单位：市科技局", "市科技局", "", ""),
    ("市住房和\n城乡建设局", "", "市住房和城乡建设局", ""),
    ("市科技局和\n市财政局", "", "市科技局|市财政局", ""),
    ("Science Bureau & Finance Bureau", "", "Science Bureau & Finance Bureau", ""),
    ("／", "", "", ""),
    ("——", "", "", ""),
    ("无", "", "", ""),
    ("/", "", "", ""),
]


@pytest.mark.parametrize(("text", "lead", "responsible", "support"), LISTS)
def test_a_list_is_read_as_an_official_reads_it(text: str, lead: str, responsible: str, support: str) -> None:
    parties = read_parties(text, RESPONSIBLE, lambda _name: False)
    assert "|".join(parties.lead) == lead
    assert "|".join(parties.responsible) == responsible
    assert "|".join(parties.support) == support


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("区司法局等有关部门", "等有关部门"),
        ("市科技局、市财政局等", "等"),
        ("市科技局、市财政局、……", "……"),
        ("市科技局、市财政局...", "..."),
        ("市科技局、市财政局……等部门", "……等部门"),
        ("甲局等部门", "等部门"),
        ("甲局等5部门", "等5部门"),
        ("甲局等八个单位", "等八个单位"),
    ],
)
def test_a_list_that_is_left_open_is_doubted(text: str, words: str) -> None:
    doubts = read_parties(text, LEAD, lambda _name: False).doubts
    assert doubts == (f"behind “{words}” more are meant than are named: who else?",)


@pytest.mark.parametrize("marked", ["★市科技局", "市科技局*", "市科技局＊"])
def test_a_name_with_a_mark_is_asked_about(marked: str) -> None:
    found = read_parties(f"{marked}、市财政局", RESPONSIBLE, lambda _name: False)
    assert found.responsible == ("市科技局", "市财政局")
    assert found.doubts == (f"“{marked}” is marked; does the mark say that it leads?",)


@pytest.mark.parametrize(
    "written", ["各镇（街道）、园区", "各镇街（园区）", "各镇(街道)园区", "各镇街和园区", "各镇、街道、园区"]
)
def test_a_group_of_the_plan_is_known_however_its_kinds_are_parted(written: str) -> None:
    names = bundled_names()
    found = read_parties(written, RESPONSIBLE, names.is_known)
    assert [names.find(name) for name in found.responsible] == ["各镇街园区"]


def test_english_names_are_parted_at_and_where_the_plan_knows_them() -> None:
    known = {"Science Bureau", "Finance Bureau", "Bureau of Science and Technology"}
    text = "Science Bureau and Finance Bureau, Bureau of Science and Technology and all towns"
    found = read_parties(text, RESPONSIBLE, known.__contains__)
    assert found.responsible == (
        "Science Bureau",
        "Finance Bureau",
        "Bureau of Science and Technology",
        "all towns",
    )


def test_what_stands_beside_the_names_is_told() -> None:
    found = read_parties("甲委会同乙局、丙局等部门研究提出落实意见", RESPONSIBLE, lambda _name: False)
    assert found.notes == ("left out as it names nobody: 研究提出落实意见",)


def test_a_leader_is_a_person_and_no_organisation() -> None:
    found = read_parties("分管领导：张三、李四；牵头单位：市科技局", RESPONSIBLE, lambda _name: False)
    assert (found.leader, found.lead) == ("张三、李四", ("市科技局",))


@settings(deadline=None)  # the first reads the bundled plan
@given(
    st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    st.sampled_from(["、", "，", ",", "；", "\n", " ", "\u3000", " 、", "、 ", "\n\n"]),
)
def test_names_of_the_plan_come_back_whatever_parts_them(names: list[str], between: str) -> None:
    found = split_organisations(between.join(names), bundled_names().is_known)
    assert found.names == tuple(names)


@settings(deadline=None)  # the first reads the bundled plan
@given(
    st.lists(st.sampled_from(NAMES), min_size=3, max_size=6, unique=True),
    st.sampled_from(
        [
            "{0}牵头，{1}负责，{2}配合",
            "牵头单位：{0}；责任单位：{1}；配合单位：{2}",
            "（{0}牵头；{1}负责；{2}配合）",
        ]
    ),
)
def test_roles_come_back_however_they_are_said(names: list[str], form: str) -> None:
    others = names[2:]
    found = read_parties(
        form.format(names[0], names[1], "、".join(others)), RESPONSIBLE, bundled_names().is_known
    )
    assert (found.lead, found.responsible, found.support) == ((names[0],), (names[1],), tuple(others))


@settings(deadline=None)  # the first reads the bundled plan
@given(
    st.text(alphabet="市县区局委办部、，；和及与等（）〔〕牵头配合负责：:\n 各有关部门单位领导", max_size=40)
)
def test_any_text_is_read_without_failing(text: str) -> None:
    for role in (LEAD, RESPONSIBLE, SUPPORT):
        read_parties(text, role, lambda _name: False)


def test_who_leads_is_asked_only_where_somebody_beside_has_no_role() -> None:
    def ask(text: str) -> tuple[str, ...]:
        return read_parties(text, LEAD, lambda _name: False).doubts

    assert ask("市科技局（牵头）、市财政局（配合）") == ()
    assert len(ask("市科技局（牵头）、市财政局（配合）、市住建局")) == 1


@pytest.mark.parametrize(
    "name",
    [
        *("招商局", "县招商局", "市经商局", "开发区商贸局", "县工商联合会", "县残疾人联合会", "县政协办"),
        *("县府办（商务科）", "区城管局联合执法大队", "市供销合作联社", "工商联"),
    ],
)
def test_words_of_role_within_a_name_part_nothing(name: str) -> None:
    found = read_parties(f"{name}、市财政局", RESPONSIBLE, lambda _name: False)
    assert (found.lead, found.responsible, found.support) == ((), (name, "市财政局"), ())


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("市科技局牵头（配合单位：市财政局、市住建局）", ("市科技局",), ("市财政局", "市住建局")),
        ("市科技局牵头（市财政局配合）", ("市科技局",), ("市财政局",)),
        ("牵头单位：市科技局（配合单位：市财政局）", ("市科技局",), ("市财政局",)),
        ("市科技局、市住建局双牵头", ("市科技局", "市住建局"), ()),
        ("市发改委商市财政局", ("市发改委",), ("市财政局",)),
        ("市发改委会商市财政局", ("市发改委",), ("市财政局",)),
        ("市发改委总牵头，市科技局、市住建局分别牵头", ("市发改委", "市科技局", "市住建局"), ()),
        ("Finance (lead), Housing (support)", ("Finance",), ("Housing",)),
    ],
)
def test_who_helps_may_stand_in_brackets_behind_who_leads(
    text: str, lead: tuple[str, ...], support: tuple[str, ...]
) -> None:
    found = read_parties(text, RESPONSIBLE, lambda _name: False)
    assert (found.lead, found.responsible, found.support, found.doubts) == (lead, (), support, ())


def test_who_stands_behind_a_bracket_of_helpers_is_none_of_them() -> None:
    found = read_parties("市科技局（配合：市财政局）、市住建局", LEAD, lambda _name: False)
    assert (found.lead, found.support) == (("市科技局", "市住建局"), ("市财政局",))


@pytest.mark.parametrize(
    "text",
    ["责任单位：市科技局；责任人：李四", "责任单位：市科技局；联系电话：1", "责任单位：市科技局；序号：3"],
)
def test_persons_and_other_labels_are_no_organisations(text: str) -> None:
    found = read_parties(text, RESPONSIBLE, lambda _name: False)
    assert found.responsible == ("市科技局",)
    assert found.notes[0].startswith("left out as it names nobody: ")


def test_numbers_in_brackets_part_the_names_of_a_list() -> None:
    assert read_parties("（1）市科技局（2）市财政局", RESPONSIBLE, lambda _name: False).responsible == (
        "市科技局",
        "市财政局",
    )


def test_other_departments_stay_whole_behind_and() -> None:
    found = read_parties("市科技局及其他有关部门", RESPONSIBLE, lambda _name: False)
    assert found.responsible == ("市科技局", "其他有关部门")


def test_who_leads_is_asked_where_others_stand_apart_before_the_one_who_does() -> None:
    def ask(text: str) -> tuple[str, ...]:
        return read_parties(text, RESPONSIBLE, lambda _name: False).doubts

    assert ask("市财政局、市住建局，市科技局牵头") == (
        "“市科技局” is said to lead, the others are not: do they lead as well?",
    )
    assert ask("市财政局、市科技局牵头") == ask("市财政局，市科技局牵头") == ()


def test_a_whole_year_among_organisations_is_a_deadline() -> None:
    assert read_parties("市科技局牵头，市财政局配合，全年", RESPONSIBLE, lambda _name: False).due == "全年"
