"""A letter shows no more than anybody reads: the rest is in the workbook, whose rows are high enough."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from kfly.locale import speak
from kfly.plan.model import Name, ProgressNote
from kfly.progress.supervision import Supervision, supervise
from kfly.progress.tasks import TaskStanding
from kfly.reports.letters.bounds import MOST_SIGNS, MOST_TASKS
from kfly.reports.letters.letter import Letter, write_letter
from kfly.reports.letters.page import make_page
from kfly.reports.letters.plain import write_plain
from kfly.reports.letters.workbook import LINE, make_workbook
from kfly.services.session import Session

DAY = date(2022, 12, 5)
GMAIL = 102_000  # bytes of a page that it shows


@pytest.fixture(autouse=True)
def _in_chinese(_messages_in_english: None) -> None:
    speak("zh")


@pytest.fixture
def rows(bundled_database: Path) -> list[TaskStanding]:
    with Session(bundled_database).reading() as desk:
        return list(desk.stand(desk.plan.tasks_in_view(DAY), DAY))


def written(database: Path, found: Supervision) -> Letter:
    with Session(database).reading() as desk:
        return write_letter(found, desk.plan, DAY)


def many(rows: list[TaskStanding], times: int) -> Supervision:
    found = supervise(rows, behind=True, within=30)
    return found._replace(overdue=found.overdue * times)


def cells(letter: Letter) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(make_workbook(letter)))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def test_a_short_letter_shows_all(bundled_database: Path, rows: list[TaskStanding]) -> None:
    letter = written(bundled_database, many(rows, 1))
    assert letter.rest is None
    assert letter.shown == list(letter.sections)


def test_a_long_one_shows_the_worst_and_the_workbook_all(
    bundled_database: Path, rows: list[TaskStanding]
) -> None:
    found = many(rows, 10)
    letter = written(bundled_database, found)
    left = len(found.rows) - MOST_TASKS
    assert letter.rest == f"其余 {left} 项见附件表格。"
    text, page = write_plain(letter), make_page(letter)
    assert text.count("    完成时限：") == MOST_TASKS
    assert f"■ 已逾期（{len(found.overdue)} 项）" in text
    assert "滞后于序时进度" not in text
    assert letter.rest in text
    assert letter.rest in page
    assert len(cells(letter)) == 2 + len(found.rows)
    assert len(page.encode()) < GMAIL


def test_long_texts_count_too_but_one_task_is_always_shown(
    bundled_database: Path, rows: list[TaskStanding]
) -> None:
    long = [row._replace(note=ProgressNote(2022, 1, DAY, "长" * (MOST_SIGNS // 2))) for row in rows[:3]]
    assert "其余 2 项" in str(written(bundled_database, supervise(long, behind=False, within=None)).rest)
    longer = [row._replace(note=ProgressNote(2022, 1, DAY, "长" * MOST_SIGNS)) for row in rows[:1]]
    assert written(bundled_database, supervise(longer, behind=False, within=None)).rest is None


def test_without_the_workbook_it_says_where_the_rest_is(
    bundled_database: Path, rows: list[TaskStanding]
) -> None:
    letter = written(bundled_database, many(rows, 10))._replace(has_workbook=False)
    text = write_plain(letter)
    assert "项未列出，可用“kfly overdue”查看全部。" in text
    assert "附件" not in text
    assert "未附表格" in text


def test_each_row_of_the_workbook_is_high_enough_for_its_chinese(
    bundled_database: Path, rows: list[TaskStanding]
) -> None:
    title = "一项名称很长的任务" * 10
    first = rows[0]._replace(task=rows[0].task._replace(title=Name(title, title)))
    letter = written(bundled_database, supervise([first, rows[1]], behind=False, within=None))
    with ZipFile(BytesIO(make_workbook(letter))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(height) for height in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', sheet)]
    assert heights == [LINE * 1.5, LINE, LINE * 5, LINE * 2]  # 180 signs in a column of 42
