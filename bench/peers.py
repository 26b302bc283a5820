"""What other programs take for what is alike: yardsticks, passed over by name where they are not there."""

import json
import shutil
import subprocess
import venv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from measuring import LONG_RUNS, Budget, Command, run
from workshop import SIZES, Build

MANY = SIZES["office"]
OVERDUE = 40  # of the tasks
TODO = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:bench
BEGIN:VTODO
UID:{0}
SUMMARY:Task {0}
END:VTODO
END:VCALENDAR
"""


class Peer(NamedTuple):
    """Another program.

    Attributes:
        name: its own.
        program: what it is called by.
    """

    name: str
    program: str


SQLITE, TASKWARRIOR, HLEDGER, TODOMAN = (
    Peer("sqlite3", "sqlite3"),
    Peer("taskwarrior", "task"),
    Peer("hledger", "hledger"),
    Peer("todoman", "todo"),
)
PEERS = (SQLITE, TASKWARRIOR, HLEDGER, TODOMAN)


def prepare(ours: Build) -> list[str]:
    """Give each program as much as an office has; return the names of those that are not installed."""
    _install_todoman(ours)
    if task := find_program(ours, TASKWARRIOR):
        Path(ours.file("taskrc")).write_text("confirmation=no\nverbose=nothing\n", encoding="utf-8")
        Path(ours.file("tasks.json")).write_text(json.dumps([*_make_tasks()]), encoding="utf-8")
        run([[task, "import", ours.file("tasks.json")]], _tell_taskwarrior(ours), may_fail=True)
    Path(ours.file("office.journal")).write_text("\n".join(_make_ledger()), encoding="utf-8")
    folder = Path(ours.file("todos")) / "office"
    folder.mkdir(parents=True)
    for number in range(MANY):
        (folder / f"{number}.ics").write_text(TODO.format(number), encoding="utf-8")
    settings = f'path = "{folder.parent}/*"\ncache_path = "{ours.file("todos.cache")}"\n'
    Path(ours.file("todoman.py")).write_text(settings, encoding="utf-8")
    return [peer.name for peer in PEERS if find_program(ours, peer) is None]


def find_program(ours: Build, peer: Peer) -> str | None:
    """Find another program; it may have been installed here."""
    return shutil.which(peer.program) or shutil.which(peer.program, path=ours.file("peers/bin"))


def list_budgets(ours: Build, old: Build) -> Iterator[Budget]:
    """List what is held against other programs."""
    count = "select count(*) from talent"
    ask = [str(ours.binaries / "sqlite-utils"), "query", ours.file("few.db"), count]
    status = [ours.kfly("few", "status")]
    yield Budget("status with 1,000 records, against sqlite-utils query of one count", status, [ask], 1)
    for name, words, database, theirs in _list_pairs(ours):
        runs = LONG_RUNS if database == "million" else LONG_RUNS * 2
        mine, yesterday = (build.kfly(database, *words.split()) for build in (ours, old))
        environment = _tell_taskwarrior(ours)
        yield Budget(name, [mine], [theirs], None, environment, runs, yesterday=[yesterday])


def _list_pairs(ours: Build) -> Iterator[tuple[str, str, str, Command]]:
    """Yield what is held against which command, where its program is there."""
    if sqlite := find_program(ours, SQLITE):
        count = "select town, count(*) from talent group by town"
        for size, database in (("1,200 records", "office"), ("1 million records", "million")):
            name = f"status with {size}, against sqlite3 counting those of one kind by town"
            yield name, "status", database, [sqlite, ours.file(f"{database}.db"), count]
    if task := find_program(ours, TASKWARRIOR):
        yield "overdue, against task overdue of 1,200 tasks", "overdue", "office", [task, "overdue"]
    if hledger := find_program(ours, HLEDGER):
        balance = [hledger, "-f", ours.file("office.journal"), "bal"]
        yield "status with 1,200 records, against hledger bal of 1,200 entries", "status", "office", balance
    if todo := find_program(ours, TODOMAN):
        listing = [todo, "--config", ours.file("todoman.py"), "list"]
        yield "tasks, against todo list of 1,200 to-dos", "tasks", "office", listing


def _install_todoman(ours: Build) -> None:
    """Install todoman in an environment of its own, where it can be had and is not there."""
    if find_program(ours, TODOMAN) is None:
        folder = Path(ours.file("peers"))
        venv.create(folder, with_pip=True)
        asked = [str(folder / "bin" / "pip"), "install", "--quiet", TODOMAN.name]
        subprocess.run(asked, check=False, capture_output=True)


def _tell_taskwarrior(ours: Build) -> dict[str, str]:
    return {"TASKRC": ours.file("taskrc"), "TASKDATA": ours.file("taskdata")}


def _make_tasks() -> Iterator[dict[str, str]]:
    for number in range(MANY):
        due = "20220301T000000Z" if number < OVERDUE else "20991231T000000Z"
        yield {"description": f"Task {number}", "due": due, "entry": "20220101T000000Z", "status": "pending"}


def _make_ledger() -> Iterator[str]:
    entries = (
        (f"2022-{n % 12 + 1:02}-{n % 28 + 1:02} entry {n}", f"    town:{n % 15}  {n}.25", "    office", "")
        for n in range(MANY)
    )
    return chain.from_iterable(entries)
