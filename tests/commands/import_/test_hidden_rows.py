"""What a sheet hides is read like the rest, and told of: a filter left on is no reason to lose records."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.nasty_sheets import OLD
from tests.support.runner import Cli
from tests.support.sheet_makers import Cell, Tab, ods, xlsx

HEAD: list[Cell] = ["楼宇名称", "所属镇街", "建筑面积", "地址"]
NAMES = [f"{name}楼" for name in "甲乙丙丁戊己庚辛"]
ROWS: list[Sequence[Cell]] = [HEAD, *((name, "华士镇", 100, "沿江路") for name in NAMES)]
Maker = Callable[..., Path]


@pytest.mark.parametrize("make", [xlsx, ods])
@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        ((5, 7), (), ["hidden rows, read like the others: Sheet1!5, Sheet1!7."]),
        ((3, 4, 5, 6, 8), (), ["hidden rows, read like the others: Sheet1!3–6, Sheet1!8."]),
        ((3, 4), (), ["hidden rows, read like the others: Sheet1!3, Sheet1!4."]),
        ((), ("C", "D"), ["hidden columns, read like the others: Sheet1!C, Sheet1!D."]),
        (
            (9,),
            ("A",),
            [
                "hidden rows, read like the others: Sheet1!9.",
                "hidden columns, read like the others: Sheet1!A.",
            ],
        ),
        ((1, 12), ("F",), []),  # the heading; what is empty anyway
        ((), (), []),
    ],
)
def test_hidden_rows_and_columns_are_read_and_named(
    kfly: Cli, make: Maker, rows: tuple[int, ...], columns: tuple[str, ...], told: list[str]
) -> None:
    suffix = "xlsx" if make is xlsx else "ods"
    path = make(kfly.folder / f"华士.{suffix}", Tab("Sheet1", ROWS, hidden_rows=rows, hidden_columns=columns))
    said = kfly.ok("--lang", "en", "import", "building", str(path)).splitlines()

    assert said == [*(f"华士.{suffix}: {line}" for line in told), f"华士.{suffix}: 8 added."]
    assert len(kfly.json("list", "building")) == 8


@pytest.mark.parametrize("make", [xlsx, ods])
def test_hidden_sheets_are_named_and_not_read(kfly: Cli, make: Maker) -> None:
    path = kfly.folder / ("华士.xlsx" if make is xlsx else "华士.ods")
    make(path, Tab("楼宇", ROWS), Tab("旧", ROWS, hidden=True), Tab("空", [], hidden=True))
    said = kfly.ok("import", "building", str(path))

    assert f"{path.name}：以下隐藏工作表未读取：旧。" in said
    assert "空" not in said
    assert len(kfly.json("list", "building")) == 8


def test_the_hidden_lists_of_our_own_template_are_not_spoken_of(kfly: Cli) -> None:
    kfly.ok("template", "building", "-o", "t.xlsx")

    assert "隐藏" not in kfly("import", "building", "t.xlsx").out


def test_a_hidden_row_that_is_no_record_is_named_as_such_alone(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", [*ROWS, ["合计", "", 800]], hidden_rows=(10,)))
    said = kfly.ok("--lang", "en", "import", "building", str(path))

    assert "passed over as no records: Sheet1!10." in said
    assert "hidden" not in said


def test_another_sheet_of_the_file_does_not_lend_its_hidden_rows(kfly: Cli) -> None:
    path = ods(kfly.folder / "全部.ods", Tab("说明", [["甲"], ["乙"]], hidden_rows=(2,)), Tab("楼宇", ROWS))
    assert "hidden" not in kfly.ok("--lang", "en", "import", "building", str(path))


def test_it_is_told_of_what_is_only_tried_too(kfly: Cli) -> None:
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", ROWS, hidden_rows=(5,)))

    assert "隐藏行也已导入：Sheet1!5" in kfly.ok("import", "building", str(path), "--dry-run")


def test_hidden_rows_of_excel_97_are_named_too(kfly: Cli) -> None:
    content = bytearray(OLD.read_bytes())
    row = content.index(b"\x08\x02\x10\x00" + (3).to_bytes(2, "little"))  # the ROW record of the fourth row
    content[row + 16] |= 0x20  # fDyZero: it is hidden
    (kfly.folder / "旧.xls").write_bytes(content)
    said = kfly("--lang", "en", "import", "building", "旧.xls", "--sheet", "楼宇摸排")

    assert "旧.xls: hidden rows, read like the others: 楼宇摸排!4." in said.out + said.err


def test_a_filter_that_hides_thousands_of_rows_is_told_in_one_line(kfly: Cli) -> None:
    rows: list[Sequence[Cell]] = [HEAD, *((f"楼{n}", "华士镇", 100, "") for n in range(3000))]
    path = xlsx(kfly.folder / "华士.xlsx", Tab("Sheet1", rows, hidden_rows=tuple(range(100, 2900))))

    assert "隐藏行也已导入：Sheet1!100–2899。" in kfly.ok("import", "building", str(path))
