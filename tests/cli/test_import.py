"""``import`` in its plain form: CSV in UTF-8, headings that name fields, all rows or none."""

import json

import pytest
from cli_runner import Cli

HEAD = "name,town,floor_area,surveyed_on\n"


def sheet(kfly: Cli, text: str | bytes, name: str = "楼宇.csv") -> str:
    (kfly.folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def imported(kfly: Cli, text: str | bytes) -> int:
    added: int = kfly.json("import", "building", sheet(kfly, text))["added"]
    return added


def faults(kfly: Cli, text: str) -> list[dict[str, object]]:
    """The errors of a sheet that is refused whole."""
    import json

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

    assert (fault["row"], fault["column"]) == (3, None)


def test_a_record_that_is_there_is_an_error(kfly: Cli) -> None:
    kfly.ok("add-building", "--name", "甲楼", "--town", "高新区", "--floor-area", "1")
    run = kfly("--lang", "en", "import", "building", sheet(kfly, HEAD + "甲楼,高新区,1,\n乙楼,高新区,1,\n"))

    assert run.code == 1
    assert "#1" in run.err
    assert len(kfly.json("list", "building")) == 1


def test_an_unknown_heading_is_an_error_with_the_nearest(kfly: Cli) -> None:
    (fault,) = faults(kfly, "name,town,flor_area\n甲楼,澄江街道,1\n")

    assert (fault["row"], fault["column"], fault["value"]) == (1, "C", "flor_area")
    assert "floor_area" in str(fault["message"])


def test_a_required_field_without_a_column_is_an_error(kfly: Cli) -> None:
    (fault,) = faults(kfly, "name,town\n甲楼,澄江街道\n")

    assert (fault["row"], fault["field"]) == (1, "floor_area")


def test_for_people_every_error_is_a_line_and_the_last_says_that_nothing_was_done(kfly: Cli) -> None:
    run = kfly("--lang", "en", "import", "building", sheet(kfly, HEAD + "甲楼,火星镇,viel,\n"))

    assert (run.code, run.out) == (1, "")
    lines = run.err.splitlines()
    assert lines[0].startswith("楼宇.csv:B2 Town “火星镇”: ")
    assert lines[1].startswith("楼宇.csv:C2 Floor area “viel”: ")
    assert lines[2] == "Nothing was imported: 2 faults."


@pytest.mark.parametrize(
    "content", ["", "\n\n", b"\xff\xfe\x00name", 'name,"town\n', "not,a\x00name"], ids=repr
)
def test_a_file_that_is_no_sheet_is_refused(kfly: Cli, content: str | bytes) -> None:
    run = kfly("import", "building", sheet(kfly, content))

    assert (run.code, run.out) == (1, "")
    assert "楼宇.csv" in run.err
    assert "Traceback" not in run.err


def test_a_file_that_is_not_there_or_a_folder_is_refused(kfly: Cli) -> None:
    assert "nowhere.csv" in kfly.refused("import", "building", "nowhere.csv")
    assert str(kfly.folder) in kfly.refused("import", "building", str(kfly.folder))


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
