"""A CSV file is read as a spreadsheet wrote it, its rows numbered as the spreadsheet numbers them."""

from pathlib import Path

import pytest

from kfly.registry.sheets import csv_files, sources
from kfly.registry.sheets.faults import CellFault, SheetRefusedError
from kfly.registry.sheets.grid import SheetRow, column_letter


def rows(folder: Path, content: str | bytes, name: str = "楼宇.csv") -> list[SheetRow]:
    """The rows of a file, by the way that every file takes."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [grid] = sources.read(path, path.name, None)
    assert (grid.file, grid.sheet, grid.merges, grid.kind) == (name, None, (), None)
    return list(grid.rows)


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(SheetRefusedError) as refused:
        rows(folder, content)
    [line] = refused.value.lines
    [fault] = refused.value.faults
    assert fault == CellFault("楼宇.csv", None, None, None, None, None, fault.message)
    assert line == f"楼宇.csv: {fault.message}"
    return fault.message


def test_a_grid_is_its_numbered_rows_the_heading_among_them(tmp_path: Path) -> None:
    (tmp_path / "楼宇.csv").write_text("name,town\n创新大厦,高新区\n科技大厦,华士镇\n", "utf-8")
    grid = csv_files.read(tmp_path / "楼宇.csv", "甲/楼宇.csv")
    assert (grid.file, grid.sheet, grid.merges, grid.kind) == ("甲/楼宇.csv", None, (), None)
    assert list(grid.rows) == [
        SheetRow(1, ["name", "town"]),
        SheetRow(2, ["创新大厦", "高新区"]),
        SheetRow(3, ["科技大厦", "华士镇"]),
    ]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_byte_order_mark_encoding_and_line_ends_make_no_difference(
    tmp_path: Path, coding: str, end: str, last: bool
) -> None:
    content = end.join(["name,town", "甲,𠮷㎡"]) + (end if last else "")
    assert rows(tmp_path, content.encode(coding)) == [
        SheetRow(1, ["name", "town"]),
        SheetRow(2, ["甲", "𠮷㎡"]),
    ]


def test_utf_16_is_read_in_either_order_of_bytes(tmp_path: Path) -> None:
    for mark, coding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert rows(tmp_path, mark + "名称,镇街\n".encode(coding)) == [SheetRow(1, ["名称", "镇街"])]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separators_are_told_apart(tmp_path: Path, separator: str) -> None:
    others = "".join(sign for sign in ",\t;" if sign != separator)
    content = [["name", "town", "note"], ["甲", "高新区", others], ["乙", "华士镇", f"a{others}b{others}"]]
    text = "".join(separator.join(row) + "\n" for row in content)
    assert rows(tmp_path, text) == [SheetRow(n, [*row]) for n, row in enumerate(content, start=1)]


def test_a_quoted_separator_is_none(tmp_path: Path) -> None:
    assert rows(tmp_path, 'name;note\n"甲;,";"a,b,c"\n') == [
        SheetRow(1, ["name", "note"]),
        SheetRow(2, ["甲;,", "a,b,c"]),
    ]


def test_the_separator_is_told_below_lines_of_title_too(tmp_path: Path) -> None:
    assert rows(tmp_path, "楼宇台账，2022年\n\nname\ttown\n甲\t高新区\n") == [
        SheetRow(1, ["楼宇台账，2022年"]),
        SheetRow(3, ["name", "town"]),
        SheetRow(4, ["甲", "高新区"]),
    ]


def test_a_file_called_tsv_has_tabs_alone(tmp_path: Path) -> None:
    assert rows(tmp_path, "name,town\n甲,乙\n", "楼宇.tsv") == [
        SheetRow(1, ["name,town"]),
        SheetRow(2, ["甲,乙"]),
    ]
    assert rows(tmp_path, "name\ttown,a\n", "楼宇.TSV") == [SheetRow(1, ["name", "town,a"])]


def test_quotes_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    content = 'name,note\n"甲,乙","说 ""好"" 的"\n"两\n行","三\r\n\r\n行"\n丙,\n'
    assert rows(tmp_path, content) == [
        SheetRow(1, ["name", "note"]),
        SheetRow(2, ["甲,乙", '说 "好" 的']),
        SheetRow(3, ["两\n行", "三\r\n\r\n行"]),
        SheetRow(4, ["丙", ""]),
    ]


def test_empty_rows_are_left_out_but_counted(tmp_path: Path) -> None:
    content = "\n,,\nname,town\n\n甲,乙\n , \u3000\n,,,\n丙,丁\n\n"
    assert rows(tmp_path, content) == [
        SheetRow(3, ["name", "town"]),
        SheetRow(5, ["甲", "乙"]),
        SheetRow(8, ["丙", "丁"]),
    ]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        *(("'=1+1", "=1+1"), ("'+1", "+1"), ("'-1", "-1"), ("'@SUM(A1)", "@SUM(A1)"), ("''=1", "'=1")),
        *(("=1+1", "=1+1"), ("-1", "-1"), ("'甲", "'甲"), ("'", "'"), ("''", "''"), ("甲'=1", "甲'=1")),
    ],
)
def test_the_mark_before_what_begins_like_a_formula_is_taken_off(
    tmp_path: Path, cell: str, read: str
) -> None:
    assert rows(tmp_path, f"name,note\n{cell},{cell}\n")[1] == SheetRow(2, [read, read])


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", " , ,\n\n", "\r\n\r\n"])
def test_an_empty_file_has_no_rows(tmp_path: Path, content: str) -> None:
    assert rows(tmp_path, content) == []


@pytest.mark.parametrize(
    "content",
    [b"name,town\n\x80,\xff\n", b"\xff", b"caf\xe9", b"\xff\xfe\x00", b"\xfe\xffname,"],
)
def test_a_file_in_no_known_encoding_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content) == "is neither UTF-8 nor GB18030; save it as “CSV UTF-8”"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('name\n"甲', "unexpected end of data"),
        ('name\n"甲"乙\n', "',' expected after '\"'"),
    ],
)
def test_what_is_no_csv_is_refused(tmp_path: Path, content: str, why: str) -> None:
    assert refusal(tmp_path, content) == f"is not CSV in row 2: {why}"


def test_a_cell_may_be_as_long_as_an_export_writes_it(tmp_path: Path) -> None:
    (tmp_path / "长.csv").write_text("name\n" + "楼" * 200_000, encoding="utf-8")
    rows = list(csv_files.read(tmp_path / "长.csv", "长.csv").rows)
    assert rows[1].cells == ["楼" * 200_000]


def refusal_of_path(path: Path) -> str:
    with pytest.raises(SheetRefusedError) as refused:
        sources.read(path, path.name, None)
    return str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal_of_path(tmp_path / "没有.csv") == "没有.csv: cannot be read: there is no such file"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "楼宇.csv").mkdir()
    assert refusal_of_path(tmp_path / "楼宇.csv") == "楼宇.csv: cannot be read: it is a folder"


@pytest.mark.parametrize("name", ["楼宇", "楼宇.txt", "楼宇.doc", "楼宇.csv.bak"])
def test_a_file_of_another_format_is_refused_unread(tmp_path: Path, name: str) -> None:
    listed = ".xlsx, .xls, .ods, .fods, .csv, .tsv, .json, .jsonl"
    assert refusal_of_path(tmp_path / name) == f"{name}: is none of {listed}"


@pytest.mark.parametrize(
    ("column", "expected"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_are_lettered_as_spreadsheets_do(column: int, expected: str) -> None:
    assert column_letter(column) == expected
