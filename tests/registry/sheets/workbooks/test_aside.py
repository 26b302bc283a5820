"""The process aside: rows come as they are asked for; a file that ends its parser ends nothing else.

What a parser can do to itself is done here by harmless stand-ins in its place.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import python_calamine

from kfly.registry.sheets.faults import SheetRefusedError
from kfly.registry.sheets.grid import Grid
from kfly.registry.sheets.workbooks import aside, parser, reading
from tests.support.runner import Cli
from tests.support.sheet_makers import Rows, Tab, xlsx

HEAD = ["楼宇名称", "所属镇街", "建筑面积"]
BUILDINGS: list[list[str | float]] = [
    [f"{number}号楼", "华士镇", number + 0.5] for number in range(parser.BATCH * 2 + 7)
]
ROWS: Rows = [HEAD, *BUILDINGS]

pytestmark = pytest.mark.usefixtures("measured_aside")


@pytest.fixture(autouse=True)
def aside_again() -> Iterator[None]:
    """Each test begins without the process, so that what it puts in its place is inherited."""
    aside.stop()
    before = children()
    yield
    aside.stop()
    assert children() <= before  # nothing was left to end for itself


def children() -> set[str]:
    """The processes that this one has begun and not yet seen the end of."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def rows_of(grid: Grid) -> list[tuple[object, ...]]:
    return [(row.number, list(row.cells), row.held, dict(row.flaws)) for row in grid.rows]


def test_rows_come_whole_and_in_order(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "楼.xlsx", Tab("楼宇", ROWS, ("B2:B9",)))
    (found,), (expected,) = (way(path, "楼.xlsx", None) for way in (aside.read, reading.read))

    assert found._replace(rows=()) == expected._replace(rows=())
    assert rows_of(found) == rows_of(expected)


def test_sheets_may_be_read_in_any_order_and_left_in_the_middle(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "楼.xlsx", Tab("甲", ROWS), Tab("乙", ROWS), Tab("丙", [HEAD]))
    first, second, third = aside.read(path, "楼.xlsx", None)
    for _number in range(parser.BATCH):
        next(iter(first.rows))

    assert len(list(second.rows)) == len(ROWS)
    assert [row.cells for row in third.rows] == [HEAD]


def test_another_file_may_follow_one_that_was_left_in_the_middle(tmp_path: Path) -> None:
    paths = [xlsx(tmp_path / f"{name}.xlsx", Tab("楼宇", ROWS)) for name in "甲乙"]
    (left,) = aside.read(paths[0], "甲.xlsx", None)
    for _number in range(100):
        next(iter(left.rows))

    (grid,) = aside.read(paths[1], "乙.xlsx", None)
    assert len(list(grid.rows)) == len(ROWS)


def die(*_args: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def give_up(*_args: object) -> NoReturn:
    os.abort()


def fall_silent(*_args: object) -> NoReturn:
    while True:
        time.sleep(1)


def run_in_circles(*_args: object) -> NoReturn:
    while True:
        pass


def take_all(*_args: object) -> NoReturn:
    taken = [bytearray(64 << 20) for _number in range(1000)]
    raise AssertionError(len(taken))


@pytest.mark.parametrize(
    ("stand_in", "says"),
    [
        (die, "cannot be read, or is too large"),
        (give_up, "cannot be read, or is too large"),
        (fall_silent, "takes too long to read"),
        (run_in_circles, "takes too long to read"),
        (take_all, "is too large; delete what is empty"),
    ],
)
def test_a_file_that_is_too_much_for_its_parser_is_refused_in_one_line(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch, stand_in: Callable[..., NoReturn], says: str
) -> None:
    monkeypatch.setattr(parser, "MEMORY", 128 << 20)
    if stand_in in (fall_silent, run_in_circles):
        monkeypatch.setattr(parser, "PATIENCE", 0.1)
    monkeypatch.setattr(python_calamine, "load_workbook", stand_in)
    path = xlsx(kfly.folder / "楼.xlsx", Tab("楼宇", ROWS))
    run = kfly("--lang", "en", "import", "building", str(path))

    assert (run.code, run.out) == (1, "")
    (line,) = run.err.splitlines()
    assert says in line


def test_the_files_after_one_that_ended_its_parser_are_read(
    kfly: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = python_calamine.load_workbook

    def die_of_one(path: Path) -> python_calamine.CalamineWorkbook:
        return die() if path.stem == "乙" else load(path)

    monkeypatch.setattr(python_calamine, "load_workbook", die_of_one)
    for name in "甲乙丙":
        xlsx(kfly.folder / f"{name}.xlsx", Tab("楼宇", [HEAD, [f"{name}楼", "华士镇", 1]]))
    run = kfly("import", "building", *(str(kfly.folder / f"{name}.xlsx") for name in "甲乙丙"))

    assert run.code == 1
    assert [building["name"] for building in kfly.json("list", "building")] == ["甲楼", "丙楼"]


def test_a_file_that_is_refused_leaves_the_process_ready(tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\3\4 and nothing more")
    sound = xlsx(tmp_path / "楼.xlsx", Tab("楼宇", ROWS))
    for _time in range(2):
        with pytest.raises(SheetRefusedError):
            aside.read(broken, "坏.xlsx", None)
        (grid,) = aside.read(sound, "楼.xlsx", None)
        assert len(list(grid.rows)) == len(ROWS)
