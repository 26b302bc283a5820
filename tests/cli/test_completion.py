"""Completion in the shell: names of commands, of those in the database too, and quickly."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli

pytestmark = pytest.mark.slow


def completed(folder: Path, words: str) -> list[str]:
    """What bash is offered for the last of some words."""
    place = str(len(words.split(" ")) - 1)
    env = environment(LANG="C", _KFLY_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=place)
    run = subprocess.run(
        [sys.executable, "-m", "kfly"], cwd=folder, env=env, capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")
    return run.stdout.decode().split()


def test_all_commands_are_offered(kfly: Cli) -> None:
    offered = completed(kfly.folder, "kfly ")

    assert {"init", "status", "tasks", "overdue", "done", "import", "add-building", "add-meeting"} <= set(
        offered
    )
    assert len(offered) == len(set(offered))


def test_a_beginning_narrows_them(kfly: Cli) -> None:
    assert completed(kfly.folder, "kfly ta") == ["tasks", "task"]
    assert sorted(completed(kfly.folder, "kfly add-t")) == ["add-talent", "add-talent-project"]
    assert completed(kfly.folder, "kfly zzz") == []


def test_kinds_of_the_plans_own_are_offered(kfly: Cli, tmp_path: Path) -> None:
    kfly.db.unlink()
    (tmp_path / "targets.yaml").write_text(
        "plan: {name: 方案, starts: 2025-01-01, ends: 2025-12-31}\n"
        "organisations: [{name: 甲局, kind: department}]\n"
        "targets: [{key: tenants, section: 招商, name: 企业, count: tenant, at_least: 1, unit: 家}]\n"
        "records: {tenant: {name: 企业, key: [name], counts_on: on_day,"
        " fields: {name: {type: text, label: 名}, on_day: {type: date, label: 日}}}}\n",
        encoding="utf-8",
    )
    kfly.ok("init")

    assert "add-tenant" in completed(kfly.folder, "kfly add-t")


def test_without_a_database_the_standing_kinds_are_offered(empty: Cli) -> None:
    assert "add-building" in completed(empty.folder, "kfly add-b")


def test_beside_a_file_that_is_no_database_it_goes_on(empty: Cli) -> None:
    empty.db.write_text("mine", encoding="utf-8")

    assert completed(empty.folder, "kfly sta") == ["status"]
    assert "add-building" in completed(empty.folder, "kfly add-b")


def test_the_options_of_a_command_are_offered(kfly: Cli) -> None:
    assert completed(kfly.folder, "kfly tasks --l") == ["--lead", "--leader", "--light"]
    assert completed(kfly.folder, "kfly add-building --flo") == ["--floor-area"]
    assert completed(kfly.folder, "kfly --la") == ["--lang"]


def test_other_shells_are_served(kfly: Cli) -> None:
    env = environment(LANG="C", _KFLY_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="kfly sta")
    zsh = subprocess.run(
        [sys.executable, "-m", "kfly"], cwd=kfly.folder, env=env, capture_output=True, check=False
    )

    assert b"status" in zsh.stdout
    assert zsh.stderr == b""


def test_a_name_is_completed_without_loading_what_commands_need(kfly: Cli) -> None:
    env = environment(LANG="C", _KFLY_COMPLETE="complete_bash", COMP_WORDS="kfly stat", COMP_CWORD="1")
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kfly"],
        cwd=kfly.folder,
        env=env,
        capture_output=True,
        check=False,
    )

    loaded = {name.partition(".")[0] for name in re.findall(r"\| +(\S+)$", run.stderr.decode(), re.MULTILINE)}
    assert run.stdout.decode().split() == ["status"]
    assert loaded & {"rich", "yaml", "pydantic", "sqlite3", "sqlite_utils", "json"} == set()
