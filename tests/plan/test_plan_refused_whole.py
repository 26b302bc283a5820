"""A plan with a fault is refused whole: files that cannot be read, and all faults of all files at once."""

import re

import pytest

from kfly.errors import REFUSED, KflyError
from kfly.plan.files.loading import load_plan
from tests.support.other_city import OtherCity

T, T25, T26 = "targets.yaml", "tasks_2025.yaml", "tasks_2026.yaml"

UNREADABLE = {
    "a bracket left open": (
        (T25, "lead: [市发展局]\n", "lead: [市发展局\n    ▶"),
        "is not YAML: expected ',' or ']', but got",
    ),
    "a bracket never closed": (
        (T25, "      - {target: tenant_tax}\n", "      - ▶{target: tenant_tax\n"),
        "is not YAML: expected ',' or '}', but got '<stream end>'",
    ),
    "a quote left open": (
        (T25, "title: 引进企业30家", 'title: "引进企业30家'),
        "is not YAML: found unexpected end of",
    ),
    "a colon inside a plain text": (
        (T25, "title: 引进企业30家", "title: ▶引进: 企业30家"),
        "is not YAML: mapping values are not allowed here",
    ),
    "a tab for an indent": (
        (T25, "    lead: [市发展局]", "▶\tlead: [市发展局]"),
        "is not YAML: found character '\\t' that cannot start any token",
    ),
    "a line out of line": (
        (T25, "    lead: [市发展局]", "   ▶lead: [市发展局]"),
        "is not YAML: ",
    ),
    "an alias": (
        (T25, "lead: [市发展局]", "lead: *leads"),
        "is not YAML: an alias (*) is not allowed here; write the value out",
    ),
    "an alias of an anchor": (
        (T25, "tasks:\n", "x: &a [1]\n▶y: *a\ntasks:\n"),
        "is not YAML: an alias (*) is not allowed here",
    ),
    "a second document": ((T25, "tasks:\n", "---\ntasks:\n"), "is not YAML: but found another document"),
    "a character that is none": (
        (T25, "引进企业30家", "引进▶\x00企业"),
        "holds a character that cannot be shown",
    ),
    "a bare escape code": (
        (T25, "引进企业30家", "引进\x1b[31m企业"),
        "holds a character that cannot be shown",
    ),
}


@pytest.mark.parametrize(("edit", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_where_reading_stopped(
    city: OtherCity, edit: tuple[str, str, str], words: str
) -> None:
    where, faults = city.faults_of_edit(*edit)
    assert len(faults) == 1
    assert faults[0].startswith(where + words)


def test_a_character_that_only_an_escape_can_write_is_a_fault_of_its_place(city: OtherCity) -> None:
    line = city.edit(T25, "title: 引进企业30家", 'title: "引进\\e[31m企业"')
    assert city.faults() == [f"{T25}:{line}: tasks[1].title: holds a character that cannot be shown"]


@pytest.mark.parametrize("escaped", ["\\e[31m", "\\0", "\\ud800", "\\n"])
def test_a_key_in_disguise_does_nothing_to_the_terminal(city: OtherCity, escaped: str) -> None:
    city.edit(T25, "year: 2025\n", f'year: 2025\n"a{escaped}b": 3\n')
    faults = city.faults()
    assert faults
    assert all(fault.startswith(f"{T25}:2: a") and fault.isprintable() for fault in faults)


def test_a_file_that_is_not_utf_8_is_refused_by_name(city: OtherCity) -> None:
    city.write(T26, city.text(T26).encode("gb18030"))
    assert city.faults() == [f"{T26}:1: is not UTF-8; save it as UTF-8"]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(city: OtherCity) -> None:
    plan = city.load()
    for name in (T, T25, T26):
        city.write(name, b"\xef\xbb\xbf" + city.text(name).replace("\n", "\r\n").encode())
    assert city.load() == plan


def test_a_file_with_windows_line_ends_has_the_lines_that_an_editor_shows(city: OtherCity) -> None:
    line = city.edit(T25, "due: 2025年6月", "due: 某月")
    city.write(T25, city.text(T25).replace("\n", "\r\n"))
    assert city.faults()[0].startswith(f"{T25}:{line}: tasks[0].due: ")


def test_a_missing_table_is_the_only_fault(city: OtherCity) -> None:
    with pytest.raises(KflyError) as refusal:
        load_plan(city.folder / T, [city.folder / T25, city.folder / "tasks_2031.yaml"], city.kinds)
    assert refusal.value.lines == ("tasks_2031.yaml:1: cannot be read: there is no such file",)
    assert refusal.value.exit_code == REFUSED


def test_a_missing_plan_and_a_folder_in_place_of_a_table_are_both_named(city: OtherCity) -> None:
    (city.folder / T).unlink()
    (city.folder / "tasks_2027.yaml").mkdir()
    assert city.faults() == [
        f"{T}:1: cannot be read: there is no such file",
        "tasks_2027.yaml:1: cannot be read: it is a folder",
    ]


def test_a_file_that_leads_nowhere_is_refused(city: OtherCity) -> None:
    (city.folder / T26).unlink()
    (city.folder / T26).symlink_to(T26)
    assert city.faults() == [f"{T26}:1: cannot be read: it leads back to itself"]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n", "---\n", "null\n"])
def test_an_empty_file_lacks_what_every_file_must_have(city: OtherCity, text: str) -> None:
    city.write(T, text)
    city.write(T25, text)
    places = [re.sub(r":\d+:", ":", fault) for fault in city.faults()]
    assert places == [
        f"{T}: plan: is missing",
        f"{T}: organisations: is missing",
        f"{T25}: year: is missing",
        f"{T25}: tasks: is missing",
    ]


@pytest.mark.parametrize("text", ["- year: 2025\n", "year\n", "2025\n", "[]\n", '""\n'])
def test_a_file_that_holds_no_keys_is_refused(city: OtherCity, text: str) -> None:
    city.write(T, text)
    city.write(T25, text)
    assert city.faults() == [f"{name}:1: keys and values are expected" for name in (T, T25)]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "x: " + "[" * 800 + "]" * 800])
def test_deep_nesting_is_refused(city: OtherCity, text: str) -> None:
    city.write(T25, text)
    assert city.faults() == [f"{T25}:1: is nested too deeply"]


def test_all_faults_of_all_files_come_at_once_by_file_and_line(city: OtherCity) -> None:
    lines = [
        city.edit(T26, "lead: [发展局, 老西门]", "lead: [发展委]"),
        city.edit(T25, "{target: tenant_tax}", "{target: tax}"),
        city.edit(T25, "measure: 1", "measure: 9"),
        city.edit(T, "except: [老西门]", "except: [西门]"),
        city.edit(T, "sum: tenant.tax", "sum: tenant.name"),
        city.edit(T, "{grade: [甲, 乙], building: 一号楼}", "{grade: 丙, level: 2}"),
        city.edit(T, "lead: [市发展局], responsible: [城投集团, 各镇区]", "lead: [Nobody]"),
    ]
    found = [fault.split(": ")[:2] for fault in city.faults()]
    assert found == [
        [f"{T}:{lines[6]}", "measures[0].lead[0]"],
        [f"{T}:{lines[5]}", "targets[0].where.grade"],
        [f"{T}:{lines[5]}", "targets[0].where.level"],
        [f"{T}:{lines[4]}", "targets[1].sum"],
        [f"{T}:{lines[3]}", "targets[3].except[0]"],
        [f"{T25}:{lines[2]}", "tasks[0].measure"],
        [f"{T25}:{lines[1]}", "tasks[1].needs[1].target"],
        [f"{T26}:{lines[0]}", "tasks[0].lead[0]"],
    ]


def test_all_faults_of_shape_come_at_once_with_those_of_kinds(city: OtherCity) -> None:
    lines = [
        city.edit(T26, "title: 验收楼宇3栋", "titel: 验收楼宇3栋"),
        city.edit(T25, "due: 2025年6月", "due: 某月"),
        city.edit(T, "{choices: [停用]}", "{choices: [停用], type: text}"),
        city.edit(T, "count: event", "count: event\n    count: tenant"),
        city.edit(T, "at_least: 120", "at_leest: 120"),
    ]
    found = [fault.split(": ")[:2] for fault in city.faults()]
    assert found == [
        [f"{T}:{lines[4]}", "targets[0].at_leest"],
        [f"{T}:{lines[3] + 1}", "targets[4].count"],
        [f"{T}:{lines[2] + 1}", "records.building.fields.condition.type"],
        [f"{T25}:{lines[1]}", "tasks[0].due"],
        [f"{T26}:3", "tasks[0].title"],
        [f"{T26}:{lines[0]}", "tasks[0].titel"],
    ]


def test_a_fault_of_shape_hides_no_other_fault(city: OtherCity) -> None:
    lines = [
        city.edit(T26, "lead: [发展局, 老西门]", "lead: [发展委]"),
        city.edit(T25, "due: 2025年6月", "due: 某月"),
        city.edit(T25, "{target: tenant_tax}", "{target: tax}"),
        city.edit(T, "label: {zh: 等级, en: Grade}", "lable: {zh: 等级, en: Grade}"),
        city.edit(T, "count: event", "count: events"),
        city.edit(T, "due: 2026年底", "due: 年底"),
        city.edit(T, "at_least: 120", "at_leest: 120"),
        city.edit(T, "lead: [市商贸局]", "lead: [市商会]"),
        city.edit(T, "{name: 东镇, kind: town}", "{name: 东镇, kind: village}"),
        city.edit(T, "starts: 2025-01-01", "starts: 2025-02-30"),
    ]
    found = [fault.split(": ")[:2] for fault in city.faults()]
    assert found == [
        [f"{T}:{lines[9]}", "plan.starts"],
        [f"{T}:{lines[8]}", "organisations[3].kind"],
        [f"{T}:{lines[7]}", "measures[1].lead[0]"],
        [f"{T}:{lines[6]}", "targets[0].at_leest"],
        [f"{T}:{lines[5]}", "targets[1].due"],
        [f"{T}:{lines[4]}", "targets[4].count"],
        [f"{T}:{lines[3]}", "records.tenant.fields.grade.label"],
        [f"{T}:{lines[3]}", "records.tenant.fields.grade.lable"],
        [f"{T25}:{lines[1]}", "tasks[0].due"],
        [f"{T25}:{lines[2]}", "tasks[1].needs[1].target"],
        [f"{T26}:{lines[0]}", "tasks[0].lead[0]"],
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{name: 城投集团, kind: company}", "{name: 城投集团, kind: firm}"),
        (
            "{name: 西街道, en: West Street, kind: town,",
            "{name: 西街道, en: West Street, kind: town, code: 7,",
        ),
        ("{name: 西街道, en: West Street, kind: town,", "{name: 西街道, en: [West Street], kind: town,"),
        ("section: {zh: 入驻, en: Moving in}", "section: 7"),
        ("count: tenant\n", "count: [tenant]\n"),
        ("at_least: 2000", "at_least: 两千"),
        ("    more_than: 5000", "    more_than: 五千"),
        ("per: town", "per: village"),
        ("number: 2", "number: 二"),
        ("name: {type: text, required: true,", "name: {type: words, required: true,"),
        ("fire_passed_on: {type: date,", "fire_passed_on: {type: day,"),
        ("tax: {type: number,", "tax: {type: text,"),
        ("starts: 2025-01-01", "starts: 2025年初"),
    ],
)
def test_what_is_faulty_itself_is_not_held_against_those_who_name_it(
    city: OtherCity, old: str, new: str
) -> None:
    assert len(city.faults_of_edit(T, old, new)[1]) == 1


def test_a_task_without_a_sound_deadline_or_title_is_checked_all_the_same(city: OtherCity) -> None:
    city.edit(T26, "due: ", "due: someday or ")
    city.edit(T26, "lead: [发展局, 老西门]", "lead: [市发展署]")
    places = [fault.split(": ")[1] for fault in city.faults()]
    assert places == ["tasks[0].lead[0]", "tasks[0].due"]


def test_a_fault_anywhere_gives_no_plan_at_all(city: OtherCity) -> None:
    city.edit(T26, "unit: 栋", "unit: 栋, extra: 1")
    with pytest.raises(KflyError) as refusal:
        city.load()
    assert len(refusal.value.lines) == 1
    assert refusal.value.exit_code == REFUSED
    assert str(refusal.value) == refusal.value.lines[0]


def test_a_plan_is_mended_by_mending_what_was_named(city: OtherCity) -> None:
    whole = city.load()
    city.edit(T, "at_least: 120", "at_leest: 120")
    assert len(city.faults()) == 1
    city.edit(T, "at_leest: 120", "at_least: 120")
    assert city.load() == whole


def test_loading_reads_the_files_and_leaves_them_alone(city: OtherCity) -> None:
    before = {path.name: path.read_bytes() for path in city.folder.iterdir()}
    city.load()
    assert {path.name: path.read_bytes() for path in city.folder.iterdir()} == before


def test_a_plan_may_have_no_table_yet(city: OtherCity) -> None:
    for name in (T25, T26):
        (city.folder / name).unlink()
    city.edit(T, ", task: 1}", "}")
    city.edit(T, ", task: 2026/1}", "}")
    assert city.load().plan.tasks == ()
