"""Which language is spoken: ``--lang``, else ``KFLY_LANG``, else a zh or en locale, else the plan's."""

from pathlib import Path

import pytest

from tests.support.runner import Cli
from tests.support.shelf import Shelf

PLAN = """\
plan: {name: {zh: 方案, en: A plan}, starts: 2022-01-01, ends: 2022-12-31, language: en}
organisations: [{name: 甲局, kind: department}]
targets: [{key: meetings, section: 会, name: 会议, count: meeting, at_least: 4, unit: 次}]
"""
CHOICES: dict[str, tuple[dict[str, str], tuple[str, ...], str]] = {
    "nothing": ({}, (), "plan"),
    "C says nothing": ({"LANG": "C"}, (), "plan"),
    "C.UTF-8 says nothing": ({"LANG": "C.UTF-8"}, (), "plan"),
    "POSIX says nothing": ({"LC_ALL": "POSIX"}, (), "plan"),
    "C goes before a language, as for every program": ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, (), "plan"),
    "a third language": ({"LANG": "de_DE.UTF-8"}, (), "plan"),
    "LANG en": ({"LANG": "en_GB.UTF-8"}, (), "en"),
    "LANG zh": ({"LANG": "zh_CN.UTF-8"}, (), "zh"),
    "LC_ALL before LANG": ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, (), "en"),
    "LC_MESSAGES before LANG": ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, (), "zh"),
    "LC_ALL before LC_MESSAGES": ({"LC_ALL": "en_US", "LC_MESSAGES": "zh_CN"}, (), "en"),
    "an empty variable says nothing": ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, (), "en"),
    "KFLY_LANG before the locale": ({"KFLY_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, (), "en"),
    "KFLY_LANG that is neither says nothing": ({"KFLY_LANG": "fr", "LANG": "en_US.UTF-8"}, (), "en"),
    "--lang before all": ({"KFLY_LANG": "en", "LANG": "en_US"}, ("--lang", "zh"), "zh"),
    "--lang=en": ({"LANG": "zh_CN.UTF-8"}, ("--lang=en",), "en"),
}
HEADING = {"zh": "亮灯", "en": "Light"}
USAGE = {
    "zh": "没有选项 --jsn，是否要用 --json？\n",
    "en": "There is no option --jsn; did you mean --json?\n",
}


@pytest.fixture
def language_of_the_plan() -> None:
    """Not said by the machine: every command has to find it out."""


@pytest.fixture(params=["zh", "en"])
def planned(request: pytest.FixtureRequest, kfly: Cli, tmp_path: Path, shelf: Shelf) -> tuple[Cli, str]:
    """A command line beside a plan of this language."""

    def prepare() -> None:
        (tmp_path / "targets.yaml").write_text(PLAN, encoding="utf-8")
        kfly.ok("init")

    if request.param == "en":
        kfly.db.unlink()
        shelf.lay("a plan in English", tmp_path, prepare)
    return kfly, request.param


@pytest.mark.parametrize("choice", CHOICES)
def test_what_is_shown_and_what_is_refused_is_said_in_it(
    planned: tuple[Cli, str], monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    kfly, own = planned
    variables, args, spoken = CHOICES[choice]
    language = own if spoken == "plan" else spoken
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert HEADING[language] in kfly.ok(*args, "status")
    assert kfly(*args, "status", "--jsn").err == USAGE[language]


def test_without_a_database_chinese_is_spoken(empty: Cli) -> None:
    assert "没有数据库" in empty.refused("status")
    assert "There is no database" in empty.refused("--lang", "en", "status")


def test_another_database_is_asked_for_its_own_language(empty: Cli, tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(PLAN, encoding="utf-8")
    empty.ok("--db", "english.db", "init")

    assert "Light" in empty.ok("--db", "english.db", "status")
    assert "Light" in empty.ok("--db=english.db", "status")
    assert "There is no task 9" in empty.refused("--db", "english.db", "task", "9")


def test_a_language_that_is_neither_is_refused(kfly: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kfly.refused("--lang", "fr", "status", code=2) == "--lang：“fr”应为 zh 或 en。"
    assert kfly.refused("--lang=", "status", code=2) == "--lang：“”应为 zh 或 en。"

    monkeypatch.setenv("KFLY_LANG", "en")
    assert kfly.refused("--lang", "fr", "status", code=2) == "--lang: “fr” is neither zh nor en."


def test_one_command_does_not_decide_for_the_next(kfly: Cli) -> None:
    assert "Light" in kfly.ok("--lang", "en", "status")
    assert "亮灯" in kfly.ok("status")


@pytest.mark.slow
def test_json_keys_and_codes_are_the_same_in_both(filled: Cli) -> None:
    for args in (("kinds",), ("list", "building"), ("show", "evaluation", "1")):
        chinese, english = filled("--lang", "zh", *args, "--json"), filled("--lang", "en", *args, "--json")
        assert [line.partition(":")[0] for line in chinese.lines] == [
            line.partition(":")[0] for line in english.lines
        ]


def test_records_are_shown_as_they_were_recorded_in_both(filled: Cli) -> None:
    english, chinese = (filled.json("--lang", language, "list", "building") for language in ("en", "zh"))

    reasons = [[record.pop("not_counted") for record in records] for records in (english, chinese)]
    assert english == chinese
    assert [list(why) for why in reasons[0]] == [list(why) for why in reasons[1]]
