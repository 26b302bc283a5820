"""A history of an office: all kinds of changes, and what each view prints at each moment of it."""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.support.dated_log import last_group
from tests.support.plan_office import Office
from tests.support.runner import Cli

View = tuple[str, ...]
Step = tuple[str, ...]
Shown = tuple[int, str, str]  # exit code, stdout, stderr

DAY = ("--as-of", "2022-12-31")
VIEWS: tuple[View, ...] = (
    ("status", *DAY),
    ("status", "--json", *DAY),
    ("status", "--by", "town", *DAY),
    ("tasks", "--json", *DAY),
    ("tasks", "--org", "东镇", *DAY),
    ("task", "1", *DAY),
    ("task", "2", *DAY),
    ("overdue", "--behind", "--soon", *DAY),
    ("list", "building", *DAY),
    ("list", "building", "--json", *DAY),
    ("list", "shop", "--sort", "rent", *DAY),
    ("list", "shop", "--json", *DAY),
    ("list", "meeting", *DAY),
    ("show", "building", "1", *DAY),
    ("show", "shop", "茶馆", "--json", *DAY),
    ("kinds", "--json"),
    ("kinds", "shop"),
    ("buildings", *DAY),
    ("league", *DAY),
    ("trend", "halls", *DAY),
    ("evidence", "2"),
    ("log",),
    ("log", "--json"),
    ("log", "building", "1"),
    ("log", "task", "2"),
    ("mailings",),
    ("export", "-o", "-"),
)

LOADS = {
    "goal": ("at_least: 10", "at_least: 12"),
    "renamed": ("{name: 东镇, kind: town, aliases: [", "{name: 新东街道, kind: town, aliases: [东镇, "),
    "aliases": ("东乡]", "东街, 东乡, 城东]"),
    "order": ("东街, 东乡, 城东]", "城东, 东乡]"),
    "field": ("      grade: {type: choice, choices: [甲, 乙], label: {zh: 等级, en: Grade}}\n", ""),
    "type": ("rent: {type: number, minimum: 0,", "rent: {type: integer, minimum: 0,"),
    "key": ("key: [name]", "key: [name, town]"),
    "language": ("language: en", "language: zh"),
    "values": ("where: {town: 东镇}", "where: {floor_area: '>= 1', town: [西镇, 东镇]}"),
    "values back": ("town: [西镇, 东镇]", "town: [东镇, 西镇]"),
    "new field": (
        "      rent: {type",
        "      seats: {type: integer, label: {zh: 座位, en: Seats}}\n      rent: {type",
    ),
}
STRANGERS = {
    "number": "UPDATE shop SET rent = 0.1 + 0.2",
    "nul": "UPDATE building SET note = 'a' || char(0) || 'b' WHERE id = 1",
    "new id": "UPDATE building SET id = id + 70 WHERE id NOT IN (SELECT building FROM shop)",
    "swap": (
        "BEGIN; UPDATE building SET id = -9 WHERE id = 1; UPDATE building SET id = 1 WHERE id = 2;"
        " UPDATE building SET id = 2 WHERE id = -9; COMMIT"
    ),
    "replace": "INSERT OR REPLACE INTO building (name, town, floor_area) VALUES ('三号', '东镇', 7)",
    "sign-off": (
        "INSERT OR REPLACE INTO sign_offs (year, task, signed_on, forced, recorded_at)"
        " VALUES (2022, 2, '2022-05-05', 0, '2022-05-05T00:00:00Z')"
    ),
    "gone": "DELETE FROM shop WHERE id = 1",
    "alias": "INSERT INTO organisation_aliases (alias, organisation) VALUES ('某镇', '西镇')",
    "alias renamed": "UPDATE organisation_aliases SET alias = '旧' || alias WHERE alias NOT LIKE '旧%'",
    "quoted": "UPDATE building SET owner = '\"{[''\\' || char(10) WHERE id = 2",
    "title": "UPDATE tasks SET title_zh = '别的', title_en = 'other' WHERE number = 2",
}


def act(office: Office, step: Step) -> None:
    """Take one step; what is refused changes nothing, and is a step as well."""
    kind, *args = step
    if kind == "load":
        _load(office, args[0])
    elif kind == "stranger":
        with closing(sqlite3.connect(office.cli.db, isolation_level=None)) as db:
            try:
                db.executescript(STRANGERS[args[0]])
            except sqlite3.Error:
                return
    elif kind == "import":
        path = office.cli.folder / "sheet.csv"
        path.write_text("name,town,floor_area\n" + "\n".join(args), encoding="utf-8")
        office.cli("import", "building", "sheet.csv", "--update")
    else:
        for name in args:
            if name.endswith(".txt"):
                (office.cli.folder / name).write_text(name * 3, encoding="utf-8")
        office.cli(*step)


def _load(office: Office, name: str) -> None:
    if name == "kind":
        text = office.targets.read_text(encoding="utf-8").partition("records:")[0]
    else:
        text = office.targets.read_text(encoding="utf-8").replace(*LOADS[name])
        if name == "renamed":
            text = text.replace("where: {town: 东镇}", "where: {town: 新东街道}").replace(
                "[西镇, 东镇]", "[西镇]"
            )
    office.targets.write_text(text, encoding="utf-8")
    office.cli("load", "targets.yaml", "--force")


class Moment(NamedTuple):
    """The last change of the log at a moment, and what each of some views printed then."""

    group: int
    shown: dict[View, Shown]


def look(office: Office, views: Iterable[View]) -> Moment:
    """Note what some views print now."""
    return Moment(last_group(office.cli.db), {view: _run(office.cli, view) for view in views})


def look_back(office: Office, moment: Moment) -> Moment:
    """Note what the same views print as known at that moment, without what says so."""
    shown = {}
    for view in moment.shown:
        code, out, err = _run(office.cli, (*view, "--as-known", f"#{moment.group}"))
        shown[view] = (code, without_mark(out), err)
    return Moment(moment.group, shown)


def without_mark(out: str) -> str:
    """Leave out what says as of which moment all is known: the first lines, or a key of the document."""
    if out.startswith(("As known at", "数据时点")):
        return out.partition("\n\n")[2]
    if out.startswith("{\n") and '"as_known"' in out:
        head, _comma, _rest = out.rpartition(',\n  "as_known"')
        return head + "\n}\n"
    return out


def _run(cli: Cli, args: tuple[str, ...]) -> Shown:
    run = cli(*args)
    return run.code, run.out, run.err


def move_to(office: Office, folder: Path) -> Office:
    """Copy an office to another folder, and work there."""
    shutil.copytree(office.cli.folder, folder, dirs_exist_ok=True)
    os.chdir(folder)
    return Office(Cli(folder, office.cli.capture))
