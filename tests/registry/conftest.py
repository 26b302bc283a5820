import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kfly.registry.registry import Registry
from kfly.services.init import create
from kfly.store.file.database import writing
from kfly.store.plan import reading as plan_rows
from tests.support.harbour_city import HARBOUR


@pytest.fixture(scope="session")
def harbour_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "targets.yaml").write_text(HARBOUR, encoding="utf-8")
    create(folder / "kfly.db", folder / "targets.yaml", [])
    return folder / "kfly.db"


@pytest.fixture
def database(tmp_path: Path, bundled_database: Path) -> Path:
    return Path(shutil.copy(bundled_database, tmp_path / "kfly.db"))


@contextmanager
def taken_back(db: sqlite3.Connection) -> Iterator[Registry]:
    """A registry of which nothing stays: no test waits for the disk."""
    db.execute("SAVEPOINT test")
    yield Registry(db, plan_rows.read(db))
    db.execute("ROLLBACK TO test")


@pytest.fixture(scope="session")
def bundled_connection(
    tmp_path_factory: pytest.TempPathFactory, bundled_database: Path
) -> Iterator[sqlite3.Connection]:
    with writing(Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("open")))) as db:
        yield db


@pytest.fixture(scope="session")
def harbour_connection(
    tmp_path_factory: pytest.TempPathFactory, harbour_database: Path
) -> Iterator[sqlite3.Connection]:
    with writing(Path(shutil.copy(harbour_database, tmp_path_factory.mktemp("open")))) as db:
        yield db


@pytest.fixture
def registry(bundled_connection: sqlite3.Connection) -> Iterator[Registry]:
    with taken_back(bundled_connection) as registry:
        yield registry


@pytest.fixture
def harbour(harbour_connection: sqlite3.Connection) -> Iterator[Registry]:
    with taken_back(harbour_connection) as registry:
        yield registry
