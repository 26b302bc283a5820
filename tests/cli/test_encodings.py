"""The screen is in the locale's encoding, typed words are understood in it; JSON and files are UTF-8."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kfly.locale.encoding import READABLE, read_bytes, set_encoding
from tests.support.runner import Cli

STATUS = ("status", "--as-of", "2022-11-30")
CHINESE_LOCALES = {
    "GB18030": ({"LANG": "zh_CN.GB18030"}, "gb18030"),
    "in small letters": ({"LANG": "zh_CN.gb18030"}, "gb18030"),
    "GBK": ({"LANG": "zh_CN.GBK"}, "gbk"),
    "GB2312 is a part of GBK": ({"LANG": "zh_CN.GB2312"}, "gbk"),
    "LC_ALL goes before LANG": ({"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.UTF-8"}, "gb18030"),
    "a streams' encoding named to Python": (
        {"PYTHONIOENCODING": "gb18030", "LANG": "zh_CN.UTF-8"},
        "gb18030",
    ),
}
UTF8_LOCALES = {
    "a UTF-8 locale": {"LANG": "zh_CN.UTF-8"},
    "a locale without an encoding": {"LANG": "zh_CN"},
    "LC_ALL in UTF-8": {"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.GB18030"},
    "an encoding for characters in UTF-8": {"LC_CTYPE": "C.UTF-8", "LANG": "zh_CN.GB18030"},
    "PYTHONUTF8": {"LANG": "zh_CN.GB18030", "PYTHONUTF8": "1"},
    "PYTHONIOENCODING": {"LANG": "zh_CN.GB18030", "PYTHONIOENCODING": "utf-8"},
}


def run(
    folder: Path, *args: str | bytes, env: dict[str, str], flags: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *flags, "-m", "kfly", *args], cwd=folder, env=env, capture_output=True, check=False
    )


def printed(folder: Path, *args: str | bytes, env: dict[str, str]) -> bytes:
    ran = run(folder, *args, env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout


@pytest.mark.parametrize("name", CHINESE_LOCALES)
def test_the_screen_speaks_the_locales_encoding(filled: Cli, name: str) -> None:
    env, encoding = CHINESE_LOCALES[name]
    seen = printed(filled.folder, *STATUS, env=env).decode(encoding)
    wanted = filled.ok("--lang", "zh", *STATUS)

    assert (seen if encoding == "gb18030" else seen.replace(".", "░")) == (
        wanted
        if encoding == "gb18030"
        else wanted.replace(".", "░").replace("✓", "√").replace("✗", "×").replace("²", "2").replace("−", "-")
    )


@pytest.mark.parametrize("name", UTF8_LOCALES)
def test_the_screen_speaks_utf8_where_that_is_asked_for(filled: Cli, name: str) -> None:
    assert printed(filled.folder, *STATUS, env=UTF8_LOCALES[name]).decode() == filled.ok(
        "--lang", "zh", *STATUS
    )


def test_it_is_asked_for_on_pythons_command_line_too(filled: Cli) -> None:
    ran = run(filled.folder, *STATUS, env={"LANG": "zh_CN.GB18030"}, flags=("-X", "utf8"))
    assert "改造楼宇" in ran.stdout.decode()


def test_errors_and_help_speak_it(kfly: Cli) -> None:
    env = {"LANG": "zh_CN.GB18030"}
    assert run(kfly.folder, "stauts", env=env).stderr.decode("gb18030") == (
        "没有“stauts”这个命令，是否要用“status”？\n"
    )
    page = printed(kfly.folder, "status", "--help", env=env).decode("gb18030")
    assert page == kfly.ok("--lang", "zh", "status", "--help")
    assert "╭─" in page


def test_json_and_files_are_utf8(filled: Cli) -> None:
    env = {"LANG": "zh_CN.GB18030"}
    assert json.loads(printed(filled.folder, *STATUS, "--json", env=env).decode("utf-8")) == filled.json(
        "--lang", "zh", *STATUS
    )
    printed(filled.folder, "export", "policy", "-o", "a.csv", env=env)
    assert "办法" in (filled.folder / "a.csv").read_text(encoding="utf-8-sig")
    assert "办法" in printed(filled.folder, "export", "policy", "-o", "-", env=env).decode("utf-8")


@pytest.mark.parametrize("name", ["联通", "楼", "江阴市徐霞客镇（东区）", "㎡—𠮷", "plain"])
def test_typed_words_are_read_in_the_locales_encoding(kfly: Cli, name: str) -> None:
    """Some of them are UTF-8 by chance: “楼” is “¥” in it."""
    env = {"LANG": "zh_CN.GB18030"}
    printed(kfly.folder, "add-policy", "--name", name.encode("gb18030"), env=env)

    assert [row["name"] for row in kfly.json("list", "policy")] == [name]
    shown = printed(kfly.folder, "show", "政策与机制".encode("gb18030"), name.encode("gb18030"), env=env)
    assert name in shown.decode("gb18030")
    assert f"add-policy --name {name}" in kfly.ok("log")


@pytest.mark.parametrize("name", ["办法", "5000m²楼宇"])
def test_utf8_in_such_a_locale_is_understood_all_the_same(kfly: Cli, name: str) -> None:
    printed(kfly.folder, "add-policy", "--name", name.encode(), env={"LANG": "zh_CN.GB18030"})

    assert [row["name"] for row in kfly.json("list", "policy")] == [name]


def test_files_are_found_whether_their_names_are_in_the_one_encoding_or_the_other(kfly: Cli) -> None:
    env = {"LANG": "zh_CN.GB18030"}
    kfly.ok("template", "policy", "-o", "模板.xlsx")
    typed = "模板.xlsx".encode("gb18030")
    assert "模板.xlsx：新增 0 条" in printed(kfly.folder, "import", "policy", typed, env=env).decode(
        "gb18030"
    )

    (kfly.folder / "模板.xlsx").rename(kfly.folder / os.fsdecode(typed))
    assert "模板.xlsx：新增 0 条" in printed(kfly.folder, "import", "policy", typed, env=env).decode(
        "gb18030"
    )
    gone = run(kfly.folder, "import", "policy", "没有.xlsx".encode("gb18030"), env=env)
    assert gone.stderr.decode("gb18030") == "没有.xlsx：无法读取：没有这个文件\n"


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LANG": "zh_CN.GB18030"}, {"LANG": "zh_CN.UTF-8"}], ids=repr)
def test_bytes_that_are_no_text_are_refused_and_shown_as_bytes(kfly: Cli, env: dict[str, str]) -> None:
    ran = run(kfly.folder, "--lang", "en", "add-policy", "--name", b"\xff\xfe", env=env)

    assert (ran.returncode, ran.stdout) == (1, b"")
    assert rb"\xff\xfe" in ran.stderr


@pytest.mark.parametrize("command", ["status", "tasks", "league", "list building", "--help", "guide rules"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_ever_shown_as_a_code(filled: Cli, command: str, language: str) -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    seen = printed(filled.folder, "--lang", language, *command.split(), env=env).decode("ascii")

    assert r"\u" not in seen
    assert r"\x" not in seen


def test_what_is_put_in_place_is_as_wide_so_that_columns_stay_straight(filled: Cli) -> None:
    seen = printed(filled.folder, "--lang", "zh", "list", "building", env={"PYTHONIOENCODING": "ascii"})
    assert "????" in seen.decode("ascii")
    heading, rule = seen.decode("ascii").split("\n")[:2]
    assert len(heading) <= len(rule)
    assert set(rule) == {"-"}


def test_control_characters_stay_visible(kfly: Cli) -> None:
    kfly.ok("add-policy", "--name", "办法", "--note", "a\tb")
    seen = printed(kfly.folder, "show", "policy", "1", env={"LANG": "zh_CN.GB18030"}).decode("gb18030")

    assert r"a\x09b" in seen


def test_a_text_without_stray_bytes_is_left_as_it_is() -> None:
    assert read_bytes("江阴 m² ¥5") == "江阴 m² ¥5"
    assert read_bytes("a\udcff") == r"a\xff"


def test_decoding_is_no_business_of_it() -> None:
    set_encoding()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", READABLE)
