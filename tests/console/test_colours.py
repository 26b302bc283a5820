"""Colour on a terminal that has it; none in a pipe, on a dumb terminal, or under ``NO_COLOR``."""

import re
import shutil
from pathlib import Path

import pytest

from tests.support.processes import on_a_terminal, process
from tests.support.runner import Cli
from tests.support.screen import widest

pytestmark = pytest.mark.slow

STATUS = ("status", "--as-of", "2022-11-30")
COLOUR = re.compile(r"\x1b\[[0-9;]*\b(?:3[0-7]|9[0-7]|38)[0-9;]*m")
ANY_CODE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def folder(filled: Cli, tmp_path: Path) -> Path:
    assert shutil.which("env")
    return filled.folder


def plain(seen: str) -> list[str]:
    return [line.rstrip() for line in ANY_CODE.sub("", seen).splitlines()]


def test_lights_are_coloured_on_a_terminal(folder: Path) -> None:
    code, seen = on_a_terminal(folder, *STATUS)

    assert code == 0
    assert "\x1b[31m■ 红灯" in seen
    assert "\x1b[32m● 绿灯" in seen
    assert "\x1b[33m▲ 黄灯" in seen
    assert "\x1b[31m██" in seen  # the bar, too


def test_a_pipe_gets_no_codes_at_all(folder: Path) -> None:
    for args in (STATUS, ("tasks",), ("overdue",), ("list", "building"), ("kinds",), ("--help",)):
        assert b"\x1b" not in process(folder, *args).stdout


def test_a_pipe_gets_none_for_a_terminals_name_alone(folder: Path) -> None:
    env = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C"}

    assert b"\x1b" not in process(folder, *STATUS, env=env).stdout


def test_a_dumb_terminal_gets_none(folder: Path) -> None:
    code, seen = on_a_terminal(folder, *STATUS, env={"TERM": "dumb"})

    assert code == 0
    assert "\x1b" not in seen


def test_no_color_is_honoured(folder: Path) -> None:
    _code, seen = on_a_terminal(folder, *STATUS, env={"NO_COLOR": "1"})

    assert COLOUR.search(seen) is None
    assert "■ 红灯" in seen


def test_help_is_coloured_and_bare_by_the_same_rules(folder: Path) -> None:
    assert COLOUR.search(on_a_terminal(folder, "tasks", "--help")[1])
    assert COLOUR.search(on_a_terminal(folder, "tasks", "--help", env={"NO_COLOR": "1"})[1]) is None
    assert "\x1b" not in on_a_terminal(folder, "tasks", "--help", env={"TERM": "dumb"})[1]


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_what_is_shown_is_the_same_with_and_without_colour(folder: Path, columns: int) -> None:
    _code, coloured = on_a_terminal(folder, *STATUS, columns=columns)
    _code, dumb = on_a_terminal(folder, *STATUS, columns=columns, env={"TERM": "dumb"})
    piped = process(folder, *STATUS, env={"LANG": "C", "COLUMNS": str(columns)}).stdout.decode()

    assert plain(coloured) == plain(dumb) == piped.splitlines()
    assert widest(piped) <= columns


def test_the_terminals_width_goes_before_columns(folder: Path) -> None:
    _code, seen = on_a_terminal(folder, *STATUS, columns=120, env={"COLUMNS": "60"})

    assert "─" * 100 in seen


def test_an_error_carries_no_codes(folder: Path) -> None:
    code, seen = on_a_terminal(folder, "task", "99")

    assert code == 1
    assert "\x1b" not in seen
