"""``--help``: every command has a page, in both languages, with panels, and without a word of the other."""

import re

import pytest

from kfly import __version__
from kfly.cli import catalogue as table
from tests.support.runner import Cli
from tests.support.screen import squeezed

CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
COMMANDS = tuple(entry.name for entry in table.COMMANDS)
KINDS = (
    *("building", "enclave", "carrier", "platform", "operator", "investor", "fund", "talent-project"),
    *("collaboration", "talent", "event", "policy", "expenditure", "evaluation", "figure", "meeting"),
)
ALL = (*COMMANDS, *(f"add-{kind}" for kind in KINDS))
PANELS = (
    *("Database", "Progress", "The plan's other views", "Supervision"),
    *("Registry", "Sheets", "Changes", "Record one (add-…)"),
)


def panels(page: str) -> dict[str, list[str]]:
    """The first word of each line of each panel."""
    found: dict[str, list[str]] = {}
    for line in page.splitlines():
        if line.startswith("╭─ "):
            found[line.strip("╭╮─ ")] = []
        elif line.startswith("│ ") and line[2] != " ":
            list(found.values())[-1].append(line[2:].split()[0])
    return found


def test_it_lists_every_command_once_in_its_panel(kfly: Cli) -> None:
    found = panels(kfly.ok("--lang", "en", "--help"))

    assert tuple(found)[1:] == PANELS
    listed = [command for panel in PANELS for command in found[panel]]
    assert sorted(listed) == sorted(ALL)
    assert found["Sheets"] == ["template", "import", "export"]
    assert found["Record one (add-…)"] == [f"add-{kind}" for kind in KINDS]


def test_without_a_database_it_is_the_same(kfly: Cli) -> None:
    beside_one = kfly.ok("--help")
    kfly.db.unlink()

    assert kfly.ok("--help") == beside_one


def test_beside_another_programs_file_it_is_the_same(kfly: Cli) -> None:
    beside_one = kfly.ok("--help")
    kfly.db.write_text("mine", encoding="utf-8")

    assert kfly.ok("--help") == beside_one


def test_kfly_alone_shows_it(kfly: Cli) -> None:
    run = kfly()

    assert (run.code, run.err) == (2, "")
    assert run.out.strip() == kfly.ok("--help").strip()


@pytest.mark.parametrize("command", ALL)
def test_in_english_there_is_no_chinese_but_what_is_recorded(kfly: Cli, command: str) -> None:
    page = squeezed(kfly.ok("--lang", "en", command, "--help"))
    if command.startswith("add-"):
        fields = kfly.json("kinds", command.removeprefix("add-"))["fields"]
        words = [word for field in fields for word in (*field["choices"], field["unit"]) if word]
        for word in sorted(words, key=len, reverse=True):
            page = page.replace(squeezed(word), "")

    assert CHINESE.findall(page) == []
    assert CHINESE.findall(kfly.ok("--lang", "en", "--help")) == []


@pytest.mark.parametrize("command", ALL)
def test_in_chinese_every_line_has_chinese(kfly: Cli, command: str) -> None:
    page = kfly.ok("--lang", "zh", command, "--help")

    lines = [line for line in page.splitlines() if line.startswith("│ -")]
    assert lines
    assert [line for line in lines if not CHINESE.search(line)] == []
    assert page.strip().startswith(f"用法：kfly {command} [选项]")


def test_a_page_tells_arguments_options_and_what_is_required(kfly: Cli) -> None:
    page = kfly.ok("--lang", "en", "remove", "--help")

    assert "Usage: kfly remove [OPTIONS] KIND WHICH\n" in page
    assert panels(page) == {"Arguments": ["KIND", "WHICH"], "Options": ["--reason", "--help"]}
    assert "Why; it is kept. [required]" in page


def test_what_may_be_left_out_stands_in_brackets(kfly: Cli) -> None:
    assert "Usage: kfly kinds [OPTIONS] [KIND]\n" in kfly.ok("--lang", "en", "kinds", "--help")
    assert "Usage: kfly import [OPTIONS] [KIND] FILE…\n" in kfly.ok("--lang", "en", "import", "--help")
    assert "Usage: kfly export [OPTIONS] [KIND…]\n" in kfly.ok("--lang", "en", "export", "--help")


def test_an_add_command_tells_units_choices_and_what_is_required(kfly: Cli) -> None:
    english, chinese = kfly.ok("--lang", "en", "add-fund", "--help"), kfly.ok("add-fund", "--help")

    assert "Usage: kfly add-fund [OPTIONS]\n" in english
    assert re.search(r"--size +NUMBER +Size \(亿元\): .*\[required\]", english)
    assert "风险投资 | 创业投资 | 股权投资" in chinese
    assert re.search(r"--size +数值 +基金规模（亿元）：", chinese)
    assert [line for line in english.splitlines() if "--manager" in line and "[required]" in line] == []


def test_defaults_and_variables_are_told(kfly: Cli) -> None:
    page = kfly.ok("--lang", "en", "--help")

    assert "[default: kfly.db]" in page
    assert "KFLY_DB" in page


def test_the_version_is_told(kfly: Cli) -> None:
    assert kfly.ok("--version") == f"kfly {__version__}\n"
