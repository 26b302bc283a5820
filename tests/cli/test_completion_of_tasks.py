"""Numbers of tasks, their stages and their leaders are completed from the database."""

import gzip

import pytest

from tests.cli.test_completion_of_values import Shell
from tests.support import FIRST_RELEASE
from tests.support.runner import Cli
from tests.support.task_county import County, write_table

STAGES = "[{title: {zh: 摸排, en: Survey}, due: 3月底}, {title: {zh: 竣工, en: Built}, due: 9月底}]"
TASKS = (
    "number: 12, title: 一, lead: [甲局], leader: 张三, due: 6月底",
    f"number: 13, title: 三步走, lead: [甲局], leader: 李四, stages: {STAGES}",
    "number: （三）, title: 三, lead: [甲局], leader: 张小明, stages: [{title: 甲, due: 3月底}]",
)


@pytest.fixture
def shell(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Shell:
    County(empty).begin(TASKS[0].replace("", ""), *TASKS[1:])
    return Shell(empty, monkeypatch)


OFFERED = {
    "tasks --leader 张": ["张三", "张小明"],
    "tasks --leader ": ["张三", "张小明", "李四"],
    "tasks --leader x": [],
    "extend 1": ["12", "13"],
    "suspend 12": ["12"],
    "resume 13": ["13"],
    "cancel 1": ["12", "13"],
    "done 13 --stage ": ["1", "2"],
    "extend 2022/13 --stage 2": ["2"],
    "reopen １３ --stage ": ["1", "2"],
    "done 三 --stage ": ["1"],
    "done 12 --stage ": [],
    "done 99 --stage ": [],
    "done 2023/13 --stage ": [],
    "done --stage ": [],
}


@pytest.mark.parametrize(("line", "offered"), OFFERED.items(), ids=OFFERED)
def test_what_can_stand_there_is_offered(shell: Shell, line: str, offered: list[str]) -> None:
    assert shell.bash(*line.split(" ")) == offered


@pytest.mark.parametrize(("lang", "title"), [("zh", "摸排"), ("en", "Survey")])
def test_a_stage_is_offered_with_its_title(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, lang: str, title: str
) -> None:
    monkeypatch.setenv("KFLY_LANG", lang)
    assert shell.line("fish", "done 13 --stage 1") == f"1\t{title}"


def test_of_several_tables_the_year_says_whose_stages(shell: Shell) -> None:
    shell.set("_KFLY_COMPLETE", "")
    later = "number: 13, title: 续, lead: [甲局], stages: [{title: 只有一步, due: 3月底}]"
    path = shell.kfly.folder / "tasks_2023.yaml"
    path.write_text(write_table(later, year=2023), encoding="utf-8")
    shell.kfly.ok("load", "tasks_2023.yaml")
    assert shell.bash("done", "2023/13", "--stage", "") == ["1"]
    assert shell.bash("done", "2022/13", "--stage", "") == ["1", "2"]


def test_an_old_database_has_neither_leaders_nor_stages(shell: Shell) -> None:
    shell.kfly.db.write_bytes(gzip.decompress(FIRST_RELEASE.read_bytes()))
    assert shell.bash("task", "1")[:2] == ["1", "10"]
    assert shell.bash("tasks", "--leader", "") == []
    assert shell.bash("done", "13", "--stage", "") == []


def test_from_no_database_comes_nothing(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Shell(empty, monkeypatch).bash("tasks", "--leader", "") == []
    assert Shell(empty, monkeypatch).bash("done", "13", "--stage", "") == []
