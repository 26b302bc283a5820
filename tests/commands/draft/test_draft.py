"""``draft`` makes a plan file out of a document; ``load`` and ``init`` take one in which all is clear."""

import json
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kfly.clock import today
from tests.support import ROOT
from tests.support.runner import Cli
from tests.support.word_tables import headings, row, table, write_word

FIRST = ("1", "设立专项资金", "市财政局", "市科技局", "2023年2月")
SECOND = ("2", "组建集团", "市委组织部", "——", "2023年3月底前")
TITLE = "2023年重点工作分解表"
ANNEX = ROOT / "tests" / "support" / "plan_annex.txt"


@pytest.fixture
def word(empty: Cli) -> Path:
    return write_word(empty.folder / "table.docx", table(headings(), row(*FIRST), row(*SECOND)), title=TITLE)


def test_the_file_is_printed_and_the_account_stands_beside_it(empty: Cli, word: Path) -> None:
    run = empty("--lang", "en", "draft", word.name)
    assert run.code == 0
    assert "  - number: 2\n    title: 组建集团\n    lead: [市委组织部]\n" in run.out
    assert run.err.splitlines() == [
        "table.docx: rows seen 3, written 2, passed over 1.",
        "Passed over (headings): table 1, rows 1",
        "Everything was clear; the file loads as it is.",
    ]


def test_the_file_is_written_and_an_existing_one_is_spared(empty: Cli, word: Path) -> None:
    run = empty("--lang", "en", "draft", word.name, "-o", "tasks_2023.yaml")
    assert run.out == "Wrote tasks_2023.yaml. Tasks: 2.\n"
    written = (empty.folder / "tasks_2023.yaml").read_bytes()
    refused = empty.refused("--lang", "en", "draft", word.name, "-o", "tasks_2023.yaml")
    assert "exists already" in refused
    assert empty("draft", word.name, "-o", "tasks_2023.yaml", "--force").code == 0
    assert len((empty.folder / "tasks_2023.yaml").read_bytes()) > len(written) // 2


def test_what_was_written_loads(kfly: Cli, word: Path) -> None:
    assert kfly("draft", word.name, "-o", "tasks_2023.yaml").code == 0
    kfly.ok("load", "tasks_2023.yaml")
    tasks = kfly.json("tasks", "--year", "2023", "--as-of", "2023-01-10")
    assert [(task["number"], task["due"]) for task in tasks] == [(1, "2023-02-28"), (2, "2023-03-31")]


def test_the_document_itself_is_loaded(kfly: Cli, word: Path) -> None:
    told = kfly.ok("--lang", "en", "load", word.name)
    assert "组建集团" in told
    assert len(kfly.json("tasks", "--year", "2023", "--as-of", "2023-01-10")) == 2


def test_a_document_with_doubts_is_not_loaded(kfly: Cli, word: Path) -> None:
    write_word(word, table(headings(), row("1", "甲事", "市科技居", "", "待定")), title=TITLE)
    before = kfly.db.read_bytes()
    run = kfly("--lang", "en", "load", word.name)
    assert (run.code, run.printed) == (1, b"")
    assert run.err.splitlines() == [
        "table.docx: the plan does not know 市科技居 (tasks 1); did you mean “市科技局”?",
        (
            "table.docx: table 1, row 2, task 1: a deadline such as 2022-11-30, 2022年11月 or 2022年底 is"
            " expected, not “待定”"
        ),
        (
            "table.docx: nothing was loaded; to be settled: 2. “kfly draft table.docx -o"
            " tasks_2023.yaml” writes a file in which each stands at its place."
        ),
    ]
    assert kfly.db.read_bytes() == before


def test_init_takes_a_document(empty: Cli) -> None:
    assert "tasks: 20." in empty.ok("--lang", "en", "init", "--tasks", str(ANNEX))


def test_a_year_that_the_document_does_not_hold_is_refused(empty: Cli, word: Path) -> None:
    refused = empty.refused("--lang", "en", "draft", word.name, "--year", "2024")
    assert refused == "table.docx holds no tasks of 2024."


def test_a_document_goes_by_the_plan_that_is_loaded_with_it(kfly: Cli, word: Path) -> None:
    targets = (ROOT / "targets.yaml").read_text(encoding="utf-8")
    renamed = targets.replace("aliases: [江阴市财政局, 财政局, 市财政]", "aliases: [市金库]")
    (kfly.folder / "targets.yaml").write_text(renamed, encoding="utf-8")
    write_word(word, table(headings(), row("1", "甲事", "市金库", "", "2023年2月")), title=TITLE)
    assert kfly("load", word.name).code == 1
    kfly.ok("load", "targets.yaml", word.name)
    (task,) = kfly.json("tasks", "--year", "2023", "--as-of", "2023-01-10")
    assert task["lead"] == ["市财政局"]


def test_names_come_from_the_plan_here_where_there_is_no_database(empty: Cli, word: Path) -> None:
    plan = {
        "plan": {"name": "某县方案", "starts": "2023-01-01", "ends": "2024-12-31"},
        "organisations": [
            {"name": name, "kind": "department"} for name in ("市财政局", "市科技局", "市委组织部")
        ],
        "deliverables": [{"key": "a", "name": "某办法", "task": 9}],
    }
    (empty.folder / "targets.yaml").write_text(json.dumps(plan), encoding="utf-8")
    assert json.loads(empty("draft", word.name, "--json").out)["clear"]
    plan["organisations"] = [{"name": "市财政局", "kind": "department"}]
    (empty.folder / "targets.yaml").write_text(json.dumps(plan), encoding="utf-8")
    found = json.loads(empty("draft", word.name, "--json").out)
    assert [unknown["name"] for unknown in found["unknown"]] == ["市科技局", "市委组织部"]


def test_the_json_accounts_for_every_row(empty: Cli, word: Path) -> None:
    found = json.loads(empty("--lang", "en", "draft", word.name, "--json").out)
    assert found["rows"] == {
        "seen": 3,
        "written": 2,
        "passed_over": [
            {
                "table": "table 1",
                "number": 1,
                "why": "headings",
                "text": "序号 内容 牵头部门 责任部门 完成时限",
            }
        ],
    }
    assert (found["year"], found["clear"], found["gaps"], found["unknown"]) == (2023, True, [], [])
    assert found["tasks"][1]["due"] == "2023年3月底前"
    assert found["yaml"].startswith("# Drafted by kfly from table.docx")


def test_a_document_that_does_not_say_its_year_wants_to_be_told(empty: Cli, word: Path) -> None:
    write_word(word, table(headings(), row(*FIRST)), title="任务表")
    assert empty.refused("--lang", "en", "draft", word.name) == (
        "table.docx does not say of which year it is: “kfly draft --year” says so."
    )
    assert "\nyear: 2023\n" in empty("draft", word.name, "--year", "2023").out
    assert empty.refused("draft", word.name, "--year", "23", code=2)


def test_of_tables_of_two_years_one_is_chosen(empty: Cli, word: Path) -> None:
    later = "<w:p><w:r><w:t>2024年重点工作分解表</w:t></w:r></w:p>"
    write_word(word, table(headings(), row(*FIRST)), later, table(headings(), row(*SECOND)), title=TITLE)
    assert "several years (2023, 2024)" in empty.refused("--lang", "en", "draft", word.name)
    found = json.loads(empty("--lang", "en", "draft", word.name, "--year", "2024", "--json").out)
    assert [task["title"] for task in found["tasks"]] == ["组建集团"]
    assert found["remarks"] == ["table 1 is that of 2023; it was passed over"]


def test_the_database_is_never_written_over(kfly: Cli, word: Path) -> None:
    assert kfly.refused("draft", word.name, "-o", "kfly.db", "--force")


def test_without_the_extra_it_is_said_what_to_install(
    empty: Cli, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "lxml.html", None)
    assert "pip install 'kfly[report]'" in empty.refused("--lang", "en", "draft", word.name)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_empty_table_comes_back_filled_in(empty: Cli, language: str) -> None:
    empty.ok("--lang", language, "template", "tasks", "-o", "form.xlsx")
    assert "form.xlsx" in empty.refused("--lang", "en", "draft", "form.xlsx")
    (title, *_none), headed, *_example = (
        CalamineWorkbook.from_path("form.xlsx").get_sheet_by_index(0).to_python()
    )
    with zipfile.ZipFile("form.xlsx") as package:
        offered = re.findall(r'sqref="([A-Z]\d)', package.read("xl/worksheets/sheet1.xml").decode())
    assert {"C4", "D4", "E4"} <= {*offered}
    with xlsxwriter.Workbook(empty.folder / "form.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, str(title).replace(str(today().year), "2023"))
        sheet.write_row(1, 0, headed)
        for number, texts in enumerate((FIRST, SECOND), start=2):
            for place, text in zip((0, 1, 2, 3, 5), texts, strict=True):
                sheet.write_string(number, place, text)
    found = json.loads(empty("draft", "form.xlsx", "--json").out)
    assert found["clear"]
    assert [(task["number"], task["lead"]) for task in found["tasks"]] == [
        (1, ["市财政局"]),
        (2, ["市委组织部"]),
    ]


def test_the_empty_table_takes_no_options_for_records(empty: Cli) -> None:
    for option in (["--columns", "title"], ["--town", "澄江街道"], ["--xlsform"]):
        line = empty.refused("--lang", "en", "template", "tasks", "-o", "form.xlsx", *option, code=2)
        assert line == "The table of tasks takes none of --columns, --town and --xlsform."


def test_a_hyphen_is_stdout_and_no_file(empty: Cli, word: Path) -> None:
    assert empty("draft", word.name, "-o", "-").out == empty("draft", word.name).out
    assert not (empty.folder / "-").exists()
