"""``demo``: a throwaway database with invented records, and how it stands at the end of November 2022."""

import json
from pathlib import Path

import pytest

from tests.support.processes import environment, process
from tests.support.runner import Cli, Run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What one demo prints that all look at."""
    folder = tmp_path_factory.mktemp("demo")
    env = environment(LANG="C", TMPDIR=str(folder))
    made = process(folder, "--lang", "en", "demo", "--json", env=env)
    return Run(made.returncode, made.stdout, made.stderr.decode())


def database(demo: Run) -> Path:
    return Path(demo.err.partition("KFLY_DB=")[2].partition(";")[0])


def test_it_stands_at_the_end_of_november(demo: Run) -> None:
    assert demo.code == 0
    assert json.loads(demo.out)["as_of"] == "2022-11-30"


def test_with_json_stdout_is_json_alone_and_the_hint_goes_to_stderr(demo: Run) -> None:
    assert len(json.loads(demo.out)["targets"]) == 12
    assert demo.err.count("\n") == 1
    assert demo.err.startswith("All records are invented. To look further: export KFLY_DB=")


def test_the_database_in_the_hint_is_there_to_look_further(demo: Run, empty: Cli) -> None:
    path = database(demo)

    assert path.is_file()
    further = empty.json("--lang", "en", "--db", str(path), "status", "--as-of", "2022-11-30")
    assert further == json.loads(demo.out)
    assert "kfly tasks --as-of 2022-11-30" in demo.err


def test_the_hint_can_be_pasted(demo: Run, empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KFLY_DB", str(database(demo)))
    words = demo.err.strip().partition("; kfly ")[2].split()

    assert "Tasks as of 2022-11-30" in empty.ok("--lang", "en", *words)


def test_it_shows_every_light(demo: Run, empty: Cli) -> None:
    targets = json.loads(demo.out)["targets"]
    tasks = empty.json("--db", str(database(demo)), "tasks", "--as-of", "2022-12-05")

    assert {target["light"] for target in targets} == {"green", "yellow", "red"}
    assert {task["light"] for task in tasks} >= {"green", "red", "blue"}
    assert {target["forecast"]["on_course"] for target in targets if target["forecast"]} == {True, False}


def test_for_people_it_prints_the_status(empty: Cli) -> None:
    run = empty("demo")

    assert run.code == 0
    assert run.lines[0] == "江阴市科技赋能楼宇三年行动实施方案 · 截至 2022-11-30"
    assert "以上台账均为虚构" in run.err


def test_it_can_be_asked_for_another_day(empty: Cli) -> None:
    run = empty("--lang", "en", "demo", "--as-of", "2022-06-30")

    assert run.lines[0].endswith("as of 2022-06-30")
    assert "kfly tasks --as-of 2022-06-30" in run.err


def test_it_touches_no_file_here(kfly: Cli) -> None:
    before = kfly.db.read_bytes()
    kfly("demo")

    assert kfly.db.read_bytes() == before
    assert [path.name for path in kfly.folder.iterdir() if not path.name.startswith("kfly.db")] == []


def test_two_demos_do_not_meet(empty: Cli) -> None:
    first, second = (database(empty("--lang", "en", "demo")) for _time in range(2))

    assert first != second
    assert first.is_file()


def test_its_making_is_in_the_log_under_its_name(demo: Run, empty: Cli) -> None:
    path = str(database(demo))
    groups = empty.json("--lang", "en", "--db", path, "log", "--since", "2022-01-01")
    assert [group["command"] for group in groups] == ["demo", "demo"]
    assert "made the database itself" in empty("--lang", "en", "--db", path, "undo", "1").err
