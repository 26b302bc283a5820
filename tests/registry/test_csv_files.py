"""A CSV file is read as a spreadsheet wrote it, its rows numbered as the spreadsheet numbers them."""

from pathlib import Path

import pytest

from kfly.errors import KflyError
from kfly.registry.sheets import Sheet, letter, read_csv


def sheet(folder: Path, content: str | bytes) -> Sheet:
    path = folder / "楼宇.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_csv(path)


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(KflyError) as refused:
        sheet(folder, content)
    return str(refused.value)


def test_a_sheet_is_its_heading_and_the_numbered_rows_below(tmp_path: Path) -> None:
    assert sheet(tmp_path, "name,town\n创新大厦,高新区\n科技大厦,华士镇\n") == Sheet(
        "楼宇.csv", ["name", "town"], 1, [(2, ["创新大厦", "高新区"]), (3, ["科技大厦", "华士镇"])]
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("last", [True, False])
def test_byte_order_mark_and_line_ends_make_no_difference(
    tmp_path: Path, mark: bytes, end: bytes, last: bool
) -> None:
    content = mark + end.join([b"name,town", "甲,乙".encode()]) + (end if last else b"")
    assert sheet(tmp_path, content) == Sheet("楼宇.csv", ["name", "town"], 1, [(2, ["甲", "乙"])])


def test_quotes_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    content = 'name,note\n"甲,乙","说 ""好"" 的"\n"两\n行","三\r\n\r\n行"\n丙,\n'
    assert sheet(tmp_path, content).rows == [
        (2, ["甲,乙", '说 "好" 的']),
        (3, ["两\n行", "三\r\n\r\n行"]),
        (4, ["丙", ""]),
    ]


def test_empty_rows_are_passed_over_but_counted(tmp_path: Path) -> None:
    content = "\n,,\nname,town\n\n甲,乙\n , \u3000\n,,,\n丙,丁\n\n"
    read = sheet(tmp_path, content)
    assert (read.heading_row, read.heading) == (3, ["name", "town"])
    assert read.rows == [(5, ["甲", "乙"]), (8, ["丙", "丁"])]


def test_empty_columns_on_the_right_are_no_heading(tmp_path: Path) -> None:
    assert sheet(tmp_path, "name,town,, \n甲,乙,,\n").heading == ["name", "town"]


def test_a_heading_alone_has_no_rows(tmp_path: Path) -> None:
    assert sheet(tmp_path, "name,town\n").rows == []


@pytest.mark.parametrize("content", ["", "\n", "\ufeff", " , ,\n\n", "\r\n\r\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path, content).endswith("楼宇.csv is empty: a heading of field names is expected.")


@pytest.mark.parametrize("coding", ["gb18030", "utf-16", "big5"])
def test_a_file_that_is_not_utf_8_is_refused_with_what_to_do(tmp_path: Path, coding: str) -> None:
    content = "名称,镇街\n創新大樓,高新區\n".encode(coding, errors="replace")
    assert refusal(tmp_path, content).endswith("楼宇.csv is not UTF-8; save it as “CSV UTF-8”.")


@pytest.mark.parametrize("content", ['name\n"甲', 'name\n"甲"乙\n', "name\n" + "楼" * 200_000])
def test_what_is_no_csv_is_refused(tmp_path: Path, content: str) -> None:
    assert "楼宇.csv is not CSV: " in refusal(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match=r"没有.csv cannot be read: there is no such file"):
        read_csv(tmp_path / "没有.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KflyError, match="cannot be read: it is a folder"):
        read_csv(tmp_path)


@pytest.mark.parametrize(
    ("column", "expected"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_are_lettered_as_spreadsheets_do(column: int, expected: str) -> None:
    assert letter(column) == expected
