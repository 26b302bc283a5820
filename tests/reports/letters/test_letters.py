"""The supervision report as a letter: its subject, its text, its page on a phone, its workbook."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kfly.locale import speak
from kfly.plan.model import Name, ProgressNote
from kfly.progress.supervision import supervise
from kfly.progress.tasks import TaskStanding
from kfly.reports.letters.letter import Addressed, Letter, write_letter
from kfly.reports.letters.page import make_page
from kfly.reports.letters.plain import write_plain
from kfly.reports.letters.workbook import list_headings, make_workbook
from kfly.services.session import Session

DAY = date(2022, 12, 5)
PHONE = 375  # CSS pixels
HOSTILE = "=1+1 <script>alert(1)</script> [red] & \x1b[31m"


@pytest.fixture(autouse=True)
def _in_chinese(_messages_in_english: None) -> None:
    speak("zh")


@pytest.fixture(scope="module")
def tasks(bundled_database: Path) -> Iterator[list[TaskStanding]]:
    with Session(bundled_database).reading() as desk:
        yield list(desk.stand(desk.plan.tasks_in_view(DAY), DAY))


@pytest.fixture
def written(bundled_database: Path, tasks: list[TaskStanding]) -> Letter:
    """The letter to the coordinators, with an empty registry: a long one."""
    with Session(bundled_database).reading() as desk:
        return write_letter(supervise(tasks, behind=True, within=30), desk.plan, DAY)


@pytest.fixture
def hostile(bundled_database: Path, tasks: list[TaskStanding]) -> Letter:
    """One whose only task has a title and a feedback that try to do something."""
    first = tasks[0]
    task = first.task._replace(title=Name(HOSTILE, HOSTILE))
    note = ProgressNote(2022, 1, DAY, HOSTILE)
    with Session(bundled_database).reading() as desk:
        row = first._replace(task=task, note=note)
        return write_letter(supervise([row], behind=False, within=None), desk.plan, DAY)


def test_the_subject_says_it_all(written: Letter) -> None:
    assert written.subject == "【督办】截至2022-12-05：逾期12项，滞后6项，临近2项"


def test_the_subject_counts_only_what_was_asked_for(
    bundled_database: Path, tasks: list[TaskStanding]
) -> None:
    with Session(bundled_database).reading() as desk:
        only = write_letter(supervise(tasks, behind=False, within=None), desk.plan, DAY)
        none = write_letter(supervise([], behind=True, within=None), desk.plan, DAY)
    assert only.subject == "【督办】截至2022-12-05：逾期12项"
    assert none.subject == "【督办】截至2022-12-05：逾期0项，滞后0项"
    assert "没有逾期、滞后的任务，也没有亮红灯、黄灯的目标。" in write_plain(none)


def test_it_speaks_english_too(bundled_database: Path, tasks: list[TaskStanding]) -> None:
    speak("en")
    with Session(bundled_database).reading() as desk:
        made = write_letter(supervise(tasks, behind=True, within=30), desk.plan, DAY)
    assert made.subject == "[Supervision] As of 2022-12-05: overdue 12, behind 6, due soon 2"
    assert not re.search(r"[\u4e00-\u9fff]", write_plain(made))


def test_a_lead_is_addressed_by_name(bundled_database: Path, tasks: list[TaskStanding]) -> None:
    with Session(bundled_database).reading() as desk:
        bureau = next(o for o in desk.plan.organisations if o.name == "市科技局")
        made = write_letter(supervise(tasks, behind=False, within=None), desk.plan, DAY, Addressed(bureau))
    assert made.opening.startswith("市科技局：下列任务由贵单位牵头")
    assert (
        made.subject == "【督办】市科技局：截至2022-12-05逾期12项（《江阴市科技赋能楼宇三年行动实施方案》）"
    )


def test_no_name_of_a_plan_or_lead_adds_a_line_to_the_subject(
    bundled_database: Path, tasks: list[TaskStanding]
) -> None:
    with Session(bundled_database).reading() as desk:
        bureau = desk.plan.organisations[0]._replace(name="甲\n局", en="A\nB")
        plan = desk.plan._replace(name=Name("方\r\nBcc: x@b.cn\u2028案", "x"))
        made = write_letter(supervise(tasks, behind=False, within=None), plan, DAY, Addressed(bureau))
    assert made.subject == "【督办】甲 局：截至2022-12-05逾期12项（《方 Bcc: x@b.cn 案》）"


def test_the_text_tells_each_task_whole(written: Letter, tasks: list[TaskStanding]) -> None:
    told = write_plain(written)
    for row in tasks:
        if row.light != "none":
            assert f"{row.task.number}. {row.task.title.zh}\n" in told
    assert "    牵头部门：市委组织部\n" in told
    assert "    完成时限：2022-11-30（逾期 5 天）\n" in told
    assert "    差距：✗ 改造楼宇 0/10 栋，差 10 栋\n        ✗ 5万平方米以上楼宇 0/1 栋，差 1 栋\n" in told
    assert "…" not in told


def test_the_page_tells_the_same_as_the_text(written: Letter) -> None:
    shown = "".join(text_of(make_page(written)).split())
    for line in write_plain(written).splitlines():
        if line.strip() and line != "-- ":
            assert "".join(line.partition("：")[2].split()) in shown


def test_nothing_in_a_name_is_markup_or_moves_the_cursor(hostile: Letter) -> None:
    made = make_page(hostile)
    assert "<script" not in made
    assert made.count("=1+1 &lt;script&gt;alert(1)&lt;/script&gt; [red] &amp; \\x1b[31m") == 2
    assert "\x1b" not in write_plain(hostile)


def test_the_page_fetches_nothing(written: Letter) -> None:
    assert not re.search(r"https?://|src=|url\(|@import|<link|<script", make_page(written))


def test_the_workbook_holds_the_rows_and_no_formula(written: Letter, hostile: Letter) -> None:
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(make_workbook(written))).sheet_names
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(make_workbook(written))).get_sheet_by_name(sheet).to_python()
    )
    assert (rows[0][0], rows[1]) == (written.subject, list(list_headings()))
    entries = [entry for section in written.sections for entry in section.entries]
    assert [row[1:4] for row in rows[2:]] == [[e.number, e.title, e.lead] for e in entries]
    assert [row[5] for row in rows[2:]] == [e.due for e in entries]
    (*_head, row) = (
        CalamineWorkbook.from_filelike(BytesIO(make_workbook(hostile))).get_sheet_by_index(0).to_python()
    )
    assert str(row[2]).startswith("=1+1 <script>")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no browser")
@pytest.mark.parametrize("which", ["written", "hostile"])
def test_a_phone_shows_the_page_without_scrolling_sideways(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    asked = "<script>document.title = [document.documentElement.scrollWidth, innerWidth].join(' ')</script>"
    frame = tmp_path / "phone.html"
    # Chromium's own window is never narrower than 500: a frame is.
    (tmp_path / "page.html").write_text(
        make_page(request.getfixturevalue(which)) + asked.replace("document.title", "parent.document.title"),
        encoding="utf-8",
    )
    frame.write_text(
        f'<iframe src="page.html" width="{PHONE}" height="800" style="border:0"></iframe>', encoding="utf-8"
    )
    shown = in_chromium(frame, tmp_path / "profile")
    measured = re.search(r"<title>(\d+) (\d+)</title>", shown)
    assert measured, shown[:500]
    assert int(measured[1]) <= int(measured[2]) == PHONE


def in_chromium(path: Path, profile: Path) -> str:
    """The document as the browser has it in the end."""
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    )
    more = (
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--allow-file-access-from-files",
    )
    run = subprocess.run(
        ["chromium", *flags, *more, f"--user-data-dir={profile}", "--dump-dom", path.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.stdout


def text_of(html: str) -> str:
    """What a page says."""

    class Texts(HTMLParser):
        found = ""

        def handle_data(self, data: str) -> None:
            self.found += data

    parser = Texts()
    parser.feed(html)
    return parser.found
