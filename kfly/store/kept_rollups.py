"""The small database in which a roll-up keeps each county's figures, a row a day, county and target.

It is a file of its own, and no county's: other programs may read it as it is.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kfly.errors import KflyError
from kfly.locale import _, from_json_number, to_json_number
from kfly.plan.counties import County, CountyRow, KeptDay
from kfly.store.file.identity import APPLICATION_AT, explaining

APPLICATION_ID = 0x6B666C72  # "kflr", in the file's header
_WITHIN = "/"
_TABLES = """
CREATE TABLE counties (
    day TEXT NOT NULL, county TEXT NOT NULL, "group" TEXT NOT NULL, score NUMERIC,
    PRIMARY KEY (county, day)
) WITHOUT ROWID;
CREATE TABLE figures (
    day TEXT NOT NULL, county TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL,
    name TEXT NOT NULL, unit TEXT NOT NULL, comparison TEXT, period TEXT NOT NULL, adds_up INTEGER NOT NULL,
    actual NUMERIC, goal NUMERIC, met INTEGER NOT NULL, light TEXT NOT NULL, progress REAL,
    PRIMARY KEY (county, day, number)
) WITHOUT ROWID;
CREATE INDEX "figures of a target" ON figures (key, day);
"""
_FRACTIONS = ("actual", "goal", "progress")
_TRUTHS = ("adds_up", "met", "reported")
_FIGURES = "key, name, unit, comparison, period, adds_up, actual, goal, met, light, progress"
_ADDED = "decimals, reported"
_SECOND = """
ALTER TABLE figures ADD COLUMN decimals INTEGER;
ALTER TABLE figures ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
"""
_STEPS = (_TABLES, _SECOND)


def is_kept(path: Path) -> bool:
    """Tell by its header whether a file is one of these; what is no file, or cannot be read, is none."""
    try:
        if not path.is_file():  # to open a pipe waits for somebody who may never come
            return False
        with path.open("rb") as file:
            file.seek(APPLICATION_AT)
            return file.read(4) == APPLICATION_ID.to_bytes(4, "big")
    except OSError:
        return False


@contextmanager
def opening(path: Path, *, create: bool) -> Iterator[sqlite3.Connection]:
    """Open the file in one transaction; all that is done is kept, or nothing is.

    Args:
        path: the file.
        create: make it where there is none.

    Raises:
        KflyError: there is none, it is another program's or a newer kfly's, or cannot be written.
    """
    if not create and not path.exists():
        raise KflyError(_("There is no file {path} of kept roll-ups.", path=path))
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    with explaining(path), closing(sqlite3.connect(address, uri=True, isolation_level=None)) as db:
        _must_be_kept_rollups(db, path)
        db.execute("BEGIN IMMEDIATE" if create else "BEGIN")
        if create:
            _bring_up_to_date(db)
        yield db
        db.execute("COMMIT")


def _must_be_kept_rollups(db: sqlite3.Connection, path: Path) -> None:
    (application,), (version,) = (
        db.execute(f"PRAGMA {mark}").fetchone() for mark in ("application_id", "user_version")
    )
    is_new = not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] and not application
    if not is_new and application != APPLICATION_ID:
        raise KflyError(_("{path} holds no kept roll-ups; nothing was changed.", path=path))
    if version > len(_STEPS):
        raise KflyError(_("{path} was written by a newer kfly; nothing was changed.", path=path))


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """Make the tables, or add what an older kfly did without."""
    for step in _STEPS[_read_version(db) :]:
        for statement in step.split(";"):
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(_STEPS)}")


def _read_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _list_columns(db: sqlite3.Connection) -> str:
    """List what a figure is read out of; a file that is only read is not brought up to date."""
    return f"{_FIGURES}, {_ADDED if _read_version(db) > 1 else 'NULL, 0'}"


def keep(db: sqlite3.Connection, counties: Iterable[County]) -> None:
    """Keep counties' figures; what was kept of the same day before gives way."""
    for county in counties:
        about = (county.as_of.isoformat(), county.name)
        db.execute("DELETE FROM figures WHERE day = ? AND county = ?", about)
        db.execute(
            "INSERT OR REPLACE INTO counties VALUES (?, ?, ?, ?)",
            (*about, _WITHIN.join(county.group), to_json_number(county.score)),
        )
        db.executemany(
            f"INSERT INTO figures (day, county, number, {_FIGURES}, {_ADDED}) VALUES (?, ?, ?{', ?' * 13})",
            [(*about, number, *_write_row(row)) for number, row in enumerate(county.rows)],
        )


def _write_row(row: CountyRow) -> tuple[Any, ...]:
    return tuple(to_json_number(value) if isinstance(value, Fraction) else value for value in row)


def read_latest(db: sqlite3.Connection, county: str, until: date) -> County | None:
    """Read the last figures that were kept of a county, of a day or before; None where there are none."""
    found = db.execute(
        'SELECT day, "group", score FROM counties WHERE county = ? AND day <= ? ORDER BY day DESC LIMIT 1',
        (county, until.isoformat()),
    ).fetchone()
    if found is None:
        return None
    day, group, score = found
    rows = db.execute(
        f"SELECT {_list_columns(db)} FROM figures WHERE county = ? AND day = ? ORDER BY number", (county, day)
    )
    groups = tuple(group.split(_WITHIN)) if group else ()
    return County(
        county, groups, date.fromisoformat(day), tuple(map(_read_row, rows)), from_json_number(score)
    )


def read_days(db: sqlite3.Connection, key: str, until: date) -> Iterator[KeptDay]:
    """Read one target's rows, and who answered, day by day until a day."""
    rows = db.execute(
        f"SELECT day, county, {_list_columns(db)} FROM figures WHERE key = ? AND day <= ?",
        (key, until.isoformat()),
    )
    its: dict[str, dict[str, CountyRow]] = {}
    for day, county, *values in rows:
        its.setdefault(day, {})[county] = _read_row(tuple(values))
    answered = db.execute(
        "SELECT day, county FROM counties WHERE day <= ? ORDER BY day, county", (until.isoformat(),)
    )
    for day, counties in groupby(answered, key=itemgetter(0)):
        yield KeptDay(date.fromisoformat(day), its.get(day, {}), frozenset(name for _day, name in counties))


def list_keys(db: sqlite3.Connection) -> dict[str, str]:
    """List the targets of which anything is kept: their keys, and a name of each."""
    return dict(db.execute("SELECT key, max(name) FROM figures GROUP BY key"))


def _read_row(values: tuple[Any, ...]) -> CountyRow:
    kept: dict[str, Any] = dict(zip(CountyRow._fields, values, strict=True))
    for field in _FRACTIONS:
        kept[field] = from_json_number(kept[field])
    return CountyRow(**{**kept, **{field: bool(kept[field]) for field in _TRUTHS}})
