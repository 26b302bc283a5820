import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from kfly.plan.model import Plan
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


class Open(NamedTuple):
    """A database that is open for many tests, and the plan in it, which none of them changes."""

    db: sqlite3.Connection
    plan: Plan

    @contextmanager
    def taken_back(self) -> Iterator[Registry]:
        """A registry of which nothing stays: no test waits for the disk."""
        self.db.execute("SAVEPOINT test")
        yield Registry(self.db, self.plan)
        self.db.execute("ROLLBACK TO test")


@contextmanager
def opened(copy: Path) -> Iterator[Open]:
    with writing(copy) as db:
        yield Open(db, plan_rows.read(db))


@pytest.fixture(scope="session")
def open_bundled(tmp_path_factory: pytest.TempPathFactory, bundled_database: Path) -> Iterator[Open]:
    with opened(Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("open")))) as bundled:
        yield bundled


@pytest.fixture(scope="session")
def open_harbour(tmp_path_factory: pytest.TempPathFactory, harbour_database: Path) -> Iterator[Open]:
    with opened(Path(shutil.copy(harbour_database, tmp_path_factory.mktemp("open")))) as harbour:
        yield harbour


@pytest.fixture
def registry(open_bundled: Open) -> Iterator[Registry]:
    with open_bundled.taken_back() as registry:
        yield registry


@pytest.fixture
def harbour(open_harbour: Open) -> Iterator[Registry]:
    with open_harbour.taken_back() as registry:
        yield registry
