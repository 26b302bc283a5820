"""``import`` in its plain form: a CSV file whose headings name fields, all its rows or none."""

import json

import pytest

from tests.support.runner import Cli

HEAD = "name,town,floor_area,surveyed_on\n"


def sheet(kfly: Cli, text: str | bytes, name: str = "楼宇.csv") -> str:
    (kfly.folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def imported(kfly: Cli, text: str | bytes) -> int:
    added: int = kfly.json("import", "building", sheet(kfly, text))["added"]
    return added


def faults(kfly: Cli, text: str) -> list[dict[str, object]]:
    """The errors of a sheet that is refused whole."""
    run = kfly("import", "building", sheet(kfly, text), "--json")
    document = json.loads(run.out)
    assert (run.code, run.err) == (1, "")
    assert (document["added"], document["updated"], document["unchanged"]) == (0, 0, 0)
    assert kfly.json("list", "building") == []
    errors: list[dict[str, object]] = document["errors"]
    return errors


def test_values_arrive_as_people_type_them(kfly: Cli) -> None:
    assert imported(kfly, HEAD + '甲楼,城东街道,"52,000",2022/3/1\n乙楼,华士镇,30亩,2022年3月2日\n') == 2

    rows = kfly.json("list", "building")
    assert [(row["town"], row["floor_area"], row["surveyed_on"]) for row in rows] == [
        ("高新区", 52000, "2022-03-01"),
        ("华士镇", 20000, "2022-03-02"),
    ]


@pytest.mark.parametrize(
    "heading", ["name,town,floor_area", "楼宇名称,所属镇街,建筑面积", "Building,Town,floor-area"]
)
def test_headings_are_names_or_labels(kfly: Cli, heading: str) -> None:
    assert imported(kfly, heading + "\n甲楼,澄江街道,1\n") == 1


def test_a_byte_order_mark_empty_rows_and_windows_line_ends_do_no_harm(kfly: Cli) -> None:
    assert (
        imported(kfly, b"\xef\xbb\xbf" + (HEAD + "甲楼,澄江街道,1,\n\n,,,\n").replace("\n", "\r\n").encode())
        == 1
    )


def test_a_heading_alone_adds_nothing(kfly: Cli) -> None:
    assert imported(kfly, HEAD) == 0


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_file_may_be_written_as_spreadsheets_write_it(kfly: Cli, coding: str, separator: str) -> None:
    text = (HEAD + "甲楼,澄江街道,1,2022-03-01\n").replace(",", separator)

    assert imported(kfly, text.encode(coding)) == 1
    assert kfly.json("show", "building", "1")["name"] == "甲楼"


def test_an_error_names_file_row_column_field_and_value(kfly: Cli) -> None:
    (fault,) = faults(kfly, HEAD + "甲楼,澄江街道,1,\n乙楼,火星镇,2,\n")

    assert list(fault) == ["file", "sheet", "row", "column", "field", "value", "message"]
    assert {key: fault[key] for key in fault if key != "message"} == {
        "file": "楼宇.csv",
        "sheet": None,
        "row": 3,
        "column": "B",
        "field": "town",
        "value": "火星镇",
    }


def test_all_errors_come_at_once(kfly: Cli) -> None:
    found = faults(kfly, HEAD + "甲楼,火星镇,viel,2022-02-30\n,澄江街道,1,\n乙楼,澄江街道,-5,\n")

    assert [(fault["row"], fault["column"]) for fault in found] == [
        (2, "B"),
        (2, "C"),
        (2, "D"),
        (3, "A"),
        (4, "C"),
    ]


def test_rows_are_numbered_as_a_spreadsheet_does(kfly: Cli) -> None:
    (fault,) = faults(kfly, HEAD + "甲楼,澄江街道,1,\n\n\n乙楼,火星镇,2,\n")

    assert fault["row"] == 5


def test_a_record_that_comes_twice_is_an_error(kfly: Cli) -> None:
    (fault,) = faults(kfly, HEAD + "甲楼,高新区,1,\n甲楼,城东街道,2,\n")

    assert (fault["row"], fault["column"], fault["field"], fault["value"]) == (3, "A", "name", "甲楼")
    assert "2" in str(fault["message"])


def test_a_record_that_is_there_is_an_error(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲楼", "--town", "高新区", "--floor-area", "1")
    run = kfly("--lang", "en", "import", "building", sheet(kfly, HEAD + "甲楼,高新区,1,\n乙楼,高新区,1,\n"))

    assert (run.code, run.out) == (1, "")
    assert run.err.splitlines() == [
        "楼宇.csv A2 Building: “甲楼” is in the registry already, as #1; --update changes it",
        "楼宇.csv: nothing was imported. Faults: 1.",
    ]
    assert len(kfly.json("list", "building")) == 1


def test_an_unknown_heading_is_an_error_with_the_nearest(kfly: Cli) -> None:
    (fault,) = faults(kfly, "name,town,floor_area,idle_aera\n甲楼,澄江街道,1,1\n")

    assert (fault["row"], fault["column"], fault["field"], fault["value"]) == (1, "D", None, "idle_aera")
    assert "“idle_area”" in str(fault["message"])


def test_a_required_field_without_a_column_is_an_error(kfly: Cli) -> None:
    (fault,) = faults(kfly, "name,town\n甲楼,澄江街道\n")

    assert (fault["row"], fault["column"], fault["field"]) == (1, None, "floor_area")
    assert "--set floor_area=…" in str(fault["message"])


def test_a_sheet_without_headings_is_an_error_with_its_first_row(kfly: Cli) -> None:
    found = faults(kfly, "甲楼,flor_area\n乙楼,1\n")

    assert [(fault["row"], fault["column"], fault["field"], fault["value"]) for fault in found] == [
        (None, None, None, None),
        (1, "A", None, "甲楼"),
        (1, "B", None, "flor_area"),
    ]


def test_for_people_every_error_is_a_line_and_the_last_says_that_nothing_was_done(kfly: Cli) -> None:
    text = HEAD + '甲楼,火星镇,viel,\n"两\n行\x1b[31m",高新区,1,2022\n'
    run = kfly("--lang", "en", "import", "building", sheet(kfly, text))

    assert (run.code, run.out) == (1, "")
    assert run.err.splitlines() == [
        "楼宇.csv B2 Town: “火星镇” is not a town or zone of the plan",
        "楼宇.csv C2 Floor area: “viel” is not an area; write it as 52000, 5.2万 or 30亩",
        "楼宇.csv D3 Surveyed on: “2022” is not a day; write it as 2022-03-01 or 2022年3月1日",
        "楼宇.csv: nothing was imported. Faults: 3.",
    ]


def test_a_value_of_several_lines_is_told_in_one(kfly: Cli) -> None:
    text = HEAD + '"两\n行\x1b[31m",高新区,1,\n' * 2
    run = kfly("--lang", "en", "import", "building", sheet(kfly, text))

    assert run.err.splitlines() == [
        "楼宇.csv A3 Building: “两\\n行\\x1b[31m” is the same record as row 2",
        "楼宇.csv: nothing was imported. Faults: 1.",
    ]


@pytest.mark.parametrize(
    "content",
    [
        *("", "\n\n", "\ufeff", b"\xff\xfe\x00name", b"\x80", 'name,"town\n', 'name\n"a"b\n'),
        HEAD + '甲楼,高新区,1,\n乙楼,高新区,"1,\n',
    ],
    ids=lambda content: repr(content)[:30],
)
def test_a_file_that_is_no_sheet_is_refused_in_one_line(kfly: Cli, content: str | bytes) -> None:
    line = kfly.refused("import", "building", sheet(kfly, content))

    assert line.startswith("楼宇.csv：")


def test_a_heading_that_no_text_can_be_is_refused_and_spelled_out(kfly: Cli) -> None:
    run = kfly("import", "building", sheet(kfly, "not,a\x00name\n"))

    assert (run.code, run.out) == (1, "")
    assert "“a\\x00name”" in run.err
    assert "\x00" not in run.err


def test_a_file_that_is_not_there_or_a_folder_is_refused(kfly: Cli) -> None:
    (kfly.folder / "a folder.csv").mkdir()

    assert kfly.refused("--lang", "en", "import", "building", "nowhere.csv") == (
        "nowhere.csv: cannot be read: there is no such file"
    )
    assert kfly.refused("--lang", "en", "import", "building", str(kfly.folder / "a folder.csv")) == (
        "a folder.csv: cannot be read: it is a folder"
    )
    assert kfly.refused("--lang", "en", "import", "building", str(kfly.folder)) == (
        f"{kfly.folder.name}: cannot be read: it is a folder"
    )


def test_what_was_added_is_said(kfly: Cli) -> None:
    assert kfly.ok("--lang", "en", "import", "building", sheet(kfly, HEAD + "甲楼,澄江街道,1,\n")) == (
        "楼宇.csv: 1 added.\n"
    )


def test_a_file_that_is_no_sheet_is_an_error_of_the_document_too(kfly: Cli) -> None:
    run = kfly("import", "building", "nowhere.csv", "--json")

    document = json.loads(run.out)
    assert (run.code, document["added"]) == (1, 0)
    (fault,) = document["errors"]
    assert (fault["file"], fault["row"], fault["column"]) == ("nowhere.csv", None, None)
    assert run.err == ""
