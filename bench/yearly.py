"""Yearly tables: one of thousands of tasks, and one drafted out of an office's own document."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from measuring import Budget, Limit, run
from workshop import Build, add_extras

FEW, MANY = "twenty", "thousands"  # the names of databases
TASKS = {FEW: 20, MANY: 2_000}
NOTED = 10  # notes and extensions of each task
DAY = ("--as-of", "2022-07-15")
PLAN = """\
plan: {name: 望县方案, starts: 2022-01-01, ends: 2023-12-31, language: zh}
organisations:
  - {name: 发改局, kind: department}
  - {name: 东镇, kind: town}
"""
NOTE = (
    "INSERT INTO progress_notes (year, task, noted_on, text, recorded_at)"
    " VALUES (2022, ?, ?, ?, '2022-08-01T00:00:00Z')"
)
EXTENSION = (
    "INSERT INTO task_events (year, task, decision, held_on, due, reason, recorded_at)"
    " VALUES (2022, ?, 'extended', ?, ?, '材料未齐', '2022-08-01T00:00:00Z')"
)

DOCUMENT = "table.docx"
PAGES, ON_A_PAGE = 50, 12  # rows of the height that their words have, and the headings again
HEADINGS = ("序号", "内容", "牵头部门", "责任部门", "完成时限")
ROWS = (
    ("出台新型研发机构管理办法（试行），具体举措若干", "市科技局", "——", "2022年1月"),
    (
        "改造楼宇10栋，其中5万平方米以上1栋，扎实推进各项工作",
        "市委组织部",
        "市科技局、各镇街园区",
        "2022年11月",
    ),
    ("设立启动专项资金，支持科技赋能楼宇", "市财政局", "市委组织部、市科技局、新国联集团", "2022年2月"),
    ("引进高层次人才100名，落户人才项目20个", "市委组织部", "市人社局、各镇街园区", "2022年底"),
)
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="document.xml"/></Relationships>'
)


def prepare_tasks(build: Build) -> None:
    """Make databases of few tasks and of many, each task with as many notes and extensions."""
    for name, tasks in TASKS.items():
        plan, table = Path(build.file(f"{name}.yaml")), Path(build.file(f"{name}_2022.yaml"))
        plan.write_text(PLAN, encoding="utf-8")
        rows = (
            f"  - {{number: {n}, title: 事项{n}, lead: [发改局], due: 6月底前}}" for n in range(1, tasks + 1)
        )
        table.write_text("\n".join(("year: 2022", "tasks:", *rows)) + "\n", encoding="utf-8")
        run([build.kfly(name, "init", "--targets", str(plan), "--tasks", str(table))])
        with closing(sqlite3.connect(build.file(f"{name}.db"))) as db, db:
            for turn in range(NOTED // 2):
                day, due = f"2022-03-{turn + 1:02}", f"2022-08-{turn + 1:02}"
                db.executemany(NOTE, [(n, day, f"进展{turn}") for n in range(1, tasks + 1)])
                db.executemany(EXTENSION, [(n, day, due) for n in range(1, tasks + 1)])


def prepare_document(build: Build) -> None:
    """Write the document that a table is drafted out of, and install what reads it."""
    add_extras(build, "report")
    lines = [_write_row(HEADINGS)]
    for number in range(PAGES * ON_A_PAGE):
        lines.append(_write_row((str(number + 1), *ROWS[number % len(ROWS)])))
        if number % ON_A_PAGE == ON_A_PAGE - 1:
            lines.append(_write_row(HEADINGS))
    title, table = _write_paragraph("2022年重点工作分解表"), f"<w:tbl><w:tblPr/>{''.join(lines)}</w:tbl>"
    document = f'<w:document xmlns:w="{SPACE}"><w:body>{title}{table}</w:body></w:document>'
    with zipfile.ZipFile(build.file(DOCUMENT), "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", RELATIONS)
        packed.writestr("document.xml", document)


def _write_row(cells: tuple[str, ...]) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{_write_paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"


def _write_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def list_budgets(ours: Build) -> Iterator[Budget]:
    """List the budgets of what must not grow with the table: with all tasks printed, and with none."""
    for words in (("tasks",), ("tasks", "--state", "done")):
        many, few = (ours.kfly(name, *words, *DAY) for name in (MANY, FEW))
        table = "a table of 2,000 with 20,000 notes and extensions, against one of 20 with 200"
        yield Budget(f"{' '.join(words)} of {table}", [many], [few], 2)


def list_limits(ours: Build) -> Iterator[Limit]:
    """List how long one waits."""
    draft = ours.kfly("none", "draft", ours.file(DOCUMENT))
    yield Limit("draft of a Word document of 50 pages, 600 tasks", draft, 5)
