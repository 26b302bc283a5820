"""Commands that write, each with what tells whether it was done; for tests that break them off."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

ROWS = 300
SHEET = "name,town,floor_area\n" + "".join(f"楼{n},高新区,{n + 1}\n" for n in range(ROWS))
SMALL_PLAN = """\
plan: {name: 小方案, starts: 2022-01-01, ends: 2024-12-31}
organisations:
  - {name: 甲局, kind: department}
measures:
  - {number: 1, name: 一项工作, lead: [甲局]}
targets:
  - {key: policies, section: 目标, name: 政策, measure: 1, count: policy, at_least: 2, unit: 项}
"""


class TriedCommand(NamedTuple):
    """A command, and a question about the folder that is true once it was done."""

    args: tuple[str, ...]
    is_done: Callable[[Path], bool]


def ask(path: Path, question: str) -> int:
    """Answer a question about a sound database."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(db.execute(question).fetchone()[0])


def _has(question: str, name: str = "kfly.db") -> Callable[[Path], bool]:
    return lambda folder: (folder / name).exists() and ask(folder / name, question) > 0


TRIED = {
    "add": TriedCommand(
        ("add-policy", "--name", "新办法"), _has("SELECT count(*) FROM policy WHERE name = '新办法'")
    ),
    "import": TriedCommand(("import", "building", "楼宇.csv"), _has("SELECT count(*) FROM building")),
    "undo": TriedCommand(("undo",), _has("SELECT NOT EXISTS (SELECT * FROM policy WHERE name = '旧办法')")),
    "backup": TriedCommand(("backup", "copy.db"), _has("SELECT count(*) FROM tasks", "copy.db")),
    "init": TriedCommand(
        ("--db", "new.db", "init", "--targets", "plan/targets.yaml"),
        _has("SELECT count(*) FROM organisations", "new.db"),
    ),
    "export": TriedCommand(("export", "-o", "out.xlsx"), lambda folder: (folder / "out.xlsx").exists()),
    "save": TriedCommand(
        ("evidence", "11", "--save", "out"), lambda folder: (folder / "out/证明.bin").exists()
    ),
}


def lay(folder: Path, prepared: Path) -> None:
    """Lay a fresh copy of what the commands begin with."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared, folder)


def names_in(folder: Path) -> set[str]:
    """The names of all files and folders below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
