"""``init``: from the files given, the files here, or the bundled plan; never over a file that is there."""

import subprocess
from pathlib import Path

import pytest

from tests.support.runner import Cli

PLAN = """\
plan: {name: %s, starts: 2025-01-01, ends: 2025-12-31}
organisations: [{name: 甲局, kind: department}]
targets: [{key: meetings, section: 会, name: 会议, count: meeting, at_least: 4, unit: 次}]
"""
TABLE = "year: 2025\ntasks: [{number: %d, title: 开会, lead: [甲局], due: 2025年底}]\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_in_an_empty_folder_it_takes_the_bundled_plan(empty: Cli) -> None:
    printed = empty.ok("init")

    assert "kfly.db" in printed
    assert "12" in printed
    assert "20" in printed
    assert len(empty.json("tasks")) == 20


def test_it_takes_the_plan_that_lies_here(empty: Cli, tmp_path: Path) -> None:
    write(tmp_path / "targets.yaml", PLAN % "此处方案")
    write(tmp_path / "tasks_2025.yaml", TABLE % 7)
    empty.ok("init")

    assert empty.json("status")["plan"] == "此处方案"
    assert [row["number"] for row in empty.json("tasks")] == [7]


def test_tables_are_taken_from_beside_the_plan_that_is_named(empty: Cli, tmp_path: Path) -> None:
    write(tmp_path / "targets.yaml", PLAN % "此处方案")
    write(tmp_path / "other" / "targets.yaml", PLAN % "别处方案")
    write(tmp_path / "other" / "tasks_2025.yaml", TABLE % 8)
    empty.ok("init", "--targets", "other/targets.yaml")

    assert empty.json("status")["plan"] == "别处方案"
    assert [row["number"] for row in empty.json("tasks")] == [8]


def test_tables_that_are_named_are_the_only_ones(empty: Cli, tmp_path: Path) -> None:
    write(tmp_path / "targets.yaml", PLAN % "此处方案")
    write(tmp_path / "tasks_2025.yaml", TABLE % 7)
    write(tmp_path / "rows.yaml", TABLE % 9)
    empty.ok("init", "--tasks", "rows.yaml")

    assert [row["number"] for row in empty.json("tasks")] == [9]


def test_a_plan_without_tables_has_no_tasks(empty: Cli, tmp_path: Path) -> None:
    write(tmp_path / "targets.yaml", PLAN % "此处方案")
    empty.ok("init")

    assert empty.json("tasks") == []
    assert empty.ok("tasks").strip()
    assert empty.json("status")["tasks"]["total"] == 0


def test_it_makes_the_database_that_is_named(
    empty: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KFLY_DB", "from-environment.db")
    empty.ok("init")
    empty.ok("--db", "named.db", "init")

    assert not empty.db.exists()
    assert (tmp_path / "from-environment.db").exists()
    assert (tmp_path / "named.db").exists()


def test_it_is_its_owners_alone_or_the_groups_too(empty: Cli, tmp_path: Path) -> None:
    empty.ok("--db", "own.db", "init")
    tmp_path.chmod(0o2770)
    empty.ok("--db", "shared.db", "init", "--shared")

    assert (tmp_path / "own.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "shared.db").stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("mode", [0o700, 0o770, 0o2750])
def test_a_folder_in_which_the_group_cannot_work_is_warned_of(empty: Cli, tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "the office"
    folder.mkdir()
    folder.chmod(mode)
    run = empty("--lang", "en", "--db", "the office/kfly.db", "init", "--shared")
    assert (run.code, run.out.splitlines()[0]) == (0, "Created the office/kfly.db. Targets: 12, tasks: 20.")
    start, command, end = run.err.partition(f"chmod g+ws '{folder}'")
    assert (start, end) == (f"The group cannot work in {folder} yet: run “", "”, too.\n")
    subprocess.run(command, shell=True, check=True)
    assert empty("--db", "the office/other.db", "init", "--shared").err == ""


def test_it_leaves_one_file_behind_and_it_alone(empty: Cli, tmp_path: Path) -> None:
    empty.ok("init")
    empty.ok("add-policy", "--name", "办法")

    assert [path.name for path in tmp_path.iterdir()] == ["kfly.db"]


@pytest.mark.parametrize("existing", ["a database", "another file", "an empty file", "a folder"])
def test_an_existing_file_is_refused(empty: Cli, existing: str) -> None:
    if existing == "a database":
        empty.ok("init")
    elif existing == "a folder":
        empty.db.mkdir()
    else:
        empty.db.write_text("" if existing == "an empty file" else "mine", encoding="utf-8")

    assert "kfly.db exists already" in empty.refused("--lang", "en", "init")


def test_a_folder_that_is_not_there_is_refused(empty: Cli) -> None:
    assert empty.refused("--lang", "en", "--db", "nowhere/kfly.db", "init").startswith(
        "nowhere/kfly.db cannot"
    )


def test_every_fault_has_a_line_and_no_file_is_left(empty: Cli, tmp_path: Path) -> None:
    faulty = (PLAN % "此处方案").replace("at_least: 4", "at_least: viele").replace("甲局", "甲局, sort: x")
    write(tmp_path / "targets.yaml", faulty)
    write(tmp_path / "tasks_2025.yaml", (TABLE % 7).replace("2025年底", "someday"))
    run = empty("init")

    faults = run.err.splitlines()
    assert (run.code, run.out) == (1, "")
    assert len(faults) == 3
    assert faults[0].startswith("targets.yaml:2: organisations[0].sort: ")
    assert faults[1].startswith("targets.yaml:3: targets[0].at_least: ")
    assert faults[2].startswith("tasks_2025.yaml:2: tasks[0].due: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["targets.yaml", "tasks_2025.yaml"]


def test_a_plan_that_is_not_there_is_refused(empty: Cli) -> None:
    assert "nowhere.yaml" in empty.refused("init", "--targets", "nowhere.yaml")
    assert not empty.db.exists()


def test_a_table_that_is_not_there_is_refused(empty: Cli) -> None:
    assert "nowhere.yaml" in empty.refused("init", "--tasks", "nowhere.yaml")
    assert not empty.db.exists()
