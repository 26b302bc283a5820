import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kfly.services.init import create
from kfly.store.file.database import writing
from tests.support.word_city import WORD_CITY, WORD_TASKS, Store


@pytest.fixture(scope="session")
def word_city_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    folder = tmp_path_factory.mktemp("words")
    (folder / "targets.yaml").write_text(WORD_CITY, encoding="utf-8")
    (folder / "tasks_2025.yaml").write_text(WORD_TASKS, encoding="utf-8")
    return folder / "targets.yaml", [folder / "tasks_2025.yaml"]


@pytest.fixture(scope="session")
def word_city_database(word_city_files: tuple[Path, list[Path]]) -> Path:
    targets, tables = word_city_files
    path = targets.with_name("kfly.db")
    create(path, targets, tables)
    return path


@pytest.fixture
def path(tmp_path: Path, bundled_database: Path) -> Path:
    return Path(shutil.copy(bundled_database, tmp_path / "kfly.db"))


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory, bundled_database: Path) -> Iterator[Store]:
    with writing(Path(shutil.copy(bundled_database, tmp_path_factory.mktemp("open")))) as db:
        yield Store(db)


@pytest.fixture(scope="session")
def word_city_store(tmp_path_factory: pytest.TempPathFactory, word_city_database: Path) -> Iterator[Store]:
    with writing(Path(shutil.copy(word_city_database, tmp_path_factory.mktemp("open")))) as db:
        yield Store(db)


@pytest.fixture
def store(bundled_store: Store) -> Iterator[Store]:
    """The bundled plan's database, of which nothing stays: no test waits for the disk."""
    with bundled_store.taken_back():
        yield bundled_store


@pytest.fixture
def words(word_city_store: Store) -> Iterator[Store]:
    """The other city's database, likewise."""
    with word_city_store.taken_back():
        yield word_city_store
