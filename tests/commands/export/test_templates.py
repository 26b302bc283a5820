"""A template is a sheet that a town officer can fill in without asking; what is filled in can be imported."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kfly.locale import LANGUAGES, speak
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.registry.kinds import read_standing_kinds
from kfly.registry.registry import Registry
from kfly.registry.sheets import template
from tests.support.desk import Desk
from tests.support.exchange_city import BOUNDED, CALLED, MANY_LISTS, OWN_KINDS
from tests.support.invented_records import Twins, choices_of, fill_with_one_of_each, taken_in
from tests.support.shelf import Shelf
from tests.support.workbooks import Workbook, write

pytestmark = pytest.mark.slow

# Figures are of a reported target, which neither plan has: tests/registry/test_reported_figures.py has them.
STANDING = [kind.name for kind in read_standing_kinds() if kind.name != "figure"]
HAN = re.compile("[\u4e00-\u9fff]")

BUILDING = [
    *("楼宇名称*", "所属镇街*", "地址", "权属单位", "权属性质", "不动产权证号", "建筑面积（m²）*"),
    *("闲置面积（m²）", "土地面积（m²）", "土地性质", "用地性质", "房屋状态", "经度", "纬度", "联系人"),
    *("联系电话", "实施主体", "建设目标", "资源配置", "专业定位", "运营机构", "摸排日期", "方案编制日期"),
    *("计划完成日期", "开工日期", "改造完成日期", "启用日期", "备注"),
]


class Sheet(NamedTuple):
    """The template of a kind, drawn in a language."""

    kind: Kind
    registry: Registry
    language: str
    book: Workbook

    @property
    def name(self) -> str:
        return self.kind.label.zh if self.language == "zh" else self.kind.label.en

    @property
    def fields(self) -> tuple[Field, ...]:
        return (*self.kind.fields, NOTE)

    @property
    def rows(self) -> list[list[Any]]:
        return self.book.values[self.name]

    @property
    def guide(self) -> list[str]:
        """The lines of the second sheet."""
        return ["\t".join(map(str, row)) for row in self.book.values[self.book.names()[1]]]

    @property
    def checked(self) -> Iterator[tuple[Field, Any]]:
        """Each field, and the input check of its column."""
        checks = self.book.checks(self.name)
        return ((field, checks.get(column)) for column, field in enumerate(self.fields))


def drawn(registry: Registry, kind: str, folder: Path, language: str = "zh") -> Sheet:
    return read(registry, kind, draw(registry, kind, folder, language), language)


def draw(registry: Registry, kind: str, folder: Path, language: str) -> Path:
    stream = BytesIO()
    speak(language)
    template.write(registry, registry.kinds[kind], stream)
    speak("en")
    path = folder / f"{kind}.xlsx"
    path.write_bytes(stream.getvalue())
    return path


def read(registry: Registry, kind: str, path: Path, language: str) -> Sheet:
    return Sheet(registry.kinds[kind], registry, language, Workbook(path))


@pytest.fixture(params=[*STANDING, *OWN_KINDS])
def kind(request: pytest.FixtureRequest) -> str:
    """Every standing kind, and a plan's own."""
    name: str = request.param
    return name


@pytest.fixture
def twins(kind: str, bundled: Twins, harbour: Twins) -> Twins:
    return bundled if kind in STANDING else harbour


@pytest.fixture
def empty(twins: Twins) -> Iterator[Registry]:
    with twins.anew() as (registry, _other):
        yield registry


@pytest.fixture
def filled(twins: Twins) -> Iterator[Registry]:
    """A registry with a record of every kind."""
    with twins.anew() as (registry, _other):
        fill_with_one_of_each(registry)
        yield registry


@pytest.fixture
def sheet(empty: Registry, kind: str, tmp_path: Path, shelf: Shelf) -> Sheet:
    """Its template, in Chinese."""
    shelf.lay(f"the template of {kind}", tmp_path, lambda: draw(empty, kind, tmp_path, "zh"))
    return read(empty, kind, tmp_path / f"{kind}.xlsx", "zh")


def test_the_headings_of_a_building_are_these(bundled: Twins, tmp_path: Path) -> None:
    with bundled.anew() as (registry, _other):
        assert drawn(registry, "building", tmp_path).rows[0] == BUILDING


@pytest.mark.parametrize(("language", "brackets"), [("zh", "（{}）"), ("en", " ({})")])
def test_headings_are_the_labels_with_their_units_and_required_ones_are_marked(
    empty: Registry, kind: str, language: str, brackets: str, tmp_path: Path
) -> None:
    sheet = drawn(empty, kind, tmp_path, language)

    assert sheet.rows[0] == [
        (field.label.zh if language == "zh" else field.label.en)
        + (brackets.format(field.unit) if field.unit else "")
        + ("*" if field.required else "")
        for field in sheet.fields
    ]


def test_required_headings_look_different_from_others(sheet: Sheet) -> None:
    looks = {
        required: {
            sheet.book.look(sheet.name, 0, column)
            for column, field in enumerate(sheet.fields)
            if field.required == required
        }
        for required in (True, False)
    }
    assert not looks[True] & looks[False]


def test_the_heading_stays_in_sight(sheet: Sheet) -> None:
    pane = sheet.book.pane(sheet.name)
    assert pane is not None
    assert (pane.state, pane.rows) == ("frozen", 1)


def test_a_comment_on_each_heading_explains_it(sheet: Sheet) -> None:
    comments = sheet.book.comments(sheet.name)

    assert sorted(comments) == [(0, column) for column in range(len(sheet.fields))]
    for column, field in enumerate(sheet.fields):
        comment = comments[0, column]
        assert (field.help.zh or field.label.zh).rstrip("。") in comment
        assert ("必填" in comment) == field.required
        assert field.type not in ("choice", "town") or all(
            choice in comment for choice in choices_of(field, sheet.registry.plan)
        )
        assert not field.unit or field.type == "integer" or field.unit in comment


def test_choices_and_towns_are_chosen_from_a_list_that_takes_nothing_else(sheet: Sheet) -> None:
    for field, check in sheet.checked:
        if field.type in ("choice", "town"):
            assert sheet.book.offered(check) == choices_of(field, sheet.registry.plan)
            assert check.style == "stop"


def test_days_numbers_and_years_are_checked_as_they_are_typed(sheet: Sheet) -> None:
    for field, check in sheet.checked:
        if field.type == "date":
            assert (check.type, check.first, check.second) == ("date", "DATE(1900,1,1)", "DATE(2199,12,31)")
        elif field.type == "year":
            assert (check.type, check.first, check.second) == ("whole", "1900", "2199")
        elif field.numeric:
            assert check.type == ("whole" if field.type == "integer" else "decimal")
            assert float(check.first) == (float(Fraction(field.minimum)) if field.minimum else -1e15)
            assert float(check.second) == (float(Fraction(field.maximum)) if field.maximum else 1e15)
        elif field.type == "text" and field.names is None:
            assert check is None


def test_what_a_policy_promises_is_chosen_from_the_deliverables_of_the_plan(sheet: Sheet) -> None:
    for field, check in sheet.checked:
        if field.names is not None and (known := sheet.registry.values.keys[field.names]):
            assert list(sheet.book.offered(check)) == [name.zh for name in known.values()]


def test_input_checks_reach_down_a_thousand_rows_and_say_what_is_wanted(sheet: Sheet) -> None:
    for _field, check in sheet.checked:
        if check is not None:
            assert check.top <= 3
            assert check.bottom >= 1000
            assert HAN.search(check.message)


def test_the_columns_have_the_formats_of_their_fields(sheet: Sheet) -> None:
    wanted = {"date": "yyyy-mm-dd", "year": "0", "number": "General", "integer": "General"}
    for row in (1, 2, 500):
        assert [sheet.book.number_format(sheet.name, row, column) for column in range(len(sheet.fields))] == [
            wanted.get(field.type, "@") for field in sheet.fields
        ]


def test_the_second_row_is_an_example_that_says_so(sheet: Sheet) -> None:
    heading, example = sheet.rows
    key = [field.name for field in sheet.fields].index(sheet.kind.key[0])

    assert example[key].startswith("示例：")
    assert "不会导入" in example[key]
    looks = {sheet.book.look(sheet.name, 1, column) for column in range(len(heading))}
    assert not looks & {sheet.book.look(sheet.name, 0, column) for column in range(len(heading))}


def test_the_example_shows_every_required_column(sheet: Sheet) -> None:
    shown = zip(sheet.fields, sheet.rows[1], strict=True)
    assert [field.name for field, cell in shown if field.required and cell == ""] == []


def test_the_second_sheet_instructs_in_chinese_and_names_every_field(sheet: Sheet) -> None:
    assert sheet.book.names("visible") == [sheet.name, "填写说明"]
    assert sheet.kind.label.zh in sheet.guide[0]
    for heading, field in zip(sheet.rows[0], sheet.fields, strict=True):
        (line,) = (line for line in sheet.guide if line.split("\t")[0] == heading.removesuffix("*"))
        assert field.help.zh in line
        assert ("\t是\t" in line) == field.required
    assert all(HAN.search(line) for line in sheet.guide if line.strip())


def test_in_english_all_is_english(empty: Registry, kind: str, tmp_path: Path) -> None:
    sheet = drawn(empty, kind, tmp_path, "en")

    assert sheet.book.names("visible") == [sheet.kind.label.en, "Instructions"]
    comments = sheet.book.comments(sheet.name)
    for column, field in enumerate(sheet.fields):
        assert (field.help.en or field.label.en).rstrip(".") in comments[0, column]
    for field in sheet.fields:
        assert any(field.help.en in line and field.label.en in line for line in sheet.guide)
    key = [field.name for field in sheet.fields].index(sheet.kind.key[0])
    assert sheet.rows[1][key].startswith("Example: ")
    own = {"江阴市科技赋能楼宇三年行动实施方案", "海港市楼宇方案"}  # the plan's own name, for want of another
    rules = [line for line in sheet.guide if re.match(r"\d\. ", line)]
    assert len(rules) >= 3
    assert not [line for line in rules if HAN.search(line) and not own & {line.strip()}]


@pytest.fixture
def desk(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    """The command line beside a database that has the kind."""
    found: Desk = request.getfixturevalue("kfly" if kind in STANDING else "city")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_imported_from_a_template_that_nobody_has_filled_in(
    desk: Desk, kind: str, language: str
) -> None:
    nothing = {"added": 0, "updated": 0, "unchanged": 0, "errors": [], "error_count": 0}
    desk.ok("--lang", language, "template", kind, "-o", "表.xlsx")

    for words, told, as_json in ((), "zh", "en"), ((kind,), "en", "zh"):
        assert "0" in desk.ok("--lang", told, "import", *words, "表.xlsx")
        assert desk.json("--lang", as_json, "import", *words, "表.xlsx") == nothing
    assert desk.json("list", kind) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_below_the_example_is_imported(
    filled: Registry, kind: str, language: str, tmp_path: Path
) -> None:
    sheet = drawn(filled, kind, tmp_path, language)
    # One of its own kind would get a namesake by these rows.
    rows = [
        ["" if field.to == kind else a_cell(filled, field, number) for field in sheet.fields]
        for number in (1, 2)
    ]
    path = write(tmp_path / "填好.xlsx", {**sheet.book.seen, sheet.name: [*sheet.rows, *rows]})

    outcome = taken_in(filled, None, path)

    assert (outcome.added, outcome.updated, outcome.unchanged) == (2, [], 0)
    added = [filled.show(sheet.kind, record) for record in sorted(filled.titles.of(kind))[1:]]
    assert [[record[field.name] for field in sheet.fields] for record in added] == [
        [plainly(cell) for cell in row] for row in rows
    ]


def a_cell(registry: Registry, field: Field, number: int) -> Any:
    """What an officer fills in, as the workbook keeps it."""
    if field.names:
        return registry.plan.deliverables[number].key
    if field.type in ("choice", "town"):
        return choices_of(field, registry.plan)[-1]
    if field.to:
        return next(iter(registry.titles.of(field.to).values()))
    cells = {
        "text": f"00{number}",
        "date": date(2022, 4, number),
        "year": 2022 + number,
        "integer": 10 * number,
        "number": 1.5 * number,
    }
    return cells[field.type]


def plainly(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else None if cell == "" else cell


def test_an_example_that_was_typed_over_is_a_record(filled: Registry, kind: str, tmp_path: Path) -> None:
    """Its name is typed, and what it leaves empty but is required; the rest is taken as it stands."""
    sheet = drawn(filled, kind, tmp_path)
    example = [
        a_cell(filled, field, 1)
        if field.name == sheet.kind.key[0] or (field.required and cell == "")
        else cell
        for field, cell in zip(sheet.fields, sheet.rows[1], strict=True)
    ]
    path = write(tmp_path / "填好.xlsx", {**sheet.book.seen, sheet.name: [sheet.rows[0], example]})

    assert taken_in(filled, None, path).added == 1
    shown = filled.show(sheet.kind, max(filled.titles.of(kind)))
    keys = {deliverable.name.zh: deliverable.key for deliverable in filled.plan.deliverables}
    expected = [
        keys[str(cell)] if field.names else plainly(cell)
        for field, cell in zip(sheet.fields, example, strict=True)
    ]
    assert [shown[field.name] for field in sheet.fields] == expected


def test_recorded_names_are_offered_where_one_is_referred_to_and_others_are_taken_too(
    filled: Registry, kind: str, tmp_path: Path
) -> None:
    sheet = drawn(filled, kind, tmp_path)

    for field, check in sheet.checked:
        if field.to:
            assert sheet.book.offered(check) == sorted(filled.titles.of(field.to).values())
            assert check.style != "stop"


AWKWARD_NAMES = [
    *(
        '甲"乙"楼',
        '"',
        '""',
        "甲,乙",
        "甲，乙",
        "=1+1",
        "'甲'",
        "甲 乙",
        "甲;乙",
        "<甲>&",
        "<r>甲</r>",
        "#1",
        "1",
    ),
    *("甲\n乙", "_x000D_"),
]


@pytest.mark.parametrize("name", AWKWARD_NAMES)
def test_a_recorded_name_is_offered_as_it_is(name: str, bundled: Twins, tmp_path: Path) -> None:
    with bundled.anew() as (registry, _other):
        add_building(registry, name)
        sheet = drawn(registry, "enclave", tmp_path)

        checks = {field.name: check for field, check in sheet.checked}
        assert sheet.book.offered(checks["building"]) == [name]


def test_many_recorded_names_are_offered_from_a_hidden_sheet(bundled: Twins, tmp_path: Path) -> None:
    with bundled.anew() as (registry, _other):
        names = [add_building(registry, f"创新大厦{number:03}号楼") for number in range(300)]
        sheet = drawn(registry, "enclave", tmp_path)

        checks = {field.name: check for field, check in sheet.checked}
        assert sheet.book.offered(checks["building"]) == names
        assert sheet.book.names("visible") == ["科创飞地", "填写说明"]
        assert taken_in(registry, None, sheet.book.path).added == 0


def test_the_hidden_sheet_is_no_sheet_of_records_even_when_it_is_shown(
    bundled: Twins, tmp_path: Path
) -> None:
    with bundled.anew() as (registry, _other):
        for number in range(300):
            add_building(registry, f"创新大厦{number:03}号楼")
        sheet = drawn(registry, "enclave", tmp_path)
        assert len(sheet.book.names("hidden")) == 1
        path = write(tmp_path / "都可见.xlsx", sheet.book.values)

        assert taken_in(registry, None, path).added == 0


def add_building(registry: Registry, name: str) -> str:
    registry.add(registry.kind("building"), {"name": name, "town": "高新区", "floor_area": "1"})
    return name


def test_every_list_is_offered_however_many_there_are(city_with: Callable[[str], Desk]) -> None:
    kfly = city_with(MANY_LISTS)
    kfly.ok("--lang", "zh", "template", "form", "-o", "表.xlsx")

    book = Workbook(kfly.folder / "表.xlsx")
    offered = [book.offered(check) for check in book.checks("表格").values() if check.type == "list"]
    assert offered == [[f"第{n}栏的第{m}个选项" for m in range(40)] for n in range(28)]


@pytest.mark.parametrize(
    "answer",
    [
        "integer, minimum: 500",
        "integer, minimum: 0, maximum: 5",
        "integer, maximum: 10",
        "integer, maximum: -5",
        "number, decimals: 0, minimum: 0, maximum: 1",
        "number, decimals: 1, minimum: 0, maximum: 0.5",
        "number, decimals: 2, minimum: 1000",
        "number, unit: m², minimum: 1, maximum: 2",
        "number, unit: m², minimum: 10000",
        "number, unit: 万元, maximum: 10",
    ],
)
def test_the_numbers_of_an_example_are_such_as_the_field_takes(
    answer: str, city_with: Callable[[str], Desk]
) -> None:
    kfly = city_with(BOUNDED.replace("FIELD", answer))
    kfly.ok("--lang", "zh", "template", "survey", "-o", "表.xlsx")
    heading, example = Workbook(kfly.folder / "表.xlsx").values["问卷"]
    write(kfly.folder / "填好.xlsx", {"问卷": [heading, ["甲卷", *example[1:]]]})

    assert kfly.json("import", "填好.xlsx")["added"] == 1
    (survey,) = kfly.json("list", "survey")
    assert survey["answer"] == example[2]


@pytest.mark.parametrize("called", [("问题清单", "Problems"), ("填写说明", "Instructions")], ids=repr)
def test_a_kind_that_is_called_as_a_sheet_of_kflys_own_has_a_template_too(
    called: tuple[str, str], city_with: Callable[[str], Desk]
) -> None:
    zh, en = called
    kfly = city_with(CALLED.replace("ZH", zh).replace("EN", en))
    kfly.ok("--lang", "zh", "template", "issue", "-o", "表.xlsx")
    book = Workbook(kfly.folder / "表.xlsx")
    first, second = book.names()
    rows = [*book.values[first], ["漏水", date(2025, 3, 1)]]
    write(kfly.folder / "填好.xlsx", {first: rows, second: book.values[second]})

    assert kfly.json("import", "填好.xlsx")["added"] == 1


def test_a_label_too_long_for_a_messages_title_is_no_obstacle(city_with: Callable[[str], Desk]) -> None:
    long = "本年度内经主管部门核定并已在系统中登记备案的全部楼宇的总建筑面积之和"
    kind = BOUNDED.replace("label: {zh: 答案", f"help: {{zh: {'说明' * 200}, en: Help}}, label: {{zh: {long}")
    kfly = city_with(kind.replace("FIELD", "integer"))

    kfly.ok("--lang", "zh", "template", "survey", "-o", "表.xlsx")

    book = Workbook(kfly.folder / "表.xlsx")
    assert book.values["问卷"][0][2] == f"{long}*"
    assert all(len(check.message) <= 255 for check in book.checks("问卷").values())
    assert "说明" * 200 in book.comments("问卷")[0, 2]


def test_a_template_is_asked_for_by_label_too_and_it_is_said_where_it_is(kfly: Desk) -> None:
    assert kfly.ok("--lang", "zh", "template", "楼宇", "-o", "表.xlsx") == "已写出 表.xlsx。\n"
    assert Workbook(kfly.folder / "表.xlsx").names() == ["楼宇", "填写说明"]


def test_the_headings_are_chinese_unless_english_is_asked_for(kfly: Desk) -> None:
    kfly.ok("template", "talent", "-o", "zh.xlsx")
    kfly.ok("--lang", "en", "template", "talent", "-o", "en.xlsx")

    assert Workbook(kfly.folder / "zh.xlsx").values["高层次人才"][0][0] == "姓名*"
    assert Workbook(kfly.folder / "en.xlsx").values["Talents"][0][0] == "Name*"


@pytest.mark.parametrize("output", ["表.xls", "表.csv", "表", "-", ".xlsx", ""])
def test_a_template_is_an_xlsx_file_or_nothing(kfly: Desk, output: str) -> None:
    assert "--output" in kfly.refused("template", "talent", "-o", output, code=2)


def test_a_template_wants_a_kind_that_there_is_and_a_place_to_go(kfly: Desk) -> None:
    assert "talnet" in kfly.refused("template", "talnet", "-o", "表.xlsx")
    assert "--output" in kfly.refused("template", "talent", code=2)
    assert "KIND" in kfly.refused("template", "-o", "表.xlsx", code=2)


def test_a_template_that_cannot_be_written_is_refused_in_one_line(kfly: Desk) -> None:
    (kfly.folder / "夹.xlsx").mkdir()

    assert "夹.xlsx" in kfly.refused("template", "talent", "-o", "夹.xlsx")
    assert "无/表.xlsx" in kfly.refused("template", "talent", "-o", "无/表.xlsx")
    assert "kfly.db/表.xlsx" in kfly.refused("template", "talent", "-o", "kfly.db/表.xlsx")


def test_a_template_replaces_no_file_unasked(kfly: Desk) -> None:
    (kfly.folder / "表.xlsx").write_bytes("各镇已填".encode())
    line = kfly.refused("--lang", "zh", "template", "talent", "-o", "表.xlsx")
    assert line == "表.xlsx 已存在，未作任何改动；确需覆盖请加 --force。"


def test_an_older_template_is_replaced_when_asked(kfly: Desk) -> None:
    (kfly.folder / "表.xlsx").write_bytes(b"old")
    kfly.ok("template", "talent", "-o", "表.xlsx", "--force")

    assert Workbook(kfly.folder / "表.xlsx").names() == ["高层次人才", "填写说明"]
    assert sorted(path.name for path in kfly.folder.iterdir() if "kfly.db" not in path.name) == ["表.xlsx"]
