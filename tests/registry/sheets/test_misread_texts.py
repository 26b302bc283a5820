"""A text that was read in the wrong encoding is a fault at its cell, and no name; a sound one never is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.registry.registry import Registry
from kfly.registry.sheets.csv_files import unguard
from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.gb18030 import decode
from kfly.registry.sheets.grid import MISREAD, UNASSIGNED, column_letter
from kfly.registry.sheets.misread import find_judge
from tests.support.harbour_city import take_file

HEADING = "楼宇名称,所属镇街,建筑面积,联系电话,备注"
ROW = "甲楼,华士镇,5000,,"
PLACES = ["江阴市华士镇人民路一号", "启迪之星科技园", "创新大厦", "楼宇名称", "高新区瑜伽馆"]


def flaw(text: str, *, gb18030: bool = False) -> str | None:
    judge = find_judge(text, gb18030=gb18030)
    found = judge(text) if judge else None
    return found.why if found else None


def refused(registry: Registry, path: Path) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(SheetRefusedError) as raised:
        take_file(registry, "building", path)
    return [
        (fault.row, None if fault.column is None else column_letter(fault.column), fault.message)
        for fault in raised.value.faults
    ]


@pytest.mark.parametrize("text", [*PLACES, "华士"])
def test_utf_8_that_was_read_as_gbk_is_told(text: str) -> None:
    assert flaw(text.encode().decode("gbk", "ignore")) == MISREAD
    assert flaw("锟斤拷") == MISREAD


@pytest.mark.parametrize("text", [*PLACES, "楼"])
@pytest.mark.parametrize("coding", ["latin-1", "utf-8"])
def test_what_was_read_as_latin_1_is_told(text: str, coding: str) -> None:
    assert flaw(text.encode().decode("latin-1")) == MISREAD
    if len(text) > 1:
        assert flaw(text.encode("gbk").decode("latin-1")) == MISREAD


@pytest.mark.parametrize("text", ["臺北大樓", "第一大廈，三樓"])
def test_big5_that_was_read_as_gb18030_is_told(text: str) -> None:
    assert flaw(text.encode("big5").decode("gb18030"), gb18030=True)


@pytest.mark.parametrize("text", ["甲楼┬┴", "▁▂▃", "ИТ大厦", "αβ大厦", "トヨタ大厦", "ㄅㄆ大厦", "café咖啡"])
def test_other_scripts_beside_chinese_are_told_in_gb18030_alone(text: str) -> None:
    assert flaw(text, gb18030=True) == MISREAD
    assert flaw(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "α稳定性",
        "5kΩ电阻厂",
        "鲜の每日",
        "阿·买提",
        "café",
        "Москва",
        "Ⅱ期①栋",
        "5×6米",
        "㎡",
        "—…“”",
        *PLACES,
    ],
)
def test_what_people_write_is_no_misread_text(text: str) -> None:
    assert flaw(text, gb18030=True) is None
    assert flaw(text) is None


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8))
def test_any_chinese_text_that_was_misread_is_told(text: str) -> None:
    assert flaw(text.encode().decode("latin-1")) == MISREAD


def test_it_is_a_fault_at_its_cell(registry: Registry, tmp_path: Path) -> None:
    wrong = "创新大厦".encode().decode("gbk", "ignore")
    (tmp_path / "s.csv").write_text(f"{HEADING}\n{wrong},华士镇,5000,,\n乙楼,华士镇,1,,æ¥¼\n", "utf-8")
    assert [place[:2] for place in refused(registry, tmp_path / "s.csv")] == [(2, "A"), (3, "E")]


def test_signs_of_gb18030_are_those_of_today(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_bytes(
        f"{HEADING}\n".encode("gb18030") + bytes.fromhex("FE59") + f"{ROW}\n".encode("gb18030")
    )
    assert take_file(registry, "building", tmp_path / "s.csv").added == 1
    assert list(registry.titles.of("building").values()) == ["\u9fb4甲楼"]
    assert decode(bytes.fromhex("A6D9A8BCFE51FEA0")) == "\ufe10\u1e3f\U00020087\u9fbb"


def test_other_signs_of_private_use_are_a_fault_in_gb18030_alone(registry: Registry, tmp_path: Path) -> None:
    assert flaw("\ue000楼") is None
    (tmp_path / "s.csv").write_bytes(f"{HEADING}\n\ue000{ROW}\n".encode("gb18030"))
    [(row, column, message)] = refused(registry, tmp_path / "s.csv")
    assert (row, column) == (2, "A")
    assert message.startswith("holds a sign that only some fonts know")
    assert flaw("\ue000楼", gb18030=True) == UNASSIGNED


def test_the_guard_of_codes_comes_off(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(
        f'{HEADING}\n甲楼,华士镇,="5000","=""0510-86100000""",="0012"\n乙楼,华士镇,1,,"=""说""""好"""""""\n',
        "utf-8",
    )
    assert take_file(registry, "building", tmp_path / "s.csv").added == 2
    first, second = (registry.show(registry.kind("building"), record) for record in (1, 2))
    assert (first["floor_area"], first["note"], second["note"]) == (5000, "0012", '说"好"')


@given(st.text(max_size=9))
def test_any_guarded_text_is_what_was_guarded(text: str) -> None:
    doubled = text.replace('"', '""')
    assert unguard(f'="{doubled}"') == text
    assert unguard(f'\'="{doubled}"') == f'="{doubled}"'


@pytest.mark.parametrize("end", ["", ",", ",,", ",x"])
def test_a_row_wider_than_its_heading_is_a_fault(registry: Registry, tmp_path: Path, end: str) -> None:
    (tmp_path / "s.csv").write_text(f"{HEADING}\n甲楼,华士镇,5,000,,{end}\n合计,,5,000,,,\n", "utf-8")
    [(row, _column, message)] = refused(registry, tmp_path / "s.csv")
    assert row == 2
    assert message.startswith("stands under no heading" if "x" in end else "has ")


def test_blanks_that_the_heading_has_too_are_no_surplus(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(
        f"楼宇台账,,,,,,,,\n{HEADING},,\n{ROW},,\n乙楼,华士镇,1\n合计,,,,,,,,,\n", "utf-8"
    )
    assert take_file(registry, "building", tmp_path / "s.csv").added == 2


def test_a_surplus_is_a_fault_where_unknown_columns_are_ignored_too(
    registry: Registry, tmp_path: Path
) -> None:
    (tmp_path / "s.csv").write_text(f"{HEADING},x\n甲楼,华士镇,5,000,,,好\n", "utf-8")
    with pytest.raises(SheetRefusedError):
        take_file(registry, "building", tmp_path / "s.csv", ignore_unknown=True)


@pytest.mark.parametrize("heading", ["序号", ""])
def test_a_total_in_the_column_of_numbers_is_passed_over(
    registry: Registry, tmp_path: Path, heading: str
) -> None:
    (tmp_path / "s.csv").write_text(
        f"{heading},楼宇名称,所属镇街,建筑面积\n,甲楼,华士镇,5\n合计,12栋,华士镇,5\n,乙楼,华士镇,5\n", "utf-8"
    )
    taken = take_file(registry, "building", tmp_path / "s.csv")
    assert (taken.added, taken.passed_over) == (2, [(None, 3)])


def test_very_many_unknown_headings_are_told_of_in_one_line(registry: Registry, tmp_path: Path) -> None:
    unknown = ",".join(f"未知{n}" for n in range(1000))
    (tmp_path / "s.csv").write_text(f"{HEADING},{unknown}\n{ROW}\n", "utf-8")
    [(_row, _column, message)] = refused(registry, tmp_path / "s.csv")
    assert message.startswith("1000 headings are no fields of Buildings, the first of them “未知0”, “未知1”")
    (tmp_path / "s.csv").write_text(f"{unknown}\n1\n", "utf-8")
    [(_row, _column, message)] = refused(registry, tmp_path / "s.csv")
    assert message.startswith("1000 headings are no fields")
