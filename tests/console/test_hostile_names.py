"""A name does nothing but show itself, whatever is in it (design, section 7)."""

import json
from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf

LITERAL = [
    "[red]红楼[/red]",
    "[link=https://example.cn]x[/link]",
    "<script>alert(1)</script>",
    "=1+1",
    "@SUM(A1)",
    ":smile:",
    "{name}",
    "{0}{}",
    "%s %(x)d",
    "**粗**_斜_`码`",
    "\\x1b[31m",
    "'; DROP TABLE building; --",
    'a,b"c"',
    "—横—",
    "null",
    "😀👩‍💻",
]
VISIBLE = {
    "\x1b[31m红": "\\x1b[31m红",
    "a\x07b": "a\\x07b",
    "a\tb": "a\\x09b",
    "a\x7fb": "a\\x7fb",
    "a\x9b31mb": "a\\x9b31mb",
    "左\u202e右": "左\\u202e右",
    "左\u2066右\u2069": "左\\u2066右\\u2069",
    "左\u200f右": "左\\u200f右",
    "左\u061c右": "左\\u061c右",
    "上\u2028下": "上\\u2028下",
}
PLAN = """\
plan: {name: "[red]方案[/red] :smile:", starts: 2022-01-01, ends: 2022-12-31}
organisations:
  - {name: "[bold]甲局", kind: department}
  - {name: "<i>乙镇", kind: town}
targets:
  - {key: meetings, section: "[blue]会", name: "<script>会议", count: meeting, at_least: 4, unit: "[次]"}
records:
  tenant:
    name: {zh: "[red]企业", en: "[red]Tenants"}
    key: [name]
    fields:
      name:
        type: text
        required: true
        label: {zh: "[u]名", en: "[u]Name"}
        help: {zh: "[i]助", en: ":tada: [i]"}
"""
TABLE = """\
year: 2022
tasks:
  - number: 1
    title: "[link=x]任务[/link] {day}"
    lead: ["[bold]甲局"]
    due: 2022-03-31
    needs: [{target: meetings, at_least: 2}]
"""


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.mark.slow
@pytest.mark.parametrize("name", LITERAL)
def test_it_prints_literally(kfly: Cli, name: str) -> None:
    added = kfly.ok("add-platform", f"--name={name}", "--established-on", "2022-03-01")
    changed = kfly.ok("set", "platform", "1", f"note={name}")

    for printed in (added, changed, kfly.ok("list", "platform"), kfly.ok("show", "platform", "1")):
        assert name in printed
    assert kfly.json("show", "platform", name)["name"] == name
    assert name in kfly.refused("add-platform", f"--name={name}", "--established-on", "2022-03-01")
    assert name in kfly.ok("remove", "platform", name, f"--reason={name}")


@pytest.mark.parametrize("name", VISIBLE, ids=ascii)
def test_what_would_move_the_cursor_or_turn_the_line_is_spelled_out(kfly: Cli, name: str) -> None:
    added = kfly.ok("add-platform", f"--name={name}", "--established-on", "2022-03-01")
    again = kfly.refused("add-platform", f"--name={name}", "--established-on", "2022-03-01")

    for printed in (added, again, kfly.ok("list", "platform"), kfly.ok("show", "platform", "1")):
        assert VISIBLE[name] in printed
        assert name not in printed
    assert kfly.json("show", "platform", "1")["name"] == name


@pytest.mark.parametrize("name", VISIBLE, ids=ascii)
def test_in_json_no_code_reaches_the_terminal(kfly: Cli, name: str) -> None:
    printed = kfly.ok("add-platform", f"--name={name}", "--established-on", "2022-03-01", "--json")

    assert name not in printed
    assert json.loads(printed)["name"] == name


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_a_line_end_in_a_name_is_kept_and_printed_as_one(kfly: Cli, end: str) -> None:
    added = kfly.ok("add-platform", f"--name=上{end}下", "--established-on", "2022-03-01")
    again = kfly.refused("add-platform", f"--name=上{end}下", "--established-on", "2022-03-01")

    for line in (added, again, kfly.ok("remove", "platform", "1", "--reason=x")):
        assert "上\\n下" in line
        assert line.strip("\n").count("\n") == 0
    kfly.ok("add-platform", f"--name=上{end}下", "--established-on", "2022-03-01")
    for printed in (kfly.ok("list", "platform"), kfly.ok("show", "platform", "2")):
        assert "\r" not in printed
        assert "\\x0d" not in printed
    assert kfly.json("show", "platform", "2")["name"] == "上\n下"


@pytest.mark.parametrize("word", ["\x1b[31m", "左\u202e右", "two\nlines", "a\rb"], ids=ascii)
def test_errors_spell_it_out_in_one_line(kfly: Cli, word: str) -> None:
    for args in (
        ("task", word),
        ("show", "platform", word),
        ("list", word),
        ("tasks", "--org", word),
        ("status", "--as-of", word),
        ("set", "platform", "1", f"{word}=1"),
        (word,),
        ("status", word),
        ("status", f"--{word}"),
        ("--db", word, "status"),
        ("import", word),
        ("import", word, "x.csv"),
        ("import", "platform", word),
        ("import", "platform", f"{word}.csv"),
        ("import", "platform", "x.csv", f"--faults={word}"),
        ("template", word, "--output", "x.xlsx"),
        ("template", "platform", "--output", word),
        ("export", word, "--output", "x.csv"),
        ("export", "platform", "--output", word),
        ("export", "platform", "--output", "x.csv", "--format", word),
    ):
        run = kfly(*args)
        assert (run.out, run.err.count("\n")) == ("", 1)
        assert word not in run.err


def test_remarks_reasons_and_evidence_show_themselves(kfly: Cli, tmp_path: Path) -> None:
    (tmp_path / "[red]\x1b[31m.pdf").write_bytes(b"")
    kfly.ok("done", "1", "--on", "2022-01-28", "--note=[b]注\x1b[0m", "--evidence=[red]\x1b[31m.pdf")
    kfly.ok("reopen", "1", "--reason=[i]错\u202e")

    shown = kfly.ok("task", "1")
    for literal in ("[b]注\\x1b[0m", "[red]\\x1b[31m.pdf", "[i]错\\u202e"):
        assert literal in shown
    assert "\x1b" not in shown


@pytest.fixture
def hostile(empty: Cli, tmp_path: Path, shelf: Shelf) -> Cli:

    def prepare() -> None:
        (tmp_path / "targets.yaml").write_text(PLAN, encoding="utf-8")
        (tmp_path / "tasks_2022.yaml").write_text(TABLE, encoding="utf-8")
        empty.ok("init")

    shelf.lay("hostile names", empty.folder, prepare)
    return empty


def test_a_plans_names_print_literally(hostile: Cli) -> None:
    status = hostile.ok("status", "--as-of", "2022-06-30")
    for name in ("[red]方案[/red] :smile:", "[blue]会", "<script>会议", "0 / 4 [次]"):
        assert name in status

    for command in ("tasks", "overdue"):
        printed = hostile.ok(command, "--as-of", "2022-06-30")
        assert "[link=x]任务[/link] {day}" in printed
        assert "[bold]甲局" in printed
    assert "[link=x]任务[/link] {day}" in hostile.ok("task", "1")


def test_a_plans_kinds_print_literally_in_help_too(hostile: Cli) -> None:
    assert "[red]企业" in hostile.ok("kinds")
    assert "[u]名" in hostile.ok("kinds", "tenant")
    assert "[u]名：[i]助 [必填]" in hostile.ok("add-tenant", "--help")
    assert "[u]Name: :tada: [i] [required]" in hostile.ok("--lang", "en", "add-tenant", "--help")
    assert "[red]企业" in hostile.ok("--help")
