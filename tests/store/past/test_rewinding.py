"""An open database is rewound in memory alone, wherever the file lies and whatever stands in it."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kfly.plan.known import Known
from kfly.services.known import find_known
from kfly.services.session import Session
from kfly.store.file.database import close_scratch, reading
from kfly.store.past.cut import find_known as find_cut
from kfly.store.past.rewinding import rewind
from tests.support.dated_log import await_second
from tests.support.read_only import nothing_can_be_written_in

ADDED = "INSERT INTO building (name, town, floor_area, note) VALUES (?, '澄江街道', 100, ?)"
AREAS = "SELECT id, name, floor_area, note FROM building ORDER BY id"


@pytest.fixture
def session(path: Path) -> Session:
    """A database in which group 2 has added three buildings."""
    session = Session(path)
    with session.writing() as desk:
        desk.db.executemany(ADDED, [("甲", None), ("乙", "a\0b"), ("丙", "c")])
    return session


def stranger(path: Path, script: str) -> None:
    await_second()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(script)


def buildings(session: Session, group: int) -> list[tuple[object, ...]]:
    known = find_known(session, group)
    with session._replace(known=known).reading() as desk:
        return desk.db.execute(AREAS).fetchall()


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE building SET note = NULL, floor_area = 0.1 + 0.2",
        "DELETE FROM building",
        "UPDATE building SET id = id + 1 WHERE id = 3; UPDATE building SET id = 3 WHERE id = 2",
        "UPDATE building SET id = 99 WHERE id = 1; UPDATE building SET id = 1 WHERE id = 2",
        "INSERT OR REPLACE INTO building (name, town, floor_area) VALUES ('乙', '澄江街道', 7)",
        "UPDATE building SET id = -id; UPDATE building SET id = 4 + id",
        "UPDATE organisations SET name = '别处' WHERE name = '澄江街道'; UPDATE building SET town = '别处'",
    ],
)
def test_what_another_program_did_since_is_as_if_it_had_not(session: Session, script: str) -> None:
    before = buildings(session, 2)
    assert [row[1] for row in before] == ["甲", "乙", "丙"]
    stranger(session.path, script)
    assert buildings(session, 2) == before
    assert buildings(session, 1) == []


def test_nothing_can_be_written_once_it_is_rewound(session: Session) -> None:
    with reading(session.path, scratch=True) as db:
        rewind(db, find_cut(db, 1))
        close_scratch(db)
        for statement in (
            "DELETE FROM main.building",
            "DELETE FROM temp.building",
            "CREATE TEMP TABLE t (a)",
        ):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                db.execute(statement)
    assert len(buildings(session, 2)) == 3


def test_the_file_is_as_it_was(session: Session) -> None:
    before = session.path.read_bytes()
    buildings(session, 1)
    assert session.path.read_bytes() == before


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp())  # pytest's own folders cannot be entered by others
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def test_it_is_rewound_where_nothing_can_be_written(session: Session, folder: Path) -> None:
    copy = Session(Path(shutil.copy(session.path, folder / "kfly.db")))
    with nothing_can_be_written_in(folder):
        assert buildings(copy, 1) == []
        assert list(folder.iterdir()) == [copy.path]


def test_what_was_read_of_a_number_is_its_last_digit(session: Session) -> None:
    with session.writing() as desk:
        numbers = [(877.133578, 1), (0.1 + 0.2, 2)]
        desk.db.executemany("UPDATE building SET floor_area = ? WHERE id = ?", numbers)
    before = buildings(session, 3)
    assert [row[2] for row in before] == [877.133578, 0.1 + 0.2, 100.0]
    with session.writing() as desk:
        desk.db.execute("UPDATE building SET floor_area = 1")
    assert buildings(session, 3) == before


def test_the_log_ends_with_the_moment(session: Session) -> None:
    stranger(session.path, "DELETE FROM building")
    with reading(session.path, scratch=True) as db:
        known: Known = find_cut(db, 2)
        rewind(db, known)
        assert db.execute("SELECT max(id) FROM change_groups").fetchone() == (2,)
        assert db.execute("SELECT max(id) FROM changes").fetchone() == (known.change,)
        assert db.execute("SELECT count(*) FROM changes WHERE after IS NULL").fetchone() == (0,)
